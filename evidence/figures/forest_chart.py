"""How studies and what they show together are drawn."""

from __future__ import annotations

from typing import Any

from evidence.figures.figure_item import DAGGER, Item, items_of
from evidence.figures.forest_layout import (
    DIAMONDS,
    IN_WORDS,
    ForestColumns,
    ForestGroup,
    ForestRow,
    columns_of,
    count_heads,
    second_line,
    sections_of,
    short_counts,
    weight_words,
)
from evidence.figures.forest_notes import notes, overall
from evidence.figures.furniture import (
    LINE,
    draw_axis_title,
    draw_grid,
    draw_lines,
    draw_ticks,
    ink,
    is_narrow,
    muted,
)
from evidence.figures.look import SMALL_SIZE, Look, Shape
from evidence.figures.measures import AxisScale, text_width
from evidence.figures.pooled_items import PREDICTION, REPORTED, STUDY
from evidence.figures.sheet import Sheet
from evidence.numbers.results import FigureResult

LARGEST_AREA, SMALLEST_AREA, EVEN_AREA = 230.0, 18.0, 70.0
COLOUR = "series-1"
HEIGHT = 7
ROOM_FOR_A_SIDE = 90
WIDEST_HEAD = 110


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: numbers in columns, or on a phone above their marks."""
    items = items_of(result)
    sheet = Sheet(width)
    columns = columns_of(result, items, width)
    sections = sections_of(items, columns, width)
    _draw_behind(sheet, sections, columns.plot, result)
    areas = _areas(items)
    for section in sections:
        for number, words in enumerate(section.heading):
            sheet.write(0, section.top + 14 + number * LINE, words, ink(bold=True))
        for place in section.places:
            _draw_place(sheet, place, columns, areas)
    if not is_narrow(width):
        _write_heads(sheet, columns, items, result.axis)
    y = sections[-1].bottom + LINE
    draw_ticks(sheet, columns.plot, y)
    y = _draw_sides(sheet, result, columns.plot, y + LINE + 3)
    y = draw_axis_title(sheet, result.axis, columns.plot, y)
    y = draw_lines(sheet, notes(result, items, columns, width), 0, y + 6, width)
    return sheet.specification(y - LINE + 6)


def _draw_behind(
    sheet: Sheet, sections: list[ForestGroup], plot: AxisScale, result: FigureResult
) -> None:
    """Draw the grid, the line of no effect, and a dashed line at what all show together."""
    line_at = 0.0 if result.reference is None else float(result.reference)
    together = overall(items_of(result))
    for section in sections:
        drawn = [place for place in section.places if place.item.part not in IN_WORDS]
        marks = [place.mark for place in drawn] if is_narrow(sheet.width) else []
        reach = (drawn[0].top, drawn[-1].mark + 13)
        draw_grid(sheet, plot, reach, line_at, marks)
        if together is None or together.estimate is None:
            continue
        x = _within(plot, float(together.estimate))
        for first, last in [(y - 12, y + 12) for y in marks] or [reach]:
            sheet.line((x, first), (x, last), COLOUR, dash=(3, 3))


def _areas(items: list[Item]) -> dict[str, float]:
    """Return the area of each study's square by address: by weight, or else by people."""
    studies = [item for item in items if item.part == STUDY]
    weights = {item.address or "": float(item.weight or 0) for item in studies}
    if not any(weights.values()):
        weights = {item.address or "": float(item.n or 0) for item in studies}
    most = max(weights.values(), default=0)
    if not most:
        return {}
    return {
        address: max(LARGEST_AREA * weight / most, SMALLEST_AREA)
        for address, weight in weights.items()
    }


def _draw_place(
    sheet: Sheet, place: ForestRow, columns: ForestColumns, areas: dict[str, float]
) -> None:
    item = place.item
    if item.part in IN_WORDS:
        draw_lines(sheet, list(place.lines), 0, place.top + 12, sheet.width)
        return
    if item.part in DIAMONDS:
        _draw_diamond(sheet, place, columns.plot)
    elif item.part == PREDICTION:
        _draw_interval(sheet, place, columns.plot, Look("rule", "figure-muted", 4))
    else:
        _draw_interval(sheet, place, columns.plot, Look("rule", COLOUR, 1.5))
        shape: Shape = "square" if item.part == STUDY else "circle"
        look = Look("point", COLOUR, shape=shape, hollow=item.doubtful)
        at = {"x": item.estimate, "y": place.mark, "size": areas.get(item.address or "", EVEN_AREA)}
        sheet.mark(look, at | _told(item), columns.plot)
    (_write_above if is_narrow(sheet.width) else _write_beside)(sheet, place, columns)


def _told(item: Item) -> dict[str, str]:
    return {"label": item.label, "sentence": item.sentence}


def _within(plot: AxisScale, number: float) -> float:
    """Return the pixel of a number, or of the end of the axis before it."""
    return plot.at(min(max(number, plot.low), plot.high))


