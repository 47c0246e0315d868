"""The sizes and colours of all figures.

The colours are known by their roles. The page's style sheet gives each its dark value too.
"""

from __future__ import annotations

from typing import Literal

Align = Literal["left", "center", "right"]
WIDE, NARROW = 680, 340
LINE = 17
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


def themed(colour: str) -> str:
    """Return a colour of the palette as a custom property with its light value to fall back on."""
    role = ROLES.get(colour.upper())
    return f"var(--{role},{colour})" if role else colour


def is_narrow(width: int) -> bool:
    """Tell whether a drawing is for a phone, where labels stand above their marks."""
    return width < 500
