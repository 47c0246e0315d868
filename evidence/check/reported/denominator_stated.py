"""The base of a percentage is the one a reader would take it to be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Finding, Study
from evidence.numbers.quantity import number_text
from evidence.numbers.results import CheckResult

NAME = "denominator-stated"


def apply(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Find the bases that give a printed percentage, where the base had to be worked out."""
    participants = study.findings.get("participants")
    for finding in study.findings.values():
        if finding.counts == "reported" or finding.events is None or finding.value is None:
            continue
        if finding.unit not in {None, "percent"}:
            continue
        address = f"{study.id}/{finding.id}"
        if finding.group is not None:
            why = f"The base is a group of the participants: {finding.group}."
            yield CheckResult(NAME, address, "not-applicable", why)
            continue
        if participants is None or participants.value is None:
            why = "How many took part is not given."
            yield CheckResult(NAME, address, "not-applicable", why)
            continue
        yield _compared(address, finding, int(participants.value))


def _compared(address: str, finding: Finding, most: int) -> CheckResult:
    printed, events = finding.value or Decimal(0), finding.events or 0
    bases = [n for n in range(max(events, 1), most + 1) if _gives(events, n, printed)]
    listed = ", ".join(str(base) for base in bases[:5]) or "none up to the number of participants"
    if most in bases:
        why = f"{events} of all {most} participants gives the printed {number_text(printed)}%."
        return CheckResult(NAME, address, "passed", why)
    why = (
        f"{events} of all {most} participants would be "
        f"{number_text((Decimal(100 * events) / most).quantize(Decimal('0.1')))}%; the printed "
        f"{number_text(printed)}% fits another base: {listed}."
    )
    return CheckResult(NAME, address, "failed", why)


def _gives(events: int, n: int, printed: Decimal) -> bool:
    step = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    return (Decimal(100 * events) / n).quantize(step, rounding=ROUND_HALF_UP) == printed


CHECK = Check(
    NAME,
    "Base of the percentage",
    "Where a source prints a count and a percentage without the base, the base is all participants.",
    of_each_study(apply),
)
