"""Where the rows and columns of a forest plot stand."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from evidence.figures.figure_item import DAGGER, Item, groups_of, in_percent
from evidence.figures.furniture import LINE, is_narrow
from evidence.figures.look import SMALL_SIZE
from evidence.figures.measures import (
    Amount,
    AxisScale,
    filled,
    kept_together,
    linear,
    percentages,
    ratios,
    text_width,
    wrapped,
)
from evidence.figures.pooled_items import (
    BETWEEN,
    CAUTION,
    PEOPLE,
    POOLED,
    PREDICTION,
    REPORTED,
    SPREAD,
    STEP,
    STUDY,
    WHOLE,
)
from evidence.numbers.quantity import number_text
from evidence.numbers.results import FigureResult

EDGE = 10
GAP = 12
WIDEST_LABEL = 240
LEAST_LABEL = 110
LEAST_PLOT = 152
LEAST_STEP = 34
DIAMONDS = (POOLED, REPORTED)
IN_WORDS = (SPREAD, BETWEEN, PEOPLE, CAUTION)
HEADS = 24.0


@dataclass(frozen=True)
class ForestColumns:
    """Where things stand across the sheet: right ends, but for the interval's left."""

    label: float
    plot: AxisScale
    counts: tuple[float, ...] = ()
    estimate: float = 0
    interval: float = 0
    weight: float = 0


@dataclass(frozen=True)
class ForestRow:
    """Where one item stands down the sheet: the lines of its label, and its mark."""

    item: Item
    lines: tuple[str, ...]
    top: float
    mark: float


@dataclass(frozen=True)
class ForestGroup:
    """A group: its heading's lines from ``top`` on, its rows, and where they end."""

    heading: tuple[str, ...]
    top: float
    places: tuple[ForestRow, ...]
    bottom: float


def counts_of(item: Item) -> tuple[str, ...]:
    """Return the counts of an item as columns have them."""
    if item.treated_text or item.control_text:
        return item.treated_text, item.control_text
    return (item.count_text,) if item.count_text else ()


def short_counts(item: Item) -> tuple[str, ...]:
    """Return the counts as narrow columns have them: "4/123", a dagger for "derived"."""
    parts = counts_of(item)
    if len(parts) == 2:
        parts = tuple(part.replace(" of ", "/") for part in parts)
    return tuple(part.replace(" (derived)", DAGGER) for part in parts)


def weight_words(item: Item) -> str:
    """Return the weight as it is printed, or nothing."""
    return "" if item.weight is None else f"{number_text(item.weight)}%"


def count_heads(items: list[Item]) -> tuple[str, ...]:
    """Return the heads of the columns with counts."""
    most = max((len(counts_of(item)) for item in items), default=0)
    return ((), ("Count",), ("Treated", "Control"))[most]


def columns_of(result: FigureResult, items: list[Item], width: int) -> ForestColumns:
    """Return the columns: on a phone the plot has the whole width."""
    if is_narrow(width):
        return ForestColumns(width, scale_of(result, items, EDGE, width - EDGE))
    marked = [item for item in items if item.part not in IN_WORDS]
    weight = _widest([weight_words(item) for item in marked])
    weight = max(weight, text_width("Weight", SMALL_SIZE)) if weight else 0
    interval = width - (weight + GAP if weight else 0)
    interval -= _widest([item.interval_text for item in marked])
    estimate = interval - 9
    end = estimate - _widest([item.estimate_text for item in marked], bold=True) - GAP - EDGE
    heads = count_heads(items)
    wide = [
        max(
            text_width(head, SMALL_SIZE),
            _widest([_part(short_counts(item), place) for item in marked], SMALL_SIZE),
        )
        for place, head in enumerate(heads)
    ]
    taken = sum(wide) + GAP * len(wide)
    widest = _widest([item.label for item in marked if item.part not in (*DIAMONDS, PREDICTION)])
    room = end - LEAST_PLOT - EDGE - GAP - taken
    label = min(max(widest, LEAST_LABEL), WIDEST_LABEL, max(room, LEAST_LABEL))
    counts, x = [], label
    for column_width in wide:
        x += GAP + column_width
        counts.append(x)
    scale = scale_of(result, items, x + GAP + EDGE, end)
    return ForestColumns(label, scale, tuple(counts), estimate, interval, width if weight else 0)


def _part(parts: tuple[str, ...], place: int) -> str:
    return parts[place] if place < len(parts) else ""


