"""The picture that stands beside a link to a page where somebody shares it: its figure, or its answer in words.

It is 1200 by 630 pixels, which is what those who show links ask for, and often seen at half that size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from evidence.figures.fonts import FAMILY, in_letters
from evidence.figures.look import LIGHT, WIDE
from evidence.figures.measures import filled, fitting
from evidence.store import Made

WIDTH, HEIGHT = 1200, 630
EDGE = 64  # pixels left free on each side
BAND = 14  # the coloured band at the top
BRAND = "#0b5d66"
TRACK = LIGHT["figure-rule"]
COLOURS = (LIGHT["series-1"], LIGHT["series-6"])  # of the bars: treated, and not
ROOM = WIDTH - 2 * EDGE
FOOT = HEIGHT - 84  # where the last line of the site begins
TITLE_SIZES = (56, 50, 44, 38)
TITLE_LINES = 3
WORDS_SIZE, SMALL_SIZE, BAR_SIZE = 34, 26, 30
LEADING = 1.28
BAR_ROW = 112  # pixels from one bar to the next
FIGURE_HEIGHT = (
    350  # of a figure at its usual width: a higher one could not be read when it is made to fit
)
THEMED = re.compile(r"var\(--[\w-]+,(#[0-9A-Fa-f]{6})\)")
BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True)
class PreviewBar:
    """Of everybody in a group, how many had the result; ``percent`` and ``ends`` of the whole."""

    group: str
    count: str
    percent: Decimal
    ends: tuple[Decimal, Decimal] | None


@dataclass(frozen=True)
class Preview:
    """What a picture shows: a heading, then bars, a drawn figure, or ``words``.

    ``bars`` are those of one result, which the ``words`` below them say more of.
    """

    site: str
    kicker: str
    title: str
    words: str = ""
    bars: tuple[PreviewBar, ...] = ()


def fits(drawing: str) -> bool:
    """Tell whether a drawn figure can be read in a picture: one that is not too high."""
    box = BOX.search(drawing)
    return box is not None and float(box[2]) <= FIGURE_HEIGHT and float(box[1]) == WIDE


def preview(shown: Preview, drawing: bytes) -> Made:
    """Return the picture as PNG; ``drawing`` is a figure as it stands in a page, or nothing."""
    from evidence.figures.rendering import png_of  # noqa: PLC0415 - loads vl-convert

    return Made(None, png_of(preview_svg(shown, drawing.decode()), coarse=True))


def preview_svg(shown: Preview, drawing: str = "") -> str:
    """Return the picture as SVG."""
    with_figure = fits(drawing)
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FAMILY}">',
        _box(0, 0, WIDTH, HEIGHT, LIGHT["paper"]),
        _box(0, 0, WIDTH, BAND, BRAND),
    ]
    y = BAND + 40.0
    if shown.kicker:
        parts += _lines([fitting(shown.kicker, ROOM, SMALL_SIZE)], y, SMALL_SIZE, BRAND)
        y += SMALL_SIZE * LEADING + 8
    letters, lines = _title(shown.title, most=2 if with_figure or shown.bars else TITLE_LINES)
    parts += _lines(lines, y, letters, LIGHT["figure-ink"], bold=True)
    y += len(lines) * letters * LEADING + 16
    if with_figure:
        parts.append(_placed(drawing, y))
    else:
        for number, bar in enumerate(shown.bars):
            parts += _bar(bar, y, COLOURS[number % len(COLOURS)])
            y += BAR_ROW
        parts += _words(shown.words, y)
    parts.append(_box(EDGE, FOOT, ROOM, 2, TRACK))
    parts += _lines(
        [fitting(shown.site, ROOM, SMALL_SIZE)], FOOT + 18, SMALL_SIZE, BRAND, bold=True
    )
    return "".join([*parts, "</svg>"])


def _title(title: str, most: int) -> tuple[int, list[str]]:
    """Return the largest size at which a title fits ``most`` lines, and the lines; cut if none does."""
    for size in TITLE_SIZES[:-1]:
        lines = filled(title, ROOM, size, bold=True)
        if len(lines) <= most:
            return size, _cut(lines, most, size, bold=True)
    size = TITLE_SIZES[-1]
    return size, _cut(filled(title, ROOM, size, bold=True), most, size, bold=True)


def _words(words: str, y: float) -> Iterator[str]:
    """Yield words as large as they may be, in as many lines as there is room for."""
    most = int((FOOT - 12 - y) / (WORDS_SIZE * LEADING))
    if most > 0:
        lines = _cut(filled(words, ROOM, WORDS_SIZE), most, WORDS_SIZE)
        yield from _lines(lines, y, WORDS_SIZE, LIGHT["figure-ink"])


def _cut(lines: list[str], most: int, size: int, *, bold: bool = False) -> list[str]:
    """Return at most ``most`` lines, each no wider than the room; an ellipsis says that more follows."""
    shown = [fitting(line, ROOM, size, bold=bold) for line in lines[:most]]
    if len(lines) > most:
        last, ellipsis = shown[-1].rstrip(" ,;:.…"), "…"
        while filled(f"{last}{ellipsis}", ROOM, size, bold=bold)[1:] and " " in last:
            last = last.rpartition(" ")[0].rstrip(" ,;:.")
        shown[-1] = f"{last}{ellipsis}"
    return shown


def _bar(bar: PreviewBar, y: float, colour: str) -> Iterator[str]:
    """Yield a bar with its words above it, and a line from end to end of its interval."""
    across = ROOM / 100
    yield from _lines([fitting(": ".join(part for part in (bar.group, bar.count) if part), ROOM, BAR_SIZE)], y, BAR_SIZE,
                      LIGHT["figure-ink"])  # fmt: skip
    top = y + BAR_SIZE * LEADING + 6
    yield _box(EDGE, top, ROOM, 34, TRACK)
    yield _box(EDGE, top, across * float(bar.percent), 34, colour)
    if bar.ends is not None:
        low, high = (EDGE + across * float(end) for end in bar.ends)
        yield _box(low, top + 14, max(high - low, 2), 6, LIGHT["figure-ink"])


def _placed(drawing: str, y: float) -> str:
    """Return a figure as large as the room below ``y`` allows, in its light colours."""
    plain = THEMED.sub(r"\1", drawing)
    size = f'x="{EDGE}" y="{y:.0f}" width="{ROOM}" height="{FOOT - 16 - y:.0f}"'
    placed = f'<svg {size} preserveAspectRatio="xMidYMin meet" '
    return plain.replace("<svg ", placed, 1)


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'
    )


def _lines(
    lines: list[str], top: float, size: int, colour: str, *, bold: bool = False
) -> Iterator[str]:
    weight = ' font-weight="bold"' if bold else ""
    for number, line in enumerate(lines):
        y = top + size + number * size * LEADING
        yield (
            f'<text x="{EDGE}" y="{y:.1f}" font-size="{size}" fill="{colour}"{weight}>'
            f"{escape(in_letters(line))}</text>"
        )
