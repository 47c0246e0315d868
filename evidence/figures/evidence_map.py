"""What was studied how: a circle for each crossing, by number of studies and best design."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import MANY, Item, groups_of, items_of, told
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.look import LIGHT, LINE, SMALL_SIZE
from evidence.figures.matrix import Matrix, columns_of, listed, matrix_of, rowed
from evidence.figures.measures import text_width
from evidence.figures.rows import STEP, layers
from evidence.figures.table_counts import (
    NONE_HERE,
    Unfit,
    amount,
    axis_of,
    counts_of,
    digits,
    nothing_unfit,
    read_in,
    words_of,
    words_unfit,
)
from evidence.figures.theme import (
    INK,
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
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.results import Computed, FigureResult
from evidence.problems import did_you_mean

MOST_ROWS, MOST_COLUMNS = 40, 8
# The best design first
DESIGNS = {
    "randomised-and-blinded": "randomised and blinded",
    "randomised": "randomised",
    "controlled": "controlled, not randomised",
    "single-arm": "with a single arm",
    "not-stated": "with no design stated",
}
KEY = {
    "randomised-and-blinded": "Randomised and blinded",
    "randomised": "Randomised",
    "controlled": "Controlled",
    "single-arm": "Single arm",
    "not-stated": "Not stated",
}
BEST = "randomised-and-blinded"
# Fill and outline of each design; a ring is drawn around the best
FILLS = {
    BEST: (LIGHT["step-6"], LIGHT["step-6"]),
    "randomised": (LIGHT["step-5"], LIGHT["step-5"]),
    "controlled": (LIGHT["step-2"], LIGHT["step-5"]),
    "single-arm": (PAPER, LIGHT["step-5"]),
    "not-stated": (PAPER, MUTED),
}
DARK = [BEST, "randomised"]
HIGH = 44
LEAST = 2.5  # pixels: the radius below which a circle is not seen
RING = 2.5  # pixels between a circle and the ring around it
OUTLINE: dict[str, Any] = {
    "shape": "circle",
    "strokeWidth": 1.5,
    "strokeDash": {"expr": "datum.part === 'not-stated' ? [2, 2] : null"},
}
RINGED: dict[str, Any] = {
    "shape": "circle",
    "filled": False,
    "stroke": LIGHT["step-6"],
    "strokeWidth": 1.25,
    "aria": False,
}


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return nothing: a table has no rows of findings."""
    del figure, findings
    return ()


def unfit(figure: Figure, rows: list[dict[str, str]]) -> Iterator[Unfit]:
    """Yield designs that are not in the closed list, and more crossings than can be read."""
    yield from words_unfit(figure, rows, {"category": MOST_ROWS, "series": MOST_COLUMNS})
    yield from nothing_unfit(rows, figure.columns["value"])
    for cell in dict.fromkeys(row[figure.columns["design"]] for row in rows):
        if cell not in DESIGNS:
            hint = did_you_mean(cell, DESIGNS, f"Known: {', '.join(DESIGNS)}.")
            yield "columns", f"'{cell}' is not a design that is known", hint


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a crossing where something was found, row by row."""
    del computed
    counts = counts_of(figure, report, "category", "series")
    rows = words_of(figure, report, "category", counts)
    columns = words_of(figure, report, "series", counts)
    crossed: dict[tuple[str, str], dict[str, Decimal]] = {}
    for count in counts:
        designs = crossed.setdefault((count.words["category"], count.words["series"]), {})
        design = count.cells["design"]
        designs[design] = designs.get(design, Decimal(0)) + count.number
    crossings = [
        _item(figure, report, place, designs, columns.index(place[1]))
        for place, designs in crossed.items()
        if sum(designs.values())
    ]
    return tuple(sorted(crossings, key=lambda item: (rows.index(item.group), item.rank)))


def _item(
    figure: Figure, report: Report, place: tuple[str, str], designs: dict[str, Decimal], rank: int
) -> Item:
    number = sum(designs.values(), Decimal(0))
    best = next(design for design in DESIGNS if designs.get(design))
    of_best = f"{digits(designs[best])} {DESIGNS[best]}"
    return Item(
        label=place[1],
        printed=digits(number),
        sentence=f"{place[0]}, {place[1]}: {amount(number, figure)}, best design: {of_best}",
        group=place[0],
        estimate=number,
        estimate_text=digits(number),
        count_text=of_best,
        part=best,
        rank=rank,
        **read_in(figure, report),
    )


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what is counted."""
    del findings
    return axis_of(figure)


