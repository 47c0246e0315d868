"""All forms of one figure, drawn anew, the file that stands alone among them.

Importing this loads vl-convert and lxml.
"""

from __future__ import annotations

import functools
import json
import re
from typing import Any

import altair as alt
import vl_convert
from lxml import etree

from evidence.figures.fonts import FAMILY, FOLDER, in_letters
from evidence.figures.kind import FigureKind
from evidence.figures.look import LIGHT, NARROW, WIDE, themed
from evidence.figures.measures import filled
from evidence.figures.png import smaller_png
from evidence.figures.svg import SVG, inline_svg, plain_drawing
from evidence.numbers.results import FigureResult

VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
MARGIN = 24
TITLE_SIZE, SUBTITLE_SIZE, NOTE_SIZE = 19, 14, 12
LEADING = 1.3
HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")


def rendered(kind: FigureKind, result: FigureResult) -> dict[str, str | bytes]:
    """Return the forms by the names that ``Drawing`` has for them.

    A process must not fork after this: vl-convert's threads do not live on in the child.
    """
    _bring_fonts()
    specifications = {width: kind.chart(result, width) for width in (WIDE, NARROW)}
    drawn = {width: _svg(specification) for width, specification in specifications.items()}
    alone = standalone_svg(drawn[WIDE], result)
    written = json.dumps(specifications[WIDE], indent=1, ensure_ascii=False, sort_keys=True)
    return {
        "wide": inline_svg(drawn[WIDE], result, "wide"),
        "narrow": inline_svg(drawn[NARROW], result, "narrow"),
        "svg": alone,
        "png": png_of(alone, scale=2),
        "specification": written.encode(),
        "script": _script(result.id, list(specifications.values())),
    }


def png_of(drawing: str, scale: float = 1, *, coarse: bool = False) -> bytes:
    """Return a whole SVG document as a picture, the same on every machine; see ``smaller_png``."""
    _bring_fonts()
    return smaller_png(vl_convert.svg_to_png(in_own_letters(drawing), scale=scale), coarse=coarse)


def _script(name: str, forms: list[dict[str, Any]]) -> bytes:
    """Return a script that hands both widths to the page, in the page's own colours."""
    written = json.dumps(forms, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    written = HEX.sub(lambda match: themed(match.group()), written)
    safe = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"(globalThis.figureForms ??= {{}})[{json.dumps(name)}] = {safe};\n".encode()


@functools.cache
def _bring_fonts() -> None:
    """Make the project's fonts known to vl-convert, once in a process."""
    vl_convert.register_font_directory(str(FOLDER))


def _svg(specification: dict[str, Any]) -> str:
    """Return what Vega draws, measured in the project's own letters; readers get others."""
    measured = {**specification, "config": {**specification["config"], "font": FAMILY}}
    return vl_convert.vegalite_to_svg(measured, vl_version=VEGA_LITE, allowed_base_urls=[])


def standalone_svg(drawn: str, result: FigureResult) -> str:
    """Return a whole SVG document with a title, from the drawing that Vega made."""
    inner = plain_drawing(drawn)
    height = float(str(inner.attrib.pop("viewBox")).split()[3])
    root = etree.Element(f"{{{SVG}}}svg", {}, {None: SVG})
    for name, words in (("title", result.title), ("desc", result.alternative)):
        etree.SubElement(root, f"{{{SVG}}}{name}").text = words
    paper = etree.SubElement(root, f"{{{SVG}}}rect", {"fill": LIGHT["paper"]})
    y = _write(root, result.title, TITLE_SIZE, MARGIN, bold=True)
    y = _write(root, result.subtitle, SUBTITLE_SIZE, y + 4, colour="figure-muted")
    drawing = etree.SubElement(root, f"{{{SVG}}}g", dict(inner.attrib))
    drawing.set("transform", f"translate({MARGIN},{round(y + 14)})")
    drawing.extend(list(inner))
    y = _write(root, result.note, NOTE_SIZE, y + height + 22, colour="figure-muted")
    for sentence in result.conventions:
        y = _write(root, sentence, NOTE_SIZE, y + 2, colour="figure-muted")
    y = _write(root, source_line(result), NOTE_SIZE, y + 4, colour="figure-muted")
    size = {"width": str(WIDE + 2 * MARGIN), "height": str(round(y + MARGIN - 6))}
    for element in (root, paper):
        element.attrib.update(size)
    root.set("viewBox", f"0 0 {size['width']} {size['height']}")
    root.set("font-family", str(inner.attrib["font-family"]))
    return etree.tostring(root, encoding="unicode")


def in_own_letters(alone: str) -> str:
    """Return a whole SVG document in the project's letters only, to make a picture of it.

    Otherwise the picture would have what the machine has: its fonts of the names that readers'
    machines are asked for, and its letters where those fonts have none.
    """
    root = etree.fromstring(alone.encode(), etree.XMLParser(resolve_entities=False))
    for element in root.iter(etree.Element):
        if "font-family" in element.attrib:
            element.set("font-family", FAMILY)
    for text in root.iter(f"{{{SVG}}}text"):
        text.text = in_letters(text.text or "")
    return etree.tostring(root, encoding="unicode")


def source_line(result: FigureResult) -> str:
    """Return "Source: Shang 2022" with the short names of all sources, each once."""
    names = list(dict.fromkeys(item.source for item in result.items if item.source))
    return f"{'Sources' if len(names) > 1 else 'Source'}: {'; '.join(names)}" if names else ""


def _write(
    root: etree._Element,
    words: str,
    size: int,
    top: float,
    *,
    bold: bool = False,
    colour: str = "figure-ink",
) -> float:
    """Write lines below ``top``; return where they end."""
    lines = filled(words, WIDE, size, bold=bold)
    for number, line in enumerate(lines):
        text = etree.SubElement(root, f"{{{SVG}}}text", {"x": str(MARGIN)})
        text.set("y", f"{top + size + number * size * LEADING:.1f}")
        text.set("font-size", str(size))
        text.set("fill", LIGHT[colour])
        if bold:
            text.set("font-weight", "bold")
        text.text = line
    return top + len(lines) * size * LEADING
