"""The list of checks that may fail: data/accepted-checks.csv, a line for each that somebody accepted."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from evidence.model.accepted import ACCEPTED, AcceptedCheck
from evidence.problems import Problem, did_you_mean
from evidence.read.lines import bound_lines, table_of_lines
from evidence.read.reading import Reading


def read_accepted(reading: Reading, checks: Collection[str]) -> Iterator[AcceptedCheck]:
    """Yield the lines of the list; one that names none of the ``checks`` is reported."""
    table = table_of_lines(reading, ACCEPTED, AcceptedCheck)
    if table is None:
        return
    for document, line in bound_lines(reading, table, AcceptedCheck):
        if line.check in checks:
            yield line
            continue
        hint = did_you_mean(line.check, checks, f"Checks: {', '.join(checks)}.")
        message = f"'{line.check}' is no check of what was reported"
        reading.report(Problem(document.place(("check",)), "value-known", message, hint))
