"""Estimates with their intervals, one a row: what a forest plot shows, without pooling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence.figures.figure_item import (
    BASES,
    NOT_GIVEN,
    Item,
    count_notes,
    groups_of,
    in_percent,
    interval_words,
    items_of,
    resolved,
    row_item,
    row_unit,
    short_count,
    told,
    where_read,
)
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
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.look import SMALL_SIZE, Look, Shape
from evidence.figures.measures import (
    Amount,
    AxisScale,
    linear,
    percentages,
    ratios,
    text_width,
    wrapped,
)
from evidence.figures.sheet import Sheet
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.quantity import RATIOS
from evidence.numbers.results import Computed, FigureResult

LOOKS: tuple[tuple[str, Shape], ...] = (
    ("series-1", "circle"),
    ("series-2", "diamond"),
    ("series-3", "square"),
    ("series-4", "circle"),
    ("series-5", "diamond"),
)
WIDEST_LABEL = 200
LEAST_PLOT = 170
GAP, EDGE = 16, 8
FEW = 8


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield what the rows lack: a number, or the same unit as the first row."""
    first: str | None = None
    for position, row in enumerate(figure.rows):
        finding = findings.get(row.finding)
        if finding is None:
            continue
        if finding.value is None and (finding.events is None or finding.n is None):
            yield position, f"'{row.finding}' has no value and no counts to draw", _hint(finding)
            continue
        unit = row_unit(finding)
        first = first or unit
        if unit != first:
            message = f"'{row.finding}' is in {unit}, the rows above it in {first}"
            yield position, message, "One figure has one axis: make a second figure."
        elif figure.reference == 1 and unit != "percent" and min(_numbers_drawn(finding)) <= 0:
            message = f"'{row.finding}' reaches zero or below, which a ratio cannot"
            yield position, message, "Leave out 'reference: 1' if this is not a ratio."


def _hint(finding: Finding) -> str:
    if finding.arms is not None:
        return "A finding with two arms is drawn by 'kind: arms'."
    return "Name a finding with 'value', or with 'events' and 'n'."


def _numbers_drawn(finding: Finding) -> list[Amount]:
    return [*(finding.interval or ()), *([finding.value] if finding.value is not None else ())]


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a row, with the printed interval or else the one computed from counts."""
    return tuple(row_item(row) for row in resolved(figure, report, computed))


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return the unit of the rows in words."""
    unit = row_unit(findings[figure.rows[0].finding])
    words = unit[:1].upper() + unit[1:]
    return f"{words}, logarithmic scale" if figure.reference == 1 and unit in RATIOS else words


def table(items: tuple[Item, ...]) -> Table:
    """Return label, group, counts, estimate, interval with its basis, and where each was read."""
    grouped, counted = any(item.group for item in items), any(item.count_text for item in items)
    doubtful = any(item.doubtful for item in items)
    columns = ["Study or outcome", *(["Group"] if grouped else [])]
    columns += [*(["Count"] if counted else []), "Estimate", "Interval", "Interval comes from"]
    columns += [*(["Reading"] if doubtful else []), "Read in"]
    rows = []
    for item in items:
        interval = f"{item.level_text} {item.interval_text}".strip() or interval_words(item)
        row = [item.label, *([item.group] if grouped else [])]
        row += [*([item.count_text] if counted else []), item.estimate_text, interval]
        row += [BASES[item.basis], *([_reading(item)] if doubtful else []), where_read(item)]
        rows.append(tuple(row))
    return tuple(columns), tuple(rows)


