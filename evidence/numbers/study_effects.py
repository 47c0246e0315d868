"""What each study of a question shows, on the scale of its measure and in printed units."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from evidence.numbers.results import PoolingQuestion, Single
from evidence.numbers.statistics.distribution import (
    IDENTITY,
    LOG,
    Scale,
    normal_quantile,
)
from evidence.numbers.statistics.effect import (
    Counts,
    Effect,
    log_odds_ratio,
    log_risk_ratio,
    risk_difference,
)
from evidence.numbers.statistics.means import mean_difference, standardised_mean_difference
from evidence.numbers.statistics.printed import standard_error
from evidence.numbers.statistics.proportions import newcombe
from evidence.numbers.statistics.rates import log_rate_ratio

Back = Callable[[float], float]


def effect_of(question: PoolingQuestion, numbers: Sequence[float]) -> Effect:
    """Return what a study shows on the scale of pooling. Raises ValueError as the statistics do."""
    if question.measure == "printed":
        return _printed(question, numbers)
    half = len(numbers) // 2
    if question.measure.endswith("mean-difference"):
        first, second = ((mean, sd, int(n)) for mean, sd, n in (numbers[:half], numbers[half:]))
        standardised = question.measure.startswith("standardised")
        return (standardised_mean_difference if standardised else mean_difference)(first, second)
    if question.measure == "rate-ratio":
        (x1, t1), (x2, t2) = numbers[:half], numbers[half:]
        return log_rate_ratio((int(x1), t1), (int(x2), t2))
    treated, control = counts_of(numbers[:half]), counts_of(numbers[half:])
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


def _printed(question: PoolingQuestion, numbers: Sequence[float]) -> Effect:
    """Return an estimate with its standard error, or with that which its interval implies."""
    scale: Scale = LOG if question.logarithmic else IDENTITY
    if len(numbers) == 2:
        estimate, error = numbers
    else:
        estimate, low, high, level = numbers
        error = standard_error(low, high, level, scale)
    return Effect(scale.forward(estimate), error**2, "printed")


def counts_of(numbers: Sequence[float]) -> Counts:
    """Return the events and the people of an arm."""
    return int(numbers[0]), int(numbers[1])


def single(
    question: PoolingQuestion,
    numbers: Sequence[float],
    effect: Effect,
    back: Back,
) -> Single:
    """Return the same in printed units, with its own interval at 95 percent."""
    error = math.sqrt(effect.variance)
    half = normal_quantile(95) * error
    low, high = back(effect.estimate - half), back(effect.estimate + half)
    if question.measure == "risk-difference":  # estimate and error would leave the scale
        difference = newcombe(counts_of(numbers[:2]), counts_of(numbers[2:]))
        low, high = difference.low, difference.high
    return Single(back(effect.estimate), low, high, effect.estimate, error, effect.adjusted)
