"""Rows of a CSV file with the physical line where each begins; what is wrong, as problems."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence.problems import Place, Problem
from evidence.read.limits import MOST_COLUMNS, beyond
from evidence.registry.finding import finding

FIELD_LIMIT = min(sys.maxsize, 2**31 - 1)  # a cell may list a hundred hospitals
DOWNLOAD_AGAIN = "Download the export again; do not mend it by hand."


@dataclass
class Rows:
    """The header and the rows of one file: each with its first line and its cells."""

    file: str
    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_rows(file: str, text: str) -> Rows:
    """Read comma-separated ``text``; a row that does not fit the header is a problem."""
    found = Rows(file)
    short: tuple[int, int] | None = None
    for line, cells in _lines(found, text):
        if not found.header:
            found.header = [name.strip() for name in cells]
            if len(cells) > MOST_COLUMNS:
                return _too_broad(file, len(cells))
            continue
        if short:
            found.problems.append(_misfit(found, *short))
            short = None
        if len(cells) == len(found.header):
            found.rows.append((line, cells))
        elif len(cells) < len(found.header):
            short = (line, len(cells))
        else:
            found.problems.append(_misfit(found, line, len(cells)))
    if short:
        cut = not any(problem.rule == "export-whole" for problem in found.problems)
        found.problems.append(_cut_off(found, *short) if cut else _misfit(found, *short))
    return found


def _too_broad(file: str, columns: int) -> Rows:
    message = beyond("this file", columns, "columns", MOST_COLUMNS)
    hint = "Its rows may not be parted by line ends. " + DOWNLOAD_AGAIN
    problem = finding("export-columns", Place(file, 1, 1), message, hint)
    return Rows(file, problems=[problem])


def _lines(found: Rows, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty with the line where it begins."""
    limit = csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        found.problems.append(_unreadable(found, line, str(error)))
    finally:
        csv.field_size_limit(limit)


def _unreadable(found: Rows, line: int, reason: str) -> Problem:
    place = Place(found.file, line, 1)
    if "unexpected end" in reason:
        message = "the file ends inside a quoted cell of the row that begins here"
        return finding("export-whole", place, message, DOWNLOAD_AGAIN)
    message = f"this row cannot be read: {reason}"
    hint = 'A quote inside a quoted cell is written twice: "". ' + DOWNLOAD_AGAIN
    return finding("export-row", place, message, hint)


def _misfit(found: Rows, line: int, cells: int) -> Problem:
    wanted = len(found.header)
    column = min(cells, wanted)
    message = (
        f"this row has {cells} cells, and the header has {wanted}; "
        f"the last that fits is '{found.header[column - 1]}'"
    )
    return finding("export-row", Place(found.file, line, column), message, DOWNLOAD_AGAIN)


def _cut_off(found: Rows, line: int, cells: int) -> Problem:
    message = (
        f"the file is cut off: its last row ends after '{found.header[cells - 1]}', "
        f"with {cells} of {len(found.header)} cells"
    )
    return finding("export-whole", Place(found.file, line, cells), message, DOWNLOAD_AGAIN)
