"""How words are set and marks are drawn, whatever they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evidence.figures.scale import AxisScale

Align = Literal["left", "center", "right"]
Shape = Literal["circle", "square", "diamond"]

TEXT_SIZE = 14
SMALL_SIZE = 13


@dataclass(frozen=True)
class Lettering:
    """How words are set."""

    align: Align = "left"
    bold: bool = False
    colour: str = "figure-ink"
    size: int = TEXT_SIZE


PLAIN = Lettering()


@dataclass(frozen=True)
class Look:
    """How a mark is drawn: ``mark`` is the name that Vega-Lite has for it, or a path of one's own.

    A path is filled with ``colour`` and drawn around with ``outline``; either may be empty. A bar
    may have an ``outline`` too.
    """

    mark: Literal["rule", "point", "bar", "path"]
    colour: str = "figure-ink"
    width: float = 1
    dash: tuple[int, ...] = ()
    shape: Shape = "circle"
    hollow: bool = False
    opacity: float = 1
    outline: str = ""


Layer = tuple[
    Lettering | Look, AxisScale | None, AxisScale | None, bool
]  # and whether it has sentences
