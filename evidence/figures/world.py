"""The outlines of the countries of the world, from Natural Earth; see tools/world_map.py."""

from __future__ import annotations

import functools
import itertools
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("world-map.json")
NARROW_LEAST = 900  # area in steps of the grid below which a point is left out on a phone
LEFT, RIGHT, MARGIN = -1290, 1500, 8  # what is drawn of the grid, from Alaska to Fiji
SPECK = 4.0  # square pixels below which an island is left out
Point = tuple[float, float]
Ring = list[Point]
GridPoint = tuple[int, int]


@functools.cache
def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return kept


def names() -> dict[str, str]:
    """Return the short English name of every country by its ISO 3166-1 alpha-3 code."""
    country_names: dict[str, str] = _kept()["names"]
    return country_names


def has_place(code: str) -> bool:
    """Tell whether a country has a shape or a place on the map."""
    return code in _kept()["shapes"] or code in _kept()["places"]


@functools.cache
def _arcs(least: float) -> list[list[GridPoint]]:
    arcs = []
    for written in _kept()["arcs"]:
        numbers = [int(number) for number in written.split(",")]
        x = y = 0
        line = []
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            line.append((x, y))
        arcs.append(thinned(line, least) if least else line)
    return arcs


@dataclass(frozen=True)
class WorldMap:
    """The world drawn ``width`` pixels wide, with fewer points where it is ``coarse``."""

    width: float
    coarse: bool = False

    @property
    def height(self) -> float:
        """Return how high the drawing is."""
        return self._pixels(0, self._reach()[1])[1] + MARGIN

    def rings(self, code: str) -> list[Ring]:
        """Return the outlines of a country, largest first; none if it is too small to have one."""
        return [self._ring(numbers) for numbers in self._numbers(code)]

    def place(self, code: str) -> Point:
        """Return the middle of the largest piece of a country, within the drawing."""
        rings = WorldMap(self.width).rings(code)
        x, y = _middle(rings[0]) if rings else self._pixels(*_kept()["places"][code])
        return min(max(x, MARGIN), self.width - MARGIN), min(max(y, MARGIN), self.height - MARGIN)

    def land(self) -> list[Ring]:
        """Return the coasts, and the shores of inland seas the other way round."""
        rings = [self._ring(numbers) for numbers in self._coasts()]
        return [ring for ring in rings if len(ring) > 2 and area(ring) >= SPECK]

    def topology(self, codes: Sequence[str]) -> dict[str, Any]:
        """Return outlines as TopoJSON: features ``land``, other ``borders``, and each of ``codes``.

        Places are pixels of the drawing once its ``transform`` is applied.
        """
        seen = [ring for ring in self._coasts() if area(self._ring(ring)) >= SPECK]
        shapes = {code: self._numbers(code) for code in codes}
        drawn = {
            max(n, ~n) for code in codes for ring in _kept()["shapes"].get(code, []) for n in ring
        }
        inner = [n for n in self._used(once=False) if n >= 0 and n not in drawn]
        borders = [] if self.coarse else [[number] for number in inner]
        used = {n for ring in [*seen, *borders, *itertools.chain(*shapes.values())] for n in ring}
        order = {old: new for new, old in enumerate(sorted({max(n, ~n) for n in used}))}

        def renamed(rings: list[list[int]]) -> list[list[int]]:
            return [[order[n] if n >= 0 else ~order[~n] for n in ring] for ring in rings]

        scale = self.width / (RIGHT - LEFT)
        shapes = {"land": seen, "borders": borders, **shapes}
        features = [
            {"type": "MultiLineString", "id": name, "arcs": renamed(rings)}
            if name == "borders"
            else {"type": "MultiPolygon", "id": name, "arcs": [[ring] for ring in renamed(rings)]}
            for name, rings in shapes.items()
            if rings
        ]
        return {
            "type": "Topology",
            "transform": {
                "scale": [scale, scale],
                "translate": [-LEFT * scale, MARGIN - self._reach()[0] * scale],
            },
            "objects": {"outlines": {"type": "GeometryCollection", "geometries": features}},
            "arcs": [_steps(self._line(old)) for old in order],
        }

    def _numbers(self, code: str) -> list[list[int]]:
        """Return the outlines of a country as numbers of arcs, largest first, without specks."""
        sized = [(area(self._ring(ring)), ring) for ring in _kept()["shapes"].get(code, [])]
        sized = [pair for pair in sized if len(self._ring(pair[1])) > 2]
        ordered = sorted(sized, key=lambda pair: pair[0], reverse=True)
        return [ring for at, (size, ring) in enumerate(ordered) if not at or size >= SPECK]

    def _coasts(self) -> list[list[int]]:
        """Return rings of the arcs that one country has alone."""
        following: dict[GridPoint, list[int]] = {}
        for number in self._used(once=True):
            following.setdefault(self._line(number)[0], []).append(number)
        rings = []
        while following:
            start = here = next(iter(following))
            ring: list[int] = []
            while here in following:
                ring.append(following[here].pop())
                if not following[here]:
                    del following[here]
                here = self._line(ring[-1])[-1]
                if here == start:
                    break
            rings.append(ring)
        return rings

    def _used(self, *, once: bool) -> list[int]:
        """Return the numbers of the arcs that one country has, or two, as countries run them."""
        shapes = _kept()["shapes"].values()
        numbers = [number for rings in shapes for ring in rings for number in ring]
        often = Counter(max(number, ~number) for number in numbers)
        return [number for number in numbers if (often[max(number, ~number)] == 1) == once]

    def _line(self, number: int) -> list[tuple[int, int]]:
        arcs = _arcs(NARROW_LEAST if self.coarse else 0)
        return arcs[number] if number >= 0 else arcs[~number][::-1]

    def _ring(self, numbers: list[int]) -> Ring:
        points = [point for number in numbers for point in self._line(number)[:-1]]
        return [self._pixels(*point) for point in points]

    def _reach(self) -> tuple[int, int]:
        return _reach()

    def _pixels(self, x: float, y: float) -> Point:
        scale = self.width / (RIGHT - LEFT)
        return round((x - LEFT) * scale, 1), round((y - self._reach()[0]) * scale + MARGIN, 1)


