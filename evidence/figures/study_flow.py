"""From what was found to what was included: steps, and beside them what left and why."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from evidence.figures.figure_item import Item, told, where_read
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.resolved import Resolved, resolved
from evidence.figures.study_flow_chart import GAP, LEAVES, STEP, chart
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.model.search import Search
from evidence.model.search_words import BECAME, REASONS
from evidence.numbers.accounts import account
from evidence.numbers.quantity import number_text, with_unit
from evidence.numbers.results import Computed

MOST = 24


@dataclass
class Step:
    """One step, its number if it is stated, and the rows that leave after it."""

    position: int
    number: Decimal | None
    leaving: list[tuple[int, Decimal | None]] = field(default_factory=list)


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield rows that are no counts, and steps that do not follow from the one before."""
    if figure.search is not None:
        return
    for position, row in enumerate(figure.rows):
        lacking = _lacking(findings[row.finding], row.finding)
        if lacking:
            yield (position, *lacking)
            return
    last = len(figure.rows) - 1
    if len(figure.rows) > MOST:
        yield last, f"{len(figure.rows)} boxes are too many; at most {MOST} fit", "Join reasons."
        return
    if figure.rows[0].leaves:
        yield 0, "nothing stands before what leaves here", "Name the first step before it."
        return
    steps = _steps(figure, findings)
    if len(steps) < 2:
        yield (
            last,
            "a study flow needs two steps or more",
            "Name where it begins and where it ends.",
        )
    elif steps[-1].leaving:
        yield last, "nothing follows what leaves here", "Name the step that is left."
    units = {findings[row.finding].unit for row in figure.rows if number_of(findings[row.finding])}
    if len(units) > 1:
        named = " and ".join(sorted(unit or "no unit" for unit in units))
        yield (
            last,
            f"the numbers are of different things: {named}",
            "Count the same thing throughout.",
        )
        return
    for before, after in itertools.pairwise(steps):
        yield from _unequal(before, after)


def _lacking(finding: Finding, address: str) -> tuple[str, str] | None:
    number = number_of(finding)
    if number is None:
        if finding.statement is not None:
            return None  # said to be not stated: a gap
        hint = (
            "Name a finding with a whole number, or one whose 'statement' says that none is given."
        )
        return f"'{address}' is not a number of records or studies", hint
    if number != number.to_integral_value() or number < 0 or finding.unit == "percent":
        return (
            f"'{address}' is {with_unit(number, finding.unit)}, which is no count",
            "Name a count.",
        )
    return None


def number_of(finding: Finding) -> Decimal | None:
    """Return what a box counts, if it is stated."""
    if finding.value is not None:
        return finding.value
    number = finding.events if finding.events is not None else finding.n
    return None if number is None else Decimal(number)


def _steps(figure: Figure, findings: dict[str, Finding]) -> list[Step]:
    steps: list[Step] = []
    for position, row in enumerate(figure.rows):
        number = number_of(findings[row.finding])
        if row.leaves:
            steps[-1].leaving.append((position, number))
        else:
            steps.append(Step(position, number))
    return steps


def _unequal(before: Step, after: Step) -> Iterator[Missing]:
    """Yield what does not add up; where a number is not stated, only what cannot be."""
    if before.number is None or after.number is None:
        return
    stated = sum((number for _, number in before.leaving if number is not None), Decimal(0))
    left = before.number - stated
    open_ended = any(number is None for _, number in before.leaving)
    if left == after.number or (open_ended and left > after.number):
        return
    away = f" less {number_text(stated)}" if before.leaving else ""
    rest = f" is {number_text(left)}" if before.leaving else ""
    message = f"{number_text(before.number)}{away}{rest}, but the next step has {number_text(after.number)}"
    hint = (
        "Compare with the source. If it does not say what left, name a finding whose 'statement' "
        "says so, with 'leaves: true'."
    )
    yield after.position, message, hint


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a box, as declared."""
    if figure.search is not None:
        return tuple(_account_items(report.searches[figure.search]))
    boxes = []
    step = ""
    for row in resolved(figure, report, computed):
        step = step if row.row.leaves else row.label
        boxes.append(_item(row, step))
    return tuple(boxes)


def _item(row: Resolved, step: str) -> Item:
    number = number_of(row.finding)
    words = "not stated" if number is None else with_unit(number, row.finding.unit)
    after = f", left out after {step[:1].lower()}{step[1:]}" if row.row.leaves else ""
    part = LEAVES if row.row.leaves else STEP
    return Item(
        label=row.label,
        printed=words,
        sentence=f"{row.label}: {words}{after}",
        group=row.row.group or "",
        address=row.row.finding,
        source=row.source,
        locator=row.finding.locator,
        estimate=number,
        estimate_text=words,
        part=part if number is not None else f"{part} {GAP}",
    )


def _account_items(search: Search) -> Iterator[Item]:
    """Yield what was found, what is not shown and why, and what is shown."""
    search_account = account(search)
    yield _counted("Found", search_account.found, STEP)
    for reason, count in search_account.left_out:
        yield _counted(
            f"Left out: {REASONS[reason][:1].lower()}{REASONS[reason][1:]}", count, LEAVES
        )
    if search_account.not_readable:
        yield _counted(BECAME["not-readable"], search_account.not_readable, LEAVES)
    if search_account.background:
        yield _counted(BECAME["background"], search_account.background, LEAVES)
    yield _counted("Shown", search_account.shown, STEP)


def _counted(label: str, count: int, part: str) -> Item:
    return Item(
        label=label,
        printed=str(count),
        sentence=f"{label}: {count}",
        locator="the account of the search",
        estimate=Decimal(count),
        estimate_text=str(count),
        part=part,
    )


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return nothing: the boxes say what they count."""
    del figure, findings
    return ""


def table(items: tuple[Item, ...]) -> Table:
    """Return each box, which way it goes, its number, and where it was read."""
    rows = tuple(
        (
            item.label,
            "leaves" if item.part.startswith(LEAVES) else "stays",
            item.estimate_text,
            where_read(item),
        )
        for item in items
    )
    return ("Step", "Way", "Number", "Read in"), rows


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the boxes in words; of many, the first and the last."""
    drawn = "The figure shows boxes from the first step to the last; what leaves stands beside."
    if len(items) <= 12:
        return told(title, drawn, items)
    ends = [items[0], next(item for item in reversed(items) if item.part.startswith(STEP))]
    said = ". ".join(item.sentence for item in ends)
    return f"{title.rstrip('.')}. {drawn} {said}. The table beside it lists all {len(items)}."


KIND = FigureKind(
    name="study-flow",
    sentence="For a search: how many were found, left out for which reason, and included.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    options=("leaves", "search"),
)
