"""Two arms of one trial a row, each with its interval, and the difference with its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import (
    NOT_GIVEN,
    Interval,
    Item,
    Resolved,
    computed_interval,
    count_notes,
    count_words,
    items_of,
    printed_interval,
    resolved,
    short_count,
    spoken,
    told,
    where_read,
)
from evidence.figures.furniture import (
    LINE,
    draw_axis_title,
    draw_grid,
    draw_lines,
    draw_ticks,
    ink,
    is_narrow,
    muted,
)
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.look import SMALL_SIZE, Look, Shape
from evidence.figures.measures import AxisScale, linear, percentages, text_width, wrapped
from evidence.figures.sheet import Sheet
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Arm, Finding
from evidence.numbers.quantity import number_text, printed, rounded
from evidence.numbers.results import Computed, FigureResult

POINTS = "percentage points"
TREATED, CONTROL, DIFFERENCE = "treated", "control", "difference"
LOOKS: dict[str, tuple[str, Shape, bool]] = {
    TREATED: ("series-1", "circle", False),
    CONTROL: ("series-2", "square", True),
    DIFFERENCE: ("figure-ink", "diamond", False),
}
DIFFERENCE_TITLE = "Difference, percentage points"
EDGE = 8
WIDEST_LABEL = 150


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield rows with one arm only, and arms without a percentage or counts."""
    for position, row in enumerate(figure.rows):
        finding = findings.get(row.finding)
        if finding is None:
            continue
        if finding.arms is None:
            hint = "The rate of a single arm is never drawn as with against without: 'kind: intervals'."
            yield position, f"'{row.finding}' has no two arms", hint
            continue
        for name, arm in (("treated", finding.arms.treated), ("control", finding.arms.control)):
            if _share(arm) is None:
                message = f"the {name} arm of '{row.finding}' has no percentage and no counts"
                yield position, message, "Give 'percent', or 'events' and 'n'."


def _share(arm: Arm) -> Decimal | None:
    if arm.percent is not None:
        return arm.percent
    if arm.events is None or arm.n is None:
        return None
    return rounded(Decimal(100 * arm.events) / arm.n)


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return three items a row: treated, control, and the difference."""
    rows = resolved(figure, report, computed)
    return tuple(item for row in rows for item in (*_arms(row), _difference(row)))


def _arms(row: Resolved) -> Iterator[Item]:
    arms, computed = row.finding.arms, row.computed
    if arms is None:
        return
    for part, arm, proportion in (
        (TREATED, arms.treated, computed.treated),
        (CONTROL, arms.control, computed.control),
    ):
        words = printed(row.finding, part, computed).text
        count = count_words(arm.events, arm.n, derived=row.finding.counts == "derived")
        interval = computed_interval(proportion)
        label = arm.label or part
        yield _item(row, label, part, words, interval, count, _share(arm), arm)


def _difference(row: Resolved) -> Item:
    stated, score = row.finding.difference, row.computed.difference_score
    if stated is not None and stated.value is not None and stated.unit == POINTS:
        estimate, interval = stated.value, printed_interval(stated)
    elif score is not None:
        estimate, interval = rounded(score.points), computed_interval(score)
    else:
        return _item(row, "difference", DIFFERENCE, NOT_GIVEN, Interval(), "", None, None)
    number = number_text(estimate)
    drawn = _item(row, "difference", DIFFERENCE, f"{number} {POINTS}", interval, "", estimate, None)
    return replace(drawn, estimate_text=number)


def _item(
    row: Resolved,
    label: str,
    part: str,
    words: str,
    interval: Interval,
    count: str,
    estimate: Decimal | None,
    arm: Arm | None,
) -> Item:
    brackets = f" ({interval.level} {interval.words})" if interval.words else ""
    sentence = spoken(words, interval, count)
    return Item(
        label=label,
        printed=f"{words}{brackets}",
        sentence=f"{row.label}, {label}: {sentence}",
        said=sentence,
        group=row.label,
        address=row.row.finding,
        source=row.source,
        locator=row.finding.locator,
        estimate=estimate,
        low=interval.low,
        high=interval.high,
        events=arm.events if arm else None,
        n=arm.n if arm else None,
        basis=interval.basis,
        estimate_text=words,
        interval_text=interval.words,
        level_text=interval.level,
        count_text=count,
        part=part,
    )


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what the arms are measured in."""
    del figure, findings
    return "Percent of each arm"


