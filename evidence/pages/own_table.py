"""A table of data/tables on a page."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.model.page_table import PageTable
from evidence.model.report import Report
from evidence.model.source import Source
from evidence.pages.view import table_of
from evidence.prose.uses import OWN
from evidence.prose.writer import Writer


@dataclass(frozen=True)
class OwnTable:
    """A table as it is shown: ``rows`` of cells below their ``heads``; ``file`` has the same as CSV."""

    shown: PageTable
    source: Source
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    file: str


def own_table(report: Report, writer: Writer, name: str) -> OwnTable:
    """Return the table ``name`` of data/tables for the page of ``writer``."""
    shown = report.page_tables[name]
    table = next(table for file, table in report.tables.items() if file.rpartition(".")[0] == name)
    heads = shown.columns or dict(zip(table.columns, table.columns, strict=True))
    places = [table.position(column) for column in heads]
    rows = tuple(tuple(cells[place] for place in places) for _, cells in table.rows)
    source = report.sources[shown.read_in.source]
    file = table_of(writer.address, f"{OWN}{name}")
    return OwnTable(shown, source, tuple(heads.values()), rows, file)
