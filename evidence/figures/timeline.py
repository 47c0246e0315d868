"""Dated events in order of time, each as precise as its source dates it."""

from __future__ import annotations

import math
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import Item, Resolved, items_of, resolved, told, where_read
from evidence.figures.furniture import LINE, ink, is_narrow, labelled_years, muted
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.look import Align, Lettering, Look
from evidence.figures.measures import AxisScale, text_width, wrapped
from evidence.figures.sheet import Sheet
from evidence.model.base import PartialDate
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.results import Computed, FigureResult

PLACES = Decimal("0.001")
LABEL = 150
BAND = 24
NEAREST = 16
PITCH = 8
INSET = 6
EDGE = 6
MOST_LEVELS = 4  # words further out than this are hard to follow to the band
DAY = 0.004  # of a year: less than this from first to last is one day


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield rows whose finding has no date."""
    for position, row in enumerate(figure.rows):
        finding = findings.get(row.finding)
        if finding is not None and finding.date is None:
            yield position, f"'{row.finding}' has no date", "Name a finding with 'date'."


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item an event, in order of time."""
    events = (_item(row, row.finding.date) for row in resolved(figure, report, computed)
            if row.finding.date is not None)  # fmt: skip
    return tuple(sorted(events, key=lambda item: (item.first_year or 0, item.last_year or 0)))


def _item(row: Resolved, date: PartialDate) -> Item:
    return Item(
        label=row.label,
        printed=date.words,
        sentence=f"{date.words}: {row.label}",
        group=row.row.group or "",
        address=row.row.finding,
        source=row.source,
        locator=row.finding.locator,
        first_year=_start(date),
        last_year=_end(date),
        estimate_text=date.words,
        date=str(date),
    )


def _start(date: PartialDate) -> Decimal:
    """Return a date as a year with its part: 1 July 2023 is 2023.496."""
    days = 366 if isleap(date.year) else 365
    passed = Decimal(date.first_day.timetuple().tm_yday - 1) / days
    return (date.year + passed).quantize(PLACES)


def _end(date: PartialDate) -> Decimal:
    """Return where a date ends: with its month or year, or where it starts if it is one day."""
    if date.day is not None:
        return _start(date)
    if date.month in {None, 12}:
        return Decimal(date.year + 1)
    return _start(PartialDate(year=date.year, month=(date.month or 0) + 1))


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return nothing: years name themselves."""
    del figure, findings
    return ""


def table(items: tuple[Item, ...]) -> Table:
    """Return date, event and where each was read."""
    rows = tuple((item.estimate_text, item.label, where_read(item)) for item in items)
    return ("Date", "Event", "Read in"), rows


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the events in words, in order of time."""
    return told(title, "The figure shows events in order of time.", items, extremes=False)


