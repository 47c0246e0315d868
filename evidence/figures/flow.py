"""How one division of the same things goes over into another: bands between columns of bars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import Item, items_of, told
from evidence.figures.flow_layout import Bar, Division, Way, arranged, stacked
from evidence.figures.furniture import LINE, draw_lines, is_narrow
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.look import SMALL_SIZE, Align, Lettering, Look
from evidence.figures.measures import text_width, wrapped
from evidence.figures.sheet import Sheet
from evidence.figures.tabular import Count, counts, parsed, sequence
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
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
THICK = 12.0
HIGH, NARROW_HIGH = 300.0, 210.0
SIDE = 150.0
COLOURS = ("series-1", "series-2", "series-3", "series-4", "series-5")
NEUTRAL = "series-6"
UNSTATED = ("not stated", "not classified", "not given", "not known")
NO_ONE_THING = ("other", "several", "unknown", "unclear")
HATCH = 6.0


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


def is_unstated(name: str) -> bool:
    """Tell whether a name stands for what nobody says."""
    return any(words in name.lower() for words in UNSTATED)


def is_rest(name: str) -> bool:
    """Tell whether a name stands for what is not known or not one thing."""
    return is_unstated(name) or name.lower().startswith(NO_ONE_THING)


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: the bands over paper, the bars over them, the names last."""
    items = items_of(result)
    ways = [(item.way, item.estimate or Decimal(0)) for item in items]
    orders = _as_placed(items)
    colours = _colours(orders[0], ways)
    sheet = Sheet(width)
    y = 1.0
    if is_narrow(width):
        short = dict(result.options.get("short", {}))
        for at in range(len(orders) - 1):
            pair = [(names[at : at + 2], number) for names, number in ways]
            edges = (0.0, width - THICK)
            panel = _Panel(sheet, edges, y, NARROW_HIGH, short, inside=True, leading=at == 0)
            y = panel.draw(items, pair, orders[at : at + 2], [colours[way[0][0]] for way in ways])
            y += 26
        y -= 26
    else:
        panel = _Panel(sheet, (SIDE, width - SIDE - THICK), y, HIGH, {}, inside=False)
        y = panel.draw(items, ways, orders, [colours[names[0]] for names, _ in ways])
    y = draw_lines(sheet, [f"{result.axis}. A band is as wide as its number."], 0, y + 22, width)
    return sheet.specification(y - LINE + 6)


def _as_placed(items: list[Item]) -> list[list[str]]:
    """Return the names of each column from top to bottom: each item knows the places of its own."""
    places: list[dict[str, int]] = [{} for _ in items[0].way]
    for item in items:
        for column, name, place in zip(places, item.way, item.places, strict=True):
            column[name] = place
    return [sorted(column, key=lambda name: column[name]) for column in places]


def _colours(first: list[str], ways: list[Way]) -> dict[str, str]:
    """Give the largest bars of the first column a colour, in order, and the others a neutral."""
    totals = dict.fromkeys(first, Decimal(0))
    for names, number in ways:
        totals[names[0]] += number
    known = [name for name in first if not is_rest(name)]
    largest = sorted(known, key=lambda name: -totals[name])[: len(COLOURS)]
    coloured = [name for name in first if name in largest]
    return dict.fromkeys(first, NEUTRAL) | dict(zip(coloured, COLOURS, strict=False))


