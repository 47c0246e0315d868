"""An interval contains its estimate and stays on its scale."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.quantity import interval_text, number_text
from evidence.numbers.results import CheckResult

NAME = "interval-holds-estimate"
HUNDRED = Decimal(100)


def apply(study: Study, _report: Report) -> Iterator[CheckResult]:
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
        return CheckResult(NAME, address, "not-applicable", "No estimate is printed.")
    said = f"{number_text(value)} in {interval_text(low, high)}"
    if not low <= value <= high:
        return CheckResult(NAME, address, "failed", f"The interval does not hold it: {said}.")
    if unit == "percent" and (low < 0 or high > HUNDRED):
        return CheckResult(NAME, address, "failed", f"A share outside 0 to 100 percent: {said}.")
    if unit.endswith("ratio") and low <= 0:
        return CheckResult(NAME, address, "failed", f"A ratio of zero or less: {said}.")
    return CheckResult(NAME, address, "passed", f"{said}.")


CHECK = Check(
    NAME,
    "Interval holds the estimate",
    "A printed interval contains its estimate and stays on its scale: shares within 0 to 100 "
    "percent, ratios above zero.",
    of_each_study(apply),
)
