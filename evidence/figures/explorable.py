"""The interactive form of a figure: Vega-Lite over its items, for readers who ask for it.

It is also the file that readers keep: the same items as in the drawing, with the names that the
CSV file has for their parts, and axes that other programs can change.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from evidence.figures.explorable_families import FAMILIES
from evidence.figures.explorable_parts import BETWEEN, MUTED, Values
from evidence.figures.figure_item import FIELDS, Item, groups_of, items_of
from evidence.figures.furniture import NARROW, WIDE
from evidence.figures.kind import FigureKind
from evidence.figures.look import LIGHT, themed
from evidence.numbers.results import FigureResult

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = 'Arial, Helvetica, "Liberation Sans", sans-serif'
HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")
DRAWN = "drawn"
STATED_NOT = {"rest", "gap", "unstated"}
ROW, LEAST_ROW = 26, 18  # pixels for each row of a figure, and the least a page gives it
AXIS, AXIS_ALONE = 48, 30
LEAST_HEIGHT = 220
MOST_FILTERED = 12
MARKS = "●◆■▲✚▼"  # in the order of the shapes that tell groups apart
OUTLINE = "□"
Specification = dict[str, Any]


def family_of(kind: FigureKind, result: FigureResult) -> str:
    """Return the family that a kind names, or else the one that its items fit."""
    items = items_of(result)
    if kind.family:
        return kind.family
    if any(item.low is not None for item in items):
        return "points"
    years = all(item.first_year is not None for item in items)
    numbers = any(item.estimate is not None for item in items)
    if years:
        return "columns" if numbers else "spans"
    return "bars" if numbers else DRAWN


def explorable(
    kind: FigureKind, result: FigureResult, drawn: dict[int, Specification]
) -> Specification:
    """Return the specification over the items, or the one of the drawing where none fits better."""
    family = family_of(kind, result)
    values = values_of(result)
    if family == DRAWN:
        alone = drawn[WIDE]
        held = {**alone.get("datasets", {}), "items": values}
        return {**alone, "datasets": held, **_about(result, {"drawn": True})}
    view = FAMILIES[family](values, result)
    filtered = _filter(view, items_of(result))
    explore: dict[str, Any] = {"least": _least(view.pop("rows"), result), "zoom": _zooms(view)}
    if "heads" in view:
        explore["heads"] = view.pop("heads")
    if filtered is not None:
        explore["filter"] = filtered
    return {
        "$schema": SCHEMA,
        "datasets": {"items": values},
        "data": {"name": "items"},
        "width": WIDE,
        "height": max(LEAST_HEIGHT, explore["least"] * ROW // LEAST_ROW),
        "autosize": {"type": "fit", "contains": "padding"},
        "config": _config(),
        **_about(result, explore),
        **_filtered(view, filtered),
    }


def script(name: str, specification: Specification, drawn: dict[int, Specification]) -> bytes:
    """Return a script that hands the specification to the page, in the page's own colours.

    Where the specification is the one of the drawing, the one for a phone comes too.
    """
    forms = [specification]
    if specification["usermeta"]["explore"].get("drawn"):
        forms.append({**specification, **drawn[NARROW]})
    written = json.dumps(forms, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    written = HEX.sub(lambda match: themed(match.group()), written)
    safe = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"(globalThis.figureForms ??= {{}})[{json.dumps(name)}] = {safe};\n".encode()


def values_of(result: FigureResult) -> Values:
    """Return the items as rows, with the names of the CSV file; ``row`` names each once."""
    items = items_of(result)
    labels = [item.label for item in items]
    twice = len(set(labels)) < len(labels)
    taken: set[str] = set()
    values = []
    for item in items:
        row = f"{item.label}{BETWEEN}{item.group}" if twice and item.group else item.label
        while row in taken:
            row += "\u200b"  # another row of the same name
        taken.add(row)
        values.append({"row": row, **_value(item)})
    return values


def _value(item: Item) -> dict[str, Any]:
    value: dict[str, Any] = {"sentence": item.sentence}
    if item.part in STATED_NOT:
        value["unstated"] = True
    for name, field in FIELDS.items():
        cell = getattr(item, name)
        if cell is not None and cell is not False and cell not in {"", "none"}:
            value[field] = float(cell) if isinstance(cell, Decimal) else cell
    return value


def _about(result: FigureResult, explore: dict[str, Any]) -> Specification:
    """Return what the page prints around the drawing, and what the page's script needs."""
    about = {"title": result.title, "subtitle": result.subtitle, "note": result.note}
    return {
        "description": result.alternative,
        "usermeta": {**{key: words for key, words in about.items() if words}, "explore": explore},
    }


def _least(rows: int, result: FigureResult) -> int:
    """Return how high a figure has to be, in pixels: its rows, and the axis with its title."""
    return LEAST_ROW * rows + (AXIS if result.axis else AXIS_ALONE)


def _zooms(view: Specification) -> bool:
    return any("params" in part for part in (view, *view.get("layer", ())))


def _filter(view: Specification, items: list[Item]) -> dict[str, Any] | None:
    """Return what readers can leave out: what colour tells apart, or else the groups."""
    encodings = [part.get("encoding", {}) for part in (view, *view.get("layer", ()))]
    colours = next(
        (encoding["color"] for encoding in encodings if "field" in encoding.get("color", {})), None
    )
    if colours is None:
        told = {"field": "group", "values": [group for group in groups_of(items) if group]}
    else:
        scale, shaped = colours["scale"], any("shape" in encoding for encoding in encodings)
        outlined = any("condition" in encoding.get("stroke", {}) for encoding in encodings)
        filled = [OUTLINE if outlined and colour == MUTED else "■" for colour in scale["range"]]
        marks = list(MARKS) if shaped else filled
        told = {"field": colours["field"], "values": scale["domain"], "colours": scale["range"],
                "marks": marks[: len(scale["domain"])]}  # fmt: skip
    return told if 1 < len(told["values"]) <= MOST_FILTERED else None


def _filtered(view: Specification, filtered: dict[str, Any] | None) -> Specification:
    if filtered is None:
        return view
    parameter = {"name": "shown", "value": filtered["values"]}
    field = f"datum['{filtered['field']}']"
    known = f"indexof({json.dumps(filtered['values'], ensure_ascii=False)}, {field}) >= 0"
    rule = {"filter": f"!({known}) || indexof(shown, {field}) >= 0"}
    return {
        **view,
        "params": [parameter, *view.get("params", [])],
        "transform": [rule, *view.get("transform", [])],
    }


def _config() -> dict[str, Any]:
    ink, muted, rule = LIGHT["figure-ink"], LIGHT["figure-muted"], LIGHT["figure-rule"]
    words = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 13, "titleFontSize": 13}
    axis = {**words, "labelColor": muted, "titleColor": muted, "titleFontWeight": "normal",
            "labelSeparation": 6}  # fmt: skip
    lines = {"gridColor": rule, "domainColor": muted, "tickColor": muted}
    return {
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {**axis, **lines},
        "axisX": {"labelBound": 6},
        "axisY": {"labelColor": ink, "labelLimit": 220},
        "legend": {**words, "labelColor": ink, "titleColor": muted, "orient": "top", "title": None},
        "text": {"font": FONT, "fontSize": 13, "color": ink},
        "range": {"category": [LIGHT[f"series-{number}"] for number in range(1, 7)]},
    }
