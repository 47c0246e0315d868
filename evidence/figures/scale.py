"""From numbers to pixels along one direction of a figure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

Amount = Decimal | float

LOGARITHMIC_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class AxisScale:
    """Numbers from ``low`` to ``high`` drawn between the pixels ``start`` and ``end``."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...] = ()
    logarithmic: bool = False

    def at(self, number: Amount) -> float:
        """Return the pixel of ``number``."""
        low, high, here = float(self.low), float(self.high), float(number)
        if self.logarithmic:
            low, high, here = math.log(low), math.log(high), math.log(here)
        return self.start + (here - low) / (high - low) * (self.end - self.start)


def linear(numbers: list[Amount], start: float, end: float, most: int = 5) -> AxisScale:
    """Return a scale from round number to round number that holds ``numbers`` and zero."""
    low, high = min(0.0, *map(float, numbers)), max(0.0, *map(float, numbers))
    high = high if high > low else low + 1
    step = _step(high - low, most)
    first, last = math.floor(round(low / step, 9)), math.ceil(round(high / step, 9))
    ticks = tuple(round(count * step, 9) for count in range(first, last + 1))
    return AxisScale(ticks[0], ticks[-1], start, end, ticks)


def percentages(start: float, end: float) -> AxisScale:
    """Return the scale of a whole: 0 to 100."""
    return AxisScale(0, 100, start, end, (0, 25, 50, 75, 100))


def ratios(numbers: list[Amount], start: float, end: float, most: int = 6) -> AxisScale:
    """Return a logarithmic scale that holds ``numbers``, all above zero, on both sides of one."""
    low, high = min(0.9, *map(float, numbers)), max(1.1, *map(float, numbers))
    steps = _logarithmic_steps(math.floor(math.log10(low)), math.ceil(math.log10(high)))
    below = [step for step in steps if step <= low]
    above = [step for step in steps if step >= high]
    ticks = [step for step in steps if below[-1] <= step <= above[0]]
    if len(ticks) > most:
        powers = [tick for tick in ticks if math.log10(tick).is_integer()]
        ticks = sorted({ticks[0], *powers, ticks[-1]})
    return AxisScale(ticks[0], ticks[-1], start, end, tuple(ticks), logarithmic=True)


def _logarithmic_steps(first: int, last: int) -> list[float]:
    return [
        float(Decimal(step).scaleb(power))
        for power in range(first - 1, last + 1)
        for step in LOGARITHMIC_STEPS
    ]


def _step(span: float, most: int) -> float:
    """Return 1, 2, 2.5 or 5 times a power of ten: the finest with at most ``most`` steps."""
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(
        factor * power for factor in (1, 2, 2.5, 5, 10, 20) if span / (factor * power) <= most
    )
