"""The number needed to treat, for one more person to benefit or to be harmed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from evidence.numbers.statistics.difference import DifferenceResult


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
