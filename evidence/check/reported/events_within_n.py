"""No more events than people."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.results import CheckResult

NAME = "events-within-n"


def apply(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Compare events with n, and n with the participants of the study."""
    participants = study.findings.get("participants")
    most = participants.value if participants is not None else None
    for finding in study.findings.values():
        address = f"{study.id}/{finding.id}"
        counts = [(finding.events, finding.n)]
        if finding.arms is not None:
            counts = [
                (finding.arms.treated.events, finding.arms.treated.n),
                (finding.arms.control.events, finding.arms.control.n),
            ]
        for events, n in counts:
            if events is None:
                continue
            if n is None:
                yield CheckResult(
                    NAME, address, "not-applicable", "The number of people is not given."
                )
            elif events > n:
                yield CheckResult(NAME, address, "failed", f"{events} events among {n} people.")
            else:
                beside = f" The study has {most} participants." if most and n > most else ""
                yield CheckResult(NAME, address, "passed", f"{events} of {n}.{beside}")


CHECK = Check(
    NAME,
    "No more events than people",
    "The number of people in whom something happened is not larger than the number observed.",
    of_each_study(apply),
)
