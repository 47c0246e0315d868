"""A table that was saved as a workbook (.xlsx), as CSV: its row is the line, its column the position in it.

Cells are taken as they are shown, as far as that can be known: 48.9 in the format 0.00 is 48.90. What would be
lost or changed without a word is a problem.
"""

from __future__ import annotations

import csv
import functools
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date as Date
from datetime import datetime as Moment
from decimal import Decimal
from typing import Any

from evidence.problems import Place, Problem
from evidence.read.limits import HIDDEN, MOST_COLUMNS, MOST_ROWS, MOST_SHEET_BYTES, beyond

PACKED = b"PK\x03\x04"  # how a workbook begins
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"  # .xls, and a workbook that a password locks
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Of a format: what is printed as it stands, colours and conditions, blanks and fillings
ASIDE = re.compile(r'"[^"]{0,255}"|\\.|\[[^\]]{0,255}\]|_.|\*.')
DIGITS = re.compile(r"[0#?](?:[0#?,]*[0#?])?(?:\.(?P<places>[0#?]+))?(?P<scaled>,*)")
MOST_DIGITS = 15  # that a spreadsheet program keeps
SAVE_AGAIN = "Open it in a spreadsheet program, and save it again as .xlsx, or as CSV in UTF-8."


class _CellError(Exception):
    """Raised for a cell that cannot be taken as it is shown: what is said of it, and what helps."""


@functools.lru_cache(maxsize=32)
def text_of_sheet(file: str, raw: bytes) -> str | Problem:
    """Return the one sheet of a workbook as the text of a CSV file, or what is wrong with it."""
    if raw.startswith(OLD_WORKBOOK):
        message = "this is a workbook of an older kind (.xls), or one that a password locks"
        return Problem(Place(file), "file-encoding", message, SAVE_AGAIN)
    if not raw.startswith(PACKED):
        hint = "If it is CSV, let its name end in .csv; otherwise save it again as .xlsx."
        return Problem(Place(file), "file-encoding", "this file is not a workbook (.xlsx)", hint)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > MOST_SHEET_BYTES:
            message = beyond("this workbook, unpacked,", size, "bytes", MOST_SHEET_BYTES)
            hint = "Keep the table alone in it, without pictures and other sheets."
            return Problem(Place(file), "file-limits", message, hint)
        return _text(file, raw)
    except Exception as error:  # noqa: BLE001 - the library raises whatever broken parts lead to
        message = f"this workbook cannot be read: {str(error) or 'it is cut off'}"
        return Problem(Place(file), "file-encoding", message, SAVE_AGAIN)


def _text(file: str, raw: bytes) -> str | Problem:
    sheets = [sheet for sheet in _sheets(raw, computed=False) if _filled(sheet)]
    if not sheets:
        return Problem(
            Place(file), "file-not-empty", "this workbook is empty", "Fill it, or delete it."
        )
    sheet = sheets[0]
    if len(sheets) > 1:
        names = ", ".join(f"'{other.title}'" for other in sheets)
        message = f"this workbook has {len(sheets)} sheets with something in them, and one is read: {names}"
        hint = "Keep the table alone in its file, and save each other table as a file of its own."
        return Problem(Place(file), "csv-shape", message, hint)
    merged = sorted(sheet.merged_cells.ranges, key=lambda area: (area.min_row, area.min_col))
    if merged:
        place = Place(file, merged[0].min_row, merged[0].min_col)
        hint = "Part them (Unmerge cells), and write what they say in each."
        return Problem(place, "csv-shape", f"the cells {merged[0].coord} are merged into one", hint)
    cells = _filled(sheet)
    if any(cell.data_type == "f" for cell in cells.values()):
        computed = next(
            other for other in _sheets(raw, computed=True) if other.title == sheet.title
        )
        cells |= _filled(computed)
    return _beyond(file, cells) or _table(file, cells)


def _sheets(raw: bytes, *, computed: bool) -> list[Any]:
    """Return the sheets that are shown; formulas as what was ``computed``, or as they were written."""
    import openpyxl  # noqa: PLC0415 - only a workbook needs it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and of what else is not read
        book = openpyxl.load_workbook(
            io.BytesIO(raw), data_only=computed, keep_links=False, rich_text=True
        )
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _filled(sheet: Any) -> dict[tuple[int, int], Any]:
    """Return the cells that hold something; to go through all costs minutes where one stands in the last row."""
    cells = sheet._cells.values()  # noqa: SLF001
    return {
        (cell.row, cell.column): cell
        for cell in cells
        if cell.value is not None and str(cell.value).strip()
    }


