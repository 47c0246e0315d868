"""A printed percentage can be reached with whole people (granularity)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Finding, Study
from evidence.numbers.quantity import number_text
from evidence.numbers.results import CheckResult
from evidence.numbers.statistics.granularity import reachable_counts

NAME = "percentage-reachable"


def apply(study: Study, _report: Report) -> Iterator[CheckResult]:
    """List the whole numbers that give each printed percentage of a known base."""
    for finding in study.findings.values():
        address = f"{study.id}/{finding.id}"
        for printed, n in _printed(finding):
            if n is None:
                why = "The number of people is not given."
                yield CheckResult(NAME, address, "not-applicable", why)
            else:
                yield _reached(address, printed, n)


def _printed(finding: Finding) -> Iterator[tuple[Decimal, int | None]]:
    if finding.value is not None and finding.unit in {None, "percent"} and finding.interval is None:
        yield finding.value, finding.n
    if finding.arms is not None:
        for arm in (finding.arms.treated, finding.arms.control):
            if arm.percent is not None:
                yield arm.percent, arm.n


def _reached(address: str, printed: Decimal, n: int) -> CheckResult:
    found = reachable_counts(printed, n)
    said = f"{number_text(printed)}% of {n:,}"
    if not found.has_power:
        why = f"{said}: with so many people every percentage can be reached, so this says nothing."
        return CheckResult(NAME, address, "not-applicable", why)
    if found.counts:
        listed = ", ".join(str(count) for count in found.counts)
        return CheckResult(NAME, address, "passed", f"{said} is reached with {listed}.")
    return CheckResult(NAME, address, "failed", f"{said} is not reached with any whole number.")


CHECK = Check(
    NAME,
    "Percentage reachable with whole people",
    "Some whole number of people gives the printed percentage of the printed base "
    "(the GRIM test of Brown and Heathers, 2017).",
    of_each_study(apply),
)
