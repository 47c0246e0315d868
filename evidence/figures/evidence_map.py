"""What was studied how: a circle for each crossing, by number of studies and best design."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import MANY, Item, items_of, told
from evidence.figures.furniture import LINE, draw_lines, ink, is_narrow
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.look import SMALL_SIZE, Lettering, Look
from evidence.figures.measures import text_width
from evidence.figures.old_matrix import Matrix, columns_of, draw_head, draw_row_name, matrix_of
from evidence.figures.sheet import Sheet
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
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
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
HIGH = 44
LEAST = 2.5  # pixels: the radius below which a circle is not seen


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


@dataclass(frozen=True)
class Fill:
    """How the circles of one design look; a ring is drawn around the best."""

    look: Look
    letters: str = "figure-ink"
    ring: bool = False


FILLS = {
    "randomised-and-blinded": Fill(Look("path", "step-6"), "paper", ring=True),
    "randomised": Fill(Look("path", "step-5"), "paper"),
    "controlled": Fill(Look("path", "step-2", 1.5, outline="step-5")),
    "single-arm": Fill(Look("path", "paper", 1.5, outline="step-5")),
    "not-stated": Fill(Look("path", "paper", 1.25, (2, 2), outline="figure-muted")),
}


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: what the circles mean, then one row a category."""
    items = items_of(result)
    sheet = Sheet(width)
    matrix = matrix_of(items, width, HIGH)
    short = result.options.get("short", {}) if is_narrow(width) else {}
    names = [short.get(name, name) for name in matrix.columns]
    y = draw_lines(sheet, [f"Best design of the {result.axis.lower()}:"], 0, 14, width) + 3
    y = _draw_key(sheet, [design for design in DESIGNS if any(i.part == design for i in items)], y)
    y, notes = draw_head(sheet, matrix, names, y + 12)
    highest = max(float(item.estimate or 0) for item in items)
    largest = min(matrix.cell, matrix.high) / 2 - 4
    for name in matrix.rows:
        sheet.line((0, y), (width, y))
        top, y = draw_row_name(sheet, matrix, name, y)
        for item in items:
            if item.group == name:
                radius = largest * math.sqrt(float(item.estimate or 0) / highest)
                _draw_circle(sheet, item, matrix, top, max(radius, LEAST))
    empty = len(matrix.rows) * len(matrix.columns) - len(items)
    notes.insert(0, f"Area: number of {result.axis.lower()}.")
    if empty:
        notes.insert(1, f"Empty, {empty} of {empty + len(items)} crossings: nothing found.")
    y = draw_lines(sheet, notes, 0, y + LINE + 2, width)
    return sheet.specification(y - LINE + 8)


def circle(x: float, y: float, radius: float) -> str:
    """Return a circle as an SVG path."""
    r = round(radius, 1)  # before it is doubled: two halves that do not meet are no circle
    half = f"a{r},{r} 0 1,0 "
    return f"M{x - r:.1f},{y:.1f}{half}{2 * r:.1f},0{half}{-2 * r:.1f},0Z"


def _draw_circle(sheet: Sheet, item: Item, matrix: Matrix, top: float, radius: float) -> None:
    fill = FILLS[item.part]
    x, y = matrix.middle(item.rank), top + matrix.high / 2
    inside = radius >= 7.5 and text_width(item.estimate_text, SMALL_SIZE) <= 2 * radius - 4
    if not inside:
        y -= 6
    _draw_filled(sheet, fill, (x, y, radius), {"label": item.label, "sentence": item.sentence})
    below = y + radius + (3 if fill.ring else 0) + 13
    colour = fill.letters if inside else "figure-ink"
    lettering = Lettering("center", colour=colour, size=SMALL_SIZE)
    sheet.write(x, y + 4.5 if inside else below, item.estimate_text, lettering)


def _draw_filled(
    sheet: Sheet, fill: Fill, place: tuple[float, float, float], told_too: dict[str, str]
) -> None:
    x, y, radius = place
    sheet.path(circle(x, y, radius), fill.look, **told_too)
    if fill.ring:
        sheet.path(circle(x, y, radius + 2.5), Look("path", "", 1.25, outline="step-6"))


def _draw_key(sheet: Sheet, designs: list[str], y: float) -> float:
    x = 0.0
    for design in designs:
        needed = 24 + text_width(KEY[design])
        if x and x + needed > sheet.width:
            x, y = 0.0, y + LINE + 6
        _draw_filled(sheet, FILLS[design], (x + 9, y - 4.5, 6), {})
        sheet.write(x + 24, y, KEY[design], ink())
        x += needed + 18
    return y + LINE


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
)
