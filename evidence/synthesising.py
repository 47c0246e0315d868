"""How studies are pooled for a figure: each on the scale of its measure, then printed units again.

Shares are pooled as the re-analysis pools them. Everything else has random effects with tau² by
REML and the ad hoc Hartung-Knapp interval, which is never narrower than the studies' own precision
allows. Importing this is slow.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial

from evidence.pooling import pooled_share
from evidence.statistics.effect import (
    Effect,
    log_odds_ratio,
    log_risk_ratio,
    logit_proportion,
    risk_difference,
)
from evidence.statistics.interval import standard_error
from evidence.statistics.pooled_proportion import pool_logits
from evidence.statistics.pooling import PooledResult, random_effects
from evidence.statistics.proportion import clopper_pearson
from evidence.statistics.quantile import normal_quantile
from evidence.statistics.scale import IDENTITY, LOG, Scale, exponential, logit
from evidence.statistics.series import cumulative, leave_one_out, subgroups
from evidence.synthesis import Between, Question, Single, Synthesis, Together

Counts = tuple[int, int]
POOL = partial(random_effects, interval="Hartung-Knapp, ad hoc")
METHOD = "random effects, tau² by REML, ad hoc Hartung-Knapp interval"
SCALES = {"risk-difference": "squared percentage points"}
LOGITS = "logit scale"


def synthesised(question: Question) -> Synthesis:
    """Return each study, and together what was wanted. Raises ValueError as the statistics do."""
    if question.measure == "share":
        return _of_shares(question)
    effects = [_effect(question, numbers) for numbers in question.studies]
    logarithmic = question.logarithmic or question.measure.endswith("ratio")
    back: Callable[[float], float] = exponential if logarithmic else float
    studies = tuple(_single(each, back) for each in effects)
    estimates = [each.estimate for each in effects]
    variances = [each.variance for each in effects]
    parts, between = _parts(question, estimates, variances, back)
    overall = None
    if "overall" in question.wanted:
        overall = _together("", POOL(estimates, variances), back)
    return Synthesis(
        studies,
        SCALES.get(question.measure, "log scale" if logarithmic else ""),
        overall,
        parts,
        between,
    )


def _effect(question: Question, numbers: Sequence[float]) -> Effect:
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
    made = risk_difference(treated, control)
    return Effect(100 * made.estimate, 10_000 * made.variance, made.measure, made.adjusted)


def _counts(numbers: Sequence[float]) -> Counts:
    return int(numbers[0]), int(numbers[1])


def _single(effect: Effect, back: Callable[[float], float]) -> Single:
    error = math.sqrt(effect.variance)
    half = normal_quantile(95) * error
    low, high = back(effect.estimate - half), back(effect.estimate + half)
    return Single(back(effect.estimate), low, high, effect.estimate, error, effect.adjusted)


def _parts(
    question: Question,
    estimates: list[float],
    variances: list[float],
    back: Callable[[float], float],
) -> tuple[tuple[Together, ...], Between | None]:
    if "subgroups" in question.wanted:
        found = subgroups(estimates, variances, question.groups, POOL)
        between = Between(found.q, found.degrees, found.p) if found.degrees else None
        return tuple(_together(name, each, back) for name, each in found.groups), between
    if "cumulative" in question.wanted:
        steps = cumulative(estimates, variances, question.years, POOL)
        return tuple(_together(str(each.year), each.pooled, back) for each in steps), None
    if "leave-one-out" in question.wanted:
        rest = leave_one_out(estimates, variances, POOL)
        return tuple(_together(str(place), each, back) for place, each in enumerate(rest)), None
    return (), None


def _together(label: str, pooled: PooledResult, back: Callable[[float], float]) -> Together:
    found, prediction = pooled.heterogeneity, None
    if pooled.prediction_low is not None and pooled.prediction_high is not None:
        prediction = (back(pooled.prediction_low), back(pooled.prediction_high))
    alone = pooled.k == 1
    return Together(
        label=label,
        estimate=back(pooled.estimate),
        low=back(pooled.low),
        high=back(pooled.high),
        position=pooled.estimate,
        k=pooled.k,
        weights=pooled.weights,
        prediction=prediction,
        tau_squared=found.tau_squared,
        i_squared=None if alone else found.i_squared,
        q=None if alone else found.q,
        q_p=None if alone else found.p,
        method="one study alone" if alone else METHOD,
    )


def _of_shares(question: Question) -> Synthesis:
    counts = [_counts(numbers) for numbers in question.studies]
    overall = _shares("", counts) if "overall" in question.wanted else None
    parts = tuple(_shares(label, chosen) for label, chosen in _chosen(question, counts))
    return Synthesis(tuple(_share(each) for each in counts), LOGITS, overall, parts)


def _chosen(question: Question, counts: list[Counts]) -> list[tuple[str, list[Counts]]]:
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
    made, effect = clopper_pearson(*counts), logit_proportion(*counts)
    error = math.sqrt(effect.variance)
    return Single(made.percent, made.low, made.high, effect.estimate, error, effect.adjusted)


def _shares(label: str, counts: list[Counts]) -> Together:
    pooled, alone = pooled_share(counts), len(counts) == 1
    found = pool_logits(counts).heterogeneity
    inside = min(max(pooled.percent / 100, 1e-9), 1 - 1e-9)
    return Together(
        label=label,
        estimate=pooled.percent,
        low=pooled.low,
        high=pooled.high,
        position=logit(inside),
        k=len(counts),
        weights=(),
        prediction=pooled.prediction,
        tau_squared=pooled.tau_squared,
        i_squared=pooled.i_squared,
        q=None if alone or found is None else found.q,
        q_p=None if alone or found is None else found.p,
        method=pooled.method,
    )
