"""An estimate stands in the middle of its interval, on the scale where it should."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from decimal import Decimal

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.quantity import interval_text, number_text, rounded
from evidence.numbers.results import CheckResult

NAME = "interval-centred"
LINEAR = ("mean difference", "standardised mean difference", "percentage points", "points")
SLACK = 0.02  # of the interval's width: what other sound methods are off the middle by


def apply(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Compare each estimate with the middle of its interval: on the log scale for ratios."""
    for finding in study.findings.values():
        address = f"{study.id}/{finding.id}"
        for estimate in (finding, finding.difference):
            if estimate is None or estimate.interval is None or estimate.value is None:
                continue
            unit = estimate.unit or "percent"
            ratio = unit.endswith("ratio")
            if not ratio and unit not in LINEAR:
                why = "Intervals of shares need not have their estimate in the middle."
                yield CheckResult(NAME, address, "not-applicable", why)
            elif not (ratio and min(estimate.value, *estimate.interval) <= 0):
                yield _compared(address, estimate.value, estimate.interval, ratio=ratio)


def _compared(
    address: str, value: Decimal, interval: tuple[Decimal, Decimal], *, ratio: bool
) -> CheckResult:
    scale: Callable[[float], float] = math.log if ratio else float
    low, high = (scale(float(end)) for end in interval)
    middle = (low + high) / 2
    off = abs(scale(float(value)) - middle)
    allowed = SLACK * (high - low) + sum(
        _rounding(number, ratio=ratio) for number in (value, *interval)
    )
    centre = math.exp(middle) if ratio else middle
    places = max(0, -int(value.as_tuple().exponent))
    said = (
        f"The middle of {interval_text(*interval)}{' on the log scale' if ratio else ''} is "
        f"{number_text(rounded(centre, places))}; {number_text(value)} is printed"
    )
    if off <= allowed:
        return CheckResult(NAME, address, "passed", f"{said}.")
    why = f"{said}. A misprint or another kind of interval can stand behind."
    return CheckResult(NAME, address, "failed", why)


def _rounding(number: Decimal, *, ratio: bool) -> float:
    """Return by how much rounding can have moved a printed number, on its scale."""
    half = float(Decimal("0.5").scaleb(int(number.as_tuple().exponent)))
    return half / abs(float(number)) if ratio else half


CHECK = Check(
    NAME,
    "Estimate in the middle of its interval",
    "A difference stands in the middle of its interval, and a ratio in the middle on the log scale, "
    "as the usual methods make them.",
    of_each_study(apply),
)
