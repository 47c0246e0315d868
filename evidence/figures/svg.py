"""From the SVG that Vega writes to the one that stands in a page, and its outlines shortened."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from lxml import etree

from evidence.figures.accessible_svg import LABEL, make_heard
from evidence.figures.fonts import FAMILY
from evidence.figures.look import NARROW, WIDE, themed
from evidence.numbers.results import FigureResult

SVG = "http://www.w3.org/2000/svg"
FONTS = "Arial, Helvetica, 'Liberation Sans', sans-serif"
FRACTION = re.compile(r"-?(?:(?<!\d)\d++)?\.\d+(?:e-?\d+)?")
MOVED = re.compile(r"translate\((-?[\d.e-]+)[, ]+(-?[\d.e-]+)\)$")
NAMED = re.compile(r"url\(#([^()]+)\)")
PLACED = {"line": (("x1", "y1"), ("x2", "y2")), "text": (("x", "y"),), "rect": (("x", "y"),)}
SPOKEN = re.compile(r"aria-(?!label$).*|role|class|pointer-events")
USUAL = {
    "opacity": "1",
    "fill-opacity": "1",
    "stroke-width": "1",
    "font-weight": "normal",
    "font-family": FAMILY,
    "text-anchor": "start",
}
LONG = 100
SLACK = 2  # pixels
COMMAND = re.compile(r"([MLCZ])([^A-Za-z]*)")
ABSOLUTE = re.compile(r"[MLCZ\d.,eE\s-]+")
NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
Point = tuple[int, int]


def inline_svg(drawn: str, result: FigureResult, variant: str) -> str:
    """Return ``drawn`` as it stands in a page: a group with a name and a list of what it shows.

    Colours of the palette become custom properties, so that the page's style sheet themes them.
    """
    root = _cleaned(drawn, {item.sentence for item in result.items})
    make_heard(root, result)
    for element in root.iter(etree.Element):
        for name in ("fill", "stroke"):
            if name in element.attrib:
                element.set(name, themed(element.attrib[name]))
    _rename_ids(root, variant)
    root.set("class", f"figure-{variant}")
    return etree.tostring(root, encoding="unicode")


def plain_drawing(drawn: str) -> etree._Element:
    """Return ``drawn`` cleaned, in its own light colours, to stand in a file of its own."""
    root = _cleaned(drawn, set())
    _rename_ids(root, "file")
    return root


def _cleaned(drawn: str, sentences: set[str]) -> etree._Element:
    """Return a new root with the visible elements only, at absolute positions.

    Marks keep their label when it is one of ``sentences``.
    """
    old = etree.fromstring(drawn.encode(), etree.XMLParser(resolve_entities=False))
    root = etree.Element(f"{{{SVG}}}svg", {"viewBox": _box(old)}, {None: SVG})
    root.set("font-family", FONTS)
    root.set("fill", "none")
    for element in old.iter(etree.Element):
        if element.attrib.get(LABEL) not in sentences:
            element.attrib.pop(LABEL, None)
    paper = old.find(f"{{{SVG}}}rect")
    if paper is not None:
        old.remove(paper)  # the page or the file has its own
    root.extend(list(_flat(old, 0, 0)))
    return root


def _box(drawn: etree._Element) -> str:
    """Return the room of a drawing: as wide as it was asked to be, whatever Vega rounds up."""
    *start, width, height = str(drawn.attrib["viewBox"]).split()
    asked = next((asked for asked in (WIDE, NARROW) if abs(float(width) - asked) <= SLACK), width)
    return " ".join([*start, f"{asked}", height])


def _flat(group: etree._Element, right: float, down: float) -> Iterator[etree._Element]:
    """Yield what is visible in ``group``, moved; groups that only hold others are dissolved."""
    for child in group.iterchildren(etree.Element):
        name = etree.QName(child).localname
        moved = MOVED.match(child.attrib.get("transform", ""))
        x, y = right, down
        if moved:
            x, y = right + float(moved[1]), down + float(moved[2])
            del child.attrib["transform"]
        if name == "g" and not {"clip-path", "opacity", "transform"} & set(child.attrib):
            yield from _flat(child, x, y)
        elif name == "g":
            yield _kept_group(child, x, y)
        elif name == "defs":
            yield child
        elif name == "text" and len(child):
            yield from _lines_of(child, x, y)
        elif _visible(child, name):
            _place(child, name, x, y)
            yield _trimmed(child, name)


def _lines_of(text: etree._Element, x: float, y: float) -> Iterator[etree._Element]:
    """Yield each line of a text as a text of its own."""
    for part in text.iterchildren(etree.Element):
        y += float(part.attrib.get("dy", "0"))
        line = etree.Element(text.tag, dict(text.attrib))
        line.text = part.text
        if line.text:
            _place(line, "text", x, y)
            yield _trimmed(line, "text")


def _kept_group(group: etree._Element, x: float, y: float) -> etree._Element:
    kept_group = etree.Element(group.tag)
    for name in ("clip-path", "opacity", "transform"):
        if name in group.attrib:
            kept_group.set(name, group.attrib[name])
    if x or y:
        rest = kept_group.attrib.get("transform", "")
        kept_group.set("transform", f"translate({_short(x)},{_short(y)}){rest}")
    kept_group.extend(list(_flat(group, 0, 0)))
    return kept_group


def _visible(element: etree._Element, name: str) -> bool:
    if name == "text":
        return bool(element.text)
    painted = any(element.attrib.get(paint, "none") != "none" for paint in ("fill", "stroke"))
    return painted and element.attrib.get("display") != "none" and element.attrib.get("d") != ""


def _place(element: etree._Element, name: str, x: float, y: float) -> None:
    """Write the movement into the coordinates, or into ``transform`` where there are none."""
    if name == "path" or "transform" in element.attrib or name not in PLACED:
        if x or y:
            rest = element.attrib.get("transform", "")
            element.set("transform", f"translate({_short(x)},{_short(y)}){rest}")
        return
    for across, down in PLACED[name]:
        for axis, by in ((across, x), (down, y)):
            element.set(axis, _short(float(element.attrib.get(axis, "0")) + by))


def _trimmed(element: etree._Element, name: str) -> etree._Element:
    """Drop what says nothing and round what says too much."""
    if element.attrib.get("stroke-width") == "0":
        element.attrib.pop("stroke", None)
    for key in list(element.attrib):
        written = str(element.attrib[key])
        usual = USUAL.get(key) == written or (
            key == "stroke-width" and "stroke" not in element.attrib
        )
        if SPOKEN.fullmatch(key) or usual:
            del element.attrib[key]
        elif key == "d":
            rounded = FRACTION.sub(lambda match: _short(float(match.group())), written)
            element.set(key, shortened(rounded))
        elif key == "transform" or key.endswith("opacity"):
            element.set(key, FRACTION.sub(lambda match: _short(float(match.group())), written))
    if name == "line":
        for key in ("x1", "y1", "x2", "y2"):
            if element.attrib.get(key) == "0":
                del element.attrib[key]
    element.tail = None
    return element


def _short(number: float) -> str:
    return f"{round(number, 1):g}" if abs(number) < 100000 else str(round(number))


def _rename_ids(root: etree._Element, variant: str) -> None:
    """Give every id a name made of the drawing's content, whatever was drawn before it."""
    order = {
        str(element.attrib["id"]): str(number)
        for number, element in enumerate(root.iterfind(".//*[@id]"))
    }
    if not order:
        return
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            known = NAMED.sub(lambda match: f"url(#{order.get(match[1], match[1])})", str(value))
            element.set(key, order.get(known, known) if key == "id" else known)
    digest = hashlib.sha256(etree.tostring(root)).hexdigest()[:10]
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if key == "id":
                element.set(key, f"drawing-{digest}-{variant}-{value}")
            else:
                replacement = f"url(#drawing-{digest}-{variant}-\\1)"
                element.set(key, NAMED.sub(replacement, str(value)))


