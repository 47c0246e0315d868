"""A count of all participants has all participants as its base."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.quantity import number_text
from evidence.numbers.results import CheckResult

NAME = "base-is-participants"


def apply(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Compare n with the participants, where no group or population is named."""
    sizes = [
        finding.value
        for name, finding in study.findings.items()
        if name in {"participants", "participants-all", "enrolled"} and finding.value is not None
    ]
    most = max(sizes, default=None)
    participants = study.findings.get("participants")
    total = participants.value if participants is not None else most
    for finding in study.findings.values():
        if finding.n is None:
            continue
        address = f"{study.id}/{finding.id}"
        n = Decimal(finding.n)
        if total is None or most is None:
            why = "How many took part is not given."
            yield CheckResult(NAME, address, "not-applicable", why)
        elif n > most:
            why = f"{number_text(n)} people are counted, and {number_text(most)} took part."
            yield CheckResult(NAME, address, "failed", why)
        elif n < total and not (finding.group or finding.population or finding.derivation):
            why = (
                f"{number_text(n)} of {number_text(total)} participants are counted, and which of "
                "them is not said."
            )
            yield CheckResult(NAME, address, "failed", why)
        else:
            why = f"{number_text(n)} counted, {number_text(total)} participants."
            yield CheckResult(NAME, address, "passed", why)


CHECK = Check(
    NAME,
    "Base and participants",
    "No more people are counted than took part, and where fewer are counted the finding says which.",
    of_each_study(apply),
)
