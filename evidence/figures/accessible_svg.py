"""What is heard of a drawing: its name, what it shows, and its items in reading order.

Words and marks of a drawing stand in the order in which they are painted, and many only repeat
one another. So they are hidden from those who listen, and a list follows that says each item once;
an item of the list lies over its marks, so that it can be pointed at: in the box around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from evidence.figures.measures import text_width
from evidence.numbers.results import FigureResult

SVG = "{http://www.w3.org/2000/svg}"
LABEL = "aria-label"
MOVED = re.compile(r"translate\((-?[\d.]+)(?:[, ]+(-?[\d.]+))?\)")
LEAST = 6  # pixels: what is smaller is hard to point at
COMMAND = re.compile(r"([MLHVCSQTAZmlhvcsqtaz])([^A-Za-z]*)")
NUMBER = re.compile(r"-?\d*\.?\d+")
SIZES = {"M": 2, "L": 2, "T": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "A": 7, "Z": 0}
Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels
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


def box_of(element: etree._Element) -> Box | None:
    """Return the box around an element before its ``transform``; None if it has no extent."""
    name = etree.QName(element).localname
    if name == "line":
        x, y, x2, y2 = _numbers(element, "x1", "y1", "x2", "y2")
        return around([(x, y), (x2, y2)])
    if name == "rect":
        x, y, width, height = _numbers(element, "x", "y", "width", "height")
        return around([(x, y), (x + width, y + height)])
    if name == "text":
        return _box_of_words(element)
    return around(path_points(str(element.attrib.get("d", ""))))


def _box_of_words(element: etree._Element) -> Box:
    x, y = _numbers(element, "x", "y")
    size = float(str(element.attrib.get("font-size", "14")).removesuffix("px"))
    bold = element.attrib.get("font-weight") == "bold"
    wide = text_width(element.text or "", size, bold=bold)
    left = x - wide * {"middle": 0.5, "end": 1}.get(str(element.attrib.get("text-anchor")), 0)
    return left, y - 0.8 * size, left + wide, y + 0.2 * size


def around(points: Iterable[Point]) -> Box | None:
    """Return the smallest box with all ``points``; None if there are none."""
    across, down = zip(*points, strict=True) if (points := list(points)) else ((), ())
    return (min(across), min(down), max(across), max(down)) if across else None


def path_points(path: str) -> Iterator[Point]:
    """Yield points with a path between them: its own, and those its curves are drawn towards.

    An arc is taken for half of an ellipse, which the circles of Vega are made of.
    """
    here = start = (0.0, 0.0)
    for letter, written in COMMAND.findall(path):
        numbers = [float(number) for number in NUMBER.findall(written)]
        size = SIZES[letter.upper()]
        if not size:
            here = start
        for first in range(0, len(numbers), size or 1):
            points = _points(letter, numbers[first : first + size], here)
            yield from points
            here = points[-1]
            if letter in "Mm" and not first:
                start = here


def _points(letter: str, numbers: list[float], here: Point) -> list[Point]:
    """Return the points of one step; the last is where it ends."""
    x, y = here if letter.islower() else (0.0, 0.0)
    kind = letter.upper()
    if kind == "H":
        return [(x + numbers[0], here[1])]
    if kind == "V":
        return [(here[0], y + numbers[0])]
    if kind == "A":
        end = (x + numbers[5], y + numbers[6])
        middle, reach = ((here[0] + end[0]) / 2, (here[1] + end[1]) / 2), (numbers[0], numbers[1])
        return [*(_moved(middle, reach, sign) for sign in (-1, 1)), end]
    return [
        (x + across, y + down) for across, down in zip(numbers[::2], numbers[1::2], strict=True)
    ]


def _moved(point: Point, by: Point, sign: int) -> Point:
    return point[0] + sign * by[0], point[1] + sign * by[1]


def _numbers(element: etree._Element, *names: str) -> list[float]:
    return [float(str(element.attrib.get(name, "0"))) for name in names]
