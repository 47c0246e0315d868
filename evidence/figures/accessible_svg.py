"""What is heard of a drawing: its name, what it shows, and its items in reading order.

Words and marks of a drawing stand in the order in which they are painted, and many only repeat
one another. So they are hidden from those who listen, and a list follows that says each item once;
an item of the list lies over its marks, so that it can be pointed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from evidence.figures.extent import Box, around, box_of
from evidence.numbers.results import FigureResult

SVG = "{http://www.w3.org/2000/svg}"
LABEL = "aria-label"
MOVED = re.compile(r"translate\((-?[\d.]+)(?:[, ]+(-?[\d.]+))?\)")
LEAST = 6  # pixels: what is smaller is hard to point at
UNDRAWN: Box = (0, 0, LEAST, LEAST)


def make_heard(root: etree._Element, result: FigureResult) -> None:
    """Name the drawing, hide what is painted, and add the list of items.

    The marks of ``root`` carry the sentences of their items as labels, and lose them here.
    """
    boxes = _boxes(root)
    painted = etree.Element(f"{SVG}g", {"aria-hidden": "true"})
    painted.extend(list(root))
    root.set("role", "group")
    root.set(LABEL, result.title)
    described = description(result)
    if described:
        etree.SubElement(root, f"{SVG}desc").text = described
    root.append(painted)
    spoken = etree.SubElement(root, f"{SVG}g", {"role": "list"})
    for item in result.items:
        said = etree.SubElement(spoken, f"{SVG}g", {"role": "listitem"})
        place = {"role": "img", LABEL: item.sentence, "d": _path(boxes.get(item.sentence, UNDRAWN))}
        etree.SubElement(said, f"{SVG}path", place)


def description(result: FigureResult) -> str:
    """Return the alternative text without what the list of items and the name say."""
    told = result.alternative.removeprefix(f"{result.title.rstrip('.')}. ")
    sentences = [f"{item.sentence}." for item in result.items]
    if all(sentence in told for sentence in sentences):
        for sentence in sentences:
            told = told.replace(sentence, "", 1)
    return " ".join(told.split())


def _boxes(root: etree._Element) -> dict[str, Box]:
    """Return the box around all marks of each sentence, and take the labels away."""
    corners: dict[str, list[tuple[float, float]]] = {}
    for element, right, down in _placed(root, 0, 0):
        sentence = element.attrib.pop(LABEL, None)
        box = box_of(element) if sentence is not None else None
        if sentence is not None and box is not None:
            left, top, end, bottom = box
            corners.setdefault(str(sentence), []).extend(
                [(left + right, top + down), (end + right, bottom + down)]
            )
    return {name: box for name, points in corners.items() if (box := around(points))}


def _placed(
    element: etree._Element, right: float, down: float
) -> Iterator[tuple[etree._Element, float, float]]:
    """Yield all that is in ``element``, each with how far it is moved."""
    for child in element.iterchildren(etree.Element):
        moved = MOVED.match(str(child.attrib.get("transform", "")))
        x = right + (float(moved[1]) if moved else 0)
        y = down + (float(moved[2] or 0) if moved else 0)
        yield child, x, y
        yield from _placed(child, x, y)


def _path(box: Box) -> str:
    """Return the box as a path, large enough to be pointed at, in whole pixels."""
    left, top, right, bottom = box
    wide, high = max(right - left, LEAST), max(bottom - top, LEAST)
    x, y = (left + right - wide) / 2, (top + bottom - high) / 2
    return f"M{round(x)},{round(y)}h{round(wide)}v{round(high)}h{-round(wide)}z"
