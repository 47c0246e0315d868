"""CSV tables that remember the line of every row.

What the program wrote is parted by commas. A table that people make may be parted as spreadsheet programs
of their country do it.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from evidence.problems import Place, Problem
from evidence.read.limits import MOST_COLUMNS, MOST_PROBLEMS, MOST_ROWS, beyond

COMMA = ","
OTHER_MARKS = {";": "semicolons", "\t": "tabs"}  # what spreadsheets of other countries write
MARK_WORDS = {COMMA: "a comma", ";": "a semicolon", "\t": "a tab"}
TOLD_MARK = re.compile(r"""["']?sep=([,;\t|])["']?[,; \t]*\n""", re.IGNORECASE)  # a line for Excel
IN_ONE_CELL = "whole rows of this table stand in one cell each"
SPLIT = "In the spreadsheet program, split the first column into columns (Text to Columns), and save it again."


@dataclass
class CsvTable:
    """One CSV table: ``header``, and ``rows`` as (line, cells by column).

    ``header_line`` is where the header ends, ``mark`` what parts the cells.
    """

    file: str
    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    mark: str = COMMA
    header_line: int = 1

    def place(self, line: int, column: str = "") -> Place:
        """Return the place of a cell; the column is the cell's position in the row."""
        position = self.header.index(column) + 1 if column in self.header else 1
        return Place(self.file, line, position)

    def report(self, line: int, column: int, message: str, hint: str) -> None:
        """Keep a problem of the shape of the table."""
        self.problems.append(Problem(Place(self.file, line, column), "csv-shape", message, hint))


def read_csv(file: str, text: str) -> CsvTable:
    """Read a comma-separated table with a header row; what is wrong is in ``problems``."""
    table = CsvTable(file)
    reader = csv.reader(io.StringIO(text), strict=True)
    with _reported(table, reader):
        table.header = [name.strip() for name in next(reader, [""])]
        if _is_parted(table, text.partition("\n")[0]):
            _check_header(table)
            _read_rows(table, reader)
    return table


def read_table(file: str, text: str) -> CsvTable:
    """Read a table that people made: parted by commas, semicolons or tabs, or by what its first line tells (sep=;).

    Empty lines above the header, and empty columns behind it, mean nothing.
    """
    book = file.endswith(".xlsx")  # its cells are known, and were parted by commas
    told = None if book else TOLD_MARK.match(text)
    table = CsvTable(file, mark=COMMA if book else told[1] if told else _mark_of(text))
    written = text[told.end() :] if told else text
    before = told[0].count("\n") if told else 0
    reader = csv.reader(io.StringIO("\n" * before + written), delimiter=table.mark, strict=True)
    with _reported(table, reader):
        header = next((cells for cells in reader if any(cell.strip() for cell in cells)), [""])
        table.header_line = max(reader.line_num, 1)
        table.header = _without_empty([name.strip() for name in header])
        spare = MOST_COLUMNS if book else len(header) - len(table.header)
        if _is_in_columns(table):
            _check_header(table)
            _read_rows(table, reader, spare)
    return table


@contextlib.contextmanager
def _reported(table: CsvTable, reader: Any) -> Iterator[None]:
    """Report a row that cannot be read."""
    try:
        yield
    except csv.Error as error:
        hint = 'A cell with a comma or a quote stands in double quotes, with "" for a quote inside.'
        table.report(reader.line_num, 1, f"this row cannot be read: {error}", hint)


def _mark_of(text: str) -> str:
    """Return what parts the header into most cells; commas where others part it into as many."""
    lines = (line for line in text.split("\n") if line.strip(" ,;\t"))
    first = next(lines, "")
    counts = {
        mark: len(next(csv.reader([first], delimiter=mark), [])) for mark in (COMMA, *OTHER_MARKS)
    }
    return max(counts, key=lambda mark: counts[mark])


def _without_empty(cells: list[str]) -> list[str]:
    """Return cells without the empty ones at their end."""
    kept = len(cells)
    while kept > 1 and not cells[kept - 1].strip():
        kept -= 1
    return cells[:kept]


def _read_rows(table: CsvTable, reader: Any, spare: int = 0) -> None:
    """Read all rows below the header; as many as ``spare`` empty cells behind it are left out."""
    for cells in reader:
        if len(table.problems) > MOST_PROBLEMS or _too_many(table, reader.line_num):
            break
        if any(cell.strip() for cell in cells):
            more = cells[len(table.header) :]
            fits = 0 < len(more) <= spare and not any(cell.strip() for cell in more)
            _add_row(table, reader.line_num, cells[: len(table.header)] if fits else cells)


def _is_parted(table: CsvTable, first: str) -> bool:
    """Report a header that is one cell parted by something else; tell whether it is fine."""
    for mark, word in OTHER_MARKS.items():
        if len(table.header) == 1 and first.count(mark) > 1:
            hint = "Save it again as CSV parted by commas, in UTF-8."
            table.report(1, 1, f"the columns of this table are parted by {word}", hint)
            return False
    return True


def _is_in_columns(table: CsvTable) -> bool:
    """Report a header that is parted by two marks, or stands in one cell; tell whether it is fine."""
    parting = [mark for mark in (COMMA, *OTHER_MARKS) if any(mark in name for name in table.header)]
    if len(table.header) == 1 and parting:
        table.report(table.header_line, 1, IN_ONE_CELL, SPLIT)
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
        place = Place(table.file, table.header_line, 1)
        table.problems.append(Problem(place, "file-limits", message, hint))
        table.header = table.header[:MOST_COLUMNS]
        return
    seen: set[str] = set()
    for position, name in enumerate(table.header, start=1):
        twice = name in seen
        seen.add(name)
        if not name or twice:
            message = f"the header's column {position}, '{name}', is empty or stands twice"
            table.report(table.header_line, position, message, "Name each column.")


def _add_row(table: CsvTable, line: int, cells: list[str]) -> None:
    if len(cells) != len(table.header):
        message = f"this row has {len(cells)} cells, and the header has {len(table.header)}"
        mark = MARK_WORDS.get(table.mark, f"'{table.mark}'")
        hint = f"Put a cell that holds {mark} in double quotes, and leave empty cells in place."
        table.report(line, 1, message, hint)
        return
    stripped = [cell.strip() for cell in cells]
    table.rows.append((line, dict(zip(table.header, stripped, strict=True))))
