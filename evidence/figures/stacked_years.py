"""Columns by year, stacked by series: how a number of trials grew, and of what it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from evidence.figures import tabular
from evidence.figures.columns import HALF, TITLE, Plot, room_of
from evidence.figures.figure_item import MANY, Item, items_of, told
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.look import LINE, SMALL_SIZE, is_narrow
from evidence.figures.measures import filled, linear, text_width
from evidence.figures.series import (
    KEY,
    MOST,
    UNSTATED,
    Series,
    hatched,
    key_above,
    key_beside,
    key_layers,
    painted,
    series_of,
)
from evidence.figures.series import told as told_series
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
from evidence.figures.theme import (
    MUTED,
    Chart,
    Values,
    alt,
    heard,
    kept,
    named,
    specification,
    unchecked,
    values_of,
)
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.results import Computed, FigureResult

MOST_YEARS = 60
NO_ROW = "No row"
GAP = "gap"
NAMES = 140  # the most that names beside the columns take


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
    """Return the specification: one column a year, stacked by Vega-Lite."""
    items = items_of(result)
    parts = [item for item in items if item.first_year is not None and item.part != GAP]
    series = series_of(parts, ordered=bool(result.options.get("ordered")))
    years = shown_years(parts)
    sums = {year: total([item for item in parts if item.first_year == year]) for year in years}
    narrow = is_narrow(width)
    numbers = linear(list(sums.values()), 190 if narrow else 240, 0, 4)
    beside = 0.0 if narrow or len(series) == 1 else _names_width(series)
    above = 16.0 if _all_fit(result, sums, width - beside) else 2 * LINE
    plot = Plot(years[0], years[-1], room_of(numbers), width - beside, numbers, result.axis, above)
    key = _key(series, plot, parts) if beside else _key_over(series, plot, width)
    datasets = {"items": values_of(result)} | ({KEY: key} if len(series) > 1 else {})
    with unchecked():
        drawn = alt.layer(
            *_columns(plot, series, {item.part for item in items}),
            *_totals(plot, every=above < LINE),
            *(key_layers(series, key) if len(series) > 1 else ()),
            width=width,
            height=round(plot.height),
        )
        return specification(drawn, result, datasets, told_series(series))


def _names_width(series: list[Series]) -> float:
    lines = [line for one_series in series for line in filled(one_series.word, NAMES - 18)]
    return min(max(text_width(line) for line in lines), NAMES) + 18 + 14


def _all_fit(result: FigureResult, sums: dict[int, Decimal], width: float) -> bool:
    """Tell whether each column is wide enough for its sum, where the sums are asked for."""
    widest = max(text_width(digits(number)) for number in sums.values())
    return bool(result.options.get("total")) and widest + 4 <= (width - 40) / len(sums)


def _key(series: list[Series], plot: Plot, parts: list[Item]) -> Values:
    """Return the names beside the last column, each at the middle of its part."""
    of_last = {
        item.label: float(item.estimate or 0) for item in parts if item.first_year == plot.last
    }
    heights, base = [], 0.0
    for one_series in series:
        number = of_last.get(one_series.word, 0.0)
        heights.append(plot.numbers.at(base + number / 2))
        base += number
    room = _names_width(series) - 12
    return key_beside(series, plot.right + 12, room, heights, (-14, plot.height))


def _key_over(series: list[Series], plot: Plot, width: int) -> Values:
    """Return the names in rows above the title of the numbers."""
    key, height = key_above(series, width)
    titled = LINE * len(filled(plot.title, width, SMALL_SIZE)) + plot.above + TITLE
    return [{**row, "y": round(row["y"] - height - titled - 8, 1)} for row in key]


def _columns(plot: Plot, series: list[Series], parts: set[str]) -> Iterator[Chart]:
    """Yield the columns, the hatching of what nobody states, and the marks of missing years."""
    every = _in_years(plot)
    stacked = every.transform_filter("datum.estimate > 0").transform_stack(
        stack="estimate", groupby=["first-year"], as_=["low", "top"]
    )
    pale = "isValid(datum.until)"
    yield (
        stacked.mark_bar(
            strokeWidth=0.75,
            fillOpacity={"expr": f"{pale} ? 0.35 : 1"},
            strokeDash={"expr": f"{pale} ? [2, 2] : null"},
        ).encode(
            x=plot.across("left:Q"),
            x2=alt.X2("right:Q"),
            y=plot.upwards("low:Q"),
            y2=alt.Y2("top:Q"),
            **painted(series, pale),
            **heard(),
        )
    )
    if UNSTATED in parts:
        yield hatched(
            stacked.transform_filter(f"datum.part === '{UNSTATED}'"),
            ("datum.left", "datum.right", "datum.low", "datum.top"),
            plot.pixels,
            plot.across,
            plot.upwards,
        )
    if GAP in parts:
        yield (
            every.transform_filter(f"datum.part === '{GAP}'")
            .mark_rule(color=MUTED, opacity=0.6, strokeWidth=4, yOffset=3)
            .encode(
                x=plot.across("left:Q"), x2=alt.X2("right:Q"), y=plot.upwards("zero:Q"), **heard()
            )
        )


def _in_years(plot: Plot) -> Chart:
    """Return the items of the years shown that readers have not left out, each with its width."""
    year = "datum['first-year']"
    return (
        named()
        .transform_filter(f"{year} >= {plot.first} && {year} <= {plot.last}")
        .transform_filter(f"datum.part === '{GAP}' || {kept('label')}")
        .transform_calculate(left=f"{year} - {HALF}", right=f"{year} + {HALF}", zero="0")
    )


def _totals(plot: Plot, *, every: bool) -> Iterator[Chart]:
    """Yield the sum above each column, or above the highest alone, with its year."""
    year = alt.SortField("first-year")
    sums = _in_years(plot).transform_aggregate(total="sum(estimate)", groupby=["first-year"])
    if not every:
        highest = [alt.SortField("total", order="descending"), year]
        sums = sums.transform_window(place="row_number()", sort=highest)
        sums = sums.transform_filter("datum.place === 1")
    place = {"x": plot.across("first-year"), "y": plot.upwards("total:Q")}
    sums = sums.transform_filter("datum.total > 0")
    bold = {} if every else {"fontWeight": "bold"}
    text = alt.Text("total:Q", format=",~f")
    yield sums.mark_text(dy=-10, aria=False, **bold).encode(**place, text=text)
    if not every:
        named_year = sums.mark_text(dy=-10 - LINE, aria=False, color=MUTED, fontSize=SMALL_SIZE)
        yield named_year.encode(
            **place, text=alt.Text("first-year", type="quantitative", format="d")
        )


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return what pale columns and grey marks mean, and what has no year."""
    items = items_of(result)
    gap = "Grey mark below the axis: the table has no row for that year."
    return (
        *cut_lines(items),
        *([gap] if any(item.part == GAP for item in items) else []),
        *undated_lines(items),
    )


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
    conventions=conventions,
)