class _Panel:
    """Two or three columns of bars with the bands between them."""

    def __init__(
        self,
        sheet: Sheet,
        edges: tuple[float, float],
        top: float,
        high: float,
        short: dict[str, str],
        *,
        inside: bool,
        leading: bool = True,
    ) -> None:
        self.leading = leading  # whether the first column of the panel is that of the figure
        self.sheet, self.edges, self.top, self.high = sheet, edges, top, high
        self.short, self.inside = short, inside

    def draw(
        self, items: list[Item], ways: list[Way], orders: list[list[str]], colours: list[str]
    ) -> float:
        """Draw everything; return where it ends."""
        lines = {
            (at, name): self._label(name, _total(ways, at, name))
            for at, order in enumerate(orders)
            for name in order
        }
        room: dict[str, float] = {}
        for (_, name), written in lines.items():
            room[name] = max(room.get(name, 0.0), 16.0 * len(written))
        columns, reached = stacked(ways, orders, self.high, room)
        apart = (self.edges[1] - self.edges[0]) / (len(columns) - 1)
        at = [self.edges[0] + number * apart for number in range(len(columns))]
        for number in range(len(columns) - 1):
            self._bands(items, ways, columns, at, number, colours)
        of_first = dict(zip((item.group for item in items), colours, strict=True))
        first = of_first if self.leading else {}
        for number, column in enumerate(columns):
            for bar in column.bars:
                self._bar(bar, at[number], first.get(bar.name, "") if not number else "")
                align: Align = "right" if self._left_of(number, len(columns)) else "left"
                over = self.inside or 0 < number < len(columns) - 1
                self._write(lines[number, bar.name], bar, at[number], align, over=over)
        return self.top + reached

    def _left_of(self, number: int, columns: int) -> bool:
        """Tell whether the names of a column stand left of its bars."""
        return number == columns - 1 if self.inside else number == 0

    def _label(self, name: str, total: Decimal) -> list[str]:
        words = f"{self.short.get(name, name)} {number_text(total)}"
        width = self.sheet.width / 2 - THICK - 14 if self.inside else SIDE - 8
        lines = wrapped(words, width, SMALL_SIZE, bold=True)
        cut = [_cut(line, width) for line in lines]
        return cut if len(cut) <= 3 else [*cut[:2], f"… {number_text(total)}"]

    def _bands(
        self,
        items: list[Item],
        ways: list[Way],
        columns: list[Division],
        at: list[float],
        number: int,
        colours: list[str],
    ) -> None:
        left, right = columns[number], columns[number + 1]
        places = [{bar.name: place for place, bar in enumerate(column.bars)} for column in columns]
        order = sorted(
            range(len(ways)),
            key=lambda way: [place[name] for place, name in zip(places, ways[way][0], strict=True)],
        )
        starts: dict[int, float] = {}
        for way in sorted(order, key=lambda way: _key(ways[way], places, number, number + 1)):
            bar = left.bar(ways[way][0][number])
            starts[way] = self.top + bar.top + bar.right_used
            bar.right_used += bar.height * float(ways[way][1] / bar.total)
        for way in sorted(order, key=lambda way: _key(ways[way], places, number + 1, number)):
            bar = right.bar(ways[way][0][number + 1])
            high = bar.height * float(ways[way][1] / bar.total)
            end = self.top + bar.top + bar.left_used
            bar.left_used += high
            item, colour = items[way], colours[way]
            look = Look("path", colour, 0.4, opacity=0.4, outline=colour)
            path = ribbon((at[number] + THICK, starts[way]), (at[number + 1], end), high)
            self.sheet.path(path, look, label=item.label, sentence=item.sentence)

    def _bar(self, bar: Bar, x: float, colour: str) -> None:
        top = self.top + bar.top
        box = f"M{x:.1f},{top:.1f}h{THICK}v{bar.height:.1f}h-{THICK}Z"
        if not is_unstated(bar.name):
            self.sheet.path(box, Look("path", colour or "figure-muted"))
            return
        self.sheet.path(box, Look("path", hollow=True, outline="figure-muted"))
        lines = [
            f"M{x:.1f},{top + min(y + HATCH, bar.height):.1f}L{x + THICK:.1f},{top + y:.1f}"
            for y in range(0, int(bar.height), int(HATCH))
        ]
        self.sheet.path(" ".join(lines), Look("path", "", 0.75, outline="figure-muted"))

    def _write(self, lines: list[str], bar: Bar, x: float, align: Align, *, over: bool) -> None:
        """Write a name beside its bar, on a plate where it stands over bands."""
        y = self.top + bar.top + bar.height / 2 + 5 - 8 * (len(lines) - 1)
        across = x + THICK + 6 if align == "left" else x - 6
        wide = max(text_width(words, SMALL_SIZE, bold=True) for words in lines) + 6
        left = across - 3 if align == "left" else across + 3 - wide
        if over:
            plate = f"M{left:.1f},{y - 12:.1f}h{wide:.1f}v{16 * len(lines)}h-{wide:.1f}Z"
            self.sheet.path(plate, Look("path", "paper", opacity=0.8))
        for number, words in enumerate(lines):
            lettering = Lettering(align, bold=True, size=SMALL_SIZE)
            self.sheet.write(across, y + 16 * number, words, lettering)


def _key(way: Way, places: list[dict[str, int]], here: int, there: int) -> list[int]:
    """Return what orders bands along a bar: where they come from or go to, then the rest."""
    names = way[0]
    rest = [at for at in range(len(names)) if at not in {here, there}]
    return [places[at][names[at]] for at in (here, there, *rest)]


def _total(ways: list[Way], at: int, name: str) -> Decimal:
    return sum((number for names, number in ways if names[at] == name), Decimal(0))


def _cut(line: str, width: float) -> str:
    """Return a line that is too long for its place with an ellipsis."""
    if text_width(line, SMALL_SIZE, bold=True) <= width:
        return line
    while line and text_width(f"{line}…", SMALL_SIZE, bold=True) > width:
        line = line[:-1]
    return f"{line}…"


def ribbon(start: tuple[float, float], end: tuple[float, float], high: float) -> str:
    """Return a band from the upper left ``start`` to the upper right ``end`` as a path."""
    (x, y), (a, b) = start, end
    middle, high = (x + a) / 2, max(high, 0.5)
    return (
        f"M{x:.1f},{y:.1f}C{middle:.1f},{y:.1f},{middle:.1f},{b:.1f},{a:.1f},{b:.1f}"
        f"L{a:.1f},{b + high:.1f}"
        f"C{middle:.1f},{b + high:.1f},{middle:.1f},{y + high:.1f},{x:.1f},{y + high:.1f}Z"
    )


KIND = FigureKind(
    name="flow",
    sentence="For one set of things divided in two or three ways: which part goes over into which.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    roles=ROLES,
    options=("unit", "short"),
    unfit=unfit,
)
