"""A number for each year: stated means are flat steps, and years without a number stay empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from evidence.figures.columns import Plot, room_of
from evidence.figures.figure_item import Item, items_of, told, where_read
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.look import LIGHT, LINE, SMALL_SIZE, TEXT_SIZE, is_narrow
from evidence.figures.measures import linear, text_width, wrapped
from evidence.figures.resolved import Resolved, resolved
from evidence.figures.theme import (
    MUTED,
    Chart,
    Values,
    alt,
    heard,
    named,
    specification,
    unchecked,
    values_of,
)
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.quantity import printed
from evidence.numbers.results import Computed, FigureResult

GAP, END = "gap", "end"
NOT_STATED = "Not stated"
BETWEEN = Decimal("0.08")  # of a year: the space between neighbouring bars
HEAD = 38  # pixels over the highest number for the words of the highest step
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
    years = [year for item in spans for year in _range(item)]
    numbers = linear([item.estimate or 0 for item in spans], 0, 0, 4)
    high = 162 if is_narrow(width) else 202
    numbers = replace(numbers, start=high, ticks=numbers.ticks[:-1])
    plot = Plot(
        min(years), max(years), max(room_of(numbers), 30), width, numbers, result.axis, HEAD
    )
    datasets = {"items": values_of(result), "words": _words(spans, plot)}
    with unchecked():
        drawn = alt.layer(*_spans_drawn(plot), *_written(plot), width=width, height=high)
        return specification(drawn, result, datasets)


def _spans_drawn(plot: Plot) -> Iterator[Chart]:
    """Yield the empty bands, single years as bars, and means as flat steps over their years."""
    every = named().transform_calculate(
        left=f"datum['first-year'] - 0.5 + (datum.part === '{GAP}' ? 0 : {BETWEEN})",
        right=f"datum['last-year'] + 0.5 - (datum.part === '{GAP}' ? 0 : {BETWEEN})",
        mean="datum['last-year'] > datum['first-year']",
        zero="0",
    )
    reach = {"x": plot.across("left:Q"), "x2": alt.X2("right:Q")}
    yield (
        every.transform_filter(f"datum.part === '{GAP}'")
        .mark_rect(color=LIGHT["figure-rule"], opacity=0.35, y=-HEAD, y2=plot.height)
        .encode(**reach, **heard())
    )
    stated = every.transform_filter("isValid(datum.estimate)")
    yield stated.mark_bar(fillOpacity={"expr": "datum.mean ? 0.25 : 1"}).encode(
        **reach, y=plot.upwards("estimate"), y2=alt.Y2("zero:Q"), **heard()
    )
    yield (
        stated.transform_filter("datum.mean")
        .mark_rule(strokeWidth=3, aria=False)
        .encode(**reach, y=plot.upwards("estimate"))
    )


def _written(plot: Plot) -> Iterator[Chart]:
    """Yield the words over each step and in each empty band, lines as rows of ``words``."""
    for style in ("strong", "muted"):
        look = (
            {"fontWeight": "bold"}
            if style == "strong"
            else {"color": MUTED, "fontSize": SMALL_SIZE}
        )
        yield (
            named("words")
            .transform_filter(f"datum.style === '{style}'")
            .mark_text(aria=False, yOffset={"expr": f"-{LINE} * datum.above"}, **look)
            .encode(
                x=plot.across("middle"),
                y=plot.upwards("over"),
                text=alt.Text("words", type="nominal"),
            )
        )


def _words(spans: list[Item], plot: Plot) -> Values:
    """Return each line of words, with the year and the number it stands at, moved up by lines."""
    ticks = plot.numbers.ticks
    words: Values = []
    for item in spans:
        if item.part == GAP:
            lines = [(line, "muted") for line in _gap_lines(item, plot)]
            over = (ticks[-2] + ticks[-1]) / 2 if len(ticks) > 1 else ticks[-1]
            first = 0.0
        else:
            lines = [(line, "strong") for line in _label_lines(item, plot)]
            lines.append((_span_words(item), "muted"))
            over, first = float(item.estimate or 0), len(lines) - 0.25
        for number, (line, style) in enumerate(lines):
            middle = _within(line, plot, item, bold=style == "strong")
            above = first - number
            words.append(
                {"middle": middle, "over": over, "above": above, "style": style, "words": line}
            )
    return words


def _within(words: str, plot: Plot, item: Item, *, bold: bool) -> float:
    """Return the year at which words stand in the middle of a span, moved inside the drawing."""
    half = text_width(words, TEXT_SIZE if bold else SMALL_SIZE, bold=bold) / 2
    middle = float((item.first_year or 0) + (item.last_year or 0)) / 2
    least = plot.first - 0.5 + (half - plot.left) / plot.year
    most = plot.last + 0.5 - half / plot.year
    return round(max(min(middle, most), least), 3)


def _label_lines(item: Item, plot: Plot) -> list[str]:
    return wrapped(item.estimate_text, max(len(_range(item)) * plot.year + 8, 64), bold=True)


def _span_words(item: Item) -> str:
    years = _range(item)
    return f"{years[0]}–{years[-1] % 100:02}" if len(years) > 1 else str(years[0])


def _gap_lines(item: Item, plot: Plot) -> list[str]:
    """Return the words of a gap, or none where the gap is too narrow for them."""
    room = len(_range(item)) * plot.year - INSET
    lines = [_span_words(item), *wrapped(item.label.lower(), room, SMALL_SIZE)]
    return lines if all(text_width(line, SMALL_SIZE) <= room for line in lines) else []


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return where the years that were looked at end, and what empty bands mean."""
    items = items_of(result)
    ends = [f"{item.label}: {item.estimate_text}." for item in items if item.part == END]
    gaps = [item.label.lower() for item in items if item.part == GAP]
    return (*ends, *([f"Grey: {gaps[0]}."] if gaps else []))


KIND = FigureKind(
    name="years",
    sentence="A number for each year; stated means are flat steps, years without a number empty.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    conventions=conventions,
)
