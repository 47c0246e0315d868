"""What lies where on a map: land below boxes, boxes and lines that meet."""

from __future__ import annotations

import itertools
import math

from evidence.figures.world import Point, Ring

APART = 3.0
NEAR = 6.0
Box = tuple[float, float, float, float]
Line = tuple[Point, Point]


class Ground:
    """How much land lies below a label: points a few pixels apart, summed from the corner on.

    With the sums, what lies in a box is known from its four corners, however many points it has.
    """

    def __init__(self, width: float, height: float) -> None:
        """Start with water everywhere."""
        self._rows = [[0] * (int(width / APART) + 2) for _ in range(int(height / APART) + 2)]

    def add(self, rings: list[Ring], weight: int) -> None:
        """Add the points between every other coast of ``rings``, row by row."""
        for row, crossed in enumerate(_crossings(rings, len(self._rows))):
            for start, end in zip(crossed[::2], crossed[1::2], strict=True):
                first = max(math.ceil(start / APART), 0)
                last = min(math.floor(end / APART), len(self._rows[row]) - 2)
                for column in range(first, last + 1):
                    self._rows[row][column + 1] += weight

    def summed(self) -> Ground:
        """Return the same with its sums; nothing can be added to it."""
        done = Ground(0, 0)
        done._rows = [[0] * len(self._rows[0])]
        for row in self._rows:
            across = itertools.accumulate(row)
            done._rows.append([a + b for a, b in zip(done._rows[-1], across, strict=True)])
        return done

    def inside(self, box: Box) -> int:
        """Return the weight of the points in ``box``, once this is summed."""
        most = len(self._rows) - 1, len(self._rows[0]) - 1
        left, right = (min(max(at, 0), most[1]) for at in _between(box[0], box[2]))
        top, bottom = (min(max(at, 0), most[0]) for at in _between(box[1], box[3]))
        above, below = self._rows[top], self._rows[bottom]
        return below[right] - below[left] - above[right] + above[left]


def _between(low: float, high: float) -> tuple[int, int]:
    return math.ceil(low / APART), math.floor(high / APART) + 1


def _crossings(rings: list[Ring], rows: int) -> list[list[float]]:
    """Return for each row of points where it crosses a coast, from left to right."""
    crossings: list[list[float]] = [[] for _ in range(rows)]
    for ring in rings:
        for (a, b), (c, d) in zip(ring, ring[1:] + ring[:1], strict=True):
            low, high = (b, d) if b < d else (d, b)
            for row in range(
                max(math.floor(low / APART) + 1, 1), min(int(high / APART), rows - 1) + 1
            ):
                crossings[row].append(a + (row * APART - b) / (d - b) * (c - a))
    return [sorted(of_row) for of_row in crossings]


def overlap(box: Box, other: Box) -> bool:
    """Tell whether two boxes have a part in common."""
    across = box[0] < other[2] and other[0] < box[2]
    return across and box[1] < other[3] and other[1] < box[3]


def through(leader: Line, box: Box) -> bool:
    """Tell whether a line meets a box: part of it lies between all four sides."""
    (x, y), (a, b) = leader
    first, last = 0.0, 1.0
    for start, step, low, high in ((x, a - x, box[0], box[2]), (y, b - y, box[1], box[3])):
        if step == 0:
            if not low <= start <= high:
                return False
            continue
        enters, leaves = sorted(((low - start) / step, (high - start) / step))
        first, last = max(first, enters), min(last, leaves)
    return first <= last


def crossing(line: Line, other: Line) -> bool:
    """Tell whether two lines cross: the ends of each lie on both sides of the other."""
    return all(
        _side(first, start) * _side(first, end) < 0
        for first, (start, end) in ((line, other), (other, line))
    )


def _side(line: Line, point: Point) -> float:
    (x, y), (a, b) = line
    return (a - x) * (point[1] - y) - (b - y) * (point[0] - x)


def near(leader: Line, place: Point) -> bool:
    """Tell whether a place is near a line: its distance from the nearest point of it."""
    (x, y), (a, b) = leader
    length = (a - x) ** 2 + (b - y) ** 2
    along = ((place[0] - x) * (a - x) + (place[1] - y) * (b - y)) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.dist((x + along * (a - x), y + along * (b - y)), place) < NEAR
