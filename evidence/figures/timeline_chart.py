"""How dated events are drawn: on a band of years, or on a phone as a list down a line."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from evidence.figures.furniture import LINE, ink, is_narrow, muted
from evidence.figures.item import Item, items_of
from evidence.figures.lettering import text_width, wrapped
from evidence.figures.scale import Scale
from evidence.figures.sheet import Look, Sheet
from evidence.results import FigureResult

LABEL = 150
BAND = 24
NEAREST = 16
PITCH = 8
INSET = 6
DAY = 0.004  # of a year: less than this from first to last is one day


@dataclass(frozen=True)
class Flag:
    """An event with its words: left edge and width of the words, on which side, how far out."""

    item: Item
    lines: tuple[str, ...]
    at: float
    left: float
    width: float
    above: bool
    level: int

    @property
    def right(self) -> float:
        """Return the right edge of the words."""
        return self.left + self.width


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: flags on a band of years, or a list on a phone."""
    shown = items_of(result)
    sheet = Sheet(width)
    height = _draw_list(sheet, shown) if is_narrow(width) else _draw_band(sheet, shown)
    return sheet.specification(height)


def _draw_list(sheet: Sheet, shown: list[Item]) -> float:
    y, centre = 8.0, 7.0
    marks = []
    for item in shown:
        sheet.write(24, y + 5, item.estimate_text, ink(bold=True))
        marks.append((item, y))
        y += LINE + 5
        for line in wrapped(item.label, sheet.width - 24):
            sheet.write(24, y, line, ink())
            y += LINE
        y += 12
    sheet.line((centre, marks[0][1]), (centre, marks[-1][1]), "figure-muted", 1.5)
    for item, top in marks:
        look = Look("point", "series-1", hollow=not _one_day(item))
        sheet.mark(look, {"x": centre, "y": top, "label": item.label, "sentence": item.sentence})
    return y - 20


def _one_day(item: Item) -> bool:
    return float(item.last_year or 0) - float(item.first_year or 0) < DAY


def _draw_band(sheet: Sheet, shown: list[Item]) -> float:
    first = math.floor(min(item.first_year or 0 for item in shown))
    last = max(first + 1, math.ceil(max(item.last_year or 0 for item in shown)))
    across = Scale(first, last, 0, sheet.width)
    flags = _flags(shown, across)
    depth = LINE * max(len(flag.lines) for flag in flags) + PITCH
    above = [flag.level for flag in flags if flag.above]
    below = [flag.level for flag in flags if not flag.above]
    top = (max(above) + 1) * depth + NEAREST if above else 0
    _draw_years(sheet, across, top)
    for flag in flags:
        _draw_flag(sheet, flag, across, top, depth)
    return top + BAND + ((max(below) + 1) * depth + NEAREST if below else 4)


def _draw_years(sheet: Sheet, across: Scale, top: float) -> None:
    band = {"x": across.low, "x2": across.high, "y": top, "y2": top + BAND}
    sheet.mark(Look("bar", "figure-rule", opacity=0.4), band, across)
    for year in range(int(across.low), int(across.high)):
        if year > across.low:
            sheet.line((across.at(year), top), (across.at(year), top + BAND), "paper", 1.5)
        sheet.write(across.at(year + 0.5), top + BAND / 2 + 4.5, str(year), muted("center"))


def _flags(shown: list[Item], across: Scale) -> list[Flag]:
    """Place words from the last event to the first, each as near to the band as there is room.

    The words of an event stand right of its line, or left of it at the end of the band. No line
    runs through words, and no words overlap.
    """
    placed: list[Flag] = []
    for item in reversed(shown):
        middle = (float(item.first_year or 0) + float(item.last_year or 0)) / 2
        at = across.at(middle)
        lines = (item.estimate_text, *wrapped(item.label, LABEL))
        width = max(text_width(line, bold=not number) for number, line in enumerate(lines))
        left = at + INSET if at + INSET + width <= across.end else at - INSET - width
        tries = (
            Flag(item, lines, at, left, width, above, level)
            for level in range(len(shown))
            for above in (True, False)
        )
        placed.append(next(flag for flag in tries if _free(flag, placed)))
    return placed[::-1]


def _free(flag: Flag, placed: list[Flag]) -> bool:
    beside = [other for other in placed if other.above == flag.above]
    for other in beside:
        if other.level == flag.level and _overlap(flag, other):
            return False
        if other.level < flag.level and other.left - INSET < flag.at < other.right + INSET:
            return False
        if other.level > flag.level and flag.left - INSET < other.at < flag.right + INSET:
            return False
        if abs(other.at - flag.at) < 2:
            return False
    return True


def _overlap(flag: Flag, other: Flag) -> bool:
    return flag.left < other.right + 2 * INSET and other.left < flag.right + 2 * INSET


def _draw_flag(sheet: Sheet, flag: Flag, across: Scale, top: float, depth: float) -> None:
    edge = top if flag.above else top + BAND
    away = NEAREST + flag.level * depth
    tall = LINE * len(flag.lines)
    end = edge - away - tall if flag.above else edge + away + tall
    sheet.line((flag.at, edge), (flag.at, end), "figure-muted")
    item = flag.item
    told_too = {"label": item.label, "sentence": item.sentence}
    if _one_day(item):
        sheet.mark(Look("point", "series-1"), {"x": item.first_year, "y": edge} | told_too, across)
    else:
        span = {"x": item.first_year, "x2": item.last_year, "y": edge - 4, "y2": edge + 4}
        sheet.mark(Look("bar", "series-1"), span | told_too, across)
    words_top = end if flag.above else edge + away
    for number, words in enumerate(flag.lines):
        sheet.write(flag.left, words_top + 12 + number * LINE, words, ink(bold=not number))


