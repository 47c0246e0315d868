"""Of 100 people: risks without and with a treatment, their difference, the number needed to treat.

What a ratio makes of a stated risk, and what a difference makes of it. Formulas: Cochrane Handbook,
version 6, sections 14.1.5 and 15.4.4.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evidence.numbers.statistics.proportions import DifferenceResult, number_needed_to_treat

LEVEL = 95.0
# Two risks without treatment that lie this far apart, in people of 100, are shown both
APART = 10.0
TOO_HIGH = (
    "not worked out: at the risk without treatment here, the ratio would give more than everybody"
)
NO_RISK = "not worked out: no trial here gives the risk without treatment"
OTHER_RATIO = "not worked out: a ratio of this kind needs more than a risk"
CONVERTED = {"risk ratio", "odds ratio"}

Baseline = Literal["own", "middle", "lowest", "highest"]


@dataclass(frozen=True)
class Amount:
    """An estimate, the ends of its interval and their level in percent; None where not known."""

    value: float
    low: float | None = None
    high: float | None = None
    level: float | None = None

    @property
    def ends(self) -> tuple[float, float] | None:
        """Return the ends of the interval, if there is one."""
        return None if self.low is None or self.high is None else (self.low, self.high)

    def holds(self, number: float) -> bool | None:
        """Tell whether the interval holds ``number``; None where there is no interval."""
        return None if self.ends is None else self.ends[0] <= number <= self.ends[1]


@dataclass(frozen=True)
class Needed:
    """How many people to treat for one more, or one fewer, with the result; ``ends`` small first."""

    people: int
    ends: tuple[int, int]


@dataclass(frozen=True)
class Risks:
    """How many of 100 people have the result ``without`` and with treatment, and the difference.

    ``baseline`` says whose risk ``without`` is: that of the line's own control arm, or the middle, the
    lowest or the highest of the control arms of the trials; ``address`` is the finding with that arm.
    ``needed`` is None where no number needed to treat is defined.
    """

    without: float
    treated: Amount
    difference: Amount
    baseline: Baseline
    address: str
    needed: Needed | None


@dataclass(frozen=True)
class Ratio:
    """A relative effect; ``computed`` here from the counts, ``added`` when 1/2 was added to them."""

    measure: str
    amount: Amount
    computed: bool = False
    added: bool = False


# Risks, differences, and the number needed to treat


def risks_of(without: float, apart: Amount, baseline: Baseline, address: str) -> Risks:
    """Return the risks of an arm and a difference; the risk with treatment has no interval of its own."""
    treated = Amount(without + apart.value)
    return Risks(without, treated, apart, baseline, address, needed_to_treat(apart))


def at_baseline(without: float, ratio: Ratio, baseline: Baseline, address: str) -> Risks | None:
    """Return what a ratio makes of a risk of ``without`` people of 100; None where it passes all.

    The risk with treatment is the risk without times the risk ratio, or with the odds times the odds
    ratio (Cochrane Handbook 15.4.4.2 and 15.4.4.3); the ends of the interval alike. They are cut at 100.
    """
    value = _times(without, ratio.amount.value, ratio.measure)
    if value > 100:
        return None
    ends = ratio.amount.ends or (None, None)
    low, high = (
        None if end is None else min(100.0, _times(without, end, ratio.measure)) for end in ends
    )
    treated = Amount(value, low, high, ratio.amount.level)
    apart = Amount(
        value - without,
        None if low is None else low - without,
        None if high is None else high - without,
        ratio.amount.level,
    )
    return Risks(without, treated, apart, baseline, address, needed_to_treat(apart))


def _times(risk: float, ratio: float, measure: str) -> float:
    if measure == "odds ratio":
        odds = ratio * risk / (100 - risk) if risk < 100 else math.inf
        return 100.0 if math.isinf(odds) else 100 * odds / (1 + odds)
    return risk * ratio


def needed_to_treat(apart: Amount) -> Needed | None:
    """Return the number needed to treat, if there is one.

    Only where the interval of the difference leaves out 0: otherwise it would run through infinity
    (Altman, BMJ 1998;317:1309-1312). Rounded up, as is the convention (Cochrane Handbook 15.4.4).
    """
    if apart.ends is None or apart.holds(0):
        return None
    low, high = apart.ends
    result = DifferenceResult(apart.value, low, high, apart.level or LEVEL, "interval")
    needed = number_needed_to_treat(result, events_are_good=apart.value > 0)
    ends = sorted(_up(end.people) for end in (needed.best, needed.worst))
    return Needed(_up(needed.number.people), (ends[0], ends[1]))


def _up(number: float) -> int:
    return math.ceil(round(number, 9))


# The risks without treatment that there are


def baselines_of(risks: Sequence[tuple[float, str]]) -> list[tuple[float, str, Baseline]]:
    """Return the risks without treatment to apply a ratio to: the middle one, or two that lie apart.

    Each is a control arm that exists, with its finding. With an even number, the lower of the middle two.
    """
    if not risks:
        return []
    ordered = sorted(risks)
    (low, first), (high, last) = ordered[0], ordered[-1]
    if high - low >= APART:
        return [(low, first, "lowest"), (high, last, "highest")]
    middle = statistics.median_low(ordered)
    return [(*middle, "middle" if len(ordered) > 1 else "own")]
