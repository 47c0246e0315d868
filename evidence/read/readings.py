"""The ledger of readings: data/readings.csv, a line for each time that a finding was read or changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence.model.readings import GONE, READINGS, FindingReading, NumberChange, change_of
from evidence.problems import Problem
from evidence.read.lines import HINT, bound_lines, table_of_lines
from evidence.read.reading import Reading
from evidence.read.yaml_file import Document


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
    before = len(reading.problems)
    table = table_of_lines(reading, READINGS, FindingReading)
    if table is None:
        return None
    readings = Readings()
    for document, record in bound_lines(reading, table, FindingReading):
        reading.problems += _check(record, document)
        change = change_of(readings.last.get(record.address), record)
        if change is not None:
            readings.changes.append(change)
        readings.last[record.address] = record
        readings.lines[record.address] = document.first_line
    return None if len(reading.problems) > before else readings


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
