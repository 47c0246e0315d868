"""A figure as an editor declares it: over findings, or over a table of counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from evidence.model.base import DateField, Id, Model, Number, Prose, Whole, Words, Year
from evidence.model.study import SourcePlace

# A table of counts: a CSV file of data/tables, or one that the registry importer wrote.


@dataclass(frozen=True)
class Table:
    """Cells as text: ``rows`` as (line in the file, cells in the order of ``columns``)."""

    name: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def position(self, column: str) -> int:
        """Return where a column stands in each row."""
        return self.columns.index(column)


# A figure as an editor declares it: over findings, or over a table of counts.

Measure = Literal[
    "share",
    "risk-difference",
    "risk-ratio",
    "odds-ratio",
    "rate-ratio",
    "mean-difference",
    "standardised-mean-difference",
    "printed",
]
Method = Literal["inverse-variance", "mantel-haenszel", "peto"]
EstimatorName = Literal["REML", "PM", "DL"]


class Row(Model):
    """One row of a figure: a finding, its label, and what its kind needs besides.

    ``pooled`` marks a result that its source pooled: a diamond, never pooled again.
    ``leaves`` marks what leaves a study flow after the step above it.
    """

    finding: Words
    label: Prose | None = None
    group: Words | None = None
    first_year: Year | None = None
    last_year: Year | None = None
    pooled: bool = False
    leaves: bool = False


class Rest(Model):
    """The part of a whole that the source does not state."""

    label: Words


class Figure(Model):
    """A chart: its kind, its headline, and the findings or the table that it shows.

    ``rows`` name findings. Or else ``table`` names a CSV file, ``columns`` says which of its columns
    plays which role for the kind, ``where`` keeps the rows with these cells, ``labels`` gives cells
    the words to print (and their order), and ``read_in`` is where the table comes from. Rows that
    fall on the same mark are added up. The table "studies" is made of the studies of the site.

    Kinds that show a table may be told more. ``unit`` is what is counted, in the plural: "trials";
    else the column of the numbers says it. ``short`` gives cells shorter words for the phone.
    ``ordered`` says that the series are steps of one order, drawn from light to dark. ``order`` is
    "given" or "number". ``share`` shows parts in percent, ``total`` the sum beside its parts,
    ``line`` a line instead of columns. ``until`` is where the last year ends, if not in December.
    ``most`` is how many are shown by name; the others are put together.

    Kinds that show studies together are told the ``measure`` of each study, and what is
    ``pooled`` of them here. ``sides`` says what lies left and right of the line of no effect,
    ``axis_limits`` from where to where the axis goes: longer intervals end there in an arrow.
    ``method`` is how they are pooled: by inverse variance with effects that differ from study to
    study, unless it says otherwise; ``estimator`` is that of the variance between studies, REML
    unless it says otherwise. ``prediction: false`` leaves out the prediction interval.
    ``asymmetry`` asks of a funnel whether small studies differ from large ones.
    ``judged_by`` says who judged what a figure of judgements shows: never this site.
    ``search`` is the search whose account a study flow shows.
    """

    id: Id
    kind: Words
    title: Prose
    subtitle: Prose
    rows: tuple[Row, ...] = ()
    table: Words | None = None
    columns: dict[Words, Words] = Field(default_factory=dict)
    where: dict[Words, Words | tuple[Words, ...]] = Field(default_factory=dict)
    labels: dict[Words, Words] = Field(default_factory=dict)
    read_in: SourcePlace | None = None
    rest: Rest | None = None
    axis: Words | None = None
    reference: Number | None = None
    note: Prose | None = None
    unit: Words | None = None
    short: dict[Words, Words] = Field(default_factory=dict)
    ordered: bool = False
    order: Literal["given", "number"] | None = None
    share: bool = False
    total: bool = False
    line: bool = False
    until: DateField | None = None
    most: Whole | None = Field(default=None, ge=1)
    measure: Measure | None = None
    pooled: Literal["none", "overall", "subgroups", "both"] | None = None
    sides: tuple[Words, Words] | None = None
    axis_limits: tuple[Number, Number] | None = None
    method: Method | None = None
    estimator: EstimatorName | None = None
    prediction: bool | None = None
    asymmetry: bool = False
    judged_by: Words | None = None
    search: Id | None = None
