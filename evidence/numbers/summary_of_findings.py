"""The lines of a summary of findings: for one outcome, what each comparison by lot shows of 100 people.

One rule, whatever the results say. A trial stands with its own numbers. Of several results of one trial
the main goal comes first, then what has counts, then what counts most people; where that does not
decide, all that are left stand. Nothing is pooled but what an outcome names a figure for. A review
stands where somebody judged how certain its result is.

Risks of 100 people, and what follows from a ratio at a stated risk: Cochrane Handbook, version 6,
sections 14.1.5 and 15.4.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from evidence.model.arms import Arm
from evidence.model.caution import Rating
from evidence.model.finding import Finding
from evidence.model.study import Study
from evidence.numbers.absolute_effects import (
    CONVERTED,
    LEVEL,
    NO_RISK,
    OTHER_RATIO,
    TOO_HIGH,
    Amount,
    Ratio,
    Risks,
    at_baseline,
    baselines_of,
    needed_to_treat,
    risks_of,
)
from evidence.numbers.comparisons import RATIOS, Compared, is_effect, people
from evidence.numbers.results import Together
from evidence.numbers.statistics.effect import risk_ratio
from evidence.numbers.statistics.proportions import newcombe

POINTS = "percentage points"


@dataclass(frozen=True)
class Change:
    """A difference that is not made of two risks: of means or scores, in ``unit``."""

    amount: Amount
    unit: str


@dataclass(frozen=True)
class SummaryLine:
    """One line: a trial, the trials of a figure pooled here, or a review.

    ``address`` is the finding that the numbers are of; of what is pooled here, the figure. ``why``
    says why there are no risks, where one could look for them.
    """

    kind: Literal["trial", "pooled", "review"]
    address: str
    people: int
    trials: int | None
    study: Study | None = None
    finding: Finding | None = None
    risks: tuple[Risks, ...] = ()
    ratio: Ratio | None = None
    change: Change | None = None
    rating: Rating | None = None
    why: str = ""


@dataclass(frozen=True)
class Pooled:
    """What a figure pooled: its id, its measure, the findings of its rows, and all together."""

    figure: str
    measure: str
    findings: tuple[str, ...]
    together: Together


@dataclass(frozen=True)
class OutcomeSummary:
    """The lines of one outcome, and the trials by lot of which no number could be read."""

    lines: tuple[SummaryLine, ...]
    silent: tuple[Study, ...]


def summarised(
    rows: Sequence[Compared], rating: Rating | None = None, pooled: Pooled | None = None
) -> OutcomeSummary:
    """Return the lines of an outcome from all rows of its table, in their order.

    ``rating`` is what others judged of the outcome as a whole; a finding's own comes before it.
    """
    randomised = [row for row in rows if row.group == "randomised"]
    chosen = list(_chosen([row for row in randomised if rank_of(row.finding) is not None]))
    trials = [_trial(row, rating) for row in chosen]
    told = {row.study.id for row in chosen}
    silent = {row.study.id: row.study for row in randomised if row.study.id not in told}
    together: list[SummaryLine] = []
    inside: list[SummaryLine] = []
    if pooled is not None:
        rows_of = [row for row in randomised if row.address in pooled.findings]
        inside = [_trial(row, rating) for row in rows_of]
        together.append(_together(pooled, inside, rating))
        studies = {row.study.id for row in rows_of}
        trials = [line for line in trials if line.address.partition("/")[0] not in studies]
    baselines = _own_risks([*inside, *trials])
    reviews = [
        _review(row, baselines)
        for row in rows
        if row.group == "pooled"
        and row.finding.rating is not None
        and row.finding.value is not None
    ]
    return OutcomeSummary((*together, *trials, *reviews), tuple(silent.values()))


# Which results of a trial stand


def rank_of(finding: Finding) -> tuple[bool, int, int] | None:
    """Return what decides between results of a trial, the smallest first; None without numbers."""
    tier = _tier(finding)
    return None if tier is None else (finding.endpoint != "primary", tier, -people(finding))


def _tier(finding: Finding) -> int | None:
    arms = finding.arms
    both = (arms.treated, arms.control) if arms else ()
    told = finding.difference is not None and finding.difference.value is not None
    if both and all(_counts(arm) for arm in both):
        return 0
    if both and all(arm.percent is not None for arm in both):
        return 1
    if told or (arms is None and is_effect(finding) and finding.value is not None):
        return 2
    return None


def _chosen(rows: Sequence[Compared]) -> Iterator[Compared]:
    best: dict[str, tuple[bool, int, int]] = {}
    for row in rows:
        rank = rank_of(row.finding)
        if rank is not None:
            best[row.study.id] = min(best.get(row.study.id, rank), rank)
    return (row for row in rows if rank_of(row.finding) == best[row.study.id])


def _counts(arm: Arm) -> tuple[int, int] | None:
    return None if arm.events is None or arm.n is None else (arm.events, arm.n)


# One trial


def _trial(row: Compared, rating: Rating | None) -> SummaryLine:
    finding = row.finding
    risks, ratio, change = _numbers(row)
    return SummaryLine(
        kind="trial",
        address=row.address,
        people=people(finding),
        trials=1,
        study=row.study,
        finding=finding,
        risks=risks,
        ratio=ratio,
        change=change,
        rating=finding.rating or rating,
    )


def _numbers(row: Compared) -> tuple[tuple[Risks, ...], Ratio | None, Change | None]:
    finding = row.finding
    arms, printed = finding.arms, _printed(finding)
    ratio = Ratio(printed.unit, printed.amount) if printed and printed.unit in RATIOS else None
    if arms is None:
        return (), ratio, None if ratio else printed
    treated, control = _counts(arms.treated), _counts(arms.control)
    if treated and control:
        result = newcombe(treated, control, LEVEL)
        apart = Amount(result.points, result.low, result.high, LEVEL)
        with suppress(ValueError):  # nobody in either arm: no ratio
            ratio = _ratio(treated, control)
        own = risks_of(100 * control[0] / control[1], apart, "own", row.address)
        return (own,), ratio, None
    first, second = arms.treated.percent, arms.control.percent
    if first is None or second is None:
        return (), ratio, None if ratio else printed
    apart = Amount(float(first - second))
    if printed and printed.unit == POINTS:
        apart = printed.amount
    risk = Risks(
        float(second), Amount(float(first)), apart, "own", row.address, needed_to_treat(apart)
    )
    return (risk,), ratio, None


def _printed(finding: Finding) -> Change | None:
    """Return the difference or effect that a finding prints."""
    difference = finding.difference
    if difference is not None and difference.value is not None:
        return Change(
            _amount(difference.value, difference.interval, difference.level), difference.unit
        )
    if finding.arms is None and finding.value is not None and finding.unit is not None:
        return Change(_amount(finding.value, finding.interval, finding.level), finding.unit)
    return None


def _amount(
    value: Decimal, interval: tuple[Decimal, Decimal] | None, level: Decimal | None
) -> Amount:
    low, high = (None, None) if interval is None else map(float, interval)
    return Amount(float(value), low, high, None if level is None else float(level))


def _ratio(treated: tuple[int, int], control: tuple[int, int]) -> Ratio:
    result = risk_ratio(treated, control, LEVEL)
    amount = Amount(result.ratio, result.low, result.high, LEVEL)
    return Ratio(result.measure, amount, computed=True, added="1/2 added" in result.method)


# Several trials: pooled by a figure here, or by a review


def _own_risks(lines: Sequence[SummaryLine]) -> list[tuple[float, str]]:
    return [(risk.without, risk.address) for line in lines for risk in line.risks]


def _at_baselines(
    ratio: Ratio, risks: Sequence[tuple[float, str]]
) -> tuple[tuple[Risks, ...], str]:
    """Return the risks at each baseline, and why there are none."""
    if ratio.measure not in CONVERTED:
        return (), OTHER_RATIO
    if not risks:
        return (), NO_RISK
    made = [at_baseline(risk, ratio, which, at) for risk, at, which in baselines_of(risks)]
    found = tuple(risk for risk in made if risk is not None)
    return found, "" if found else TOO_HIGH


def _review(row: Compared, risks: Sequence[tuple[float, str]]) -> SummaryLine:
    finding, printed = row.finding, _printed(row.finding)
    line = SummaryLine(
        "review",
        row.address,
        people(finding),
        None,
        row.study,
        finding,
        rating=finding.rating,
    )
    if printed is None:
        raise AssertionError(row.address)
    if printed.unit not in RATIOS:
        return replace(line, change=printed)
    ratio = Ratio(printed.unit, printed.amount)
    found, why = _at_baselines(ratio, risks)
    return replace(line, risks=found, ratio=ratio, why=why)


def _together(pooled: Pooled, inside: Sequence[SummaryLine], rating: Rating | None) -> SummaryLine:
    together = pooled.together
    amount = Amount(together.estimate, together.low, together.high, LEVEL)
    line = SummaryLine(
        "pooled", pooled.figure, sum(each.people for each in inside), together.k, rating=rating
    )
    risks = _own_risks(inside)
    if pooled.measure == "risk-difference":
        made = tuple(
            risks_of(without, amount, which, address)
            for without, address, which in baselines_of(risks)
            if 0 <= without + amount.value <= 100
        )
        return replace(line, risks=made)
    ratio = Ratio(pooled.measure.replace("-", " "), amount, computed=True)
    found, why = _at_baselines(ratio, risks)
    return replace(line, risks=found, ratio=ratio, why=why)