def _widest(words: list[str], size: float = 14, *, bold: bool = False) -> float:
    return max((text_width(text, size, bold=bold) for text in words), default=0)


def scale_of(result: FigureResult, items: list[Item], start: float, end: float) -> AxisScale:
    """Return the axis: it holds every estimate, and intervals unless they go far beyond."""
    estimates = [float(item.estimate) for item in items if item.estimate is not None]
    ends = [float(limit) for item in items for limit in (item.low, item.high) if limit is not None]
    if in_percent(items) and min([*estimates, *ends]) >= 0 and max([*estimates, *ends]) <= 100:
        return percentages(start, end)
    held = [*estimates, *([] if result.reference is None else [float(result.reference)])]
    low, high = min(held), max(held)
    if result.reference == 1 and low > 0:
        near: list[Amount] = [min(max(limit, low / 4), high * 4) for limit in ends]
        return apart(ratios([*held, *near], start, end, most=12))
    span = (high - low) or 1
    near = [min(max(limit, low - span), high + span) for limit in ends]
    return apart(linear([*held, *near], start, end))


def apart(scale: AxisScale) -> AxisScale:
    """Return a scale without the ticks whose numbers would touch; 0, 1, 10, 100 stay."""
    kept: list[float] = []
    plain = (0.0, 1.0, 10.0, 100.0, 0.1, 0.01)
    for tick in sorted(
        scale.ticks, key=lambda tick: (tick not in plain, plain.index(tick) if tick in plain else 0)
    ):
        if all(abs(scale.at(tick) - scale.at(kept_tick)) >= LEAST_STEP for kept_tick in kept):
            kept.append(tick)
    return dataclasses.replace(scale, ticks=tuple(sorted(kept)))


def sections_of(items: list[Item], columns: ForestColumns, width: int) -> list[ForestGroup]:
    """Return the groups from top to bottom."""
    narrow = is_narrow(width)
    y = 0.0 if narrow else HEADS
    sections: list[ForestGroup] = []
    for group in groups_of(items):
        heading = tuple(wrapped(group, width, bold=True))
        top = y + (16 if sections else 0)
        y = top + (LINE * len(heading) + 6 if heading else 0)
        places = []
        last = group == items[-1].group  # its words stand below the axis, among the notes
        for item in items:
            if item.group != group or (last and item.part in IN_WORDS):
                continue
            place, y = (_narrow_place if narrow else _wide_place)(item, columns, width, y)
            places.append(place)
        sections.append(ForestGroup(heading, top, tuple(places), y))
    return sections


def _wide_place(
    item: Item, columns: ForestColumns, width: int, y: float
) -> tuple[ForestRow, float]:
    if item.part in IN_WORDS:
        return _in_words(item, width, y)
    if item.part in (STUDY, STEP, WHOLE):
        lines = tuple(wrapped(item.label, columns.label))
        half = max(24, LINE * len(lines) + 9) / 2
        return ForestRow(item, lines, y, y + half), y + 2 * half
    lines = tuple(wrapped(item.label, columns.plot.start - EDGE - GAP))
    half = (24 if item.part == PREDICTION else max(30, LINE * len(lines) + 11)) / 2
    return ForestRow(item, lines, y, y + half), y + 2 * half


def _narrow_place(
    item: Item, columns: ForestColumns, width: int, y: float
) -> tuple[ForestRow, float]:
    del columns
    if item.part in IN_WORDS:
        return _in_words(item, width, y)
    lines = tuple(wrapped(item.label, label_room(item, width), bold=item.part in DIAMONDS))
    above = LINE * (len(lines) + (1 if any(second_line(item)) else 0))
    mark = y + above + 13
    return ForestRow(item, lines, y, mark), mark + 13


def _in_words(item: Item, width: int, y: float) -> tuple[ForestRow, float]:
    words = kept_together(f"{item.label}: {item.printed}")
    lines = tuple(filled(words, width, SMALL_SIZE))
    return ForestRow(item, lines, y + 4, y), y + LINE * len(lines) + 9


def label_room(item: Item, width: float) -> float:
    """Return the width that the numbers leave to the label on a phone."""
    numbers = text_width(item.estimate_text, bold=True) + text_width(item.interval_text) + 9
    return max(width - numbers - GAP, LEAST_LABEL)


def second_line(item: Item) -> tuple[str, str]:
    """Return what stands below the label on a phone: counts at the left, weight at the right."""
    weight = weight_words(item)
    return " and ".join(filter(None, counts_of(item))), f"weight {weight}" if weight else ""
