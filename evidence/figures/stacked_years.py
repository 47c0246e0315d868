"""Columns by year, stacked by series: how a number of trials grew, and of what it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from evidence.figures import tabular
from evidence.figures.figure_item import MANY, Item, items_of, told
from evidence.figures.furniture import (
    LINE,
    draw_lines,
    ink,
    is_narrow,
    labelled_years,
    muted,
    tick_words,
    write_within,
)
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.look import SMALL_SIZE, Look
from evidence.figures.measures import AxisScale, filled, linear, text_width
from evidence.figures.series import MOST, Series, draw_key, draw_names, hatch, key_end, series_of
from evidence.figures.sheet import Sheet
from evidence.figures.table_counts import (
    NO_YEAR,
    NONE_HERE,
    Unfit,
    amount,
    axis_of,
    counts_of,
    cut_lines,
    cut_short,
    dated,
    digits,
    nothing_unfit,
    part_of,
    read_in,
    shown_years,
    total,
    undated,
    undated_lines,
    words_of,
    words_unfit,
    years_unfit,
)
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.results import Computed, FigureResult

MOST_YEARS = 60
NO_ROW = "No row"
GAP = "gap"
NAMES = 140  # the most that names beside the columns take
BETWEEN = 0.1  # of a year: the space on each side of a column


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return nothing: a table has no rows of findings."""
    del figure, findings
    return ()


def unfit(figure: Figure, rows: list[dict[str, str]]) -> Iterator[Unfit]:
    """Yield years that are none, too many series, and a table of nothing."""
    yield from words_unfit(figure, rows, {"series": MOST})
    yield from years_unfit(figure, rows, MOST_YEARS)
    yield from nothing_unfit(rows, figure.columns["value"])
    if figure.total and "series" not in figure.columns:
        yield "total", "without a series the columns are the total already", "Leave it out."


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a year and series, and one for each year that has no row."""
    del computed
    every = counts_of(figure, report, "series")
    counts = dated(every)
    series = words_of(figure, report, "series", counts) if "series" in figure.columns else []
    years = [int(count.cells["year"]) for count in counts]
    by_year: list[Item] = []
    for year in range(min(years), max(years) + 1):
        of_year = [
            _item(figure, report, count, (year, max(years)), series)
            for count in counts
            if int(count.cells["year"]) == year
        ]
        of_year.sort(key=lambda item: item.rank)
        by_year += of_year or [_gap(report, figure, year)]
    return (*by_year, *undated(figure, report, every))


def _item(
    figure: Figure,
    report: Report,
    count: tabular.Count,
    years: tuple[int, int],
    series: list[str],
) -> Item:
    """Return the item of one year; ``years`` are it and the last one."""
    year, last = years
    word = count.words.get("series", "")
    until = cut_short(figure, year, last)
    return Item(
        label=word or axis_of(figure),
        printed=digits(count.number),
        sentence=f"{_when(year, until)}{f', {word}' if word else ''}: "
        f"{amount(count.number, figure)}",
        estimate=count.number,
        first_year=Decimal(year),
        last_year=Decimal(year),
        estimate_text=digits(count.number),
        part=part_of(count, "series"),
        rank=series.index(word) if word else 0,
        until=until,
        **read_in(figure, report),
    )


def _gap(report: Report, figure: Figure, year: int) -> Item:
    return Item(
        label=NO_ROW,
        printed=NO_ROW.lower(),
        sentence=f"{year}: no row in the table",
        first_year=Decimal(year),
        last_year=Decimal(year),
        part=GAP,
        **read_in(figure, report),
    )


def _when(year: int, until: str) -> str:
    return f"{year} ({until})" if until else str(year)


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what is counted each year."""
    del findings
    return f"{axis_of(figure)} a year"


