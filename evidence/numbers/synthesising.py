"""How studies are pooled for a figure: each on the scale of its measure, then printed units again.

Shares are pooled as the re-analysis pools them. Everything else has random effects with tau² by
REML and the ad hoc Hartung-Knapp interval, which is never narrower than the studies' own precision
allows. An interval of pooled risk differences is cut at the ends of the scale: what is beyond is
impossible, so nothing that can be true is lost, and neither is coverage. Importing this is slow.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

from evidence.numbers.pooling import POOL, of_pooled, pooled_share
from evidence.numbers.pooling import Scale as Ends
from evidence.numbers.results import Between, PoolingQuestion, Single, Synthesis, Together
from evidence.numbers.statistics.distribution import (
    IDENTITY,
    LOG,
    Scale,
    exponential,
    logit,
    normal_quantile,
)
from evidence.numbers.statistics.effect import (
    Effect,
    log_odds_ratio,
    log_risk_ratio,
    logit_proportion,
    risk_difference,
)
from evidence.numbers.statistics.pooling import PooledResult, cumulative, leave_one_out, subgroups
from evidence.numbers.statistics.printed import standard_error
from evidence.numbers.statistics.proportions import LEAST, MOST, clopper_pearson, newcombe

Counts = tuple[int, int]
Each = TypeVar("Each")
METHOD = "random effects, tau² by REML, ad hoc Hartung-Knapp interval"
ALONE = "one study alone"
ADDED_UP = "nothing pooled, each arm counted as one group, Newcombe's hybrid score interval"
CUT = "The interval is cut at the end of the scale, beyond which nothing is possible"
SCALES = {"risk-difference": "squared percentage points"}
LOGITS = "logit scale"


def synthesised(question: PoolingQuestion) -> Synthesis:
    """Return each study, and together what was wanted. Raises ValueError as the statistics do."""
    if question.measure == "share":
        return _of_shares(question)
    effects = [_effect(question, numbers) for numbers in question.studies]
    logarithmic = question.logarithmic or question.measure.endswith("ratio")
    back: Callable[[float], float] = exponential if logarithmic else float
    studies = tuple(
        _single(question, numbers, effect, back)
        for numbers, effect in zip(question.studies, effects, strict=True)
    )
    estimates = [effect.estimate for effect in effects]
    variances = [effect.variance for effect in effects]
    parts, between = _parts(question, estimates, variances, back)
    overall = None
    if "overall" in question.wanted:
        overall = _together(question, "", POOL(estimates, variances), back)
    if question.measure == "risk-difference":
        overall, parts = _without_events(question, overall, parts)
        between = None if any(part.kind == "one-group" for part in parts) else between
    return Synthesis(
        studies,
        SCALES.get(question.measure, "log scale" if logarithmic else ""),
        overall,
        parts,
        between,
    )


def _without_events(
    question: PoolingQuestion, overall: Together | None, parts: tuple[Together, ...]
) -> tuple[Together | None, tuple[Together, ...]]:
    """Return the same, but people counted where no study has an event, or nothing else.

    The variance of each study is then made of the halves added to it, and so would be all that is
    pooled. One study alone keeps the interval that it has as a study.
    """
    everybody = [(_counts(numbers[:2]), _counts(numbers[2:])) for numbers in question.studies]
    counted = tuple(
        _added_up(part, arms) or part
        for part, (_, arms) in zip(parts, _chosen(question, everybody), strict=True)
    )
    return overall and (_added_up(overall, everybody) or overall), counted


def _added_up(part: Together, arms: list[tuple[Counts, Counts]]) -> Together | None:
    treated, control = (_sum([study[place] for study in arms]) for place in (0, 1))
    events, n = _sum([treated, control])
    if part.k > 1 and events not in {0, n}:
        return None
    difference = newcombe(treated, control)
    return Together(
        label=part.label,
        estimate=difference.points,
        low=difference.low,
        high=difference.high,
        position=difference.points,
        k=part.k,
        weights=(),
        prediction=None,
        tau_squared=None,
        i_squared=None,
        q=None,
        q_p=None,
        method=ADDED_UP if part.k > 1 else ALONE,
        kind="one-group" if part.k > 1 else "one-study",
        people=(treated, control),
    )


def _sum(counts: list[Counts]) -> Counts:
    return sum(events for events, _ in counts), sum(n for _, n in counts)


def _effect(question: PoolingQuestion, numbers: Sequence[float]) -> Effect:
    if question.measure == "printed":
        estimate, low, high, level = numbers
        scale: Scale = LOG if question.logarithmic else IDENTITY
        error = standard_error(low, high, level, scale)
        return Effect(scale.forward(estimate), error**2, "printed")
    treated, control = _counts(numbers[:2]), _counts(numbers[2:])
    if question.measure == "risk-ratio":
        return log_risk_ratio(treated, control)
    if question.measure == "odds-ratio":
        return log_odds_ratio(treated, control)
    difference = risk_difference(treated, control)
    return Effect(
        100 * difference.estimate,
        10_000 * difference.variance,
        difference.measure,
        difference.adjusted,
    )


def _counts(numbers: Sequence[float]) -> Counts:
    return int(numbers[0]), int(numbers[1])


def _single(
    question: PoolingQuestion,
    numbers: Sequence[float],
    effect: Effect,
    back: Callable[[float], float],
) -> Single:
    error = math.sqrt(effect.variance)
    half = normal_quantile(95) * error
    low, high = back(effect.estimate - half), back(effect.estimate + half)
    if question.measure == "risk-difference":  # estimate and error would leave the scale
        difference = newcombe(_counts(numbers[:2]), _counts(numbers[2:]))
        low, high = difference.low, difference.high
    return Single(back(effect.estimate), low, high, effect.estimate, error, effect.adjusted)


def _parts(
    question: PoolingQuestion,
    estimates: list[float],
    variances: list[float],
    back: Callable[[float], float],
) -> tuple[tuple[Together, ...], Between | None]:
    if "subgroups" in question.wanted:
        by_group = subgroups(estimates, variances, question.groups, POOL)
        between = Between(by_group.q, by_group.degrees, by_group.p) if by_group.degrees else None
        groups = tuple(_together(question, name, pooled, back) for name, pooled in by_group.groups)
        return groups, between
    if "cumulative" in question.wanted:
        steps = cumulative(estimates, variances, question.years, POOL)
        return tuple(_together(question, str(step.year), step.pooled, back) for step in steps), None
    if "leave-one-out" in question.wanted:
        rest = leave_one_out(estimates, variances, POOL)
        return tuple(
            _together(question, str(place), pooled, back) for place, pooled in enumerate(rest)
        ), None
    return (), None


def _together(
    question: PoolingQuestion, label: str, pooled: PooledResult, back: Callable[[float], float]
) -> Together:
    heterogeneity, prediction = pooled.heterogeneity, None
    wide = (back(pooled.low), back(pooled.high))
    interval = _within(question, *wide)
    if pooled.prediction_low is not None and pooled.prediction_high is not None:
        prediction = _within(question, back(pooled.prediction_low), back(pooled.prediction_high))
    alone = pooled.k == 1
    cautions = tuple(of_pooled(pooled.k, interval, prediction, _ends(question, back)))
    return Together(
        label=label,
        estimate=back(pooled.estimate),
        low=interval[0],
        high=interval[1],
        position=pooled.estimate,
        k=pooled.k,
        weights=pooled.weights,
        prediction=prediction,
        tau_squared=None if alone else heterogeneity.tau_squared,
        i_squared=None if alone else heterogeneity.i_squared,
        q=None if alone else heterogeneity.q,
        q_p=None if alone else heterogeneity.p,
        method=ALONE if alone else METHOD,
        kind="one-study" if alone else "pooled",
        cautions=cautions if interval == wide else (*cautions, CUT),
        tau_squared_ends=_both(heterogeneity.tau_squared_low, heterogeneity.tau_squared_high),
        i_squared_ends=_both(heterogeneity.i_squared_low, heterogeneity.i_squared_high),
    )


def _both(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)


def _within(question: PoolingQuestion, low: float, high: float) -> tuple[float, float]:
    limits = _limits(question)
    return (low, high) if limits is None else (max(low, limits[0]), min(high, limits[1]))


def _limits(question: PoolingQuestion) -> tuple[float, float] | None:
    return (LEAST, MOST) if question.measure == "risk-difference" else question.limits


def _ends(question: PoolingQuestion, back: Callable[[float], float]) -> Ends:
    if back is exponential:
        return "ratio"
    return "open" if _limits(question) is None else "points"


def _of_shares(question: PoolingQuestion) -> Synthesis:
    counts = [_counts(numbers) for numbers in question.studies]
    overall = _shares("", counts) if "overall" in question.wanted else None
    parts = tuple(_shares(label, chosen) for label, chosen in _chosen(question, counts))
    return Synthesis(tuple(_share(study) for study in counts), LOGITS, overall, parts)


def _chosen(question: PoolingQuestion, counts: list[Each]) -> list[tuple[str, list[Each]]]:
    """Return the label and the counts of each group or step that is wanted."""
    places = range(len(counts))
    if "subgroups" in question.wanted:
        return [
            (name, [counts[place] for place in places if question.groups[place] == name])
            for name in sorted(set(question.groups))
        ]
    if "cumulative" in question.wanted:
        return [
            (str(year), [counts[place] for place in places if question.years[place] <= year])
            for year in sorted(set(question.years))
        ]
    if "leave-one-out" in question.wanted:
        return [(str(left), counts[:left] + counts[left + 1 :]) for left in places]
    return []


def _share(counts: Counts) -> Single:
    exact, effect = clopper_pearson(*counts), logit_proportion(*counts)
    error = math.sqrt(effect.variance)
    return Single(exact.percent, exact.low, exact.high, effect.estimate, error, effect.adjusted)


def _shares(label: str, counts: list[Counts]) -> Together:
    pooled = pooled_share(counts)
    inside = min(max(pooled.percent / 100, 1e-9), 1 - 1e-9)
    return Together(
        label=label,
        estimate=pooled.percent,
        low=pooled.low,
        high=pooled.high,
        position=logit(inside),
        k=pooled.k,
        weights=(),
        prediction=pooled.prediction,
        tau_squared=pooled.tau_squared,
        i_squared=pooled.i_squared,
        q=pooled.q,
        q_p=pooled.q_p,
        method=pooled.method,
        kind=pooled.kind,
        q_name=pooled.q_name,
        people=((pooled.events, pooled.n),),
        cautions=pooled.cautions,
    )
