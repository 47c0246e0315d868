"""A trial's status is recent enough to be believed."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.consistency.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.results import Outcome

NAME = "status-fresh"
DAYS = 2 * 365


def apply(study: Study, report: Report) -> Iterator[Outcome]:
    """Look at the age of each status of a registered trial that has not ended."""
    for finding in study.findings.values():
        if finding.id != "status":
            continue
        address = f"{study.id}/{finding.id}"
        if finding.as_of is None:
            why = "The day of the record is not known."
            yield Outcome(NAME, address, "not-applicable", why)
            continue
        age = (report.today - finding.as_of.first_day).days
        said = f"As of {finding.as_of.words}"
        if age > DAYS:
            why = f"{said}, more than two years ago: it counts as unknown."
            yield Outcome(NAME, address, "failed", why)
        else:
            yield Outcome(NAME, address, "passed", f"{said}.")


CHECK = Check(
    NAME,
    "Status not older than two years",
    "The status of a trial that has not ended was read less than two years ago; otherwise it counts "
    "as unknown.",
    of_each_study(apply),
)