def table(items: tuple[Item, ...]) -> Table:
    """Return the crossings: number, and in brackets how many have the best design."""
    columns = columns_of(items)
    rows = []
    for group in dict.fromkeys(item.group for item in items):
        here = {item.label: item for item in items if item.group == group}
        cells = [
            f"{here[name].estimate_text} ({here[name].count_text})" if name in here else NONE_HERE
            for name in columns
        ]
        rows.append((group, *cells))
    return ("", *columns), tuple(rows)


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the map in words: every crossing of few, else the largest and the empty ones."""
    rows, columns = len({item.group for item in items}), columns_of(items)
    drawn = (
        f"The figure shows a circle for each crossing of {rows} rows and {', '.join(columns)}; "
        "its area is the number, its fill the best design."
    )
    if len(items) <= MANY:
        return told(title, drawn, items)
    highest = sorted(items, key=lambda item: -(item.estimate or 0))[:3]
    said = " ".join(f"{item.sentence}." for item in highest)
    empty = rows * len(columns) - len(items)
    blank = f"In {empty} crossings nothing was found. " if empty else ""
    closing = f"{blank}The table beside it lists all {len(items)}."
    return f"{title.rstrip('.')}. {drawn} Largest: {said} {closing}"


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: what the circles mean, then one row a category."""
    items = items_of(result)
    key, above = _key([design for design in DESIGNS if _has(items, design)], width)
    title = f"Best design of the {result.axis.lower()}:"
    short = result.options.get("short", {})
    matrix = matrix_of(items, width, HIGH, title, short, above=above)
    highest = max(float(item.estimate or 0) for item in items)
    largest = min(matrix.wide, matrix.high) / 2 - 4
    values = [
        _placed(value, largest * math.sqrt(value["estimate"] / highest))
        for value in rowed(matrix, items, values_of(result))
    ]
    key = [{**row, "y": round(row["y"] - matrix.heads.height - 8 - above, 1)} for row in key]
    with unchecked():
        drawn = alt.layer(
            _lines(matrix),
            *_circles(matrix, (largest, highest)),
            _numbers(matrix),
            *layers(matrix.layout, ()),
            *_key_layers(),
            width=width,
            height=round(matrix.layout.height * STEP),
        )
        words = {"words": matrix.layout.words, "lines": _lines_between(matrix)}
        return specification(drawn, result, {"items": values, "key": key, **words})


def _has(items: list[Item], design: str) -> bool:
    return any(item.part == design for item in items)


def _placed(value: dict[str, Any], radius: float) -> dict[str, Any]:
    """Return a crossing with the row of its number: in the circle, or below one that is too small."""
    radius = max(radius, LEAST)
    inside = radius >= 7.5 and text_width(value["printed"], SMALL_SIZE) <= 2 * radius - 4
    row = value["row"] if inside else round(value["row"] - 6 / STEP, 3)
    ring = 3 if value["part"] == BEST else 0
    below = row if inside else round(row + (radius + ring + 9) / STEP, 3)
    return {**value, "row": row, "number-row": below, "inside": inside}


def _looks() -> dict[str, Any]:
    """Return the channels that fill and outline a circle by its design."""
    looks = {
        "fill": [fill for fill, _ in FILLS.values()],
        "stroke": [edge for _, edge in FILLS.values()],
    }
    return {
        name: getattr(alt, name.title())(
            "part", type="nominal", legend=None, scale=alt.Scale(domain=list(FILLS), range=colours)
        )
        for name, colours in looks.items()
    }


