"""Studies pooled again and again: as they came year by year, and without each in turn."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from evidence.figures.effects import (
    digits_of,
    lacking_counts,
    lacking_pool,
    lacking_years,
    pooled_here,
)
from evidence.figures.effects import missing as lacking_studies
from evidence.figures.effects import question as asked
from evidence.figures.figure_item import Item, told
from evidence.figures.forest import axis, reference, table
from evidence.figures.forest_chart import chart
from evidence.figures.forest_conventions import conventions
from evidence.figures.kind import FigureKind, Missing
from evidence.figures.pooled_items import ALONE, STEP, pooled_item, pooled_items, step_cautions
from evidence.figures.pooling_choices import lacking_choice
from evidence.figures.resolved import Resolved, resolved
from evidence.model.figure import Figure
from evidence.model.figure_row import Row
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.results import Computed, PoolingQuestion, Together


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield what keeps the rows from being pooled."""
    yield from lacking_studies(figure, findings)
    yield from lacking_pool(figure, 2 if figure.kind == "cumulative" else 3)
    yield from lacking_counts(figure, findings)
    yield from lacking_choice(figure, findings)
    for position, row in enumerate(figure.rows):
        if row.pooled:
            hint = "Leave it out, or choose 'kind: forest'."
            yield position, f"'{row.finding}' is pooled already", hint


def _question(figure: Figure, report: Report) -> PoolingQuestion:
    rows = [report.finding(row.finding) for row in pooled_here(figure)]
    if figure.kind == "cumulative":
        years = tuple(_year(row, report) for row in pooled_here(figure))
        return asked(figure, rows, ("overall", "cumulative"), years=years)
    return asked(figure, rows, ("overall", "leave-one-out"))


def _year(row: Row, report: Report) -> int:
    """Return the year of a row, or else the one in which its source was issued."""
    if row.first_year is not None:
        return row.first_year
    issued = report.sources[report.finding(row.finding).source].issued
    return issued.year if issued is not None else 0


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a step, and at last what all studies show together."""
    rows, synthesis = resolved(figure, report, computed), computed[figure.id].synthesis
    if synthesis is None or synthesis.overall is None:
        return ()
    digits, share = digits_of(figure, rows), figure.measure == "share"
    listed = []
    for part in synthesis.parts:
        label, named, address = _words(figure, part, rows, report)
        named += f" ({ALONE})" if share else ""
        step = pooled_item(part, digits, label, named, "")
        count = _count(figure, part)
        listed.append(dataclasses.replace(step, part=STEP, count_text=count, address=address))
    listed += pooled_items(synthesis.overall, digits, synthesis.scale, "", share=share)
    fewer = [part for part in synthesis.parts if part.k < synthesis.overall.k]
    listed += step_cautions([(_named(figure, part, rows), part) for part in fewer])
    return tuple(listed)


def _count(figure: Figure, part: Together) -> str:
    """Return how many studies, which without each in turn is always the same, and their people."""
    many = [_many(part)] if figure.kind == "cumulative" else []
    people = [f"{events:,} of {n:,}" for events, n in part.people] if len(part.people) == 1 else []
    return ", ".join([*many, *people])


def _named(figure: Figure, part: Together, rows: list[Resolved]) -> str:
    """Return what tells a step from others in a sentence."""
    if figure.kind == "cumulative":
        return f"up to {part.label}"
    return f"without {rows[int(part.label)].label}"


def _words(
    figure: Figure, part: Together, rows: list[Resolved], report: Report
) -> tuple[str, str, str]:
    """Return the label of a step, how it is spoken of, and the finding that makes it."""
    many = _many(part)
    if figure.kind != "cumulative":
        left = rows[int(part.label)]
        without = f"Without {left.label}"
        return without, f"{without}, {many}", left.row.finding
    new = [row for row in rows if str(_year(row.row, report)) == part.label]
    named = ", ".join(row.label for row in new)
    label = named if part.k == len(new) else f"+ {named}"
    return label, f"By {part.label}, {many}, the last {named}", new[0].row.finding


def _many(part: Together) -> str:
    return "1 study" if part.k == 1 else f"{part.k} studies"


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the result of all studies, then the steps, or of many the extremes."""
    steps = tuple(item for item in items if item.part == STEP)
    others = " ".join(f"{item.sentence}." for item in items if item.part != STEP)
    drawn = f"The figure shows {len(steps)} pooled results, one a row. {others}"
    return told(title, drawn, steps)


CUMULATIVE = FigureKind(
    name="cumulative",
    sentence="What the studies showed together, year by year as they came.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    conventions=conventions,
    options=("measure", "sides", "axis_limits", "estimator", "prediction"),
    question=_question,
    reference=reference,
    unsuited=lacking_years,
)
LEAVE_ONE_OUT = dataclasses.replace(
    CUMULATIVE,
    name="leave-one-out",
    sentence="What the studies show together when each in turn is left out.",
    unsuited=None,
)
