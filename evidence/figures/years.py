"""A number for each year: stated means are flat steps, and years without a number stay empty."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import Item, Resolved, items_of, resolved, told, where_read
from evidence.figures.furniture import (
    LINE,
    draw_axis_title,
    draw_lines,
    ink,
    is_narrow,
    labelled_years,
    muted,
    tick_words,
    write_within,
)
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.look import SMALL_SIZE, Look
from evidence.figures.measures import AxisScale, linear, text_width, wrapped
from evidence.figures.sheet import Sheet
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.quantity import printed
from evidence.numbers.results import Computed, FigureResult

GAP, END = "gap", "end"
NOT_STATED = "Not stated"
BETWEEN = Decimal("0.08")  # of a year: the space between neighbouring bars
TOP = 24
INSET = 6  # pixels that the words of a gap keep from its edges, together


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield rows without a number or years, and spans that overlap or are no yearly mean."""
    taken: dict[int, str] = {}
    known = [findings[row.finding] for row in figure.rows if row.finding in findings]
    if known and all(finding.date is not None for finding in known):
        yield 0, "no row has a number", "A date only says where the years end."
    for position, row in enumerate(figure.rows):
        finding = findings.get(row.finding)
        if finding is None or finding.date is not None:
            continue  # a date says where the years that were looked at end
        if finding.value is None:
            yield position, f"'{row.finding}' has no value to draw", "Name a number for each year."
        elif row.first_year is None:
            hint = "Write 'first-year', and 'last-year' for a mean over several."
            yield position, f"'{row.finding}' has no 'first-year'", hint
        else:
            first, last = row.first_year, row.last_year or row.first_year
            yield from _spans(position, row.finding, finding.unit or "", (first, last), taken)


def _spans(
    position: int, address: str, unit: str, span: tuple[int, int], taken: dict[int, str]
) -> Iterator[Missing]:
    first, last = span
    if last < first:
        yield position, f"'{address}' ends in {last}, before it begins", "Swap the two years."
    elif last > first and "year" not in unit:
        message = f"'{address}' covers several years, but '{unit}' is not a number for each year"
        yield position, message, "Draw a mean, with a unit such as 'trials a year'."
    for year in range(first, last + 1):
        if year in taken:
            message = f"'{address}' and '{taken[year]}' both cover {year}"
            yield position, message, "Each year has one number."
            return
        taken[year] = address


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return stated spans and the gaps between them in order of time, and the end if there is one."""
    rows = resolved(figure, report, computed)
    ends = [_end(row) for row in rows if row.finding.date is not None]
    stated = [_span(row) for row in rows if row.finding.date is None]
    gap = figure.rest.label if figure.rest is not None else NOT_STATED
    spans = sorted([*stated, *_gaps([*stated, *ends], gap)], key=lambda item: item.first_year or 0)
    return (*spans, *ends)


def _span(row: Resolved) -> Item:
    first = row.row.first_year or 0
    last = row.row.last_year or first
    words = printed(row.finding, "value", None).text
    return Item(
        label=row.label,
        printed=words,
        sentence=f"{_years(first, last)}: {words} ({row.label})",
        address=row.row.finding,
        source=row.source,
        locator=row.finding.locator,
        estimate=row.finding.value,
        first_year=Decimal(first),
        last_year=Decimal(last),
        estimate_text=words,
    )


def _end(row: Resolved) -> Item:
    words = printed(row.finding, "date", None).text
    year = Decimal(row.finding.date.year if row.finding.date is not None else 0)
    return Item(
        label=row.label,
        printed=words,
        sentence=f"{row.label}: {words}",
        address=row.row.finding,
        source=row.source,
        locator=row.finding.locator,
        first_year=year,
        last_year=year,
        estimate_text=words,
        part=END,
    )


def _gaps(known: list[Item], label: str) -> Iterator[Item]:
    """Yield the runs of years, from the first to the last known one, that nobody gives."""
    stated = {year for item in known if item.part != END for year in _range(item)}
    every = {year for item in known for year in _range(item)}
    empty = [year for year in range(min(every), max(every) + 1) if year not in stated]
    runs: list[list[int]] = []
    for year in empty:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    for run in runs:
        yield Item(
            label=label,
            printed=label.lower(),
            sentence=f"{_years(run[0], run[-1])}: {label.lower()}",
            first_year=Decimal(run[0]),
            last_year=Decimal(run[-1]),
            estimate_text=label.lower(),
            part=GAP,
        )


def _range(item: Item) -> range:
    return range(int(item.first_year or 0), int(item.last_year or 0) + 1)


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return the unit of the first row that has one."""
    units = (findings[row.finding].unit for row in figure.rows)
    unit = next((unit for unit in units if unit), "number")
    return unit[:1].upper() + unit[1:]


