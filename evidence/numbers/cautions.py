"""When a pooled result would mislead if it stood alone, and the plain words that go with it.

A rule for each kind of misleading; none of them changes a number. The words go wherever the result
goes: figure, alternative text, table, study page and downloads.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from evidence.numbers.quantity import number_text, rounded, share_text

Scale = Literal["percent", "points", "ratio", "open"]

FEW = 3  # studies: Hartung-Knapp's t has then two degrees of freedom at most
WHOLE = 0.8  # of the scale
FACTOR = 100.0  # between the ends of a ratio's interval
POINTS_APART = 5.0  # percentage points between the study in the middle and all people
TIMES_APART = 1.5  # or so many times as many, of those with the outcome or of those without
NUMBERS = {2: "two", 3: "three"}
WIDTHS = {"percent": 100.0, "points": 200.0}


def of_pooled(
    k: int, interval: tuple[float, float], prediction: tuple[float, float] | None, scale: Scale
) -> Iterator[str]:
    """Yield what has to be said beside a result pooled over ``k`` studies, in sentences.

    Intervals are in printed units: percent, percentage points, or the ratio itself. An "open" scale
    has no ends to be compared with.
    """
    if 1 < k <= FEW:
        yield (
            f"Only {NUMBERS[k]} studies: how far studies lie apart cannot be known from so few, so "
            "do not rely on the interval"
        )
    if covers_all(*interval, scale):
        yield "The interval covers nearly the whole scale: together the studies say next to nothing"
    if prediction is not None and covers_all(*prediction, scale):
        yield (
            "The prediction interval covers nearly the whole scale: a further study could show "
            "almost anything"
        )


def covers_all(low: float, high: float, scale: Scale) -> bool:
    """Tell whether an interval leaves so little out that it says next to nothing."""
    if scale == "open":
        return False
    if scale == "ratio":
        return low <= 0 or high / low >= FACTOR
    return high - low >= WHOLE * WIDTHS[scale]


def far_from_people(percent: float, events: int, n: int) -> bool:
    """Tell whether the study in the middle and the plain share of people differ much.

    More than 5 percentage points, or one more than half as large again as the other; the same is
    asked of those without the outcome, so that 2% and 98% are treated alike. Shares that are
    printed alike do not differ.
    """
    plain = 100 * events / n
    if rounded(percent) == rounded(plain):
        return False
    if abs(percent - plain) > POINTS_APART:
        return True
    pairs = ((percent, plain), (100 - percent, 100 - plain))
    return any(max(pair) > TIMES_APART * min(pair) for pair in pairs)


def people_words(events: int, n: int) -> str:
    """Return "112 of 278 people (40.3%)"."""
    return f"{events:,} of {n:,} people ({share_text(events, n)})"


def beside_people(percent: float, events: int, n: int) -> str:
    """Return the plain share, and that it differs much from the study in the middle if it does."""
    words = people_words(events, n)
    if not far_from_people(percent, events, n):
        return words
    middle = number_text(rounded(percent))
    return f"{words}, which differs much from the {middle}% in a study in the middle"