def shortened(path: str) -> str:
    """Return a long path of straight lines and curves in tenths of a pixel, written as steps.

    Places are rounded before they become steps, so that errors do not add up. Points that fall
    on the one before are left out. Short paths, and those with other commands, stay as they are.
    """
    if len(path) < LONG or not ABSOLUTE.fullmatch(path):
        return path
    written: list[str] = []
    here, start, last = (0, 0), (0, 0), ""
    for letter, points in _commands(path):
        if letter == "L" and points[-1] == here:
            continue
        if letter == "Z":
            written.append("Z")
            here = start
        elif letter == "M":
            written.append(_joined(["M", *_coordinates(points, (0, 0))]))
            here = start = points[-1]
        else:
            steps = _coordinates(points, here)
            written.append(_joined([letter.lower() if letter != last else "", *steps]))
            here = points[-1]
        last = letter
    return "".join(written)


def _commands(path: str) -> Iterator[tuple[str, list[Point]]]:
    """Yield each command with its points in tenths of a pixel."""
    size = {"M": 1, "L": 1, "C": 3, "Z": 0}
    for letter, numbers in COMMAND.findall(path):
        tenths = [round(10 * float(number)) for number in NUMBER.findall(numbers)]
        points = list(zip(tenths[::2], tenths[1::2], strict=True))
        if not points:
            yield letter, []
        for first in range(0, len(points), size[letter] or 1):
            yield letter, points[first : first + size[letter]]


def _coordinates(points: list[Point], origin: Point) -> list[str]:
    return [
        f"{(place - from_) / 10:g}"
        for point in points
        for place, from_ in zip(point, origin, strict=True)
    ]


def _joined(parts: list[str]) -> str:
    """Join a letter and numbers; a minus parts numbers as well as a comma does."""
    letter, *numbers = parts
    words = letter
    for position, number in enumerate(numbers):
        needs = (position or not letter) and not number.startswith("-")
        words += f"{',' if needs else ''}{number}"
    return words
