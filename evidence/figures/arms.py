"""Two arms of one trial a row, each with its interval, and the difference with its own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evidence.figures.arms_chart import CONTROL, DIFFERENCE, TREATED, chart
from evidence.figures.figure_item import (
    NOT_GIVEN,
    Interval,
    Item,
    Resolved,
    computed_interval,
    count_words,
    printed_interval,
    resolved,
    spoken,
    told,
    where_read,
)
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Arm, Finding
from evidence.numbers.quantity import number_text, printed, rounded
from evidence.numbers.results import Computed

POINTS = "percentage points"


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
    arms, made = row.finding.arms, row.computed
    if arms is None:
        return
    for part, arm, proportion in (
        (TREATED, arms.treated, made.treated),
        (CONTROL, arms.control, made.control),
    ):
        words = printed(row.finding, part, made).text
        count = count_words(arm.events, arm.n, derived=row.finding.counts == "derived")
        interval = computed_interval(proportion)
        label = arm.label or part
        yield _item(row, label, part, words, interval, count, _share(arm), arm)


def _difference(row: Resolved) -> Item:
    stated, made = row.finding.difference, row.computed.difference_score
    if stated is not None and stated.value is not None and stated.unit == POINTS:
        estimate, interval = stated.value, printed_interval(stated)
    elif made is not None:
        estimate, interval = rounded(made.points), computed_interval(made)
    else:
        return _item(row, "difference", DIFFERENCE, NOT_GIVEN, Interval(), "", None, None)
    words = f"{number_text(estimate)} {POINTS}"
    return _item(row, "difference", DIFFERENCE, words, interval, "", estimate, None)


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
    shown = f" ({interval.level} {interval.words})" if interval.words else ""
    return Item(
        label=label,
        printed=f"{words}{shown}",
        sentence=spoken(f"{row.label}, {label}", words, interval, count),
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
        estimate_text=words.removesuffix(f" {POINTS}"),
        interval_text=interval.words,
        level_text=interval.level,
        count_text=count,
        part=part,
    )


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what the arms are measured in."""
    del figure, findings
    return "Percent of each arm"


def table(shown: tuple[Item, ...]) -> Table:
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
        for treated, control, difference in zip(shown[::3], shown[1::3], shown[2::3], strict=True)
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


def alternative(title: str, shown: tuple[Item, ...]) -> str:
    """Return the comparisons in words; of many, the differences only."""
    drawn = "The figure shows both arms of each trial, and the difference between them."
    if len(shown) <= 12:
        return told(title, drawn, shown)
    return told(title, drawn, tuple(item for item in shown if item.part == DIFFERENCE))


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
