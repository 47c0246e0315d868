"""What figures over tables of counts have in common: words for numbers, and what cannot be drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from evidence.figures import tabular
from evidence.figures.figure_item import Item
from evidence.figures.series import UNSTATED
from evidence.figures.tabular import UNSTATED as UNSTATED_CELLS
from evidence.figures.tabular import Count
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.numbers.quantity import number_text, rounded, with_unit

Unfit = tuple[str, str, str]
LONGEST = 60  # letters of a label
LONGEST_WORD = 24
NONE_HERE = "–"
NO_YEAR = "Year not stated"


def unit_of(figure: Figure) -> str:
    """Return what is counted, in the plural."""
    return figure.unit or figure.columns["value"].replace("-", " ").replace("_", " ")


def axis_of(figure: Figure) -> str:
    """Return what is counted as the name of an axis."""
    unit = unit_of(figure)
    return unit[:1].upper() + unit[1:]


def amount(number: Decimal, figure: Figure) -> str:
    """Return "1,234 trials" or "1 trial"."""
    return with_unit(plain(number), unit_of(figure))


def plain(number: Decimal) -> Decimal:
    """Return a number without the zeros at its end: 12.0 is 12."""
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def digits(number: Decimal) -> str:
    """Return a number as it is printed in a figure: 1,234."""
    return number_text(plain(number))


def percents(parts: list[tuple[Decimal, Decimal]]) -> list[tuple[Decimal, str]]:
    """Return each part of its whole in percent, as a number and as it is printed.

    All have one decimal, or none where all are whole: one figure has one number of decimals.
    """
    shares = [rounded(100 * part / whole) if whole else Decimal("0.0") for part, whole in parts]
    if all(share == share.to_integral_value() for share in shares):
        shares = [share.quantize(Decimal(1)) for share in shares]
    return [(share, f"{number_text(share)}%") for share in shares]


def whole_number(number: Decimal) -> int | None:
    """Return a count as an integer, or None for a number that is no count."""
    return int(number) if number == number.to_integral_value() else None


def read_in(figure: Figure, report: Report) -> dict[str, Any]:
    """Return source and locator of the table, for every item."""
    if figure.read_in is None:
        return {}
    source = report.sources[figure.read_in.source].short
    return {"source": source, "locator": figure.read_in.locator}


def part_of(count: Count, role: str) -> str:
    """Return whether a mark stands for something stated."""
    return UNSTATED if count.cells.get(role) in UNSTATED_CELLS else ""


def total(items: list[Item]) -> Decimal:
    """Return the sum of what ``items`` count."""
    return sum((item.estimate or Decimal(0) for item in items), Decimal(0))


def words_unfit(
    figure: Figure, rows: list[dict[str, str]], roles: dict[str, int]
) -> Iterator[Unfit]:
    """Yield empty cells, labels too long to print, and roles with more words than can be shown.

    ``roles`` gives the most words for each role that has words; what nobody states is none.
    """
    for role, most in roles.items():
        column = figure.columns.get(role)
        if column is None:
            continue
        cells = dict.fromkeys(row[column] for row in rows)
        if "" in cells:
            hint = "Write a word there; 'not-stated' where nobody says it."
            yield "columns", f"the column '{column}' has a cell without a word", hint
        labels = dict.fromkeys(figure.labels.get(cell, cell) for cell in cells)
        # A name of a closed list is printed with the list's words, which are no longer
        apart = "- " if column in tabular.LISTS else " "
        for label in labels:
            if len(label) > LONGEST or _longest(label, apart) > LONGEST_WORD:
                hint = f"Give the cell a shorter name under 'labels:', {LONGEST} letters at most."
                yield "columns", f"'{shortened(label)}' is too long to print in a figure", hint
        some = {row[column] for row in rows if tabular.parsed(row[figure.columns["value"]])}
        stated = {figure.labels.get(cell, cell) for cell in some - {*UNSTATED_CELLS}}
        stated -= {figure.labels.get(cell, cell) for cell in UNSTATED_CELLS}
        if len(stated) > most:
            hint = "Keep fewer with 'where:', or give several cells one label under 'labels:'."
            message = f"'{column}' has {len(stated)} words for '{role}'; more than {most}"
            yield "columns", f"{message} cannot be told apart", hint


def _longest(words: str, apart: str) -> int:
    return max(len(word) for word in re.split(f"[{apart}]", words))


def counts_of(figure: Figure, report: Report, *roles: str) -> list[Count]:
    """Return the marks without the words of ``roles`` that are zero throughout."""
    counts = tabular.counts(figure, report)
    for role in roles:
        some = {count.words[role] for count in counts if count.number and role in count.words}
        counts = [count for count in counts if count.words.get(role, role) in some | {role}]
    return counts


def words_of(figure: Figure, report: Report, role: str, counts: list[Count]) -> list[str]:
    """Return the words of a role that ``counts`` have, in their order."""
    there = {count.words[role] for count in counts}
    return [word for word in tabular.sequence(figure, report, role) if word in there]


def dated(counts: list[Count]) -> list[Count]:
    """Return the marks that have a year."""
    return [count for count in counts if count.cells["year"] not in UNSTATED_CELLS]


def undated(figure: Figure, report: Report, counts: list[Count]) -> list[Item]:
    """Return one item for everything that has no year, if there is any: it cannot be drawn."""
    number = sum((count.number for count in counts if count not in dated(counts)), Decimal(0))
    if not number:
        return []
    said = amount(number, figure)
    return [
        Item(
            label=NO_YEAR,
            printed=digits(number),
            sentence=f"{NO_YEAR}: {said}",
            said=said,
            group=NO_YEAR,
            estimate=number,
            estimate_text=digits(number),
            part=UNSTATED,
            rank=99,
            **read_in(figure, report),
        )
    ]


def cut_short(figure: Figure, year: int, last: int) -> str:
    """Return how far a year was counted, as it stands in brackets: "to October 2022", or nothing.

    Where the table goes on after the end of counting, the rest can only have been planned.
    """
    if figure.until is None or year < figure.until.year:
        return ""
    if year > figure.until.year:
        return f"after {figure.until.words}"
    return f"{'in part after' if year < last else 'to'} {figure.until.words}"


def cut_lines(items: list[Item]) -> list[str]:
    """Return the line that explains pale columns, if there are any."""
    cut = [item for item in items if item.until]
    if not cut:
        return []
    if cut[-1].until.startswith("to "):
        return [f"Pale: {cut[-1].until} only."]
    return [f"Pale: {cut[-1].until}, and so planned; {cut[0].first_year} only in part."]


def shown_years(items: list[Item]) -> list[int]:
    """Return the years from the first to the last with a number above zero."""
    counted = [
        int(item.first_year) for item in items if item.first_year is not None and item.estimate
    ]
    return list(range(min(counted), max(counted) + 1))


def undated_lines(items: list[Item]) -> list[str]:
    """Return the line below a drawing that says what has no year."""
    return [
        f"Not drawn: {item.said} with no year stated." for item in items if item.label == NO_YEAR
    ]


def shortened(words: str) -> str:
    """Return the beginning of long words, to name them in a message."""
    return words if len(words) <= LONGEST else f"{words[:40]}…"


def years_unfit(figure: Figure, rows: list[dict[str, str]], most: int) -> Iterator[Unfit]:
    """Yield years that are none, too many of them, and an end that is not in the last one."""
    column = figure.columns["year"]
    cells = dict.fromkeys(row[column] for row in rows if row[column] not in UNSTATED_CELLS)
    if len(cells) < 2:
        hint = "Choose 'stacked-bars' or 'ranking', or keep more years."
        yield "table", "there is only one year, and so no course of time", hint
        return
    wrong = [cell for cell in cells if not (cell.isascii() and cell.isdigit() and len(cell) == 4)]
    if wrong:
        hint = "Write years with four digits, or 'not-stated'."
        yield "columns", f"'{shortened(wrong[0])}' in the column '{column}' is not a year", hint
        return
    first, last = min(map(int, cells)), max(map(int, cells))
    if last - first >= most:
        hint = "Keep fewer years with 'where:'."
        yield "columns", f"{first} to {last} are more than {most} years", hint
    if figure.until is not None and not first <= figure.until.year <= last:
        hint = f"'until' says where counting ended; write a month of {first} to {last}."
        yield "until", f"'{figure.until}' is not in the years shown, {first} to {last}", hint


def nothing_unfit(rows: list[dict[str, str]], column: str) -> Iterator[Unfit]:
    """Yield that there is nothing to compare where every number is zero."""
    if all(not Decimal(row[column].replace(",", "")) for row in rows):
        yield "table", "every number is zero", "A sentence says this better than a figure."
