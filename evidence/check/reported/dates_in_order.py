"""Dates follow each other as they must."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.results import CheckResult

NAME = "dates-in-order"
NATURAL = ("start", "primary-completion", "completion")


def apply(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Compare the dates that a study declares to be in order, and start with completion."""
    natural = tuple(name for name in NATURAL if name in study.findings)
    for names in (*study.order, natural):
        for earlier, later in pairwise(names):
            first, second = study.findings[earlier].date, study.findings[later].date
            address = f"{study.id}/{later}"
            if first is None or second is None:
                yield CheckResult(NAME, address, "not-applicable", "A date is not given.")
                continue
            said = f"{first.words}, then {second.words}"
            holds = first.first_day <= second.first_day
            why = f"{said}." if holds else f"{said}: the later event has the earlier date."
            yield CheckResult(NAME, address, "passed" if holds else "failed", why)


CHECK = Check(
    NAME,
    "Dates in order",
    "A trial starts before it is completed, and a licence is granted before it is withdrawn.",
    of_each_study(apply),
)
