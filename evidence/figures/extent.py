"""How far an element of an SVG reaches: the box around a line, a rectangle or a path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

COMMAND = re.compile(r"([MLHVCSQTAZmlhvcsqtaz])([^A-Za-z]*)")
NUMBER = re.compile(r"-?\d*\.?\d+")
SIZES = {"M": 2, "L": 2, "T": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7, "Z": 0}
Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels


def box_of(element: etree._Element) -> Box | None:
    """Return the box around an element before its ``transform``; None if it has no extent."""
    name = etree.QName(element).localname
    if name == "line":
        x, y, x2, y2 = _numbers(element, "x1", "y1", "x2", "y2")
        return around([(x, y), (x2, y2)])
    if name == "rect":
        x, y, width, height = _numbers(element, "x", "y", "width", "height")
        return around([(x, y), (x + width, y + height)])
    return around(path_points(str(element.attrib.get("d", ""))))


def around(points: Iterable[Point]) -> Box | None:
    """Return the smallest box with all ``points``; None if there are none."""
    across, down = zip(*points, strict=True) if (points := list(points)) else ((), ())
    return (min(across), min(down), max(across), max(down)) if across else None


def path_points(path: str) -> Iterator[Point]:
    """Yield points with a path between them: its own, and those its curves are drawn towards.

    An arc is taken for half of an ellipse, which the circles of Vega are made of.
    """
    here = start = (0.0, 0.0)
    for letter, written in COMMAND.findall(path):
        numbers = [float(number) for number in NUMBER.findall(written)]
        size = SIZES[letter.upper()]
        if not size:
            here = start
        for first in range(0, len(numbers), size or 1):
            points = _points(letter, numbers[first : first + size], here)
            yield from points
            here = points[-1]
            if letter in "Mm" and not first:
                start = here


def _points(letter: str, numbers: list[float], here: Point) -> list[Point]:
    """Return the points of one step; the last is where it ends."""
    x, y = here if letter.islower() else (0.0, 0.0)
    kind = letter.upper()
    if kind == "H":
        return [(x + numbers[0], here[1])]
    if kind == "V":
        return [(here[0], y + numbers[0])]
    if kind == "A":
        end = (x + numbers[5], y + numbers[6])
        middle, reach = ((here[0] + end[0]) / 2, (here[1] + end[1]) / 2), (numbers[0], numbers[1])
        return [*(_moved(middle, reach, sign) for sign in (-1, 1)), end]
    return [
        (x + across, y + down) for across, down in zip(numbers[::2], numbers[1::2], strict=True)
    ]


def _moved(point: Point, by: Point, sign: int) -> Point:
    return point[0] + sign * by[0], point[1] + sign * by[1]


def _numbers(element: etree._Element, *names: str) -> list[float]:
    return [float(str(element.attrib.get(name, "0"))) for name in names]
