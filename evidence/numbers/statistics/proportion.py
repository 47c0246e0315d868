"""Intervals for one proportion."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.numbers.statistics.quantile import normal_quantile


@dataclass(frozen=True)
class ProportionResult:
    """A proportion in percent with its interval at ``level`` percent, and the method in words."""

    percent: float
    low: float
    high: float
    level: float
    method: str

    @property
    def fault(self) -> str:
        """Return in words why the interval should not be printed, or nothing.

        Only the simple interval leaves the scale, or has no width at 0 and n events.
        """
        if self.low < 0 or self.high > 100:
            return "it leaves the scale from 0 to 100"
        return "it has no width" if self.low == self.high else ""


def clopper_pearson(events: int, n: int, level: float = 95.0) -> ProportionResult:
    """Return the exact interval of ``events`` among ``n``, in percent.

    Clopper and Pearson, Biometrika 1934;26:404-413, through quantiles of the beta distribution
    (Newcombe, Stat Med 1998;17:857-872, method 5). With no event the interval begins at 0, with
    nothing but events it ends at 100.
    Raises ValueError when ``n`` is below 1 or ``events`` outside 0 to ``n``.
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - loaded only when something is computed

    percent = 100 * share(events, n)
    tail = (1 - level / 100) / 2
    low = 0.0 if events == 0 else float(betaincinv(events, n - events + 1, tail))
    high = 1.0 if events == n else float(betaincinv(events + 1, n - events, 1 - tail))
    method = "Clopper-Pearson exact interval"
    return ProportionResult(percent, 100 * low, 100 * high, level, method)


def wilson(events: int, n: int, level: float = 95.0) -> ProportionResult:
    """Return the score interval of ``events`` among ``n``, in percent.

    Wilson, J Am Stat Assoc 1927;22:209-212, without continuity correction (Newcombe, Stat Med
    1998;17:857-872, method 3). With no event the interval begins at 0, with nothing but events it
    ends at 100.
    Raises ValueError when ``n`` is below 1 or ``events`` outside 0 to ``n``.
    """
    observed = share(events, n)
    z = normal_quantile(level)
    centre = observed + z * z / (2 * n)
    spread = z * (observed * (1 - observed) / n + z * z / (4 * n * n)) ** 0.5
    scale = 1 + z * z / n
    low = 0.0 if events == 0 else (centre - spread) / scale
    high = 1.0 if events == n else (centre + spread) / scale
    return ProportionResult(100 * observed, 100 * low, 100 * high, level, "Wilson score interval")


def wald_proportion(events: int, n: int, level: float = 95.0) -> ProportionResult:
    """Return the simple large-sample interval of ``events`` among ``n``, in percent.

    The share plus and minus z standard errors (Newcombe, Stat Med 1998;17:857-872, method 1). Many
    papers print it; it is too short for small n, has no width at 0 and n events, and can leave
    the scale, as it is kept here: see ``fault``.
    Raises ValueError when ``n`` is below 1 or ``events`` outside 0 to ``n``.
    """
    observed = share(events, n)
    half = normal_quantile(level) * (observed * (1 - observed) / n) ** 0.5
    low, high = 100 * (observed - half), 100 * (observed + half)
    return ProportionResult(100 * observed, low, high, level, "Wald interval")


def jeffreys(events: int, n: int, level: float = 95.0) -> ProportionResult:
    """Return the equal-tailed Jeffreys interval of ``events`` among ``n``, in percent.

    Brown, Cai and DasGupta, Stat Sci 2001;16:101-133: quantiles of the beta distribution with
    parameters events + 1/2 and n - events + 1/2. As they advise, with no event the interval
    begins at 0, with nothing but events it ends at 100.
    Raises ValueError when ``n`` is below 1 or ``events`` outside 0 to ``n``.
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - loaded only when something is computed

    percent = 100 * share(events, n)
    tail = (1 - level / 100) / 2
    above, below = events + 0.5, n - events + 0.5
    low = 0.0 if events == 0 else float(betaincinv(above, below, tail))
    high = 1.0 if events == n else float(betaincinv(above, below, 1 - tail))
    return ProportionResult(percent, 100 * low, 100 * high, level, "Jeffreys interval")


def share(events: int, n: int) -> float:
    """Return ``events / n``, between 0 and 1.

    Raises ValueError when ``n`` is below 1 or ``events`` outside 0 to ``n``.
    """
    if n < 1 or not 0 <= events <= n:
        message = f"{events} events among {n} is not a proportion"
        raise ValueError(message)
    return events / n
