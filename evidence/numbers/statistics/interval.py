"""From a printed interval to its standard error and p-value, and from a p-value back.

On the scale where the interval is symmetric: ``IDENTITY`` for a difference, ``LOG`` for a ratio,
``LOGIT`` for a share between 0 and 1. All of it supposes that estimate and interval came from a
normal distribution on that scale; for an exact interval or a score interval it is a rough guide,
and the printed digits limit it: an end printed as 0.3 may be anything from 0.25 to 0.35.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from evidence.numbers.statistics.quantile import normal_p, normal_quantile
from evidence.numbers.statistics.scale import IDENTITY, LOG, Scale

METHOD = "Altman and Bland 2011, normal distribution"


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
    return FromIntervalResult(error, z, normal_p(z), f"{METHOD}, {scale.name}")


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
    return FromPResult(error, math.copysign(z, value), low, high, level, f"{METHOD}, {scale.name}")


def _has_no_effect(scale: Scale) -> None:
    if scale not in {IDENTITY, LOG}:
        message = f"on the scale {scale.name!r} no value means no effect"
        raise ValueError(message)