@functools.cache
def _reach() -> tuple[int, int]:
    """Return how far north and south the land goes, in steps of the grid."""
    heights = [y for arc in _arcs(0) for _, y in arc]
    return min(heights), max(heights)


def area(ring: Ring) -> float:
    """Return the area of a ring in square pixels."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x * b - a * y for (x, y), (a, b) in pairs)) / 2


def _middle(ring: Ring) -> Point:
    twice = across = down = 0.0
    for (x, y), (a, b) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x * b - a * y
        twice, across, down = twice + cross, across + (x + a) * cross, down + (y + b) * cross
    return (across / 3 / twice, down / 3 / twice) if twice else ring[0]


def _steps(line: list[GridPoint]) -> list[list[int]]:
    """Return the first point of a line and the step to each of the others."""
    pairs = zip([(0, 0), *line], line, strict=False)
    return [[x - a, y - b] for (a, b), (x, y) in pairs]


def thinned(line: list[GridPoint], least: float) -> list[GridPoint]:
    """Return ``line`` without the points that add less than ``least`` of area to it.

    The point whose triangle with its neighbours is smallest goes first (Visvalingam and Whyatt
    1993). The ends stay; of a line that ends where it began, two more points stay.
    """
    left = list(dict.fromkeys(line)) if line[0] != line[-1] else [*dict.fromkeys(line), line[-1]]
    fewest = 4 if left[0] == left[-1] else 2
    areas = [_triangle(*left[at - 1 : at + 2]) for at in range(1, len(left) - 1)]
    while len(left) > fewest and areas and min(areas) < least:
        at = areas.index(min(areas))
        del left[at + 1], areas[at]
        for beside in (at - 1, at):
            if 0 <= beside < len(areas):
                areas[beside] = _triangle(*left[beside : beside + 3])
    return left


def _triangle(first: GridPoint, second: GridPoint, third: GridPoint) -> float:
    (a, b), (c, d), (e, f) = first, second, third
    return abs((c - a) * (f - b) - (e - a) * (d - b)) / 2


def circle(x: float, y: float, radius: float) -> str:
    """Return a circle as a path of two halves."""
    half = f"A{radius:g},{radius:g},0,1,1,"
    return f"M{x - radius:.1f},{y:.1f}{half}{x + radius:.1f},{y:.1f}{half}{x - radius:.1f},{y:.1f}Z"
