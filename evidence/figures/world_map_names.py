"""Where the names of the most frequent countries stand on a map: beside them, over nothing else."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.figures.item import Item
from evidence.figures.lettering import text_width
from evidence.figures.sheet import SMALL_SIZE, Lettering, Look, Sheet
from evidence.figures.world import Point, Ring, WorldMap, circle

TALL = 14.0
GAP = 3.0
APART = 6.0
LONGEST = 24
MOST_TRIED = 40
REACHES = range(12, 140, 8)
FARTHEST = 250.0
DIRECTIONS = [2 * math.pi * step / 16 for step in range(16)]
Box = tuple[float, float, float, float]
Line = tuple[Point, Point]


@dataclass(frozen=True)
class Naming:
    """A country to be named, and where it is."""

    item: Item
    place: Point
    short: bool = False

    @property
    def name(self) -> str:
        """Return the name, cut if it is very long."""
        return cut(self.item.label)

    @property
    def wordings(self) -> list[list[str]]:
        """Return the lines of a label: all in one, or the number below the name, or alone."""
        if self.short:
            return [[self.item.estimate_text]]
        return [[f"{self.name} {self.item.estimate_text}"], [self.name, self.item.estimate_text]]


def cut(name: str, longest: int = LONGEST) -> str:
    """Return a name as it fits a map; the whole stands in the table."""
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"


@dataclass(frozen=True)
class Tried:
    """One label at one place: what it hides there, and the line from its country."""

    cost: float
    box: Box
    lines: list[str]
    leader: Line


def draw_names(sheet: Sheet, world: WorldMap, named: list[Naming], shown: list[Item]) -> None:
    """Write names near their countries where they hide least of what is ``shown``, with a line."""
    land = _specks(world.land(), world.height)
    land += 6 * _specks([r for item in shown for r in world.rings(item.part)], world.height)
    places = [world.place(item.part) for item in shown]
    tried = [_tried(naming, world, land, places) for naming in named]
    orders = itertools.permutations(range(len(tried)))
    found = min((_settled(tried, order) for order in orders), key=lambda settled: settled[0])
    for naming, at in zip(named, found[1], strict=True):
        for colour, width in (("paper", 2.5), ("figure-ink", 0.75)):
            sheet.line(*at.leader, colour, width)
        sheet.path(circle(*naming.place, 2.25), Look("path", outline="paper"))
        left, _, right, bottom = at.box
        for number, words in enumerate(reversed(at.lines)):
            y = bottom - 3.5 - number * TALL
            lettering = Lettering("center", bold=True, size=SMALL_SIZE)
            sheet.write((left + right) / 2, y, words, lettering)


def _specks(rings: list[Ring], height: float) -> list[Point]:
    """Return points of the land, a few pixels apart: row by row, between every other coast."""
    edges = [pair for ring in rings for pair in zip(ring, ring[1:] + ring[:1], strict=True)]
    found = []
    for row in range(1, int(height / APART)):
        y = row * APART + 0.05
        crossed = sorted(
            a + (y - b) / (d - b) * (c - a) for (a, b), (c, d) in edges if (b < y) != (d < y)
        )
        for start, end in zip(crossed[::2], crossed[1::2], strict=True):
            first, last = math.ceil(start / APART), math.floor(end / APART)
            found += [(column * APART, y) for column in range(first, last + 1)]
    return found


def _tried(naming: Naming, world: WorldMap, land: list[Point], places: list[Point]) -> list[Tried]:
    """Return the best places for one name, the best first, as if it were alone."""
    land = [point for point in land if math.dist(point, naming.place) < FARTHEST]
    found = [
        _at(naming, lines, box, land, places)
        for lines in naming.wordings
        for box in _boxes(naming, lines)
        if box[0] >= 0 and box[2] <= world.width and box[1] >= 0 and box[3] <= world.height
    ]
    if not found:
        lines = naming.wordings[-1]
        found = [_at(naming, lines, (0, 0, _wide(lines), _high(lines)), land, places)]
    return sorted(found, key=lambda each: each.cost)[:MOST_TRIED]


def _boxes(naming: Naming, lines: list[str]) -> Iterator[Box]:
    (x, y), wide, high = naming.place, _wide(lines) / 2, _high(lines) / 2
    for reach in REACHES:
        for angle in DIRECTIONS:
            across = x + math.cos(angle) * (reach + wide)
            down = y + math.sin(angle) * (reach + high)
            yield across - wide, down - high, across + wide, down + high


def _at(
    naming: Naming, lines: list[str], box: Box, land: list[Point], places: list[Point]
) -> Tried:
    x, y = naming.place
    end = (min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3]))
    leader = (naming.place, end)
    cost = math.dist(*leader) + 3 * _inside(box, land) + 40 * _inside(box, places)
    others = [place for place in places if place != naming.place]
    cost += 20 * sum(_near(leader, place) for place in others) + 6 * (len(lines) - 1)
    return Tried(cost, box, lines, leader)


def _wide(lines: list[str]) -> float:
    return max(text_width(line, SMALL_SIZE, bold=True) for line in lines) + 2 * GAP


def _high(lines: list[str]) -> float:
    return TALL * len(lines) + 2


def _settled(tried: list[list[Tried]], order: tuple[int, ...]) -> tuple[float, list[Tried]]:
    """Return what it costs to place the names one after the other, and where they then are."""
    placed: dict[int, Tried] = {}
    total = 0.0
    for number in order:
        costs = [(each.cost + _conflict(each, placed), at) for at, each in enumerate(tried[number])]
        cost, at = min(costs)
        total += cost
        placed[number] = tried[number][at]
    return total, [placed[number] for number in range(len(tried))]


def _conflict(each: Tried, placed: dict[int, Tried]) -> float:
    return sum(
        2000 * _overlap(each.box, other.box)
        + 900 * (_through(each.leader, other.box) + _through(other.leader, each.box))
        + 900 * _crossing(each.leader, other.leader)
        for other in placed.values()
    )


def _inside(box: Box, points: list[Point]) -> int:
    return sum(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in points)


def _overlap(box: Box, other: Box) -> bool:
    across = box[0] < other[2] and other[0] < box[2]
    return across and box[1] < other[3] and other[1] < box[3]


def _steps(leader: Line) -> list[Point]:
    (x, y), (a, b) = leader
    return [(x + (a - x) * step / 12, y + (b - y) * step / 12) for step in range(13)]


def _through(leader: Line, box: Box) -> bool:
    return _inside(box, _steps(leader)) > 0


def _crossing(one: Line, other: Line) -> bool:
    """Tell whether two lines cross: the ends of each lie on both sides of the other."""
    return all(
        _side(first, start) * _side(first, end) < 0
        for first, (start, end) in ((one, other), (other, one))
    )


def _side(line: Line, point: Point) -> float:
    (x, y), (a, b) = line
    return (a - x) * (point[1] - y) - (b - y) * (point[0] - x)


def _near(leader: Line, place: Point) -> bool:
    return min(math.dist(step, place) for step in _steps(leader)) < 6
