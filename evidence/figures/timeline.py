"""Dated events in order of time, each as precise as its source dates it."""

from __future__ import annotations

import math
from calendar import isleap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import Item, items_of, told, where_read
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.look import LIGHT, LINE, SMALL_SIZE, Align, is_narrow
from evidence.figures.measures import AxisScale, labelled_years, text_width, wrapped
from evidence.figures.resolved import Resolved, resolved
from evidence.figures.theme import (
    MUTED,
    PAPER,
    Chart,
    Values,
    alt,
    heard,
    named,
    specification,
    unchecked,
    values_of,
)
from evidence.model.base import PartialDate
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.results import Computed, FigureResult

PLACES = Decimal("0.001")
LABEL = 150
BAND = 24
NEAREST = 16
PITCH = 8
INSET = 6
EDGE = 6
MOST_LEVELS = 4  # words further out than this are hard to follow to the band
COLOUR = LIGHT["series-1"]
STYLES = ("strong", "")
Made = tuple[list[Chart], int, dict[str, Values]]  # layers, height in pixels, datasets
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
    def year(self) -> float:
        """Return the middle of the time of the event."""
        return (float(self.item.first_year or 0) + float(self.item.last_year or 0)) / 2

    @property
    def right(self) -> float:
        """Return the right edge of the words."""
        return self.left + self.width


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: flags on a band of years, or a list on a phone."""
    items = items_of(result)
    first = math.floor(min(item.first_year or 0 for item in items))
    last = max(first + 1, math.ceil(max(item.last_year or 0 for item in items)))
    across = AxisScale(first, last, EDGE, width - EDGE)
    flags = [] if is_narrow(width) else _flags(items, across)
    with unchecked():
        made = _band(result, flags, across) if flags else _list(result, items, width)
        drawn, height, datasets = made
        return specification(alt.layer(*drawn, width=width, height=height), result, datasets)


def _down(height: float) -> Callable[[str], Any]:
    """Return what makes the channel of the pixels from the top."""
    scale = alt.Scale(domain=[0, height], reverse=True, nice=False, zero=False, padding=0)
    return lambda field: alt.Y(field, type="quantitative", scale=scale, axis=None, title=None)


def _list(result: FigureResult, items: list[Item], width: int) -> Made:
    """Return the layers of a list: a point for each event on one line, with the words beside it."""
    y, values, words = 8.0, list[dict[str, Any]](), list[dict[str, Any]]()
    for value, item in zip(values_of(result), items, strict=True):
        values.append({**value, "top": y})
        words.append({"top": y, "words": item.estimate_text, "style": "strong"})
        for number, line in enumerate(wrapped(item.label, width - 26), 1):
            words.append({"top": y + number * LINE + 1, "words": line, "style": ""})
        y = words[-1]["top"] + LINE + 12
    down = _down(round(y - 20))
    x = alt.value(7)
    line = named().mark_line(color=MUTED, strokeWidth=1.5, aria=False)
    layers = [
        line.encode(x=x, y=down("top")),
        named().mark_point(size=80, color=COLOUR).encode(x=x, y=down("top"), **heard()),
        *(_text(style, align="left").encode(x=alt.value(24), y=down("top")) for style in STYLES),
    ]
    return layers, round(y - 20), {"items": values, "words": words}


def _one_day(item: Item) -> bool:
    return float(item.last_year or 0) - float(item.first_year or 0) < DAY


def _band(result: FigureResult, flags: list[Flag], across: AxisScale) -> Made:
    """Return the layers of the band of years, with its events on it, and their words on flags."""
    depth = LINE * max(len(flag.lines) for flag in flags) + PITCH
    reaches = {above: [NEAREST / 2] for above in (True, False)}
    for flag in flags:
        reaches[flag.above].append(NEAREST + flag.level * depth + LINE * len(flag.lines))
    top = max(reaches[True])
    height = round(top + BAND + max(reaches[False]))
    by_sentence = {flag.item.sentence: flag for flag in flags}
    placed = [
        {**value, **_placed(by_sentence[value["sentence"]], top, depth)}
        for value in values_of(result)
    ]
    words = [row for flag in flags for row in _words(flag, top, depth)]
    band = [{"from": across.low, "to": across.high, "top": top, "bottom": top + BAND}]
    years = [{"year": year} for year in labelled_years(across, 6) if year > across.low]
    layers = list(_band_layers(across, height, top))
    return layers, height, {"items": placed, "words": words, "band": band, "years": years}


def _band_layers(across: AxisScale, height: int, top: float) -> Iterator[Chart]:
    down = _down(height)
    scale = alt.Scale(
        domain=[across.low, across.high], range=[across.start, across.end], nice=False, zero=False
    )
    axis = alt.Axis(
        values=[year + 0.5 for year in labelled_years(across, 36)],
        labelExpr="'' + floor(datum.value)",
        labelFlush=False,
        labelPadding=0,
        grid=False,
        offset=round(top + BAND / 2 - SMALL_SIZE / 2 - height),
        title=None,
        zindex=1,
    )

    def x(field: str) -> Any:
        return alt.X(field, type="quantitative", scale=scale, axis=axis)

    reach = {"x": x("from"), "x2": alt.X2("to"), "y": down("top"), "y2": alt.Y2("bottom")}
    colour = LIGHT["figure-rule"]
    yield named("band").mark_rect(color=colour, fillOpacity=0.4, aria=False).encode(**reach)
    border = named("years").mark_rule(
        color=PAPER, strokeWidth=1.5, aria=False, y=top, y2=top + BAND
    )
    yield border.encode(x=x("year"))
    pole = named().mark_rule(color=MUTED, aria=False)
    yield pole.encode(x=x("middle"), y=down("edge"), y2=alt.Y2("end"))
    day = named().transform_filter("datum.day").mark_point(size=80, color=COLOUR)
    yield day.encode(x=x("first-year"), y=down("edge"), **heard())
    span = named().transform_filter("!datum.day").mark_bar(orient="horizontal", size=8)
    ends = {"x": x("first-year"), "x2": alt.X2("last-year")}
    yield span.encode(**ends, y=down("edge"), **heard())
    for style in STYLES:
        for side in (1, -1):
            align: Align = "left" if side > 0 else "right"
            words = _text(style, align=align, dx=side * INSET, side=side)
            yield words.encode(x=x("middle"), y=down("top"))


def _text(style: str, align: Align, dx: float = 0, side: int = 0) -> Chart:
    """Return the words of one style, on one side of their lines; without a side all of them."""
    words = named("words").transform_filter(f"datum.style === '{style}'")
    words = words.transform_filter(f"datum.side === {side}") if side else words
    bold = {"fontWeight": "bold"} if style else {}
    marked = words.mark_text(align=align, dx=dx, aria=False, **bold)
    return marked.encode(text=alt.Text("words", type="nominal"))


def _placed(flag: Flag, top: float, depth: float) -> dict[str, Any]:
    """Return where an event stands on the band, and the line to its words ends."""
    edge = top if flag.above else top + BAND
    reach = NEAREST + flag.level * depth + LINE * len(flag.lines)
    end = edge - reach if flag.above else edge + reach
    return {"middle": flag.year, "edge": edge, "end": end, "day": _one_day(flag.item)}


def _words(flag: Flag, top: float, depth: float) -> Iterator[dict[str, Any]]:
    """Yield the lines of words of an event, the date first."""
    placed = _placed(flag, top, depth)
    first = placed["end"] if flag.above else placed["edge"] + NEAREST + flag.level * depth
    side = -1 if flag.right < flag.at else 1
    for number, line in enumerate(flag.lines):
        yield {
            "middle": flag.year,
            "side": side,
            "top": first + LINE * (number + 0.5),
            "words": line,
            "style": "" if number else "strong",
        }


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
