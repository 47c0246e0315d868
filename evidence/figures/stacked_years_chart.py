"""The drawing of columns by year: stacked parts, names beside them, the highest year in numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import Item, items_of
from evidence.figures.furniture import (
    LINE,
    draw_lines,
    ink,
    is_narrow,
    labelled_years,
    muted,
    tick_words,
    write_within,
)
from evidence.figures.lettering import filled, text_width
from evidence.figures.look import SMALL_SIZE, Look
from evidence.figures.scale import AxisScale, linear
from evidence.figures.series import Series, draw_key, draw_names, hatch, key_end, series_of
from evidence.figures.sheet import Sheet
from evidence.figures.table_counts import cut_lines, digits, shown_years, total, undated_lines
from evidence.numbers.results import FigureResult

GAP = "gap"
NAMES = 140  # the most that names beside the columns take
BETWEEN = 0.1  # of a year: the space on each side of a column


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: one column a year on a light grid."""
    every = items_of(result)
    shown = [item for item in every if item.first_year is not None]
    parts = [item for item in shown if item.part != GAP]
    series = series_of(parts, ordered=bool(result.options.get("ordered")))
    totals = bool(result.options.get("total"))
    sheet = Sheet(width)
    narrow, several = is_narrow(width), len(series) > 1
    y = 14.0
    if narrow and several:
        y = key_end(series, width, y) + 8
    y = draw_lines(sheet, [result.axis], 0, y, width) + 26
    years = shown_years(shown)
    shown = [item for item in shown if item.first_year in years]
    sums = {year: total([item for item in parts if item.first_year == year]) for year in years}
    down = linear(list(sums.values()), y + (190 if narrow else 240), y, 4)
    left = max(text_width(tick_words(tick), SMALL_SIZE) for tick in down.ticks) + 8
    names = 0.0 if narrow or not several else _names_width(series)
    across = AxisScale(min(years), max(years) + 1, left, width - names)
    _draw_grid(sheet, down, across)
    for year in sums:
        _draw_year(sheet, [item for item in shown if item.first_year == year], series, across, down)
    base = down.at(0)
    sheet.line((across.start, base), (across.end, base), "figure-muted")
    if totals:
        counted = {int(item.first_year or 0) for item in parts}
        _draw_total(sheet, {year: sums[year] for year in years if year in counted}, across, down)
    peak = max(sums, key=lambda year: sums[year])
    _write_peak(sheet, peak, digits(sums[peak]), across, down.at(sums[peak]))
    if narrow and several:
        draw_key(sheet, series, 14)
    if names:
        heights = _heights(parts, series, down, years[-1])
        draw_names(sheet, series, across.end + 12, heights, (y - 14, down.start))
    _write_years(sheet, across, down.start + LINE)
    y = draw_lines(sheet, _notes(every, total_drawn=totals), 0, down.start + 2 * LINE + 8, width)
    return sheet.specification(y - LINE + 8)


def _names_width(series: list[Series]) -> float:
    lines = [line for each in series for line in filled(each.word, NAMES - 18)]
    return min(max(text_width(line) for line in lines), NAMES) + 18 + 14


def _draw_grid(sheet: Sheet, down: AxisScale, across: AxisScale) -> None:
    for tick in down.ticks:
        if tick:
            sheet.line((across.start, down.at(tick)), (across.end, down.at(tick)))
        sheet.write(across.start - 6, down.at(tick) + 4, tick_words(tick), muted("right"))


def _draw_year(
    sheet: Sheet, shown: list[Item], series: list[Series], across: AxisScale, down: AxisScale
) -> None:
    looks = {each.word: each for each in series}
    year = int(shown[0].first_year or 0)
    first, last = across.at(year + BETWEEN), across.at(year + 1 - BETWEEN)
    base = 0.0
    for item in shown:
        told_too = {"label": item.label, "sentence": item.sentence}
        if item.part == GAP:
            mark = {"x": first, "x2": last, "y": down.start, "y2": down.start + 4}
            sheet.mark(Look("bar", "figure-muted", opacity=0.6), mark | told_too)
        elif item.estimate:
            each = looks[item.label]
            top = base + float(item.estimate)
            look = each.partial if item.until else each.look
            bar = {"x": year + BETWEEN, "x2": year + 1 - BETWEEN, "y": base, "y2": top}
            sheet.mark(look, bar | told_too, across, down)
            if each.unstated:
                hatch(sheet, (first, down.at(top), last, down.at(base)))
            base = top


def _draw_total(sheet: Sheet, sums: dict[int, Decimal], across: AxisScale, down: AxisScale) -> None:
    """Draw the line of the sums; it is broken where a year has no row."""
    path, before = "", 0
    for year, number in sums.items():
        joined = before and year == before + 1
        path += f"{'L' if joined else 'M'}{across.at(year + 0.5):.1f},{down.at(number):.1f}"
        before = year
    sheet.path(path, Look("path", "", 1.5, outline="figure-ink"))


def _write_peak(sheet: Sheet, year: int, words: str, across: AxisScale, top: float) -> None:
    x = across.at(year + 0.5)
    write_within(sheet, words, x, top - 8, ink("center", bold=True))
    write_within(sheet, str(year), x, top - 8 - LINE, muted("center"))


def _heights(parts: list[Item], series: list[Series], down: AxisScale, last: int) -> list[float]:
    """Return where the parts of the last column have their middles, in order of the series."""
    of_last = {item.label: float(item.estimate or 0) for item in parts if item.first_year == last}
    heights, base = [], 0.0
    for each in series:
        number = of_last.get(each.word, 0.0)
        heights.append(down.at(base + number / 2))
        base += number
    return heights


def _write_years(sheet: Sheet, across: AxisScale, y: float) -> None:
    for year in labelled_years(across, 44):
        write_within(sheet, str(year), across.at(year + 0.5), y, muted("center"))


def _notes(shown: list[Item], *, total_drawn: bool) -> list[str]:
    notes = cut_lines(shown)

    if any(item.part == GAP for item in shown):
        notes.append("Grey mark below the axis: the table has no row for that year.")
    if total_drawn:
        notes.append("Line: all together.")
    return notes + undated_lines(shown)
