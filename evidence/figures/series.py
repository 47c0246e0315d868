"""The series of a figure of counts: how each is filled, and where their names stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence.figures.figure_item import Item
from evidence.figures.look import LIGHT, LINE
from evidence.figures.measures import text_width, wrapped
from evidence.figures.theme import INK, MUTED, PAPER, Chart, Values, alt, named

UNSTATED = "unstated"
MOST = 6
SWATCH = 12
KEY = "key"
HATCH = 6  # pixels from one slanted line to the next
HATCHED = "M-1,0L0,-1M-1,1L1,-1M0,1L1,0"  # the same lines as a symbol
# Which steps of the ramp are taken for so many series of one order
STEPS = {
    1: (4,),
    2: (2, 5),
    3: (2, 4, 6),
    4: (1, 3, 4, 6),
    5: (1, 2, 3, 4, 6),
    6: (1, 2, 3, 4, 5, 6),
}
PALE = 3  # steps up to this one need an outline to be seen, and take dark words
Box = tuple[str, str, str, str]


@dataclass(frozen=True)
class Series:
    """One series: its name, how its marks are filled and outlined, and the colour of words on them."""

    word: str
    fill: str
    edge: str = PAPER
    letters: str = PAPER

    @property
    def colour(self) -> str:
        """Return the colour by which it is known where it has no area."""
        return self.fill if self.edge == PAPER else self.edge


def series_of(items: list[Item], *, ordered: bool) -> list[Series]:
    """Return the series of ``items`` in their order; steps of one order run from light to dark."""
    known = {item.rank: item for item in sorted(items, key=lambda item: item.rank)}
    stated = [item.label for item in known.values() if item.part != UNSTATED]
    steps = STEPS.get(len(stated), ()) if ordered else ()
    made = [ramp(word, step) for word, step in zip(stated, steps, strict=False)]
    made = made or [
        Series(word, LIGHT[f"series-{number}"]) for number, word in enumerate(stated, 1)
    ]
    unstated = [item.label for item in known.values() if item.part == UNSTATED]
    return made + [Series(word, PAPER, MUTED, INK) for word in unstated]


def ramp(word: str, step: int) -> Series:
    """Return a series with the fill of a step from light (1) to dark (6)."""
    if step > PALE:
        return Series(word, LIGHT[f"step-{step}"])
    return Series(word, LIGHT[f"step-{step}"], LIGHT["step-4"], INK)


def painted(series: list[Series], muted: str = "false") -> dict[str, Any]:
    """Return the channels that fill a mark by its series and outline it, muted where that holds."""
    words = [one_series.word for one_series in series]
    colours = {"fill": [each.fill for each in series], "stroke": [each.edge for each in series]}
    channels = {
        name: getattr(alt, name.title())(
            "label", type="nominal", legend=None, scale=alt.Scale(domain=words, range=colours[name])
        )
        for name in colours
    }
    channels["stroke"].condition = {"test": muted, "value": MUTED}
    return channels


def told(series: list[Series]) -> dict[str, Any]:
    """Return what readers can leave out of a figure of several series."""
    return {
        "field": "label",
        "values": [one_series.word for one_series in series],
        "colours": [one_series.colour for one_series in series],
    }


def hatched(
    rows: Chart,
    box: Box,
    pixels: tuple[float, float],
    across: Any,
    down: Any,
    colour: str = MUTED,
) -> Chart:
    """Return slanted lines in a box for each of the ``rows``.

    ``box`` are the expressions of its left, right, low and high end, in the numbers of the axes;
    ``pixels`` how many of them one unit takes across and down. ``across`` and ``down`` make the
    channels of a field.
    """
    left, right, low, high = box
    wide, tall = pixels
    return (
        rows.transform_calculate(
            wide=f"(({right}) - ({left})) * {wide:g}", tall=f"(({high}) - ({low})) * {tall:g}"
        )
        .transform_calculate(foot=f"sequence({HATCH} - datum.tall, datum.wide, {HATCH})")
        .transform_flatten(["foot"])
        .transform_calculate(
            begin="max(-datum.foot, 0)", end="min(datum.wide - datum.foot, datum.tall)"
        )
        .transform_filter("datum.end > datum.begin")
        .transform_calculate(
            from_x=f"{left} + (datum.foot + datum.begin) / {wide:g}",
            to_x=f"{left} + (datum.foot + datum.end) / {wide:g}",
            from_y=f"{low} + datum.begin / {tall:g}",
            to_y=f"{low} + datum.end / {tall:g}",
        )
        .mark_rule(color=colour, strokeWidth=0.75, aria=False)
        .encode(x=across("from_x:Q"), x2=alt.X2("to_x:Q"), y=down("from_y:Q"), y2=alt.Y2("to_y:Q"))
    )


def key_layers(series: list[Series], key: Values) -> Iterator[Chart]:
    """Yield the layers of the names in ``key``, each behind a square with its fill."""
    place = {
        way: getattr(alt, way.upper())(way, type="quantitative", scale=None, axis=None, title=None)
        for way in ("x", "y")
    }
    squares = named(KEY).transform_filter("isValid(datum.label)")
    shown = {"size": SWATCH**2, "aria": False, "strokeWidth": 0.75, "opacity": 1}
    yield squares.mark_point(shape="square", **shown).encode(**place, **painted(series))
    unstated = [one_series.word for one_series in series if one_series.edge == MUTED]
    if any(row.get("label") in unstated for row in key):
        yield (
            squares.transform_filter({"field": "label", "oneOf": unstated})
            .mark_point(shape=HATCHED, stroke=MUTED, filled=False, **shown)
            .encode(**place)
        )
    yield (
        named(KEY)
        .mark_text(align="left", dx=SWATCH, aria=False)
        .encode(**place, text=alt.Text("words", type="nominal"))
    )


def key_above(series: list[Series], width: int) -> tuple[Values, float]:
    """Return the names of the series in rows, from 0 downwards, and the height of all in pixels."""
    x, y, key = 0.0, 0.0, list[dict[str, Any]]()
    for one_series in series:
        lines = wrapped(one_series.word, width - SWATCH - 6)
        needed = SWATCH + 6 + max(text_width(line) for line in lines)
        if x and x + needed > width:
            x, y = 0.0, y + LINE + 4
        key += _named_lines(one_series, lines, x, y)
        y += LINE * (len(lines) - 1)
        x += needed + 18
    return key, y + LINE


def key_beside(
    series: list[Series], x: float, room: float, heights: list[float], reach: tuple[float, float]
) -> Values:
    """Return the names beside the last column, each near the height of its part.

    ``heights`` are where the parts stand, from the lowest to the highest series; names that would
    touch are moved apart within ``reach`` (top, bottom).
    """
    blocks = [
        (height, one_series, wrapped(one_series.word, room - SWATCH - 6))
        for height, one_series in zip(heights, series, strict=True)
    ][::-1]
    tops: list[float] = []
    for height, _, lines in blocks:
        floor = tops[-1] + LINE * len(blocks[len(tops) - 1][2]) + 4 if tops else reach[0]
        tops.append(max(height - LINE * len(lines) / 2, floor))
    below = reach[1]
    for place in range(len(blocks) - 1, -1, -1):
        tops[place] = min(tops[place], below - LINE * len(blocks[place][2]))
        below = tops[place] - 4
    key: Values = []
    for top, (_, one_series, lines) in zip(tops, blocks, strict=True):
        key += _named_lines(one_series, lines, x, top)
    return key


def _named_lines(series: Series, lines: list[str], x: float, top: float) -> Values:
    return [
        {
            "x": round(x + SWATCH / 2, 1),
            "y": round(top + LINE * (number + 0.5), 1),
            "words": line,
            **({} if number else {"label": series.word}),
        }
        for number, line in enumerate(lines)
    ]
