"""What is said below a forest plot: how studies were pooled, and what its marks mean."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.figures.arm_effects import arms_in_words
from evidence.figures.effect_axis import has_sides, scale_of
from evidence.figures.figure_item import DAGGER, Item, items_of
from evidence.figures.look import NARROW
from evidence.figures.measures import AxisScale
from evidence.figures.pooled_items import (
    NOTHING,
    ONE_STUDY,
    POOLED,
    PREDICTION,
    REPORTED,
    STEP,
    STUDY,
    WHOLE,
)
from evidence.numbers.results import FigureResult

GOING_ON = "Arrow: the interval goes on beyond the axis."
MIDDLE = "Pooled share: that of a study in the middle; as many such studies lie above it as below."
NOT_COMPARED = "Shares of people: there is no comparison group."
PREDICTED = (
    "Grey bar: 95% prediction interval, where the true effect of a further study is expected."
)


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return the sentences below the drawing, the same for every width."""
    items = items_of(result)
    if not items:
        return ()
    plot = scale_of(result, items, 10, NARROW - 10)
    return (*_of_pooling(result, items), *_of_marks(result, items, plot))


def overall(items: list[Item]) -> Item | None:
    """Return what all studies show together, if it was computed."""
    pooled = [item for item in items if item.part == POOLED]
    return pooled[-1] if pooled and pooled[-1].group == items[-1].group else None


def _of_pooling(result: FigureResult, items: list[Item]) -> Iterator[str]:
    pooled = [item for item in items if item.part in {POOLED, WHOLE, STEP}]
    methods = list(dict.fromkeys(item.locator for item in pooled))
    methods = [method for method in methods if not method.startswith(NOTHING)]
    methods = [method for method in methods if not method.startswith(ONE_STUDY)] or methods
    if methods:
        yield f"Pooled results: computed here, {'; '.join(methods)}."
    together = pooled or [item for item in items if item.part == REPORTED]
    if together and result.options.get("measure") == "share":
        if methods and ONE_STUDY not in methods[0]:
            yield MIDDLE
        yield NOT_COMPARED
    if any(item.part in {POOLED, REPORTED} for item in items):
        dashed = "; dashed line: all studies together" if overall(items) else ""
        yield f"Diamonds: pooled results, as wide as their intervals{dashed}."
    if any(item.part == REPORTED and item.basis == "reported" for item in items):
        yield "Hollow diamond: pooled by its source, as reported."


def _of_marks(result: FigureResult, items: list[Item], plot: AxisScale) -> Iterator[str]:
    studies = [item for item in items if item.part == STUDY]
    if any(item.weight for item in studies):
        yield "Area of squares: weight."
    elif any(item.n for item in studies):
        yield "Area of squares: number of people."
    arms = arms_in_words([item.treated_text for item in items])
    if arms:
        yield arms
    if any(item.part == PREDICTION for item in items):
        yield PREDICTED
    if any(item.treated_text or item.count_text for item in items if item.part == POOLED):
        yield "Counts of pooled results: those of their studies, added up."
    levels = {item.level_text for item in items if item.part != PREDICTION} - {""}
    if len(levels) == 1:
        yield f"Lines: {levels.pop()}."
    bases = {item.basis for item in studies}
    if "computed" in bases:
        some = "Some intervals" if "reported" in bases else "Intervals"
        numbers = "numbers of the arms" if arms.startswith("Arms") else "counts"
        yield f"{some} of studies: computed here from the {numbers}."
    if any(_goes_on(item, plot) for item in items):
        yield GOING_ON
    yield from _of_counts(items)
    sides = result.options.get("sides")
    if sides and not has_sides(result, plot, NARROW):
        yield f"Left of the line of no effect: {sides[0]}. Right of it: {sides[1]}."


def _of_counts(items: list[Item]) -> Iterator[str]:
    studies = [item for item in items if item.part == STUDY]
    if any("1/2 added" in item.sentence for item in studies):
        weight = any("for the weight 1/2 added" in item.sentence for item in studies)
        yield f"Where a count is 0, 1/2 was added to each{' for the weight' * weight}."
    if any(item.doubtful for item in studies):
        yield "Hollow squares: studies whose counts or cells are in doubt."
    if any("(derived)" in f"{item.count_text}{item.treated_text}" for item in studies):
        yield f"{DAGGER} Count worked out here, not printed."


def _goes_on(item: Item, plot: AxisScale) -> bool:
    return (
        item.low is not None
        and item.high is not None
        and (item.low < plot.low or item.high > plot.high)
    )