def _reading(item: Item) -> str:
    return "doubtful" if item.doubtful else "clear"


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the figure in sentences, group by group when there are many rows."""
    drawn = f"The figure shows {len(items)} estimates, each with its interval where one is known."
    groups = groups_of(list(items))
    if len(items) <= 12 or len(groups) == 1:
        return told(title, drawn, items)
    parts = [f"{title.rstrip('.')}. {drawn}"]
    for group in groups:
        members = [item for item in items if item.group == group and item.estimate is not None]
        lowest = min(members, key=lambda item: item.estimate or 0)
        highest = max(members, key=lambda item: item.estimate or 0)
        parts.append(f"{group}, {len(members)} rows. Lowest: {lowest.sentence}.")
        parts.append(f"Highest: {highest.sentence}.")
    return " ".join([*parts, "The table beside it lists all of them."])


@dataclass(frozen=True)
class Numbers:
    """What is printed of one item: count, estimate and interval, each perhaps empty."""

    count: str
    estimate: str
    interval: str

    @property
    def width(self) -> float:
        """Return how wide the three are in one line."""
        parts = [text_width(self.estimate, bold=True)]
        parts += [text_width(words) + 9 for words in (self.count, self.interval) if words]
        return sum(parts)


@dataclass(frozen=True)
class IntervalColumns:
    """Where things stand across the sheet: the labels' width, the plot, and its numbers' ends."""

    label: float
    plot: AxisScale
    count: float = 0
    estimate: float = 0
    interval: float = 0


@dataclass(frozen=True)
class IntervalRow:
    """Where one item stands down the sheet: the lines of its label, and its mark."""

    item: Item
    numbers: Numbers
    lines: tuple[str, ...]
    top: float
    mark: float


@dataclass(frozen=True)
class IntervalGroup:
    """A group: its heading's lines from ``top`` on, its rows, and where they end."""

    heading: tuple[str, ...]
    top: float
    places: tuple[IntervalRow, ...]
    bottom: float


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: numbers in columns, or on a phone above their marks."""
    items = items_of(result)
    sheet = Sheet(width)
    narrow = is_narrow(width)
    numbers = _numbers(items, width)
    columns = _columns(result, items, numbers, width)
    sections = _sections(items, numbers, columns, width)
    line_at = 0.0 if result.reference is None else float(result.reference)
    for section in sections:
        marks = [place.mark for place in section.places] if narrow else []
        reach = (section.places[0].top, section.bottom)
        draw_grid(sheet, columns.plot, reach, line_at, marks)
        for number, words in enumerate(section.heading):
            sheet.write(0, section.top + 14 + number * LINE, words, ink(bold=True))
    looks = _looks(items)
    for place in (place for section in sections for place in section.places):
        _draw_mark(sheet, place, columns.plot, looks[place.item.group])
        write = _write_above if narrow else _write_beside
        write(sheet, place, columns)
    if not narrow:
        _write_names(sheet, columns, items)
    bottom = sections[-1].bottom
    draw_ticks(sheet, columns.plot, bottom + LINE)
    y = draw_axis_title(sheet, result.axis, columns.plot, bottom + 2 * LINE + 3)
    y = draw_lines(sheet, _notes(items, narrow=narrow), 0, y + 6, width)
    return sheet.specification(y - LINE + 6)


def _numbers(items: list[Item], width: int) -> list[Numbers]:
    """Return what is printed of each item; on a phone intervals give way where room is short."""
    full = [
        Numbers(short_count(item), item.estimate_text, _interval_words(item, items))
        for item in items
    ]
    if not is_narrow(width) or _fit(items, full, width):
        return full
    if not all(item.count_text for item in items):
        return full
    return [
        Numbers(row.count, row.estimate + ("*" if row.interval.endswith("*") else ""), "")
        for row in full
    ]


def _fit(items: list[Item], numbers: list[Numbers], width: float) -> bool:
    pairs = zip(items, numbers, strict=True)
    return all(text_width(item.label) + row.width + GAP <= width for item, row in pairs)


def _interval_words(item: Item, items: list[Item]) -> str:
    """Return the interval: its level only where levels differ, a star if computed among printed."""
    if item.basis == "none":
        return NOT_GIVEN
    bases = {other.basis for other in items}
    star = "*" if item.basis == "computed" and "reported" in bases else ""
    level = f"{item.level_text} " if len(_levels(items)) > 1 else ""
    return f"{level}{item.interval_text}{star}"


def _levels(items: list[Item]) -> set[str]:
    return {item.level_text for item in items} - {""}


def _columns(
    result: FigureResult, items: list[Item], numbers: list[Numbers], width: int
) -> IntervalColumns:
    if is_narrow(width):
        return IntervalColumns(width, _scale(result, items, EDGE, width - EDGE))
    count_name, estimate_name, interval_name = _names(items)
    interval = width - _widest([row.interval for row in numbers], interval_name)
    estimate = interval - 10
    count = estimate - _widest([row.estimate for row in numbers], estimate_name, bold=True) - GAP
    widest_count = _widest([row.count for row in numbers], count_name)
    end = count - EDGE - (widest_count + GAP if widest_count else 0)
    label = min(_widest([item.label for item in items]), WIDEST_LABEL)
    start = min(label + GAP + EDGE, end - LEAST_PLOT)
    return IntervalColumns(
        start - GAP - EDGE, _scale(result, items, start, end), count, estimate, interval
    )


def _widest(words: list[str], name: str = "", *, bold: bool = False) -> float:
    widths = [text_width(text, bold=bold) for text in words]
    return max([*widths, text_width(name, SMALL_SIZE)])


def _scale(result: FigureResult, items: list[Item], start: float, end: float) -> AxisScale:
    numbers: list[Amount] = [
        number
        for item in items
        for number in (item.estimate, item.low, item.high, result.reference)
        if number is not None
    ]
    if result.reference == 1 and not in_percent(items):
        return ratios(numbers, start, end)
    if in_percent(items) and min(numbers) >= 0 and max(numbers) <= 100:
        return percentages(start, end)
    return linear(numbers, start, end)


def _names(items: list[Item]) -> tuple[str, str, str]:
    counted, levels = any(item.count_text for item in items), _levels(items)
    return (
        "Count" if counted else "",
        "Share" if counted and in_percent(items) else "",
        levels.pop() if len(levels) == 1 else "Interval",
    )


def _sections(
    items: list[Item], numbers: list[Numbers], columns: IntervalColumns, width: int
) -> list[IntervalGroup]:
    narrow = is_narrow(width)
    beside = _fit(items, numbers, width)
    y = 0.0 if narrow else 22.0
    sections: list[IntervalGroup] = []
    for group in groups_of(items):
        heading = tuple(wrapped(group, width, bold=True))
        top = y + (14 if sections else 0)
        y = top + (LINE * len(heading) + 6 if heading else 0)
        places = []
        for item, row in zip(items, numbers, strict=True):
            if item.group != group:
                continue
            lines = tuple(wrapped(item.label, columns.label))
            above = len(lines) + (0 if beside else 1)
            least = 28 if len(items) <= FEW else 24
            reach = LINE * above + 11 if narrow else max(least, LINE * len(lines) + 10) / 2
            places.append(IntervalRow(item, row, lines, y, y + reach))
            y += reach + (14 if narrow else reach)
        sections.append(IntervalGroup(heading, top, tuple(places), y))
    return sections


def _looks(items: list[Item]) -> dict[str, tuple[str, Shape]]:
    """Return colour and shape by group; a group of doubtful rows only keeps the ones before."""
    looks: dict[str, tuple[str, Shape]] = {}
    used = -1
    for group in groups_of(items):
        if used < 0 or not all(item.doubtful for item in items if item.group == group):
            used += 1
        looks[group] = LOOKS[used % len(LOOKS)]
    return looks


def _draw_mark(sheet: Sheet, place: IntervalRow, plot: AxisScale, look: tuple[str, Shape]) -> None:
    item, (colour, shape) = place.item, look
    if item.low is not None and item.high is not None:
        ends = {"x": item.low, "x2": item.high, "y": place.mark, "y2": place.mark}
        sheet.mark(Look("rule", colour, 2), ends | {"sentence": item.sentence}, plot)
    if item.estimate is not None:
        at = {"x": item.estimate, "y": place.mark, "label": item.label, "sentence": item.sentence}
        sheet.mark(Look("point", colour, shape=shape, hollow=item.doubtful), at, plot)


def _write_names(sheet: Sheet, columns: IntervalColumns, items: list[Item]) -> None:
    count, estimate, interval = _names(items)
    sheet.write(columns.count, 12, count, muted("right"))
    sheet.write(columns.estimate, 12, estimate, muted("right"))
    sheet.write(columns.interval, 12, interval, muted())


def _write_beside(sheet: Sheet, place: IntervalRow, columns: IntervalColumns) -> None:
    """Write the label at the left of the mark and the numbers in columns at its right."""
    y = place.mark + 5
    for number, words in enumerate(place.lines):
        sheet.write(0, y + LINE * (number - (len(place.lines) - 1) / 2), words, ink())
    sheet.write(columns.count, y, place.numbers.count, ink("right"))
    sheet.write(columns.estimate, y, place.numbers.estimate, ink("right", bold=True))
    missing = place.item.basis == "none"
    sheet.write(columns.interval, y, place.numbers.interval, muted() if missing else ink())


def _write_above(sheet: Sheet, place: IntervalRow, columns: IntervalColumns) -> None:
    """Write the label and then the numbers above the mark, in one line where they fit."""
    del columns
    for number, words in enumerate(place.lines):
        sheet.write(0, place.top + 14 + number * LINE, words, ink())
    numbers, y = place.numbers, place.mark - 14
    beside = y < place.top + 15 + LINE * (len(place.lines) - 1)
    x = sheet.width - numbers.width if beside else 0.0
    if numbers.count:
        x += sheet.write(x, y, numbers.count, ink()) + 9
    x += sheet.write(x, y, numbers.estimate, ink(bold=True)) + 9
    sheet.write(x, y, numbers.interval, muted() if place.item.basis == "none" else ink())


def _notes(items: list[Item], *, narrow: bool) -> list[str]:
    bases, levels = {item.basis for item in items}, _levels(items)
    notes = []
    if narrow and len(levels) == 1:  # a desk has it above the column
        notes.append(f"Lines: {levels.pop()}.")
    if "computed" in bases:
        star = "* Interval" if "reported" in bases else "Intervals"
        counted = all(item.events is not None for item in items if item.basis == "computed")
        how = " from the counts (Clopper-Pearson)" if counted else ""
        notes.append(f"{star} computed here{how}.")
    if "none" in bases and len(bases) > 1:
        notes.append("A mark without a line: the source gives no interval.")
    if any(item.doubtful for item in items):
        notes.append("Hollow marks: studies whose counts or cells are in doubt.")
    return notes + count_notes(items)


KIND = FigureKind(
    name="intervals",
    sentence="Estimates with their intervals, one a row; groups stand apart and are not pooled.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
)