def _circles(matrix: Matrix, largest: tuple[float, float]) -> Iterator[Chart]:
    """Yield the circles, their area by number, and a ring around the best design."""
    radius, highest = largest
    sizes = alt.Scale(domain=[0, highest], range=[0, round((2 * radius) ** 2, 1)], nice=False)
    least = highest * (LEAST / radius) ** 2
    place = {"x": matrix.across("column"), "y": matrix.layout.row()}
    circles = named().transform_calculate(number=f"max(datum.estimate, {least:.6g})")
    size = alt.Size("number:Q", scale=sizes, legend=None)
    yield circles.mark_point(**OUTLINE).encode(**place, **_looks(), size=size, **heard())
    wider = f"pow(sqrt(datum.number) + {RING / radius * math.sqrt(highest):.6g}, 2)"
    rings = circles.transform_filter(f"datum.part === '{BEST}'").transform_calculate(ring=wider)
    ring = alt.Size("ring:Q", scale=sizes, legend=None)
    yield rings.mark_point(**RINGED).encode(**place, size=ring)


def _numbers(matrix: Matrix) -> Chart:
    """Return the numbers, in the circles or below them."""
    dark = f"datum.inside && indexof({json.dumps(DARK)}, datum.part) >= 0"
    return (
        named()
        .mark_text(aria=False, fontSize=SMALL_SIZE)
        .encode(
            x=matrix.across("column"),
            y=matrix.layout.row("number-row"),
            text=alt.Text("printed", type="nominal"),
            color=alt.condition(dark, alt.value(PAPER), alt.value(INK)),
        )
    )


def _lines_between(matrix: Matrix) -> Values:
    """Return the rows at which a line lies above a category."""
    rows = matrix.layout.rows
    if matrix.layout.narrow:
        below = rows[0] + (matrix.layout.height - rows[-1])
        ends = [row + below - rows[0] for row in rows[:-1]]
    else:
        ends = [(first + second) / 2 for first, second in itertools.pairwise(rows)]
    return [{"row": round(row, 3)} for row in (0, *ends)]


def _lines(matrix: Matrix) -> Chart:
    ends = {"x": alt.value(0), "x2": alt.value(matrix.layout.width)}
    return named("lines").mark_rule(color=RULE, aria=False).encode(**ends, y=matrix.layout.row())


def _key(designs: list[str], width: int) -> tuple[Values, float]:
    """Return the designs in rows, from 0 downwards, and the height of all in pixels."""
    x, y, key = 0.0, 0.0, list[dict[str, Any]]()
    for design in designs:
        needed = 24 + text_width(KEY[design])
        if x and x + needed > width:
            x, y = 0.0, y + LINE + 6
        key.append({"part": design, "x": x + 9, "y": y + LINE / 2 + 2, "words": KEY[design]})
        x += needed + 18
    return key, y + LINE + 6


def _key_layers() -> Iterator[Chart]:
    """Yield what fills and outlines stand for, above the names of the columns."""
    place = {
        way: getattr(alt, way.upper())(way, type="quantitative", scale=None, axis=None, title=None)
        for way in ("x", "y")
    }
    yield named("key").mark_point(**OUTLINE, size=144, aria=False).encode(**place, **_looks())
    best = named("key").transform_filter(f"datum.part === '{BEST}'")
    yield best.mark_point(**RINGED, size=(12 + 2 * RING) ** 2).encode(**place)
    words = named("key").mark_text(align="left", dx=15, aria=False)
    yield words.encode(**place, text=alt.Text("words", type="nominal"))


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return what areas and empty crossings mean, and what letters above columns stand for."""
    items = items_of(result)
    crossings = len(groups_of(items)) * len(columns_of(items))
    empty = crossings - len(items)
    nothing = [f"Empty, {empty} of {crossings} crossings: nothing found."] if empty else []
    short = listed(items, short=result.options.get("short", {}))
    return (f"Area: number of {result.axis.lower()}.", *nothing, *short)


KIND = FigureKind(
    name="evidence-map",
    sentence="What was studied with what, from a table: circles by number and best design.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    roles=(
        Role("category", "what each row stands for"),
        Role("series", "what each column stands for"),
        Role("design", f"one of {', '.join(DESIGNS)}"),
        Role("value", "the number of studies", number=True),
    ),
    options=("unit", "short"),
    unfit=unfit,
    conventions=conventions,
)
