"""Bars in rows: how they lie across the drawing, with what they count above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.figures.look import LIGHT, LINE, SMALL_SIZE, is_narrow
from evidence.figures.measures import AxisScale, filled, text_width
from evidence.figures.row_layout import EDGE, GAP, INSET, laid_out
from evidence.figures.rows import STEP, Layout, RowWords, WordColumn, layers
from evidence.figures.series import hatched
from evidence.figures.theme import MUTED, PAPER, Chart, Values, alt, heard, named

TITLED = 6  # pixels between the title and the first bar

NUMBER, BESIDE = "number", "beside"
COLUMNS = (WordColumn(NUMBER, "", bold=True), WordColumn(BESIDE, ""))
COLOUR = LIGHT["series-1"]


@dataclass(frozen=True)
class Bars:
    """Bars in the rows of ``layout``; ``title`` says what they count."""

    layout: Layout
    title: str

    @property
    def narrow(self) -> bool:
        """Tell whether this is for a phone, where names stand above their bars."""
        return self.layout.narrow

    @property
    def thick(self) -> int:
        """Return the pixels of a bar from edge to edge."""
        return 16 if self.narrow else 20

    @property
    def height(self) -> int:
        """Return the height of all rows in pixels."""
        return self.layout.pixels

    @property
    def pixels(self) -> tuple[float, float]:
        """Return the pixels of one on the axis, and of a row, which are counted downwards."""
        plot = self.layout.plot
        return (plot.end - plot.start) / (plot.high - plot.low), -STEP

    @property
    def titled(self) -> float:
        """Return the pixels that the title takes above the bars."""
        return LINE * len(self._lines) + TITLED

    @property
    def _lines(self) -> list[str]:
        return filled(self.title, self.layout.width, SMALL_SIZE)

    def marked(self, **style: Any) -> dict[str, Any]:
        """Return the properties of the bars."""
        return {"orient": "horizontal", "size": self.thick, **style}

    def edges(self) -> tuple[str, str]:
        """Return the expressions of the rows at the lower and the upper edge of a bar."""
        half = self.thick / 2 / STEP
        return f"datum.row + {half:.4f}", f"datum.row - {half:.4f}"

    def across(self, field: str) -> Any:
        """Return the channel of the numbers; without ticks the axis has its title alone."""
        plot = self.layout.plot
        if plot.ticks:
            channel = self.layout.across(field)
            channel["axis"]["grid"], channel["axis"]["labelFlush"] = False, True
            return channel
        axis = alt.Axis(
            orient="top",
            labels=False,
            grid=False,
            title="\n".join(self._lines),
            titleAlign="left",
            titleBaseline="top",
            titleLineHeight=LINE,
            titleX=0,
            titleY=-self.titled,
        )
        scale = alt.Scale(
            domain=[plot.low, plot.high],
            range=[round(plot.start, 1), round(plot.end, 1)],
            nice=False,
        )
        return alt.X(field, type="quantitative", scale=scale, axis=axis)


@dataclass(frozen=True)
class BarWords:
    """What is said of a bar: its name, its number in bold, and what stands beside the number."""

    name: str
    number: str
    beside: str = ""


def bars_of(
    lines: Sequence[RowWords],
    columns: Sequence[WordColumn],
    width: int,
    longest: float,
    room: float,
    title: str,
    ticks: tuple[float, ...] = (),
) -> Bars:
    """Return where bars up to ``longest`` lie; on a desk ``room`` is left for words at their ends.

    With ``ticks`` the axis stands below the bars, with its ``title``; else the title above them.
    """  # fmt: skip
    label = max(text_width(line.label) for line in lines)

    def scale(start: float, end: float) -> AxisScale:
        if is_narrow(width):
            return AxisScale(0, longest, 0, width - INSET, ticks)
        left = min(start - EDGE, label + GAP)
        return AxisScale(0, longest, left, end + EDGE - room, ticks)

    below = title if ticks else ""
    return Bars(laid_out(lines, columns, width - INSET, scale, below, air=0.2), title)


def simple_bars(
    said: Sequence[BarWords], width: int, longest: float, title: str, ticks: tuple[float, ...] = ()
) -> Bars:
    """Return where bars of one number lie: it stands at their end, on a phone beside their name."""
    cells = [{NUMBER: each.number, BESIDE: each.beside} for each in said]
    lines = [RowWords(each.name, of_bar) for each, of_bar in zip(said, cells, strict=True)]
    room = max(_ends(each) for each in said)
    columns = COLUMNS if is_narrow(width) else ()
    return bars_of(lines, columns, width, longest, room, title, ticks)


def _ends(said: BarWords) -> float:
    beside = text_width(said.beside, SMALL_SIZE) + 10 if said.beside else 0
    return text_width(said.number, bold=True) + 10 + beside


def with_rows(values: Values, said: Sequence[BarWords], bars: Bars) -> Values:
    """Return the items with their rows, and where on a desk the words beside a number begin."""
    return [
        {
            **value,
            "row": row,
            "beside": each.beside,
            "beside-from": round(18 + text_width(each.number, bold=True)),
        }
        for value, row, each in zip(values, bars.layout.rows, said, strict=True)
    ]


def simple_layers(
    bars: Bars, hatched_part: str, muted_part: str, parts: set[str]
) -> Iterator[Chart]:
    """Yield bars of one number, with that number; a part is hatched, and another one muted."""
    place = {"x": bars.across("estimate"), "y": bars.layout.row()}
    unstated = f"datum.part === '{hatched_part}'"
    colour = alt.condition(f"datum.part === '{muted_part}'", alt.value(MUTED), alt.value(COLOUR))
    shown = named().transform_filter("datum.estimate > 0")
    solid = shown.transform_filter(f"!({unstated})").mark_bar(**bars.marked())
    yield solid.encode(**place, color=colour, **heard())
    if hatched_part in parts:
        shown = shown.transform_filter(unstated)
        outlined = bars.marked(fill=PAPER, stroke=MUTED, strokeWidth=0.75)
        yield shown.mark_bar(**outlined).encode(**place, **heard())
        box = ("0", "datum.estimate", *bars.edges())
        yield hatched(shown, box, bars.pixels, bars.across, bars.layout.row)
    if not bars.narrow:
        style = {"align": "left", "aria": False}
        number = named().mark_text(dx=8, fontWeight="bold", **style)
        yield number.encode(**place, text=alt.Text("printed", type="nominal"))
        style |= {"color": MUTED, "fontSize": SMALL_SIZE}
        beside = named().mark_text(dx={"expr": "datum['beside-from']"}, **style)
        yield beside.encode(**place, text=alt.Text("beside", type="nominal"))
    yield from layers(bars.layout, COLUMNS if bars.narrow else ())
