"""Two arms of one trial a row, each with its interval, and the difference with its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from evidence.figures.effect_marks import rules
from evidence.figures.figure_item import (
    NOT_GIVEN,
    Interval,
    Item,
    computed_interval,
    count_notes,
    count_words,
    items_of,
    printed_interval,
    short_count,
    spoken,
    told,
    where_read,
)
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.look import LIGHT, is_narrow
from evidence.figures.measures import AxisScale, linear, percentages, text_width
from evidence.figures.resolved import Resolved, resolved
from evidence.figures.row_layout import laid_out
from evidence.figures.rows import ROW, Layout, RowWords, WordColumn, bands, layers, upright
from evidence.figures.theme import (
    MUTED,
    PAPER,
    Chart,
    Values,
    alt,
    heard,
    named,
    specification,
    unchecked,
    values_of,
)
from evidence.model.arms import Arm
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.quantity import number_text, printed, rounded
from evidence.numbers.results import Computed, FigureResult

POINTS = "percentage points"
TREATED, CONTROL, DIFFERENCE = "treated", "control", "difference"
LOOKS = {
    TREATED: (LIGHT["series-1"], "circle"),
    CONTROL: (LIGHT["series-2"], "square"),
    DIFFERENCE: (LIGHT["figure-ink"], "diamond"),
}
TITLE = "Difference, percentage points"
EDGE, GAP = 14, 16
BESIDE = 199  # pixels for the differences at the right
ABOVE = 0.95  # of a row: from an arm to the words of its difference
ARMS = (WordColumn("effect", "", bold=True), WordColumn("count", "", "left"))
DIFFERENCES = (WordColumn("effect", "", bold=True), WordColumn("interval", ""))


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


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: differences beside their arms, or on a phone below them."""
    items = items_of(result)
    arms = [item for item in items if item.part != DIFFERENCE]
    others = [item for item in items if item.part == DIFFERENCE]
    narrow = is_narrow(width)
    first = laid_out(
        [_arm_line(arm) for arm in arms],
        ARMS,
        width if narrow else width - BESIDE - GAP,
        percentages,
        result.axis,
        beside=not narrow,
    )
    second = _below(others, width) if narrow else _beside(others, first)
    rows = iter(first.rows), iter(second.rows)
    values = [
        {**value, ROW: next(rows[item.part == DIFFERENCE])}
        for value, item in zip(values_of(result), items, strict=True)
    ]
    datasets = {**first.datasets(values), "differences": second.words}
    with unchecked():
        panels = _panel(first, of=ARMS), _panel(second, of=DIFFERENCES)
        joined = alt.vconcat if narrow else alt.hconcat
        drawn = joined(*panels, spacing=8 if narrow else GAP)
        return specification(drawn, result, datasets)


def _arm_line(arm: Item) -> RowWords:
    cells = {"effect": arm.estimate_text, "count": short_count(arm)}
    return RowWords(arm.label, cells, arm.group)


def _difference_words(item: Item) -> tuple[str, str]:
    star = "*" if item.basis == "computed" else ""
    interval = f"{item.level_text} {item.interval_text}{star}" if item.interval_text else ""
    return item.estimate_text, interval


def _below(differences: list[Item], width: int) -> Layout:
    """Return the panel of differences below the arms, each under the name of its comparison."""
    lines = [
        RowWords(
            item.group,
            dict(zip(("effect", "interval"), _difference_words(item), strict=True)),
            TITLE,
        )
        for item in differences
    ]
    return laid_out(lines, DIFFERENCES, width, lambda *ends: _scale(differences, *ends))


def _beside(differences: list[Item], arms: Layout) -> Layout:
    """Return the panel of differences at the right: each between its two arms, under its words."""
    pairs = zip(arms.rows[::2], arms.rows[1::2], strict=True)
    rows = tuple((treated + control) / 2 for treated, control in pairs)
    words: Values = [{ROW: -0.3, "style": "head", "label": TITLE}]
    for item, treated in zip(differences, arms.rows[::2], strict=True):
        estimate, interval = _difference_words(item)
        said = {"effect": estimate, **({"interval": interval} if interval else {})}
        words.append({ROW: round(treated - ABOVE, 3), **said})
    end = max(text_width(_difference_words(item)[0], bold=True) for item in differences)
    return Layout(
        BESIDE,
        _scale(differences, EDGE, BESIDE - EDGE),
        {"label": (0, "left"), "effect": (end, "right"), "interval": (end + 8, "left")},
        rows,
        words,
        [],
        arms.height,
        narrow=True,
    )


def _scale(differences: list[Item], start: float, end: float) -> AxisScale:
    numbers = [
        number
        for item in differences
        for number in (item.estimate, item.low, item.high)
        if number is not None
    ]
    return linear([*numbers, 0], start, end)


def _panel(layout: Layout, of: tuple[WordColumn, ...]) -> Chart:
    """Return one panel with an axis of its own: the arms, or their differences."""
    of_differences = of is DIFFERENCES
    test = f"datum.part {'===' if of_differences else '!=='} '{DIFFERENCE}'"
    shown = named().transform_filter(test)
    colours = alt.Scale(domain=list(LOOKS), range=[look[0] for look in LOOKS.values()])
    colour = alt.Color("part", type="nominal", scale=colours, legend=None)
    shapes = alt.Scale(domain=list(LOOKS), range=[look[1] for look in LOOKS.values()])
    hollow = alt.condition(f"datum.part === '{CONTROL}'", alt.value(PAPER), colour)
    words = "differences" if of_differences else "words"
    marks = shown.transform_filter("isValid(datum.estimate)").mark_point(size=76, strokeWidth=1.5)
    return alt.layer(
        upright(layout, 0, MUTED, shown=shown),
        *(() if of_differences else bands(layout)),
        rules(shown, layout, colour),
        marks.encode(
            x=layout.across("estimate"),
            y=layout.row(),
            shape=alt.Shape("part", type="nominal", scale=shapes, legend=None),
            fill=hollow,
            stroke=colour,
            **heard(),
        ),
        *layers(layout, of, words),
        width=layout.width,
        height=layout.pixels,
    )


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return where the intervals come from."""
    items = items_of(result)
    arms = [item for item in items if item.part != DIFFERENCE]
    told = []
    if any(arm.basis == "computed" for arm in arms):
        told.append("Intervals of the arms: 95% CI, computed here from the counts.")
    told += count_notes(arms)
    if any(item.part == DIFFERENCE and item.basis == "computed" for item in items):
        told.append("* Difference and interval computed here from the counts.")
    return tuple(told)


KIND = FigureKind(
    name="arms",
    sentence="Two arms of the same trial and their difference; never a single arm.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    conventions=conventions,
)
