"""Columns by year, stacked by series: how a number of trials grew, and of what it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from evidence.figures import tabular
from evidence.figures.figure_item import MANY, Item, told
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.series import MOST
from evidence.figures.stacked_years_chart import GAP, chart
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
    words_of,
    words_unfit,
    years_unfit,
)
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.results import Computed

MOST_YEARS = 60
NO_ROW = "No row"


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
    made: list[Item] = []
    for year in range(min(years), max(years) + 1):
        of_year = [
            _item(figure, report, count, (year, max(years)), series)
            for count in counts
            if int(count.cells["year"]) == year
        ]
        of_year.sort(key=lambda item: item.rank)
        made += of_year or [_gap(report, figure, year)]
    return (*made, *undated(figure, report, every))


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


def table(shown: tuple[Item, ...]) -> Table:
    """Return one row a year with a column a series and, for several, their sum."""
    parts = [item for item in shown if item.part != GAP and item.label != NO_YEAR]
    names = list(dict.fromkeys(item.label for item in sorted(parts, key=lambda item: item.rank)))
    several = len(names) > 1
    rows = []
    for year in dict.fromkeys(item.first_year for item in shown if item.first_year is not None):
        here = {item.label: item for item in parts if item.first_year == year}
        cells = [here[name].estimate_text if name in here else NONE_HERE for name in names]
        every = digits(total(list(here.values()))) if here else NONE_HERE
        rows.append((str(year), *cells, *([every] if several else [])))
    for item in shown:
        if item.first_year is None:
            blank = [""] * (len(names) if several else 0)
            rows.append((NO_YEAR, *blank, item.estimate_text))
    return ("Year", *names, *(["All"] if several else [])), tuple(rows)


def alternative(title: str, shown: tuple[Item, ...]) -> str:
    """Return the columns in words: every number of few, else the sum and the highest year."""
    parts = [item for item in shown if item.part != GAP and item.label != NO_YEAR]
    names = list(dict.fromkeys(item.label for item in sorted(parts, key=lambda item: item.rank)))
    stacked = f", stacked by {', '.join(names)}" if len(names) > 1 else ""
    years = shown_years(list(shown))
    drawn = f"The figure shows a column for each year, {years[0]} to {years[-1]}{stacked}."
    if len(shown) <= MANY:
        return told(title, drawn, shown)
    sums = {year: total([item for item in parts if item.first_year == year]) for year in years}
    peak = max(sums, key=lambda year: sums[year])
    said = [f"In all {digits(total(parts))}.", f"Highest: {peak}, {digits(sums[peak])}."]
    gaps = [item.sentence for item in shown if item.part == GAP]
    said += [f"{gap}." for gap in gaps[:MANY]]
    said += cut_lines(list(shown))
    said += [f"{item.sentence}." for item in shown if item.first_year is None]
    return f"{title.rstrip('.')}. {drawn} {' '.join(said)} The table beside it lists every year."


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
    family="columns",
)
