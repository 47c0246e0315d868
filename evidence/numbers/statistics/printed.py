"""What a printed number tells: the whole numbers behind a percentage, the error behind an interval."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evidence.numbers.statistics.distribution import IDENTITY, LOG, Scale, normal_p, normal_quantile

# Which whole numbers can give a printed percentage.
#
# Brown and Heathers, Soc Psychol Personal Sci 2017;8:363-369 (the GRIM test), for percentages. A
# percentage that no whole number gives shows a mistake somewhere, or a base other than the one
# stated; it does not say which, and never why.

GRANULARITY = "granularity (GRIM); rounded half up, half to even, or cut off"


@dataclass(frozen=True)
class GranularityResult:
    """The counts that give a printed percentage, and whether the test says anything.

    ``counts`` give it by rounding, half up or half to even; ``cut`` only when digits are cut off
    instead. ``power`` is the share of all printed percentages that no count gives by rounding,
    from 0 (every percentage can be reached) towards 1; without it the test says nothing.
    """

    counts: tuple[int, ...]
    has_power: bool
    cut: tuple[int, ...] = ()
    power: float = 0.0
    method: str = GRANULARITY


@dataclass(frozen=True)
class SizesResult:
    """The sizes with which every printed percentage can be reached by rounding.

    ``has_power`` is false when some size is so large that it reaches every percentage.
    """

    sizes: tuple[int, ...]
    has_power: bool
    method: str = GRANULARITY


def reachable_counts(printed: Decimal, n: int) -> GranularityResult:
    """Return the whole numbers of ``n`` people that give ``printed`` percent at its decimals.

    There is power only while one person is more than one step of the last printed digit, 100 / n
    percent above 10 to the power of minus the decimals (Brown and Heathers); the power is
    then 1 - (n + 1) / (number of percentages from 0 to 100 with so many decimals), as each count
    gives one. Without power no counts are listed: there would be many, and they say nothing.
    Below 0 and above 100 percent there are none, whatever ``n``. Decimals are those of
    ``printed``: 34 has none, 34.0 has one.
    Raises ValueError when ``n`` is below 1 or ``printed`` is not a number.
    """
    if n < 1:
        message = f"{n} people have no percentage"
        raise ValueError(message)
    value, steps = _in_steps(printed)
    if not 0 <= value <= steps:
        return GranularityResult((), has_power=True, power=1.0)
    if n >= steps:
        return GranularityResult((), has_power=False)
    # The counts whose exact percentage lies less than a step away from the printed one
    first, last = max(0, (value - 1) * n // steps), min(n, (value + 1) * n // steps + 1)
    rounded, cut = [], []
    for count in range(first, last + 1):
        whole, rest = divmod(count * steps, n)
        nearest = {whole + (2 * rest >= n), whole + (2 * rest > n or (2 * rest == n and whole % 2))}
        if value in nearest:
            rounded.append(count)
        elif value == whole:
            cut.append(count)
    power = 1 - (n + 1) / (steps + 1)
    return GranularityResult(tuple(rounded), has_power=True, cut=tuple(cut), power=power)


def reachable_sizes(printed: Sequence[Decimal], sizes: Iterable[int]) -> SizesResult:
    """Return those of ``sizes`` at which every one of the ``printed`` percentages can be reached.

    For percentages of one and the same group whose size is unknown, or doubted: none left means
    that no single base gives them all.
    Raises ValueError for no percentage, no size, a size below 1 or a percentage not a number.
    """
    tried = sorted(set(sizes))
    if not printed or not tried:
        raise ValueError("there must be a percentage and a size to try")
    by_size = {n: [reachable_counts(percentage, n) for percentage in printed] for n in tried}
    fitting = tuple(
        n
        for n, results in by_size.items()
        if all(result.counts or not result.has_power for result in results)
    )
    # The percentage with most decimals is the one that tells most
    has_power = all(any(result.has_power for result in results) for results in by_size.values())
    return SizesResult(fitting, has_power)


def _in_steps(printed: Decimal) -> tuple[int, int]:
    """Return the percentage, and 100 percent, in steps of the last printed digit."""
    exponent = printed.as_tuple().exponent
    if not isinstance(exponent, int):
        message = f"{printed} is not a percentage"
        raise ValueError(message)  # noqa: TRY004 - a Decimal may be no number at all
    decimals = max(0, -exponent)
    return int(printed.scaleb(decimals)), 100 * 10**decimals


# From a printed interval to its standard error and p-value, and from a p-value back.
#
# On the scale where the interval is symmetric: ``IDENTITY`` for a difference, ``LOG`` for a ratio,
# ``LOGIT`` for a share between 0 and 1. All of it supposes that estimate and interval came from a
# normal distribution on that scale; for an exact interval or a score interval it is a rough guide,
# and the printed digits limit it: an end printed as 0.3 may be anything from 0.25 to 0.35.

FROM_PRINT = "Altman and Bland 2011, normal distribution"


@dataclass(frozen=True)
class FromIntervalResult:
    """What an interval implies; ``standard_error`` and ``z`` on the scale of the method."""

    standard_error: float
    z: float
    p: float
    method: str


@dataclass(frozen=True)
class FromPResult:
    """The interval that an estimate and its p-value imply, in the units of the estimate."""

    standard_error: float
    z: float
    low: float
    high: float
    level: float
    method: str


def standard_error(low: float, high: float, level: float = 95.0, scale: Scale = IDENTITY) -> float:
    """Return the standard error that an interval implies, on its ``scale``.

    Altman and Bland, BMJ 2011;343:d2304, step 1: the width divided by twice the normal quantile
    (1.96 for 95 percent). An interval without width gives 0.
    Raises ValueError when ``low`` is above ``high`` or an end is not on the scale.
    """
    first, last = scale.forward(low), scale.forward(high)
    if not first <= last:
        message = f"{low} to {high} is not an interval: it ends before it begins"
        raise ValueError(message)
    return (last - first) / (2 * normal_quantile(level))


def middle(low: float, high: float, scale: Scale = IDENTITY) -> float:
    """Return the estimate that an interval implies: its middle on ``scale``, in its own units.

    For a ratio this is the geometric mean of the ends. Raises ValueError when an end is not on
    the scale.
    """
    return scale.back((scale.forward(low) + scale.forward(high)) / 2)


def p_from_interval(
    estimate: float, low: float, high: float, level: float = 95.0, scale: Scale = IDENTITY
) -> FromIntervalResult:
    """Return the two-sided p-value, for no effect, that an estimate and its interval imply.

    Altman and Bland, BMJ 2011;343:d2304, with the normal distribution itself in place of their
    approximation exp(-0.717 z - 0.416 z²). No effect is 0 for a difference, 1 for a ratio.
    Raises ValueError for an interval without width, one that leaves its estimate out, and values
    that are not on the scale; so too for the logit scale, where no value means no effect.
    """
    _has_no_effect(scale)
    if not low <= estimate <= high:
        message = f"{estimate} lies outside its interval, {low} to {high}"
        raise ValueError(message)
    error = standard_error(low, high, level, scale)
    if error == 0:
        message = f"{low} to {high} has no width: it implies no p-value"
        raise ValueError(message)
    z = scale.forward(estimate) / error
    return FromIntervalResult(error, z, normal_p(z), f"{FROM_PRINT}, {scale.name}")


def interval_from_p(
    estimate: float, p: float, level: float = 95.0, scale: Scale = IDENTITY
) -> FromPResult:
    """Return the interval that an estimate and its two-sided p-value imply.

    Altman and Bland, BMJ 2011;343:d2090, with the normal quantile itself in place of their
    approximation -0.862 + sqrt(0.743 - 2.404 log p). For a p-value printed as "< 0.001" the
    interval for 0.001 is the widest that fits.
    Raises ValueError when ``p`` is not between 0 and 1, both out, when the estimate is no effect
    (any interval fits then), and for the logit scale, where no value means no effect.
    """
    _has_no_effect(scale)
    if not 0 < p < 1:
        message = f"a p-value of {p} implies no interval: one between 0 and 1 does"
        raise ValueError(message)
    value = scale.forward(estimate)
    if value == 0:
        message = f"an estimate of {estimate} is no effect: its p-value implies no interval"
        raise ValueError(message)
    z = normal_quantile(100 * (1 - p))
    error = abs(value) / z
    half = normal_quantile(level) * error
    low, high = scale.back(value - half), scale.back(value + half)
    return FromPResult(
        error, math.copysign(z, value), low, high, level, f"{FROM_PRINT}, {scale.name}"
    )


def _has_no_effect(scale: Scale) -> None:
    if scale not in {IDENTITY, LOG}:
        message = f"on the scale {scale.name!r} no value means no effect"
        raise ValueError(message)
