"""How each family of figures is laid out when readers explore it."""

from __future__ import annotations

from collections.abc import Callable

from evidence.figures.explorable_parts import (
    HEARD,
    MAIN,
    MUTED,
    Layout,
    Values,
    by_group,
    crossed,
    number_scale,
    row_scale,
    series_colours,
    unstated_outline,
    weighed,
    zoomable,
)
from evidence.figures.item import in_percent, items_of
from evidence.figures.palette import LIGHT
from evidence.results import FigureResult


def _points(values: Values, result: FigureResult) -> Layout:
    """Lay out estimates with their intervals, one a row."""
    numbers = [value[name] for value in values for name in ("estimate", "low", "high")
               if name in value]  # fmt: skip
    ratio = result.reference == 1 and not in_percent(items_of(result)) and min(numbers) > 0
    scale: Layout = {"type": "log", "nice": False} if ratio else {"zero": False}
    if in_percent(items_of(result)):
        scale = {"domain": [0, 100]}
    title = [result.axis] if result.axis else []
    if any(item.part == "difference" for item in items_of(result)):
        title.append("Differences in percentage points")
    across = {"type": "quantitative", "title": title or None, "scale": {**scale, "padding": 10}}
    interval = {
        "mark": {"type": "rule", "strokeWidth": 2},
        "encoding": {"x": {"field": "low", **across}, "x2": {"field": "high"}},
        "params": [zoomable("x")],
    }
    estimate = {
        "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
        "encoding": {
            "x": {"field": "estimate", **across},
            **by_group(values, shape=True),
            **weighed(values),
        },
    }
    layers: list[Layout] = [interval, estimate]
    if result.reference is not None:
        line = {"type": "rule", "color": MUTED, "strokeDash": [4, 3], "aria": False}
        at = {"datum": float(result.reference), "type": "quantitative"}
        layers.insert(0, {"mark": line, "data": {"values": [{}]}, "encoding": {"x": at}})
    for layer in layers[-2:]:
        layer["encoding"] |= {"y": row_scale(), **HEARD, **by_group(values)}
    return {"layer": layers, "rows": len(values)}


def _scatter(values: Values, result: FigureResult) -> Layout:
    """Lay out effects by their standard errors, the most precise at the top, and what has none."""
    scale = {"type": "log", "nice": False} if result.reference == 1 else {"zero": False}
    effect = {"field": "estimate", "type": "quantitative", "title": result.axis or None}
    across = {"x": {**effect, "scale": {**scale, "padding": 10}}, **HEARD}
    error = {"field": "standard-error", "type": "quantitative", "title": "Standard error"}
    return {
        "layer": [
            {
                "transform": [{"filter": "!isValid(datum['standard-error'])"}],
                "mark": {"type": "rule", "strokeWidth": 2, "color": MUTED},
                "encoding": across,
            },
            {
                "transform": [{"filter": "isValid(datum['standard-error'])"}],
                "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
                "params": [zoomable("x", "y")],
                "encoding": {
                    **across,
                    "y": {**error, "scale": {"reverse": True, "zero": True}},
                    **by_group(values),
                },
            },
        ],
        "rows": 10,
    }


def _bars(values: Values, result: FigureResult) -> Layout:
    """Lay out one bar a row; what nobody states is only an outline."""
    return {
        "mark": {"type": "bar", "cornerRadius": 0},
        "params": [zoomable("x")],
        "encoding": {
            "y": row_scale(),
            "x": number_scale(result),
            **by_group(values),
            **unstated_outline(),
            **HEARD,
        },
        "rows": len(values),
    }


def _stacked(values: Values, result: FigureResult) -> Layout:
    """Lay out one bar a category, with its parts one after the other."""
    category, series = crossed(values, result)
    return {
        "mark": {"type": "bar"},
        "encoding": {
            "y": {**row_scale(), "field": category},
            "x": {**number_scale(result), "stack": "zero"},
            "color": series_colours(series, result),
            **unstated_outline(),
            **HEARD,
        },
        "rows": len({value.get(category) for value in values}),
    }


