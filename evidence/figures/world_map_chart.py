"""How a map of the world is drawn: outlines joined with the items, shades, names with lines."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import Item, items_of
from evidence.figures.look import LIGHT, LINE, SMALL_SIZE, is_narrow
from evidence.figures.measures import columns_within, filled
from evidence.figures.theme import (
    INK,
    ITEMS,
    MUTED,
    PAPER,
    RULE,
    Chart,
    Values,
    alt,
    heard,
    named,
    specification,
    unchecked,
    values_of,
)
from evidence.figures.world import WorldMap, area
from evidence.figures.world_map_names import Naming, Scene, cut, placed
from evidence.numbers.quantity import number_text
from evidence.numbers.results import FigureResult

COLOURS = ("step-2", "step-3", "step-4", "step-5", "step-6")
NICE = (1, 2, 3, 5)
NAMED = 5
LONGEST_LISTED = 32
SWATCH = "M-1,-.5H1V.5H-1Z"


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


def listed(items: list[Item]) -> str:
    """Return items with their numbers, long names cut."""
    return ", ".join(f"{cut(item.label, LONGEST_LISTED)} {item.estimate_text}" for item in items)


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: land, countries by class, circles for small ones, names with lines.

    Outlines are TopoJSON in pixels of the drawing, so that names can be placed among them.
    """
    there = [item for item in items_of(result) if item.part]
    narrow = is_narrow(width)
    world, radius = WorldMap(width, coarse=narrow), 3.0 if narrow else 4.0
    named_first = [Naming(item, world.place(item.part), short=narrow) for item in there[:NAMED]]
    labels, leaders = placed(Scene(world, there, radius), named_first)
    most = f"Most: {listed(there[:NAMED])}." if narrow and len(there) > 1 else ""
    height = round(world.height)
    for line in filled(most, width, SMALL_SIZE):
        height += LINE
        labels.append({"words": line, "x": 0, "y": height - 5, "below": True})
    with unchecked():
        drawn = alt.layer(
            *_land(),
            *_countries(result, radius, width),
            *_names(),
            width=width,
            height=height,
        )
        datasets = {
            "outlines": world.topology([item.part for item in reversed(there)]),
            ITEMS: _values(result, world, least=7.0 if narrow else 16.0),
            "labels": labels,
            "leaders": leaders,
        }
        return specification(drawn.project("identity", scale=1, translate=[0, 0]), result, datasets)


def _values(result: FigureResult, world: WorldMap, least: float) -> Values:
    """Return the items with their place on the map; one below ``least`` pixels is ``small``."""
    values = values_of(result)
    for value in values:
        if "part" in value:
            rings = world.rings(value["part"])
            value["x"], value["y"] = (round(at, 1) for at in world.place(value["part"]))
            value["small"] = not rings or area(rings[0]) < least
    return values


def _outlines() -> Chart:
    outlines = alt.DataFormat(type="topojson", feature="outlines")
    return alt.Chart(alt.NamedData(name="outlines", format=outlines))


def _land() -> Iterator[Chart]:
    """Yield all land, and over it the borders between countries that are no items."""
    land = _outlines().transform_filter("datum.id === 'land'")
    yield land.mark_geoshape(fill=RULE, aria=False, clip=False)
    borders = _outlines().transform_filter("datum.id === 'borders'")
    yield borders.mark_geoshape(filled=False, stroke=PAPER, strokeWidth=0.5, aria=False, clip=False)


def _countries(result: FigureResult, radius: float, width: int) -> Iterator[Chart]:
    """Yield the countries of the items as shapes, and small ones as circles over them."""
    shades = _shades(result, width)
    fields = ["label", "estimate", "sentence", "small"]
    known = alt.LookupData(alt.NamedData(name=ITEMS), key="part", fields=fields)
    yield (
        _outlines()
        .transform_lookup("id", from_=known)
        .transform_filter("isValid(datum.sentence) && !datum.small")
        .mark_geoshape(strokeWidth=0.5, clip=False)
        .encode(**shades, **heard())
    )
    yield (
        named()
        .transform_filter("datum.small")
        .mark_point(size=4 * radius**2, strokeWidth=0.75, clip=False)
        .encode(**_place(), **shades, **heard())
    )


def _shades(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the scales by which a number is a shade with an edge, and their legend."""
    scale = classes(int(max(item.estimate or 0 for item in items_of(result) if item.part)))
    words = ["none in this table", *(each.words for each in scale)]
    legend = alt.Legend(
        title=result.axis,
        orient="bottom",
        offset=8,
        direction="horizontal",
        columns=columns_within(words, width, SMALL_SIZE, 38),
        labelExpr=f"{json.dumps(words)}[datum.index]",
        symbolType=SWATCH,
        symbolSize=400,
        symbolStrokeWidth=0.5,
        titleColor=MUTED,
        titleFontSize=SMALL_SIZE,
        titleFontWeight="normal",
    )
    lows = [each.low for each in scale]
    fills = [RULE, *(LIGHT[each.colour] for each in scale)]
    edges = [PAPER, *[MUTED] * len(scale)]
    return {
        channel.__name__.lower(): channel(
            "estimate",
            type="quantitative",
            scale=alt.Scale(type="threshold", domain=lows, range=colours),
            legend=legend,
        )
        for channel, colours in ((alt.Fill, fills), (alt.Stroke, edges))
    }


def _place() -> dict[str, Any]:
    """Return the channels of a place on the map, which the projection takes as it is."""
    return {
        "longitude": alt.Longitude("x", type="quantitative"),
        "latitude": alt.Latitude("y", type="quantitative"),
    }


def _names() -> Iterator[Chart]:
    """Yield the lines that lead to the most frequent countries, a dot in each, and their names."""
    lines = named("leaders")
    ends = {"longitude2": alt.Longitude2("to-x"), "latitude2": alt.Latitude2("to-y")}
    for colour, width in ((PAPER, 2.5), (INK, 0.75)):
        yield lines.mark_rule(color=colour, strokeWidth=width, aria=False).encode(
            **_place(), **ends
        )
    dot = {"size": 16, "fill": INK, "stroke": PAPER, "strokeWidth": 1, "aria": False}
    yield lines.mark_point(**dot).encode(**_place())
    place = {**_place(), "text": alt.Text("words", type="nominal")}
    bold = {"align": "center", "fontWeight": "bold", "fontSize": SMALL_SIZE, "aria": False}
    words = named("labels")
    yield words.transform_filter("!datum.below").mark_text(**bold).encode(**place)
    yield (
        words.transform_filter("datum.below")
        .mark_text(align="left", color=MUTED, fontSize=SMALL_SIZE, aria=False)
        .encode(**place)
    )
