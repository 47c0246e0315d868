"""Dated events in order of time, each as precise as its source dates it."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from decimal import Decimal

from evidence.figures.figure_item import Item, Resolved, resolved, told, where_read
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.timeline_chart import chart
from evidence.model.base import PartialDate
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.results import Computed

PLACES = Decimal("0.001")


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield rows whose finding has no date."""
    for position, row in enumerate(figure.rows):
        finding = findings.get(row.finding)
        if finding is not None and finding.date is None:
            yield position, f"'{row.finding}' has no date", "Name a finding with 'date'."


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item an event, in order of time."""
    made = (_item(row, row.finding.date) for row in resolved(figure, report, computed)
            if row.finding.date is not None)  # fmt: skip
    return tuple(sorted(made, key=lambda item: (item.first_year or 0, item.last_year or 0)))


def _item(row: Resolved, date: PartialDate) -> Item:
    return Item(
        label=row.label,
        printed=date.words,
        sentence=f"{date.words}: {row.label}",
        group=row.row.group or "",
        address=row.row.finding,
        source=row.source,
        locator=row.finding.locator,
        first_year=_start(date),
        last_year=_end(date),
        estimate_text=date.words,
        date=str(date),
    )


def _start(date: PartialDate) -> Decimal:
    """Return a date as a year with its part: 1 July 2023 is 2023.496."""
    days = 366 if isleap(date.year) else 365
    passed = Decimal(date.first_day.timetuple().tm_yday - 1) / days
    return (date.year + passed).quantize(PLACES)


def _end(date: PartialDate) -> Decimal:
    """Return where a date ends: with its month or year, or where it starts if it is one day."""
    if date.day is not None:
        return _start(date)
    if date.month in {None, 12}:
        return Decimal(date.year + 1)
    return _start(PartialDate(year=date.year, month=(date.month or 0) + 1))


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return nothing: years name themselves."""
    del figure, findings
    return ""


def table(shown: tuple[Item, ...]) -> Table:
    """Return date, event and where each was read."""
    rows = tuple((item.estimate_text, item.label, where_read(item)) for item in shown)
    return ("Date", "Event", "Read in"), rows


def alternative(title: str, shown: tuple[Item, ...]) -> str:
    """Return the events in words, in order of time."""
    return told(title, "The figure shows events in order of time.", shown, extremes=False)


KIND = FigureKind(
    name="timeline",
    sentence="Dated events in order of time, as precise as their sources date them.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
)
