"""The Vega-Lite specification of a sheet, made with Altair. Importing this loads Altair."""

from __future__ import annotations

from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from evidence.figures.palette import LIGHT
from evidence.figures.scale import Scale
from evidence.figures.sheet import Layer, Lettering, Look

SHAPE_AREAS = {"circle": 80, "square": 70, "diamond": 84}


def made(layers: dict[Layer, list[dict[str, Any]]], size: tuple[int, int]) -> dict[str, Any]:
    """Return one specification of all ``layers``, the first at the bottom.

    Altair would check every part against the schema as it is made, which takes half of the time;
    a test checks whole specifications instead.
    """
    with debug_mode(arg=False):
        drawn = [_layer(*layer, rows) for layer, rows in layers.items()]
        chart = (
            alt.layer(*drawn)
            .resolve_scale(x="independent", y="independent")
            .properties(width=size[0], height=size[1], padding=0)
            .properties(autosize=alt.AutoSizeParams(type="none"))
            .configure(background=LIGHT["paper"], font="sans-serif")
            .configure_view(stroke=None)
        )
        specification: dict[str, Any] = chart.to_dict(validate=False)
    return specification


def _layer(
    kind: Lettering | Look, across: Scale | None, down: Scale | None, rows: list[dict[str, Any]]
) -> Any:
    chart = alt.Chart(alt.InlineData(values=rows))
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
    encoding |= {end: getattr(alt, end.upper())(end) for end in ("x2", "y2") if end in rows[0]}
    if "sentence" in rows[0]:
        encoding["tooltip"] = alt.Tooltip("sentence", type="nominal")
    return _marked(chart, kind).encode(**encoding)


def _marked(chart: Any, look: Look) -> Any:
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
                stroke=colour if look.hollow else None,
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


def _given(**options: Any) -> dict[str, Any]:
    return {name: option for name, option in options.items() if option is not None}


def _scale(scale: Scale | None) -> Any:
    if scale is None:
        return None
    return alt.Scale(
        domain=[scale.low, scale.high],
        range=[scale.start, scale.end],
        type="log" if scale.logarithmic else "linear",
        nice=False,
        zero=False,
    )
