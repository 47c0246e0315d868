"""What stands around the marks of several kinds: axes, headings and lines below a drawing."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from evidence.figures.look import SMALL_SIZE, Align, Lettering
from evidence.figures.measures import AxisScale, filled, text_width
from evidence.figures.sheet import Sheet
from evidence.numbers.quantity import number_text

WIDE = 680
NARROW = 340
LINE = 17


def is_narrow(width: int) -> bool:
    """Tell whether a drawing is for a phone, where labels stand above their marks."""
    return width < 500


def ink(align: Align = "left", *, bold: bool = False) -> Lettering:
    """Return the lettering of labels and values."""
    return Lettering(align, bold)


def muted(align: Align = "left") -> Lettering:
    """Return the lettering of axes, notes and everything that is not a label or value."""
    return Lettering(align, colour="figure-muted", size=SMALL_SIZE)


def tick_words(tick: float) -> str:
    """Return a tick as it is printed: 20, 0.5, −10."""
    return number_text(Decimal(f"{tick:.10g}"))


def draw_grid(
    sheet: Sheet,
    scale: AxisScale,
    reach: tuple[float, float],
    line_at: float,
    marks: Iterable[float] = (),
) -> None:
    """Draw a light line at every tick from top to bottom, and a strong one at ``line_at``.

    Where words stand above their ``marks``, as on a phone, the strong line is drawn at the height
    of each mark only, so that it does not run through the words; between them it is light.
    """
    top, bottom = reach
    marks = list(marks)
    for tick in scale.ticks:
        if marks or tick != line_at:
            sheet.line((scale.at(tick), top), (scale.at(tick), bottom))
    if scale.low <= line_at <= scale.high:
        x = scale.at(line_at)
        for first, last in [(y - 9, y + 9) for y in marks] or [reach]:
            sheet.line((x, first), (x, last), "figure-muted")


def draw_ticks(sheet: Sheet, scale: AxisScale, y: float) -> None:
    """Write the numbers of the ticks with their base line at ``y``."""
    for tick in scale.ticks:
        write_within(sheet, tick_words(tick), scale.at(tick), y, muted("center"))


def write_within(sheet: Sheet, words: str, x: float, y: float, lettering: Lettering) -> None:
    """Write centred words around ``x``, moved as far as the sheet's edges ask for."""
    half = text_width(words, lettering.size, bold=lettering.bold) / 2
    sheet.write(min(max(x, half), sheet.width - half), y, words, lettering)


def labelled_years(scale: AxisScale, apart: float) -> list[int]:
    """Return the years to be named, at least ``apart`` pixels from one another."""
    year_width = abs(scale.at(1) - scale.at(0))
    steps = (factor * 10**power for power in range(5) for factor in (1, 2, 5))
    step = next((step for step in steps if step * year_width >= apart), 10**5)
    return [year for year in range(int(scale.low), int(scale.high)) if year % step == 0]


def draw_lines(
    sheet: Sheet, lines: list[str], x: float, y: float, width: float, align: Align = "left"
) -> float:
    """Write muted lines, wrapped to ``width``, from the base line ``y`` on; return the next."""
    for line in lines:
        for part in filled(line, width, SMALL_SIZE):
            sheet.write(x, y, part, muted(align))
            y += LINE
    return y


def draw_axis_title(sheet: Sheet, words: str, scale: AxisScale, y: float) -> float:
    """Write what the axis measures below its middle, on the sheet; return the next base line."""
    needed = min(text_width(words, SMALL_SIZE), sheet.width)
    middle = (scale.start + scale.end) / 2
    middle = min(max(middle, needed / 2), sheet.width - needed / 2)
    return draw_lines(sheet, [words], middle, y, sheet.width, "center")
