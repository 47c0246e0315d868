"""Where the bars and bands of a flow stand: few crossings, and room for every label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

SWEEPS = 8
GAP = 8.0
Way = tuple[tuple[str, ...], Decimal]


@dataclass
class Bar:
    """One bar of a column: ``total`` in numbers, the rest in pixels."""

    name: str
    total: Decimal
    top: float = 0.0
    height: float = 0.0


@dataclass(frozen=True)
class Band:
    """What goes from one bar to another in the next column, ``step`` columns after the first.

    ``ways`` are the positions of the ways in it. ``group`` is the bar of the first column that all
    come from, or "". A band that is ``rest`` is put together of small ones: it has one end only.
    """

    step: int
    source: str
    target: str
    value: Decimal
    ways: tuple[int, ...]
    group: str = ""
    rest: bool = False


@dataclass
class Division:
    """The bars of one division from top to bottom."""

    bars: list[Bar] = field(default_factory=list)

    def bar(self, name: str) -> Bar:
        """Return the bar of a name."""
        return next(bar for bar in self.bars if bar.name == name)


def bands_of(ways: Sequence[Way], most: int) -> list[Band]:
    """Return the bands between columns: each way on its own, or else those that go alike as one.

    Of more than ``most`` only the widest are drawn from end to end. The others are put together:
    what leaves a bar with them, and what reaches one.
    """
    steps = range(len(ways[0][0]) - 1)
    alone = len(ways) * len(steps) <= most
    alike: dict[tuple[int, str, str, int], list[int]] = {}
    for step in steps:
        for at, (names, _) in enumerate(ways):
            key = (step, names[step], names[step + 1], at if alone else -1)
            alike.setdefault(key, []).append(at)
    bands = []
    for (step, source, target, _), there in alike.items():
        value = sum((ways[at][1] for at in there), Decimal(0))
        firsts = {ways[at][0][0] for at in there}
        group = firsts.pop() if len(firsts) == 1 else ""
        bands.append(Band(step, source, target, value, tuple(there), group))
    widest = sorted(bands, key=lambda band: -band.value)
    return [*widest[:most], *_put_together(widest[most:])]


def _put_together(small: Sequence[Band]) -> list[Band]:
    ends: dict[tuple[int, str, str], list[Band]] = {}
    for band in small:
        ends.setdefault((band.step, band.source, ""), []).append(band)
        ends.setdefault((band.step, "", band.target), []).append(band)
    return [
        Band(
            *end,
            sum((band.value for band in there), Decimal(0)),
            tuple(way for band in there for way in band.ways),
            rest=True,
        )
        for end, there in ends.items()
    ]


@dataclass(frozen=True)
class Placed:
    """A band with its upper end at either bar, and how wide it is there, in pixels."""

    band: Band
    top: float
    top_after: float
    high: float


def placed(bands: Sequence[Band], columns: Sequence[Division], first: int = 0) -> list[Placed]:
    """Return where bands leave and reach their bars, those that are put together last.

    ``first`` is the number of the first of ``columns`` in the figure.
    """
    leaving: dict[Band, float] = {}
    reaching: dict[Band, float] = {}
    high: dict[Band, float] = {}
    for step in range(len(columns) - 1):
        there = [band for band in bands if band.step == first + step]
        places = [
            {bar.name: at for at, bar in enumerate(column.bars)}
            for column in columns[step : step + 2]
        ]

        def order(
            band: Band, places: list[dict[str, int]] = places
        ) -> tuple[bool, int, int, tuple[int, ...]]:
            ends = places[0].get(band.source, -1), places[1].get(band.target, -1)
            return (band.rest, *ends, band.ways)

        for side, tops, end in ((step, leaving, "source"), (step + 1, reaching, "target")):
            used: dict[str, float] = {}
            for band in sorted(there, key=order):
                name = getattr(band, end)
                if name:
                    bar = columns[side].bar(name)
                    tops[band] = bar.top + used.get(name, 0.0)
                    high[band] = bar.height * float(band.value / bar.total)
                    used[name] = used.get(name, 0.0) + high[band]
    return [
        Placed(band, leaving.get(band, 0.0), reaching.get(band, 0.0), high[band]) for band in high
    ]


def arranged(ways: Sequence[Way], orders: Sequence[list[str]], fixed: set[int]) -> list[list[str]]:
    """Return the names of every column in an order with few crossings.

    A name goes where the mean of those it is connected with stands (the barycentre method of
    Sugiyama, Tagawa and Toda 1981), column by column, there and back. Columns in ``fixed`` have an
    order of their own and keep it.
    """
    arrangement = [list(order) for order in orders]
    best = (_crossings(ways, arrangement), [list(order) for order in arrangement])
    for sweep in range(SWEEPS):
        columns = range(len(arrangement)) if sweep % 2 == 0 else range(len(arrangement) - 1, -1, -1)
        for column in columns:
            beside = [at for at in (column - 1, column + 1) if 0 <= at < len(arrangement)]
            if column not in fixed:
                arrangement[column] = _by_barycentre(ways, arrangement, column, beside)
        crossings = _crossings(ways, arrangement)
        if crossings < best[0]:
            best = (crossings, [list(order) for order in arrangement])
    return best[1]


def _by_barycentre(
    ways: Sequence[Way], orders: list[list[str]], column: int, beside: list[int]
) -> list[str]:
    weight: dict[str, Decimal] = {}
    pull: dict[str, Decimal] = {}
    for names, number in ways:
        for near in beside:
            place = Decimal(orders[near].index(names[near])) / max(len(orders[near]) - 1, 1)
            weight[names[column]] = weight.get(names[column], Decimal(0)) + number
            pull[names[column]] = pull.get(names[column], Decimal(0)) + number * place
    before = orders[column]
    return sorted(before, key=lambda name: (pull[name] / weight[name], before.index(name)))


def _crossings(ways: Sequence[Way], orders: list[list[str]]) -> Decimal:
    """Return how much crosses: the product of the numbers of each two bands that do."""
    total = Decimal(0)
    for column in range(len(orders) - 1):
        bands: dict[tuple[int, int], Decimal] = {}
        for names, number in ways:
            ends = (
                orders[column].index(names[column]),
                orders[column + 1].index(names[column + 1]),
            )
            bands[ends] = bands.get(ends, Decimal(0)) + number
        ends_and_numbers = list(bands.items())
        total += sum(
            (
                number * other_number
                for at, ((a, b), number) in enumerate(ends_and_numbers)
                for (c, d), other_number in ends_and_numbers[at + 1 :]
                if (a - c) * (b - d) < 0
            ),
            Decimal(0),
        )
    return total


def stacked(
    ways: Sequence[Way], orders: Sequence[list[str]], high: float, labels: dict[str, float]
) -> tuple[list[Division], float]:
    """Return the columns with every bar placed, and how high the tallest is.

    All bars of a column together are ``high`` pixels; each has at least the room that its label
    needs, given in pixels by name.
    """
    whole = sum((number for _, number in ways), Decimal(0))
    columns = []
    for at, order in enumerate(orders):
        totals = dict.fromkeys(order, Decimal(0))
        for names, number in ways:
            totals[names[at]] += number
        columns.append(Division([Bar(name, totals[name]) for name in order]))
    ends = []
    for column in columns:
        y = 0.0
        for bar in column.bars:
            bar.height = max(float(bar.total / whole) * high, 1.0)
            room = max(bar.height, labels.get(bar.name, 0.0))
            bar.top = y + (room - bar.height) / 2
            y += room + GAP
        ends.append(y - GAP)
    for column, end in zip(columns, ends, strict=True):
        for bar in column.bars:
            bar.top += (max(ends) - end) / 2
    return columns, max(ends)