@dataclass(frozen=True)
class Flag:
    """An event with its words: left edge and width of the words, on which side, how far out."""

    item: Item
    lines: tuple[str, ...]
    at: float
    left: float
    width: float
    above: bool = True
    level: int = 0

    @property
    def right(self) -> float:
        """Return the right edge of the words."""
        return self.left + self.width


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: flags on a band of years, or a list on a phone."""
    items = items_of(result)
    sheet = Sheet(width)
    height = 0.0 if is_narrow(width) else _draw_band(sheet, items)
    height = height or _draw_list(sheet, items)
    return sheet.specification(height)


def _draw_list(sheet: Sheet, items: list[Item]) -> float:
    y, centre = 8.0, 7.0
    marks = []
    for item in items:
        sheet.write(24, y + 5, item.estimate_text, ink(bold=True))
        marks.append((item, y))
        y += LINE + 5
        for line in wrapped(item.label, sheet.width - 24):
            sheet.write(24, y, line, ink())
            y += LINE
        y += 12
    sheet.line((centre, marks[0][1]), (centre, marks[-1][1]), "figure-muted", 1.5)
    for item, top in marks:
        told_too = {"label": item.label, "sentence": item.sentence}
        sheet.mark(Look("point", "series-1"), {"x": centre, "y": top} | told_too)
    return y - 20


def _one_day(item: Item) -> bool:
    return float(item.last_year or 0) - float(item.first_year or 0) < DAY


def _draw_band(sheet: Sheet, items: list[Item]) -> float:
    first = math.floor(min(item.first_year or 0 for item in items))
    last = max(first + 1, math.ceil(max(item.last_year or 0 for item in items)))
    across = AxisScale(first, last, EDGE, sheet.width - EDGE)
    flags = _flags(items, across)
    if not flags:
        return 0
    depth = LINE * max(len(flag.lines) for flag in flags) + PITCH
    reaches = {above: [NEAREST / 2] for above in (True, False)}
    for flag in flags:
        reaches[flag.above].append(NEAREST + flag.level * depth + LINE * len(flag.lines))
    top = max(reaches[True])
    _draw_years(sheet, across, top)
    for flag in flags:
        _draw_flag(sheet, flag, across, top, depth)
    return top + BAND + max(reaches[False])


def _draw_years(sheet: Sheet, across: AxisScale, top: float) -> None:
    band = {"x": across.low, "x2": across.high, "y": top, "y2": top + BAND}
    sheet.mark(Look("bar", "figure-rule", opacity=0.4), band, across)
    for year in labelled_years(across, 6):
        if year > across.low:
            sheet.line((across.at(year), top), (across.at(year), top + BAND), "paper", 1.5)
    for year in labelled_years(across, 36):
        sheet.write(across.at(year + 0.5), top + BAND / 2 + 5, str(year), muted("center"))


def _flags(items: list[Item], across: AxisScale) -> list[Flag]:
    """Return each event with its words as near to the band as there is room; empty if there is none.

    The words of an event stand right of its line, or left of it at the end of the band. No line
    runs through words, and no words overlap. Words at the right are placed from the last event to
    the first and words at the left the other way round: so each finds those in its way placed.
    """
    flags = [_flag(item, across) for item in items]
    leftward = [flag for flag in flags if flag.left < flag.at]
    rightward = [flag for flag in reversed(flags) if flag.left > flag.at]
    for order in ([*leftward, *rightward], [*rightward, *leftward]):
        placed: list[Flag] = []
        for flag in order:
            placed += _nearest(flag, placed)
        if len(placed) == len(flags):
            return placed
    return []


def _flag(item: Item, across: AxisScale) -> Flag:
    at = across.at((float(item.first_year or 0) + float(item.last_year or 0)) / 2)
    lines = (item.estimate_text, *wrapped(item.label, LABEL))
    width = max(text_width(line, bold=not number) for number, line in enumerate(lines))
    left = at + INSET if at + INSET + width <= across.end else at - INSET - width
    return Flag(item, lines, at, left, width)


def _nearest(flag: Flag, placed: list[Flag]) -> list[Flag]:
    """Return the flag at the nearest level that is free, above before below, or nothing."""
    for level in range(MOST_LEVELS):
        for above in (True, False):
            tried = replace(flag, above=above, level=level)
            if _free(tried, placed):
                return [tried]
    return []


def _free(flag: Flag, placed: list[Flag]) -> bool:
    beside = [other for other in placed if other.above == flag.above]
    for other in beside:
        if other.level == flag.level and _overlap(flag, other):
            return False
        if other.level < flag.level and other.left - INSET < flag.at < other.right + INSET:
            return False
        if other.level > flag.level and flag.left - INSET < other.at < flag.right + INSET:
            return False
    return True


def _overlap(flag: Flag, other: Flag) -> bool:
    return flag.left < other.right + 2 * INSET and other.left < flag.right + 2 * INSET


def _draw_flag(sheet: Sheet, flag: Flag, across: AxisScale, top: float, depth: float) -> None:
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
    align: Align = "right" if flag.right < flag.at else "left"
    x = flag.right if align == "right" else flag.left
    for number, words in enumerate(flag.lines):
        lettering = Lettering(align, bold=not number)
        sheet.write(x, words_top + 13 + number * LINE, words, lettering)


KIND = FigureKind(
    name="timeline",
    sentence="Dated events in order of time, as precise as their sources date them.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
)
