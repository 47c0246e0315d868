"""Studies pooled on a scale on which they are nearly normal: once, without each, as they came, in groups."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from evidence.numbers.statistics.distribution import (
    normal_p,
    normal_quantile,
    student_p,
    student_quantile,
)
from evidence.numbers.statistics.heterogeneity import (
    Estimator,
    HeterogeneityResult,
    Studies,
    heterogeneity,
)

# Studies pooled, on a scale on which their estimates are nearly normal.
#
# The confidence intervals of a random-effects mean:
#
# - "Wald": normal quantiles, too short for few studies;
# - "Hartung-Knapp": Hartung and Knapp, Stat Med 2001;20:1771-1782: the variance is multiplied by q,
#   generalised Q over its degrees of freedom, and Student's t has k - 1 of them;
# - "Hartung-Knapp, ad hoc": with max(1, q) for q (Knapp and Hartung, Stat Med 2003;22:2693-2710), so
#   that it is never narrower than without the factor.
#
# The prediction interval is that of Higgins, Thompson and Spiegelhalter, J R Stat Soc A
# 2009;172:137-159: estimate plus or minus t sqrt(tau² + standard error²), Student's t with k - 2
# degrees of freedom, the standard error as the result gives it. metafor's default has normal
# quantiles, or k - 1 degrees of freedom when its interval is Hartung-Knapp's.

Interval = Literal["Wald", "Hartung-Knapp", "Hartung-Knapp, ad hoc"]


@dataclass(frozen=True)
class PooledResult:
    """What studies show together, in the units that went in.

    ``p`` is two-sided, for no effect. ``weights`` are in percent, in the order of the studies.
    The ends of the prediction interval, where the true effect of a further study is expected,
    are None where there is none: one common effect, or fewer than three studies.
    """

    estimate: float
    standard_error: float
    low: float
    high: float
    p: float
    level: float
    k: int
    weights: tuple[float, ...]
    prediction_low: float | None
    prediction_high: float | None
    heterogeneity: HeterogeneityResult
    method: str


Pool = Callable[[Sequence[float], Sequence[float]], PooledResult]


def common_effect(
    estimates: Sequence[float], variances: Sequence[float], level: float = 95.0
) -> PooledResult:
    """Return the inverse-variance mean: every study is taken to measure one common effect.

    Birge, Phys Rev 1932;40:207-227; Cochrane Handbook, section 10.3. Wald interval. One study
    alone gives its own estimate and interval.
    Raises ValueError for no study, unequal lengths, a value not finite or a variance not above 0.
    """
    studies = Studies(estimates, variances)
    spread = heterogeneity(studies, None, level)
    weights = studies.weights()
    error = math.sqrt(1 / math.fsum(weights))
    method = "common effect, inverse variance, Wald interval"
    return _pooled(studies, weights, error, None, spread, level, method)


def random_effects(
    estimates: Sequence[float],
    variances: Sequence[float],
    estimator: Estimator = "REML",
    interval: Interval = "Hartung-Knapp",
    level: float = 95.0,
) -> PooledResult:
    """Return the mean of effects that differ from study to study by the variance tau².

    DerSimonian and Laird, Control Clin Trials 1986;7:177-188: weights 1 / (variance + tau²), with
    tau² by ``estimator``; ``interval`` and the prediction interval as at the top of this module.

    One study alone gives its own estimate and Wald interval, tau² 0. Studies that all show the
    same give tau² 0, and a Hartung-Knapp interval without width unless it is the ad hoc one.
    Raises ValueError for no study, unequal lengths, a value not finite or a variance not above 0.
    """
    studies = Studies(estimates, variances)
    spread = heterogeneity(studies, estimator, level)
    weights = studies.weights(spread.tau_squared)
    error = math.sqrt(1 / math.fsum(weights))
    if studies.k == 1:
        return _pooled(
            studies, weights, error, None, spread, level, "one study alone, Wald interval"
        )
    method = f"random effects, {spread.method}, {interval} confidence interval"
    if interval == "Wald":
        return _pooled(studies, weights, error, None, spread, level, method)
    factor = studies.q(spread.tau_squared) / (studies.k - 1)
    if interval == "Hartung-Knapp, ad hoc":
        factor = max(1.0, factor)
    error *= math.sqrt(factor)
    return _pooled(studies, weights, error, studies.k - 1, spread, level, method)


def _pooled(
    studies: Studies,
    weights: list[float],
    error: float,
    degrees: int | None,
    spread: HeterogeneityResult,
    level: float,
    method: str,
) -> PooledResult:
    estimate = studies.mean(weights)
    half = error * (normal_quantile(level) if degrees is None else student_quantile(level, degrees))
    total = math.fsum(weights)
    ends = _prediction(estimate, error, spread, level)
    return PooledResult(
        estimate=estimate,
        standard_error=error,
        low=estimate - half,
        high=estimate + half,
        p=_p(estimate, error, degrees),
        level=level,
        k=studies.k,
        weights=tuple(100 * weight / total for weight in weights),
        prediction_low=ends[0],
        prediction_high=ends[1],
        heterogeneity=spread,
        method=method,
    )


def _p(estimate: float, error: float, degrees: int | None) -> float:
    if error == 0:
        return 1.0 if estimate == 0 else 0.0
    ratio = estimate / error
    return normal_p(ratio) if degrees is None else student_p(ratio, degrees)


def _prediction(
    estimate: float, error: float, spread: HeterogeneityResult, level: float
) -> tuple[float | None, float | None]:
    degrees = spread.degrees - 1
    if degrees < 1 or spread.tau_squared_low is None:
        return None, None
    half = student_quantile(level, degrees) * math.sqrt(spread.tau_squared + error**2)
    return estimate - half, estimate + half


# Studies pooled again and again: without each in turn, as they came, group by group.


@dataclass(frozen=True)
class CumulativeResult:
    """What all studies up to and including ``year`` show together."""

    year: int
    pooled: PooledResult


@dataclass(frozen=True)
class SubgroupResult:
    """Groups pooled apart, in the order of their names, and how far they differ.

    ``q`` has ``degrees`` degrees of freedom and p-value ``p`` when all groups share one effect.
    """

    groups: tuple[tuple[str, PooledResult], ...]
    q: float
    degrees: int
    p: float
    method: str


def leave_one_out(
    estimates: Sequence[float], variances: Sequence[float], pool: Pool = random_effects
) -> tuple[PooledResult, ...]:
    """Return what the others show together, once for each study, in the order of the studies.

    tau² is estimated each time anew (Viechtbauer and Cheung, Res Synth Methods 2010;1:112-125).
    ``pool`` is ``random_effects`` or ``common_effect``, with its options bound by
    ``functools.partial`` where others than the usual ones are wanted.
    Raises ValueError for fewer than two studies, and what ``pool`` raises.
    """
    if len(estimates) < 2:
        raise ValueError("leaving one out takes at least two studies")
    return tuple(
        pool(
            [*estimates[:place], *estimates[place + 1 :]],
            [*variances[:place], *variances[place + 1 :]],
        )
        for place in range(len(estimates))
    )


def cumulative(
    estimates: Sequence[float],
    variances: Sequence[float],
    years: Sequence[int],
    pool: Pool = random_effects,
) -> tuple[CumulativeResult, ...]:
    """Return what was known at the end of each year in which a study appeared, oldest first.

    Lau et al., N Engl J Med 1992;327:248-254. Studies of one year enter together, so that their
    order changes nothing (metafor's cumul adds them one by one).
    Raises ValueError when lengths differ, and what ``pool`` raises.
    """
    if not len(estimates) == len(variances) == len(years):
        raise ValueError("estimates, variances and years must be equally many")
    if not years:
        raise ValueError("there is no study to pool")
    steps = []
    for year in sorted(set(years)):
        chosen = [place for place, published in enumerate(years) if published <= year]
        pooled = pool(
            [estimates[place] for place in chosen], [variances[place] for place in chosen]
        )
        steps.append(CumulativeResult(year, pooled))
    return tuple(steps)


def subgroups(
    estimates: Sequence[float],
    variances: Sequence[float],
    names: Sequence[str],
    pool: Pool = random_effects,
) -> SubgroupResult:
    """Return each group pooled by itself, with its own tau², and the test that groups differ.

    Borenstein et al., Introduction to meta-analysis, 2009, chapter 19, "separate estimates of
    tau²": Q between is Cochran's Q of the groups' means, each with the variance 1 / (sum of its
    weights), whatever interval ``pool`` gives. One group alone: Q 0, p 1.
    Raises ValueError when lengths differ, and what ``pool`` raises.
    """
    if not len(estimates) == len(variances) == len(names):
        raise ValueError("estimates, variances and group names must be equally many")
    if not names:
        raise ValueError("there is no study to pool")
    groups, errors = [], []
    for name in sorted(set(names)):
        chosen = [place for place, group in enumerate(names) if group == name]
        inside = [variances[place] for place in chosen]
        pooled = pool([estimates[place] for place in chosen], inside)
        groups.append((name, pooled))
        tau_squared = pooled.heterogeneity.tau_squared
        errors.append(1 / math.fsum(1 / (variance + tau_squared) for variance in inside))
    between = common_effect([pooled.estimate for _, pooled in groups], errors).heterogeneity
    method = "Q between groups, each with its own tau²"
    return SubgroupResult(tuple(groups), between.q, between.degrees, between.p, method)