def table(items: tuple[Item, ...]) -> Table:
    """Return one row a comparison: both arms, the difference and its interval."""
    columns = ("Comparison", "Treated", "Control", "Difference", "Interval of the difference")
    rows = tuple(
        (
            treated.group,
            _cell(treated),
            _cell(control),
            _points(difference),
            _interval_cell(difference),
            where_read(difference),
        )
        for treated, control, difference in zip(items[::3], items[1::3], items[2::3], strict=True)
    )
    return (*columns, "Read in"), rows


def _points(item: Item) -> str:
    return NOT_GIVEN if item.estimate is None else f"{item.estimate_text} {POINTS}"


def _cell(item: Item) -> str:
    parts = [f"{item.label} {item.estimate_text}", item.count_text, _interval_cell(item)]
    return ", ".join(part for part in parts if part and part != NOT_GIVEN)


def _interval_cell(item: Item) -> str:
    if item.basis == "none":
        return NOT_GIVEN
    computed = " (computed)" if item.basis == "computed" else ""
    return f"{item.level_text} {item.interval_text}{computed}"


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the comparisons in words; of many, the differences only."""
    drawn = "The figure shows both arms of each trial, and the difference between them."
    if len(items) <= 12:
        return told(title, drawn, items)
    return told(title, drawn, tuple(item for item in items if item.part == DIFFERENCE))


@dataclass(frozen=True)
class Comparison:
    """The three items of one row."""

    treated: Item
    control: Item
    difference: Item

    @property
    def arms(self) -> tuple[Item, Item]:
        """Return the two arms in the order in which they are drawn."""
        return self.treated, self.control


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: arms beside differences, or on a phone above them."""
    items = items_of(result)
    rows = [Comparison(*items[first : first + 3]) for first in range(0, len(items), 3)]
    sheet = Sheet(width)
    draw = _draw_narrow if is_narrow(width) else _draw_wide
    y = draw(sheet, rows, result.axis)
    y = draw_lines(sheet, _notes(rows), 0, y + 6, width)
    return sheet.specification(y - LINE + 6)


def _differences(rows: list[Comparison], start: float, end: float) -> AxisScale:
    items = [row.difference for row in rows]
    numbers = [
        number for item in items for number in (item.estimate, item.low, item.high) if number
    ]
    return linear([*numbers, 0], start, end)


def _draw_wide(sheet: Sheet, rows: list[Comparison], axis: str) -> float:
    """Draw rows of two lines: labels, arms, their numbers, and the difference at the right."""
    arms = [arm for row in rows for arm in row.arms]
    label = min(max(text_width(arm.label) for arm in arms), WIDEST_LABEL)
    pitch = max(LINE * len(wrapped(arm.label, label)) + 5 for arm in arms)
    count = max(text_width(short_count(arm), SMALL_SIZE) for arm in arms)
    second = _differences(rows, sheet.width - 196, sheet.width - EDGE)
    numbers = second.start - 28 - count
    first = percentages(label + 20, numbers - 62)
    sheet.write(second.start - EDGE, 12, DIFFERENCE_TITLE, muted())
    y = 24.0
    for row in rows:
        sheet.write(0, y + 14, row.treated.group, ink(bold=True))
        for scale in (first, second):
            draw_grid(sheet, scale, (y + 24, y + 24 + 2 * pitch), 0)
        for position, arm in enumerate(row.arms):
            line = y + 24 + pitch * (position + 0.5)
            _draw_mark(sheet, arm, first, line)
            _write_label(sheet, wrapped(arm.label, label), line + 5)
            sheet.write(numbers - 8, line + 5, arm.estimate_text, ink("right", bold=True))
            sheet.write(numbers, line + 5, short_count(arm), muted())
        _draw_difference(sheet, row.difference, second, y + 14, y + 24 + pitch)
        y += 32 + 2 * pitch
    draw_ticks(sheet, first, y + 7)
    draw_ticks(sheet, second, y + 7)
    return draw_axis_title(sheet, axis, first, y + 7 + LINE + 3)


