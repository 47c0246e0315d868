"""Single proportions pooled by a logistic model with a random intercept for each study.

Neither SciPy nor statsmodels has it by maximum likelihood; R's metafor calls it
rma.glmm(measure="PLO") and leaves it to lme4. The integral over each study's true log odds is
taken by adaptive Gauss-Hermite quadrature, as there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence.numbers.statistics.distribution import (
    chi_squared_p,
    expit,
    logit,
    normal_quantile,
    student_quantile,
)
from evidence.numbers.statistics.effect import Counts, logit_proportion
from evidence.numbers.statistics.heterogeneity import HeterogeneityResult, Studies, typical_variance
from evidence.numbers.statistics.pooled_proportion import PooledProportionResult
from evidence.numbers.statistics.proportions import share

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

POINTS = 51  # of the quadrature; metafor's default is 7
LARGEST_TAU = 20.0  # on the logit scale: beyond it the likelihood has no maximum
STEP = 1e-3  # of the numerical second derivatives
NEWTON = 1e-10  # the last step to the peak of an integrand: the width need not be more exact
LEAST_GAIN = 1e-9  # in log likelihood, by which variance between studies must earn its place


@dataclass(frozen=True)
class LogisticModel:
    """The maximum: the mean log odds with its standard error, and the variance tau²."""

    estimate: float
    standard_error: float
    tau_squared: float


def pool_logistic(counts: Sequence[Counts], level: float = 95.0) -> PooledProportionResult:
    """Return the proportion of a study in the middle from (events, n) of each, by maximum likelihood.

    The mean log odds turned back is the median over studies, not the share of all people: each
    study counts as a study. The binomial-normal model of Stijnen, Hamza and Ozdemir, Stat Med 2010;29:3046-3067, Table II:
    events are binomial, the studies' log odds normal with variance tau². Nothing is added for 0
    events. Wald interval on the logit scale; prediction interval as in ``pooling``. One study
    alone has tau² 0.
    Raises ValueError for no study, an impossible count, no event or nothing but events in all
    studies together, and studies so far apart that the likelihood has no maximum.
    """
    model = fit(counts)
    half = normal_quantile(level) * model.standard_error
    prediction_low = prediction_high = None
    if len(counts) > 2:
        spread = math.sqrt(model.tau_squared + model.standard_error**2)
        wide = student_quantile(level, len(counts) - 2) * spread
        prediction_low = 100 * expit(model.estimate - wide)
        prediction_high = 100 * expit(model.estimate + wide)
    return PooledProportionResult(
        percent=100 * expit(model.estimate),
        low=100 * expit(model.estimate - half),
        high=100 * expit(model.estimate + half),
        prediction_low=prediction_low,
        prediction_high=prediction_high,
        level=level,
        k=len(counts),
        events=sum(events for events, _ in counts),
        n=sum(n for _, n in counts),
        tau_squared=model.tau_squared,
        weights=(),
        heterogeneity=_heterogeneity(counts, model.tau_squared, level),
        method="random-intercept logistic model, maximum likelihood, Wald interval",
    )


def _heterogeneity(
    counts: Sequence[Counts], tau_squared: float, level: float
) -> HeterogeneityResult:
    """Return the measures that belong to this model, as R's rma.glmm(measure = "PLO") has them.

    Q is the likelihood-ratio statistic of a share for each study against one share for all, exact
    from the counts (its QE.LRT). I² and H² have this model's tau² and the typical variance of the
    studies' logits. The Wald form of Q, which rma.glmm gives too, is left out: a study with no
    event, or nothing else, has an infinite logit there, and Q falls to nothing.
    """
    effects = [logit_proportion(*study) for study in counts]
    logits = Studies(
        [effect.estimate for effect in effects], [effect.variance for effect in effects]
    )
    typical, degrees = typical_variance(logits), len(counts) - 1
    q = likelihood_ratio_q(counts)
    return HeterogeneityResult(
        q=q,
        degrees=degrees,
        p=chi_squared_p(q, degrees) if degrees else 1.0,
        tau_squared=tau_squared,
        tau_squared_low=None,
        tau_squared_high=None,
        i_squared=100 * tau_squared / (tau_squared + typical),
        i_squared_low=None,
        i_squared_high=None,
        h_squared=1 + tau_squared / typical,
        h_squared_low=None,
        h_squared_high=None,
        level=level,
        method="tau² by maximum likelihood, Q by the likelihood ratio",
    )


def likelihood_ratio_q(counts: Sequence[Counts]) -> float:
    """Return twice the log likelihood that a share of its own for each study gains over one share.

    Sum of 2 (x log(x / e) + (n - x) log((n - x) / (n - e))) with e the events expected under one
    share: the deviance, McCullagh and Nelder, Generalized linear models, 1989, section 4.4.
    """
    events, n = (sum(column) for column in zip(*counts, strict=True))
    parts = [
        observed * math.log(observed * n / (size * total))
        for study in counts
        for observed, size, total in (
            (study[0], study[1], events),
            (study[1] - study[0], study[1], n - events),
        )
        if observed
    ]
    return max(0.0, 2 * math.fsum(parts))


def fit(counts: Sequence[Counts], points: int = POINTS) -> LogisticModel:
    """Return the maximum of the likelihood with ``points`` of quadrature; errors as above."""
    if not counts:
        raise ValueError("there is no study to pool")
    for study in counts:
        share(*study)
    events, n = (sum(column) for column in zip(*counts, strict=True))
    if events in {0, n}:
        raise ValueError("the studies together have no event, or nothing else: no model fits")
    common = logit(events / n)
    flat = LogisticModel(common, 1 / math.sqrt(events * (1 - events / n)), 0.0)
    if len(counts) == 1:
        return flat
    likelihood = Likelihood(counts, points)
    centre, tau = likelihood.maximum(common)
    if likelihood.log(centre, tau) - likelihood.log(common, 0.0) <= LEAST_GAIN:
        return flat
    if tau > LARGEST_TAU:
        raise ValueError("the studies lie so far apart that the likelihood has no maximum")
    return LogisticModel(centre, likelihood.standard_error(centre, tau), tau * tau)


class Likelihood:
    """The likelihood of studies' counts, as a function of the mean log odds and of tau.

    Adaptive Gauss-Hermite quadrature: Liu and Pierce, Biometrika 1994;81:624-629. Each study's
    standardised effect u is integrated around its mode, on the scale of its curvature there.
    """

    def __init__(self, counts: Sequence[Counts], points: int) -> None:
        """Keep the counts in one order, so that the order of studies changes no digit."""
        import numpy as np  # noqa: PLC0415 - loaded only when something is computed

        rows = np.asarray(sorted(counts), dtype=np.float64)
        self.events, self.n = rows[:, 0], rows[:, 1]
        smoothed = (self.events + 0.5) / (self.n + 1)
        self.log_odds = np.log(smoothed / (1 - smoothed))
        self.information = (self.n + 1) * smoothed * (1 - smoothed)
        nodes, weights = np.polynomial.hermite.hermgauss(points)
        self.nodes = math.sqrt(2) * nodes
        self.log_weights = np.log(weights / math.sqrt(math.pi)) + nodes**2

    def log(self, centre: float, tau: float) -> float:
        """Return the log likelihood but for the binomial coefficients."""
        import numpy as np  # noqa: PLC0415 - loaded only when something is computed

        mode, width = self._peaks(centre, tau)
        u = mode[:, None] + width[:, None] * self.nodes
        log_odds = centre + tau * u
        # n log(1 + e^x), without overflow
        binomial = self.events[:, None] * log_odds - self.n[:, None] * np.logaddexp(0.0, log_odds)
        logs = self.log_weights + binomial - u * u / 2
        highest = logs.max(axis=1)
        sums = np.exp(logs - highest[:, None]).sum(axis=1)
        return float((highest + np.log(sums * width)).sum())

    def maximum(self, start: float) -> tuple[float, float]:
        """Return the mean and tau at which the likelihood is highest, searched from ``start``."""
        from scipy.optimize import minimize  # noqa: PLC0415 - loaded only when needed

        def loss(place: Array) -> float:
            return -self.log(float(place[0]), float(place[1]))

        optimum = minimize(
            loss,
            (start, 0.5),
            method="L-BFGS-B",
            jac="3-point",
            bounds=((None, None), (0.0, 2 * LARGEST_TAU)),
            options={"ftol": 1e-15, "gtol": 1e-7, "maxiter": 500},
        )
        return float(optimum.x[0]), float(optimum.x[1])

    def standard_error(self, centre: float, tau: float) -> float:
        """Return the standard error of the mean, from the curvature in both directions."""

        def at(left: int, right: int) -> float:
            return self.log(centre + left * STEP, tau + right * STEP)

        middle = at(0, 0)
        in_centre = (at(1, 0) - 2 * middle + at(-1, 0)) / STEP**2
        in_tau = (at(0, 1) - 2 * middle + at(0, -1)) / STEP**2
        in_both = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * STEP**2)
        return math.sqrt(-in_tau / (in_centre * in_tau - in_both**2))

    def _peaks(self, centre: float, tau: float) -> tuple[Array, Array]:
        """Return where each integrand is highest and the width of its peak, by Newton steps."""
        import numpy as np  # noqa: PLC0415 - loaded only when something is computed

        # Where it would be if the study's own log odds were normal with this information
        u = tau * self.information * (self.log_odds - centre) / (1 + tau * tau * self.information)
        curvature = np.ones_like(u)
        for _ in range(100):
            expected = 1 / (1 + np.exp(-np.clip(centre + tau * u, -500, 500)))
            curvature = 1 + tau * tau * self.n * expected * (1 - expected)
            step = (tau * (self.events - self.n * expected) - u) / curvature
            step = np.clip(step, -1, 1)  # no jump over the peak
            u = u + step
            if np.abs(step).max() < NEWTON:
                break
        return u, 1 / np.sqrt(curvature)
