"""Stated numbers per year can add up to the stated total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.quantity import number_text, rounded
from evidence.numbers.results import CheckResult

NAME = "years-fit-total"
STRAIN = Decimal(85)  # percent of the peak in every year: possible, and far from a single peak


def apply(study: Study, _report: Report) -> Iterator[CheckResult]:
    """See how many a year the years without a number would need."""
    years = study.years
    if years is None:
        return
    address = f"{study.id}/{years.total}"
    values = [study.findings[mean.finding].value for mean in years.means]
    total, peak = study.findings[years.total].value, study.findings[years.peak].value
    if total is None or peak is None or any(value is None for value in values):
        yield CheckResult(NAME, address, "not-applicable", "A number is not given.")
        return
    stated = sum(
        ((value or Decimal(0)) * (mean.last - mean.first + 1)
         for value, mean in zip(values, years.means, strict=True)),
        Decimal(0),
    )  # fmt: skip
    left = total - stated
    count = years.last - max(mean.last for mean in years.means)
    if count < 1 or peak <= 0:
        why = "No year is left without a number, or the stated peak is none."
        yield CheckResult(NAME, address, "not-applicable", why)
        return
    needed = left / count
    share = 100 * needed / peak
    said = (
        f"The stated means give {number_text(stated)}, so the other {count} years hold "
        f"{number_text(left)}: {number_text(rounded(needed))} a year, {number_text(rounded(share, 0))}% "
        f"of the stated peak of {number_text(peak)}, in every year"
    )
    if needed > peak:
        yield CheckResult(NAME, address, "failed", f"{said}. That is more than the peak.")
    elif share > STRAIN:
        why = f"{said}. Possible, and hard to square with a single peak."
        yield CheckResult(NAME, address, "failed", why)
    else:
        yield CheckResult(NAME, address, "passed", f"{said}.")


CHECK = Check(
    NAME,
    "Years fit the total",
    "The years without a stated number could hold what is left of the total without each coming "
    "close to the stated peak.",
    of_each_study(apply),
)
