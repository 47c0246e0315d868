"""Two arms with means: their difference, and Hedges' g, each with its variance."""

from __future__ import annotations

import math

from evidence.numbers.statistics.effect import Effect

Means = tuple[float, float, int]  # mean, standard deviation, people


def mean_difference(treated: Means, control: Means) -> Effect:
    """Return the difference of the means, treated minus control, from (mean, sd, n) of each arm.

    Variance sd1²/n1 + sd2²/n2, each arm with its own standard deviation: Borenstein et al.,
    Introduction to meta-analysis, 2009, chapter 4 (Welch, Biometrika 1938;29:350-362); metafor's
    measure "MD" with vtype "LS", its default.
    Raises ValueError for fewer than two people in an arm, a standard deviation below 0, and when
    both are 0: then nothing tells how exact the difference is.
    """
    (first, sd1, n1), (second, sd2, n2) = _possible(treated, control)
    return Effect(first - second, sd1**2 / n1 + sd2**2 / n2, "mean difference")


def standardised_mean_difference(treated: Means, control: Means) -> Effect:
    """Return Hedges' g, treated minus control, from (mean, sd, n) of each arm.

    g = J (mean1 - mean2) / s with s² = ((n1 - 1) sd1² + (n2 - 1) sd2²) / m and m = n1 + n2 - 2:
    Hedges, J Educ Stat 1981;6:107-128, with the exact correction J of his equation 6e and not its
    approximation 1 - 3 / (4 m - 1). Variance 1/n1 + 1/n2 + g² / (2 (n1 + n2)): Hedges, Psychol Bull
    1982;92:490-499, equation 8; metafor's measure "SMD" with vtype "LS", its default.
    Raises ValueError as ``mean_difference`` does.
    """
    (first, sd1, n1), (second, sd2, n2) = _possible(treated, control)
    degrees = n1 + n2 - 2
    spread = math.sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / degrees)
    g = small_sample_factor(degrees) * (first - second) / spread
    return Effect(g, 1 / n1 + 1 / n2 + g**2 / (2 * (n1 + n2)), "standardised mean difference")


def small_sample_factor(degrees: int) -> float:
    """Return by what Cohen's d with so many degrees of freedom is multiplied to lose its bias.

    Gamma(m / 2) / (sqrt(m / 2) Gamma((m - 1) / 2)): Hedges, J Educ Stat 1981;6:107-128, equation
    6e. Raises ValueError for fewer than two degrees of freedom, where there is none.
    """
    if degrees < 2:
        raise ValueError("the correction of Hedges takes at least two degrees of freedom")
    half = degrees / 2
    return math.exp(math.lgamma(half) - math.lgamma(half - 0.5)) / math.sqrt(half)


def _possible(treated: Means, control: Means) -> tuple[Means, Means]:
    for mean, sd, n in (treated, control):
        if n < 2:
            raise ValueError("an arm of one person has no standard deviation")
        if not 0 <= sd < math.inf or not math.isfinite(mean):
            message = f"a standard deviation of {sd} around a mean of {mean} is not possible"
            raise ValueError(message)
    if treated[1] == control[1] == 0:
        raise ValueError("nobody differs from the mean of the arm: nothing tells how exact it is")
    return treated, control
