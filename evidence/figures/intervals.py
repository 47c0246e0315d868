"""Estimates with their intervals, one a row: what a forest plot shows, without pooling."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evidence.figures.figure_item import (
    Item,
    Resolved,
    computed_interval,
    count_words,
    estimate_words,
    groups_of,
    interval_words,
    printed_interval,
    resolved,
    spoken,
    told,
    where_read,
)
from evidence.figures.intervals_chart import chart
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.measures import Amount
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.quantity import RATIOS, printed, rounded
from evidence.numbers.results import Computed

BASES = {
    "reported": "the source",
    "computed": "the counts, computed here",
    "none": "interval not given",
}


def unit_of(finding: Finding) -> str:
    """Return the unit of a row; counts are shown as percentages."""
    return finding.unit or "percent" if finding.value is not None else "percent"


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield what the rows lack: a number, or the same unit as the first row."""
    first: str | None = None
    for position, row in enumerate(figure.rows):
        finding = findings.get(row.finding)
        if finding is None:
            continue
        if finding.value is None and (finding.events is None or finding.n is None):
            yield position, f"'{row.finding}' has no value and no counts to draw", _hint(finding)
            continue
        unit = unit_of(finding)
        first = first or unit
        if unit != first:
            message = f"'{row.finding}' is in {unit}, the rows above it in {first}"
            yield position, message, "One figure has one axis: make a second figure."
        elif figure.reference == 1 and unit != "percent" and min(_ends(finding)) <= 0:
            message = f"'{row.finding}' reaches zero or below, which a ratio cannot"
            yield position, message, "Leave out 'reference: 1' if this is not a ratio."


def _hint(finding: Finding) -> str:
    if finding.arms is not None:
        return "A finding with two arms is drawn by 'kind: arms'."
    return "Name a finding with 'value', or with 'events' and 'n'."


def _ends(finding: Finding) -> list[Amount]:
    return [*(finding.interval or ()), *([finding.value] if finding.value is not None else ())]


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a row, with the printed interval or else the one computed from counts."""
    return tuple(row_item(row) for row in resolved(figure, report, computed))


def row_item(row: Resolved) -> Item:
    """Return the item of one row, whose estimate is printed or else follows from its counts."""
    finding, made = row.finding, row.computed.proportion
    interval = printed_interval(finding)
    if interval.basis == "none" and unit_of(finding) == "percent":
        interval = computed_interval(made)
    if finding.value is not None:
        estimate: Decimal | None = finding.value
        estimate_text = estimate_words(finding)
        said = printed(finding, "value", row.computed).text
    else:
        estimate = rounded(made.percent) if made is not None else None
        estimate_text = said = printed(finding, "computed-percent", row.computed).text
    count = count_words(finding.events, finding.n, derived=finding.counts == "derived")
    doubtful = row.study.reanalysis == "doubtful"
    shown = f" ({interval.level} {interval.words})" if interval.words else ""
    return Item(
        label=row.label,
        printed=f"{said}{shown}",
        sentence=spoken(f"{row.label}{' (doubtful)' if doubtful else ''}", said, interval, count),
        group=row.row.group or "",
        address=row.row.finding,
        source=row.source,
        locator=finding.locator,
        estimate=estimate,
        low=interval.low,
        high=interval.high,
        events=finding.events,
        n=finding.n,
        basis=interval.basis,
        estimate_text=estimate_text,
        interval_text=interval.words,
        level_text=interval.level,
        count_text=count,
        doubtful=doubtful,
    )


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return the unit of the rows in words."""
    unit = unit_of(findings[figure.rows[0].finding])
    words = unit[:1].upper() + unit[1:]
    return f"{words}, logarithmic scale" if figure.reference == 1 and unit in RATIOS else words


def table(shown: tuple[Item, ...]) -> Table:
    """Return label, group, counts, estimate, interval with its basis, and where each was read."""
    grouped, counted = any(item.group for item in shown), any(item.count_text for item in shown)
    doubtful = any(item.doubtful for item in shown)
    columns = ["Study or outcome", *(["Group"] if grouped else [])]
    columns += [*(["Count"] if counted else []), "Estimate", "Interval", "Interval comes from"]
    columns += [*(["Reading"] if doubtful else []), "Read in"]
    rows = []
    for item in shown:
        interval = f"{item.level_text} {item.interval_text}".strip() or interval_words(item)
        row = [item.label, *([item.group] if grouped else [])]
        row += [*([item.count_text] if counted else []), item.estimate_text, interval]
        row += [BASES[item.basis], *([_reading(item)] if doubtful else []), where_read(item)]
        rows.append(tuple(row))
    return tuple(columns), tuple(rows)


def _reading(item: Item) -> str:
    return "doubtful" if item.doubtful else "clear"


def alternative(title: str, shown: tuple[Item, ...]) -> str:
    """Return the figure in sentences, group by group when there are many rows."""
    drawn = f"The figure shows {len(shown)} estimates, each with its interval where one is known."
    groups = groups_of(list(shown))
    if len(shown) <= 12 or len(groups) == 1:
        return told(title, drawn, shown)
    parts = [f"{title.rstrip('.')}. {drawn}"]
    for group in groups:
        members = [item for item in shown if item.group == group and item.estimate is not None]
        lowest = min(members, key=lambda item: item.estimate or 0)
        highest = max(members, key=lambda item: item.estimate or 0)
        parts.append(f"{group}, {len(members)} rows. Lowest: {lowest.sentence}.")
        parts.append(f"Highest: {highest.sentence}.")
    return " ".join([*parts, "The table beside it lists all of them."])


KIND = FigureKind(
    name="intervals",
    sentence="Estimates with their intervals, one a row; groups stand apart and are not pooled.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
)