def _write_label(sheet: Sheet, lines: list[str], y: float) -> None:
    for number, words in enumerate(lines):
        sheet.write(0, y + LINE * (number - (len(lines) - 1) / 2), words, ink())


def _draw_narrow(sheet: Sheet, rows: list[Comparison], axis: str) -> float:
    """Draw all arms, then all differences, each panel with an axis of its own."""
    scale = percentages(EDGE, sheet.width - EDGE)
    y = 0.0
    for row in rows:
        for words in wrapped(row.treated.group, sheet.width, bold=True):
            sheet.write(0, y + 14, words, ink(bold=True))
            y += LINE
        for arm in row.arms:
            y = _draw_arm_narrow(sheet, arm, scale, y)
        y += 13
    draw_ticks(sheet, scale, y + 3)
    y = draw_axis_title(sheet, axis, scale, y + 3 + LINE + 3)
    sheet.write(0, y + 12, DIFFERENCE_TITLE, ink(bold=True))
    return _draw_differences(sheet, rows, y + 20)


def _draw_arm_narrow(sheet: Sheet, arm: Item, scale: AxisScale, y: float) -> float:
    """Draw one arm below ``y``: label and numbers in one line, the mark below; return the end."""
    count = sheet.width - text_width(short_count(arm), SMALL_SIZE)
    estimate = count - 8 - text_width(arm.estimate_text, bold=True)
    lines = wrapped(arm.label, estimate - 12)
    mark = y + 30 + LINE * (len(lines) - 1)
    draw_grid(sheet, scale, (y + 2, mark + 9), 0, (mark,))
    for number, words in enumerate(lines):
        sheet.write(0, y + 17 + LINE * number, words, ink())
    sheet.write(count, y + 17, short_count(arm), muted())
    sheet.write(estimate, y + 17, arm.estimate_text, ink(bold=True))
    _draw_mark(sheet, arm, scale, mark)
    return mark + 9


def _draw_differences(sheet: Sheet, rows: list[Comparison], y: float) -> float:
    scale = _differences(rows, EDGE, sheet.width - EDGE)
    for row in rows:
        lines = wrapped(row.treated.group, sheet.width)
        line = y + 29 + LINE * len(lines)
        draw_grid(sheet, scale, (y + 2, line + 10), 0, (line,))
        for words in lines:
            sheet.write(0, y + 14, words, ink())
            y += LINE
        _draw_difference(sheet, row.difference, scale, y + 14, y + 29)
        y += 46
    draw_ticks(sheet, scale, y + 6)
    return y + 6 + LINE


def _draw_difference(sheet: Sheet, item: Item, scale: AxisScale, words_at: float, y: float) -> None:
    x = 0 if is_narrow(sheet.width) else scale.start - EDGE
    x += sheet.write(x, words_at, item.estimate_text, ink(bold=True)) + 7
    if item.interval_text:
        star = "*" if item.basis == "computed" else ""
        sheet.write(x, words_at, f"{item.level_text} {item.interval_text}{star}", muted())
    _draw_mark(sheet, item, scale, y)


def _draw_mark(sheet: Sheet, item: Item, scale: AxisScale, y: float) -> None:
    colour, shape, hollow = LOOKS[item.part]
    told_too = {"label": item.label, "sentence": item.sentence}
    if item.low is not None and item.high is not None:
        ends = {"x": item.low, "x2": item.high, "y": y, "y2": y}
        sheet.mark(Look("rule", colour, 2), ends | told_too, scale)
    if item.estimate is not None:
        look = Look("point", colour, shape=shape, hollow=hollow)
        sheet.mark(look, {"x": item.estimate, "y": y} | told_too, scale)


def _notes(rows: list[Comparison]) -> list[str]:
    notes = []
    arms = [arm for row in rows for arm in row.arms]
    if any(arm.basis == "computed" for arm in arms):
        notes.append("Intervals of the arms: 95% CI, computed here from the counts.")
    notes += count_notes(arms)
    if any(row.difference.basis == "computed" for row in rows):
        notes.append("* Difference and interval computed here from the counts.")
    return notes


KIND = FigureKind(
    name="arms",
    sentence="Two arms of the same trial and their difference; never a single arm.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
)
