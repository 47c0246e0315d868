"""Lines with fewer points that look alike."""

from __future__ import annotations

Point = tuple[int, int]


def thinned(line: list[Point], least: float) -> list[Point]:
    """Return ``line`` without the points that add less than ``least`` of area to it.

    The point whose triangle with its neighbours is smallest goes first (Visvalingam and Whyatt
    1993). The ends stay; of a line that ends where it began, two more points stay.
    """
    left = list(dict.fromkeys(line)) if line[0] != line[-1] else [*dict.fromkeys(line), line[-1]]
    fewest = 4 if left[0] == left[-1] else 2
    areas = [_area(*left[at - 1 : at + 2]) for at in range(1, len(left) - 1)]
    while len(left) > fewest and areas and min(areas) < least:
        at = areas.index(min(areas))
        del left[at + 1], areas[at]
        for beside in (at - 1, at):
            if 0 <= beside < len(areas):
                areas[beside] = _area(*left[beside : beside + 3])
    return left


def _area(first: Point, second: Point, third: Point) -> float:
    (a, b), (c, d), (e, f) = first, second, third
    return abs((c - a) * (f - b) - (e - a) * (d - b)) / 2
