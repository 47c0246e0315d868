"""Intervals for one proportion."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ProportionResult:
    """A proportion in percent with its interval at ``level`` percent, and the method in words."""

    percent: float
    low: float
    high: float
    level: float
    method: str


def clopper_pearson(events: int, n: int, level: float = 95.0) -> ProportionResult:
    """Return the exact interval of ``events`` among ``n``, in percent.

    Clopper and Pearson, Biometrika 1934;26:404-413, through quantiles of the beta distribution.
    Raises ValueError when ``n`` is below 1 or ``events`` outside 0 to ``n``.
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - loaded only when something is computed

    _check(events, n)
    tail = (1 - level / 100) / 2
    low = 0.0 if events == 0 else float(betaincinv(events, n - events + 1, tail))
    high = 1.0 if events == n else float(betaincinv(events + 1, n - events, 1 - tail))
    method = "Clopper-Pearson exact interval"
    return ProportionResult(100 * events / n, 100 * low, 100 * high, level, method)


def wilson(events: int, n: int, level: float = 95.0) -> ProportionResult:
    """Return the score interval of ``events`` among ``n``, in percent.

    Wilson, J Am Stat Assoc 1927;22:209-212, without continuity correction.
    Raises ValueError when ``n`` is below 1 or ``events`` outside 0 to ``n``.
    """
    _check(events, n)
    z = normal_quantile(level)
    share = events / n
    centre = share + z * z / (2 * n)
    spread = z * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    scale = 1 + z * z / n
    low, high = max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)
    return ProportionResult(100 * share, 100 * low, 100 * high, level, "Wilson score interval")


def normal_quantile(level: float) -> float:
    """Return z so that ``level`` percent of a normal distribution lie within plus or minus z."""
    from scipy.special import ndtri  # noqa: PLC0415 - loaded only when something is computed

    return float(ndtri(0.5 + level / 200))


def _check(events: int, n: int) -> None:
    if n < 1 or not 0 <= events <= n:
        message = f"{events} events among {n} is not a proportion"
        raise ValueError(message)
