"""Figures: what an editor declares becomes a result, and a result becomes a drawing."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.figures import arms, intervals, shares, timeline, years
from evidence.figures.kind import FigureKind, Missing
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.results import Computed, FigureResult
from evidence.writing.inline import plain_text

KINDS: dict[str, FigureKind] = {
    module.KIND.name: module.KIND for module in (intervals, shares, years, arms, timeline)
}


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return what the rows lack to be drawn, as (row position, message, hint).

    A kind that nobody knows lacks nothing here: the name of the kind is another rule's.
    """
    kind = KINDS.get(figure.kind)
    return () if kind is None else kind.missing(figure, findings)


def figure_result(figure: Figure, report: Report, computed: dict[str, Computed]) -> FigureResult:
    """Return everything that the drawing, table, CSV and alternative text of a figure say."""
    kind = KINDS[figure.kind]
    title = plain_text(figure.title, report, computed)
    items = kind.items(figure, report, computed)
    columns, rows = kind.table(items)
    sources = [report.finding(row.finding).source for row in figure.rows]
    if figure.read_in is not None:
        sources.append(figure.read_in.source)
    return FigureResult(
        id=figure.id,
        kind=figure.kind,
        title=title,
        subtitle=plain_text(figure.subtitle, report, computed),
        axis=figure.axis or kind.axis(figure, report.findings),
        items=items,
        columns=columns,
        table=rows,
        alternative=kind.alternative(title, items),
        sources=tuple(dict.fromkeys(sources)),
        reference=figure.reference,
        note=plain_text(figure.note or "", report, computed),
    )
