"""How one division of the same things goes over into another: bands between columns of bars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from evidence.figures.figure_item import Item, items_of, told
from evidence.figures.flow_chart import chart
from evidence.figures.flow_layout import arranged, bands_of
from evidence.figures.flow_places import MOST_BANDS, is_rest, ways_of
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.tabular import Count, counts, parsed, sequence
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.quantity import number_text, with_unit
from evidence.numbers.results import Computed, FigureResult

MOST = 10  # bars in one column
MOST_WAYS = 120
PARTS = ("first", "second", "third")
IN_ORDER = {"phase", "year", "status"}  # columns whose cells follow one another by nature
ROLES = (
    Role("first", "the first division, on the left or above"),
    Role("second", "the second division"),
    Role("value", "how many", number=True),
    Role("third", "the third division", optional=True),
)
JOINT = " · "


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return nothing: a table has no findings."""
    del figure, findings
    return ()


def unfit(figure: Figure, rows: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield columns with too many bars to tell apart, and tables with nothing to show."""
    for part in PARTS:
        column = figure.columns.get(part)
        cells = {figure.labels.get(row[column], row[column]) for row in rows} if column else set()
        if len(cells) > MOST:
            message = f"the column '{column}' has {len(cells)} different cells; at most {MOST} fit"
            yield (
                "columns",
                message,
                "Put the smaller ones together: give them one label in 'labels:'.",
            )
        if any(JOINT in cell for cell in cells):
            message = f"a cell of the column '{column}' holds '{JOINT.strip()}' between blanks"
            yield "columns", message, "Give the cell a label without it in 'labels:'."
        if column and "" in cells:
            hint = "Write what it is, or 'not-stated'."
            yield "columns", f"a cell of the column '{column}' is empty", hint
    columns = [figure.columns[part] for part in PARTS if part in figure.columns]
    ways = {
        tuple(figure.labels.get(row[column], row[column]) for column in columns) for row in rows
    }
    if len(ways) > MOST_WAYS:
        message = f"the table has {len(ways)} ways through its columns; at most {MOST_WAYS} fit"
        yield "columns", message, "Put cells together with 'labels:', or leave one column out."
    if not any((parsed(row[figure.columns["value"]]) or 0) > 0 for row in rows):
        yield "table", "no row of this table has a number above zero", "Fill the table."


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item for each way through the columns, in the order of the columns."""
    del computed
    source = report.sources[figure.read_in.source].short if figure.read_in else ""
    locator = figure.read_in.locator if figure.read_in else ""
    parts = [part for part in PARTS if part in figure.columns]
    unit = figure.unit or figure.columns["value"]
    flows = [count for count in counts(figure, report) if count.number > 0]
    orders = _few_crossings(figure, report, parts, flows)
    flows.sort(
        key=lambda count: [
            order.index(count.words[part]) for part, order in zip(parts, orders, strict=True)
        ]
    )
    bands = []
    for count in flows:
        words = tuple(count.words[part] for part in parts)
        bands.append(
            Item(
                label=JOINT.join(words),
                printed=number_text(count.number),
                sentence=f"{', '.join(words)}: {with_unit(count.number, unit)}",
                group=words[0],
                source=source,
                locator=locator,
                estimate=count.number,
                estimate_text=number_text(count.number),
                way=words,
                places=tuple(order.index(name) for order, name in zip(orders, words, strict=True)),
            )
        )
    return tuple(bands)


def _few_crossings(
    figure: Figure, report: Report, parts: list[str], flows: list[Count]
) -> list[list[str]]:
    """Return the names of each column: in the order they have, or in one with few crossings."""
    ways = [(tuple(count.words[part] for part in parts), count.number) for count in flows]
    orders = []
    fixed = set()
    for at, part in enumerate(parts):
        there = {names[at] for names, _ in ways}
        orders.append([name for name in sequence(figure, report, part) if name in there])
        if figure.columns[part] in IN_ORDER or there <= set(figure.labels.values()):
            fixed.add(at)
    return [_rest_last(order) for order in arranged(ways, orders, fixed)]


def _rest_last(order: list[str]) -> list[str]:
    return sorted(order, key=is_rest)


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what is counted, and by what."""
    del findings
    unit = figure.unit or figure.columns["value"]
    columns = [figure.columns[part] for part in PARTS if part in figure.columns]
    named = [column.replace("-", " ").replace("_", " ") for column in columns]
    return f"{unit[:1].upper()}{unit[1:]} by {', '.join(named[:-1])} and {named[-1]}"


def table(items: tuple[Item, ...]) -> Table:
    """Return one row for each way through the columns."""
    names = ("From", "To") if len(items[0].way) == 2 else ("From", "By way of", "To")
    rows = tuple((*item.way, item.estimate_text) for item in items)
    return (*names, "Number"), rows


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the whole, the bars of the first column, and the widest bands."""
    drawn = "The figure shows bands between columns of bars; a band is as wide as its number."
    if len(items) <= 8:
        return told(title, drawn, items)
    total = sum((item.estimate or Decimal(0) for item in items), Decimal(0))
    widest = sorted(items, key=lambda item: item.estimate or 0, reverse=True)[:3]
    said = "; ".join(item.sentence for item in widest)
    return (
        f"{title.rstrip('.')}. {drawn} All together make {number_text(total)}, in {len(items)} "
        f"ways. The most: {said}. The table beside it lists all {len(items)}."
    )


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return what is counted, and what was put together to be drawn."""
    return tuple(_conventions(result))


def _conventions(result: FigureResult) -> Iterator[str]:
    items = items_of(result)
    bands = bands_of(ways_of(items), MOST_BANDS)
    yield f"{result.axis}. A band is as wide as its number."
    if any(band.rest for band in bands):
        yield (
            f"The {MOST_BANDS} widest bands are drawn whole. Short grey ends are the others: what "
            f"leaves or reaches a bar in narrower bands. The table has all {len(items)} ways."
        )
    if len(items[0].way) > 2 and any(not band.group and not band.rest for band in bands):
        yield "From the second column on bands are grey: they come from several bars of the first."


KIND = FigureKind(
    name="flow",
    sentence="For one set of things divided in two or three ways: which part goes over into which.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    conventions=conventions,
    roles=ROLES,
    options=("unit", "short"),
    unfit=unfit,
)
