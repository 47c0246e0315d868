"""Pooled results as items of a figure: the diamond, its prediction interval, the spread."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from evidence.figures.effects import Digits
from evidence.figures.figure_item import Item, spoken
from evidence.numbers.pooling import beside_people, far_from_people
from evidence.numbers.quantity import number_text, rounded
from evidence.numbers.results import Asymmetry, Between, Together

STUDY, POOLED, REPORTED = "study", "pooled", "reported"
PREDICTION, SPREAD, BETWEEN, STEP = "prediction", "spread", "between", "step"
WHOLE, PEOPLE, CAUTION = "whole", "people", "caution"
POINT = "point"
HERE = "Computed here"
ONE_STUDY, NOTHING = "one study alone", "nothing pooled"  # how the methods of such results begin
FAR = (
    "the share in a study in the middle differs much from that of all people, whose count stands in "
    "the row"
)
ALONE = "share of people, no comparison group"
# By how many groups of people are counted: those of a share, or treated and controls
NOTHING_POOLED = {
    1: "in every study nobody had the outcome, or everybody, so no model can be fitted. All people "
    "are counted as one group, with an exact interval, as if the studies were alike",
    2: "in every study nobody had the outcome, or everybody, so no model can be fitted. The people "
    "of each arm are counted as one group, as if the studies were alike",
}


def pooled_items(
    together: Together, digits: Digits, scale: str, group: str, *, share: bool
) -> Iterator[Item]:
    """Yield the diamond, where the truth of a further study is expected, and how far studies differ.

    After them the people behind a pooled share, and what it has to be warned of. Where nothing is
    pooled there is one item: the people, counted as one group.
    """
    alone = f" ({ALONE})" if share else ""
    if together.kind == "one-group":
        yield from _one_group(together, digits, group, alone)
        return
    whose = f"{group}, pooled" if group else "Pooled"
    middle = ", in a study in the middle" if share else ""
    label = f"Pooled, {together.k} studies{': study in the middle' if share else ''}"
    named = f"{whose} over {together.k} studies{middle}{alone}"
    yield pooled_item(together, digits, label, named, group)
    if together.prediction is not None:
        interval = digits.interval(*together.prediction)
        true = "share" if share else "effect"
        yield Item(
            label="Prediction interval",
            printed=f"95% prediction interval {interval.words}",
            sentence=f"{whose}, prediction interval: the true {true} of a further study like these "
            f"would be expected within {interval.words} (95%, computed here)",
            group=group,
            source=HERE,
            locator=together.method,
            low=interval.low,
            high=interval.high,
            basis="computed",
            interval_text=interval.words,
            level_text="95%",
            part=PREDICTION,
        )
    if together.q is not None and together.q_p is not None:
        words = spread_words(together, scale)
        yield _in_words(SPREAD, "Spread between studies", words, together, group, f"{whose}, ")
    if share:
        words = beside_people(together.estimate, *together.people[0])
        yield _in_words(PEOPLE, "Everybody as one group", words, together, group, f"{whose}, ")
    for words in together.cautions:
        yield _in_words(CAUTION, "Caution", words, together, group, f"{whose}, ")


def _one_group(together: Together, digits: Digits, group: str, alone: str) -> Iterator[Item]:
    label = f"One group, {together.k} studies"
    named = f"{group}, {label[0].lower()}{label[1:]}" if group else label
    counts = [f"{events:,} of {n:,}" for events, n in together.people]
    item = pooled_item(together, digits, label, f"{named}{alone}", group)
    if len(counts) == 1:
        yield dataclasses.replace(item, count_text=counts[0])
    else:
        yield dataclasses.replace(item, treated_text=counts[0], control_text=counts[1])
    words = NOTHING_POOLED[len(together.people)]
    yield _in_words(CAUTION, "Nothing is pooled", words, together, group)


def _in_words(
    part: str, label: str, words: str, together: Together, group: str, whose: str = ""
) -> Item:
    named = f"{whose}{label[0].lower() if whose else label[0]}{label[1:]}"
    return Item(
        label=label,
        printed=words,
        sentence=f"{named}: {words}",
        group=group,
        source=HERE,
        locator=together.method,
        part=part,
    )


def step_cautions(steps: list[tuple[str, Together]]) -> Iterator[Item]:
    """Yield what has to be said of some of many pooled results, each sentence once.

    ``steps`` are pooled results with the words that stand for each.
    """
    said: dict[str, list[tuple[str, Together]]] = {}
    for label, together in steps:
        for words in together.cautions:
            said.setdefault(words, []).append((label, together))
        if together.kind == "one-group":
            said.setdefault(NOTHING_POOLED[len(together.people)], []).append((label, together))
        if together.kind == "pooled" and any(
            far_from_people(together.estimate, *group) for group in together.people
        ):
            said.setdefault(FAR, []).append((label, together))
    for words, those in said.items():
        named = "all rows" if len(those) == len(steps) else "; ".join(label for label, _ in those)
        yield _in_words(CAUTION, f"Caution, {named}", words, those[0][1], "")


def pooled_item(together: Together, digits: Digits, label: str, named: str, group: str) -> Item:
    """Return what studies show together as one item, spoken of as ``named``."""
    interval = digits.interval(together.low, together.high)
    estimate = digits.number(together.estimate)
    said = digits.estimate(estimate)
    count = "" if together.kind == "pooled" else _count_words(together)
    counted = f", {count}" if count else ""
    sentence = spoken(digits.said(said), interval, count)
    return Item(
        label=label,
        printed=f"{digits.said(said)} ({interval.level} {interval.words}{counted})",
        sentence=f"{named}: {sentence}",
        said=sentence,
        group=group,
        source=HERE,
        locator=together.method,
        estimate=estimate,
        low=interval.low,
        high=interval.high,
        basis="computed",
        estimate_text=said,
        interval_text=interval.words,
        level_text=interval.level,
        part=WHOLE if together.kind == "one-group" else POOLED,
    )


def _count_words(together: Together) -> str:
    """Return "0 of 65 people", for two arms "0 of 30 treated and 0 of 34 controls", or nothing."""
    pairs = [f"{events:,} of {n:,}" for events, n in together.people]
    if len(pairs) == 2:
        return f"{pairs[0]} treated and {pairs[1]} controls"
    return f"{pairs[0]} people" if pairs else ""


def spread_words(together: Together, scale: str) -> str:
    """Return "tau² 0.31 (log scale), I² 92%, Q 152.2 with 12 degrees of freedom, P < 0.001".

    Where their intervals are known they stand in the brackets: "(95% CI 0.12 to 1.11; log scale)".
    """
    degrees = together.k - 1 if together.degrees is None else together.degrees
    q = _q_words(together.q or 0, degrees, together.q_p or 0, together.q_name)
    if together.tau_squared is None:  # one effect is taken to be common to all
        return f"I² {_percent(together.i_squared or 0)}%, {q}"
    ends = together.tau_squared_ends
    said = [] if ends is None else [f"95% CI {_small(ends[0])} to {_small(ends[1])}"]
    said += [scale] if scale else []
    brackets = f" ({'; '.join(said)})" if said else ""
    tau = f"tau² {_small(together.tau_squared)}{brackets}"
    squared = "" if together.i_squared is None else f", I² {_percent(together.i_squared)}%"
    if squared and together.i_squared_ends is not None:
        low, high = map(_percent, together.i_squared_ends)
        squared += f" (95% CI {low} to {high})"
    return f"{tau}{squared}, {q}"


def _percent(number: float) -> str:
    return number_text(rounded(number, 0))


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


def asymmetry_item(tested: Asymmetry) -> Item:
    """Return a test of whether small studies differ, with what it cannot tell."""
    words = f"not made: {tested.words}"
    if tested.t is not None and tested.degrees is not None and tested.p is not None:
        t = f"t {number_text(rounded(min(max(tested.t, -1e9), 1e9), 2))}"
        words = f"{t} with {tested.degrees} degrees of freedom, {p_words(tested.p)}"
        words = ". ".join([words, *tested.cautions])
    return Item(
        label=tested.name,
        printed=words,
        sentence=f"{tested.name}: {words}",
        source=HERE,
        locator=f"{tested.name}, do small studies differ from large ones",
        part=CAUTION,
    )


def _q_words(q: float, degrees: int, p: float, name: str = "Q") -> str:
    many = "" if degrees == 1 else "s"
    amount = number_text(rounded(q))
    return f"{name} {amount} with {degrees} degree{many} of freedom, {p_words(p)}"


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
