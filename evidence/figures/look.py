"""How words are set and marks are drawn, whatever they say, and the colours of all figures.

The colours are known by their roles. The page's style sheet gives each its dark value too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evidence.figures.measures import AxisScale

Align = Literal["left", "center", "right"]
Shape = Literal["circle", "square", "diamond"]
TEXT_SIZE = 14
SMALL_SIZE = 13
LIGHT = {
    "series-1": "#1F5FA8",
    "series-2": "#B9481A",
    "series-3": "#1E7F5C",
    "series-4": "#7E4A94",
    "series-5": "#8A6100",
    "series-6": "#5E6773",
    "step-1": "#D3E3E5",
    "step-2": "#A6C7CB",
    "step-3": "#74A8AE",
    "step-4": "#36767F",
    "step-5": "#1D5962",
    "step-6": "#08373E",
    "supported": "#1B6E43",
    "caveat": "#7F5300",
    "contradicted": "#A62B1F",
    "figure-ink": "#1B1D21",
    "figure-muted": "#565B64",
    "figure-rule": "#D9D6CE",
    "paper": "#FBFAF7",
}
ROLES = {colour.upper(): role for role, colour in LIGHT.items()}


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


def themed(colour: str) -> str:
    """Return a colour of the palette as a custom property with its light value to fall back on."""
    role = ROLES.get(colour.upper())
    return f"var(--{role},{colour})" if role else colour
