"""What one study shows: its effect with its variance on each scale, ratios, and two-sided p-values."""

from __future__ import annotations

import math
from dataclasses import dataclass

from evidence.numbers.statistics.distribution import (
    chi_squared_p,
    exponential,
    normal_p,
    normal_quantile,
)
from evidence.numbers.statistics.proportions import share

# The effect that one study shows and its variance, on the scale on which studies are pooled.
#
# A cell of 0 has no logarithm. The rule here is the usual one, and metafor's: when any of the four
# cells is 0, 1/2 is added to each of them (Haldane, Ann Hum Genet 1956;20:309-311; Anscombe,
# Biometrika 1956;43:461-464). A trial in which nobody, or everybody, had the event in both arms says
# nothing about an odds ratio; nor about a risk ratio when nobody had it (Cochrane Handbook, section
# 10.4.4.2): that raises ValueError.

Counts = tuple[int, int]


@dataclass(frozen=True)
class Effect:
    """An estimate and its variance on the scale that ``measure`` names.

    ``adjusted`` is true when 1/2 was added to the cells because one of them is 0.
    """

    estimate: float
    variance: float
    measure: str
    adjusted: bool = False


def log_risk_ratio(treated: Counts, control: Counts) -> Effect:
    """Return the natural log of the risk ratio, treated to control, from (events, n) of each arm.

    Variance 1/a - 1/n1 + 1/c - 1/n2: Katz et al., Biometrics 1978;34:469-474, method C.
    Raises ValueError when nobody had the event in either arm, or a count is impossible.
    """
    a, b, c, d, adjusted = _cells(treated, control)
    if treated[0] == control[0] == 0:
        raise ValueError("no event in either arm: a risk ratio cannot be estimated")
    estimate = math.log(a / (a + b)) - math.log(c / (c + d))
    variance = b / (a * (a + b)) + d / (c * (c + d))
    return Effect(estimate, variance, "log risk ratio", adjusted)


def log_odds_ratio(treated: Counts, control: Counts) -> Effect:
    """Return the natural log of the odds ratio, treated to control, from (events, n) of each arm.

    Variance 1/a + 1/b + 1/c + 1/d: Woolf, Ann Hum Genet 1955;19:251-253.
    Raises ValueError when both arms had no event, or nothing else, or a count is impossible.
    """
    a, b, c, d, adjusted = _cells(treated, control)
    if treated[0] == control[0] == 0 or (treated[0] == treated[1] and control[0] == control[1]):
        raise ValueError(
            "both arms had the same outcome throughout: no odds ratio can be estimated"
        )
    estimate = math.log(a / b) - math.log(c / d)
    return Effect(estimate, 1 / a + 1 / b + 1 / c + 1 / d, "log odds ratio", adjusted)


def risk_difference(treated: Counts, control: Counts) -> Effect:
    """Return the difference of the shares, treated minus control, as a number from -1 to 1.

    Unpooled variance (Newcombe, Stat Med 1998;17:873-890, method 1). When a cell is 0, 1/2 is added
    to all of them for the variance alone, which is then metafor's: an arm in which everybody, or
    nobody, had the event would seem to be known without error, and outweigh all other studies
    (0/5 v 1/500). The estimate stays what was seen, to which metafor's escalc adds it too.
    Raises ValueError when a count is impossible.
    """
    estimate = share(*treated) - share(*control)
    a, b, c, d, adjusted = _cells(treated, control)
    variance = a * b / (a + b) ** 3 + c * d / (c + d) ** 3
    return Effect(estimate, variance, "risk difference", adjusted)


def logit_proportion(events: int, n: int) -> Effect:
    """Return the log odds of a single proportion; its variance is 1/events + 1/(n - events).

    Lipsey and Wilson, Practical meta-analysis, 2001, chapter 3. When one of the two counts is 0,
    1/2 is added to both, as in metafor's measure "PLO".
    Raises ValueError when a count is impossible.
    """
    share(events, n)
    adjusted = events in {0, n}
    extra = 0.5 if adjusted else 0.0
    with_event, without = events + extra, n - events + extra
    estimate = math.log(with_event / without)
    return Effect(estimate, 1 / with_event + 1 / without, "logit", adjusted)


def freeman_tukey(events: int, n: int) -> Effect:
    """Return the double arcsine of a single proportion, in radians; its variance is 1/(4n + 2).

    Freeman and Tukey, Ann Math Stat 1950;21:607-611, halved as in metafor's measure "PFT", so
    that it goes from 0 to pi/2. Defined for no event and for nothing but events.
    Raises ValueError when a count is impossible.
    """
    share(events, n)
    return Effect(double_arcsine(events, n), 1 / (4 * n + 2), "Freeman-Tukey double arcsine")


def double_arcsine(events: float, n: float) -> float:
    """Return half the sum of the two arcsines, for counts that need not be whole."""
    return 0.5 * (
        math.asin(math.sqrt(events / (n + 1))) + math.asin(math.sqrt((events + 1) / (n + 1)))
    )


def share_from_double_arcsine(value: float, n: float) -> float:
    """Return the share, between 0 and 1, whose double arcsine with ``n`` people is ``value``.

    Miller, Am Stat 1978;32:138; the exact inverse when ``n`` is the study's own. For a pooled
    value Miller takes the harmonic mean of the sizes, and that is the known caveat: when sizes
    differ much, the answer depends on the mean that was chosen and can lie outside the studies
    (Schwarzer et al., Res Synth Methods 2019;10:476-483). Values beyond what 0 or ``n`` events
    give are taken as 0 or 1.
    """
    if value <= double_arcsine(0, n):
        return 0.0
    if value >= double_arcsine(n, n):
        return 1.0
    sine = math.sin(2 * value)
    inner = sine + (sine - 1 / sine) / n
    root = math.sqrt(max(0.0, 1 - inner * inner))
    return 0.5 * (1 - math.copysign(root, math.cos(2 * value)))


def _cells(treated: Counts, control: Counts) -> tuple[float, float, float, float, bool]:
    share(*treated)
    share(*control)
    cells = (treated[0], treated[1] - treated[0], control[0], control[1] - control[0])
    adjusted = 0 in cells
    a, b, c, d = (cell + (0.5 if adjusted else 0.0) for cell in cells)
    return a, b, c, d, adjusted


# The ratio of two risks or of two odds.

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
    effect = log_risk_ratio(treated, control)
    return _ratio("risk ratio", effect, level, "Katz log interval")


def odds_ratio(treated: Counts, control: Counts, level: float = 95.0) -> RatioResult:
    """Return the odds ratio from (events, n) of each arm, with Woolf's interval on the log scale.

    Woolf, Ann Hum Genet 1955;19:251-253. The rule for a cell of 0 is that of
    ``evidence.numbers.statistics.effect``, and so are the errors.
    """
    effect = log_odds_ratio(treated, control)
    return _ratio("odds ratio", effect, level, "Woolf logit interval")


def _ratio(measure: str, effect: Effect, level: float, method: str) -> RatioResult:
    half = normal_quantile(level) * math.sqrt(effect.variance)
    low, high = exponential(effect.estimate - half), exponential(effect.estimate + half)
    method += ADDED if effect.adjusted else ""
    return RatioResult(measure, exponential(effect.estimate), low, high, level, method)


# Two-sided p-values for two arms: the chance of such a difference, or more, if there were none.


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
