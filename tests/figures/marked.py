"""Where the marks of a drawing lie, by what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree

from evidence.figures import KINDS
from evidence.figures.accessible_svg import LABEL, around, box_of
from evidence.figures.rendering import _bring_fonts, _svg
from evidence.figures.svg import _cleaned
from evidence.numbers.results import FigureResult


@dataclass(frozen=True)
class Mark:
    """One mark: its sentence, the box around it in pixels, and how it is painted."""

    sentence: str
    left: float
    top: float
    right: float
    bottom: float
    paint: dict[str, str]

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return how high it is."""
        return self.bottom - self.top


def marks_of(result: FigureResult, width: int) -> list[Mark]:
    """Return the marks that say an item of ``result``, in the order in which they are painted."""
    root = _drawn(result, width)
    return [
        _mark(element)
        for element in root.iter(etree.Element)
        if LABEL in element.attrib and box_of(element) is not None
    ]


def hatching_of(result: FigureResult, width: int) -> int:
    """Return how many slanted lines are drawn."""
    lines = _drawn(result, width).iter("{http://www.w3.org/2000/svg}line")
    return sum(bool(float(line.get("x2", "0")) - float(line.get("x1", "0")))
               and bool(float(line.get("y2", "0")) - float(line.get("y1", "0")))
               for line in lines)  # fmt: skip


def _drawn(result: FigureResult, width: int) -> etree._Element:
    _bring_fonts()
    specification: dict[str, Any] = KINDS[result.kind].chart(result, width)
    return _cleaned(_svg(specification), {item.sentence for item in result.items})


def _mark(element: etree._Element) -> Mark:
    box = box_of(element)
    assert box is not None
    moved = str(element.attrib.get("transform", "translate(0,0)"))
    x, y = (float(part) for part in moved[10:].partition(")")[0].split(","))
    corners = around([(box[0] + x, box[1] + y), (box[2] + x, box[3] + y)])
    assert corners is not None
    return Mark(str(element.attrib[LABEL]), *corners, {str(k): str(v) for k, v in element.items()})
