"""A table of counts by country as a map: darker where there are more, and what has no place."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import Item, items_of, told
from evidence.figures.furniture import LINE, is_narrow
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.look import LIGHT, SMALL_SIZE
from evidence.figures.measures import filled
from evidence.figures.tabular import Count, counts, parsed
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
from evidence.figures.world import WorldMap, area, has_place, names
from evidence.figures.world_map_names import Naming, Scene, cut, placed
from evidence.model.figure import Figure
from evidence.model.former_countries import FORMER
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.quantity import number_text, with_unit
from evidence.numbers.results import Computed, FigureResult
from evidence.problems import did_you_mean

NOT_CODES = {"", "not-stated", "unclassified", "several", "several-countries"}
NO_COUNTRY = "No country stated"
ROLES = (
    Role(
        "code", "the country, as its three letters in ISO 3166-1; empty if there is no one country"
    ),
    Role("value", "how many", number=True),
    Role("name", "what the country is called", optional=True),
)
COLOURS = ("step-2", "step-3", "step-4", "step-5", "step-6")
NICE = (1, 2, 3, 5)
NAMED = 5
LONGEST_LISTED = 32
SWATCH = "M-1,-.5H1V.5H-1Z"
TERRITORIES = (
    "Territories with a code of their own in ISO 3166, such as French Guiana, are counted and drawn "
    "apart from their country."
)
ABOUT = (
    "Borders are those of Natural Earth and take no side; disputed territories are drawn as there. "
    "Small countries are circles. Antarctica is left out."
)


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return nothing: a table has no findings."""
    del figure, findings
    return ()


