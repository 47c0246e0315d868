"""One small panel for each category, all with the same years and the same height."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from evidence.figures import tabular
from evidence.figures.columns import HALF, Plot, room_of
from evidence.figures.figure_item import MANY, Item, groups_of, items_of, told
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.look import LIGHT, LINE, SMALL_SIZE, is_narrow
from evidence.figures.measures import filled, linear
from evidence.figures.series import UNSTATED, hatched
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
    ITEMS,
    MUTED,
    PAPER,
    Chart,
    alt,
    heard,
    kept,
    specification,
    unchecked,
    values_of,
)
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.results import Computed, FigureResult

MOST_PANELS, MOST_YEARS = 24, 40
COLOUR = LIGHT["series-1"]
GAP = 22  # pixels between panels
FEW = 6  # panels that stand two in a row on a desk; more stand three in a row


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
        unstated = {count.words["facet"] for count in counts if part_of(count, "facet")}
        sums = {
            panel: sum(count.number for count in counts if count.words["facet"] == panel)
            for panel in panels
        }
        panels.sort(key=lambda panel: (panel in unstated, -sums[panel]))
    last = max(int(count.cells["year"]) for count in counts)
    dated_items = [_item(figure, report, count, last) for count in counts]
    dated_items.sort(key=lambda item: (panels.index(item.group), item.first_year or 0))
    return (*dated_items, *undated(figure, report, every))


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


def table(items: tuple[Item, ...]) -> Table:
    """Return one row a year with a column a panel, and the sums below."""
    undrawn = [item for item in items if item.first_year is None]
    panels = list(dict.fromkeys(item.group for item in items if item not in undrawn))
    rows = []
    for year in sorted({int(item.first_year) for item in items if item.first_year is not None}):
        here = {item.group: item for item in items if item.first_year == year}
        rows.append((str(year), *(here[name].estimate_text if name in here else NONE_HERE
                                  for name in panels)))  # fmt: skip
    sums = [digits(total([item for item in items if item.group == name])) for name in panels]
    rows.append(("All", *sums))
    # The number without a year belongs to no panel: it stands in the first cell of its own row
    rows += [(f"{NO_YEAR}: {item.estimate_text}", *[""] * len(panels)) for item in undrawn]
    return ("Year", *panels), tuple(rows)


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the panels in words: every number of few, else sum and highest year of each."""
    years = [int(item.first_year) for item in items if item.first_year is not None]
    panels: dict[str, list[Item]] = {}
    for item in (dated_item for dated_item in items if dated_item.first_year is not None):
        panels.setdefault(item.group, []).append(item)
    drawn = (
        f"The figure shows {len(panels)} small charts with the same axes, "
        f"{min(years)} to {max(years)}."
    )
    if len(items) <= MANY:
        return told(title, drawn, items)
    said = []
    for name, panel in list(panels.items())[:MANY]:
        peak = max(panel, key=lambda item: item.estimate or 0)
        most = f"highest in {peak.label}, {peak.printed}"
        said.append(f"{name}: {digits(total(panel))} in all, {most}.")
    said += cut_lines(list(items))
    said += [f"{item.sentence}." for item in items if item.first_year is None]
    return f"{title.rstrip('.')}. {drawn} {' '.join(said)} The table beside it lists every year."


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: one panel a category, all with the same years and numbers."""
    items = [item for item in items_of(result) if item.first_year is not None]
    groups = groups_of(items)
    years = shown_years(items)
    shown = [item.estimate or 0 for item in items if item.first_year in years]
    numbers = linear(list(shown), 76 if is_narrow(width) else 96, 0, 3)
    room, per_row = room_of(numbers), 2 if is_narrow(width) or len(groups) <= FEW else 3
    free = int(width - room + 1)
    wide = (free - GAP * (per_row - 1)) // per_row
    gap = (free - wide * per_row) // (per_row - 1)
    plot = Plot(years[0], years[-1], 0, wide, numbers)
    unstated = list(dict.fromkeys(item.group for item in items if item.part == UNSTATED))
    with unchecked():
        drawn = _line(plot, unstated) if result.options.get("line") else _columns(plot, unstated)
        panel = alt.layer(*drawn, _sum(), width=wide, height=round(plot.height))
        made = (
            panel.facet(
                facet=_facet(groups, wide),
                columns=per_row,
                spacing={"row": 14, "column": gap},
                data=alt.NamedData(name=ITEMS),
                title=_title(result, width),
            )
            .transform_filter(kept("group"))
            .transform_filter(
                f"datum['first-year'] >= {plot.first} && datum['first-year'] <= {plot.last}"
            )
            .resolve_axis(x="independent")
            .properties(autosize="pad")
        )
        told_too = {"field": "group", "values": groups}
        return specification(made, result, {ITEMS: values_of(result)}, told_too)


def _title(result: FigureResult, width: int) -> Any:
    lines = filled(result.axis, width, SMALL_SIZE)
    return alt.Title(
        lines,
        anchor="start",
        color=MUTED,
        fontSize=SMALL_SIZE,
        fontWeight="normal",
        frame="bounds",
        offset=10,
    )


def _facet(groups: list[str], wide: int) -> Any:
    """Return the channel of the panels; their names leave room for the sum below them."""
    lines = {group: filled(group, wide, bold=True) for group in groups}
    most = max(map(len, lines.values()))
    names = {group: [""] * (most - len(words)) + words for group, words in lines.items()}
    header = alt.Header(
        labelExpr=f"({json.dumps(names, ensure_ascii=False)})[datum.value]",
        labelAnchor="start",
        labelAlign="left",
        labelBaseline="alphabetic",
        labelLineHeight=LINE,
        labelPadding=LINE * (most - 1) - 6,
    )
    return alt.Facet("group", type="nominal", sort=groups, header=header, title=None)


def _sum() -> Chart:
    """Return what each panel comes to, below its name."""
    summed = alt.Chart().transform_aggregate(sum="sum(estimate)", groupby=["group"])
    words = summed.transform_calculate(words="format(datum.sum, ',~f') + ' in all'")
    style = {"align": "left", "aria": False, "color": MUTED, "fontSize": SMALL_SIZE}
    return words.mark_text(**style).encode(x=alt.value(0), y=alt.value(-14), text="words:N")


def _across(plot: Plot, field: str) -> Any:
    """Return the channel of the years, of which the first and the last are named."""
    channel = plot.across(field)
    channel["axis"]["values"] = list(dict.fromkeys((plot.first, plot.last)))
    return channel


def _columns(plot: Plot, unstated: list[str]) -> Iterator[Chart]:
    year = "datum['first-year']"
    shown = (
        alt.Chart()
        .transform_filter("datum.estimate > 0")
        .transform_calculate(left=f"{year} - {HALF}", right=f"{year} + {HALF}", zero="0")
    )
    across = functools.partial(_across, plot)
    pale, hollow = "isValid(datum.until)", f"datum.part === '{UNSTATED}'"
    look = {
        "strokeWidth": 0.75,
        "fillOpacity": {"expr": f"{pale} ? 0.35 : 1"},
        "strokeDash": {"expr": f"{pale} ? [2, 2] : null"},
    }
    yield shown.mark_bar(**look).encode(
        x=across("left:Q"),
        x2=alt.X2("right:Q"),
        y=plot.upwards("estimate"),
        y2=alt.Y2("zero:Q"),
        fill=alt.condition(hollow, alt.value(PAPER), alt.value(COLOUR)),
        stroke=alt.condition(hollow, alt.value(MUTED), alt.value(COLOUR)),
        **heard(),
    )
    if unstated:
        box = ("datum.left", "datum.right", "0", "datum.estimate")
        yield hatched(shown.transform_filter(hollow), box, plot.pixels, across, plot.upwards)


def _line(plot: Plot, unstated: list[str]) -> Iterator[Chart]:
    """Yield a line, broken where a year has no row, and a point for each year."""
    years = list(range(plot.first, plot.last + 1))
    every = alt.Chart().transform_impute(
        impute="estimate", key="first-year", keyvals=years, groupby=["group"], value=None
    )
    place = {"x": _across(plot, "first-year"), "y": plot.upwards("estimate")}
    dash = {"expr": f"indexof({json.dumps(unstated)}, datum.group) >= 0 ? [4, 2] : null"}
    line = every.mark_line(
        color=COLOUR,
        strokeWidth=1.5,
        strokeDash=dash,
        aria=False,
        invalid="break-paths-filter-domains",
    )
    yield line.encode(**place, detail=alt.Detail("group", type="nominal"))
    fill = alt.condition("isValid(datum.until)", alt.value(PAPER), alt.value(COLOUR))
    points = alt.Chart().mark_point(size=16, stroke=COLOUR, strokeWidth=1.5)
    yield points.encode(**place, fill=fill, **heard())


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return what pale columns and missing years are, and what has no year."""
    items = items_of(result)
    by_year = [item for item in items if item.first_year is not None]
    by_year = [item for item in by_year if item.first_year in shown_years(by_year)]
    empty = len(by_year) < len(shown_years(by_year)) * len(groups_of(by_year))
    gaps = ["Years without a mark have no row in the table."] if empty else []
    return (*cut_lines(by_year), *gaps, *undated_lines(items))


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
    conventions=conventions,
)
