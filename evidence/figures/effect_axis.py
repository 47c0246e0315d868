"""The axis of effects: from where to where it goes, and what lies on either side of no effect."""

from __future__ import annotations

import dataclasses
import itertools

from evidence.figures.figure_item import Item, in_percent
from evidence.figures.measures import Amount, AxisScale, linear, percentages, ratios
from evidence.numbers.results import FigureResult

LEAST_STEP = 34
ROOM_FOR_A_SIDE = 90


def scale_of(result: FigureResult, items: list[Item], start: float, end: float) -> AxisScale:
    """Return the axis: what the editor asks, or one that holds every estimate.

    Intervals are held too, unless they go far beyond: one would leave no room for the others.
    """
    estimates = [float(item.estimate) for item in items if item.estimate is not None]
    ends = [float(limit) for item in items for limit in (item.low, item.high) if limit is not None]
    asked = result.options.get("axis_limits")
    if in_percent(items) and min([*estimates, *ends]) >= 0 and max([*estimates, *ends]) <= 100:
        scale = percentages(start, end)
    else:
        held = [*estimates, *([] if result.reference is None else [float(result.reference)])]
        low, high = min(held), max(held)
        if result.reference == 1 and low > 0:
            near: list[Amount] = [min(max(limit, low / 4), high * 4) for limit in ends]
            scale = ratios([*held, *near], start, end, most=12)
        else:
            span = (high - low) or 1
            near = [min(max(limit, low - span), high + span) for limit in ends]
            scale = linear([*held, *near], start, end)
    return apart(limited(scale, asked))


def limited(scale: AxisScale, asked: tuple[Amount, Amount] | None) -> AxisScale:
    """Return a scale that ends where the editor asks."""
    if asked is None:
        return scale
    low, high = (float(limit) for limit in asked)
    made = (ratios if scale.logarithmic else linear)([low, high], scale.start, scale.end)
    ticks = tuple(tick for tick in made.ticks if low <= tick <= high)
    return dataclasses.replace(scale, low=low, high=high, ticks=ticks)


def apart(scale: AxisScale) -> AxisScale:
    """Return a scale without the ticks whose numbers would touch.

    Of a linear scale every second, third ... is kept, counted from 0; of a logarithmic one 1, 10 and
    100 stay before others.
    """
    if not scale.logarithmic:
        return dataclasses.replace(scale, ticks=_every(scale))
    kept: list[float] = []
    plain = (1.0, 10.0, 100.0, 0.1, 0.01)
    for tick in sorted(
        scale.ticks, key=lambda tick: (tick not in plain, plain.index(tick) if tick in plain else 0)
    ):
        if all(abs(scale.at(tick) - scale.at(other)) >= LEAST_STEP for other in kept):
            kept.append(tick)
    return dataclasses.replace(scale, ticks=tuple(sorted(kept)))


def _every(scale: AxisScale) -> tuple[float, ...]:
    zero = scale.ticks.index(0.0) if 0.0 in scale.ticks else 0
    for step in range(1, len(scale.ticks) + 1):
        kept = tuple(tick for place, tick in enumerate(scale.ticks) if (place - zero) % step == 0)
        if all(scale.at(b) - scale.at(a) >= LEAST_STEP for a, b in itertools.pairwise(kept)):
            return kept
    return scale.ticks


def has_sides(result: FigureResult, plot: AxisScale, width: float) -> bool:
    """Tell whether there is room to say what lies on either side of the line of no effect."""
    line = result.reference
    if not result.options.get("sides") or line is None or not plot.low <= line <= plot.high:
        return False
    return min(plot.at(line), width - plot.at(line)) - 8 >= ROOM_FOR_A_SIDE
