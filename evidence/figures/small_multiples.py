"""One small panel for each category, all with the same years and the same height."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from evidence.figures import tabular
from evidence.figures.figure_item import MANY, Item, told
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.small_multiples_chart import chart
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

MOST_PANELS, MOST_YEARS = 24, 40


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return nothing: a table has no rows of findings."""
    del figure, findings
    return ()


def unfit(figure: Figure, rows: list[dict[str, str]]) -> Iterator[Unfit]:
    """Yield years that are none, and fewer or more panels than can be compared."""
    yield from words_unfit(figure, rows, {"facet": MOST_PANELS})
    yield from years_unfit(figure, rows, MOST_YEARS)
    yield from nothing_unfit(rows, figure.columns["value"])
    if len({row[figure.columns["facet"]] for row in rows}) == 1:
        hint = "Choose 'stacked-years', which shows one series."
        yield "columns", f"'{figure.columns['facet']}' has one word only", hint


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a panel and year, panel by panel."""
    del computed
    every = counts_of(figure, report, "facet")
    counts = dated(every)
    panels = words_of(figure, report, "facet", counts)
    if figure.order == "number":
        unstated = {each.words["facet"] for each in counts if part_of(each, "facet")}
        sums = {
            panel: sum(each.number for each in counts if each.words["facet"] == panel)
            for panel in panels
        }
        panels.sort(key=lambda panel: (panel in unstated, -sums[panel]))
    last = max(int(count.cells["year"]) for count in counts)
    made = [_item(figure, report, count, last) for count in counts]
    made.sort(key=lambda item: (panels.index(item.group), item.first_year or 0))
    return (*made, *undated(figure, report, every))


def _item(figure: Figure, report: Report, count: tabular.Count, last: int) -> Item:
    year = int(count.cells["year"])
    until = cut_short(figure, year, last)
    when = f"{year} ({until})" if until else str(year)
    return Item(
        label=str(year),
        printed=digits(count.number),
        sentence=f"{count.words['facet']}, {when}: {amount(count.number, figure)}",
        group=count.words["facet"],
        estimate=count.number,
        first_year=Decimal(year),
        last_year=Decimal(year),
        estimate_text=digits(count.number),
        part=part_of(count, "facet"),
        until=until,
        **read_in(figure, report),
    )


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what is counted each year."""
    del findings
    return f"{axis_of(figure)} a year"


def table(shown: tuple[Item, ...]) -> Table:
    """Return one row a year with a column a panel, and the sums below."""
    undrawn = [item for item in shown if item.first_year is None]
    panels = list(dict.fromkeys(item.group for item in shown if item not in undrawn))
    rows = []
    for year in sorted({int(item.first_year) for item in shown if item.first_year is not None}):
        here = {item.group: item for item in shown if item.first_year == year}
        rows.append((str(year), *(here[name].estimate_text if name in here else NONE_HERE
                                  for name in panels)))  # fmt: skip
    sums = [digits(total([item for item in shown if item.group == name])) for name in panels]
    rows.append(("All", *sums))
    # The number without a year belongs to no panel: it stands in the first cell of its own row
    rows += [(f"{NO_YEAR}: {item.estimate_text}", *[""] * len(panels)) for item in undrawn]
    return ("Year", *panels), tuple(rows)


def alternative(title: str, shown: tuple[Item, ...]) -> str:
    """Return the panels in words: every number of few, else sum and highest year of each."""
    years = [int(item.first_year) for item in shown if item.first_year is not None]
    panels: dict[str, list[Item]] = {}
    for item in (each for each in shown if each.first_year is not None):
        panels.setdefault(item.group, []).append(item)
    drawn = (
        f"The figure shows {len(panels)} small charts with the same axes, "
        f"{min(years)} to {max(years)}."
    )
    if len(shown) <= MANY:
        return told(title, drawn, shown)
    said = []
    for name, panel in list(panels.items())[:MANY]:
        peak = max(panel, key=lambda item: item.estimate or 0)
        most = f"highest in {peak.label}, {peak.printed}"
        said.append(f"{name}: {digits(total(panel))} in all, {most}.")
    said += cut_lines(list(shown))
    said += [f"{item.sentence}." for item in shown if item.first_year is None]
    return f"{title.rstrip('.')}. {drawn} {' '.join(said)} The table beside it lists every year."


KIND = FigureKind(
    name="small-multiples",
    sentence="One small chart of years for each category from a table, all on the same axes.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    roles=(
        Role("facet", "what each small chart stands for"),
        Role("year", "the year along the axis"),
        Role("value", "the number in that year", number=True),
    ),
    options=("unit", "order", "line", "until"),
    unfit=unfit,
    family="lines",
)
