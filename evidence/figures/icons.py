"""A hundred people, drawn: how many of them, in one group or in two that chance made."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence.figures import arms, intervals
from evidence.figures.arms import DIFFERENCE
from evidence.figures.figure_item import (
    BASES,
    Item,
    interval_words,
    items_of,
    row_unit,
    told,
    where_read,
)
from evidence.figures.furniture import LINE, draw_lines, is_narrow
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.look import Lettering, Look
from evidence.figures.measures import Amount, wrapped
from evidence.figures.sheet import Sheet
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.source import Source
from evidence.model.study import Arm, Finding, Study
from evidence.numbers.quantity import rounded
from evidence.numbers.results import Computed, FigureResult

BY_CHANCE = "randomised-controlled-trial"
ONE, MANY_TOGETHER = "one", "together"
BIG = 20
FILLED = Look("path", "series-1", outline="series-1")
OUTLINED = Look("path", "figure-muted", hollow=True, outline="figure-muted")
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


@dataclass(frozen=True)
class IconGrid:
    """Where ten rows of ten people stand, and how far apart."""

    left: float
    top: float
    across: float
    down: float


def people(percent: Amount) -> int:
    """Return how many of 100 are drawn: the nearest whole number, halves up."""
    return min(max(int(rounded(percent, 0)), 0), 100)


def of_100(percent: Amount) -> str:
    """Return "about 56", "50" where it is exact, "fewer than 1" or "more than 99"."""
    count = people(percent)
    if float(percent) == count:
        return str(count)
    if count == 0:
        return "fewer than 1"
    return "more than 99" if count == 100 else f"about {count}"


def range_of_100(low: Amount, high: Amount) -> str:
    """Return "47 to 66"."""
    return f"{people(low)} to {people(high)}"


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: one group beside its words, or two groups side by side."""
    items = items_of(result)
    sheet = Sheet(width)
    groups = [item for item in items if item.part != DIFFERENCE]
    if len(groups) == 1:
        y = _draw_one(sheet, groups[0])
    else:
        y = _draw_two(sheet, groups)
        y = _draw_difference(sheet, items[-1], groups, y + 22)
    y = draw_lines(sheet, _notes(items), 0, y + 4, width)
    return sheet.specification(y - LINE + 6)


def _draw_one(sheet: Sheet, item: Item) -> float:
    """Draw one group, its words at the right, or above it on a phone; return the next line."""
    if is_narrow(sheet.width):
        y = _write_group(sheet, item, 0, 0, sheet.width)
        grid = IconGrid(0, y, 29, 31)
        _draw_people(sheet, item, grid)
        return y + 10 * grid.down + LINE
    grid = IconGrid(0, 2, 25, 29)
    _draw_people(sheet, item, grid)
    left = 10 * grid.across + 34
    _write_group(sheet, item, left, 84, sheet.width - left)
    return grid.top + 10 * grid.down + LINE


def _draw_two(sheet: Sheet, groups: list[Item]) -> float:
    narrow = is_narrow(sheet.width)
    gap = 20 if narrow else 80
    group_width = (sheet.width - gap) / 2
    step, down = (group_width / 10, 22) if narrow else (26, 30)
    y = 0.0
    for line in wrapped(groups[0].group, sheet.width, bold=True):
        sheet.write(0, y + 14, line, Lettering(bold=True))
        y += LINE
    ends = [
        _write_group(sheet, item, place * (group_width + gap), y + 6, group_width)
        for place, item in enumerate(groups)
    ]
    for place, item in enumerate(groups):
        _draw_people(sheet, item, IconGrid(place * (group_width + gap), max(ends), step, down))
    return max(ends) + 10 * down


def _write_group(sheet: Sheet, item: Item, x: float, y: float, width: float) -> float:
    """Write how many of 100, who, and the numbers behind; return where people may begin."""
    if item.estimate is None:
        return y
    words = of_100(item.estimate)
    size = BIG if width > 200 else 16
    sheet.write(
        x, y + size, f"{words[:1].upper()}{words[1:]} of 100", Lettering(bold=True, size=size)
    )
    y += size + 20
    for line in wrapped(item.label[:1].upper() + item.label[1:], width):
        sheet.write(x, y, line, Lettering())
        y += LINE
    count = item.count_text.replace(" (derived)", "†")
    interval = (
        f"{item.level_text} {item.interval_text}" if item.interval_text else "interval not given"
    )
    lines = [", ".join(filter(None, (item.estimate_text, count))), interval]
    if item.low is not None and item.high is not None:
        lines.append(f"that is, {range_of_100(item.low, item.high)} of 100")
    return draw_lines(sheet, lines, x, y + 3, width) - 6


