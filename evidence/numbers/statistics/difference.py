"""The difference of two independent proportions."""

from __future__ import annotations

import math
from dataclasses import dataclass

from evidence.numbers.statistics.proportion import share, wilson
from evidence.numbers.statistics.quantile import normal_quantile

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
