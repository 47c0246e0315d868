"""A hundred people, drawn: how many of them, in one group or in two that chance made."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from evidence.figures import arms, intervals
from evidence.figures.arms import DIFFERENCE
from evidence.figures.figure_item import (
    BASES,
    Item,
    count_notes,
    interval_words,
    items_of,
    row_unit,
    told,
    where_read,
)
from evidence.figures.icons_chart import chart
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.people_of_100 import of_100
from evidence.model.arms import Arm
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.numbers.results import Computed, FigureResult

BY_CHANCE = "randomised-controlled-trial"
ONE, MANY_TOGETHER = "one", "together"
ABOUT = "People of 100 are rounded to whole people."


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield more than one finding, percentages without a base, and arms without theirs."""
    if figure.pooled is not None:
        yield 0, "nothing is pooled here", "Leave out 'pooled:'; a row may have 'pooled: true'."
    for position, row in enumerate(figure.rows):
        finding = findings.get(row.finding)
        if position > 0:
            message = "one figure shows one finding as a hundred people"
            hint = "Rates of separate groups are no comparison; make a second figure."
            yield position, message, hint
        elif finding is not None:
            lack = _lacking(finding, pooled=row.pooled)
            if lack:
                yield position, f"'{row.finding}' {lack[0]}", lack[1]


def _lacking(finding: Finding, *, pooled: bool) -> tuple[str, str] | None:
    if finding.arms is not None:
        for name, arm in (("treated", finding.arms.treated), ("control", finding.arms.control)):
            if arm.n is None or (arm.percent is None and arm.events is None):
                message = f"has no share with its base in the {name} arm"
                return message, "Give 'n', and 'events' or 'percent'."
        return None
    if finding.events is not None and finding.n is not None:
        return None
    if finding.value is None or row_unit(finding) != "percent":
        return "is no share of people", "Name a finding with 'events' and 'n'."
    if not 0 <= finding.value <= 100:
        return "is no share of a whole: it is not between 0 and 100", "Compare with the source."
    if finding.n is None and not (pooled and finding.interval is not None):
        hint = "Give 'n'; for a result that its source pooled, 'pooled: true' and an interval."
        return "is a percentage without its base", hint
    return None


def unsuited(
    figure: Figure, studies: dict[str, Study], sources: dict[str, Source]
) -> Iterator[Missing]:
    """Yield comparisons of groups that chance did not make."""
    del sources
    for position, row in enumerate(figure.rows):
        study, _, name = row.finding.partition("/")
        kind = studies[study].design.kind
        if studies[study].findings[name].arms is not None and kind != BY_CHANCE:
            message = f"'{row.finding}' compares groups that chance did not make ({kind})"
            hint = "Only the arms of a randomised trial stand side by side: choose 'kind: arms'."
            yield position, message, hint


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return the group, or treated, control and their difference."""
    row = figure.rows[0]
    finding = report.finding(row.finding)
    if finding.arms is None:
        (item,) = intervals.items(figure, report, computed)
        part = MANY_TOGETHER if row.pooled else ONE
        return (_counted(dataclasses.replace(item, part=part), item.label),)
    treated, control, difference = arms.items(figure, report, computed)
    named = f"{difference.group}, {{}}".format
    first = _counted(treated, named(treated.label), finding.arms.treated)
    second = _counted(control, named(control.label), finding.arms.control)
    return first, second, difference


def _counted(item: Item, named: str, arm: Arm | None = None) -> Item:
    """Return an item with how many of 100 it stands for; an arm with a base counts nobody else."""
    if item.estimate is None:
        return item
    pooled = " (pooled over studies)" if item.part == MANY_TOGETHER else ""
    count = item.count_text or ("" if arm is None or arm.n is None else f"n = {arm.n:,}")
    sentence = f"{named}{pooled}: {of_100(item.estimate)} of 100 people; {item.said}"
    return dataclasses.replace(item, sentence=sentence, count_text=count)


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what is counted."""
    del figure, findings
    return "People of 100"


def table(items: tuple[Item, ...]) -> Table:
    """Return people of 100, percentage, interval and count of each group, and the difference."""
    rows = []
    for item in items:
        apart = item.part == DIFFERENCE
        people = "" if apart or item.estimate is None else of_100(item.estimate)
        interval = f"{item.level_text} {interval_words(item)}".strip()
        estimate = f"{item.estimate_text} {arms.POINTS}" if apart else item.estimate_text
        label = "difference" if apart else item.label
        basis = BASES[item.basis]
        rows.append((label, people, estimate, interval, basis, item.count_text, where_read(item)))
    head = ("Group", "Of 100 people", "Estimate", "Interval", "Interval comes from", "Count")
    return (*head, "Read in"), tuple(rows)


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return what is drawn, and the groups in words."""
    groups = "a hundred people" if len(items) == 1 else "two groups of a hundred people"
    return told(title, f"The figure shows {groups}, those counted filled.", items)


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return what is filled, what is rounded, and how intervals were made."""
    return tuple(_conventions(result))


def _conventions(result: FigureResult) -> Iterator[str]:
    items = items_of(result)
    yield "Filled: people counted. Outline: the others."
    if any(
        item.estimate is not None and of_100(item.estimate).startswith("about") for item in items
    ):
        yield ABOUT
    groups = [item for item in items if item.part != DIFFERENCE]
    if any(item.basis == "computed" for item in groups):
        some = "Intervals of shares" if len(groups) > 1 else "Interval"
        yield f"{some} computed here from the counts (Clopper-Pearson)."
    if groups[0].part == MANY_TOGETHER:
        yield "Pooled over studies by the source; there is no comparison group."
    elif len(groups) == 1:
        yield "There is no comparison group."
    yield from count_notes(items)


KIND = FigureKind(
    name="icons",
    sentence="A share as people of 100: one group, or the two arms of a randomised trial.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    conventions=conventions,
    options=("pooled",),
    unsuited=unsuited,
)
