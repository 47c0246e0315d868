"""Tables as workbooks (.xlsx): the findings of each study, as data/tables takes them, and the open data in one file.

Numbers are numbers in the digits that were printed, everything else is text: no program takes it for a
formula or a date, and nothing has to stand before it. The same tables give the same bytes on every machine.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from evidence.files.packed import packed
from evidence.model.columns import STARTS, Column, Shape, cells_of, columns_of
from evidence.model.finding import Finding
from evidence.model.open_data import FINDINGS, OF_TRIALS, RECORDS, TABLES
from evidence.model.study import Study
from evidence.store import Made

# Trials and the records of registries are thousands of rows, and stand in files of their own
SHEETS = tuple(table for table in TABLES if table not in {*OF_TRIALS, RECORDS})
UNCERTAIN = Column("uncertain", ("uncertain",))  # the text of a mark of that kind
TEXT = "@"  # the format of text: what is typed into such a cell stays what it is
MOST_DIGITS = 15  # that a spreadsheet program keeps of a number
MOST_LETTERS = 32_000  # of a cell
WRITTEN_ON = "2000-01-01T00:00:00Z"  # no day of a clock
DAYS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
Rows = Iterable[Sequence[str]]


def study_workbook(study: Study) -> Made:
    """Return the findings of a study in the columns of data/tables, those that hold something."""
    rows = [_cells(finding) for finding in study.findings.values()]
    columns = [
        column
        for column in (*columns_of(Finding), UNCERTAIN)
        if any(row.get(column.name) for row in rows)
    ]
    lines = [[row.get(column.name, "") for column in columns] for row in rows]
    return Made(None, workbook({FINDINGS.name: (columns, lines)}))


def _cells(finding: Finding) -> dict[str, str]:
    """Return the cells of a finding as it was written; a mark of uncertainty alone has a column of its own."""
    cells = cells_of(finding)
    if [mark.kind for mark in finding.marks] == [UNCERTAIN.name]:
        cells |= {UNCERTAIN.name: finding.marks[0].text, "marks": ""}
    return cells


def tables_workbook(rows: Mapping[str, Rows]) -> Made:
    """Return the tables of the open data, a sheet each; ``rows`` by the name of their table."""
    return Made(None, workbook({table.name: (table.columns, rows[table.name]) for table in SHEETS}))


def workbook(sheets: Mapping[str, tuple[Sequence[Column], Rows]]) -> bytes:
    """Return a workbook of tables by their names, each with its columns and the rows below them."""
    import openpyxl  # noqa: PLC0415 - needed only when a table changed

    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.creator = ""
    for name, (columns, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        _write(sheet, 1, ((column.name, "text") for column in columns))
        shapes = [column.shape for column in columns]
        for number, row in enumerate(rows, start=2):
            _write(sheet, number, zip(row, shapes, strict=True))
    stream = io.BytesIO()
    book.save(stream)
    return _same_everywhere(stream.getvalue())


def _write(sheet: Any, number: int, cells: Iterable[tuple[str, Shape]]) -> None:
    for position, (text, shape) in enumerate(cells, start=1):
        if not text:
            continue
        cell = sheet.cell(number, position)
        value = _number(text) if shape in {"whole", "number"} else None
        if value is not None:
            cell.value, places = value, len(text.partition(".")[2])
            cell.number_format = f"0.{'0' * places}" if places else "0"
            continue
        cell.value = text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]} …"
        cell.data_type, cell.number_format = "s", TEXT  # whatever it begins with
        cell.quotePrefix = text.startswith(STARTS)


def _number(text: str) -> Decimal | None:
    """Return the number that a spreadsheet program keeps whole, or None."""
    number = Decimal(text)
    digits = len(number.as_tuple().digits)
    return number if digits <= MOST_DIGITS else None


def _same_everywhere(raw: bytes) -> bytes:
    """Return a workbook without the days on which it was written, packed anew."""
    with zipfile.ZipFile(io.BytesIO(raw)) as written:
        parts = {name: written.read(name) for name in written.namelist()}
    core = "docProps/core.xml"
    parts[core] = DAYS.sub(rb"\g<1>" + WRITTEN_ON.encode(), parts[core])
    return packed(parts)
