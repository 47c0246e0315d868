"""Parts sum to the whole, or the rest is stated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Finding, Study, Sum
from evidence.numbers.quantity import number_text
from evidence.numbers.results import CheckResult

NAME = "parts-add-up"
HALF = Decimal("0.5")  # a rounded number may be off by half of its last digit


def apply(study: Study, _report: Report) -> Iterator[CheckResult]:
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
    if any(each is None for each in amounts):
        return CheckResult(NAME, address, "not-applicable", "A part is not given.")
    added = sum((each for each in amounts if each is not None), Decimal(0))
    listed = " + ".join(number_text(each) for each in amounts if each is not None)
    whole = declared.whole
    if declared.total is not None:
        whole = amount(study.findings[declared.total])
    if whole is None:
        return CheckResult(NAME, address, "not-applicable", "The total is not given.")
    slack = sum((_rounding(part) for part in parts), Decimal(0))
    if declared.total is not None:
        slack += _rounding(study.findings[declared.total])
    said = f"{listed} = {number_text(added)}, of {number_text(whole)}"
    if abs(whole - added) <= slack:
        return CheckResult(NAME, address, "passed", f"{said}.")
    left = number_text(whole - added)
    if declared.rest is not None and added < whole:
        why = f"{said}; what is left, {left}, has no number in the source, and this site says so."
        return CheckResult(NAME, address, "passed", why)
    return CheckResult(NAME, address, "failed", f"{said}; the difference is {left}.")


def _rounding(finding: Finding) -> Decimal:
    """Return by how much rounding can have moved what a finding adds; counts are exact."""
    if finding.events is not None or finding.value is None or finding.unit != "percent":
        return Decimal(0)
    return HALF.scaleb(int(finding.value.as_tuple().exponent))


CHECK = Check(
    NAME,
    "Parts add up",
    "Arms, subgroups and shares add up to their total, within rounding, or the rest is stated.",
    of_each_study(apply),
)
