"""A table of counts: a CSV file of data/tables, or one that the registry importer wrote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Cells as text: ``rows`` as (line in the file, cells in the order of ``columns``)."""

    name: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def position(self, column: str) -> int:
        """Return where a column stands in each row."""
        return self.columns.index(column)
