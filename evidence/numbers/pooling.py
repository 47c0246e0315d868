"""How shares are pooled on this site, what is known of it before, and when it would mislead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from evidence.numbers.quantity import number_text, rounded, share_text
from evidence.numbers.statistics.logistic import pool_logistic
from evidence.numbers.statistics.pooled_proportion import (
    PooledProportionResult,
    pool_double_arcsines,
    pool_logits,
)
from evidence.numbers.statistics.pooling import random_effects
from evidence.numbers.statistics.proportions import clopper_pearson

# When a pooled result would mislead if it stood alone, and the plain words that go with it.
#
# A rule for each kind of misleading; none of them changes a number. The words go wherever the result
# goes: figure, alternative text, table, study page and downloads.

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
            "The prediction interval covers nearly the whole scale: what is true of a further study "
            "could be almost anything"
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


# A share pooled over studies: its parts, what can be known of it before, and how it is kept.

Counts = tuple[int, int]


@dataclass(frozen=True)
class OtherShare:
    """The same share by another method, to show how much hangs on the method."""

    name: str
    words: str
    percent: float
    low: float
    high: float
    method: str
    cautions: tuple[str, ...] = ()


Kind = Literal["pooled", "one-group", "one-study"]


@dataclass(frozen=True)
class PooledShare:
    """What ``k`` studies with ``events`` among ``n`` show together, in percent.

    ``kind`` "pooled": the share in a study in the middle by the model that ``method`` names, with its
    prediction interval (None for two studies), tau², I² in percent, and Q as ``q_name`` calls it, all
    of that model; ``cautions`` are sentences that go with it. "one-group": everybody, or nobody, had
    the outcome, so nothing is pooled; "one-study": there is one. These have the plain share of all
    people with its exact interval, and nothing else.
    """

    kind: Kind
    k: int
    events: int
    n: int
    percent: float
    low: float
    high: float
    method: str
    prediction: tuple[float, float] | None = None
    tau_squared: float | None = None
    i_squared: float | None = None
    q: float | None = None
    q_p: float | None = None
    q_name: str = "Q"
    others: tuple[OtherShare, ...] = ()
    cautions: tuple[str, ...] = ()


Pool = Callable[[list[Counts]], PooledShare]


def revived(fields: dict[str, Any]) -> PooledShare:
    """Return what ``dataclasses.asdict`` and JSON made of a pooled share."""
    prediction = fields["prediction"]
    listed = {
        "prediction": None if prediction is None else tuple(prediction),
        "others": tuple(
            OtherShare(**other | {"cautions": tuple(other["cautions"])})
            for other in fields["others"]
        ),
        "cautions": tuple(fields["cautions"]),
    }
    return PooledShare(**fields | listed)


def unknown(counts: list[Counts]) -> PooledShare:
    """Return a result that has the parts of a real one, and no numbers that mean anything.

    Two studies have no prediction interval; where nothing is pooled there is no heterogeneity, and
    no other method.
    """
    events, n = (sum(column) for column in zip(*counts, strict=True))
    alone = len(counts) == 1
    bare = PooledShare(
        kind="one-study" if alone else "one-group",
        k=len(counts),
        events=events,
        n=n,
        percent=50.0,
        low=0.0,
        high=100.0,
        method="",
    )
    if alone or events in {0, n}:
        return bare
    return replace(
        bare,
        kind="pooled",
        prediction=(0.0, 100.0) if len(counts) > 2 else None,
        tau_squared=0.0,
        i_squared=0.0,
        q=0.0,
        q_p=1.0,
        others=(
            OtherShare("logit", "", 50.0, 0.0, 100.0, ""),
            OtherShare("double-arcsine", "", 50.0, 0.0, 100.0, ""),
        ),
    )


# How shares are pooled on this site: the method of choice, and two others beside it.

# Without the ad hoc rule, studies that agree by chance have an interval without width
POOL = partial(random_effects, interval="Hartung-Knapp, ad hoc")
EXACT = "exact interval of Clopper and Pearson"
ONE_GROUP = f"nothing pooled, everybody counted as one group, {EXACT}"
ONE_STUDY = f"one study alone, {EXACT}"


def pooled_share(counts: list[Counts]) -> PooledShare:
    """Return what (events, n) of each study show together, in percent.

    By a logistic model with a random intercept, which needs nothing added for studies in which
    nobody or everybody improved; where its likelihood has no maximum, on the logit scale. All that
    goes with the share (tau², I², Q, both intervals) is of the same model. The other methods stand
    beside it for comparison.

    Where nobody at all had the outcome, or everybody, no model can be fitted, and half an event
    added to each study would make up a share. So it is for one study alone. Then the people are
    counted as one group, with the exact interval.
    """
    events, n = (sum(column) for column in zip(*counts, strict=True))
    if len(counts) == 1 or events in {0, n}:
        return _one_group(len(counts), events, n)
    logits = pool_logits(counts, POOL)
    try:
        chosen = pool_logistic(counts)
    except ValueError:  # the studies lie too far apart
        chosen = logits
    arcsines = pool_double_arcsines(counts, POOL)
    return _pooled(chosen, (_other("logit", "on the logit scale", logits),
                            _other("double-arcsine", "by double arcsines", arcsines)))  # fmt: skip


def _one_group(k: int, events: int, n: int) -> PooledShare:
    exact = clopper_pearson(events, n)
    return PooledShare(
        kind="one-study" if k == 1 else "one-group",
        k=k,
        events=events,
        n=n,
        percent=exact.percent,
        low=exact.low,
        high=exact.high,
        method=ONE_STUDY if k == 1 else ONE_GROUP,
    )


def _pooled(chosen: PooledProportionResult, others: tuple[OtherShare, ...]) -> PooledShare:
    prediction, heterogeneity = None, chosen.heterogeneity
    if chosen.prediction_low is not None and chosen.prediction_high is not None:
        prediction = (chosen.prediction_low, chosen.prediction_high)
    interval = (chosen.low, chosen.high)
    return PooledShare(
        kind="pooled",
        k=chosen.k,
        events=chosen.events,
        n=chosen.n,
        percent=chosen.percent,
        low=chosen.low,
        high=chosen.high,
        method=chosen.method,
        prediction=prediction,
        tau_squared=chosen.tau_squared,
        i_squared=heterogeneity.i_squared,
        q=heterogeneity.q,
        q_p=heterogeneity.p,
        q_name="likelihood-ratio Q" if "likelihood ratio" in heterogeneity.method else "Q",
        others=others,
        cautions=tuple(of_pooled(chosen.k, interval, prediction, "percent")),
    )


def _other(name: str, words: str, pooled: PooledProportionResult) -> OtherShare:
    low, high = pooled.low, pooled.high
    cautions = tuple(of_pooled(pooled.k, (low, high), None, "percent"))
    return OtherShare(name, words, pooled.percent, low, high, pooled.method, cautions)
