"""Items one a row, with columns of words: the channels of their places, and the layers they share."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.figures.look import SMALL_SIZE, TEXT_SIZE, Align
from evidence.figures.measures import AxisScale, filled, text_width
from evidence.figures.theme import INK, MUTED, PAPER, Chart, Values, alt, named, values_of
from evidence.numbers.results import FigureResult

STEP = 24  # pixels
ROW = "row"
WORDS = "words"


@dataclass(frozen=True)
class WordColumn:
    """A column of words: its name in the data, its head, and how it is set.

    ``before`` columns stand left of the plot, and on a phone below the label, in muted words.
    """

    name: str
    head: str
    align: Align = "right"
    bold: bool = False
    before: bool = False


@dataclass(frozen=True)
class RowWords:
    """What is printed of one item: its label, and a word for each column.

    ``style`` is "" or "strong" or "muted". ``below`` stands on a phone under the numbers. A line
    that is ``across`` is words alone: it has no mark and no columns.
    """

    label: str
    cells: dict[str, str] = dataclasses.field(default_factory=dict)
    group: str = ""
    style: str = ""
    below: str = ""
    across: bool = False


@dataclass(frozen=True)
class Layout:
    """Where everything stands: ``rows`` has the place of each line, in the order of the lines.

    ``words`` are the printed words, each with its row; ``ends`` the pixel of each column. ``bands``
    are the rows from one to another in which words stand over the plot. ``narrow`` is one for a
    phone.
    """

    width: int
    plot: AxisScale
    ends: dict[str, tuple[float, Align]]
    rows: tuple[float, ...]
    words: Values
    bands: Values
    height: float
    narrow: bool
    title: str = ""
    below: float = 0  # pixels between the numbers of the axis and its title

    @property
    def pixels(self) -> int:
        """Return how high the rows are together."""
        return round(self.height * STEP)

    def datasets(self, values: Values) -> dict[str, Values]:
        """Return all data of a figure by name: the items, the printed words, the bands."""
        return {"items": values, WORDS: self.words, "bands": self.bands}

    def row(self, field: str = ROW) -> Any:
        """Return the channel of the rows."""
        scale = alt.Scale(
            domain=[0, round(self.height, 3)], reverse=True, nice=False, zero=False, padding=0
        )
        return alt.Y(field, type="quantitative", scale=scale, axis=None, title=None)

    def across(self, field: str) -> Any:
        """Return the channel of the numbers, with the axis; what lies beyond stands at its end."""
        plot = self.plot
        axis = alt.Axis(
            values=list(plot.ticks),
            format=",.6~f",
            title="\n".join(filled(self.title, self.width, SMALL_SIZE)) or None,
            labelFlush=False,
            titleAlign="center",
            titleX=self._title_at(),
            titlePadding=6 + self.below,
        )
        scale = alt.Scale(
            domain=[plot.low, plot.high],
            range=[plot.start, plot.end],
            type="log" if plot.logarithmic else "linear",
            clamp=True,
            nice=False,
            **({} if plot.logarithmic else {"zero": False}),
        )
        return alt.X(field, type="quantitative", scale=scale, axis=axis)

    def _title_at(self) -> float:
        half = min(text_width(self.title, SMALL_SIZE), self.width) / 2
        middle = (self.plot.start + self.plot.end) / 2
        return round(min(max(middle, half), self.width - half), 1)


def layers(layout: Layout, columns: Sequence[WordColumn], name: str = WORDS) -> Iterator[Chart]:
    """Yield the layers of words, each column as one; ``name`` is that of the words."""
    bold = {one.name for one in columns if one.bold}
    for column, (x, align) in layout.ends.items():
        strong = "datum.style === 'heading' || datum.style === 'strong'"
        if column in bold:
            strong = "datum.style !== 'muted' && datum.style !== 'head'"
        small = "datum.style === 'head' || datum.style === 'muted'"
        muted = alt.condition(small, alt.value(MUTED), alt.value(INK))
        printed = named(name).transform_filter(f"isValid(datum['{column}'])")
        yield printed.mark_text(
            align=align,
            aria=False,
            fontWeight={"expr": f"{strong} ? 'bold' : 'normal'"},
            fontSize={"expr": f"{small} ? {SMALL_SIZE} : {TEXT_SIZE}"},
        ).encode(
            x=alt.value(round(x, 1)),
            y=layout.row(),
            text=alt.Text(column, type="nominal"),
            color=muted,
        )


def placed(result: FigureResult, layout: Layout) -> Values:
    """Return the items of a figure, each with its row."""
    return [{**value, ROW: row} for value, row in zip(values_of(result), layout.rows, strict=True)]


def upright(
    layout: Layout, number: float, colour: str, dash: tuple[int, ...] = (), shown: Any = None
) -> Chart:
    """Return a line at ``number`` through all rows.

    Where words stand above their marks, as on a phone, it is drawn at the marks ``shown`` only.
    """
    style = {"strokeDash": list(dash)} if dash else {}
    marks = named() if shown is None else shown
    if layout.narrow:
        at_marks = marks.transform_filter("isValid(datum.low) || isValid(datum.estimate)")
        reach = at_marks.transform_calculate(top="datum.row - 0.35", bottom="datum.row + 0.35")
    else:
        one = marks.transform_aggregate(rows="count()")
        reach = one.transform_calculate(top="0", bottom=f"{layout.height:.3f}")
    return (
        reach.transform_calculate(at=f"{number:g}")
        .mark_rule(color=colour, aria=False, **style)
        .encode(x=layout.across("at:Q"), y=layout.row("top"), y2=alt.Y2("bottom"))
    )


def reference_line(result: FigureResult, layout: Layout) -> Iterator[Chart]:
    """Yield the line of no effect, or the one at zero where none is named, if the axis has it."""
    at = 0.0 if result.reference is None else float(result.reference)
    if layout.plot.low <= at <= layout.plot.high:
        yield upright(layout, at, MUTED)


def bands(layout: Layout) -> Iterator[Chart]:
    """Yield the layer that keeps the grid from running through headings and words."""
    if layout.bands:
        yield (
            named("bands")
            .mark_rect(color=PAPER, aria=False)
            .encode(y=layout.row("from"), y2=alt.Y2("to"))
        )
