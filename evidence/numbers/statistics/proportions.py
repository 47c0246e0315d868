"""One proportion and two that are independent: intervals, differences, the number needed to treat."""

from __future__ import annotations

import math
from dataclasses import dataclass

from evidence.numbers.statistics.distribution import normal_quantile

# Intervals for one proportion.


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


# The difference of two independent proportions.

LEAST, MOST = -100.0, 100.0  # percentage points between two shares


@dataclass(frozen=True)
class DifferenceResult:
    """A risk difference in percentage points with its interval, and the method in words."""

    points: float
    low: float
    high: float
    level: float
    method: str

    @property
    def fault(self) -> str:
        """Return in words why the interval should not be printed, or nothing.

        The simple interval leaves the scale when arms are small, and has no width when each arm has
        all events or none (Newcombe, Stat Med 1998;17:873-890, "overshoot" and "degenerate").
        """
        if self.low < LEAST or self.high > MOST:
            return "it leaves the scale from −100 to 100"
        return "it has no width" if self.low == self.high else ""


def wald(
    treated: tuple[int, int], control: tuple[int, int], level: float = 95.0
) -> DifferenceResult:
    """Return treated minus control from (events, n) of each arm, with the simple interval.

    The standard large-sample interval with unpooled variance (Newcombe, Stat Med 1998;17:873-890,
    method 1). It is the one most trial reports print; it is poor for small arms, which take
    it beyond -100 or 100, and has no width when each arm has all events or none: see ``fault``.
    Raises ValueError when an arm is empty or has more events than people.
    """
    shares = [share(*treated), share(*control)]
    variance = sum(
        part * (1 - part) / n for part, (_, n) in zip(shares, (treated, control), strict=True)
    )
    points = shares[0] - shares[1]
    half = normal_quantile(level) * math.sqrt(variance)
    return DifferenceResult(
        100 * points, 100 * (points - half), 100 * (points + half), level, "Wald interval"
    )


def newcombe(
    treated: tuple[int, int], control: tuple[int, int], level: float = 95.0
) -> DifferenceResult:
    """Return treated minus control from (events, n) of each arm, with the hybrid score interval.

    Newcombe, Stat Med 1998;17:873-890, method 10: made from the Wilson interval of each arm. It
    never leaves -100 to 100 and has width even when each arm has all events or none.
    Raises ValueError when an arm is empty or has more events than people.
    """
    first, second = wilson(*treated, level), wilson(*control, level)
    points = first.percent - second.percent
    low = points - math.hypot(first.percent - first.low, second.high - second.percent)
    high = points + math.hypot(first.high - first.percent, second.percent - second.low)
    low, high = max(low, LEAST), min(high, MOST)  # beyond them by rounding alone
    return DifferenceResult(points, low, high, level, "Newcombe hybrid score interval")


# The number needed to treat, for one more person to benefit or to be harmed.


@dataclass(frozen=True)
class NumberNeeded:
    """How many people to treat for one more to benefit (``kind`` NNTB) or to be harmed (NNTH).

    ``people`` is infinite when there is no difference.
    """

    people: float
    kind: str

    @property
    def shown(self) -> str:
        """Return the number: with one decimal below 100, with none above."""
        if math.isinf(self.people):
            return "infinity"
        places = 1 if self.people < 100 else 0
        return f"{self.people:.{places}f}".removesuffix(".0")

    @property
    def words(self) -> str:
        """Return the number after its kind."""
        return self.shown if math.isinf(self.people) else f"{self.kind} {self.shown}"


@dataclass(frozen=True)
class NumberNeededResult:
    """The number needed to treat with its interval, which may pass through infinity.

    ``best`` and ``worst`` are the ends of the interval: from most benefit to most harm.
    ``crosses`` is true when the interval holds "no effect": then it runs from NNTB ``best``
    through infinity to NNTH ``worst``, and numbers between them in size are outside it.
    """

    number: NumberNeeded
    best: NumberNeeded
    worst: NumberNeeded
    crosses: bool
    level: float
    words: str
    method: str


def number_needed_to_treat(
    difference: DifferenceResult, *, events_are_good: bool
) -> NumberNeededResult:
    """Return the number needed to treat that belongs to a risk difference and its interval.

    Altman, BMJ 1998;317:1309-1312: 100 divided by the difference in percentage points, and by
    each end of its interval; an interval that holds 0 goes through infinity and is written "NNTB
    a to infinity to NNTH b". ``events_are_good`` says whether more events with treatment are a
    benefit (remission) or a harm (death). The number says nothing without the comparison and the
    follow-up that it comes from. No difference gives infinity, never an error. A Wald interval of
    small arms may end beyond 100 points, which gives a number below 1: take Newcombe's then.
    """
    sign = 1 if events_are_good else -1
    number = _needed(sign * difference.points)
    best, worst = (
        _needed(end)
        for end in sorted((sign * difference.low, sign * difference.high), reverse=True)
    )
    crosses = difference.low < 0 < difference.high
    if crosses:
        between = f"{best.words} to infinity to {worst.words}"
    else:  # all benefit or all harm: the smaller number first
        ends = sorted((best, worst), key=lambda end: end.people)
        between = " to ".join(end.shown for end in ends)
    words = f"{number.words} ({difference.level:g}% CI {between})"
    method = f"100 divided by the risk difference and the ends of its {difference.method}"
    return NumberNeededResult(number, best, worst, crosses, difference.level, words, method)


def _needed(points: float) -> NumberNeeded:
    people = math.inf if points == 0 else abs(100 / points)
    return NumberNeeded(people, "NNTB" if points >= 0 else "NNTH")
