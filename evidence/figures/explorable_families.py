"""How each family of figures is laid out when readers explore it."""

from __future__ import annotations

import math
from collections.abc import Callable

from evidence.figures.explorable_parts import (
    HEARD,
    MAIN,
    MUTED,
    SHAPES,
    Layout,
    Values,
    by_group,
    column_heads,
    crossed,
    doubted,
    number_scale,
    reference_line,
    row_scale,
    series_colours,
    unstated_outline,
    weighed,
    zoomable,
)
from evidence.figures.figure_item import in_percent, items_of
from evidence.figures.furniture import NARROW, WIDE
from evidence.figures.look import LIGHT
from evidence.numbers.results import FigureResult

ABOUT_A_MONTH = 0.1  # of a year: what is dated no better is only as long as its date is uncertain


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
    interval: Layout = {
        "mark": {"type": "rule", "strokeWidth": 2},
        "encoding": {"x": {"field": "low", **across}, "x2": {"field": "high"}},
        "params": [zoomable("x")],
    }
    estimate: Layout = {
        "transform": [{"filter": "isValid(datum.estimate)"}],
        "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1, "invalid": None},
        "encoding": {
            "x": {"field": "estimate", **across},
            **by_group(values, shape=True),
            **weighed(values),
            **(doubted(values) or by_group(values)),
        },
    }
    interval["encoding"] |= by_group(values)
    for layer in (interval, estimate):
        layer["encoding"] |= {"y": row_scale(), **HEARD}
    return {"layer": [*reference_line(result), interval, estimate], "rows": len(values)}


def _scatter(values: Values, result: FigureResult) -> Layout:
    """Lay out effects by their standard errors, the most precise at the top, and what has none."""
    scale = {"type": "log", "nice": False} if result.reference == 1 else {"zero": False}
    effect = {"field": "estimate", "type": "quantitative", "title": result.axis or None}
    across = {"x": {**effect, "scale": {**scale, "padding": 10}}, **HEARD}
    error = {"field": "standard-error", "type": "quantitative", "title": "Standard error"}
    return {
        "layer": [
            *reference_line(result),
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
    reach = [_first(values) - 0.5, _last(values) + 0.5]
    year = {"type": "quantitative", "title": None, "scale": {"domain": reach}}
    axis = {"format": "d", "grid": False, "values": _years(values)}
    span = {"x": {**year, "field": "from", "axis": axis}, "x2": {"field": "to"}, **HEARD}
    gap = {
        "transform": [{"filter": "datum.unstated === true && !isValid(datum.estimate)"}],
        "mark": {"type": "rect", "color": LIGHT["figure-rule"], "opacity": 0.4},
        "encoding": span,
        "params": [zoomable("x")],
    }
    lighter = "datum['last-year'] > datum['first-year'] || isValid(datum.until)"
    pile = {"stack": "estimate", "groupby": ["first-year"], "as": ["base", "top"]}
    column = {
        "transform": [{"filter": "isValid(datum.estimate)"}, pile],
        "mark": {"type": "rect"},
        "encoding": {
            **span,
            "y": {**number_scale(result), "field": "top"},
            "y2": {"field": "base"},
            "color": series_colours(series, result) if several else {"value": MAIN},
            **unstated_outline(lighter=lighter),
        },
    }
    return {
        "transform": [
            {"calculate": "datum['first-year'] - 0.44", "as": "from"},
            {"calculate": "datum['last-year'] + 0.44", "as": "to"},
        ],
        "layer": [gap, column],
        "rows": 6,
    }


def _lines(values: Values, result: FigureResult) -> Layout:
    """Lay out a line for each group over the years, broken where a year has no number."""
    highest = max((value["estimate"] for value in values if "estimate" in value), default=1)
    axis = {"format": "d", "grid": False, "values": _years(values)}
    year = {"field": "first-year", "type": "quantitative", "title": None, "axis": axis}
    colour = series_colours("group", result)
    groups = colour["scale"]["domain"]
    told = {"field": "group", "type": "nominal", "sort": None, "title": None}
    shapes = {"shape": {**told, "scale": {"domain": groups, "range": SHAPES[: len(groups)]}}}
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
            "x": {**year, "scale": {"domain": [_first(values), _last(values)], "padding": 10}},
            "y": {**number_scale(result), "scale": {"domainMax": highest * 1.05}},
            "color": colour,
            **(shapes if 1 < len(groups) <= len(SHAPES) else {}),
            "detail": {"field": "run"},
            **HEARD,
        },
        "rows": 6,
    }


def _spans(values: Values, result: FigureResult) -> Layout:
    """Lay out events, one a row, each as long as its date is uncertain."""
    del result
    years = _years(values)
    reach = [years[0], years[-1]]
    year = {"type": "quantitative", "title": None, "scale": {"domain": reach, "padding": 10}}
    plain = {"axis": {"format": "d", "values": years}}
    middle = "(datum['first-year'] + datum['last-year']) / 2"
    span = {
        "mark": {"type": "rule", "strokeWidth": 6, "color": MAIN},
        "params": [zoomable("x")],
        "encoding": {"x": {"field": "first-year", **year, **plain}, "x2": {"field": "last-year"}},
    }
    event = {
        "transform": [{"filter": f"datum['last-year'] - datum['first-year'] < {ABOUT_A_MONTH}"}],
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
    rows, short = [str(value.get(category)) for value in values], result.options.get("short", {})
    heads = [column_heads(order, rows, width, short) for width in (WIDE, NARROW - 12)]
    across = {"field": series, "type": "nominal", "sort": order, "title": None}
    axis = {
        "orient": "top", "labelAngle": 0, "labelLimit": 90, "domain": False, "ticks": False,
        "labelOverlap": False, **heads[0],
    }  # fmt: skip
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
                "transform": [{"filter": "datum.unstated !== true"}],
                "mark": {"type": "rect", "color": MAIN, "stroke": LIGHT["paper"]},
                "encoding": {**places, "fillOpacity": shade},
            },
            {
                "transform": [{"filter": "datum.unstated === true"}],
                "mark": {"type": "rect", "fillOpacity": 0, "stroke": MUTED, "strokeDash": [3, 2]},
                "encoding": places,
            },
            {"mark": {"type": "text", "aria": False}, "encoding": {**places, "text": number}},
        ],
        "rows": len(set(rows)),
        "heads": heads[1],
    }


def _years(values: Values) -> list[int]:
    return list(range(math.floor(_first(values)), math.ceil(_last(values)) + 1))


def _first(values: Values) -> float:
    return min(float(value["first-year"]) for value in values if "first-year" in value)


def _last(values: Values) -> float:
    return max(float(value["last-year"]) for value in values if "last-year" in value)


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
