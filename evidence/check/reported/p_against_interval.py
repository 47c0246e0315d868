"""A P value and an interval of the same comparison agree on whether it excludes no effect."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Finding, Study
from evidence.numbers.printed_p import PrintedP
from evidence.numbers.quantity import interval_text, number_text
from evidence.numbers.results import CheckResult

NAME = "p-against-interval"


def apply(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Compare P with the interval at the interval's own level."""
    for finding in study.findings.values():
        if finding.p is None:
            continue
        address = f"{study.id}/{finding.id}"
        found = _interval(finding)
        if found is None:
            why = "No interval with a level is printed beside it."
            yield CheckResult(NAME, address, "not-applicable", why)
        else:
            yield _compared(address, PrintedP.read(finding.p), *found)


def _interval(finding: Finding) -> tuple[tuple[Decimal, Decimal], Decimal, str] | None:
    for estimate in (finding.difference, finding):
        if estimate is None or estimate.interval is None or estimate.level is None:
            continue
        return estimate.interval, estimate.level, estimate.unit or ""
    return None


def _compared(
    address: str,
    p: PrintedP,
    interval: tuple[Decimal, Decimal],
    level: Decimal,
    unit: str,
) -> CheckResult:
    nothing = Decimal(1) if unit.endswith("ratio") else Decimal(0)
    threshold = 1 - level / 100
    excludes = not interval[0] <= nothing <= interval[1]
    said = (
        f"P {p.sign}{p.digits}; {number_text(level)}% interval {interval_text(*interval)}, which "
        f"{'excludes' if excludes else 'includes'} {number_text(nothing)}"
    )
    if p.can_be_below(threshold) if excludes else p.can_be_above(threshold):
        return CheckResult(NAME, address, "passed", f"{said}.")
    why = (
        f"{said}. One points to a difference and the other does not; two methods may stand behind."
    )
    return CheckResult(NAME, address, "failed", why)


CHECK = Check(
    NAME,
    "P value against interval",
    "A P value is below one minus the interval's level exactly when the interval excludes no effect.",
    of_each_study(apply),
)
