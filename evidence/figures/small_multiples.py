"""One small panel for each category, all with the same years and the same height."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evidence.figures import tabular
from evidence.figures.evidence_map import circle
from evidence.figures.figure_item import MANY, Item, items_of, told
from evidence.figures.furniture import (
    LINE,
    draw_lines,
    ink,
    is_narrow,
    muted,
    tick_words,
)
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.look import SMALL_SIZE, Look
from evidence.figures.measures import AxisScale, filled, linear, text_width
from evidence.figures.old_series import UNSTATED, Series, coloured, hatch, unstated_look
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

MOST_PANELS, MOST_YEARS = 24, 40
BETWEEN = 0.1  # of a year: the space on each side of a column
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


@dataclass(frozen=True)
class Panel:
    """One panel: its items, its place, and whether its values are drawn as a line."""

    items: list[Item]
    across: AxisScale
    down: AxisScale
    line: bool


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: panels in rows, with one scale for all."""
    every = items_of(result)
    dated_items = [item for item in every if item.first_year is not None]
    sheet, narrow = Sheet(width), is_narrow(width)
    groups = [
        [item for item in dated_items if item.group == group]
        for group in dict.fromkeys(item.group for item in dated_items)
    ]
    years = shown_years(dated_items)
    dated_items = [item for item in dated_items if item.first_year in years]
    high = 76.0 if narrow else 96.0
    numbers = linear([item.estimate or 0 for item in dated_items], high, 0, 3)
    left = max(text_width(tick_words(tick), SMALL_SIZE) for tick in numbers.ticks) + 8
    per_row = 2 if narrow or len(groups) <= FEW else 3
    wide = (width - left - GAP * (per_row - 1)) / per_row
    y = draw_lines(sheet, [result.axis], 0, 14, width) + 2
    panels: list[Panel] = []
    for first in range(0, len(groups), per_row):
        row = groups[first : first + per_row]
        titles = [filled(items[0].group, wide, bold=True) for items in row]
        lines = max(map(len, titles))
        top = y + LINE * (lines + 1) + 8
        for place, (items, title) in enumerate(zip(row, titles, strict=True)):
            start = left + place * (wide + GAP)
            across = AxisScale(min(years), max(years) + 1, start, start + wide)
            down = AxisScale(numbers.low, numbers.high, top + high, top, numbers.ticks)
            panel = Panel(items, across, down, bool(result.options.get("line")))
            _write_title(sheet, panel, title, y + LINE * (lines - len(title)) + 12)
            _draw_panel(sheet, panel, named=place == 0)
            panels.append(panel)
        y = top + high + LINE + 16
    for panel in panels:  # last, so that the columns do not lie on their base lines
        base = panel.down.at(0)
        sheet.line((panel.across.start, base), (panel.across.end, base), "figure-muted")
    y = draw_lines(sheet, _notes(dated_items) + undated_lines(every), 0, y + 10, width)
    return sheet.specification(y - LINE + 8)


def _write_title(sheet: Sheet, panel: Panel, lines: list[str], y: float) -> None:
    x = panel.across.start
    for number, line in enumerate(lines):
        sheet.write(x, y + number * LINE, line, ink(bold=True))
    words = f"{digits(total(panel.items))} in all"
    sheet.write(x, y + len(lines) * LINE, words, muted())


def _draw_panel(sheet: Sheet, panel: Panel, *, named: bool) -> None:
    across, down = panel.across, panel.down
    for tick in down.ticks:
        if tick:
            sheet.line((across.start, down.at(tick)), (across.end, down.at(tick)))
        if named:
            sheet.write(across.start - 6, down.at(tick) + 4, tick_words(tick), muted("right"))
    if panel.line:
        _draw_line(sheet, panel)
    else:
        _draw_columns(sheet, panel)
    _write_years(sheet, across, down.at(0) + LINE)


def _write_years(sheet: Sheet, across: AxisScale, y: float) -> None:
    """Write the first and the last year, each below its mark as far as the panel has room."""
    first, last = int(across.low), int(across.high) - 1
    half = text_width("2000", SMALL_SIZE) / 2
    begin = max(across.at(first + 0.5), across.start + half)
    sheet.write(begin, y, str(first), muted("center"))
    if last > first:
        end = min(across.at(last + 0.5), across.end - half)
        sheet.write(end, y, str(last), muted("center"))


def _draw_columns(sheet: Sheet, panel: Panel) -> None:
    for item in panel.items:
        if not item.estimate:
            continue
        year = int(item.first_year or 0)
        mark = {"x": year + BETWEEN, "x2": year + 1 - BETWEEN, "y": 0, "y2": item.estimate}
        unstated = item.part == UNSTATED
        series = Series("", unstated_look() if unstated else coloured(1), unstated=unstated)
        look = series.partial if item.until else series.look
        told_too = {"label": item.label, "sentence": item.sentence}
        sheet.mark(look, mark | told_too, panel.across, panel.down)
        if unstated:
            left = panel.across.at(year + BETWEEN)
            right = panel.across.at(year + 1 - BETWEEN)
            hatch(sheet, (left, panel.down.at(item.estimate), right, panel.down.at(0)))


def _draw_line(sheet: Sheet, panel: Panel) -> None:
    """Draw a line, broken where a year has no row, with a point for each year."""
    path, before = "", 0
    for item in panel.items:
        year = int(item.first_year or 0)
        x, y = panel.across.at(year + 0.5), panel.down.at(item.estimate or 0)
        path += f"{'L' if before and year == before + 1 else 'M'}{x:.1f},{y:.1f}"
        before = year
        hollow = bool(item.until)
        look = Look("path", "paper" if hollow else "series-1", 1.5, outline="series-1")
        sheet.path(circle(x, y, 2), look, label=item.label, sentence=item.sentence)
    dash = (4, 2) if panel.items[0].part == UNSTATED else ()
    sheet.path(path, Look("path", "", 1.5, dash, outline="series-1"))


def _notes(items: list[Item]) -> list[str]:
    notes = cut_lines(items)
    years = {int(item.first_year or 0) for item in items}
    groups = {item.group for item in items}
    if len(items) < (max(years) - min(years) + 1) * len(groups):
        notes.append("Years without a mark have no row in the table.")
    return notes


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
)