def _draw_interval(sheet: Sheet, place: ForestRow, plot: AxisScale, look: Look) -> None:
    """Draw a line from low to high; where the axis ends before, an arrow says so."""
    item, y = place.item, place.mark
    if item.low is None or item.high is None:
        return
    low, high = float(item.low), float(item.high)
    ends = {"x": _within(plot, low), "x2": _within(plot, high), "y": y, "y2": y}
    sheet.mark(look, ends | _told(item) | {"low": low, "high": high})
    if low < plot.low:
        _draw_arrow(sheet, plot.start, y, -1, look.colour)
    if high > plot.high:
        _draw_arrow(sheet, plot.end, y, 1, look.colour)


def _draw_arrow(sheet: Sheet, x: float, y: float, way: int, colour: str) -> None:
    tip, base = x + 7 * way, x - way
    sheet.path(f"M{base},{y - 5:g}L{tip},{y:g}L{base},{y + 5:g}Z", Look("path", colour))


def _draw_diamond(sheet: Sheet, place: ForestRow, plot: AxisScale) -> None:
    item, y = place.item, place.mark
    if item.estimate is None:
        return
    middle = _within(plot, float(item.estimate))
    left = middle if item.low is None else _within(plot, float(item.low))
    right = middle if item.high is None else _within(plot, float(item.high))
    left, right = min(left, middle - 3), max(right, middle + 3)
    reported = item.part == REPORTED and item.basis == "reported"
    look = Look("path", "figure-ink", 1.5, hollow=reported, outline="figure-ink")
    points = f"M{left:.1f},{y:g}L{middle:.1f},{y - HEIGHT:g}L{right:.1f},{y:g}L{middle:.1f},{y + HEIGHT:g}Z"
    numbers = {"estimate": float(item.estimate), "low": item.low, "high": item.high}
    given = {name: float(number) for name, number in numbers.items() if number is not None}
    sheet.path(points, look, **_told(item), **given)
    if item.low is not None and float(item.low) < plot.low:
        _draw_arrow(sheet, plot.start, y, -1, "figure-ink")
    if item.high is not None and float(item.high) > plot.high:
        _draw_arrow(sheet, plot.end, y, 1, "figure-ink")


def _write_heads(sheet: Sheet, columns: ForestColumns, items: list[Item], axis: str) -> None:
    measured = axis.partition(",")[0]
    if text_width(measured, SMALL_SIZE) <= WIDEST_HEAD:
        sheet.write(columns.estimate, 12, measured, muted("right"))
    for x, head in zip(columns.counts, count_heads(items), strict=True):
        sheet.write(x, 12, head, muted("right"))
    levels = {item.level_text for item in items if item.part != PREDICTION} - {""}
    sheet.write(columns.interval, 12, levels.pop() if len(levels) == 1 else "Interval", muted())
    if columns.weight:
        sheet.write(columns.weight, 12, "Weight", muted("right"))


def _write_beside(sheet: Sheet, place: ForestRow, columns: ForestColumns) -> None:
    """Write the label at the left of the mark and the numbers in columns around it."""
    item, y = place.item, place.mark + 5
    if item.part == PREDICTION:
        sheet.write(0, y, item.label, muted())
        sheet.write(columns.interval, y, item.interval_text, muted())
        return
    bold = item.part in DIAMONDS
    for number, words in enumerate(place.lines):
        line = y + LINE * (number - (len(place.lines) - 1) / 2)
        sheet.write(0, line, words, ink(bold=bold))
    for x, count in zip(columns.counts, short_counts(item), strict=False):
        sheet.write(x, y, count, muted("right"))
    sheet.write(columns.estimate, y, item.estimate_text, ink("right", bold=True))
    sheet.write(columns.interval, y, item.interval_text or "not given", ink())
    sheet.write(columns.weight, y, weight_words(item), ink("right"))


def _write_above(sheet: Sheet, place: ForestRow, columns: ForestColumns) -> None:
    """Write label and numbers in one line above the mark, counts and weight in the next."""
    del columns
    item, y = place.item, place.top + 14
    lettering = muted() if item.part == PREDICTION else ink(bold=item.part in DIAMONDS)
    for number, words in enumerate(place.lines):
        sheet.write(0, y + number * LINE, words, lettering)
    numbers = muted("right") if item.part == PREDICTION else ink("right")
    x = sheet.width - sheet.write(sheet.width, y, item.interval_text, numbers)
    sheet.write(x - 9, y, item.estimate_text, ink("right", bold=True))
    counts, weight = second_line(item)
    y += LINE * len(place.lines)
    sheet.write(0, y, counts.replace(" (derived)", DAGGER), muted())
    sheet.write(sheet.width, y, weight, muted("right"))


def _draw_sides(sheet: Sheet, result: FigureResult, plot: AxisScale, y: float) -> float:
    """Write what lies on either side of the line of no effect; return the next base line."""
    sides, line = result.options.get("sides"), result.reference
    if not sides or line is None or not plot.low <= line <= plot.high:
        return y
    x = plot.at(line)
    rooms = (x - 8, sheet.width - x - 8)
    if min(rooms) < ROOM_FOR_A_SIDE:
        return y  # the notes say it
    left = draw_lines(sheet, [f"← {sides[0]}"], x - 8, y, rooms[0], "right")
    right = draw_lines(sheet, [f"{sides[1]} →"], x + 8, y, rooms[1])
    return max(left, right) + 2
