"""Studies pooled, on a scale on which their estimates are nearly normal.

The confidence intervals of a random-effects mean:

- "Wald": normal quantiles, too short for few studies;
- "Hartung-Knapp": Hartung and Knapp, Stat Med 2001;20:1771-1782: the variance is multiplied by q,
  generalised Q over its degrees of freedom, and Student's t has k - 1 of them;
- "Hartung-Knapp, ad hoc": with max(1, q) for q (Knapp and Hartung, Stat Med 2003;22:2693-2710), so
  that it is never narrower than without the factor.

The prediction interval is that of Higgins, Thompson and Spiegelhalter, J R Stat Soc A
2009;172:137-159: estimate plus or minus t sqrt(tau² + standard error²), Student's t with k - 2
degrees of freedom, the standard error as the result gives it. metafor's default has normal
quantiles, or k - 1 degrees of freedom when its interval is Hartung-Knapp's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from evidence.numbers.statistics.heterogeneity import (
    Estimator,
    HeterogeneityResult,
    Studies,
    heterogeneity,
)
from evidence.numbers.statistics.quantile import (
    normal_p,
    normal_quantile,
    student_p,
    student_quantile,
)

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
    found = heterogeneity(studies, None, level)
    weights = studies.weights()
    error = math.sqrt(1 / math.fsum(weights))
    method = "common effect, inverse variance, Wald interval"
    return _pooled(studies, weights, error, None, found, level, method)


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
    found = heterogeneity(studies, estimator, level)
    weights = studies.weights(found.tau_squared)
    error = math.sqrt(1 / math.fsum(weights))
    if studies.k == 1:
        return _pooled(
            studies, weights, error, None, found, level, "one study alone, Wald interval"
        )
    method = f"random effects, {found.method}, {interval} confidence interval"
    if interval == "Wald":
        return _pooled(studies, weights, error, None, found, level, method)
    factor = studies.q(found.tau_squared) / (studies.k - 1)
    if interval == "Hartung-Knapp, ad hoc":
        factor = max(1.0, factor)
    error *= math.sqrt(factor)
    return _pooled(studies, weights, error, studies.k - 1, found, level, method)


def _pooled(
    studies: Studies,
    weights: list[float],
    error: float,
    degrees: int | None,
    found: HeterogeneityResult,
    level: float,
    method: str,
) -> PooledResult:
    estimate = studies.mean(weights)
    half = error * (normal_quantile(level) if degrees is None else student_quantile(level, degrees))
    total = math.fsum(weights)
    ends = _prediction(estimate, error, found, level)
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
        heterogeneity=found,
        method=method,
    )


def _p(estimate: float, error: float, degrees: int | None) -> float:
    if error == 0:
        return 1.0 if estimate == 0 else 0.0
    ratio = estimate / error
    return normal_p(ratio) if degrees is None else student_p(ratio, degrees)


def _prediction(
    estimate: float, error: float, found: HeterogeneityResult, level: float
) -> tuple[float | None, float | None]:
    degrees = found.degrees - 1
    if degrees < 1 or found.tau_squared_low is None:
        return None, None
    half = student_quantile(level, degrees) * math.sqrt(found.tau_squared + error**2)
    return estimate - half, estimate + half
