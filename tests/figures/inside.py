"""Which words of a drawing leave its edges."""

from __future__ import annotations

from lxml import etree

from evidence.figures.measures import text_width
from tests.figures.declaring import SVG


def outside(svg: str) -> list[str]:
    """Return the texts that begin left of the drawing, end right of it, or stand below it."""
    root = etree.fromstring(svg.encode())
    _, _, width, height = (float(part) for part in root.attrib["viewBox"].split())
    found = []
    for text in root.iter(f"{SVG}text"):
        size = float(text.attrib["font-size"].removesuffix("px"))
        wide = text_width(text.text or "", size, bold=text.attrib.get("font-weight") == "bold")
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        shift = {"middle": 0.5, "end": 1.0}.get(text.attrib.get("text-anchor", ""), 0.0)
        if x - shift * wide < -1 or x + (1 - shift) * wide > width + 1 or not 0 < y < height:
            found.append(text.text or "")
    return found
