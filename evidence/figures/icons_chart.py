"""A hundred people as a chart: each a mark, ten in a row, with the numbers in words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence.figures.arms import DIFFERENCE
from evidence.figures.figure_item import DAGGER, Item, items_of
from evidence.figures.look import LIGHT, LINE, SMALL_SIZE, is_narrow
from evidence.figures.measures import filled, wrapped
from evidence.figures.people_of_100 import difference_words, more, of_100, people, range_of_100
from evidence.figures.theme import (
    INK,
    ITEMS,
    MUTED,
    PAPER,
    Chart,
    Values,
    alt,
    heard,
    named,
    pixels,
    specification,
    unchecked,
    values_of,
)
from evidence.numbers.results import FigureResult

COLOUR = LIGHT["series-1"]
SIZES = {"large": 20, "strong": 16, "muted": SMALL_SIZE}
HIGH = {"large": 26, "strong": 21}  # pixels of a line
# A head and a body, in parts of half their height with the room around them
PERSON = (
    "M0,-.85C.31,-.85,.31,-.35,0,-.35C-.31,-.35,-.31,-.85,0,-.85M-.38,.31L-.38,0"
    "C-.38,-.35,.38,-.35,.38,0L.38,.31L.22,.31L.22,.85L-.22,.85L-.22,.31L-.38,.31"
)


@dataclass(frozen=True)
class PeopleLayout:
    """Where groups of a hundred stand, in pixels: the corner of each, and the room of a person.

    ``words`` are the printed words with their places.
    """

    corners: list[tuple[float, float]]
    across: float
    down: float
    words: Values
    height: float


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: one group beside its words, or two groups side by side."""
    items = items_of(result)
    groups = [item for item in items if item.part != DIFFERENCE]
    layout = _one(groups[0], width) if len(groups) == 1 else _two(items, groups, width)
    values = values_of(result)
    for value, item, (left, top) in zip(values, groups, layout.corners, strict=False):
        if item.estimate is not None:
            value |= {"people": people(item.estimate), "left": left, "top": top}
    with unchecked():
        drawn = alt.layer(
            _people(layout, width),
            *_words(layout, width),
            width=width,
            height=round(layout.height),
        )
        return specification(drawn, result, {ITEMS: values, "words": layout.words})


def _one(item: Item, width: int) -> PeopleLayout:
    """Return one group with its words at the right, or above it on a phone."""
    if is_narrow(width):
        words, y = _group_words(item, 0, 0, width)
        return PeopleLayout([(0, y)], 29, 31, words, y + 310)
    left = 284.0
    return PeopleLayout([(0, 2)], 25, 29, _group_words(item, left, 84, width - left)[0], 294)


def _two(items: list[Item], groups: list[Item], width: int) -> PeopleLayout:
    """Return two groups side by side, their words above them, and their difference below."""
    narrow = is_narrow(width)
    gap = 20 if narrow else 80
    room = (width - gap) / 2
    across, down = (room / 10, 22.0) if narrow else (26.0, 30.0)
    words: Values = []
    y = _write(words, wrapped(groups[0].group, width, bold=True), 0, 0, "bold")
    ends = []
    for place, item in enumerate(groups):
        written, end = _group_words(item, place * (room + gap), y + 6, room)
        words += written
        ends.append(end)
    top = max(ends)
    y = _difference(words, items[-1], groups, top + 10 * down + 8, width)
    return PeopleLayout([(place * (room + gap), top) for place in range(2)], across, down, words, y)


def _write(
    words: Values, lines: list[str], x: float, y: float, style: str = "", sentence: str = ""
) -> float:
    """Add lines of words below ``y``; return where they end."""
    high = HIGH.get(style, LINE)
    said = {"sentence": sentence} if sentence else {}
    for line in lines:
        middle = round(y + high / 2, 1)
        words.append({"words": line, "x": round(x, 1), "y": middle, "style": style, **said})
        y += high
    return y


def _group_words(item: Item, x: float, y: float, room: float) -> tuple[Values, float]:
    """Return how many of 100, who, and the numbers behind; and where people may begin."""
    words: Values = []
    if item.estimate is None:
        return words, y
    number = of_100(item.estimate)
    style = "large" if room > 200 else "strong"
    y = _write(words, [f"{number[:1].upper()}{number[1:]} of 100"], x, y, style)
    y = _write(words, wrapped(item.label[:1].upper() + item.label[1:], room), x, y)
    count = item.count_text.replace(" (derived)", DAGGER)
    interval = f"{item.level_text} {item.interval_text}"
    lines = [
        ", ".join(filter(None, (item.estimate_text, count))),
        interval if item.interval_text else "interval not given",
    ]
    if item.low is not None and item.high is not None:
        lines.append(f"that is, {range_of_100(item.low, item.high)} of 100")
    small = [part for line in lines for part in filled(line, room, SMALL_SIZE)]
    return words, _write(words, small, x, y, "muted") + 6


def _difference(words: Values, item: Item, groups: list[Item], y: float, width: int) -> float:
    """Write the difference in words: how many more or fewer of 100; return where it ends."""
    if item.estimate is None:
        return _write(words, ["Difference: not given."], 0, y, "muted", item.sentence)
    said = wrapped(difference_words(item, groups), width, 16, bold=True)
    y = _write(words, said, 0, y, "strong", item.sentence)
    interval = "interval not given"
    if item.interval_text:
        computed = ", computed here from the counts" if item.basis == "computed" else ""
        interval = f"{item.level_text} {item.interval_text}{computed}"
    between = ""
    if item.low is not None and item.high is not None:
        between = f"; that is, from {more(item.low)} to {more(item.high)} of 100"
    told = f"Difference: {item.estimate_text} percentage points, {interval}{between}."
    return _write(words, filled(told, width, SMALL_SIZE), 0, y, "muted", item.sentence)


def _people(layout: PeopleLayout, width: int) -> Chart:
    """Return the hundred of each group, ten in a row: those counted filled, the others in outline."""
    unit = min(layout.across / 14, layout.down / 26)
    counted = "datum.place < datum.people"
    return (
        named()
        .transform_filter("isValid(datum.people)")
        .transform_calculate(place="sequence(100)")
        .transform_flatten(["place"])
        .transform_calculate(
            x=f"datum.left + (datum.place % 10 + 0.5) * {layout.across:g}",
            y=f"datum.top + floor(datum.place / 10) * {layout.down:g} + {12 * unit:g}",
        )
        .mark_point(shape=PERSON, size=round((26 * unit) ** 2), strokeWidth=1)
        .encode(
            **pixels(width, layout.height),
            fill=alt.condition(counted, alt.value(COLOUR), alt.value(PAPER)),
            stroke=alt.condition(counted, alt.value(COLOUR), alt.value(MUTED)),
            **heard(),
        )
    )


def _words(layout: PeopleLayout, width: int) -> Iterator[Chart]:
    """Yield the words; those of the difference say its item."""
    muted = "datum.style === 'muted'"
    text = {
        "align": "left",
        "fontSize": {"expr": f"{SIZES}[datum.style] || 14"},
        "fontWeight": {"expr": f"datum.style && !({muted}) ? 'bold' : 'normal'"},
    }
    encoded = {
        **pixels(width, layout.height),
        "text": alt.Text("words", type="nominal"),
        "color": alt.condition(muted, alt.value(MUTED), alt.value(INK)),
    }
    words = named("words")
    yield words.transform_filter("!datum.sentence").mark_text(**text, aria=False).encode(**encoded)
    said = words.transform_filter("datum.sentence")
    yield said.mark_text(**text).encode(**encoded, **heard())
