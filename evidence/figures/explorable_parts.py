"""Scales, colours and selections that the families of explorable figures share."""

from __future__ import annotations

import json
from typing import Any

from evidence.figures.figure_item import in_percent, items_of
from evidence.figures.look import LIGHT
from evidence.figures.measures import text_width
from evidence.figures.series import STEPS, UNSTATED
from evidence.numbers.results import FigureResult

Values = list[dict[str, Any]]
Layout = dict[str, Any]  # a part of a specification, with the number of its ``rows``
MUTED, MAIN = LIGHT["figure-muted"], LIGHT["series-1"]
SERIES = [LIGHT[f"series-{number}"] for number in range(1, 7)]
HEARD = {
    "tooltip": {"field": "sentence", "type": "nominal"},
    "description": {"field": "sentence", "type": "nominal"},
}
BETWEEN = " · "  # a label and the group that tells it from others of the same name
SHORT_LABEL = f"split(datum.value, '{BETWEEN}')[0]"
SIZE = 13
WIDEST_ROW = 0.4  # of the width of a view: the names of its rows
OF_A_WHOLE = {"shares", "stacked-bars"}
SHAPES = ["circle", "diamond", "square", "triangle-up", "cross", "triangle-down"]


def row_scale() -> dict[str, Any]:
    """Give each item a row, in the order of the figure."""
    axis = {"title": None, "ticks": False, "domain": False, "labelExpr": SHORT_LABEL}
    return {"field": "row", "type": "nominal", "sort": None, "axis": axis}


def number_scale(result: FigureResult) -> dict[str, Any]:
    """Measure what the figure measures along its axis; shares are of a whole."""
    measured = {"field": "estimate", "type": "quantitative", "title": result.axis or None}
    shares = in_percent(items_of(result)) and result.kind in OF_A_WHOLE
    return {**measured, "scale": {"domain": [0, 100]}} if shares else measured


def reference_line(result: FigureResult) -> list[Layout]:
    """Return a layer with the line of no effect, where there is one."""
    if result.reference is None:
        return []
    line = {"type": "rule", "color": MUTED, "strokeDash": [4, 3], "aria": False}
    at = {"datum": float(result.reference), "type": "quantitative"}
    return [{"mark": line, "data": {"values": [{}]}, "encoding": {"x": at}}]


def column_heads(names: list[str], rows: list[str], width: int, short: dict[str, str]) -> Layout:
    """Return the heads of columns in a view ``width`` pixels wide: the first that is not too wide.

    A head is whole, or in a line for each word, or the name that is ``short``.
    """
    label = min(max(text_width(row, SIZE) for row in rows), width * WIDEST_ROW) + 10
    cell = (width - label) / len(names) - 4
    whole = max(text_width(name, SIZE) for name in names)
    word = max(text_width(word, SIZE) for name in names for word in name.split())
    if whole <= cell:
        return {"labelExpr": "datum.label", "labelPadding": 2}
    if word > cell and short:
        held = {name: short.get(name, name) for name in names}
        return {"labelExpr": f"{_json(held)}[datum.label]", "labelPadding": 2}
    deepest = max(len(name.split()) for name in names)
    lines = {name: [""] * (deepest - len(name.split())) + name.split() for name in names}
    room = 2 + (deepest - 1) * (SIZE + 2)
    return {"labelExpr": f"{_json(lines)}[datum.label]", "labelPadding": room}


def _json(held: dict[str, Any]) -> str:
    return json.dumps(held, ensure_ascii=False)


def doubted(values: Values) -> dict[str, Any]:
    """Draw doubtful estimates hollow, as the drawing does."""
    if not any(value.get("doubtful") for value in values):
        return {}
    colour = {**by_group(values)["color"], "legend": None}
    plain = {"value": MAIN} if "value" in colour else colour
    hollow = {"condition": {"test": "datum.doubtful === true", "value": LIGHT["paper"]}}
    return {"fill": {**hollow, **plain}, "stroke": plain, "strokeWidth": {"value": 1.75}}


def unstated_outline(lighter: str = "false") -> dict[str, Any]:
    """Draw what nobody states as an outline, and means over several years lighter."""
    test = "datum.unstated === true"
    pale = [{"test": test, "value": 0}, {"test": lighter, "value": 0.35}]
    return {
        "fillOpacity": {"condition": pale, "value": 1},
        "stroke": {"condition": {"test": test, "value": MUTED}, "value": None},
    }


def zoomable(*along: str) -> dict[str, Any]:
    """Let readers drag the scale, and zoom with the wheel while they hold the control key."""
    chosen = {"type": "interval", "encodings": list(along), "zoom": "wheel![event.ctrlKey]"}
    return {"name": "zoom", "select": chosen, "bind": "scales"}


def by_group(values: Values, *, shape: bool = False) -> dict[str, Any]:
    """Tell groups apart by colour, and where asked by shape, when there are several."""
    groups = list(dict.fromkeys(value["group"] for value in values if "group" in value))
    if not 1 < len(groups) <= len(SHAPES):
        return {} if shape else {"color": {"value": MAIN}}
    told = {"field": "group", "type": "nominal", "sort": None, "title": None}
    if shape:
        return {"shape": {**told, "scale": {"domain": groups, "range": SHAPES[: len(groups)]}}}
    return {"color": {**told, "scale": {"domain": groups, "range": SERIES[: len(groups)]}}}


def crossed(values: Values, result: FigureResult) -> tuple[str, str]:
    """Return which part of an item names its category, and which its series.

    A series has one rank throughout the figure.
    """
    ranks: dict[str, set[int]] = {}
    for value, item in zip(values, items_of(result), strict=True):
        ranks.setdefault(value["label"], set()).add(item.rank)
    labels = len(ranks) > 1 and all(len(label_ranks) == 1 for label_ranks in ranks.values())
    several = len({item.rank for item in items_of(result)}) > 1
    return ("group", "label") if labels and several else ("label", "group")


def weighed(values: Values) -> dict[str, Any]:
    """Draw studies as large as their weight, where they have one."""
    if not any("weight" in value for value in values):
        return {}
    most = max(float(value.get("weight", 0)) for value in values)
    sized = f"isValid(datum.weight) ? 20 + 260 * datum.weight / {most:g} : 110"
    return {"size": {"value": {"expr": sized}}}


def series_colours(field: str, result: FigureResult) -> dict[str, Any]:
    """Return the colours of the series in their order: steps of one hue where they are ordered."""
    counted = [item for item in items_of(result) if item.estimate is not None]
    named = {item.label if field == "label" else item.group: item for item in counted}
    names = sorted((name for name in named if name), key=lambda name: named[name].rank)
    stated = [name for name in names if named[name].part != UNSTATED]
    steps = STEPS.get(len(stated), ()) if result.options.get("ordered") else ()
    hue = [LIGHT[f"step-{step}"] for step in steps] or SERIES
    colour_of = {name: hue[number % len(hue)] for number, name in enumerate(stated)}
    colours = [colour_of.get(name, MUTED) for name in names]
    told = {"field": field, "type": "nominal", "title": None, "sort": None}
    return {**told, "scale": {"domain": names, "range": colours}}
