"""The ledger of readings: data/readings.csv, a line for each time that a finding was read or changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence.model.columns import meant
from evidence.model.readings import (
    GONE,
    LINE_COLUMNS,
    READINGS,
    FindingReading,
    NumberChange,
    change_of,
)
from evidence.problems import Place, Problem
from evidence.read.binding import bind
from evidence.read.csv_file import CsvTable, read_csv
from evidence.read.limits import MOST_PROBLEMS
from evidence.read.reading import Reading
from evidence.read.spreadsheet_habits import FULL_DATE
from evidence.read.yaml_file import Document

DAYS = ("on", "second-on")
HINT = "Write it with 'python build.py accept', and mend what a spreadsheet made of it."


@dataclass(frozen=True)
class Readings:
    """The last line of each finding that the ledger names, by its address, with where it stands.

    ``changes`` are the numbers that changed from one line to the next, in the order of the ledger.
    """

    last: dict[str, FindingReading] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    changes: list[NumberChange] = field(default_factory=list)


def read_readings(reading: Reading) -> Readings | None:
    """Return the ledger, or None where there is none or it cannot be read, which is reported."""
    if READINGS in reading.sources.unreadable:
        reading.report(reading.sources.unreadable[READINGS])
        return None
    if READINGS not in reading.sources.texts:
        return None
    table = read_csv(READINGS, reading.sources.texts[READINGS])
    if not table.problems and tuple(table.header) != LINE_COLUMNS:
        message = f"the columns of this table are not {', '.join(LINE_COLUMNS)}"
        table.problems.append(Problem(Place(READINGS, 1, 1), "csv-shape", message, HINT))
    table.problems += _days_of_a_spreadsheet(table) if not table.problems else ()
    reading.problems += table.problems
    if table.problems:
        return None
    before = len(reading.problems)
    readings = Readings()
    for line, record in _bound(reading, table):
        change = change_of(readings.last.get(record.address), record)
        if change is not None:
            readings.changes.append(change)
        readings.last[record.address] = record
        readings.lines[record.address] = line
    return None if len(reading.problems) > before else readings


def _days_of_a_spreadsheet(table: CsvTable) -> Iterator[Problem]:
    """Yield one problem for all days that a spreadsheet program wrote its own way when it saved the ledger."""
    days = [
        (line, name, cells[name])
        for line, cells in table.rows
        for name in DAYS
        if FULL_DATE.fullmatch(cells.get(name, ""))
    ]
    for line, name, day in days[:1]:
        message = f"a spreadsheet program wrote days of this table its own way, as '{day}', in {len(days)} cells"
        hint = "Take the file as it was before, and write what you meant to change as 2024-12-13 in a plain editor."
        yield Problem(table.place(line, name), "date-valid", message, hint)


def _bound(reading: Reading, table: CsvTable) -> Iterator[tuple[int, FindingReading]]:
    reported = 0
    for line, cells in table.rows:
        content = {name: meant(cell) for name, cell in cells.items() if cell}
        document = Document(table.file, "", line, content)
        document.columns = {(name,): at for at, name in enumerate(table.header, start=1)}
        record, problems = bind(document, FindingReading)
        if record is not None:
            problems += _check(record, document)
            yield line, record
        reading.problems += problems
        reported += len(problems)
        if reported > MOST_PROBLEMS:
            return


def _check(record: FindingReading, document: Document) -> Iterator[Problem]:
    """Yield what a line lacks: its quantity, or one half of who read it again and when."""
    if record.quantity is None and record.reason != GONE:
        place = document.place(("quantity",))
        message = f"the line of '{record.address}' does not say what was read"
        yield Problem(place, "key-present", message, HINT)
    if (record.second_on is None) != (record.second_by is None):
        place = document.place(("second-on",))
        message = "a second reading has a day and a name, and one of the two is missing"
        hint = "Fill second-on and second-by, or leave both empty."
        yield Problem(place, "key-present", message, hint)
    elif record.second_by is not None and same_person(record.second_by, record.by):
        place = document.place(("second-by",))
        message = f"'{record.by}' read it first, and so is not the second to read it"
        hint = "Let somebody else read it, or empty second-on and second-by."
        yield Problem(place, "value-valid", message, hint)


def same_person(name: str, other: str) -> bool:
    """Tell whether two names are the same but for letters and blanks."""
    return name.casefold().split() == other.casefold().split()
