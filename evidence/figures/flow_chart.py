"""How a flow is drawn: side by side on a desk, one pair of columns below the other on a phone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import Item, items_of
from evidence.figures.flow_layout import Bar, Division, Way, stacked
from evidence.figures.furniture import LINE, draw_lines, is_narrow
from evidence.figures.lettering import text_width, wrapped
from evidence.figures.look import SMALL_SIZE, Align, Lettering, Look
from evidence.figures.sheet import Sheet
from evidence.numbers.quantity import number_text
from evidence.numbers.results import FigureResult

JOINT = " · "
THICK = 12.0
HIGH, NARROW_HIGH = 300.0, 210.0
SIDE = 150.0
COLOURS = ("series-1", "series-2", "series-3", "series-4", "series-5")
NEUTRAL = "series-6"
UNSTATED = ("not stated", "not classified", "not given", "not known")
NO_ONE_THING = ("other", "several", "unknown", "unclear")
HATCH = 6.0


def is_unstated(name: str) -> bool:
    """Tell whether a name stands for what nobody says."""
    return any(words in name.lower() for words in UNSTATED)


def is_rest(name: str) -> bool:
    """Tell whether a name stands for what is not known or not one thing."""
    return is_unstated(name) or name.lower().startswith(NO_ONE_THING)


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: the bands over paper, the bars over them, the names last."""
    shown = items_of(result)
    ways = [(tuple(item.label.split(JOINT)), item.estimate or Decimal(0)) for item in shown]
    orders = _orders(shown, ways)
    colours = _colours(orders[0], ways)
    sheet = Sheet(width)
    y = 1.0
    if is_narrow(width):
        short = dict(result.options.get("short", {}))
        for at in range(len(orders) - 1):
            pair = [(names[at : at + 2], number) for names, number in ways]
            edges = (0.0, width - THICK)
            panel = _Panel(sheet, edges, y, NARROW_HIGH, short, inside=True, leading=at == 0)
            y = panel.draw(shown, pair, orders[at : at + 2], [colours[way[0][0]] for way in ways])
            y += 26
        y -= 26
    else:
        panel = _Panel(sheet, (SIDE, width - SIDE - THICK), y, HIGH, {}, inside=False)
        y = panel.draw(shown, ways, orders, [colours[names[0]] for names, _ in ways])
    y = draw_lines(sheet, [f"{result.axis}. A band is as wide as its number."], 0, y + 22, width)
    return sheet.specification(y - LINE + 6)


def _orders(shown: list[Item], ways: list[Way]) -> list[list[str]]:
    """Return the names of each column from top to bottom: each item knows the places of its own."""
    places: list[dict[str, int]] = [{} for _ in ways[0][0]]
    for item, (names, _) in zip(shown, ways, strict=True):
        for column, name, place in zip(places, names, item.part.split(), strict=True):
            column[name] = int(place)
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
        self, shown: list[Item], ways: list[Way], orders: list[list[str]], colours: list[str]
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
            self._bands(shown, ways, columns, at, number, colours)
        of_first = dict(zip((item.group for item in shown), colours, strict=True))
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
        shown: list[Item],
        ways: list[Way],
        columns: list[Division],
        at: list[float],
        number: int,
        colours: list[str],
    ) -> None:
        left, right = columns[number], columns[number + 1]
        places = [{bar.name: place for place, bar in enumerate(each.bars)} for each in columns]
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
            item, colour = shown[way], colours[way]
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
