"""Studies with few events pooled without a variance of each: Mantel and Haenszel, Peto.

Both take every study to measure one common effect, and add nothing where a count is 0: a study adds
its own parts to two sums, and only the sums are divided. Studies in which nobody, or everybody, had
the event in both arms add nothing to a ratio. The intervals are Wald's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evidence.numbers.statistics.distribution import chi_squared_p, normal_p, normal_quantile
from evidence.numbers.statistics.effect import (
    Counts,
    Effect,
    log_odds_ratio,
    log_risk_ratio,
    risk_difference,
)
from evidence.numbers.statistics.heterogeneity import HeterogeneityResult
from evidence.numbers.statistics.pooling import PooledResult
from evidence.numbers.statistics.proportions import share
from evidence.numbers.statistics.rates import Rate, log_rate_ratio

MANTEL_HAENSZEL = "common effect by Mantel and Haenszel"
PETO = "common odds ratio by Peto's method"
Arms = tuple[Counts, Counts]
Rates = tuple[Rate, Rate]


@dataclass(frozen=True)
class _Common:
    """An estimate with its standard error, and what each study weighs, in any unit."""

    estimate: float
    error: float
    weights: list[float]


def mantel_haenszel_odds_ratio(studies: Sequence[Arms], level: float = 95.0) -> PooledResult:
    """Return the log of the common odds ratio from (events, n) of both arms of each study.

    R, the sum of ad/n, over S, the sum of bc/n: Mantel and Haenszel, JNCI 1959;22:719-748. Variance
    of the log: Robins, Breslow and Greenland, Biometrics 1986;42:311-323,
    (sum PR / R² + sum (PS + QR) / RS + sum QS / S²) / 2 with P = (a + d)/n and Q = (b + c)/n.
    Raises ValueError for no study, an impossible count, and where a sum is 0: then the ratio is
    0 or infinite.
    """
    tables = _tables(studies)
    total = [a + b + c + d for a, b, c, d in tables]
    above = [a * d / n for (a, b, c, d), n in zip(tables, total, strict=True)]
    below = [b * c / n for (a, b, c, d), n in zip(tables, total, strict=True)]
    r, s = _ratio(above, below, "odds ratio")
    same = [(a + d) / n for (a, b, c, d), n in zip(tables, total, strict=True)]
    apart = [(b + c) / n for (a, b, c, d), n in zip(tables, total, strict=True)]
    mixed = math.fsum(p * q + x * y for p, q, x, y in zip(same, below, apart, above, strict=True))
    variance = (_times(same, above) / r**2 + mixed / (r * s) + _times(apart, below) / s**2) / 2
    found = _Common(math.log(r / s), _error(variance), below)
    return _pooled(found, _effects(studies, log_odds_ratio), level, MANTEL_HAENSZEL)


def mantel_haenszel_risk_ratio(studies: Sequence[Arms], level: float = 95.0) -> PooledResult:
    """Return the log of the common risk ratio from (events, n) of both arms of each study.

    R, the sum of a n2/n, over S, the sum of c n1/n; variance of the log: the sum of
    (n1 n2 (a + c) / n - ac) / n over RS: Greenland and Robins, Biometrics 1985;41:55-68.
    Raises ValueError as ``mantel_haenszel_odds_ratio`` does.
    """
    tables = [(*treated, *control, treated[1] + control[1]) for treated, control in _seen(studies)]
    above = [a * n2 / n for a, _, _, n2, n in tables]
    below = [c * n1 / n for _, n1, c, _, n in tables]
    r, s = _ratio(above, below, "risk ratio")
    apart = math.fsum((n1 * n2 * (a + c) / n - a * c) / n for a, n1, c, n2, n in tables)
    found = _Common(math.log(r / s), _error(apart / (r * s)), below)
    return _pooled(found, _effects(studies, log_risk_ratio), level, MANTEL_HAENSZEL)


def mantel_haenszel_risk_difference(studies: Sequence[Arms], level: float = 95.0) -> PooledResult:
    """Return the common risk difference, from -1 to 1, from (events, n) of both arms of each study.

    Mean of the differences with weights n1 n2/n: Greenland and Robins, Biometrics 1985;41:55-68.
    Variance: Sato, Greenland and Robins, Am J Epidemiol 1989;130:1069-1070, which holds
    for few large studies and for many small ones, as metafor has it.
    Raises ValueError for no study or an impossible count, and where there is no variance: nobody,
    or everybody, had the event in each of the arms.
    """
    found = _common_difference(studies)
    return _pooled(found, _effects(studies, risk_difference), level, MANTEL_HAENSZEL)


def varies(studies: Sequence[Arms]) -> bool:
    """Tell whether a common risk difference has a variance. It loads no library."""
    try:
        _common_difference(studies)
    except ValueError:
        return False
    return True


def _common_difference(studies: Sequence[Arms]) -> _Common:
    tables = [(*treated, *control, treated[1] + control[1]) for treated, control in _seen(studies)]
    weights = [n1 * n2 / n for _, n1, _, n2, n in tables]
    total = math.fsum(weights)
    estimate = math.fsum((a * n2 - c * n1) / n for a, n1, c, n2, n in tables) / total
    linear = math.fsum(
        c * (n1 / n) ** 2 - a * (n2 / n) ** 2 + (n1 / n) * (n2 / n) * (n2 - n1) / 2
        for a, n1, c, n2, n in tables
    )
    crossed = math.fsum((a * (n2 - c) + c * (n1 - a)) / n for a, n1, c, n2, n in tables) / 2
    variance = (estimate * linear + crossed) / total**2
    return _Common(estimate, _error(variance), weights)


def mantel_haenszel_rate_ratio(studies: Sequence[Rates], level: float = 95.0) -> PooledResult:
    """Return the log of the common rate ratio from (events, time) of both arms of each study.

    R, the sum of x1 t2/t, over S, the sum of x2 t1/t; variance of the log: the sum of
    t1 t2 (x1 + x2) / t² over RS: Greenland and Robins, Biometrics 1985;41:55-68.
    Raises ValueError for no study and where an arm has no event in any study.
    """
    if not studies:
        raise ValueError("there is no study to pool")
    rates = [(*treated, *control, treated[1] + control[1]) for treated, control in studies]
    above = [x1 * t2 / t for x1, _, _, t2, t in rates]
    below = [x2 * t1 / t for _, t1, x2, _, t in rates]
    r, s = _ratio(above, below, "rate ratio")
    apart = math.fsum((t1 / t) * (t2 / t) * (x1 + x2) for x1, t1, x2, t2, t in rates)
    found = _Common(math.log(r / s), _error(apart / (r * s)), below)
    effects = [log_rate_ratio(*arms) for arms in studies if arms[0][0] + arms[1][0] > 0]
    return _pooled(found, effects, level, MANTEL_HAENSZEL)


def peto_odds_ratio(studies: Sequence[Arms], level: float = 95.0) -> PooledResult:
    """Return the log of the common odds ratio by Peto's one-step method, from (events, n) of both arms.

    Sum of observed less expected events over the sum of their hypergeometric variances: Yusuf et
    al., Prog Cardiovasc Dis 1985;27:335-371, appendix. It is biased where the effect is large or
    the arms differ much in size (Greenland and Salvan, Stat Med 1990;9:247-252).
    Raises ValueError for no study or an impossible count, and where no study has both an event and
    somebody without.
    """
    apart, variances = [], []
    for (a, n1), (c, n2) in _seen(studies):
        n, events = n1 + n2, a + c
        apart.append(a - events * n1 / n)
        variances.append(events * (n - events) * (n1 / n) * (n2 / n) / (n - 1))
    total = math.fsum(variances)
    if total == 0:
        raise ValueError("no study has both an event and somebody without: there is no odds ratio")
    estimate = math.fsum(apart) / total
    informative = [(o, v) for o, v in zip(apart, variances, strict=True) if v > 0]
    effects = [Effect(o / v, 1 / v, "log odds ratio") for o, v in informative]
    return _pooled(_Common(estimate, 1 / math.sqrt(total), variances), effects, level, PETO)


def _seen(studies: Sequence[Arms]) -> Sequence[Arms]:
    if not studies:
        raise ValueError("there is no study to pool")
    for treated, control in studies:
        share(*treated)
        share(*control)
    return studies


def _tables(studies: Sequence[Arms]) -> list[tuple[int, int, int, int]]:
    return [(a, n1 - a, c, n2 - c) for (a, n1), (c, n2) in _seen(studies)]


def _times(first: Sequence[float], second: Sequence[float]) -> float:
    return math.fsum(one * other for one, other in zip(first, second, strict=True))


def _ratio(above: list[float], below: list[float], name: str) -> tuple[float, float]:
    r, s = math.fsum(above), math.fsum(below)
    if r == 0 or s == 0:
        message = f"the common {name} is 0 or infinite: one arm has no event, or nothing else"
        raise ValueError(message)
    return r, s


def _error(variance: float) -> float:
    if not variance > 0:
        raise ValueError("the arms do not vary: the common effect has no variance")
    return math.sqrt(variance)


def _effects(studies: Sequence[Arms], effect: Callable[[Counts, Counts], Effect]) -> list[Effect]:
    """Return the studies' own effects, without those that say nothing about a ratio."""
    told = [
        (treated, control)
        for treated, control in studies
        if 0 < treated[0] + control[0] < treated[1] + control[1]
    ]
    return [effect(*arms) for arms in told]


