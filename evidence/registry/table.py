"""Tables: which shape a header is of, how its columns are parted, and the records in the rows."""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator, Sequence

from evidence.problems import Place, Problem, nearest
from evidence.read.limits import MOST_COLUMNS, beyond
from evidence.registry.record import FileRead, Record, finding
from evidence.registry.rows import DOWNLOAD_AGAIN, Lines, RowsRead, rows_of
from evidence.registry.shapes import SHAPES, TABLES
from evidence.registry.shapes.table_shape import TableShape
from evidence.registry.vocabulary import squashed

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
NAMED_SEPARATOR = re.compile(r'"?sep=(?P<separator>[,;\t])"?[\r\n]*')  # as Excel writes it
FIRST_LINES = 40  # that a header may stand in
NEAR_ENOUGH = 0.5
LINES_NAMED = 10


def read_table(read: FileRead, text: Iterator[str]) -> Iterator[Record | Problem]:
    """Yield a record for each row of a table in text, and what is wrong; say how it was read."""
    lines = Lines(text)
    head = list(itertools.islice(lines, FIRST_LINES))
    while head and not head[0].strip():
        del head[0]
    lines.give_back(head)
    named = NAMED_SEPARATOR.fullmatch(head[0]) if head else None
    if named:
        next(lines)
        del head[0]
    separators = [named["separator"]] if named else [*SEPARATORS]
    headers = [_header(head, separator) for separator in separators]
    (header, used), separator = max(
        zip(headers, separators, strict=True), key=lambda pair: _likeness(pair[0][0])
    )
    for _ in range(used):
        next(lines)
    shape, problems = recognise(read.file, header)
    if shape is None:
        yield from problems
        return
    read.format, read.registry = shape.id, shape.registry
    if separator != ",":
        read.notes.append(f"Its columns are parted by {SEPARATORS[separator]}.")
    rows_read = RowsRead(read.file, separator, header)
    yield from _records(read, rows_read, shape, lines)


def _header(head: Sequence[str], separator: str) -> tuple[list[str], int]:
    """Return the names of the columns, and in how many lines they stand."""
    reader = csv.reader(head, delimiter=separator, strict=True)
    try:
        names = next(reader)
    except (csv.Error, StopIteration):
        return [], 0
    return [name.strip().lstrip("\ufeff") for name in names], reader.line_num


def _likeness(header: Sequence[str]) -> tuple[float, int]:
    known = header[:MOST_COLUMNS]  # one that has more is refused, however it is parted
    return max(shape.likeness(known) for shape in TABLES), len(header)


def _records(
    read: FileRead, rows_read: RowsRead, shape: TableShape, lines: Lines
) -> Iterator[Record | Problem]:
    record = shape.reader(read.file, rows_read.header)
    empty = True
    for row in rows_of(rows_read, lines):
        empty = False
        yield row if isinstance(row, Problem) else record(*row)
    if empty:
        yield nothing_in(read.file)
    if rows_read.mended:
        read.notes.append(mended(rows_read.mended))


def nothing_in(file: str) -> Problem:
    """Return the problem that an export has no study."""
    hint = "Download the export again; the search may have found nothing."
    message = "this export has a header and no study"
    return finding("file-not-empty", Place(file, 1, 1), message, hint)


def mended(lines: Sequence[int]) -> str:
    """Return what is said of rows whose quotes were not written twice, by their lines."""
    named = ", ".join(str(line) for line in lines[:LINES_NAMED])
    more = len(lines) - LINES_NAMED
    rest = f" and {more} more" if more > 0 else ""
    many = f"{len(lines)} rows have" if len(lines) > 1 else "1 row has"
    return (
        f"{many} a quote inside a quoted cell that is not written twice; each can be read "
        f"in one way only, and was: line {named}{rest}."
    )


# Which shape a header is of, and what is wrong with it.


def recognise(file: str, header: list[str]) -> tuple[TableShape | None, list[Problem]]:
    """Return the shape of table that a header is of, and what is wrong with the header."""
    if len(header) > MOST_COLUMNS:
        message = beyond("this file", len(header), "columns", MOST_COLUMNS)
        hint = "Its rows may not be parted by line ends. " + DOWNLOAD_AGAIN
        return None, [finding("export-columns", Place(file, 1, 1), message, hint)]
    shape = max(TABLES, key=lambda shape: shape.likeness(header))
    if shape.likeness(header) < NEAR_ENOUGH:
        return None, [_unknown(file, header, shape)]
    problems = [
        *_repeated(file, header, shape),
        *(_absent(file, header, shape, name) for name in shape.missing(header)),
    ]
    return (None if problems else shape), problems


def _repeated(file: str, header: Sequence[str], shape: TableShape) -> list[Problem]:
    problems, seen = [], dict[str, int]()
    for position, name in enumerate(header, start=1):
        first = seen.setdefault(squashed(name), position)
        if first != position and squashed(name) in shape.spellings:
            message = f"the column '{name}' stands twice: it is the {first}. and the {position}."
            place = Place(file, 1, position)
            problems.append(finding("export-columns", place, message, "Delete one of the two."))
    return problems


def _absent(file: str, header: Sequence[str], shape: TableShape, name: str) -> Problem:
    message = f"the column '{name}' is missing, which {shape.title} needs"
    near = nearest(name, header)
    hint = "Choose it too when you download the export."
    if near and squashed(near) not in shape.spellings:
        hint = f"Is it '{near}'? Column names are compared without case and spaces."
    return finding("export-columns", Place(file, 1, 1), message, hint)


def _unknown(file: str, header: Sequence[str], near: TableShape) -> Problem:
    looked_for = "; ".join(shape.title for shape in SHAPES)
    absent = ", ".join(f"'{name}'" for name in near.missing(header)[:12])
    message = f"this is not an export that is known: looked for {looked_for}"
    hint = f"The nearest is {near.title}, whose columns {absent} are missing."
    return finding("export-known", Place(file, 1, 1), message, hint)
