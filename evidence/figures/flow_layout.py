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
    left_used: float = 0.0
    right_used: float = 0.0


@dataclass
class Division:
    """The bars of one division from top to bottom."""

    bars: list[Bar] = field(default_factory=list)

    def bar(self, name: str) -> Bar:
        """Return the bar of a name."""
        return next(bar for bar in self.bars if bar.name == name)


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