def _draw_people(sheet: Sheet, item: Item, grid: IconGrid) -> None:
    """Draw the hundred: those counted filled, the others in outline."""
    if item.estimate is None:
        return
    count = people(item.estimate)
    told = {"label": item.label, "sentence": item.sentence}
    number = {"estimate": float(item.estimate)}
    for look, places in ((FILLED, range(count)), (OUTLINED, range(count, 100))):
        if places:
            path = "".join(person(grid, place) for place in places)
            sheet.path(path, look, **told, **number)


def person(grid: IconGrid, place: int) -> str:
    """Return the path of one person: a head and a body."""
    unit = min(grid.across / 14, grid.down / 26)
    x = round(grid.left + (place % 10 + 0.5) * grid.across, 1)
    y = round(grid.top + place // 10 * grid.down, 1)

    def at(across: float, down: float) -> str:
        return f"{x + across * unit:.1f},{y + down * unit:.1f}"

    head = f"M{at(0, 1)}C{at(4, 1)} {at(4, 7.4)} {at(0, 7.4)}C{at(-4, 7.4)} {at(-4, 1)} {at(0, 1)}Z"
    shoulders = f"M{at(-5, 16)}L{at(-5, 12)}C{at(-5, 7.4)} {at(5, 7.4)} {at(5, 12)}L{at(5, 16)}"
    legs = f"L{at(2.8, 16)}L{at(2.8, 23)}L{at(-2.8, 23)}L{at(-2.8, 16)}Z"
    return f"{head}{shoulders}{legs}"


def _draw_difference(sheet: Sheet, item: Item, groups: list[Item], y: float) -> float:
    """Write the difference in words: how many more or fewer of 100."""
    if item.estimate is None:
        return draw_lines(sheet, ["Difference: not given."], 0, y, sheet.width)
    for line in wrapped(difference_words(item, groups), sheet.width, 16, bold=True):
        sheet.write(0, y, line, Lettering(bold=True, size=16))
        y += LINE + 3
    interval = "interval not given"
    if item.interval_text:
        computed = ", computed here from the counts" if item.basis == "computed" else ""
        interval = f"{item.level_text} {item.interval_text}{computed}"
    between = ""
    if item.low is not None and item.high is not None:
        between = f"; that is, from {_more(item.low)} to {_more(item.high)} of 100"
    words = f"Difference: {item.estimate_text} percentage points, {interval}{between}."
    return draw_lines(sheet, [words], 0, y, sheet.width)


def difference_words(item: Item, groups: list[Item]) -> str:
    """Return "About 18 more of 100 with honey than with placebo"."""
    treated, control = groups[0].label, groups[1].label
    count = abs(int(rounded(item.estimate or 0, 0)))
    if count == 0:
        return f"About as many of 100 with {treated} as with {control}"
    either = "; no difference is possible too" if _may_be_none(item) else ""
    return f"About {_more(item.estimate or 0)} of 100 with {treated} than with {control}{either}"


def _may_be_none(item: Item) -> bool:
    return item.low is not None and item.high is not None and item.low <= 0 <= item.high


def _more(points: Amount) -> str:
    count = int(rounded(points if points > 0 else -points, 0))
    if count == 0:
        return "none more"
    return f"{count} {'more' if points > 0 else 'fewer'}"


def _notes(items: list[Item]) -> list[str]:
    notes = ["Filled: people counted. Outline: the others."]
    if any(
        item.estimate is not None and of_100(item.estimate).startswith("about") for item in items
    ):
        notes.append(ABOUT)
    groups = [item for item in items if item.part != DIFFERENCE]
    if any(item.basis == "computed" for item in groups):
        some = "Intervals of shares" if len(groups) > 1 else "Interval"
        notes.append(f"{some} computed here from the counts (Clopper-Pearson).")
    if groups[0].part == "together":
        notes.append("Pooled over studies by the source; there is no comparison group.")
    elif len(groups) == 1:
        notes.append("There is no comparison group.")
    if any("(derived)" in item.count_text for item in items):
        notes.append("† Count worked out here, not printed.")
    return [" ".join(notes)]


KIND = FigureKind(
    name="icons",
    sentence="A share as people of 100: one group, or the two arms of a randomised trial.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    options=("pooled",),
    unsuited=unsuited,
)
