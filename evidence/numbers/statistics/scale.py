"""Scales on which an estimate is nearly normal, and the way back."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass


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
