"""CSV tables that remember the line of every row."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from evidence.problems import Place, Problem
from evidence.read.limits import MOST_COLUMNS, MOST_PROBLEMS, MOST_ROWS, beyond

OTHER_MARKS = {";": "semicolons", "\t": "tabs"}  # what spreadsheets of other countries write


@dataclass
class CsvTable:
    """One CSV table: ``header``, and ``rows`` as (line, cells by column)."""

    file: str
    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def place(self, line: int, column: str = "") -> Place:
        """Return the place of a cell; the column is the cell's position in the row."""
        position = self.header.index(column) + 1 if column in self.header else 1
        return Place(self.file, line, position)


def read_csv(file: str, text: str) -> CsvTable:
    """Read a comma-separated table with a header row; what is wrong is in ``problems``."""
    table = CsvTable(file)
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        table.header = [name.strip() for name in next(reader, [""])]
        if not _is_parted(table, text.partition("\n")[0]):
            return table
        _check_header(table)
        for cells in reader:
            if len(table.problems) > MOST_PROBLEMS or _too_many(table, reader.line_num):
                break
            if any(cell.strip() for cell in cells):
                _add_row(table, reader.line_num, cells)
    except csv.Error as error:
        message = f"this row cannot be read: {error}"
        hint = 'A cell with a comma or a quote stands in double quotes, with "" for a quote inside.'
        table.problems.append(Problem(Place(file, reader.line_num, 1), "csv-shape", message, hint))
    return table


def _is_parted(table: CsvTable, first: str) -> bool:
    """Report a header that is one cell parted by something else; tell whether it is fine."""
    for mark, word in OTHER_MARKS.items():
        if len(table.header) == 1 and first.count(mark) > 1:
            message = f"the columns of this table are parted by {word}"
            hint = "Save it again as CSV parted by commas, in UTF-8."
            table.problems.append(Problem(Place(table.file, 1, 1), "csv-shape", message, hint))
            return False
    return True


def _too_many(table: CsvTable, line: int) -> bool:
    """Report a table that goes on and on; tell whether it does."""
    if len(table.rows) < MOST_ROWS:
        return False
    message = f"this table has more than the {MOST_ROWS:,} rows that are read"
    hint = "Keep a table of this size elsewhere, and its counts here."
    table.problems.append(Problem(Place(table.file, line, 1), "file-limits", message, hint))
    return True


def _check_header(table: CsvTable) -> None:
    if len(table.header) > MOST_COLUMNS:
        message = beyond("this table", len(table.header), "columns", MOST_COLUMNS)
        hint = "Separate rows by line ends, and keep only the columns that are used."
        table.problems.append(Problem(Place(table.file, 1, 1), "file-limits", message, hint))
        table.header = table.header[:MOST_COLUMNS]
        return
    seen: set[str] = set()
    for position, name in enumerate(table.header, start=1):
        twice = name in seen
        seen.add(name)
        if not name or twice:
            message = f"the header's column {position}, '{name}', is empty or stands twice"
            table.problems.append(
                Problem(Place(table.file, 1, position), "csv-shape", message, "Name each column.")
            )


def _add_row(table: CsvTable, line: int, cells: list[str]) -> None:
    if len(cells) != len(table.header):
        message = f"this row has {len(cells)} cells, and the header has {len(table.header)}"
        hint = "Put a cell that holds a comma in double quotes, and leave empty cells in place."
        table.problems.append(Problem(Place(table.file, line, 1), "csv-shape", message, hint))
        return
    stripped = [cell.strip() for cell in cells]
    table.rows.append((line, dict(zip(table.header, stripped, strict=True))))