def _columns(values: Values, result: FigureResult) -> Layout:
    """Lay out a column for each year or span of years, its parts upon one another."""
    counted = [value for value in values if "estimate" in value and "first-year" in value]
    several = len({value["first-year"] for value in counted}) < len(counted)
    series = crossed(values, result)[1]
    year = {"type": "quantitative", "title": None, "scale": {"zero": False, "nice": False}}
    axis = {"format": "d", "grid": False, "tickMinStep": 1}
    span = {"x": {**year, "field": "from", "axis": axis}, "x2": {"field": "to"}, **HEARD}
    gap = {
        "transform": [{"filter": "!isValid(datum.estimate)"}],
        "mark": {"type": "rect", "color": LIGHT["figure-rule"], "opacity": 0.4},
        "encoding": span,
        "params": [zoomable("x")],
    }
    pile = {"stack": "estimate", "groupby": ["first-year"], "as": ["base", "top"]}
    column = {
        "transform": [{"filter": "isValid(datum.estimate)"}, pile],
        "mark": {"type": "rect"},
        "encoding": {
            **span,
            "y": {**number_scale(result), "field": "top"},
            "y2": {"field": "base"},
            "color": series_colours(series, result) if several else {"value": MAIN},
            **unstated_outline(lighter="datum['last-year'] > datum['first-year']"),
        },
    }
    return {
        "transform": [
            {"calculate": "datum['first-year'] - 0.44", "as": "from"},
            {"calculate": "datum['last-year'] + 0.44", "as": "to"},
        ],
        "layer": [gap, column],
        "rows": 8,
    }


def _lines(values: Values, result: FigureResult) -> Layout:
    """Lay out a line for each group over the years, broken where a year has no number."""
    del values
    axis = {"format": "d", "grid": False, "tickMinStep": 1}
    year = {"field": "first-year", "type": "quantitative", "title": None, "axis": axis}
    count = {"window": [{"op": "row_number", "as": "order"}], "groupby": ["group"]}
    return {
        "transform": [
            {"filter": "isValid(datum.estimate)"},
            {**count, "sort": [{"field": "first-year"}]},
            {"calculate": "datum['first-year'] - datum.order", "as": "run"},
        ],
        "mark": {"type": "line", "point": {"size": 50}},
        "params": [zoomable("x")],
        "encoding": {
            "x": {**year, "scale": {"zero": False, "nice": False, "padding": 10}},
            "y": number_scale(result),
            "color": series_colours("group", result),
            "detail": {"field": "run"},
            **HEARD,
        },
        "rows": 8,
    }


def _spans(values: Values, result: FigureResult) -> Layout:
    """Lay out events, one a row, each as long as its date is uncertain."""
    del result
    year = {"type": "quantitative", "title": None, "scale": {"zero": False, "padding": 10}}
    plain = {"axis": {"format": "d", "tickMinStep": 1}}
    middle = "(datum['first-year'] + datum['last-year']) / 2"
    span = {
        "mark": {"type": "rule", "strokeWidth": 6, "color": MAIN},
        "params": [zoomable("x")],
        "encoding": {"x": {"field": "first-year", **year, **plain}, "x2": {"field": "last-year"}},
    }
    event = {
        "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1, "color": MAIN},
        "encoding": {"x": {"field": "middle", **year, **plain}},
    }
    for layer in (span, event):
        layer["encoding"] |= {"y": row_scale(), **HEARD}  # type: ignore[operator]
    return {
        "transform": [{"calculate": middle, "as": "middle"}],
        "layer": [span, event],
        "rows": len(values),
    }


def _grid(values: Values, result: FigureResult) -> Layout:
    """Lay out a cell for each crossing, with its number."""
    category, series = crossed(values, result)
    order = series_colours(series, result)["scale"]["domain"]
    across = {"field": series, "type": "nominal", "sort": order, "title": None}
    axis = {"orient": "top", "labelAngle": 0, "labelLimit": 90, "domain": False, "ticks": False}
    places = {"x": {**across, "axis": axis}, "y": {**row_scale(), "field": category}, **HEARD}
    shade = {
        "field": "estimate",
        "type": "quantitative",
        "scale": {"range": [0.06, 0.45], "zero": True},
        "legend": None,
    }
    number = {"field": "estimate", "type": "quantitative", "format": ",~f"}
    return {
        "layer": [
            {
                "mark": {"type": "rect", "color": MAIN, "stroke": LIGHT["paper"]},
                "encoding": {**places, "fillOpacity": shade},
            },
            {"mark": {"type": "text", "aria": False}, "encoding": {**places, "text": number}},
        ],
        "rows": len({value.get(category) for value in values}),
    }


FAMILIES: dict[str, Callable[[Values, FigureResult], Layout]] = {
    "points": _points,
    "scatter": _scatter,
    "bars": _bars,
    "stacked": _stacked,
    "columns": _columns,
    "lines": _lines,
    "spans": _spans,
    "grid": _grid,
}
