"""The drawing of an evidence map: circles whose fill and ring tell the best design."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from evidence.figures.figure_item import Item, items_of
from evidence.figures.furniture import LINE, draw_lines, ink, is_narrow
from evidence.figures.lettering import text_width
from evidence.figures.look import SMALL_SIZE, Lettering, Look
from evidence.figures.matrix import Matrix, draw_head, draw_row_name, matrix_of
from evidence.figures.sheet import Sheet
from evidence.numbers.results import FigureResult

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
    shown = items_of(result)
    sheet = Sheet(width)
    matrix = matrix_of(shown, width, HIGH)
    short = result.options.get("short", {}) if is_narrow(width) else {}
    names = [short.get(name, name) for name in matrix.columns]
    y = draw_lines(sheet, [f"Best design of the {result.axis.lower()}:"], 0, 14, width) + 3
    y = _draw_key(sheet, [design for design in DESIGNS if any(i.part == design for i in shown)], y)
    y, notes = draw_head(sheet, matrix, names, y + 12)
    highest = max(float(item.estimate or 0) for item in shown)
    largest = min(matrix.cell, matrix.high) / 2 - 4
    for name in matrix.rows:
        sheet.line((0, y), (width, y))
        top, y = draw_row_name(sheet, matrix, name, y)
        for item in shown:
            if item.group == name:
                radius = largest * math.sqrt(float(item.estimate or 0) / highest)
                _draw_circle(sheet, item, matrix, top, max(radius, LEAST))
    empty = len(matrix.rows) * len(matrix.columns) - len(shown)
    notes.insert(0, f"Area: number of {result.axis.lower()}.")
    if empty:
        notes.insert(1, f"Empty, {empty} of {empty + len(shown)} crossings: nothing found.")
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
