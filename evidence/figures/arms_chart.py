"""How two arms and their difference are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence.figures.figure_item import Item, count_notes, items_of, short_count
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
from evidence.figures.lettering import text_width, wrapped
from evidence.figures.look import SMALL_SIZE, Look, Shape
from evidence.figures.scale import AxisScale, linear, percentages
from evidence.figures.sheet import Sheet
from evidence.numbers.results import FigureResult

TREATED, CONTROL, DIFFERENCE = "treated", "control", "difference"
LOOKS: dict[str, tuple[str, Shape, bool]] = {
    TREATED: ("series-1", "circle", False),
    CONTROL: ("series-2", "square", True),
    DIFFERENCE: ("figure-ink", "diamond", False),
}
DIFFERENCE_TITLE = "Difference, percentage points"
EDGE = 8
WIDEST_LABEL = 150


@dataclass(frozen=True)
class Comparison:
    """The three items of one row."""

    treated: Item
    control: Item
    difference: Item

    @property
    def arms(self) -> tuple[Item, Item]:
        """Return the two arms in the order in which they are drawn."""
        return self.treated, self.control


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: arms beside differences, or on a phone above them."""
    shown = items_of(result)
    rows = [Comparison(*shown[first : first + 3]) for first in range(0, len(shown), 3)]
    sheet = Sheet(width)
    draw = _draw_narrow if is_narrow(width) else _draw_wide
    y = draw(sheet, rows, result.axis)
    y = draw_lines(sheet, _notes(rows), 0, y + 6, width)
    return sheet.specification(y - LINE + 6)


def _differences(rows: list[Comparison], start: float, end: float) -> AxisScale:
    items = [row.difference for row in rows]
    numbers = [
        number for item in items for number in (item.estimate, item.low, item.high) if number
    ]
    return linear([*numbers, 0], start, end)


def _draw_wide(sheet: Sheet, rows: list[Comparison], axis: str) -> float:
    """Draw rows of two lines: labels, arms, their numbers, and the difference at the right."""
    arms = [arm for row in rows for arm in row.arms]
    label = min(max(text_width(arm.label) for arm in arms), WIDEST_LABEL)
    pitch = max(LINE * len(wrapped(arm.label, label)) + 5 for arm in arms)
    count = max(text_width(short_count(arm), SMALL_SIZE) for arm in arms)
    second = _differences(rows, sheet.width - 196, sheet.width - EDGE)
    numbers = second.start - 28 - count
    first = percentages(label + 20, numbers - 62)
    sheet.write(second.start - EDGE, 12, DIFFERENCE_TITLE, muted())
    y = 24.0
    for row in rows:
        sheet.write(0, y + 14, row.treated.group, ink(bold=True))
        for scale in (first, second):
            draw_grid(sheet, scale, (y + 24, y + 24 + 2 * pitch), 0)
        for position, arm in enumerate(row.arms):
            line = y + 24 + pitch * (position + 0.5)
            _draw_mark(sheet, arm, first, line)
            _write_label(sheet, wrapped(arm.label, label), line + 5)
            sheet.write(numbers - 8, line + 5, arm.estimate_text, ink("right", bold=True))
            sheet.write(numbers, line + 5, short_count(arm), muted())
        _draw_difference(sheet, row.difference, second, y + 14, y + 24 + pitch)
        y += 32 + 2 * pitch
    draw_ticks(sheet, first, y + 7)
    draw_ticks(sheet, second, y + 7)
    return draw_axis_title(sheet, axis, first, y + 7 + LINE + 3)


def _write_label(sheet: Sheet, lines: list[str], y: float) -> None:
    for number, words in enumerate(lines):
        sheet.write(0, y + LINE * (number - (len(lines) - 1) / 2), words, ink())


def _draw_narrow(sheet: Sheet, rows: list[Comparison], axis: str) -> float:
    """Draw all arms, then all differences, each panel with an axis of its own."""
    scale = percentages(EDGE, sheet.width - EDGE)
    y = 0.0
    for row in rows:
        for words in wrapped(row.treated.group, sheet.width, bold=True):
            sheet.write(0, y + 14, words, ink(bold=True))
            y += LINE
        for arm in row.arms:
            y = _draw_arm_narrow(sheet, arm, scale, y)
        y += 13
    draw_ticks(sheet, scale, y + 3)
    y = draw_axis_title(sheet, axis, scale, y + 3 + LINE + 3)
    sheet.write(0, y + 12, DIFFERENCE_TITLE, ink(bold=True))
    return _draw_differences(sheet, rows, y + 20)


def _draw_arm_narrow(sheet: Sheet, arm: Item, scale: AxisScale, y: float) -> float:
    """Draw one arm below ``y``: label and numbers in one line, the mark below; return the end."""
    count = sheet.width - text_width(short_count(arm), SMALL_SIZE)
    estimate = count - 8 - text_width(arm.estimate_text, bold=True)
    lines = wrapped(arm.label, estimate - 12)
    mark = y + 30 + LINE * (len(lines) - 1)
    draw_grid(sheet, scale, (y + 2, mark + 9), 0, (mark,))
    for number, words in enumerate(lines):
        sheet.write(0, y + 17 + LINE * number, words, ink())
    sheet.write(count, y + 17, short_count(arm), muted())
    sheet.write(estimate, y + 17, arm.estimate_text, ink(bold=True))
    _draw_mark(sheet, arm, scale, mark)
    return mark + 9


def _draw_differences(sheet: Sheet, rows: list[Comparison], y: float) -> float:
    scale = _differences(rows, EDGE, sheet.width - EDGE)
    for row in rows:
        lines = wrapped(row.treated.group, sheet.width)
        line = y + 29 + LINE * len(lines)
        draw_grid(sheet, scale, (y + 2, line + 10), 0, (line,))
        for words in lines:
            sheet.write(0, y + 14, words, ink())
            y += LINE
        _draw_difference(sheet, row.difference, scale, y + 14, y + 29)
        y += 46
    draw_ticks(sheet, scale, y + 6)
    return y + 6 + LINE


def _draw_difference(sheet: Sheet, item: Item, scale: AxisScale, words_at: float, y: float) -> None:
    x = 0 if is_narrow(sheet.width) else scale.start - EDGE
    x += sheet.write(x, words_at, item.estimate_text, ink(bold=True)) + 7
    if item.interval_text:
        star = "*" if item.basis == "computed" else ""
        sheet.write(x, words_at, f"{item.level_text} {item.interval_text}{star}", muted())
    _draw_mark(sheet, item, scale, y)


def _draw_mark(sheet: Sheet, item: Item, scale: AxisScale, y: float) -> None:
    colour, shape, hollow = LOOKS[item.part]
    told_too = {"label": item.label, "sentence": item.sentence}
    if item.low is not None and item.high is not None:
        ends = {"x": item.low, "x2": item.high, "y": y, "y2": y}
        sheet.mark(Look("rule", colour, 2), ends | told_too, scale)
    if item.estimate is not None:
        look = Look("point", colour, shape=shape, hollow=hollow)
        sheet.mark(look, {"x": item.estimate, "y": y} | told_too, scale)


def _notes(rows: list[Comparison]) -> list[str]:
    notes = []
    arms = [arm for row in rows for arm in row.arms]
    if any(arm.basis == "computed" for arm in arms):
        notes.append("Intervals of the arms: 95% CI, computed here from the counts.")
    notes += count_notes(arms)
    if any(row.difference.basis == "computed" for row in rows):
        notes.append("* Difference and interval computed here from the counts.")
    return notes
