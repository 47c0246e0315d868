"""A printed percentage is the one that its counts give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Finding, Study
from evidence.numbers.quantity import number_text
from evidence.numbers.results import CheckResult

NAME = "percentage-against-counts"


def apply(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Compare each printed percentage with events and n, at its own number of decimals."""
    for finding in study.findings.values():
        address = f"{study.id}/{finding.id}"
        for printed, events, n in _printed(finding):
            if events is None or n is None:
                why = "The counts are not given."
                yield CheckResult(NAME, address, "not-applicable", why)
            else:
                yield _compared(address, printed, events, n, derived=finding.counts == "derived")


def _printed(finding: Finding) -> Iterator[tuple[Decimal, int | None, int | None]]:
    if finding.value is not None and finding.unit in {None, "percent"}:
        yield finding.value, finding.events, finding.n
    if finding.arms is not None:
        for arm in (finding.arms.treated, finding.arms.control):
            if arm.percent is not None:
                yield arm.percent, arm.events, arm.n


def _compared(address: str, printed: Decimal, events: int, n: int, *, derived: bool) -> CheckResult:
    computed = Decimal(100 * events) / n
    step = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    shown = f"{events} of {n} is {number_text(computed.quantize(step / 10))}%"
    roundings = {computed.quantize(step, rounding=way) for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)}
    said = f"the percentage printed is {number_text(printed)}%"
    if printed in roundings:
        note = " The counts were worked out from it." if derived else ""
        return CheckResult(NAME, address, "passed", f"{shown}; {said}.{note}")
    if printed == computed.quantize(step, rounding=ROUND_DOWN):
        return CheckResult(
            NAME, address, "failed", f"{shown}; {said}, cut off rather than rounded."
        )
    return CheckResult(NAME, address, "failed", f"{shown}; {said}.")


CHECK = Check(
    NAME,
    "Percentage against counts",
    "A printed percentage is what its counts give when rounded to as many decimals.",
    of_each_study(apply),
)
