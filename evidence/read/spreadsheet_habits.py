"""What spreadsheet programs make of what was typed: dates, and numbers with a comma for the point."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date as Date
from datetime import timedelta

from evidence.problems import Problem
from evidence.read.csv_file import COMMA, CsvTable

# Dates: "1/2" and "3-6" become days on opening, and are shown in the words of the country.

_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_GERMAN = ("Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
_FRENCH = (
    "janv",
    "févr",
    "mars",
    "avr",
    "mai",
    "juin",
    "juil",
    "août",
    "sept",
    "oct",
    "nov",
    "déc",
)
_SPANISH = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
MONTHS = {
    word: number
    for words in (_SPANISH, _FRENCH, _GERMAN, _ENGLISH)
    for number, word in enumerate(words, start=1)
}
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
DATES = (
    re.compile(
        rf"(?P<first>[0-9]{{1,2}})-{_MONTH}\.?(?:-[0-9]{{2,4}})?"
    ),  # 1-Feb, 01-Feb-26, 01-févr
    re.compile(rf"(?P<first>[0-9]{{1,2}})\. {_MONTH}"),  # 01. Feb
    re.compile(rf"{_MONTH}\.?[- ](?P<first>[0-9]{{2}})"),  # Mar-02, Feb 26
)
# A day that was written out, as it is shown
FULL_DATE = re.compile(r"[0-9]{1,2}(?:/[0-9]{1,2}/(?:[0-9]{2}){1,2}|\.[0-9]{1,2}\.[0-9]{4})")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9:]+)?|[0-9]{2}:[0-9]{2}:[0-9]{2}")
# The number by which a day is kept: what is left of "1/2" where a column was made text afterwards
FIRST_DAY = Date(1899, 12, 30)
SERIAL = re.compile(r"[45][0-9]{4}")
FIRST_SERIAL, LAST_SERIAL = (
    40179,
    51501,
)  # 2010 to 2040: a day without a year is of the year of typing
TYPE_AGAIN = "Format the cell as text, and type it again"


def made_a_date(cell: str) -> tuple[str, str] | None:
    """Return what is said of a cell that a spreadsheet program made a date, and what helps; or None."""
    for pattern in DATES:
        found = pattern.fullmatch(cell)
        if found:
            one, other = int(found["first"]), MONTHS[found["month"]]
            message = f"'{cell}' is what a spreadsheet program makes of {one}/{other}, {other}/{one} or {other}-{one}"
            return message, f"{TYPE_AGAIN}, or write it in words: {other} to {one}."
    if FULL_DATE.fullmatch(cell):
        message = f"'{cell}' is a day as a spreadsheet program shows it"
        return message, f"{TYPE_AGAIN}; if a day is meant, as in 2024-12-13."
    return None


def kept_as_a_day(cell: str) -> tuple[str, str] | None:
    """Return what is said of a number in a column of text by which spreadsheets keep a day; or None."""
    if not SERIAL.fullmatch(cell) or not FIRST_SERIAL <= int(cell) <= LAST_SERIAL:
        return None
    day = FIRST_DAY + timedelta(days=int(cell))
    message = f"'{cell}' is the number by which spreadsheet programs keep the day {day.isoformat()}"
    span = f"{day.day}/{day.month}, {day.month}/{day.day} or {day.month}-{day.day}"
    return message, f"{TYPE_AGAIN}: was it {span}? If the number is meant, put a word beside it."


def is_a_day(cell: str, needed: str) -> tuple[str, str] | None:
    """Return what is said of a day, or a time of day, where something else is ``needed``; or None."""
    if not ISO_DATE.fullmatch(cell):
        return None
    hint = f"A spreadsheet program makes days of 1/2 and 3-6. {TYPE_AGAIN}; a day in words is 1 February 2024."
    return f"'{cell}' is a day, and {needed} is needed", hint


# Commas for points: where a comma parts the digits, cells are parted by something else.

COMMA_NUMBER = re.compile(r"([<>≤≥]? ?[-+−]?[0-9]+),([0-9]+)")
MAYBE_THOUSANDS = re.compile(r"[-+−]?[1-9][0-9]{0,2},[0-9]{3}")


def with_points(table: CsvTable, numeric: Collection[str]) -> Iterator[Problem]:
    """Put points for the commas in the ``numeric`` columns of a table; yield a problem where that is in doubt.

    It is beyond doubt where semicolons or tabs part the cells, no number has a point, and none could mean
    thousands, as 1,136 could.
    """
    if table.mark == COMMA:
        return
    known = [name for name in table.header if name in numeric]
    cells = [(line, name, row[name]) for line, row in table.rows for name in known if row[name]]
    commas = [cell for cell in cells if COMMA_NUMBER.fullmatch(cell[2])]
    if not commas:
        return
    pointed = next((cell for cell in cells if "." in cell[2]), None)
    doubtful = next((cell for cell in commas if MAYBE_THOUSANDS.fullmatch(cell[2])), None)
    if pointed:
        line, name, cell = commas[0]
        message = f"numbers of this table have commas, as '{cell}', and points, as '{pointed[2]}'"
        hint = "Write every number with a decimal point, and without marks between thousands."
        yield Problem(table.place(line, name), "value-valid", message, hint)
    elif doubtful:
        line, name, cell = doubtful
        whole, point = cell.replace(",", ""), cell.replace(",", ".")
        message = f"'{cell}' can mean {whole} or {point}"
        hint = "Write the numbers of this table with a decimal point, and without marks between thousands."
        yield Problem(table.place(line, name), "value-valid", message, hint)
    else:
        for _, row in table.rows:
            for name in known:
                row[name] = (
                    row[name].replace(",", ".") if COMMA_NUMBER.fullmatch(row[name]) else row[name]
                )
