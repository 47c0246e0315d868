"""How a study flow is drawn: boxes of steps in one lane, what leaves beside them, arrows between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from evidence.figures.figure_item import Item, items_of
from evidence.figures.look import LINE, SMALL_SIZE, is_narrow
from evidence.figures.measures import filled, fitting, text_width
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

STEP, LEAVES, GAP = "step", "leaves", "gap"
PAD = 10.0
DOWN = 30.0  # from one step to the next where nothing leaves
DASH = {"expr": "datum.gap ? [4, 3] : null"}


@dataclass(frozen=True)
class Lane:
    """Where boxes of one sort stand: from ``left``, ``width`` pixels wide."""

    left: float
    width: float


@dataclass
class BoxLayout:
    """What stands where, as rows in pixels: a box for each item, arrows, words."""

    width: int
    boxes: Values = field(default_factory=list)
    arrows: Values = field(default_factory=list)
    words: Values = field(default_factory=list)
    y: float = 1.0

    def write(self, x: float, y: float, words: str, align: str = "left", style: str = "") -> None:
        """Add a line of words with its middle at ``y``."""
        self.words.append({"words": words, "x": x, "y": y, "align": align, "style": style})

    def box(self, item: Item, lane: Lane, *, last: bool = False) -> float:
        """Add a box with its label and number; return where its middle is."""
        gap, top = GAP in item.part, self.y
        number = text_width(item.estimate_text, bold=not gap)
        room = lane.width - 3 * PAD - number
        beside = room >= 110
        room = room if beside else lane.width - 2 * PAD
        lines = [fitting(line, room) for line in filled(item.label, room)]
        first = top + 5.5 + LINE / 2
        for at, line in enumerate(lines):
            self.write(lane.left + PAD, first + LINE * at, line)
        style = "muted" if gap else "bold"
        if beside:
            self.write(lane.left + lane.width - PAD, first, item.estimate_text, "right", style)
        else:
            under = first + LINE * len(lines)
            self.write(lane.left + PAD, under, item.estimate_text, style=style)
        self.y = top + LINE * (len(lines) + (0 if beside else 1)) + 11
        ends = {"x": lane.left, "x2": lane.left + lane.width, "top": top, "bottom": self.y}
        self.boxes.append({**ends, "gap": gap, "last": last})
        return (top + self.y) / 2

    def arrow(
        self, ends: tuple[Item, Item], start: tuple[float, float], end: tuple[float, float]
    ) -> None:
        """Add an arrow between two boxes, down or to the right; dashed where it leads to a gap."""
        told = {"from": ends[0].label, "to": ends[1].label, "gap": GAP in ends[1].part}
        place = zip(("x", "y", "x2", "y2"), (*start, *end), strict=True)
        self.arrows.append({**told, **dict(place), "down": start[0] == end[0]})


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: steps in one lane, what leaves in another to its right."""
    layout = _laid_out(items_of(result), width)
    values = [{**value, **box} for value, box in zip(values_of(result), layout.boxes, strict=True)]
    with unchecked():
        drawn = alt.layer(
            *_arrows(layout),
            _boxes(layout),
            _words(layout),
            width=width,
            height=round(layout.y + 2),
        )
        datasets = {ITEMS: values, "arrows": layout.arrows, "words": layout.words}
        return specification(drawn, result, datasets)


def _laid_out(items: list[Item], width: int) -> BoxLayout:
    narrow = is_narrow(width)
    steps = Lane(1, width - 2) if narrow else Lane(1, 330)
    aside = Lane(52, width - 53) if narrow else Lane(388, width - 389)
    spine = 22.0 if narrow else steps.left + steps.width / 2
    layout, group, start = BoxLayout(width), "", 0.0
    runs = _runs(items)
    for number, (step, leaving) in enumerate(runs):
        if step.group and step.group != group:
            _write_group(layout, step.group, steps, spine, first=number == 0)
            group = step.group
        if number:
            layout.arrow((runs[number - 1][0], step), (spine, start), (spine, layout.y))
        layout.box(step, steps, last=number == len(runs) - 1)
        start = layout.y
        layout.y += 14 if leaving else DOWN
        for item in leaving:
            middle = layout.box(item, aside)
            layout.arrow((step, item), (spine, middle), (aside.left, middle))
            layout.y += 6
        layout.y += 10 if leaving else 0
    layout.y = start
    return layout


def _runs(items: list[Item]) -> list[tuple[Item, list[Item]]]:
    """Return each step with what leaves after it."""
    runs: list[tuple[Item, list[Item]]] = []
    for item in items:
        if item.part.startswith(LEAVES):
            runs[-1][1].append(item)
        else:
            runs.append((item, []))
    return runs


def _write_group(layout: BoxLayout, words: str, lane: Lane, spine: float, *, first: bool) -> None:
    """Write what the next steps are part of, beside the arrow that leads past it."""
    near = not first and spine <= lane.left + 40
    left = spine + 12 if near else lane.left
    room = lane.width - 40 if near else lane.width if first else lane.width / 2 - 12
    for line in filled(words, room, SMALL_SIZE):
        layout.write(left, layout.y + LINE / 2, fitting(line, room, SMALL_SIZE), style="group")
        layout.y += LINE
    layout.y += 3


def _arrows(layout: BoxLayout) -> Iterator[Chart]:
    arrows = named("arrows")
    yield arrows.mark_rule(color=MUTED, strokeWidth=1.25, strokeDash=DASH, aria=False).encode(
        **pixels(layout.width, layout.y + 2), x2=alt.X2("x2"), y2=alt.Y2("y2")
    )
    yield arrows.mark_point(
        shape={"expr": "datum.down ? 'triangle-down' : 'triangle-right'"},
        size=50,
        color=MUTED,
        aria=False,
        xOffset={"expr": "datum.down ? 0 : -4"},
        yOffset={"expr": "datum.down ? -4 : 0"},
    ).encode(**pixels(layout.width, layout.y + 2, "x2", "y2"))


def _boxes(layout: BoxLayout) -> Chart:
    """Return the boxes: the last one strong, dashed where a number is not stated."""
    quiet = f"datum.gap || indexof(datum.part, '{LEAVES}') === 0"
    return (
        named()
        .mark_rect(fill=PAPER, strokeWidth={"expr": "datum.last ? 2 : 1"}, strokeDash=DASH)
        .encode(
            **pixels(layout.width, layout.y + 2, "x", "top"),
            x2=alt.X2("x2"),
            y2=alt.Y2("bottom"),
            stroke=alt.condition(quiet, alt.value(MUTED), alt.value(INK)),
            **heard(),
        )
    )


def _words(layout: BoxLayout) -> Chart:
    muted = "datum.style === 'muted' || datum.style === 'group'"
    return (
        named("words")
        .mark_text(
            align={"expr": "datum.align"},
            fontSize={"expr": f"datum.style === 'group' ? {SMALL_SIZE} : 14"},
            fontWeight={"expr": "datum.style === 'bold' ? 'bold' : 'normal'"},
            aria=False,
        )
        .encode(
            **pixels(layout.width, layout.y + 2),
            text=alt.Text("words", type="nominal"),
            color=alt.condition(muted, alt.value(MUTED), alt.value(INK)),
        )
    )
