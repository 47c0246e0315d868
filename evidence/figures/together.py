"""Pooled results as items of a figure: the diamond, its prediction interval, the spread."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.figures.effects import Digits
from evidence.figures.item import Item, spoken
from evidence.quantity import number_text, rounded
from evidence.synthesis import Between, Together

STUDY, POOLED, REPORTED = "study", "pooled", "reported"
PREDICTION, SPREAD, BETWEEN, STEP = "prediction", "spread", "between", "step"
POINT = "point"
HERE = "Computed here"
ALONE = "share of people, no comparison group"


def pooled_items(
    found: Together, digits: Digits, scale: str, group: str, *, share: bool
) -> Iterator[Item]:
    """Yield the diamond, where a further study is expected, and how far the studies differ."""
    label = f"Pooled, {found.k} studies"
    whose = f"{group}, pooled" if group else "Pooled"
    named = f"{whose} over {found.k} studies{f' ({ALONE})' if share else ''}"
    yield pooled_item(found, digits, label, named, group)
    if found.prediction is not None:
        interval = digits.interval(*found.prediction)
        yield Item(
            label="Prediction interval",
            printed=f"95% prediction interval {interval.words}",
            sentence=f"{whose}, prediction interval: a further study like these would be expected "
            f"within {interval.words} (95%, computed here)",
            group=group,
            source=HERE,
            locator=found.method,
            low=interval.low,
            high=interval.high,
            basis="computed",
            interval_text=interval.words,
            level_text="95%",
            part=PREDICTION,
        )
    if found.q is not None and found.q_p is not None:
        words = spread_words(found, scale)
        yield Item(
            label="Spread between studies",
            printed=words,
            sentence=f"{whose}, spread between studies: {words}",
            group=group,
            source=HERE,
            locator=found.method,
            part=SPREAD,
        )


def pooled_item(found: Together, digits: Digits, label: str, named: str, group: str) -> Item:
    """Return what studies show together as one item, spoken of as ``named``."""
    interval, estimate = digits.interval(found.low, found.high), digits.number(found.estimate)
    said = digits.estimate(estimate)
    return Item(
        label=label,
        printed=f"{digits.said(said)} ({interval.level} {interval.words})",
        sentence=spoken(named, digits.said(said), interval, ""),
        group=group,
        source=HERE,
        locator=found.method,
        estimate=estimate,
        low=interval.low,
        high=interval.high,
        basis="computed",
        estimate_text=said,
        interval_text=interval.words,
        level_text=interval.level,
        part=POOLED,
    )


def spread_words(found: Together, scale: str) -> str:
    """Return "tau² 0.31 (log scale), I² 92%, Q 152.2 with 12 degrees of freedom, P < 0.001"."""
    tau = f"tau² {_small(found.tau_squared)}{f' ({scale})' if scale else ''}"
    squared = "" if found.i_squared is None else f", I² {number_text(rounded(found.i_squared, 0))}%"
    return f"{tau}{squared}, {_q_words(found.q or 0, found.k - 1, found.q_p or 0)}"


def between_item(between: Between, group: str) -> Item:
    """Return how far groups differ."""
    words = _q_words(between.q, between.degrees, between.p)
    return Item(
        label="Difference between groups",
        printed=words,
        sentence=f"Difference between groups: {words}",
        group=group,
        source=HERE,
        locator="Q between groups, each with its own tau²",
        part=BETWEEN,
    )


def _q_words(q: float, degrees: int, p: float) -> str:
    many = "" if degrees == 1 else "s"
    amount = number_text(rounded(q))
    return f"Q {amount} with {degrees} degree{many} of freedom, {p_words(p)}"


def p_words(p: float) -> str:
    """Return "P = 0.16", with three decimals below 0.1, or "P < 0.001"."""
    if p < 0.001:
        return "P < 0.001"
    return f"P = {number_text(rounded(p, 2 if p >= 0.0995 else 3))}"


def _small(number: float) -> str:
    if number == 0:
        return "0"
    if number < 0.001:
        return "under 0.001"
    return number_text(rounded(number, 2 if number >= 0.0995 else 3))