def table(items: tuple[Item, ...]) -> Table:
    """Return years, number, what the number is, and where each was read."""
    rows = tuple(
        (
            _years(int(item.first_year or 0), int(item.last_year or 0)),
            item.estimate_text,
            "" if item.part == GAP else item.label,
            where_read(item),
        )
        for item in items
    )
    return ("Years", "Number", "What it is", "Read in"), rows


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the years in words."""
    drawn = "The figure shows a number for each year, and leaves years without one empty."
    return told(title, drawn, items)


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: bars and flat steps over the years, empty bands between."""
    spans = [item for item in items_of(result) if item.part != END]
    ends = [item for item in items_of(result) if item.part == END]
    sheet = Sheet(width)
    top, bottom = 62.0, 224.0 if is_narrow(width) else 264.0
    down = linear([item.estimate or 0 for item in spans], bottom, top, 4)
    years = [year for item in spans for year in _range(item)]
    across = AxisScale(min(years), max(years) + 1, 30, width)
    draw_axis_title(sheet, result.axis, AxisScale(0, 1, 0, 0), 12)
    for tick in down.ticks[:-1]:
        strong = "figure-muted" if tick == 0 else "figure-rule"
        sheet.line((across.start, down.at(tick)), (width, down.at(tick)), strong)
        sheet.write(across.start - 6, down.at(tick) + 4, tick_words(tick), muted("right"))
    for item in spans:
        if item.part == GAP:
            _draw_gap(sheet, item, across, down)
        else:
            _draw_step(sheet, item, across, down)
    _write_years(sheet, across, bottom + LINE)
    notes = [f"{item.label}: {item.estimate_text}." for item in ends]
    if any(item.part == GAP and not _gap_lines(item, across) for item in spans):
        notes.append("Grey without words: no number is stated.")
    y = draw_lines(sheet, notes, 0, bottom + 2 * LINE + 6, width)
    return sheet.specification(y - LINE + 8)


def _draw_step(sheet: Sheet, item: Item, across: AxisScale, down: AxisScale) -> None:
    first, last = item.first_year or 0, (item.last_year or 0) + 1
    mean = last - first > 1
    told_too = {"label": item.label, "sentence": item.sentence}
    bar = {"x": first + BETWEEN, "x2": last - BETWEEN, "y": 0, "y2": item.estimate}
    sheet.mark(Look("bar", "series-1", opacity=0.25 if mean else 1), bar | told_too, across, down)
    if mean:
        edge = bar | {"y": item.estimate, "y2": item.estimate}
        sheet.mark(Look("rule", "series-1", 3), edge, across, down)
    lines = [(line, ink("center", bold=True)) for line in _label_lines(item, across)]
    lines.append((_span_words(item), muted("center")))
    y = down.at(item.estimate or 0) - 8 - LINE * (len(lines) - 1)
    for words, lettering in lines:
        write_within(sheet, words, across.at((first + last) / 2), y, lettering)
        y += LINE


def _label_lines(item: Item, across: AxisScale) -> list[str]:
    room = across.at((item.last_year or 0) + 1) - across.at(item.first_year or 0)
    return wrapped(item.estimate_text, max(room + 8, 64), bold=True)


def _span_words(item: Item) -> str:
    years = _range(item)
    return f"{years[0]}–{years[-1] % 100:02}" if len(years) > 1 else str(years[0])


def _draw_gap(sheet: Sheet, item: Item, across: AxisScale, down: AxisScale) -> None:
    first, last = item.first_year or 0, (item.last_year or 0) + 1
    band = {"x": first, "x2": last, "y": down.start, "y2": TOP}
    sheet.mark(Look("bar", "figure-rule", opacity=0.35), band, across)
    lines = _gap_lines(item, across)
    y = down.at((down.ticks[-3] + down.ticks[-2]) / 2) - 4
    for line in lines:
        write_within(sheet, line, across.at((first + last) / 2), y, muted("center"))
        y += LINE


def _gap_lines(item: Item, across: AxisScale) -> list[str]:
    """Return the words of a gap, or none where the gap is too narrow for them."""
    room = across.at((item.last_year or 0) + 1) - across.at(item.first_year or 0) - INSET
    lines = [_span_words(item), *wrapped(item.label.lower(), room, SMALL_SIZE)]
    return lines if all(text_width(line, SMALL_SIZE) <= room for line in lines) else []


def _write_years(sheet: Sheet, across: AxisScale, y: float) -> None:
    for year in labelled_years(across, 60):
        write_within(sheet, str(year), across.at(year + 0.5), y, muted("center"))


KIND = FigureKind(
    name="years",
    sentence="A number for each year; stated means are flat steps, years without a number empty.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
)
