"""A table of counts as a figure uses it: chosen rows, roles instead of columns, words for cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from evidence.model.figure import Figure
from evidence.model.figure_row import Table
from evidence.model.report import Report

# The vocabularies that name the cells of a column
LISTS = {
    "condition": "conditions",
    "cell": "cells",
    "phase": "phases",
    "status": "statuses",
    "donor": "donors",
    "country": "countries",
    "sponsor-type": "sponsor_types",
    "sponsor-class": "sponsor_classes",
}
# Cells of which nobody knows what they stand for: drawn hatched, and last
UNSTATED = ("not-stated", "unclassified", "not stated")


@dataclass(frozen=True)
class Count:
    """One mark of a table figure: the words of each role, its cells, and the number."""

    words: dict[str, str]
    cells: dict[str, str]
    number: Decimal


def chosen(figure: Figure, table: Table) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, cells by column) of the rows that ``where`` keeps."""
    wanted = {
        column: {cells} if isinstance(cells, str) else set(cells)
        for column, cells in figure.where.items()
    }
    for line, cells in table.rows:
        row = dict(zip(table.columns, cells, strict=True))
        if all(row[column] in allowed for column, allowed in wanted.items()):
            yield line, row


def counts(figure: Figure, report: Report, value: str = "value") -> list[Count]:
    """Return the marks in the order of the table; those with the same words are added up.

    So cells are put together by giving them one label. A mark has the cells of its first row, but
    what is put together with unstated cells is unstated.
    """
    table = report.tables[figure.table or ""]
    roles = {role: column for role, column in figure.columns.items() if role != value}
    unstated = {role: _unstated(figure, report, column) for role, column in roles.items()}
    by_words: dict[tuple[str, ...], Count] = {}
    for _, row in chosen(figure, table):
        cells = {role: row[column] for role, column in roles.items()}
        words = {role: word(figure, report, roles[role], cell) for role, cell in cells.items()}
        number = parsed(row[figure.columns[value]]) or Decimal(0)
        cells |= {role: UNSTATED[0] for role in roles if words[role] in unstated[role]}
        before = by_words.get(tuple(words.values()))
        if before is not None:
            cells, number = before.cells, number + before.number
        by_words[tuple(words.values())] = Count(words, cells, number)
    return list(by_words.values())


def _unstated(figure: Figure, report: Report, column: str) -> set[str]:
    return {word(figure, report, column, cell) for cell in UNSTATED}


def sequence(figure: Figure, report: Report, role: str) -> list[str]:
    """Return the words of a role in order: labels, then closed list, then table; unstated last."""
    column = figure.columns[role]
    table = report.tables[figure.table or ""]
    cells = ordered(figure, [row[column] for _, row in chosen(figure, table)])
    listed = list(getattr(report.vocabularies, LISTS[column], {})) if column in LISTS else []
    places = {cell: place for place, cell in enumerate(dict.fromkeys([*figure.labels, *listed]))}
    cells.sort(key=lambda cell: places.get(cell, len(places)))
    words = dict.fromkeys(word(figure, report, column, cell) for cell in cells)
    return sorted(words, key=lambda text: text in _unstated(figure, report, column))


def options(figure: Figure, report: Report, known: tuple[str, ...]) -> dict[str, Any]:
    """Return what the editor asks of a kind that has a use for it; short words by their words."""
    given = figure.model_dump(mode="json", include=set(known), exclude_defaults=True)
    if "short" in given:
        given["short"] = {
            word(figure, report, column, cell): short
            for column in figure.columns.values()
            for cell, short in figure.short.items()
        }
    return given


def ordered(figure: Figure, cells: list[str]) -> list[str]:
    """Return distinct cells: those with a label in the labels' order, then the others as they come."""
    distinct = list(dict.fromkeys(cells))
    labelled = [cell for cell in figure.labels if cell in distinct]
    return labelled + [cell for cell in distinct if cell not in figure.labels]


def word(figure: Figure, report: Report, column: str, cell: str) -> str:
    """Return how a cell is printed: the figure's label, the vocabulary's title, or the cell."""
    if cell in figure.labels:
        return figure.labels[cell]
    listed = getattr(report.vocabularies, LISTS[column], {}) if column in LISTS else {}
    if cell in listed:
        return str(listed[cell].title)
    if cell == "unclassified":
        return "Not classified"
    return "Not stated" if cell in UNSTATED else cell


def parsed(cell: str) -> Decimal | None:
    """Return the number in a cell, or None when it is empty or no number."""
    try:
        number = Decimal(cell.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