def unfit(figure: Figure, rows: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield codes that no country has, and tables without a number to show."""
    code, value = figure.columns["code"], figure.columns["value"]
    for row in rows:
        number = parsed(row[value])
        if number is not None and number != number.to_integral_value():
            hint = "The classes of the map are whole numbers: show shares in a ranking instead."
            yield "table", f"'{row[value]}' is not a whole number of {value}", hint
    unknown = dict.fromkeys(row[code] for row in rows if not _stands_alone(row[code], figure))
    for cell in unknown:
        if cell not in names():
            hint = "Codes are the three capital letters of ISO 3166-1, such as FRA."
            message = f"'{cell}' is not the code of a country"
            yield "table", message, did_you_mean(cell.upper(), names(), hint)
        elif not has_place(cell):
            hint = "Leave it out with 'where:', and say so in the note."
            yield "table", f"'{cell}', {names()[cell]}, is not on the map", hint
    if not any((parsed(row[value]) or 0) > 0 and row[code] in names() for row in rows):
        hint = "A map needs one country with a number above zero."
        yield "table", "no country in this table has a number to show", hint


def _stands_alone(code: str, figure: Figure) -> bool:
    """Tell whether a cell stands for no one country of today."""
    return (
        code in NOT_CODES
        or (code in FORMER and code not in names())
        or (code in figure.labels and code not in names())
    )


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a country, most first, then what has no one country."""
    del computed
    source = report.sources[figure.read_in.source].short if figure.read_in else ""
    locator = figure.read_in.locator if figure.read_in else ""
    countries = []
    for count in counts(figure, report):
        code = count.cells["code"]
        alone = _stands_alone(code, figure)
        label, words = _name(count, code), number_text(count.number)
        countries.append(
            Item(
                label=label,
                printed=words,
                sentence=f"{label}: {with_unit(count.number, unit_of(figure))}",
                source=source,
                locator=locator,
                estimate=count.number,
                estimate_text=words,
                part="" if alone else code,
            )
        )
    return tuple(
        sorted(countries, key=lambda item: (not item.part, -(item.estimate or 0), item.label))
    )


def unit_of(figure: Figure) -> str:
    """Return what is counted, in the plural."""
    return figure.unit or figure.columns["value"]


def _name(count: Count, code: str) -> str:
    written = count.words.get("name") or count.words["code"]
    known = names().get(code) or FORMER.get(code)
    if known is not None and written in {code, ""}:
        return known
    return written[:1].upper() + written[1:] if written else NO_COUNTRY


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what is counted."""
    del findings
    return f"Number of {unit_of(figure)}"


def table(items: tuple[Item, ...]) -> Table:
    """Return country, code and number."""
    rows = tuple((item.label, item.part or "none", item.estimate_text) for item in items)
    return ("Country", "Code", "Number"), rows


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return how many countries there are, the most frequent, and what has no country."""
    there = [item for item in items if item.part]
    total = sum((item.estimate or Decimal(0) for item in items), Decimal(0))
    drawn = "The figure shows a map of the world, darker where the number is higher."
    if len(items) <= 8:
        return told(title, drawn, items)
    rest = [item for item in items if not item.part]
    first = "; ".join(item.sentence for item in there[:5])
    without = f" Not on the map: {'; '.join(item.sentence for item in rest)}." if rest else ""
    return (
        f"{title.rstrip('.')}. {drawn} It has {len(there)} countries; all numbers together make "
        f"{number_text(total)}. Most: {first}.{without} "
        f"The table beside it lists all {len(items)}."
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


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return what has no place on the map, how territories are counted, and whose borders these are."""
    rest = [item for item in items_of(result) if not item.part]
    return (*([f"Not on the map: {_listed(rest)}."] if rest else ()), TERRITORIES, ABOUT)


def _listed(items: list[Item]) -> str:
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
    most = f"Most: {_listed(there[:NAMED])}." if narrow and len(there) > 1 else ""
    height = round(world.height)
    for line in filled(most, width, SMALL_SIZE):
        height += LINE
        labels.append({"words": line, "x": 0, "y": height - 5, "below": True})
    with unchecked():
        drawn = alt.layer(
            *_land(),
            *_countries(result, radius, 3 if narrow else 6),
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


def _countries(result: FigureResult, radius: float, columns: int) -> Iterator[Chart]:
    """Yield the countries of the items as shapes, and small ones as circles over them."""
    shades = _shades(result, columns)
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
        .encode(longitude="x:Q", latitude="y:Q", **shades, **heard())
    )


def _shades(result: FigureResult, columns: int) -> dict[str, Any]:
    """Return the scales by which a number is a shade with an edge, and their legend."""
    scale = classes(int(max(item.estimate or 0 for item in items_of(result) if item.part)))
    words = ["none in this table", *(each.words for each in scale)]
    legend = alt.Legend(
        title=result.axis,
        orient="bottom",
        offset=8,
        direction="horizontal",
        columns=columns,
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


def _names() -> Iterator[Chart]:
    """Yield the lines that lead to the most frequent countries, a dot in each, and their names."""
    lines = named("leaders")
    ends = {"longitude": "x:Q", "latitude": "y:Q", "longitude2": "to-x", "latitude2": "to-y"}
    for colour, width in ((PAPER, 2.5), (INK, 0.75)):
        yield lines.mark_rule(color=colour, strokeWidth=width, aria=False).encode(**ends)
    dot = {"size": 16, "fill": INK, "stroke": PAPER, "strokeWidth": 1, "aria": False}
    yield lines.mark_point(**dot).encode(longitude="x:Q", latitude="y:Q")
    place = {"longitude": "x:Q", "latitude": "y:Q", "text": "words:N"}
    bold = {"align": "center", "fontWeight": "bold", "fontSize": SMALL_SIZE, "aria": False}
    words = named("labels")
    yield words.transform_filter("!datum.below").mark_text(**bold).encode(**place)
    yield (
        words.transform_filter("datum.below")
        .mark_text(align="left", color=MUTED, fontSize=SMALL_SIZE, aria=False)
        .encode(**place)
    )


KIND = FigureKind(
    name="world-map",
    sentence="For counts by country: where in the world, and what has no one country.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    conventions=conventions,
    roles=ROLES,
    options=("unit",),
    unfit=unfit,
)
