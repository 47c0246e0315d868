"""Which words of a drawing leave its edges."""

from __future__ import annotations

import math
import re

from lxml import etree

from evidence.figures.measures import text_width
from tests.figures.declaring import SVG

MOVED = re.compile(r"translate\(([-\d.]+),([-\d.]+)\)")
TURNED = re.compile(r"rotate\(([-\d.]+)\)")


def outside(svg: str) -> list[str]:
    """Return the texts that begin left of the drawing, end right of it, or stand above or below."""
    root = etree.fromstring(svg.encode())
    _, _, width, height = (float(part) for part in root.attrib["viewBox"].split())
    found = []
    for text in root.iter(f"{SVG}text"):
        moved = str(text.attrib.get("transform", ""))
        x = float(text.attrib.get("x", 0)) + sum(float(part) for part, _ in MOVED.findall(moved))
        y = float(text.attrib.get("y", 0)) + sum(float(part) for _, part in MOVED.findall(moved))
        turned = TURNED.search(moved)
        angle = math.radians(float(turned[1]) if turned else 0)
        size = float(text.attrib["font-size"].removesuffix("px"))
        wide = text_width(text.text or "", size, bold=text.attrib.get("font-weight") == "bold")
        shift = {"middle": 0.5, "end": 1.0}.get(text.attrib.get("text-anchor", ""), 0.0)
        for along in (-shift * wide, (1 - shift) * wide):
            across, down = x + along * math.cos(angle), y + along * math.sin(angle)
            if not -1 <= across <= width + 1 or not 0 < down < height:
                found.append(text.text or "")
                break
    return found
