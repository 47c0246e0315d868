"""Events in the time that people were observed: one rate, and the ratio and difference of two.

A rate without events has no logarithm. The rule is that of ``effect``: when either arm has no event,
1/2 is added to the events of both, never to the time, as metafor does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from evidence.numbers.statistics.distribution import chi_squared_quantile
from evidence.numbers.statistics.effect import Effect

Rate = tuple[int, float]  # events, and the time over which all people together were observed


@dataclass(frozen=True)
class RateResult:
    """Events in one unit of time, with the interval at ``level`` percent, and the method in words."""

    rate: float
    low: float
    high: float
    level: float
    method: str


def exact_rate(events: int, time: float, level: float = 95.0) -> RateResult:
    """Return events divided by ``time``, in events for one unit of it, with its exact interval.

    Garwood, Biometrika 1936;28:437-442: half a quantile of chi-squared with 2 x degrees of freedom
    below, with 2 (x + 1) above, divided by the time. With no event the interval begins at 0.
    Raises ValueError for fewer than 0 events, and for a time that is not above 0.
    """
    _possible((events, time))
    tail = (100 - level) / 200
    low = 0.0 if events == 0 else chi_squared_quantile(1 - tail, 2 * events) / 2
    high = chi_squared_quantile(tail, 2 * events + 2) / 2
    method = "Garwood exact interval"
    return RateResult(events / time, low / time, high / time, level, method)


def log_rate(events: int, time: float) -> Effect:
    """Return the natural log of a rate; its variance is 1 / events.

    Rothman, Greenland and Lash, Modern epidemiology, 2008, chapter 14; metafor's measure "IRLN".
    Raises ValueError for fewer than 0 events, and for a time that is not above 0.
    """
    _possible((events, time))
    counted = events or 0.5
    return Effect(math.log(counted / time), 1 / counted, "log rate", events == 0)


def log_rate_ratio(treated: Rate, control: Rate) -> Effect:
    """Return the natural log of the ratio of rates, treated to control, from (events, time) of each.

    Variance 1/x1 + 1/x2: Rothman, Greenland and Lash, Modern epidemiology, 2008, chapter 14;
    metafor's measure "IRR".
    Raises ValueError when there is no event in either arm, and as ``log_rate`` does.
    """
    (first, time1), (second, time2), adjusted = _halved(treated, control)
    if treated[0] == control[0] == 0:
        raise ValueError("no event in either arm: a rate ratio cannot be estimated")
    estimate = math.log(first / time1) - math.log(second / time2)
    return Effect(estimate, 1 / first + 1 / second, "log rate ratio", adjusted)


def rate_difference(treated: Rate, control: Rate) -> Effect:
    """Return the difference of rates, treated minus control, from (events, time) of each arm.

    Variance x1/t1² + x2/t2²: Rothman, Greenland and Lash, Modern epidemiology, 2008, chapter 14;
    metafor's measure "IRD". Where an arm has no event, 1/2 is added for the variance alone; the
    estimate stays what was seen, as for a risk difference.
    Raises ValueError as ``log_rate`` does.
    """
    (first, time1), (second, time2), adjusted = _halved(treated, control)
    estimate = treated[0] / time1 - control[0] / time2
    return Effect(estimate, first / time1**2 + second / time2**2, "rate difference", adjusted)


def _halved(treated: Rate, control: Rate) -> tuple[tuple[float, float], tuple[float, float], bool]:
    _possible(treated)
    _possible(control)
    adjusted = 0 in {treated[0], control[0]}
    extra = 0.5 if adjusted else 0.0
    return (treated[0] + extra, treated[1]), (control[0] + extra, control[1]), adjusted


def _possible(arm: Rate) -> None:
    events, time = arm
    if events < 0 or not 0 < time < math.inf:
        message = f"{events} events in a time of {time} is not a rate"
        raise ValueError(message)
