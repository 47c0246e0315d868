"""How much two groups differ, as a finding says it or as the counts of both give it: in decimals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evidence.model.arms import Estimate
from evidence.model.finding import Finding
from evidence.model.study import Study
from evidence.numbers.comparisons import group_of, is_comparison, is_effect
from evidence.numbers.quantity import can_compute, rounded
from evidence.numbers.results import Computed
from evidence.numbers.wording import rounded_ratio

POINTS = "percentage points"
# Groups in which a ratio or mean difference sets nobody beside the treated
WITHOUT_COMPARISON = {"pooled-alone", "uncontrolled", "untreated"}


@dataclass(frozen=True)
class ComparisonEstimate:
    """One estimate with its interval at ``level`` percent, with the digits that pages print.

    ``measure`` is which ratio or difference it is, or the unit of a difference. ``method`` says how it was
    computed here; it is empty where the estimate was printed. ``sign`` is < or > where a bound was printed.
    """

    measure: str
    value: Decimal | None
    interval: tuple[Decimal, Decimal] | None = None
    level: Decimal | None = None
    standard_error: Decimal | None = None
    sign: str = ""
    method: str = ""


def has_effect(study: Study, finding: Finding) -> bool:
    """Tell whether a finding compares two groups and says how much they differ, or its P value."""
    if not is_comparison(finding):
        alone = study.design.control == "none" or group_of(study, finding) in WITHOUT_COMPARISON
        return is_effect(finding) and finding.value is not None and not alone
    _, counted = can_compute(finding)
    return printed_estimate(finding) is not None or finding.p is not None or counted


def printed_estimate(finding: Finding) -> ComparisonEstimate | None:
    """Return the difference or ratio of two groups that was printed, if one was."""
    difference = finding.difference
    if difference is not None and (difference.value is not None or difference.interval is not None):
        return _printed(difference, difference.unit, difference.standard_error, "")
    if finding.arms is None and is_effect(finding) and finding.value is not None:
        return _printed(finding, finding.unit or "", None, finding.sign or "")
    return None


def _printed(
    estimate: Finding | Estimate, measure: str, error: Decimal | None, sign: str
) -> ComparisonEstimate:
    return ComparisonEstimate(
        measure, estimate.value, estimate.interval, estimate.level, error, sign
    )


def computed_estimates(computed: Computed | None) -> Iterator[ComparisonEstimate]:
    """Yield the difference and the ratios that the counts of two arms give, rounded as on pages."""
    if computed is None or computed.difference_score is None:
        return
    score = computed.difference_score
    ends = (rounded(score.low), rounded(score.high))
    yield ComparisonEstimate(
        POINTS, rounded(score.points), ends, _level(score.level), method=score.method
    )
    for ratio in computed.ratios:
        ends = (rounded_ratio(ratio.low), rounded_ratio(ratio.high))
        yield ComparisonEstimate(
            ratio.measure,
            rounded_ratio(ratio.ratio),
            ends,
            _level(ratio.level),
            method=ratio.method,
        )


def _level(level: float) -> Decimal:
    return Decimal(f"{Decimal(str(level)).normalize():f}")
