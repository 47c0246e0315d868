"""How a flow is drawn: bars in columns, bands as areas between them, and the names of the bars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidence.figures.figure_item import items_of
from evidence.figures.flow_places import THICK, FlowLayout, is_rest, laid_out
from evidence.figures.look import LIGHT, SMALL_SIZE
from evidence.figures.theme import (
    INK,
    ITEMS,
    MUTED,
    PAPER,
    Chart,
    alt,
    heard,
    named,
    pixels,
    specification,
    unchecked,
    values_of,
)
from evidence.numbers.results import FigureResult

NEUTRAL = "series-6"
COLOURS = ("series-1", "series-2", "series-3", "series-4", "series-5")


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: bands, over them bars made of their items, the names last."""
    items = items_of(result)
    layout = laid_out(items, dict(result.options.get("short", {})), width)
    values = [
        {**value, "from": item.way[0], **place}
        for value, item, place in zip(values_of(result), items, layout.slices, strict=True)
    ]
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


def _boxes(layout: FlowLayout) -> dict[str, Any]:
    return {
        **pixels(layout.width, layout.height, y="top"),
        "x2": alt.X2("x2"),
        "y2": alt.Y2("bottom"),
    }


def _colours(layout: FlowLayout, name: str, channel: str = "Fill") -> Any:
    """Return the scale of colours: one each for the largest bars of the first column."""
    first = [bar for bar in layout.bars if bar["first"]]
    known = [bar for bar in first if not is_rest(bar["name"])]
    largest = sorted(known, key=lambda bar: -bar["total"])[: len(COLOURS)]
    coloured = [bar["name"] for bar in first if bar in largest]
    looks = dict.fromkeys(bar["name"] for bar in first) | dict(zip(coloured, COLOURS, strict=False))
    colours = {name: LIGHT[look or NEUTRAL] for name, look in looks.items()}
    scale = alt.Scale(domain=["", *colours], range=[LIGHT[NEUTRAL], *colours.values()])
    return getattr(alt, channel)(name, type="nominal", scale=scale, legend=None)


def _bands(layout: FlowLayout) -> Iterator[Chart]:
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
            **pixels(layout.width, layout.height, "at", "upper"),
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
                **pixels(layout.width, layout.height, "at", "middle"),
                text=alt.Text("value", type="quantitative"),
            )
        )


def _bars(layout: FlowLayout) -> Iterator[Chart]:
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
            **pixels(layout.width, layout.height, "start", "top"),
            x2=alt.X2("end"),
            y2=alt.Y2("bottom"),
            fill=_colours(layout, "from"),
            stroke=_colours(layout, "from", "Stroke"),
            **heard(),
        )
    )


def _names(layout: FlowLayout) -> Iterator[Chart]:
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
        .encode(
            **pixels(layout.width, layout.height, "at", "middle"),
            text=alt.Text("words", type="nominal"),
        )
    )
