from __future__ import annotations

import re

from evidence.figures.svg import LONG, shortened

ZIGZAG = "M10.3,20.1" + "".join(
    f"L{10.3 + 3.3 * n:.1f},{20.1 + n % 2 * 7.7:.1f}" for n in range(1, 40)
)


def corners(path: str) -> list[tuple[int, int]]:
    """Return the corners of a path of steps in tenths of a pixel."""
    found, here = [], (0, 0)
    for letter, numbers in re.findall(r"([MlZ])([^MlZ]*)", path):
        tenths = [round(10 * float(each)) for each in re.findall(r"-?[\d.]+", numbers)]
        for x, y in zip(tenths[::2], tenths[1::2], strict=True):
            here = (x, y) if letter == "M" else (here[0] + x, here[1] + y)
            found.append(here)
    return found


def test_a_long_path_is_shorter_as_steps_and_ends_at_the_same_places() -> None:
    short = shortened(ZIGZAG)
    assert len(short) < 0.8 * len(ZIGZAG)
    assert corners(short) == corners(ZIGZAG.replace("L", "M"))


def test_steps_begin_anew_after_an_end() -> None:
    path = f"{ZIGZAG}ZM5,5L9,9L11,9Z"
    assert shortened(path).endswith("ZM5,5l4,4,2,0Z")


def test_curves_are_written_as_steps_from_the_same_point() -> None:
    curve = "M100,10" + "C130,10,130,80,160,80C190,80,200,20,210,20" * 2
    assert len(curve) < LONG or shortened(curve).startswith("M100,10c30,0,30,70,60,70,30,0,40-60,")


def test_short_paths_and_other_commands_stay_as_they_are() -> None:
    for path in ("M1,2L3,4Z", "M0,0h3v4" * 30, "M0,0A5,5,0,0,1,10,10" * 10):
        assert shortened(path) == path
