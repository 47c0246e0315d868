"""What all specifications have in common: the theme, the data by name, what readers can leave out.

A chart is checked against the schema by a test, not as it is made: Altair would check every part
of it, which takes most of the time. Altair itself is loaded when the first chart is made: few runs
draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from importlib import import_module
from typing import Any

from evidence.figures.figure_item import FIELDS, Item, items_of
from evidence.figures.look import LIGHT, SMALL_SIZE, TEXT_SIZE
from evidence.numbers.results import FigureResult

Chart = Any  # a chart of Altair, whose own types are unions of hundreds of names


class _Altair:
    """Altair, loaded when it is first used."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("altair"), name)


alt: Any = _Altair()
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = 'Arial, Helvetica, "Liberation Sans", sans-serif'
ITEMS = "items"
TOP = 3  # pixels above a drawing
SHOWN = "shown"
MOST_LEFT_OUT = 12
Values = list[dict[str, Any]]
INK, MUTED, RULE, PAPER = (
    LIGHT[role] for role in ("figure-ink", "figure-muted", "figure-rule", "paper")
)


@contextmanager
def unchecked() -> Iterator[None]:
    """Make charts without checking each part against the schema."""
    with import_module("altair.utils.schemapi").debug_mode(arg=False):
        yield


def named(name: str = ITEMS) -> Chart:
    """Return a chart of the rows called ``name``."""
    return alt.Chart(alt.NamedData(name=name))


def values_of(result: FigureResult) -> Values:
    """Return the items as rows, with the names of the CSV file for their parts."""
    return [_value(item) for item in items_of(result)]


def _value(item: Item) -> dict[str, Any]:
    value: dict[str, Any] = {"sentence": item.sentence}
    if item.part:
        value["part"] = item.part
    for name, field in FIELDS.items():
        cell = getattr(item, name)
        if cell is not None and cell is not False and cell not in {"", "none"}:
            value[field] = float(cell) if isinstance(cell, Decimal) else cell
    return value


def heard() -> dict[str, Any]:
    """Return the channels by which a mark says its item: to those who point, and who listen."""
    return {
        "tooltip": alt.Tooltip("sentence", type="nominal"),
        "description": alt.Description("sentence", type="nominal"),
    }


def pixels(width: float, height: float, x: str = "x", y: str = "y") -> dict[str, Any]:
    """Return the channels of places that were computed: pixels from the upper left corner."""
    across = alt.Scale(domain=[0, round(width)], nice=False, zero=False)
    down = alt.Scale(domain=[0, round(height)], reverse=True, nice=False, zero=False)
    return {
        "x": alt.X(x, type="quantitative", scale=across, axis=None, title=None),
        "y": alt.Y(y, type="quantitative", scale=down, axis=None, title=None),
    }


def specification(
    chart: Any,
    result: FigureResult,
    datasets: Mapping[str, Any],
    told: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the whole Vega-Lite specification of a chart over ``datasets``.

    ``told`` is what readers can leave out: the ``field``, its ``values``, and their ``colours`` and
    ``marks``. Layers that can be left out filter by ``kept``.
    """
    made: dict[str, Any] = chart.to_dict(validate=False)
    explore: dict[str, Any] = {}
    if told and 1 < len(told["values"]) <= MOST_LEFT_OUT:
        explore["filter"] = dict(told)
    if told:
        made["params"] = [*made.get("params", ()), {"name": SHOWN, "value": list(told["values"])}]
    return {
        "padding": {"left": 0, "right": 0, "top": TOP, "bottom": 4},  # for the letters' own height
        "autosize": {"type": "fit-x" if "layer" in made else "pad", "contains": "padding"},
        **made,
        "$schema": SCHEMA,
        "config": _config(),
        "datasets": dict(datasets),
        **_about(result, explore),
    }


def _about(result: FigureResult, explore: dict[str, Any]) -> dict[str, Any]:
    """Return what the page prints around the drawing, and what readers can leave out."""
    told = {"title": result.title, "subtitle": result.subtitle, "note": result.note,
            "conventions": list(result.conventions)}  # fmt: skip
    return {
        "description": result.alternative,
        "usermeta": {
            **{key: words for key, words in told.items() if words},
            "explore": explore,
        },
    }


def kept(field: str) -> str:
    """Return the test of a row that readers have not left out."""
    return f"indexof({SHOWN}, datum['{field}']) >= 0"


def _config() -> dict[str, Any]:
    axis = {
        "domain": False, "ticks": False, "gridColor": RULE, "tickColor": MUTED, "domainColor": MUTED,
        "labelColor": MUTED, "labelFontSize": SMALL_SIZE, "labelPadding": 6,
        "titleColor": MUTED, "titleFontSize": SMALL_SIZE, "titleFontWeight": "normal",
    }  # fmt: skip
    return {
        "background": PAPER,
        "font": FONT,
        "lineBreak": "\n",
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"titlePadding": 6},
        "text": {"fontSize": TEXT_SIZE, "color": INK, "baseline": "middle"},
        "rule": {"color": LIGHT["series-1"]},
        "point": {"filled": True, "opacity": 1},
        "bar": {"color": LIGHT["series-1"]},
        "header": {"labelColor": INK, "labelFontSize": TEXT_SIZE, "labelFontWeight": "bold", "title": None},
        "legend": {"labelFontSize": SMALL_SIZE, "labelColor": INK, "orient": "top", "title": None},
    }  # fmt: skip
