"""Two-sided p-values for two arms: the chance of such a difference, or more, if there were none."""

from __future__ import annotations

import math
from dataclasses import dataclass

from evidence.numbers.statistics.proportion import share
from evidence.numbers.statistics.quantile import chi_squared_p, normal_p

Counts = tuple[int, int]


@dataclass(frozen=True)
class PValueResult:
    """A two-sided p-value, the statistic it belongs to (None for an exact test), the method."""

    p: float
    statistic: float | None
    method: str


def chi_squared(treated: Counts, control: Counts, *, correction: bool = False) -> PValueResult:
    """Return Pearson's chi-squared test of (events, n) of two arms, one degree of freedom.

    Pearson 1900; with ``correction``, Yates, Suppl J R Stat Soc 1934;1:217-235, which takes up to
    1/2 from each deviation but never turns one round, as R's chisq.test does. When all four
    margins cannot be filled (no event, or nothing else, in either arm) the p-value is 1.
    Raises ValueError when a count is impossible.
    """
    share(*treated)
    share(*control)
    (a, first), (c, second) = treated, control
    n, events = first + second, a + c
    margins = first * second * events * (n - events)
    method = "chi-squared test" + (" with continuity correction" if correction else "")
    if margins == 0:
        return PValueResult(1.0, 0.0, method)
    # |ad - bc|: n times the deviation that all four cells share
    apart = float(abs(a * (second - c) - (first - a) * c))
    if correction:
        apart = max(0.0, apart - n / 2)
    statistic = apart * (apart / margins) * n
    return PValueResult(chi_squared_p(statistic, 1), statistic, method)


def fisher_exact(treated: Counts, control: Counts) -> PValueResult:
    """Return Fisher's exact test of (events, n) of two arms.

    Fisher, The design of experiments, 1935, chapter 2; two-sided by adding all tables that are no
    more probable than the one seen. From SciPy's fisher_exact, which agrees with R's fisher.test.
    Raises ValueError when a count is impossible.
    """
    import numpy as np  # noqa: PLC0415 - loaded only when something is computed
    from scipy.stats import fisher_exact as exact  # noqa: PLC0415 - the slowest import of all

    share(*treated)
    share(*control)
    table = np.array([[events, n - events] for events, n in (treated, control)])
    return PValueResult(min(1.0, float(exact(table).pvalue)), None, "Fisher's exact test")


def difference_z(treated: Counts, control: Counts, *, pooled: bool = True) -> PValueResult:
    """Return the z test of the difference of two proportions from (events, n) of each arm.

    Altman, Practical statistics for medical research, 1991, chapter 10. ``pooled``: the variance
    supposes one share for both arms; the p-value is then that of the chi-squared test without
    correction. Otherwise the variance is that of the Wald interval, and the p-value fits that
    interval: below 0.05 exactly when the 95% interval leaves 0 out. Without any variance the
    p-value is 1 when the shares are equal, otherwise 0.
    Raises ValueError when a count is impossible.
    """
    shares = share(*treated), share(*control)
    sizes = treated[1], control[1]
    if pooled:
        common = (treated[0] + control[0]) / sum(sizes)
        variance = common * (1 - common) * (1 / sizes[0] + 1 / sizes[1])
    else:
        variance = sum(part * (1 - part) / n for part, n in zip(shares, sizes, strict=True))
    method = f"z test of two proportions, {'pooled' if pooled else 'unpooled'} variance"
    apart = shares[0] - shares[1]
    if variance == 0:
        return PValueResult(1.0 if apart == 0 else 0.0, None, method)
    z = apart / math.sqrt(variance)
    return PValueResult(normal_p(z), z, method)
