"""Numbers over years: the axes of columns, which stand in pixels that are known beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence.figures.look import LINE, SMALL_SIZE
from evidence.figures.measures import AxisScale, filled, labelled_years, text_width, tick_words
from evidence.figures.theme import alt

HALF = 0.4  # of a year: half of the width of a column
TITLE = 10  # pixels between the title of the numbers and the highest of them


@dataclass(frozen=True)
class Plot:
    """Years from ``first`` to ``last`` across, between two pixels, and numbers from 0 upwards."""

    first: int
    last: int
    left: float
    right: float
    numbers: AxisScale
    title: str = ""
    above: float = 0  # pixels between the numbers and their title

    @property
    def height(self) -> float:
        """Return the height in pixels."""
        return self.numbers.start

    @property
    def year(self) -> float:
        """Return the pixels of a year."""
        return (self.right - self.left) / (self.last - self.first + 1)

    @property
    def pixels(self) -> tuple[float, float]:
        """Return the pixels of a year, and of one upwards."""
        return self.year, self.height / (self.numbers.high - self.numbers.low)

    def across(self, field: str) -> Any:
        """Return the channel of the years, each with half a year on either side."""
        scale = AxisScale(self.first, self.last + 1, self.left, self.right)
        axis = alt.Axis(
            values=labelled_years(scale, 44),
            format="d",
            title=None,
            grid=False,
            domain=True,
            labelFlush=16,
            labelFlushOffset=round(self.year / 2, 1),
            labelOverlap=False,
        )
        scale = alt.Scale(
            domain=[self.first - 0.5, self.last + 0.5],
            range=[round(self.left, 1), round(self.right, 1)],
            nice=False,
            zero=False,
            padding=0,
        )
        return alt.X(field, type="quantitative", scale=scale, axis=axis)

    def upwards(self, field: str) -> Any:
        """Return the channel of the numbers, with their title above them."""
        numbers = self.numbers
        lines = filled(self.title, self.right, SMALL_SIZE)
        axis = alt.Axis(
            values=list(numbers.ticks),
            format=",~f",
            offset=-round(self.left, 1),
            title="\n".join(lines) or None,
            titleAngle=0,
            titleAlign="left",
            titleBaseline="top",
            titleX=-round(self.left, 1),
            titleY=-(LINE * len(lines) + self.above + TITLE),
            titleLineHeight=LINE,
        )
        scale = alt.Scale(domain=[numbers.low, numbers.high], nice=False)
        return alt.Y(field, type="quantitative", scale=scale, axis=axis)


def room_of(numbers: AxisScale) -> float:
    """Return the pixels that the numbers of an axis take at its left."""
    return max(text_width(tick_words(tick), SMALL_SIZE) for tick in numbers.ticks) + 8
