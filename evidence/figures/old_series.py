"""The series of a figure of counts: how each is filled, and the list of their names beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from evidence.figures.figure_item import Item
from evidence.figures.furniture import LINE, ink
from evidence.figures.look import Look
from evidence.figures.measures import AxisScale, text_width, wrapped
from evidence.figures.sheet import Sheet

UNSTATED = "unstated"
MOST = 6
SWATCH = 12
HATCH = 6
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

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Series:
    """One series: its name, how its marks are filled, and the colour of words on them."""

    word: str
    look: Look
    letters: str = "paper"
    unstated: bool = False

    @property
    def partial(self) -> Look:
        """Return the look of what is not counted to its end."""
        edge = self.look.colour if self.look.outline == "paper" else self.look.outline
        return replace(self.look, opacity=0.35, outline=edge, dash=(2, 2))


def series_of(items: list[Item], *, ordered: bool) -> list[Series]:
    """Return the series of ``items`` in their order; steps of one order run from light to dark."""
    known = {item.rank: item for item in sorted(items, key=lambda item: item.rank)}
    named = [item for item in known.values() if item.part != UNSTATED]
    looks = [ramp(step) for step in STEPS.get(len(named), ())] if ordered else []
    looks = looks or [(coloured(number), "paper") for number in range(1, len(named) + 1)]
    stated = [Series(item.label, *look) for item, look in zip(named, looks, strict=False)]
    return stated + [
        Series(item.label, unstated_look(), "figure-ink", unstated=True)
        for item in known.values()
        if item.part == UNSTATED
    ]


def ramp(step: int) -> tuple[Look, str]:
    """Return the look of a step from light (1) to dark (6), and the colour of words on it."""
    pale = step <= PALE
    look = Look("bar", f"step-{step}", 0.75, outline="step-4" if pale else "paper")
    return look, "figure-ink" if pale else "paper"


def coloured(number: int) -> Look:
    """Return the look of the series ``number``, where the order of the series means nothing."""
    return Look("bar", f"series-{number}", 0.75, outline="paper")


def unstated_look() -> Look:
    """Return the look of what nobody states; its lines are drawn by ``hatch``."""
    return Look("bar", "figure-muted", 0.75, hollow=True, outline="figure-muted")


def hatch(sheet: Sheet, box: Box, colour: str = "figure-muted", width: float = 0.75) -> None:
    """Draw slanted lines in the box (left, top, right, bottom) as one path."""
    left, top, right, bottom = box
    height, parts = bottom - top, []
    foot = left - height + HATCH
    while foot < right:
        low, high = max(left - foot, 0.0), min(right - foot, height)
        if high > low:
            start = f"M{foot + low:.1f},{bottom - low:.1f}"
            parts.append(f"{start}L{foot + high:.1f},{bottom - high:.1f}")
        foot += HATCH
    if parts:
        sheet.path("".join(parts), Look("path", "", width, outline=colour))


def swatch(sheet: Sheet, series: Series, x: float, base: float) -> None:
    """Draw a small square of a series, standing on the base line of its name."""
    box = (x, base - SWATCH + 1, x + SWATCH, base + 1)
    sheet.mark(series.look, {"x": box[0], "y": box[1], "x2": box[2], "y2": box[3]})
    if series.unstated:
        hatch(sheet, box, width=0.8)  # not the layer of the figure's own hatching, which lies below


def draw_key(sheet: Sheet, listed: list[Series], y: float) -> float:
    """Write the names of the series in rows from the base line ``y``; return the next one."""
    x = 0.0
    for series in listed:
        lines = wrapped(series.word, sheet.width - SWATCH - 6)
        needed = SWATCH + 6 + max(text_width(line) for line in lines)
        if x and x + needed > sheet.width:
            x, y = 0.0, y + LINE + 4
        swatch(sheet, series, x, y)
        for number, line in enumerate(lines):
            sheet.write(x + SWATCH + 6, y + number * LINE, line, ink())
        y += LINE * (len(lines) - 1)
        x += needed + 18
    return y + LINE


def key_end(listed: list[Series], width: int, y: float) -> float:
    """Return where ``draw_key`` would end: it is drawn last, so that its hatching lies on top."""
    return draw_key(Sheet(width), listed, y)


def draw_names(
    sheet: Sheet, listed: list[Series], x: float, heights: list[float], reach: tuple[float, float]
) -> None:
    """Write the names beside the last column, each near the height of its part.

    ``heights`` are where the parts stand, from the lowest to the highest series; names that would
    touch are moved apart within ``reach`` (top, bottom).
    """
    blocks = [
        (height, series, wrapped(series.word, sheet.width - x - SWATCH - 6))
        for height, series in zip(heights, listed, strict=True)
    ][::-1]
    tops: list[float] = []
    for height, _, lines in blocks:
        wanted = height - LINE * len(lines) / 2
        floor = tops[-1] + LINE * len(blocks[len(tops) - 1][2]) + 4 if tops else reach[0]
        tops.append(max(wanted, floor))
    below = reach[1]
    for place in range(len(blocks) - 1, -1, -1):
        tops[place] = min(tops[place], below - LINE * len(blocks[place][2]))
        below = tops[place] - 4
    for top, (_, series, lines) in zip(tops, blocks, strict=True):
        swatch(sheet, series, x, top + 13)
        for number, line in enumerate(lines):
            sheet.write(x + SWATCH + 6, top + 13 + number * LINE, line, ink())


def fitting(words: str, box: Box, *, size: float = 13) -> bool:
    """Tell whether words fit into a box with a little air around them."""
    left, top, right, bottom = box
    return text_width(words, size) + 6 <= right - left and size + 3 <= bottom - top


def middle(scale: AxisScale, low: float, high: float) -> float:
    """Return the pixel half way between two numbers."""
    return (scale.at(low) + scale.at(high)) / 2
