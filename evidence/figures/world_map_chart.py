"""How a map of the world is drawn: land, countries by class, circles, names, classes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import Item, items_of
from evidence.figures.furniture import LINE, draw_lines, is_narrow
from evidence.figures.lettering import text_width
from evidence.figures.look import SMALL_SIZE, Lettering, Look
from evidence.figures.sheet import Sheet
from evidence.figures.world import WorldMap, area, circle, path_of
from evidence.figures.world_map_names import Naming, cut, draw_names
from evidence.numbers.quantity import number_text
from evidence.numbers.results import FigureResult

COLOURS = ("step-2", "step-3", "step-4", "step-5", "step-6")
NICE = (1, 2, 3, 5)
NAMED = 5
LONGEST_LISTED = 32
ABOUT = (
    "Borders are those of Natural Earth and take no side; disputed territories are drawn as there. "
    "Small countries are circles. Antarctica is left out."
)


@dataclass(frozen=True)
class Class:
    """Numbers from ``low`` to ``high`` that share a colour."""

    low: int
    high: int
    colour: str

    @property
    def words(self) -> str:
        """Return the limits as they are printed."""
        low, high = number_text(Decimal(self.low)), number_text(Decimal(self.high))
        return low if self.low == self.high else f"{low} to {high}"


def classes(most: int) -> list[Class]:
    """Return at most five classes from one to ``most``, each several times the one before."""
    ratio = most ** (1 / len(COLOURS))
    lows = sorted({_nice(ratio**step) for step in range(len(COLOURS))} | {1})
    lows = [low for low in lows if low <= most]
    ends = [low - 1 for low in lows[1:]] + [most]
    place = [round(at * (len(COLOURS) - 1) / max(len(lows) - 1, 1)) for at in range(len(lows))]
    used = place if len(lows) > 1 else [len(COLOURS) - 2]
    return [Class(low, high, COLOURS[at]) for low, high, at in zip(lows, ends, used, strict=True)]


def _nice(number: float) -> int:
    power = 10 ** math.floor(math.log10(number))
    return int(min((n * power for n in (*NICE, 10)), key=lambda n: abs(math.log(n / number))))


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: the map, the classes below it, and what has no country."""
    shown = items_of(result)
    there = [item for item in shown if item.part]
    narrow = is_narrow(width)
    sheet, world = Sheet(width), WorldMap(width, coarse=narrow)
    sheet.path(path_of(world.land()), Look("path", "figure-rule"))
    if not narrow:
        borders = world.borders([item.part for item in there])
        sheet.path(path_of(borders, closed=False), Look("path", "", 0.5, outline="paper"))
    scale = classes(int(max(item.estimate or 0 for item in there)))
    _draw_countries(sheet, world, there, scale, narrow=narrow)
    first = there[:NAMED]
    named = [Naming(item, world.place(item.part), short=narrow) for item in first]
    draw_names(sheet, world, named, there)
    y = draw_lines(sheet, [result.axis], 0, world.height + 14, width)
    y = _draw_legend(sheet, scale, y + 2, narrow=narrow)
    rest = [item for item in shown if not item.part]
    lines = [f"Most: {_listed(first)}."] if narrow and len(first) > 1 else []
    lines += [f"Not on the map: {_listed(rest)}."] if rest else []
    for line in [*lines, ABOUT]:
        y = draw_lines(sheet, [line], 0, y + 4, width)
    return sheet.specification(y - LINE + 6)


def _listed(items: list[Item]) -> str:
    return ", ".join(f"{cut(item.label, LONGEST_LISTED)} {item.estimate_text}" for item in items)


def _draw_countries(
    sheet: Sheet, world: WorldMap, there: list[Item], scale: list[Class], *, narrow: bool
) -> None:
    """Draw shapes first and circles over them, the largest numbers last."""
    radius, least = (3.0, 7.0) if narrow else (4.0, 16.0)
    for circles in (False, True):
        for item in reversed(there):
            rings = world.rings(item.part)
            small = not rings or area(rings[0]) < least
            if small != circles:
                continue
            colour = _colour(item, scale)
            edge = "paper" if colour == "figure-rule" else "figure-muted"
            look = Look("path", colour, 0.75 if small else 0.5, outline=edge)
            path = circle(*world.place(item.part), radius) if small else path_of(rings)
            sheet.path(path, look, label=item.label, sentence=item.sentence)


def _colour(item: Item, scale: list[Class]) -> str:
    number = int(item.estimate or 0)
    return next((each.colour for each in scale if each.low <= number <= each.high), "figure-rule")


def _draw_legend(sheet: Sheet, scale: list[Class], y: float, *, narrow: bool) -> float:
    """Draw a swatch and its limits for each class, in rows; return the next base line."""
    entries = [("none in this table", "figure-rule"), *((e.words, e.colour) for e in scale)]
    swatch, gap = (22, 14) if narrow else (28, 20)
    x = 0.0
    for words, colour in entries:
        needed = swatch + 6 + text_width(words, SMALL_SIZE)
        if x and x + needed > sheet.width:
            x, y = 0.0, y + LINE + 4
        outline = "figure-rule" if colour == "figure-rule" else "figure-muted"
        box = f"M{x:.1f},{y - 11:.1f}h{swatch}v13h-{swatch}Z"
        sheet.path(box, Look("path", colour, 0.5, outline=outline))
        sheet.write(x + swatch + 6, y, words, Lettering(size=SMALL_SIZE))
        x += needed + gap
    return y + LINE + 2
