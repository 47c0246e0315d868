"""Single proportions pooled: by logits, by Freeman and Tukey's double arcsine."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evidence.numbers.statistics.distribution import expit
from evidence.numbers.statistics.effect import (
    Counts,
    freeman_tukey,
    logit_proportion,
    share_from_double_arcsine,
)
from evidence.numbers.statistics.heterogeneity import HeterogeneityResult
from evidence.numbers.statistics.pooling import Pool, PooledResult, random_effects


@dataclass(frozen=True)
class PooledProportionResult:
    """A pooled proportion in percent with its interval at ``level`` percent.

    ``tau_squared`` and ``heterogeneity`` are of one and the same model, on the scale that
    ``method`` names. ``weights`` are in percent, in the order of the
    studies, and empty where a model has none. The ends of the prediction interval, in percent,
    are None for fewer than three studies.
    """

    percent: float
    low: float
    high: float
    prediction_low: float | None
    prediction_high: float | None
    level: float
    k: int
    events: int
    n: int
    tau_squared: float
    weights: tuple[float, ...]
    heterogeneity: HeterogeneityResult
    method: str


def pool_logits(counts: Sequence[Counts], pool: Pool = random_effects) -> PooledProportionResult:
    """Return the proportion pooled on the logit scale from (events, n) of each study.

    The normal-normal model of Stijnen, Hamza and Ozdemir, Stat Med 2010;29:3046-3067, Table II;
    1/2 is added to both counts of a study that has a 0. With rare events or small studies it is
    biased towards 50 percent, which the model of ``logistic`` is not.
    Raises ValueError for no study or an impossible count, and what ``pool`` raises.
    """
    effects = [logit_proportion(events, n) for events, n in counts]
    pooled = pool([effect.estimate for effect in effects], [effect.variance for effect in effects])
    added = sum(effect.adjusted for effect in effects)
    note = f", 1/2 added to the counts of {added} of {len(effects)}" if added else ""
    return _result(counts, pooled, expit, f"logits, {pooled.method}{note}")


def pool_double_arcsines(
    counts: Sequence[Counts], pool: Pool = random_effects
) -> PooledProportionResult:
    """Return the proportion pooled on the double arcsine scale from (events, n) of each study.

    Freeman and Tukey 1950, turned back with Miller's formula and the harmonic mean of the sizes
    (Miller, Am Stat 1978;32:138). Nothing is added for 0 events. The way back is its known
    caveat: with sizes that differ much the answer can mislead, even lie outside the studies
    (Schwarzer et al., Res Synth Methods 2019;10:476-483), so show it beside another method only.
    Raises ValueError for no study or an impossible count, and what ``pool`` raises.
    """
    effects = [freeman_tukey(events, n) for events, n in counts]
    pooled = pool([effect.estimate for effect in effects], [effect.variance for effect in effects])
    size = len(counts) / math.fsum(1 / n for _, n in counts)

    def back(value: float) -> float:
        return share_from_double_arcsine(value, size)

    note = "turned back with the harmonic mean of the sizes"
    return _result(counts, pooled, back, f"Freeman-Tukey double arcsines, {pooled.method}, {note}")


def _result(
    counts: Sequence[Counts], pooled: PooledResult, back: Callable[[float], float], method: str
) -> PooledProportionResult:
    predicted = (pooled.prediction_low, pooled.prediction_high)
    ends = [None if end is None else 100 * back(end) for end in predicted]
    return PooledProportionResult(
        percent=100 * back(pooled.estimate),
        low=100 * back(pooled.low),
        high=100 * back(pooled.high),
        prediction_low=ends[0],
        prediction_high=ends[1],
        level=pooled.level,
        k=pooled.k,
        events=sum(events for events, _ in counts),
        n=sum(n for _, n in counts),
        tau_squared=pooled.heterogeneity.tau_squared,
        weights=pooled.weights,
        heterogeneity=pooled.heterogeneity,
        method=method,
    )
