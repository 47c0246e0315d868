"""The Vega-Lite specification of a sheet, made with Altair. Importing this loads Altair."""

from __future__ import annotations

from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from evidence.figures.look import LIGHT, Layer, Lettering, Look
from evidence.figures.measures import AxisScale

SHAPE_AREAS = {"circle": 80, "square": 70, "diamond": 84}


def made(layers: dict[Layer, list[dict[str, Any]]], size: tuple[int, int]) -> dict[str, Any]:
    """Return one specification of all ``layers``, the first at the bottom.

    Altair would check every part against the schema as it is made, and copy all rows at every
    step, which takes most of the time. A test checks whole specifications instead, and the rows
    are added at the end.
    """
    datasets = {f"layer-{number}": rows for number, rows in enumerate(layers.values())}
    with debug_mode(arg=False):
        drawn = [
            _layer(*layer[:3], name, rows[0])
            for layer, (name, rows) in zip(layers, datasets.items(), strict=True)
        ]
        chart = alt.layer(
            *drawn,
            width=size[0],
            height=size[1],
            padding=0,
            autosize=alt.AutoSizeParams(type="none"),
            resolve=alt.Resolve(scale=alt.ScaleResolveMap(x="independent", y="independent")),
            config=alt.Config(
                background=LIGHT["paper"], font="sans-serif", view=alt.ViewConfig(stroke=None)
            ),
        )
        specification: dict[str, Any] = chart.to_dict(validate=False)
    return {**specification, "datasets": datasets}


def _layer(
    kind: Lettering | Look,
    across: AxisScale | None,
    down: AxisScale | None,
    name: str,
    first: dict[str, Any],
) -> Any:
    """Return the layer of the rows called ``name``; the ``first`` tells which fields all have."""
    chart = alt.Chart(alt.NamedData(name=name))
    encoding: dict[str, Any] = {
        "x": alt.X("x", type="quantitative", scale=_scale(across), axis=None),
        "y": alt.Y("y", type="quantitative", scale=_scale(down), axis=None),
    }
    if isinstance(kind, Lettering):
        marked = chart.mark_text(
            align=kind.align,
            baseline="alphabetic",
            color=LIGHT[kind.colour],
            fontSize=kind.size,
            fontWeight="bold" if kind.bold else "normal",
        )
        return marked.encode(text=alt.Text("words", type="nominal"), **encoding)
    encoding |= {end: getattr(alt, end.upper())(end) for end in ("x2", "y2") if end in first}
    if "sentence" in first:
        encoding["tooltip"] = alt.Tooltip("sentence", type="nominal")
        encoding["description"] = alt.Description("sentence", type="nominal")
    if "size" in first:
        encoding["size"] = alt.Size("size", type="quantitative", scale=None)
    if kind.mark == "path":
        encoding["shape"] = alt.Shape("path", type="nominal", scale=None)
    return _marked(chart, kind).encode(**encoding)


def _marked(chart: Any, look: Look) -> Any:
    if look.mark == "path":
        return _path(chart, look)
    colour = LIGHT[look.colour]
    if look.mark == "rule":
        dash = list(look.dash) or None
        return chart.mark_rule(color=colour, strokeWidth=look.width, **_given(strokeDash=dash))
    opacity = None if look.opacity == 1 else look.opacity
    if look.mark == "bar":
        return chart.mark_bar(
            fill=LIGHT["paper"] if look.hollow else colour,
            **_given(
                fillOpacity=opacity,
                stroke=LIGHT[look.outline] if look.outline else colour if look.hollow else None,
                strokeWidth=look.width if look.outline else None,
                strokeDash=list(look.dash) or None,
            ),
        )
    return chart.mark_point(
        shape=look.shape,
        size=SHAPE_AREAS[look.shape],
        fill=LIGHT["paper"] if look.hollow else colour,
        stroke=colour,
        strokeWidth=1.75 if look.hollow else 1,
        opacity=1,
    )


def _path(chart: Any, look: Look) -> Any:
    """Return a symbol whose shape is the path itself: at size 4 a unit of it is a pixel."""
    filled, outlined = look.colour != "", look.outline != ""
    opacity = None if look.opacity == 1 else look.opacity
    return chart.mark_point(
        size=4,
        opacity=1,
        fill=LIGHT["paper" if look.hollow else look.colour] if filled else None,
        **_given(
            stroke=LIGHT[look.outline] if outlined else None,
            strokeWidth=look.width if outlined else 0,
            strokeDash=list(look.dash) or None,
            fillOpacity=opacity if filled else None,
            strokeOpacity=opacity if outlined and not filled else None,
        ),
    )


def _given(**options: Any) -> dict[str, Any]:
    return {name: option for name, option in options.items() if option is not None}


def _scale(scale: AxisScale | None) -> Any:
    if scale is None:
        return None
    return alt.Scale(
        domain=[scale.low, scale.high],
        range=[scale.start, scale.end],
        type="log" if scale.logarithmic else "linear",
        nice=False,
        zero=False,
    )
