"""How far the true effects of studies lie apart: Q, tau², I², H², and their intervals.

Sums are exact before they are rounded (``math.fsum``), so the order of the studies changes nothing,
not even the last bit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from evidence.numbers.statistics.distribution import chi_squared_p, chi_squared_quantile

Estimator = Literal["DerSimonian-Laird", "Paule-Mandel", "REML"]
GRID = 60  # places at which the slope of the restricted likelihood is first looked at
LARGEST = 1e50  # its square can be squared again


@dataclass(frozen=True)
class HeterogeneityResult:
    """Heterogeneity between studies; ``i_squared`` is in percent, tau² in squared units.

    ``q`` has ``degrees`` degrees of freedom and p-value ``p`` under one common effect. The ends
    of the intervals are None where there is none: one study alone, or one effect assumed.
    """

    q: float
    degrees: int
    p: float
    tau_squared: float
    tau_squared_low: float | None
    tau_squared_high: float | None
    i_squared: float
    i_squared_low: float | None
    i_squared_high: float | None
    h_squared: float
    h_squared_low: float | None
    h_squared_high: float | None
    level: float
    method: str


class Studies:
    """Estimates with their sampling variances, checked once.

    Raises ValueError, in a sentence, for no study at all, for lengths that differ, for a value that
    is not finite and for a variance that is not above 0 (its study would have infinite weight);
    so too for numbers so large or small that their squares leave what a float can hold.
    """

    def __init__(self, estimates: Sequence[float], variances: Sequence[float]) -> None:
        """Check and keep the numbers."""
        if not estimates:
            raise ValueError("there is no study to pool")
        if len(estimates) != len(variances):
            message = f"{len(estimates)} estimates do not fit {len(variances)} variances"
            raise ValueError(message)
        for place, (estimate, variance) in enumerate(zip(estimates, variances, strict=True), 1):
            if not abs(estimate) <= LARGEST:
                message = f"the estimate of study {place} is {estimate}, which cannot be pooled"
                raise ValueError(message)
            if not 1 / LARGEST <= variance <= LARGEST:
                message = (
                    f"the variance of study {place} is {variance}: it must be above 0, and finite"
                )
                raise ValueError(message)
        self.estimates = [float(estimate) for estimate in estimates]
        self.variances = [float(variance) for variance in variances]
        self.k = len(estimates)

    def weights(self, tau_squared: float = 0.0) -> list[float]:
        """Return the inverse of each study's variance, with tau² added to it."""
        return [1 / (variance + tau_squared) for variance in self.variances]

    def mean(self, weights: Sequence[float]) -> float:
        """Return the weighted mean, never outside the estimates."""
        # Counted from the smallest estimate, so that equal studies give exactly their value
        start = min(self.estimates)
        above = (weight * (y - start) for weight, y in zip(weights, self.estimates, strict=True))
        return min(max(self.estimates), start + math.fsum(above) / math.fsum(weights))

    def q(self, tau_squared: float = 0.0) -> float:
        """Return the weighted sum of squares about the mean; with tau² it is generalised Q."""
        weights = self.weights(tau_squared)
        centre = self.mean(weights)
        return math.fsum(
            w * (y - centre) ** 2 for w, y in zip(weights, self.estimates, strict=True)
        )


def dersimonian_laird(studies: Studies) -> float:
    """Return tau² by the method of moments, 0 when negative.

    (Q - (k - 1)) / (sum w - sum w² / sum w) with w = 1 / variance: DerSimonian and Laird, Control
    Clin Trials 1986;7:177-188.
    """
    if studies.k == 1:
        return 0.0
    return max(0.0, (studies.q() - (studies.k - 1)) / _spread_of_weights(studies))


def paule_mandel(studies: Studies) -> float:
    """Return the tau² at which generalised Q equals its expectation k - 1, 0 when there is none.

    Paule and Mandel, J Res Natl Bur Stand 1982;87:377-385; DerSimonian and Kacker, Contemp Clin
    Trials 2007;28:105-114, whose Table 3 gives its square root.
    """
    return 0.0 if studies.k == 1 else _tau_squared_where_q_is(studies.k - 1, studies)


def reml(studies: Studies) -> float:
    """Return tau² by restricted maximum likelihood, 0 when the likelihood falls from there on.

    Viechtbauer, J Educ Behav Stat 2005;30:261-293: where the derivative of the restricted log
    likelihood is 0, sum w² (y - mean)² = sum w - sum w² / sum w with w = 1 / (variance + tau²).
    If the likelihood has several maxima, the highest is taken.
    """
    if studies.k == 1:
        return 0.0
    span = max(studies.estimates) - min(studies.estimates)
    # Beyond this the slope is negative: span and the largest variance bound both its terms
    upper = span**2 + math.sqrt(span**4 + 2 * span**2 * max(studies.variances))
    return highest(
        lambda tau_squared: _restricted_slope(studies, tau_squared),
        lambda tau_squared: _restricted_likelihood(studies, tau_squared),
        upper,
    )


