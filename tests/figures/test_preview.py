"""The picture beside a link: of one size, small, readable, and with all that it shows inside."""

from __future__ import annotations

import struct
from decimal import Decimal

import pytest
from lxml import etree

from evidence.figures.measures import text_width
from evidence.figures.preview import (
    EDGE,
    FOOT,
    HEIGHT,
    ROOM,
    WIDTH,
    Preview,
    PreviewBar,
    fits,
    preview,
    preview_svg,
)
from evidence.figures.svg import SVG

LONG = (
    "Of all people who were treated, some got better and some did not, and nobody was compared. "
    * 12
)
DRAWING = f'<svg xmlns="{SVG}" viewBox="0 0 680 {{}}" fill="none"><rect width="9" height="9" fill="var(--series-1,#1F5FA8)"/><text y="9">a</text></svg>'
BARS = (
    PreviewBar("Treated", "5 of 10 (50%)", Decimal(50), (Decimal(20), Decimal(80))),
    PreviewBar("Not", "0 of 10 (0%)", Decimal(0), None),
)


def shown(words: str = "Words.", title: str = "Title", **more: object) -> Preview:
    return Preview("The site", "Kicker", title, words, **more)  # type: ignore[arg-type]


def texts(svg: str) -> list[etree._Element]:
    return list(etree.fromstring(svg.encode()).iter(f"{{{SVG}}}text"))


def size_of(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">2I", png[16:24])
    return width, height


@pytest.mark.parametrize(
    ("what", "drawing"),
    [
        (shown(), ""),
        (shown(LONG, LONG), ""),
        (shown(LONG, bars=BARS), ""),
        (shown(), DRAWING.format(200)),
    ],
)
def test_a_picture_has_the_size_that_is_asked_for_and_is_small(what: Preview, drawing: str) -> None:
    png = preview(what, drawing.encode()).body
    assert size_of(png) == (WIDTH, HEIGHT) == (1200, 630)
    assert len(png) <= 60_000


@pytest.mark.parametrize("bars", [(), BARS])
def test_long_words_are_cut_and_nothing_stands_outside(bars: tuple[PreviewBar, ...]) -> None:
    found = texts(preview_svg(shown(LONG, LONG, bars=bars)))
    for text in found:
        size = int(text.attrib["font-size"])
        bold = text.attrib.get("font-weight") == "bold"
        assert text_width(text.text or "", size, bold=bold) <= ROOM
        assert float(text.attrib["x"]) == EDGE
    *above, last = found
    assert last.text == "The site"
    assert all(float(text.attrib["y"]) < FOOT for text in above)
    assert (above[-1].text or "").endswith("…")


def test_short_words_are_shown_whole() -> None:
    said = [text.text for text in texts(preview_svg(shown("One & <two>.", "A title")))]
    assert said == ["Kicker", "A title", "One & <two>.", "The site"]


def test_bars_are_as_long_as_their_shares_and_have_the_line_of_their_interval() -> None:
    svg = etree.fromstring(preview_svg(shown("", bars=BARS)).encode())
    widths = [float(box.attrib["width"]) for box in svg.iter(f"{{{SVG}}}rect")]
    assert widths[2:] == [ROOM, ROOM / 2, pytest.approx(ROOM * 0.6, abs=0.1), ROOM, 0, ROOM]


@pytest.mark.parametrize(("height", "drawn"), [(350, True), (351, False)])
def test_a_figure_that_could_not_be_read_is_not_drawn(height: int, *, drawn: bool) -> None:
    drawing = DRAWING.format(height)
    svg = preview_svg(shown("Words instead."), drawing)
    assert fits(drawing) is drawn
    assert ("Words instead." in svg) is not drawn
    assert ("#1F5FA8" in svg) is drawn
    assert "var(" not in svg


def test_a_letter_that_the_project_has_not_is_a_box_and_not_of_this_machine() -> None:
    assert "□" in preview_svg(shown("漢"))


def test_the_same_is_drawn_as_the_same_bytes() -> None:
    first = preview(shown(LONG, bars=BARS), b"").body
    assert preview(shown(LONG, bars=BARS), b"").body == first
    assert preview(shown(LONG), b"").body != first