def _beyond(file: str, cells: dict[tuple[int, int], Any]) -> Problem | None:
    last_row, last_column = (max(ends) for ends in zip(*cells, strict=True))
    hint = "Delete what stands far from the table; keep a table of this size elsewhere."
    if last_row > 2 * MOST_ROWS:
        message = f"this sheet goes on to row {last_row:,}, beyond the {MOST_ROWS:,} that are read"
        return Problem(Place(file, last_row, 1), "file-limits", message, hint)
    if last_column > MOST_COLUMNS:
        message = beyond("this sheet", last_column, "columns", MOST_COLUMNS)
        return Problem(Place(file, 1, last_column), "file-limits", message, hint)
    return None


def _table(file: str, cells: dict[tuple[int, int], Any]) -> str | Problem:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sorted(cells.items()):
        try:
            rows.setdefault(row, {})[column] = _shown(cell)
        except _CellError as error:
            message, hint = error.args
            return Problem(Place(file, row, column), "value-valid", message, hint)
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows(_lines(rows))
    return written.getvalue()


def _lines(rows: dict[int, dict[int, str]]) -> Iterator[list[str]]:
    """Yield a line for each row, also for empty ones."""
    width = max(column for row in rows.values() for column in row)
    for number in range(1, max(rows) + 1):
        row = rows.get(number, {})
        yield [row.get(column, "") for column in range(1, width + 1)] if row else []


def _shown(cell: Any) -> str:
    """Return a cell as it is shown."""
    value = cell.value
    if cell.data_type == "f":
        message = "this formula has no result in the file"
        raise _CellError(
            message, "Open the file in a spreadsheet program and save it, or type the value."
        )
    if cell.data_type == "e":
        raise _CellError(f"this formula came to nothing: {value}", "Mend it, or type the value.")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_as_shown(value, cell.number_format)
    if isinstance(value, (Date, Moment)):
        return _day(value, cell.number_format)
    return _words(value)


def number_as_shown(value: float, number_format: str) -> str:
    """Return a number in the digits that its format shows; raise where it shows another number."""
    number = (
        Decimal(value) if isinstance(value, int) else Decimal(format(value, f".{MOST_DIGITS}g"))
    )
    shape = ASIDE.sub("", number_format.split(";", maxsplit=1)[0])
    found = DIGITS.search(shape)
    percent = "%" if "%" in shape else ""
    number *= 100 if percent else 1
    plain = format(number, "f")
    if "." in plain:
        plain = plain.rstrip("0").removesuffix(".")
    if found is None or "E" in shape.upper().replace("GENERAL", "") or "/" in shape:
        return f"{plain}{percent}"  # General, text, powers of ten and fractions
    places = found["places"] or ""
    if found["scaled"]:
        places, shown = "", f"{round(number / 1000 ** len(found['scaled']))}"
    else:
        shown = format(round(number, len(places)), "f")
    if Decimal(shown) != number:
        message = f"this cell holds {plain}{percent} and shows {shown}{percent}"
        hint = "Type the number as its source prints it, or let the format show all its digits."
        raise _CellError(message, hint)
    kept = max(places.count("0"), len(plain.partition(".")[2]))
    return f"{number:.{kept}f}{percent}"


def _day(value: Date, number_format: str) -> str:
    """Return a day as 2020-06-17; one that is shown without its year, or its day, as it is shown."""
    shape = ASIDE.sub(
        lambda found: found[0][-1:] if found[0][0] == "\\" else "", number_format.lower()
    )
    shape = shape.split(";")[0].strip()
    if re.fullmatch(r"d{1,2}\W+mmm", shape):
        return f"{value.day}-{ENGLISH[value.month - 1]}"
    if re.fullmatch(r"mmm\W+yy", shape):
        return f"{ENGLISH[value.month - 1]}-{value.year % 100:02}"
    if isinstance(value, Moment) and (value.hour, value.minute, value.second) != (0, 0, 0):
        return value.isoformat(" ")
    return value.date().isoformat() if isinstance(value, Moment) else value.isoformat()


def _words(value: Any) -> str:
    """Return text in one line; raise for raised and lowered letters, which text does not keep, and hidden ones."""
    for part in value if isinstance(value, list) else ():
        if getattr(getattr(part, "font", None), "vertAlign", None) in {"superscript", "subscript"}:
            message = f"'{part.text}' is raised or lowered in this cell, and would stand in line"
            raise _CellError(message, "Write it out (10^6), or leave the mark of a footnote away.")
    text = " ".join(str(value).replace("_x000D_", "").splitlines())
    hidden = HIDDEN.search(text)
    if hidden:
        message = f"the character U+{ord(hidden[0]):04X} cannot stand in a text"
        raise _CellError(message, "Delete it; programs may not show it.")
    return text
