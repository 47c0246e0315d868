"""How a flow is drawn: bars in columns, bands as areas between them, and the names of the bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import Item, items_of
from evidence.figures.flow_layout import Band, Bar, Division, Way, bands_of, placed, stacked
from evidence.figures.furniture import is_narrow
from evidence.figures.look import LIGHT, SMALL_SIZE
from evidence.figures.measures import fitting, text_width, wrapped
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
    specification,
    unchecked,
    values_of,
)
from evidence.numbers.quantity import number_text
from evidence.numbers.results import FigureResult

MOST_BANDS = 20
THICK, SIDE, REST = 12.0, 150.0, 26.0  # pixels: a bar, the names beside them, the end of a rest
HIGH, NARROW_HIGH, APART = 300.0, 210.0, 26.0
TALL = 16.0  # pixels of a line of a name
NEUTRAL = "series-6"
COLOURS = ("series-1", "series-2", "series-3", "series-4", "series-5")
UNSTATED = ("not stated", "not classified", "not given", "not known")
NO_ONE_THING = ("other", "several", "unknown", "unclear")


def is_unstated(name: str) -> bool:
    """Tell whether a name stands for what nobody says."""
    return any(words in name.lower() for words in UNSTATED)


def is_rest(name: str) -> bool:
    """Tell whether a name stands for what is not known or not one thing."""
    return is_unstated(name) or name.lower().startswith(NO_ONE_THING)


def ways_of(items: Sequence[Item]) -> list[Way]:
    """Return the ways through the columns with their numbers."""
    return [(item.way, item.estimate or Decimal(0)) for item in items]


@dataclass
class Layout:
    """What stands where, as rows in pixels: bars, bands, the ends of what is put together, names."""

    width: int
    items: list[Item]
    bars: Values = field(default_factory=list)
    bands: Values = field(default_factory=list)
    rest: Values = field(default_factory=list)
    names: Values = field(default_factory=list)
    slices: Values = field(default_factory=list)
    height: float = 1.0


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: bands, over them bars made of their items, the names last."""
    items = items_of(result)
    layout = _laid_out(items, dict(result.options.get("short", {})), width)
    values = [
        {**value, "from": item.way[0], **place}
        for value, item, place in zip(values_of(result), items, layout.slices, strict=True)
    ]
    for end in layout.rest:
        free = not any(name["over"] and _meet(end, name) for name in layout.names)
        end["numbered"] = free and end["bottom"] - end["top"] >= TALL - 3
    with unchecked():
        drawn = alt.layer(
            *_bands(layout),
            *_bars(layout),
            *_names(layout),
            width=width,
            height=round(layout.height),
        )
        datasets = {ITEMS: values, "bars": layout.bars, "bands": layout.bands}
        datasets |= {"others": layout.rest, "names": layout.names}
        return specification(drawn, result, datasets)


def _meet(box: dict[str, Any], other: dict[str, Any]) -> bool:
    sides = (("x", "x2"), ("top", "bottom"))
    return all(box[low] < other[high] and other[low] < box[high] for low, high in sides)


def _laid_out(items: list[Item], short: dict[str, str], width: int) -> Layout:
    """Return all columns beside each other, or on a phone each two below the two before."""
    ways, orders = ways_of(items), _as_placed(items)
    layout, bands = Layout(width, items), bands_of(ways, MOST_BANDS)
    if not is_narrow(width):
        _add(layout, ways, orders, bands, first=0, short={})
        return layout
    for first in range(len(orders) - 1):
        pairs = [(names[first : first + 2], number) for names, number in ways]
        layout.height += APART if first else 0
        _add(layout, pairs, orders[first : first + 2], bands, first=first, short=short)
    return layout


def _as_placed(items: list[Item]) -> list[list[str]]:
    """Return the names of each column from top to bottom: each item knows the places of its own."""
    places: list[dict[str, int]] = [{} for _ in items[0].way]
    for item in items:
        for column, name, place in zip(places, item.way, item.places, strict=True):
            column[name] = place
    return [sorted(column, key=lambda name: column[name]) for column in places]


