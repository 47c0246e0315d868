"""Scales on which an estimate is nearly normal, and the quantiles and tails of distributions."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

# Scales on which an estimate is nearly normal, and the way back.


@dataclass(frozen=True)
class Scale:
    """A transformation: ``forward`` to where intervals are symmetric, ``back`` to what is read."""

    name: str
    forward: Callable[[float], float]
    back: Callable[[float], float]


def log(ratio: float) -> float:
    """Return the natural logarithm. Raises ValueError unless ``ratio`` is above 0."""
    if not ratio > 0:
        message = f"{ratio} has no logarithm: a ratio is above 0"
        raise ValueError(message)
    return math.log(ratio)


def logit(share: float) -> float:
    """Return the log odds of a share. Raises ValueError unless it is between 0 and 1, both out."""
    if not 0 < share < 1:
        message = f"{share} has no logit: a share strictly between 0 and 1 has"
        raise ValueError(message)
    return math.log(share / (1 - share))


def expit(log_odds: float) -> float:
    """Return the share, between 0 and 1, that has these log odds."""
    # Each branch raises e to a negative power only, so that nothing overflows
    if log_odds >= 0:
        return 1 / (1 + math.exp(-log_odds))
    odds = math.exp(log_odds)
    return odds / (1 + odds)


def exponential(value: float) -> float:
    """Return e to the power of ``value``, infinite where a float ends."""
    try:
        return math.exp(value)
    except OverflowError:
        return math.inf


IDENTITY = Scale("as it is", float, float)  # differences
LOG = Scale("log", log, exponential)  # risk ratios, odds ratios, hazard ratios
LOGIT = Scale("logit", logit, expit)  # shares between 0 and 1


# Quantiles and tail probabilities, but one from SciPy, which is loaded when first asked for.


def normal_quantile(level: float) -> float:
    """Return z so that ``level`` percent of a normal distribution lie within plus or minus z.

    Wichura, Appl Stat 1988;37:477-484, algorithm AS 241, as Python's own library has it: a page that
    is rendered anew needs an interval, and should not have to load SciPy for it.
    """
    # The tail below, not the part above: it keeps its digits when the level is near 100
    return -NormalDist().inv_cdf(_tail(level))


def student_quantile(level: float, degrees: int) -> float:
    """Return t so that ``level`` percent of Student's distribution lie within plus or minus t."""
    from scipy.special import stdtrit  # noqa: PLC0415 - loaded only when something is computed

    return -float(stdtrit(degrees, _tail(level)))


def chi_squared_quantile(above: float, degrees: int) -> float:
    """Return the value that a chi-squared variable exceeds with probability ``above``."""
    from scipy.special import chdtri  # noqa: PLC0415 - loaded only when something is computed

    return float(chdtri(degrees, above))


def normal_p(z: float) -> float:
    """Return the two-sided p-value of a standard normal statistic."""
    from scipy.special import ndtr  # noqa: PLC0415 - loaded only when something is computed

    return 2 * float(ndtr(-abs(z)))


def student_p(t: float, degrees: int) -> float:
    """Return the two-sided p-value of a Student statistic."""
    from scipy.special import stdtr  # noqa: PLC0415 - loaded only when something is computed

    return 2 * float(stdtr(degrees, -abs(t)))


def chi_squared_p(statistic: float, degrees: int) -> float:
    """Return the probability that a chi-squared variable is larger than ``statistic``."""
    from scipy.special import chdtrc  # noqa: PLC0415 - loaded only when something is computed

    return float(chdtrc(degrees, statistic))


def _tail(level: float) -> float:
    if not 0 < level < 100:
        message = f"a level of {level} percent is not between 0 and 100"
        raise ValueError(message)
    return (100 - level) / 200
