"""Workbooks to read in tests."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl

HEADER = (
    "id",
    "measure",
    "value",
    "low",
    "high",
    "level",
    "unit",
    "events",
    "n",
    "time",
    "source",
    "locator",
    "note",
)


def book_of(rows: Iterable[Sequence[Any]], formats: Mapping[str, str] | None = None) -> Any:
    """Return a book whose one sheet has these rows; ``formats`` by the name of a cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    return book


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(rows: Iterable[Sequence[Any]], formats: Mapping[str, str] | None = None) -> bytes:
    return saved(book_of(rows, formats))