def table(items: tuple[Item, ...]) -> Table:
    """Return one row a year with a column a series and, for several, their sum."""
    parts = [item for item in items if item.part != GAP and item.label != NO_YEAR]
    names = list(dict.fromkeys(item.label for item in sorted(parts, key=lambda item: item.rank)))
    several = len(names) > 1
    rows = []
    for year in dict.fromkeys(item.first_year for item in items if item.first_year is not None):
        here = {item.label: item for item in parts if item.first_year == year}
        cells = [here[name].estimate_text if name in here else NONE_HERE for name in names]
        every = digits(total(list(here.values()))) if here else NONE_HERE
        rows.append((str(year), *cells, *([every] if several else [])))
    for item in items:
        if item.first_year is None:
            blank = [""] * (len(names) if several else 0)
            rows.append((NO_YEAR, *blank, item.estimate_text))
    return ("Year", *names, *(["All"] if several else [])), tuple(rows)


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the columns in words: every number of few, else the sum and the highest year."""
    parts = [item for item in items if item.part != GAP and item.label != NO_YEAR]
    names = list(dict.fromkeys(item.label for item in sorted(parts, key=lambda item: item.rank)))
    stacked = f", stacked by {', '.join(names)}" if len(names) > 1 else ""
    years = shown_years(list(items))
    drawn = f"The figure shows a column for each year, {years[0]} to {years[-1]}{stacked}."
    if len(items) <= MANY:
        return told(title, drawn, items)
    sums = {year: total([item for item in parts if item.first_year == year]) for year in years}
    peak = max(sums, key=lambda year: sums[year])
    said = [f"In all {digits(total(parts))}.", f"Highest: {peak}, {digits(sums[peak])}."]
    gaps = [item.sentence for item in items if item.part == GAP]
    said += [f"{gap}." for gap in gaps[:MANY]]
    said += cut_lines(list(items))
    said += [f"{item.sentence}." for item in items if item.first_year is None]
    return f"{title.rstrip('.')}. {drawn} {' '.join(said)} The table beside it lists every year."


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: one column a year on a light grid."""
    every = items_of(result)
    dated_items = [item for item in every if item.first_year is not None]
    parts = [item for item in dated_items if item.part != GAP]
    series = series_of(parts, ordered=bool(result.options.get("ordered")))
    totals = bool(result.options.get("total"))
    sheet = Sheet(width)
    narrow, several = is_narrow(width), len(series) > 1
    y = 14.0
    if narrow and several:
        y = key_end(series, width, y) + 8
    y = draw_lines(sheet, [result.axis], 0, y, width) + 26
    years = shown_years(dated_items)
    dated_items = [item for item in dated_items if item.first_year in years]
    sums = {year: total([item for item in parts if item.first_year == year]) for year in years}
    down = linear(list(sums.values()), y + (190 if narrow else 240), y, 4)
    left = max(text_width(tick_words(tick), SMALL_SIZE) for tick in down.ticks) + 8
    names = 0.0 if narrow or not several else _names_width(series)
    across = AxisScale(min(years), max(years) + 1, left, width - names)
    _draw_grid(sheet, down, across)
    for year in sums:
        _draw_year(
            sheet, [item for item in dated_items if item.first_year == year], series, across, down
        )
    base = down.at(0)
    sheet.line((across.start, base), (across.end, base), "figure-muted")
    if totals:
        counted = {int(item.first_year or 0) for item in parts}
        _draw_total(sheet, {year: sums[year] for year in years if year in counted}, across, down)
    peak = max(sums, key=lambda year: sums[year])
    _write_peak(sheet, peak, digits(sums[peak]), across, down.at(sums[peak]))
    if narrow and several:
        draw_key(sheet, series, 14)
    if names:
        heights = _heights(parts, series, down, years[-1])
        draw_names(sheet, series, across.end + 12, heights, (y - 14, down.start))
    _write_years(sheet, across, down.start + LINE)
    y = draw_lines(sheet, _notes(every, total_drawn=totals), 0, down.start + 2 * LINE + 8, width)
    return sheet.specification(y - LINE + 8)


def _names_width(series: list[Series]) -> float:
    lines = [line for one_series in series for line in filled(one_series.word, NAMES - 18)]
    return min(max(text_width(line) for line in lines), NAMES) + 18 + 14


def _draw_grid(sheet: Sheet, down: AxisScale, across: AxisScale) -> None:
    for tick in down.ticks:
        if tick:
            sheet.line((across.start, down.at(tick)), (across.end, down.at(tick)))
        sheet.write(across.start - 6, down.at(tick) + 4, tick_words(tick), muted("right"))


def _draw_year(
    sheet: Sheet, of_year: list[Item], series: list[Series], across: AxisScale, down: AxisScale
) -> None:
    looks = {one_series.word: one_series for one_series in series}
    year = int(of_year[0].first_year or 0)
    first, last = across.at(year + BETWEEN), across.at(year + 1 - BETWEEN)
    base = 0.0
    for item in of_year:
        told_too = {"label": item.label, "sentence": item.sentence}
        if item.part == GAP:
            mark = {"x": first, "x2": last, "y": down.start, "y2": down.start + 4}
            sheet.mark(Look("bar", "figure-muted", opacity=0.6), mark | told_too)
        elif item.estimate:
            its_series = looks[item.label]
            top = base + float(item.estimate)
            look = its_series.partial if item.until else its_series.look
            bar = {"x": year + BETWEEN, "x2": year + 1 - BETWEEN, "y": base, "y2": top}
            sheet.mark(look, bar | told_too, across, down)
            if its_series.unstated:
                hatch(sheet, (first, down.at(top), last, down.at(base)))
            base = top


def _draw_total(sheet: Sheet, sums: dict[int, Decimal], across: AxisScale, down: AxisScale) -> None:
    """Draw the line of the sums; it is broken where a year has no row."""
    path, before = "", 0
    for year, number in sums.items():
        joined = before and year == before + 1
        path += f"{'L' if joined else 'M'}{across.at(year + 0.5):.1f},{down.at(number):.1f}"
        before = year
    sheet.path(path, Look("path", "", 1.5, outline="figure-ink"))


def _write_peak(sheet: Sheet, year: int, words: str, across: AxisScale, top: float) -> None:
    x = across.at(year + 0.5)
    write_within(sheet, words, x, top - 8, ink("center", bold=True))
    write_within(sheet, str(year), x, top - 8 - LINE, muted("center"))


def _heights(parts: list[Item], series: list[Series], down: AxisScale, last: int) -> list[float]:
    """Return where the parts of the last column have their middles, in order of the series."""
    of_last = {item.label: float(item.estimate or 0) for item in parts if item.first_year == last}
    heights, base = [], 0.0
    for one_series in series:
        number = of_last.get(one_series.word, 0.0)
        heights.append(down.at(base + number / 2))
        base += number
    return heights


def _write_years(sheet: Sheet, across: AxisScale, y: float) -> None:
    for year in labelled_years(across, 44):
        write_within(sheet, str(year), across.at(year + 0.5), y, muted("center"))


def _notes(items: list[Item], *, total_drawn: bool) -> list[str]:
    notes = cut_lines(items)

    if any(item.part == GAP for item in items):
        notes.append("Grey mark below the axis: the table has no row for that year.")
    if total_drawn:
        notes.append("Line: all together.")
    return notes + undated_lines(items)


KIND = FigureKind(
    name="stacked-years",
    sentence="Columns by year from a table, stacked by series; a year cut short is drawn pale.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    roles=(
        Role("year", "the year along the axis"),
        Role("value", "the number in that year", number=True),
        Role("series", "what the columns are stacked by", optional=True),
    ),
    options=("unit", "ordered", "total", "until"),
    unfit=unfit,
)
