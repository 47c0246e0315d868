"""Studies by their effect and their precision: a funnel plot, with its caveat."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal

from evidence.figures.effects import (
    digits_of,
    is_ratio,
    lacking_counts,
    lacking_pool,
    pooled_here,
    unit_of,
)
from evidence.figures.effects import missing as lacking_studies
from evidence.figures.effects import question as asked
from evidence.figures.figure_item import Item, resolved, told
from evidence.figures.forest import axis, reference, row_items
from evidence.figures.forest import table as forest_table
from evidence.figures.funnel_chart import CAUSES, FEW, FEWEST, MANY, chart
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.pooled_items import CAUTION, POINT, POOLED, WHOLE, pooled_items
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.quantity import number_text, rounded
from evidence.numbers.results import Computed
from evidence.numbers.synthesis import PoolingQuestion


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield what keeps the rows from a funnel; shares of people have none that means anything."""
    yield from lacking_studies(figure, findings)
    yield from lacking_pool(figure, 3)
    yield from lacking_counts(figure, findings)
    if figure.measure == "share":
        hint = "Show them by 'kind: forest'."
        yield 0, "the error of a share hangs on the share itself, so its funnel misleads", hint
    for position, row in enumerate(figure.rows):
        if row.pooled:
            yield position, f"'{row.finding}' is pooled already", "Leave it out."


def question(figure: Figure, report: Report) -> PoolingQuestion:
    """Return what is asked of the statistics."""
    rows = [report.finding(row.finding) for row in pooled_here(figure)]
    return asked(figure, rows, ("overall",))


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return the studies with their standard errors, and what they show together."""
    rows, found = resolved(figure, report, computed), computed[figure.id].synthesis
    if found is None or found.overall is None:
        return ()
    digits = digits_of(figure, rows)
    ratio = is_ratio(unit_of(figure, report.findings))
    made = []
    for item, single in zip(row_items(figure, rows, found, digits), found.studies, strict=True):
        error = rounded(single.standard_error, 2 if ratio else digits.places)
        error = error or Decimal("0.001")
        sentence = f"{item.sentence}, standard error {number_text(error)}"
        sentence += " (log scale)" if ratio else ""
        made.append(
            dataclasses.replace(
                item, part=POINT, group="", sentence=sentence, standard_error=error, weight=None
            )
        )
    pooled = pooled_items(found.overall, digits, found.scale, "", share=False)
    return (*made, *(item for item in pooled if item.part in {POOLED, WHOLE, CAUTION}))


def table(shown: tuple[Item, ...]) -> Table:
    """Return the table of a forest plot with the standard errors."""
    columns, rows = forest_table(shown)
    place = columns.index("Interval") + 1
    errors = ["" if each.standard_error is None else str(each.standard_error) for each in shown]
    return (
        (*columns[:place], "Standard error", *columns[place:]),
        tuple((*row[:place], error, *row[place:]) for row, error in zip(rows, errors, strict=True)),
    )


def alternative(title: str, shown: tuple[Item, ...]) -> str:
    """Return the pooled result and the caveat, then the studies, or of many the extremes."""
    studies = tuple(item for item in shown if item.part == POINT)
    pooled = " ".join(f"{item.sentence}." for item in shown if item.part != POINT)
    few = FEW.format(len(studies)) if len(studies) < FEWEST else MANY
    drawn = (
        f"The figure shows {len(studies)} studies by effect and standard error, the most precise "
        f"at the top. {pooled} {CAUSES} {few}"
    )
    return told(title, drawn, studies)


KIND = FigureKind(
    name="funnel",
    sentence="Studies by effect and precision; asymmetry has many causes.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    options=("measure",),
    question=question,
    reference=reference,
    family="scatter",
)
