"""Intervals and P values: where an estimate stands in its interval, and what both say of no effect."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from decimal import Decimal

from evidence.check.reported.check import Check, of_each_study
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.printed_p import PrintedP
from evidence.numbers.quantity import interval_text, number_text, rounded
from evidence.numbers.results import CheckResult

# An interval contains its estimate and stays on its scale.

INTERVAL_HOLDS_ESTIMATE_NAME = "interval-holds-estimate"
HUNDRED = Decimal(100)


def interval_holds_estimate(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Look at each printed interval."""
    for finding in study.findings.values():
        address = f"{study.id}/{finding.id}"
        if finding.interval is not None:
            yield _looked_at(address, finding.value, finding.interval, finding.unit or "percent")
        difference = finding.difference
        if difference is not None and difference.interval is not None:
            yield _looked_at(address, difference.value, difference.interval, difference.unit)


def _looked_at(
    address: str, value: Decimal | None, interval: tuple[Decimal, Decimal], unit: str
) -> CheckResult:
    low, high = interval
    if value is None:
        return CheckResult(
            INTERVAL_HOLDS_ESTIMATE_NAME, address, "not-applicable", "No estimate is printed."
        )
    said = f"{number_text(value)} in {interval_text(low, high)}"
    if not low <= value <= high:
        return CheckResult(
            INTERVAL_HOLDS_ESTIMATE_NAME,
            address,
            "failed",
            f"The interval does not hold it: {said}.",
        )
    if unit == "percent" and (low < 0 or high > HUNDRED):
        return CheckResult(
            INTERVAL_HOLDS_ESTIMATE_NAME,
            address,
            "failed",
            f"A share outside 0 to 100 percent: {said}.",
        )
    if unit.endswith("ratio") and low <= 0:
        return CheckResult(
            INTERVAL_HOLDS_ESTIMATE_NAME, address, "failed", f"A ratio of zero or less: {said}."
        )
    return CheckResult(INTERVAL_HOLDS_ESTIMATE_NAME, address, "passed", f"{said}.")


INTERVAL_HOLDS_ESTIMATE = Check(
    INTERVAL_HOLDS_ESTIMATE_NAME,
    "Interval holds the estimate",
    "A printed interval contains its estimate and stays on its scale: shares within 0 to 100 "
    "percent, ratios above zero.",
    of_each_study(interval_holds_estimate),
)


# An estimate stands in the middle of its interval, on the scale where it should.

INTERVAL_CENTRED_NAME = "interval-centred"
LINEAR = ("mean difference", "standardised mean difference", "percentage points", "points")
SLACK = 0.02  # of the interval's width: what other sound methods are off the middle by


def interval_centred(study: Study, _report: Report) -> Iterator[CheckResult]:
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
                yield CheckResult(INTERVAL_CENTRED_NAME, address, "not-applicable", why)
            elif not (ratio and min(estimate.value, *estimate.interval) <= 0):
                yield _with_middle(address, estimate.value, estimate.interval, ratio=ratio)


def _with_middle(
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
        return CheckResult(INTERVAL_CENTRED_NAME, address, "passed", f"{said}.")
    why = f"{said}. A misprint or another kind of interval can stand behind."
    return CheckResult(INTERVAL_CENTRED_NAME, address, "failed", why)


def _rounding(number: Decimal, *, ratio: bool) -> float:
    """Return by how much rounding can have moved a printed number, on its scale."""
    half = float(Decimal("0.5").scaleb(int(number.as_tuple().exponent)))
    return half / abs(float(number)) if ratio else half


INTERVAL_CENTRED = Check(
    INTERVAL_CENTRED_NAME,
    "Estimate in the middle of its interval",
    "A difference stands in the middle of its interval, and a ratio in the middle on the log scale, "
    "as the usual methods make them.",
    of_each_study(interval_centred),
)


# A P value and an interval of the same comparison agree on whether it excludes no effect.

P_AGAINST_INTERVAL_NAME = "p-against-interval"


def p_against_interval(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Compare P with the interval at the interval's own level."""
    for finding in study.findings.values():
        if finding.p is None:
            continue
        address = f"{study.id}/{finding.id}"
        interval_and_level = _interval(finding)
        if interval_and_level is None:
            why = "No interval with a level is printed beside it."
            yield CheckResult(P_AGAINST_INTERVAL_NAME, address, "not-applicable", why)
        else:
            yield _with_interval(address, PrintedP.read(finding.p), *interval_and_level)


def _interval(finding: Finding) -> tuple[tuple[Decimal, Decimal], Decimal, str] | None:
    for estimate in (finding.difference, finding):
        if estimate is None or estimate.interval is None or estimate.level is None:
            continue
        return estimate.interval, estimate.level, estimate.unit or ""
    return None


def _with_interval(
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
        return CheckResult(P_AGAINST_INTERVAL_NAME, address, "passed", f"{said}.")
    why = (
        f"{said}. One points to a difference and the other does not; two methods may stand behind."
    )
    return CheckResult(P_AGAINST_INTERVAL_NAME, address, "failed", why)


P_AGAINST_INTERVAL = Check(
    P_AGAINST_INTERVAL_NAME,
    "P value against interval",
    "A P value is below one minus the interval's level exactly when the interval excludes no effect.",
    of_each_study(p_against_interval),
)
