"""A P value and an interval of the same comparison agree on whether it excludes no effect."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Finding, Study
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
        p = _p_value(finding.p)
        if found is None or p is None:
            why = "No interval with a level is printed beside it."
            yield CheckResult(NAME, address, "not-applicable", why)
        else:
            yield _compared(address, p, finding.p, *found)


def _interval(finding: Finding) -> tuple[tuple[Decimal, Decimal], Decimal, str] | None:
    for estimate in (finding.difference, finding):
        if estimate is None or estimate.interval is None or estimate.level is None:
            continue
        return estimate.interval, estimate.level, estimate.unit or ""
    return None


def _p_value(printed: str) -> Decimal | None:
    try:
        return Decimal(printed.lstrip("<>=≤≥ "))
    except InvalidOperation:
        return None


def _compared(
    address: str,
    p: Decimal,
    printed: str,
    interval: tuple[Decimal, Decimal],
    level: Decimal,
    unit: str,
) -> CheckResult:
    nothing = Decimal(1) if unit.endswith("ratio") else Decimal(0)
    threshold = 1 - level / 100
    excludes = not interval[0] <= nothing <= interval[1]
    # A printed 0.05 may stand for anything from 0.045 to 0.055
    half = Decimal("0.5").scaleb(int(p.as_tuple().exponent))
    below = p - half < threshold or printed.startswith("<")
    above = p + half > threshold and not printed.startswith("<")
    said = (
        f"P {printed}; {number_text(level)}% interval {interval_text(*interval)}, which "
        f"{'excludes' if excludes else 'includes'} {number_text(nothing)}"
    )
    if (below and excludes) or (above and not excludes):
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
