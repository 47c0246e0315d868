"""Exports that were saved as a workbook of a spreadsheet: the rows of every sheet that is an export."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date as Date
from datetime import datetime as Moment
from typing import Any

from evidence.problems import Place, Problem
from evidence.read.limits import HIDDEN
from evidence.registry.record import FileRead, Record, finding
from evidence.registry.shapes import TABLES
from evidence.registry.source import ExportBytes
from evidence.registry.table import NEAR_ENOUGH, nothing_in, recognise

PARTS = ("xl/workbook.xml", "xl/workbook.bin")


def read_workbook(read: FileRead, source: ExportBytes) -> Iterator[Record | Problem]:
    """Yield a record for each row of the sheets that are exports; say which were left out."""
    import openpyxl  # noqa: PLC0415 - only a workbook needs it

    with source.open() as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and of what else is not read
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            yield from _sheets(read, book)
        except Exception as error:  # noqa: BLE001 - the library raises whatever broken parts lead to
            hint = "Open it in a spreadsheet, and save it as CSV in UTF-8."
            message = f"this workbook cannot be read: {str(error) or 'it is cut off'}"
            yield finding("export-readable", Place(read.file), message, hint)


def _sheets(read: FileRead, book: Any) -> Iterator[Record | Problem]:
    exports, others = [], []
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a program wrote there may be wrong
        header = [name.strip() for name in next(_rows(sheet), (0, []))[1]]
        if any(shape.likeness(header) >= NEAR_ENOUGH for shape in TABLES):
            exports.append((sheet, header))
        elif any(header):
            others.append((sheet, header))
    if not exports and others:
        yield from recognise(read.file, others[0][1])[1]
    elif not exports:
        yield nothing_in(read.file)
    for sheet, header in exports:
        yield from _sheet(read, sheet, header)
    if exports and others:
        names = ", ".join(f"'{sheet.title}'" for sheet, _ in others)
        read.notes.append(f"Sheets that are no export were left out: {names}.")


def _sheet(read: FileRead, sheet: Any, header: list[str]) -> Iterator[Record | Problem]:
    shape, problems = recognise(read.file, header)
    if shape is None:
        yield from problems
        return
    read.format, read.registry = shape.id, shape.registry
    read.notes.append(f"It is a workbook; its sheet '{sheet.title}' was read.")
    record = shape.reader(read.file, header)
    rows = _rows(sheet)
    next(rows)
    empty = True
    for number, cells in rows:
        empty = False
        yield record(number, [*cells[: len(header)], *[""] * (len(header) - len(cells))])
    if empty:
        yield nothing_in(read.file)


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, with their numbers."""
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        texts = [_text(cell) for cell in cells]
        if any(texts):
            yield number, texts


def _text(cell: Any) -> str:
    """Return what a cell holds as text: a day as 2020-06-17, a whole number without a point."""
    if cell is None:
        return ""
    if isinstance(cell, Moment):
        return cell.date().isoformat()
    if isinstance(cell, Date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return HIDDEN.sub(" ", str(cell)).strip()
