"""How estimates with their intervals are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
from evidence.figures.item import NOT_GIVEN, Item, groups_of, in_percent, items_of
from evidence.figures.lettering import text_width, wrapped
from evidence.figures.scale import Amount, Scale, linear, percentages, ratios
from evidence.figures.sheet import SMALL_SIZE, Look, Shape, Sheet
from evidence.results import FigureResult

LOOKS: tuple[tuple[str, Shape], ...] = (
    ("series-1", "circle"),
    ("series-2", "diamond"),
    ("series-3", "square"),
    ("series-4", "circle"),
    ("series-5", "diamond"),
)
WIDEST_LABEL = 200
LEAST_PLOT = 170
GAP = 16
EDGE = 8


@dataclass(frozen=True)
class Columns:
    """Where things stand across the sheet: the labels' width, the plot, and its numbers' ends."""

    label: float
    plot: Scale
    count: float
    estimate: float
    interval: float


@dataclass(frozen=True)
class Place:
    """Where one item stands down the sheet: the lines of its label, and its mark."""

    item: Item
    lines: tuple[str, ...]
    top: float
    mark: float


@dataclass(frozen=True)
class Section:
    """A group: its heading's lines from ``top`` on, its rows, and where they end."""

    heading: tuple[str, ...]
    top: float
    places: tuple[Place, ...]
    bottom: float


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: numbers in columns, or on a phone above their marks."""
    shown = items_of(result)
    sheet = Sheet(width)
    columns = _columns(result, shown, width)
    sections = _sections(shown, columns, width)
    for section in sections:
        _draw_section_grid(sheet, section, columns.plot, result)
        for number, words in enumerate(section.heading):
            sheet.write(0, section.top + 14 + number * LINE, words, ink(bold=True))
    if not is_narrow(width):
        _write_column_names(sheet, columns, shown)
    looks = _looks(shown)
    for section in sections:
        for place in section.places:
            _draw_mark(sheet, place, columns.plot, looks[place.item.group])
            _write_row(sheet, place, columns, shown)
    bottom = sections[-1].bottom
    draw_ticks(sheet, columns.plot, bottom + LINE)
    y = draw_axis_title(sheet, result.axis, columns.plot, bottom + 2 * LINE + 3)
    y = draw_lines(sheet, _notes(shown), 0, y + 6, width)
    return sheet.specification(y - LINE + 6)


def _columns(result: FigureResult, shown: list[Item], width: int) -> Columns:
    if is_narrow(width):
        return Columns(width, _scale(result, shown, EDGE, width - EDGE), width, width, width)
    names = _names(shown)
    interval = width - max(_widest([_beside(item, shown) for item in shown]), _small(names[2]))
    widest = max(_widest([item.estimate_text for item in shown], bold=True), _small(names[1]))
    count = interval - 10 - widest - GAP
    widest_count = max(_widest([item.count_text for item in shown]), _small(names[0]))
    end = count - (widest_count + GAP if widest_count else -GAP) - EDGE
    label = min(_widest([item.label for item in shown]), WIDEST_LABEL)
    start = min(label + GAP + EDGE, end - LEAST_PLOT)
    plot = _scale(result, shown, start, end)
    return Columns(start - GAP - EDGE, plot, count, interval - 10, interval)


def _widest(words: list[str], *, bold: bool = False) -> float:
    return max(text_width(each, bold=bold) for each in words)


def _small(words: str) -> float:
    return text_width(words, SMALL_SIZE)


def _scale(result: FigureResult, shown: list[Item], start: float, end: float) -> Scale:
    numbers: list[Amount] = [
        number
        for item in shown
        for number in (item.estimate, item.low, item.high, result.reference)
        if number is not None
    ]
    if result.reference == 1:
        return ratios(numbers, start, end)
    if in_percent(shown) and min(numbers) >= 0 and max(numbers) <= 100:
        return percentages(start, end)
    return linear(numbers, start, end)


def _sections(shown: list[Item], columns: Columns, width: int) -> list[Section]:
    narrow = is_narrow(width)
    y = 0.0 if narrow else 22.0
    sections: list[Section] = []
    for group in groups_of(shown):
        members = [item for item in shown if item.group == group]
        heading = tuple(wrapped(group, width, bold=True))
        top = y + (14 if sections else 0)
        y = top + (LINE * len(heading) + 6 if heading else 0)
        places = []
        for item in members:
            place = _place_narrow(item, y, shown) if narrow else _place_wide(item, y, columns)
            places.append(place)
            y = place.mark + (14 if narrow else place.mark - place.top)
        sections.append(Section(heading, top, tuple(places), y))
    return sections


def _place_wide(item: Item, top: float, columns: Columns) -> Place:
    lines = tuple(wrapped(item.label, columns.label))
    return Place(item, lines, top, top + max(24, LINE * len(lines) + 10) / 2)


def _place_narrow(item: Item, top: float, shown: list[Item]) -> Place:
    if _all_fit_beside(shown):
        return Place(item, (item.label,), top, top + LINE + 10)
    lines = tuple(wrapped(item.label, 340))
    return Place(item, lines, top, top + LINE * (len(lines) + 1) + 10)


def _all_fit_beside(shown: list[Item]) -> bool:
    return all(
        text_width(item.label) + text_width(_above(item, shown)) + 24 <= 340 for item in shown
    )


def _above(item: Item, shown: list[Item]) -> str:
    parts = (item.count_text, item.estimate_text, _beside(item, shown))
    return "  ".join(part for part in parts if part)


def _beside(item: Item, shown: list[Item]) -> str:
    """Return what stands in the column of intervals: the level only where levels differ."""
    if item.basis == "none":
        return NOT_GIVEN
    bases = {other.basis for other in shown} - {"none"}
    star = "*" if item.basis == "computed" and len(bases) > 1 else ""
    level = f"{item.level_text} " if len(_levels(shown)) > 1 else ""
    return f"{level}{item.interval_text}{star}"


def _levels(shown: list[Item]) -> set[str]:
    return {item.level_text for item in shown} - {""}


def _names(shown: list[Item]) -> tuple[str, str, str]:
    levels = _levels(shown)
    share = in_percent(shown) and any(item.count_text for item in shown)
    return (
        "Count" if any(item.count_text for item in shown) else "",
        "Share" if share else "",
        levels.pop() if len(levels) == 1 else "Interval",
    )


def _write_column_names(sheet: Sheet, columns: Columns, shown: list[Item]) -> None:
    count, estimate, interval = _names(shown)
    sheet.write(columns.count, 12, count, muted("right"))
    sheet.write(columns.estimate, 12, estimate, muted("right"))
    sheet.write(columns.interval, 12, interval, muted())


def _draw_section_grid(sheet: Sheet, section: Section, plot: Scale, result: FigureResult) -> None:
    line_at = 0.0 if result.reference is None else float(result.reference)
    if not is_narrow(sheet.width):
        draw_grid(sheet, plot, section.places[0].top, section.bottom, line_at)
        return
    for place in section.places:
        draw_grid(sheet, plot, place.mark - 7, place.mark + 7, line_at)


def _looks(shown: list[Item]) -> dict[str, tuple[str, Shape]]:
    """Return colour and shape by group; a group of doubtful rows only keeps the ones before."""
    looks: dict[str, tuple[str, Shape]] = {}
    used = -1
    for group in groups_of(shown):
        if used < 0 or not all(item.doubtful for item in shown if item.group == group):
            used += 1
        looks[group] = LOOKS[used % len(LOOKS)]
    return looks


def _draw_mark(sheet: Sheet, place: Place, plot: Scale, look: tuple[str, Shape]) -> None:
    item, (colour, shape) = place.item, look
    if item.low is not None and item.high is not None:
        ends = {"x": item.low, "x2": item.high, "y": place.mark, "y2": place.mark}
        sheet.mark(Look("rule", colour, 2), ends | {"sentence": item.sentence}, plot)
    if item.estimate is not None:
        at = {"x": item.estimate, "y": place.mark, "label": item.label, "sentence": item.sentence}
        sheet.mark(Look("point", colour, shape=shape, hollow=item.doubtful), at, plot)


def _write_row(sheet: Sheet, place: Place, columns: Columns, shown: list[Item]) -> None:
    item = place.item
    if not is_narrow(sheet.width):
        first = place.mark + 4.5 - LINE * (len(place.lines) - 1) / 2
        for number, words in enumerate(place.lines):
            sheet.write(0, first + number * LINE, words, ink())
        _write_numbers(sheet, item, columns, place.mark + 4.5, shown)
        return
    for number, words in enumerate(place.lines):
        sheet.write(0, place.top + 13 + number * LINE, words, ink())
    _write_numbers_in_line(sheet, item, place, shown)


def _write_numbers(
    sheet: Sheet, item: Item, columns: Columns, y: float, shown: list[Item]
) -> None:
    sheet.write(columns.count, y, item.count_text, ink("right"))
    sheet.write(columns.estimate, y, item.estimate_text, ink("right", bold=True))
    lettering = muted() if item.basis == "none" else ink()
    sheet.write(columns.interval, y, _beside(item, shown), lettering)


def _write_numbers_in_line(sheet: Sheet, item: Item, place: Place, shown: list[Item]) -> None:
    """Write counts, estimate and interval above the mark, flush right beside a short label."""
    y = place.mark - 13
    x = 0.0
    if _all_fit_beside(shown):
        x = sheet.width - text_width(_above(item, shown)) - 6
    if item.count_text:
        x += sheet.write(x, y, item.count_text, ink()) + 9
    x += sheet.write(x, y, item.estimate_text, ink(bold=True)) + 7
    sheet.write(x, y, _beside(item, shown), muted() if item.basis == "none" else ink())


def _notes(shown: list[Item]) -> list[str]:
    notes = []
    bases = {item.basis for item in shown}
    if bases >= {"computed", "reported"}:
        notes.append("* Interval computed here from the counts.")
    elif "computed" in bases:
        notes.append("Intervals computed here from the counts.")
    if any(item.doubtful for item in shown):
        notes.append("Hollow marks: studies whose outcome or cells are in doubt.")
    return notes
