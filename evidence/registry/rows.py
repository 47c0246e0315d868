"""Rows of text parted by commas, semicolons or tabs, with the line where each begins."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from evidence.problems import Place, Problem
from evidence.registry.record import finding
from evidence.registry.stray_quotes import readings

FIELD_LIMIT = min(sys.maxsize, 2**31 - 1)  # a cell may list a hundred hospitals
DOWNLOAD_AGAIN = "Download the export again; do not mend it by hand."
WRITE_TWICE = (
    'A quote inside a quoted cell is written twice: "". '
    "Write the quotes of this row twice, and nothing else."
)
MOST_LINES = 100  # that a row with a stray quote may have
Row = tuple[int, list[str]]


class Lines:
    """Lines that can be given back; ``number`` is that of the last one taken, from 1."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Begin before the first line."""
        self._lines = iter(lines)
        self._returned: list[str] = []
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        """Return the lines that follow."""
        return self

    def __next__(self) -> str:
        """Take the next line."""
        line = self._returned.pop() if self._returned else next(self._lines)
        self.number += 1
        self.taken.append(line)
        return line

    def give_back(self, lines: list[str]) -> None:
        """Put back the last lines that were taken."""
        self._returned += reversed(lines)
        self.number -= len(lines)


@dataclass
class RowsRead:
    """What is known of the rows of a file: their header, and the lines of those that were mended."""

    file: str
    separator: str
    header: list[str] = field(default_factory=list)
    mended: list[int] = field(default_factory=list)


def rows_of(rows_read: RowsRead, lines: Lines) -> Iterator[Row | Problem]:
    """Yield the rows below the header, and a problem for each that does not fit it."""
    short: Row | None = None
    cut = False
    for row in _rows(rows_read, lines):
        if short:
            yield _misfit(rows_read, short)
            short = None
        if isinstance(row, Problem):
            cut = cut or row.rule == "export-whole"
            yield row
        elif len(row[1]) == len(rows_read.header):
            yield row
        elif len(row[1]) < len(rows_read.header):
            short = row
        else:
            yield _misfit(rows_read, row)
    if short:
        yield _misfit(rows_read, short) if cut else _cut_off(rows_read, short)


def _rows(rows_read: RowsRead, lines: Lines) -> Iterator[Row | Problem]:
    """Yield each row that is not empty, of as many cells as it has."""
    limit = csv.field_size_limit(FIELD_LIMIT)
    try:
        ended = False
        while not ended:
            lines.taken.clear()
            try:
                for cells in csv.reader(lines, delimiter=rows_read.separator, strict=True):
                    first = lines.number - len(lines.taken) + 1
                    lines.taken.clear()
                    if any(cells):
                        yield first, cells
                ended = True
            except csv.Error as error:
                yield _mended(rows_read, lines, str(error))
    finally:
        csv.field_size_limit(limit)


def _mended(rows_read: RowsRead, lines: Lines, reason: str) -> Row | Problem:
    """Return the row that begins with the lines taken, when it can be read in one way only."""
    first = lines.number - len(lines.taken) + 1
    taken = [*lines.taken]
    width = 1
    while width <= min(len(taken), MOST_LINES):
        text = "".join(taken[:width]).rstrip("\r\n")
        ways = readings(text, rows_read.separator, len(rows_read.header))
        if ways:
            lines.give_back(taken[width:])
            if len(ways) > 1:
                return _unreadable(
                    rows_read, first, f"{reason}, and it can be read in several ways"
                )
            rows_read.mended.append(first)
            return first, ways[0]
        width += 1
        if width > len(taken):
            line = next(lines, None)
            if line is not None and _is_row(rows_read, line):
                lines.give_back([line])
            elif line is not None:
                taken.append(line)
    _to_next_row(rows_read, lines, taken)
    return _unreadable(rows_read, first, reason)


def _is_row(rows_read: RowsRead, line: str) -> bool:
    """Tell whether a line is a whole row by itself."""
    try:
        rows = list(csv.reader([line], delimiter=rows_read.separator, strict=True))
    except csv.Error:
        return False
    return len(rows) == 1 and len(rows[0]) == len(rows_read.header)


def _to_next_row(rows_read: RowsRead, lines: Lines, taken: list[str]) -> None:
    """Go on at the next line that is a whole row, so that what is wrong further down is said too."""
    lines.give_back(taken[1:])
    for line in lines:
        lines.taken.clear()
        if _is_row(rows_read, line):
            lines.give_back([line])
            return


def _unreadable(rows_read: RowsRead, line: int, reason: str) -> Problem:
    place = Place(rows_read.file, line, 1)
    if "unexpected end" in reason:
        message = "the file ends inside a quoted cell of the row that begins here"
        return finding("export-whole", place, message, DOWNLOAD_AGAIN)
    message = f"this row cannot be read: {reason}"
    return finding("export-row", place, message, WRITE_TWICE)


def _misfit(rows_read: RowsRead, row: Row) -> Problem:
    line, cells = row
    wanted = len(rows_read.header)
    column = min(len(cells), wanted)
    message = (
        f"this row has {len(cells)} cells, and the header has {wanted}; "
        f"the last that fits is '{rows_read.header[column - 1]}'"
    )
    return finding("export-row", Place(rows_read.file, line, column), message, DOWNLOAD_AGAIN)


def _cut_off(rows_read: RowsRead, row: Row) -> Problem:
    line, cells = row
    message = (
        f"the file is cut off: its last row ends after '{rows_read.header[len(cells) - 1]}', "
        f"with {len(cells)} of {len(rows_read.header)} cells"
    )
    return finding("export-whole", Place(rows_read.file, line, len(cells)), message, DOWNLOAD_AGAIN)