def _add(
    layout: Layout,
    ways: list[Way],
    orders: list[list[str]],
    bands: list[Band],
    *,
    first: int,
    short: dict[str, str],
) -> None:
    """Add columns from the ``first`` on below what is there."""
    inside = is_narrow(layout.width)
    room = layout.width / 2 - THICK - 14 if inside else SIDE - 8
    totals: dict[tuple[int, str], Decimal] = {}
    for names, number in ways:
        for at, name in enumerate(names):
            totals[at, name] = totals.get((at, name), Decimal(0)) + number
    written = {key: _lines(short.get(key[1], key[1]), totals[key], room) for key in totals}
    needed: dict[str, float] = {}
    for (_, name), lines in written.items():
        needed[name] = max(needed.get(name, 0.0), TALL * len(lines))
    columns, reached = stacked(ways, orders, NARROW_HIGH if inside else HIGH, needed)
    for column in columns:
        for bar in column.bars:
            bar.top += layout.height
    edges = (0.0, layout.width - THICK) if inside else (SIDE, layout.width - SIDE - THICK)
    apart = (edges[1] - edges[0]) / (len(columns) - 1)
    at_x = [edges[0] + at * apart for at in range(len(columns))]
    _add_bands(layout, placed(bands, columns, first), columns, at_x, first)
    for at, column in enumerate(columns):
        left = at == len(columns) - 1 if inside else at == 0
        over = inside or 0 < at < len(columns) - 1
        for bar in column.bars:
            _add_bar(layout, bar, at_x[at], leading=first + at == 0)
            _add_name(layout, written[at, bar.name], bar, at_x[at], left=left, over=over)
    layout.height += reached


def _add_bands(
    layout: Layout, there: Sequence[Any], columns: list[Division], at_x: list[float], first: int
) -> None:
    for each in there:
        band, step = each.band, each.band.step - first
        value = {"from": band.source, "to": band.target, "value": float(band.value)}
        if band.rest:
            x = at_x[step] + THICK if band.source else at_x[step + 1] - REST
            top = each.top if band.source else each.top_after
            ends = {"x": x, "x2": x + REST, "top": top, "bottom": top + each.high}
            said = f"{band.source or 'Others'} to {band.target or 'others'}"
            layout.rest.append({**value, **_rounded(ends), "sentence": _said(said, band)})
            continue
        ends = {"x": at_x[step] + THICK, "x2": at_x[step + 1], "high": max(each.high, 0.5)}
        ends |= {"top": each.top, "top2": each.top_after}
        said = f"{band.source} to {band.target}"
        one = layout.items[band.ways[0]].sentence if len(band.ways) == 1 else _said(said, band)
        layout.bands.append({**value, "group": band.group, **_rounded(ends), "sentence": one})
    if not first:
        _add_slices(layout, columns[0])


def _said(ends: str, band: Band) -> str:
    return f"{ends}: {number_text(band.value)}"


def _add_slices(layout: Layout, column: Division) -> None:
    """Place each item in the bar that it comes from, one below the other."""
    used: dict[str, float] = {}
    for item in layout.items:
        bar = column.bar(item.way[0])
        top = bar.top + used.get(bar.name, 0.0)
        high = bar.height * float((item.estimate or Decimal(0)) / bar.total)
        used[bar.name] = used.get(bar.name, 0.0) + high
        layout.slices.append(_rounded({"top": top, "bottom": top + high}))


def _add_bar(layout: Layout, bar: Bar, x: float, *, leading: bool) -> None:
    ends = {"x": x, "x2": x + THICK, "top": bar.top, "bottom": bar.top + bar.height}
    told = {"name": bar.name, "total": float(bar.total), "unstated": is_unstated(bar.name)}
    layout.bars.append({**told, "first": leading, **_rounded(ends)})


def _add_name(
    layout: Layout, lines: list[str], bar: Bar, x: float, *, left: bool, over: bool
) -> None:
    """Add the name of a bar, left or right of it, on a plate where it stands ``over`` bands."""
    end = x - 6 if left else x + THICK + 6
    y = bar.top + bar.height / 2 - TALL * len(lines) / 2
    wide = max(text_width(words, SMALL_SIZE, bold=True) for words in lines) + 6
    for words in lines:
        plate = (
            {"x": end + 3 - wide, "x2": end + 3} if left else {"x": end - 3, "x2": end - 3 + wide}
        )
        ends = {**plate, "at": end, "top": y, "bottom": y + TALL}
        side = "right" if left else "left"
        layout.names.append({"words": words, "align": side, "over": over, **_rounded(ends)})
        y += TALL


def _lines(name: str, total: Decimal, width: float) -> list[str]:
    lines = wrapped(f"{name} {number_text(total)}", width, SMALL_SIZE, bold=True)
    cut = [fitting(line, width, SMALL_SIZE, bold=True) for line in lines]
    return cut if len(cut) <= 3 else [*cut[:2], f"… {number_text(total)}"]


def _rounded(ends: dict[str, float]) -> dict[str, float]:
    return {name: round(end, 2) for name, end in ends.items()}