def _pooled(found: _Common, effects: list[Effect], level: float, method: str) -> PooledResult:
    half = normal_quantile(level) * found.error
    total = math.fsum(found.weights)
    return PooledResult(
        estimate=found.estimate,
        standard_error=found.error,
        low=found.estimate - half,
        high=found.estimate + half,
        p=normal_p(found.estimate / found.error),
        level=level,
        k=len(found.weights),
        weights=tuple(100 * weight / total for weight in found.weights),
        prediction_low=None,
        prediction_high=None,
        heterogeneity=_spread(found.estimate, effects, level),
        method=f"{method}, Wald interval",
    )


def _spread(centre: float, effects: list[Effect], level: float) -> HeterogeneityResult:
    """Return Q of the studies about the common effect, each weighted by its own inverse variance.

    Cochrane Handbook, section 10.10.2; metafor's QE. Where a count is 0 the effects have 1/2 added.
    """
    degrees = max(len(effects) - 1, 0)
    q = math.fsum((effect.estimate - centre) ** 2 / effect.variance for effect in effects)
    q = q if degrees else 0.0
    return HeterogeneityResult(
        q=q,
        degrees=degrees,
        p=chi_squared_p(q, degrees) if degrees else 1.0,
        tau_squared=0.0,
        tau_squared_low=None,
        tau_squared_high=None,
        i_squared=max(0.0, 100 * (q - degrees) / q) if q else 0.0,
        i_squared_low=None,
        i_squared_high=None,
        h_squared=max(1.0, q / degrees) if degrees else 1.0,
        h_squared_low=None,
        h_squared_high=None,
        level=level,
        method="one common effect assumed, I² from Q",
    )
