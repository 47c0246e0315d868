"""A table of counts as a figure uses it: chosen rows, roles instead of columns, words for cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.table import Table

# The vocabularies that name the cells of a column
LISTS = {
    "condition": "conditions",
    "cell": "cells",
    "phase": "phases",
    "status": "statuses",
    "donor": "donors",
    "country": "countries",
    "sponsor-type": "sponsor_types",
}


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
    """Return the marks in the order of the labels, then of the table; equal ones are added up."""
    table = report.tables[figure.table or ""]
    roles = {role: column for role, column in figure.columns.items() if role != value}
    found: dict[tuple[str, ...], Decimal] = {}
    for _, row in chosen(figure, table):
        key = tuple(row[column] for column in roles.values())
        number = parsed(row[figure.columns[value]]) or Decimal(0)
        found[key] = found.get(key, Decimal(0)) + number
    made = []
    for key, number in found.items():
        cells = dict(zip(roles, key, strict=True))
        words = {role: word(figure, report, roles[role], cell) for role, cell in cells.items()}
        made.append(Count(words, cells, number))
    return made


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
    return {"not-stated": "Not stated", "unclassified": "Not classified"}.get(cell, cell)


def parsed(cell: str) -> Decimal | None:
    """Return the number in a cell, or None when it is empty or no number."""
    try:
        number = Decimal(cell.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