def _channels(layout: Layout, x: str = "x", y: str = "top") -> dict[str, Any]:
    """Return the channels of places in pixels."""
    across = alt.Scale(domain=[0, layout.width], nice=False, zero=False)
    down = alt.Scale(domain=[0, round(layout.height)], reverse=True, nice=False, zero=False)
    return {
        "x": alt.X(x, type="quantitative", scale=across, axis=None, title=None),
        "y": alt.Y(y, type="quantitative", scale=down, axis=None, title=None),
    }


def _boxes(layout: Layout) -> dict[str, Any]:
    return {**_channels(layout), "x2": alt.X2("x2"), "y2": alt.Y2("bottom")}


def _colours(layout: Layout, name: str, channel: str = "Fill") -> Any:
    """Return the scale of colours: one each for the largest bars of the first column."""
    first = [bar for bar in layout.bars if bar["first"]]
    known = [bar for bar in first if not is_rest(bar["name"])]
    largest = sorted(known, key=lambda bar: -bar["total"])[: len(COLOURS)]
    coloured = [bar["name"] for bar in first if bar in largest]
    looks = dict.fromkeys(bar["name"] for bar in first) | dict(zip(coloured, COLOURS, strict=False))
    colours = {name: LIGHT[look or NEUTRAL] for name, look in looks.items()}
    scale = alt.Scale(domain=["", *colours], range=[LIGHT[NEUTRAL], *colours.values()])
    return getattr(alt, channel)(name, type="nominal", scale=scale, legend=None)


def _bands(layout: Layout) -> Iterator[Chart]:
    """Yield bands as areas through four points, and what is put together as ends that go nowhere."""
    yield (
        named("bands")
        .transform_calculate(point="sequence(4)")
        .transform_flatten(["point"])
        .transform_calculate(
            at="datum.x + (datum.x2 - datum.x) * datum.point / 3",
            upper="datum.point < 2 ? datum.top : datum.top2",
            lower="datum.upper + datum.high",
        )
        .mark_area(interpolate="basis", fillOpacity=0.45)
        .encode(
            **_channels(layout, "at", "upper"),
            y2=alt.Y2("lower"),
            detail=[alt.Detail(name, type="nominal") for name in ("sentence", "from", "to")],
            fill=_colours(layout, "group"),
            **heard(),
        )
    )
    if layout.rest:
        others = named("others").mark_rect(fill=LIGHT[NEUTRAL], fillOpacity=0.3)
        yield others.encode(**_boxes(layout), **heard())
        yield (
            named("others")
            .transform_filter("datum.numbered")
            .transform_calculate(
                at="(datum.x + datum.x2) / 2", middle="(datum.top + datum.bottom) / 2"
            )
            .mark_text(fontSize=SMALL_SIZE, aria=False)
            .encode(
                **_channels(layout, "at", "middle"), text=alt.Text("value", type="quantitative")
            )
        )


def _bars(layout: Layout) -> Iterator[Chart]:
    """Yield bars: those of the first column are made of the items, what is not stated is hollow."""
    start = min(bar["x"] for bar in layout.bars)
    bars = named("bars")
    yield (
        bars.transform_filter("!datum.first || datum.unstated")
        .mark_rect(strokeWidth=1, aria=False, strokeDash={"expr": "datum.unstated ? [3, 2] : null"})
        .encode(
            **_boxes(layout),
            color=alt.condition("datum.unstated", alt.value(PAPER), alt.value(MUTED)),
            stroke=alt.value(MUTED),
        )
    )
    unstated = [bar["name"] for bar in layout.bars if bar["first"] and bar["unstated"]]
    yield (
        named()
        .transform_calculate(start=f"{start:g}", end=f"{start + THICK:g}")
        .mark_rect(
            strokeWidth=0.5, opacity={"expr": f"indexof({unstated}, datum.from) < 0 ? 1 : 0"}
        )
        .encode(
            **_channels(layout, "start"),
            x2=alt.X2("end"),
            y2=alt.Y2("bottom"),
            fill=_colours(layout, "from"),
            stroke=_colours(layout, "from", "Stroke"),
            **heard(),
        )
    )


def _names(layout: Layout) -> Iterator[Chart]:
    names = named("names")
    yield (
        names.transform_filter("datum.over")
        .mark_rect(fill=PAPER, fillOpacity=0.9, aria=False)
        .encode(**_boxes(layout))
    )
    yield (
        names.transform_calculate(middle="(datum.top + datum.bottom) / 2")
        .mark_text(
            align={"expr": "datum.align"},
            fontWeight="bold",
            fontSize=SMALL_SIZE,
            color=INK,
            aria=False,
        )
        .encode(**_channels(layout, "at", "middle"), text=alt.Text("words", type="nominal"))
    )