def highest(
    slope: Callable[[float], float], likelihood: Callable[[float], float], upper: float
) -> float:
    """Return the tau², from 0 to ``upper``, at which a likelihood with this slope is highest.

    ``slope`` has to be at most 0 from ``upper`` on. Of several maxima the highest is taken.
    """
    if upper == 0:
        return 0.0
    grid = [0.0, *(upper * 10 ** (-8 * (1 - step / GRID)) for step in range(GRID + 1))]
    slopes = [slope(tau_squared) for tau_squared in grid]
    maxima = [0.0] if slopes[0] <= 0 else []
    maxima += [
        _root(slope, left, right)
        for left, right, before, after in zip(grid, grid[1:], slopes, slopes[1:], strict=False)
        if before > 0 >= after
    ]
    return max(maxima, key=likelihood)


ESTIMATORS: dict[Estimator, Callable[[Studies], float]] = {
    "DerSimonian-Laird": dersimonian_laird,
    "Paule-Mandel": paule_mandel,
    "REML": reml,
}


def q_profile(studies: Studies, level: float = 95.0) -> tuple[float, float] | None:
    """Return the Q-profile interval of tau² at ``level`` percent, None for one study alone.

    Viechtbauer, Stat Med 2007;26:37-52: the values of tau² at which generalised Q
    equals the two quantiles of chi-squared with k - 1 degrees of freedom. An end at which no tau²
    qualifies is 0; when studies lie closer together than chance would have it, both are (metafor
    calls that interval empty).
    """
    if studies.k == 1:
        return None
    tail = (100 - level) / 200
    low, high = (
        _tau_squared_where_q_is(chi_squared_quantile(above, studies.k - 1), studies)
        for above in (tail, 1 - tail)
    )
    return low, high


def heterogeneity(
    studies: Studies, estimator: Estimator | None, level: float = 95.0
) -> HeterogeneityResult:
    """Return all measures of heterogeneity; ``estimator`` None assumes one common effect.

    Q: Cochran, Biometrics 1954;10:101-129. I² and H²: Higgins and Thompson, Stat Med
    2002;21:1539-1558, section 3, from tau² and their typical within-study variance (equation 9),
    as metafor does: with DerSimonian-Laird, I² is the familiar (Q - df) / Q. Their intervals come
    from the Q-profile interval of tau², as metafor's confint gives them. With one common effect
    tau² is 0 by assumption, I² and H² are those from Q, not below 0 and 1, and there are no
    intervals.
    """
    q, degrees = studies.q(), studies.k - 1
    p = chi_squared_p(q, degrees) if degrees else 1.0
    tau_squared = (
        dersimonian_laird(studies) if estimator is None else ESTIMATORS[estimator](studies)
    )
    ends = None if estimator is None else q_profile(studies, level)
    low, high = ends or (None, None)
    typical = typical_variance(studies)
    method = f"tau² by {estimator}" if estimator else "one common effect assumed, I² from Q"
    return HeterogeneityResult(
        q=q,
        degrees=degrees,
        p=p,
        tau_squared=0.0 if estimator is None else tau_squared,
        tau_squared_low=low,
        tau_squared_high=high,
        i_squared=100 * tau_squared / (tau_squared + typical),
        i_squared_low=None if low is None else 100 * low / (low + typical),
        i_squared_high=None if high is None else 100 * high / (high + typical),
        h_squared=1 + tau_squared / typical,
        h_squared_low=None if low is None else 1 + low / typical,
        h_squared_high=None if high is None else 1 + high / typical,
        level=level,
        method=method + (", intervals by Q-profile" if ends else ""),
    )


def typical_variance(studies: Studies) -> float:
    """Return the typical variance within studies, infinite for one study alone.

    Higgins and Thompson, Stat Med 2002;21:1539-1558, equation 9: (k - 1) sum w / ((sum w)² -
    sum w²) with w = 1 / variance.
    """
    return (studies.k - 1) / _spread_of_weights(studies) if studies.k > 1 else math.inf


def _spread_of_weights(studies: Studies) -> float:
    weights = studies.weights()
    total = math.fsum(weights)
    # Each weight times the rest: sum - sum of squares / sum, without its cancellation
    return math.fsum(weight * ((total - weight) / total) for weight in weights)


def _tau_squared_where_q_is(target: float, studies: Studies) -> float:
    if studies.q() <= target:
        return 0.0
    # Generalised Q is at most the plain sum of squares divided by tau²
    plain = studies.mean([1.0] * studies.k)
    upper = math.fsum((y - plain) ** 2 for y in studies.estimates) / target
    return _root(lambda tau_squared: studies.q(tau_squared) - target, 0.0, upper)


def _restricted_slope(studies: Studies, tau_squared: float) -> float:
    """Return twice the derivative of the restricted log likelihood."""
    weights = studies.weights(tau_squared)
    centre = studies.mean(weights)
    total = math.fsum(weights)
    apart = math.fsum(
        (w * (y - centre)) ** 2 for w, y in zip(weights, studies.estimates, strict=True)
    )
    return apart - math.fsum(w * ((total - w) / total) for w in weights)


def _restricted_likelihood(studies: Studies, tau_squared: float) -> float:
    """Return the restricted log likelihood but for a constant."""
    weights = studies.weights(tau_squared)
    logs = math.fsum(math.log(weight) for weight in weights) - math.log(math.fsum(weights))
    return 0.5 * (logs - studies.q(tau_squared))


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    from scipy.optimize import brentq  # noqa: PLC0415 - loaded only when something is computed

    if function(high) >= 0:  # the bound is the root itself, but for rounding
        return high
    return float(brentq(function, low, high, xtol=high * 1e-15, rtol=1e-14, maxiter=500))
