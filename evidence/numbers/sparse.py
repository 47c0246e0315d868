"""Events that are sparse: which methods there are for them, and what has to be said of each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from evidence.numbers.statistics.pooling import PooledResult
from evidence.numbers.statistics.sparse_events import (
    mantel_haenszel_odds_ratio,
    mantel_haenszel_rate_ratio,
    mantel_haenszel_risk_difference,
    mantel_haenszel_risk_ratio,
    peto_odds_ratio,
    varies,
)

Numbers = Sequence[float]  # (events, n, events, n), or (events, years, events, years) for rates
SUMS: dict[tuple[str, str], Callable[[Any], PooledResult]] = {
    ("mantel-haenszel", "risk-ratio"): mantel_haenszel_risk_ratio,
    ("mantel-haenszel", "odds-ratio"): mantel_haenszel_odds_ratio,
    ("mantel-haenszel", "risk-difference"): mantel_haenszel_risk_difference,
    ("mantel-haenszel", "rate-ratio"): mantel_haenszel_rate_ratio,
    ("peto", "odds-ratio"): peto_odds_ratio,
}
COUNTED = ("risk-difference", "risk-ratio", "odds-ratio", "rate-ratio")
ALIKE = "each arm has all events or none, so their common effect has no variance"
FEW = 5  # people with the outcome, or without it: below it an arm is far from normal
APART = 50.0  # percent of I²; Cochrane Handbook, section 10.10.2: may be substantial
UNLIKELY = 0.1  # the same section: a usual bound for Q, whose power is low
LARGE = 2.0  # times the odds, or times the people: beyond it Peto's method is biased


def pooled_by_sums(method: str, measure: str, studies: Sequence[Numbers]) -> PooledResult:
    """Return what studies show together by Mantel and Haenszel's method or by Peto's.

    A risk difference comes in percentage points. Raises ValueError as the statistics do, and KeyError
    for a method that the measure has not (see ``SUMS``).
    """
    found = SUMS[method, measure](_arms(measure, studies))
    if measure != "risk-difference":
        return found
    points = {
        name: 100 * getattr(found, name) for name in ("estimate", "standard_error", "low", "high")
    }
    return replace(found, **points)


def _arms(measure: str, studies: Sequence[Numbers]) -> list[Any]:
    if measure == "rate-ratio":
        return [((int(x1), t1), (int(x2), t2)) for x1, t1, x2, t2 in studies]
    return [((int(a), int(n)), (int(c), int(m))) for a, n, c, m in studies]


def why_not(method: str, measure: str, studies: Sequence[Numbers]) -> str:
    """Return in words why ``pooled_by_sums`` cannot pool, or nothing. It loads no library.

    One study alone keeps its own effect, and differences of arms without any event are counted, not
    pooled.
    """
    if len(studies) < 2 or method == "peto":
        return ""
    if measure == "risk-difference":
        events, people = (sum(study[at] + study[at + 2] for study in studies) for at in (0, 1))
        bare = events in {0, people}  # then the arms are counted
        return "" if bare or varies(_arms(measure, studies)) else ALIKE
    if measure == "odds-ratio":
        above = any(a and m > c for a, _, c, m in studies)
        below = any(c and n > a for a, n, c, _ in studies)
    else:
        above, below = any(study[0] for study in studies), any(study[2] for study in studies)
    if not above or not below:
        return "all events are in one arm, so their common ratio is 0 or infinite"
    if measure == "risk-ratio" and all(a == n and c == m for a, n, c, m in studies):
        return ALIKE
    return ""


def sparse_cautions(measure: str, studies: Sequence[Numbers]) -> Iterator[str]:
    """Yield what has to be said of sparse events that are pooled by inverse variance.

    Cochrane Handbook, section 10.4.4.2: it is biased where events are rare. Here they are taken to be
    sparse when a count is 0 in any study, or below 5 in more than half of them.
    """
    if measure not in COUNTED or len(studies) < 2:
        return
    smallest = [min(_counts(measure, study)) for study in studies]
    none, few = smallest.count(0), sum(count < FEW for count in smallest)
    advice = "The weights by inverse variance are not reliable then"
    if none:
        yield (
            f"Events are sparse: in {none} of {len(studies)} studies a count is 0, and 1/2 was "
            f"added to it. {advice}"
        )
    elif 2 * few > len(studies):
        yield f"Events are sparse: in {few} of {len(studies)} studies a count is below 5. {advice}"


def sums_cautions(method: str, studies: Sequence[Numbers], found: PooledResult) -> Iterator[str]:
    """Yield what has to be said of a result that takes one effect to be common to all studies.

    Of Peto's method also where the effect is large or arms differ much in size: Greenland and Salvan,
    Stat Med 1990;9:247-252.
    """
    spread = found.heterogeneity
    if spread.degrees and (spread.p < UNLIKELY or spread.i_squared >= APART):
        yield (
            "The studies lie further apart than one common effect allows, and the interval does not "
            "take that into account"
        )
    if method != "peto":
        return
    sizes = [(study[1], study[3]) for study in studies]
    uneven = any(max(pair) > LARGE * min(pair) for pair in sizes)
    if uneven or abs(found.estimate) > math.log(LARGE):
        yield (
            "Peto’s method is biased where the effect is large or arms differ much in size: compare "
            "it with the method of Mantel and Haenszel"
        )


def _counts(measure: str, study: Numbers) -> tuple[float, ...]:
    first, one, second, other = study
    if measure == "rate-ratio":
        return first, second
    return first, one - first, second, other - second
