"""Where the names of the most frequent countries stand on a map: beside them, over nothing else."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evidence.figures.figure_item import Item
from evidence.figures.ground import NEAR, Box, Ground, Line, crossing, near, overlap, through
from evidence.figures.look import SMALL_SIZE
from evidence.figures.measures import text_width
from evidence.figures.theme import Values
from evidence.figures.world import Point, Ring, WorldMap

TALL = 14.0
GAP = 3.0
LONGEST = 24
MOST_TRIED = 40
REACHES = range(12, 180, 8)
HIDDEN = 10  # pixels of a longer line that a hidden point of land is worth
DIRECTIONS = [2 * math.pi * step / 16 for step in range(16)]


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


class Scene:
    """What lies on a map: land, the countries of the items, and the places of the small ones."""

    def __init__(self, world: WorldMap, items: list[Item], radius: float) -> None:
        """Sum what there is; small countries are circles of ``radius`` pixels."""
        self.world, self.radius = world, radius
        self.places = {item.part: world.place(item.part) for item in items}
        self.land = self._ground(world.land())
        self.shown = self._ground([ring for code in self.places for ring in world.rings(code)])
        self._own: dict[str, Ground] = {}

    def _ground(self, rings: list[Ring]) -> Ground:
        ground = Ground(self.world.width, self.world.height)
        ground.add(rings, 1)
        return ground.summed()

    def hidden(self, box: Box) -> int:
        """Return the weight of what a label hides: of land, and more of countries with a number."""
        return self.land.inside(box) + 6 * self.shown.inside(box)

    def is_free(self, box: Box, code: str) -> bool:
        """Tell whether a label of a country lies on the drawing and on no other with a number."""
        left, top, right, bottom = box
        if left < 0 or right > self.world.width or top < 0 or bottom > self.world.height:
            return False
        if code not in self._own:
            self._own[code] = self._ground(self.world.rings(code))
        if self.shown.inside(box) > self._own[code].inside(box):
            return False
        away = self.radius
        return not any(
            left - away < x < right + away and top - away < y < bottom + away
            for other, (x, y) in self.places.items()
            if other != code
        )


def placed(scene: Scene, named: list[Naming]) -> tuple[Values, Values]:
    """Return the words of labels, a row a line, and the lines that lead to their countries.

    A name stands where it hides little land and nothing of another country of the scene. One that
    has no such place is left out.
    """
    tried = [_tried(naming, scene) for naming in named]
    labels: Values = []
    leaders: Values = []
    stand: list[Tried] = []
    there = [(naming, options) for naming, options in zip(named, tried, strict=True) if options]
    for (naming, _), at in zip(there, _settled([options for _, options in there]), strict=True):
        if any(overlap(at.box, other.box) for other in stand):
            continue
        stand.append(at)
        ends = zip(("x", "y", "to-x", "to-y"), itertools.chain(*at.leader), strict=True)
        leaders.append({"label": naming.item.label, **{key: round(end, 1) for key, end in ends}})
        left, top, right, _ = at.box
        for line, words in enumerate(at.lines):
            y = round(top + 1 + (line + 0.5) * TALL, 1)
            labels.append({"words": words, "x": round((left + right) / 2, 1), "y": y})
    return labels, leaders


def _tried(naming: Naming, scene: Scene) -> list[Tried]:
    """Return the best places for one name, the best first, as if it were alone."""
    possible = [
        _at(naming, lines, box, scene)
        for lines in naming.wordings
        for box in _boxes(naming, lines)
        if scene.is_free(box, naming.item.part)
    ]
    return sorted(possible, key=lambda tried: tried.cost)[:MOST_TRIED]


def _boxes(naming: Naming, lines: list[str]) -> Iterator[Box]:
    (x, y), wide, high = naming.place, _wide(lines) / 2, _high(lines) / 2
    for reach in REACHES:
        for angle in DIRECTIONS:
            across = x + math.cos(angle) * (reach + wide)
            down = y + math.sin(angle) * (reach + high)
            yield across - wide, down - high, across + wide, down + high


def _at(naming: Naming, lines: list[str], box: Box, scene: Scene) -> Tried:
    x, y = naming.place
    end = (min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3]))
    leader = (naming.place, end)
    reach = _around(box, naming.place)
    places = scene.places.values()
    there = [(a, b) for a, b in places if reach[0] < a < reach[2] and reach[1] < b < reach[3]]
    others = sum(place != naming.place and near(leader, place) for place in there)
    cost = math.dist(*leader) + HIDDEN * scene.hidden(box) + 20 * others
    return Tried(cost + 6 * (len(lines) - 1), box, lines, leader)


def _around(box: Box, place: Point) -> Box:
    """Return the box that holds a label and the line to its country, and what is too near."""
    return (
        min(box[0], place[0]) - NEAR,
        min(box[1], place[1]) - NEAR,
        max(box[2], place[0]) + NEAR,
        max(box[3], place[1]) + NEAR,
    )


def _wide(lines: list[str]) -> float:
    return max(text_width(line, SMALL_SIZE, bold=True) for line in lines) + 2 * GAP


def _high(lines: list[str]) -> float:
    return TALL * len(lines) + 2


def _settled(tried: list[list[Tried]]) -> list[Tried]:
    """Return where all names stand: one after the other, in the order that costs least."""
    clash = functools.cache(
        lambda taken, other: _conflict(tried[taken[0]][taken[1]], tried[other[0]][other[1]])
    )
    best, chosen = math.inf, [(number, 0) for number in range(len(tried))]
    for order in itertools.permutations(range(len(tried))):
        placed: list[tuple[int, int]] = []
        total = 0.0
        for number in order:
            cost, at = _cheapest(tried[number], number, placed, clash)
            total += cost
            placed.append((number, at))
            if total >= best:
                break
        else:
            best, chosen = total, sorted(placed)
    return [tried[number][at] for number, at in chosen]


def _cheapest(
    tried: list[Tried],
    number: int,
    placed: list[tuple[int, int]],
    clash: Callable[[tuple[int, int], tuple[int, int]], float],
) -> tuple[float, int]:
    """Return the cost and the position of the best place beside those that are taken."""
    best, cheapest = math.inf, 0
    for at, place in enumerate(tried):
        if place.cost >= best:
            break  # the places are in order: no later one is better
        cost = place.cost + sum(clash(taken, (number, at)) for taken in placed)
        if cost < best:
            best, cheapest = cost, at
    return best, cheapest


def _conflict(place: Tried, other: Tried) -> float:
    if not overlap(_around(place.box, place.leader[0]), _around(other.box, other.leader[0])):
        return 0
    return (
        2000 * overlap(place.box, other.box)
        + 900 * (through(place.leader, other.box) + through(other.leader, place.box))
        + 900 * crossing(place.leader, other.leader)
    )
