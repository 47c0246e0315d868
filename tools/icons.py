"""Write templates/static/apple-touch-icon.png anew, from favicon.svg.

    python -m tools.icons

Telephones round the corners of an icon themselves, so its ground goes to the edges.
"""

from __future__ import annotations

from pathlib import Path

import vl_convert

from evidence.figures.png import smaller_png

STATIC = Path(__file__).parents[1] / "templates" / "static"
SIDE, DRAWN = 180, 32  # pixels of the picture, and of the drawing


def touch_icon(drawing: str) -> bytes:
    """Return the icon as a picture of 180 by 180 pixels."""
    square = drawing.replace(' rx="3"', "")
    sized = square.replace("<svg ", f'<svg width="{DRAWN}" height="{DRAWN}" ', 1)
    return smaller_png(vl_convert.svg_to_png(sized, scale=SIDE / DRAWN), coarse=True)


if __name__ == "__main__":
    icon = touch_icon((STATIC / "favicon.svg").read_text("utf-8"))
    (STATIC / "apple-touch-icon.png").write_bytes(icon)
