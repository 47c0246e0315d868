"""Counts: no more events than people, parts that add up, years that fit their total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evidence.check.reported.check import Check, of_each_study
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.model.study_sums import Sum
from evidence.numbers.quantity import number_text, rounded
from evidence.numbers.results import CheckResult

# No more events than people.

EVENTS_WITHIN_N_NAME = "events-within-n"


def events_within_n(study: Study, _report: Report) -> Iterator[CheckResult]:
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
                    EVENTS_WITHIN_N_NAME,
                    address,
                    "not-applicable",
                    "The number of people is not given.",
                )
            elif events > n:
                yield CheckResult(
                    EVENTS_WITHIN_N_NAME, address, "failed", f"{events} events among {n} people."
                )
            else:
                beside = f" The study has {most} participants." if most and n > most else ""
                yield CheckResult(
                    EVENTS_WITHIN_N_NAME, address, "passed", f"{events} of {n}.{beside}"
                )


EVENTS_WITHIN_N = Check(
    EVENTS_WITHIN_N_NAME,
    "No more events than people",
    "The number of people in whom something happened is not larger than the number observed.",
    of_each_study(events_within_n),
)


# Parts sum to the whole, or the rest is stated.

PARTS_ADD_UP_NAME = "parts-add-up"
HALF = Decimal("0.5")  # a rounded number may be off by half of its last digit


def parts_add_up(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Add the parts that a study declares, and compare with its total."""
    for declared in study.sums:
        yield _added(study, declared)


def amount(finding: Finding) -> Decimal | None:
    """Return what a finding adds to a sum: its events, else its value."""
    if finding.events is not None:
        return Decimal(finding.events)
    return finding.value


def _added(study: Study, declared: Sum) -> CheckResult:
    parts = [study.findings[name] for name in declared.parts]
    amounts = [amount(part) for part in parts]
    address = f"{study.id}/{declared.total or declared.parts[0]}"
    if any(part_amount is None for part_amount in amounts):
        return CheckResult(PARTS_ADD_UP_NAME, address, "not-applicable", "A part is not given.")
    added = sum((part_amount for part_amount in amounts if part_amount is not None), Decimal(0))
    listed = " + ".join(
        number_text(part_amount) for part_amount in amounts if part_amount is not None
    )
    whole = declared.whole
    if declared.total is not None:
        whole = amount(study.findings[declared.total])
    if whole is None:
        return CheckResult(PARTS_ADD_UP_NAME, address, "not-applicable", "The total is not given.")
    slack = sum((_rounding(part) for part in parts), Decimal(0))
    if declared.total is not None:
        slack += _rounding(study.findings[declared.total])
    said = f"{listed} = {number_text(added)}, of {number_text(whole)}"
    if abs(whole - added) <= slack:
        return CheckResult(PARTS_ADD_UP_NAME, address, "passed", f"{said}.")
    left = number_text(whole - added)
    if declared.rest is not None and added < whole:
        why = f"{said}; what is left, {left}, has no number in the source, and this site says so."
        return CheckResult(PARTS_ADD_UP_NAME, address, "passed", why)
    return CheckResult(PARTS_ADD_UP_NAME, address, "failed", f"{said}; the difference is {left}.")


def _rounding(finding: Finding) -> Decimal:
    """Return by how much rounding can have moved what a finding adds; counts are exact."""
    if finding.events is not None or finding.value is None or finding.unit != "percent":
        return Decimal(0)
    return HALF.scaleb(int(finding.value.as_tuple().exponent))


PARTS_ADD_UP = Check(
    PARTS_ADD_UP_NAME,
    "Parts add up",
    "Arms, subgroups and shares add up to their total, within rounding, or the rest is stated.",
    of_each_study(parts_add_up),
)


# Stated numbers per year can add up to the stated total.

YEARS_FIT_TOTAL_NAME = "years-fit-total"
STRAIN = Decimal(85)  # percent of the peak in every year: possible, and far from a single peak


def years_fit_total(study: Study, _report: Report) -> Iterator[CheckResult]:
    """See how many a year the years without a number would need."""
    years = study.years
    if years is None:
        return
    address = f"{study.id}/{years.total}"
    values = [study.findings[mean.finding].value for mean in years.means]
    total, peak = study.findings[years.total].value, study.findings[years.peak].value
    if total is None or peak is None or any(value is None for value in values):
        yield CheckResult(YEARS_FIT_TOTAL_NAME, address, "not-applicable", "A number is not given.")
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
        yield CheckResult(YEARS_FIT_TOTAL_NAME, address, "not-applicable", why)
        return
    needed = left / count
    share = 100 * needed / peak
    said = (
        f"The stated means give {number_text(stated)}, so the other {count} years hold "
        f"{number_text(left)}: {number_text(rounded(needed))} a year, {number_text(rounded(share, 0))}% "
        f"of the stated peak of {number_text(peak)}, in every year"
    )
    if needed > peak:
        yield CheckResult(
            YEARS_FIT_TOTAL_NAME, address, "failed", f"{said}. That is more than the peak."
        )
    elif share > STRAIN:
        why = f"{said}. Possible, and hard to square with a single peak."
        yield CheckResult(YEARS_FIT_TOTAL_NAME, address, "failed", why)
    else:
        yield CheckResult(YEARS_FIT_TOTAL_NAME, address, "passed", f"{said}.")


YEARS_FIT_TOTAL = Check(
    YEARS_FIT_TOTAL_NAME,
    "Years fit the total",
    "The years without a stated number could hold what is left of the total without each coming "
    "close to the stated peak.",
    of_each_study(years_fit_total),
)
