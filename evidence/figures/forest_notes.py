"""What is said below a forest plot: how studies were pooled, and what its marks mean."""

from __future__ import annotations

from evidence.figures.figure_item import DAGGER, Item
from evidence.figures.forest_layout import IN_WORDS, ForestColumns
from evidence.figures.furniture import is_narrow
from evidence.figures.measures import AxisScale, kept_together
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


def overall(items: list[Item]) -> Item | None:
    """Return what all studies show together, if it was computed."""
    pooled = [item for item in items if item.part == POOLED]
    return pooled[-1] if pooled and pooled[-1].group == items[-1].group else None


def notes(result: FigureResult, items: list[Item], columns: ForestColumns, width: int) -> list[str]:
    """Return the lines below the axis."""
    group = items[-1].group
    lines = [
        kept_together(f"{item.label}: {item.printed}.")
        for item in items
        if item.part in IN_WORDS and item.group == group
    ]
    lines += _of_pooling(result, items)
    lines += _of_marks(items, columns, width)
    return lines


def _of_pooling(result: FigureResult, items: list[Item]) -> list[str]:
    pooled = [item for item in items if item.part in {POOLED, WHOLE, STEP}]
    methods = list(dict.fromkeys(item.locator for item in pooled))
    methods = [method for method in methods if not method.startswith(NOTHING)]
    methods = [method for method in methods if not method.startswith(ONE_STUDY)] or methods
    lines = [f"Pooled results: computed here, {'; '.join(methods)}."] if methods else []
    together = pooled or [item for item in items if item.part == REPORTED]
    if together and result.options.get("measure") == "share":
        lines += [MIDDLE] if methods and ONE_STUDY not in methods[0] else []
        lines.append(NOT_COMPARED)
    if any(item.part == REPORTED and item.basis == "reported" for item in items):
        lines.append("Hollow diamond: pooled by its source, as reported.")
    return lines


def _of_marks(items: list[Item], columns: ForestColumns, width: int) -> list[str]:
    studies = [item for item in items if item.part == STUDY]
    lines = []
    if any(item.weight for item in studies):
        lines.append("Area of squares: weight.")
    elif any(item.n for item in studies):
        lines.append("Area of squares: number of people.")
    if any(item.treated_text for item in studies) and not is_narrow(width):
        lines.append("Counts: people with the outcome/all people of the arm.")
    if any(item.part == PREDICTION for item in items):
        lines.append("Grey bar: 95% prediction interval, where a further study is expected.")
    levels = {item.level_text for item in items if item.part != PREDICTION} - {""}
    if is_narrow(width) and len(levels) == 1:
        lines.append(f"Lines: {levels.pop()}.")
    bases = {item.basis for item in studies}
    if "computed" in bases:
        some = "Some intervals" if "reported" in bases else "Intervals"
        lines.append(f"{some} of studies: computed here from the counts.")
    if any(_goes_on(item, columns.plot) for item in items):
        lines.append(GOING_ON)
    if any("1/2 added" in item.sentence for item in studies):
        weight = any("for the weight 1/2 added" in item.sentence for item in studies)
        lines.append(f"Where a count is 0, 1/2 was added to each{' for the weight' * weight}.")
    if any(item.doubtful for item in studies):
        lines.append("Hollow squares: studies whose counts or cells are in doubt.")
    derived = any("(derived)" in f"{item.count_text}{item.treated_text}" for item in studies)
    lines += [f"{DAGGER} Count worked out here, not printed."] if derived else []
    return [" ".join(lines)] if lines else []


def _goes_on(item: Item, plot: AxisScale) -> bool:
    return (
        item.low is not None
        and item.high is not None
        and (item.low < plot.low or item.high > plot.high)
    )
