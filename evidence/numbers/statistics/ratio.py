"""The ratio of two risks or of two odds."""

from __future__ import annotations

import math
from dataclasses import dataclass

from evidence.numbers.statistics.effect import Counts, Effect, log_odds_ratio, log_risk_ratio
from evidence.numbers.statistics.quantile import normal_quantile
from evidence.numbers.statistics.scale import exponential

ADDED = ", 1/2 added to each cell because one is 0"


@dataclass(frozen=True)
class RatioResult:
    """A ratio, treated to control, with its interval at ``level`` percent; 1 is no difference.

    ``measure`` is "risk ratio" or "odds ratio".
    """

    measure: str
    ratio: float
    low: float
    high: float
    level: float
    method: str


def risk_ratio(treated: Counts, control: Counts, level: float = 95.0) -> RatioResult:
    """Return the risk ratio from (events, n) of each arm, with Katz's interval on the log scale.

    Katz et al., Biometrics 1978;34:469-474, method C. The rule for a cell of 0 is that of
    ``evidence.numbers.statistics.effect``, and so are the errors.
    """
    return _ratio(log_risk_ratio(treated, control), level, "Katz log interval")


def odds_ratio(treated: Counts, control: Counts, level: float = 95.0) -> RatioResult:
    """Return the odds ratio from (events, n) of each arm, with Woolf's interval on the log scale.

    Woolf, Ann Hum Genet 1955;19:251-253. The rule for a cell of 0 is that of
    ``evidence.numbers.statistics.effect``, and so are the errors.
    """
    return _ratio(log_odds_ratio(treated, control), level, "Woolf logit interval")


def _ratio(effect: Effect, level: float, method: str) -> RatioResult:
    half = normal_quantile(level) * math.sqrt(effect.variance)
    low, high = exponential(effect.estimate - half), exponential(effect.estimate + half)
    method += ADDED if effect.adjusted else ""
    measure = effect.measure.removeprefix("log ")
    return RatioResult(measure, exponential(effect.estimate), low, high, level, method)
