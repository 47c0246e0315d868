"""Paths of SVG written short: steps from point to point instead of places."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONG = 100
COMMAND = re.compile(r"([MLCZ])([^A-Za-z]*)")
ABSOLUTE = re.compile(r"[MLCZ\d.,eE\s-]+")
NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
Point = tuple[int, int]


def shortened(path: str) -> str:
    """Return a long path of straight lines and curves in tenths of a pixel, written as steps.

    Places are rounded before they become steps, so that errors do not add up. Points that fall
    on the one before are left out. Short paths, and those with other commands, stay as they are.
    """
    if len(path) < LONG or not ABSOLUTE.fullmatch(path):
        return path
    written: list[str] = []
    here, start, last = (0, 0), (0, 0), ""
    for letter, points in _commands(path):
        if letter == "L" and points[-1] == here:
            continue
        if letter == "Z":
            written.append("Z")
            here = start
        elif letter == "M":
            written.append(_joined(["M", *_coordinates(points, (0, 0))]))
            here = start = points[-1]
        else:
            steps = _coordinates(points, here)
            written.append(_joined([letter.lower() if letter != last else "", *steps]))
            here = points[-1]
        last = letter
    return "".join(written)


def _commands(path: str) -> Iterator[tuple[str, list[Point]]]:
    """Yield each command with its points in tenths of a pixel."""
    size = {"M": 1, "L": 1, "C": 3, "Z": 0}
    for letter, numbers in COMMAND.findall(path):
        tenths = [round(10 * float(number)) for number in NUMBER.findall(numbers)]
        points = list(zip(tenths[::2], tenths[1::2], strict=True))
        if not points:
            yield letter, []
        for first in range(0, len(points), size[letter] or 1):
            yield letter, points[first : first + size[letter]]


def _coordinates(points: list[Point], origin: Point) -> list[str]:
    return [
        f"{(place - from_) / 10:g}"
        for point in points
        for place, from_ in zip(point, origin, strict=True)
    ]


def _joined(parts: list[str]) -> str:
    """Join a letter and numbers; a minus parts numbers as well as a comma does."""
    letter, *numbers = parts
    words = letter
    for position, number in enumerate(numbers):
        needs = (position or not letter) and not number.startswith("-")
        words += f"{',' if needs else ''}{number}"
    return words
