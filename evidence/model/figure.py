"""A figure as an editor declares it: over findings, or over a table of counts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from evidence.model.base import (
    DateField,
    Id,
    ListedIn,
    Model,
    Number,
    Printed,
    Prose,
    Title,
    Truth,
    Whole,
    Words,
    asks,
)
from evidence.model.caution import SourcePlace
from evidence.model.figure_row import Rest, Row

# A table of counts: a CSV file of data/tables, or one that the registry importer wrote.


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
    draft: StrictBool = Field(
        default=False,
        examples=[True],
        json_schema_extra=asks(
            "true while only you are to see it: 'build.py serve' shows it, and a build leaves it out."
        ),
    )
    kind: Annotated[Words, ListedIn("figure_kinds")] = Field(
        json_schema_extra=asks("The kind of figure. docs/figures.md shows each with an example.")
    )
    title: Title = Field(
        examples=["More children stopped coughing with honey"],
        json_schema_extra=asks(
            "The headline: what the figure shows, as a sentence without a full stop."
        ),
    )
    subtitle: Prose = Field(
        examples=["Children without cough after a week, of all randomised"],
        json_schema_extra=asks("What is drawn: the measure, in whom, and when."),
    )
    rows: tuple[Row, ...] = Field(
        default=(),
        examples=[[{"finding": "honey-2019/cough-free", "label": "Honey 2019"}]],
        json_schema_extra=asks(
            "The findings that are drawn, one row each. For kinds that show findings; the others have 'table:'."
        ),
    )
    table: Words | None = Field(
        default=None,
        examples=["trials-by-year.csv", "register-2022/year.csv"],
        json_schema_extra=asks(
            "The table that is drawn: a file of data/tables, a table of an export (export/year.csv), or 'studies'."
        ),
    )
    columns: dict[Words, Words] = Field(
        default_factory=dict,
        examples=[{"year": "year", "value": "trials"}],
        json_schema_extra=asks(
            "Which column of the table plays which part, such as year, series, category and value."
        ),
    )
    where: dict[Printed, Printed | tuple[Printed, ...]] = Field(
        default_factory=dict,
        examples=[{"group": "airways"}],
        json_schema_extra=asks(
            "Only rows of the table with these cells: a column and a word, or a list of words."
        ),
    )
    labels: dict[Words, Words] = Field(
        default_factory=dict,
        examples=[{"not-stated": "Not stated"}],
        json_schema_extra=asks(
            "The words to print for cells of the table, in the order in which they are drawn."
        ),
    )
    read_in: SourcePlace | None = Field(
        default=None,
        examples=[{"source": "colds-2021", "locator": "Supplement"}],
        json_schema_extra=asks("Where the table comes from: a source and a locator."),
    )
    rest: Rest | None = Field(
        default=None,
        examples=[{"label": "Not stated"}],
        json_schema_extra=asks(
            "The part of the whole that the source does not state, in kinds that show shares."
        ),
    )
    axis: Words | None = Field(
        default=None,
        examples=["People without cough, percent"],
        json_schema_extra=asks(
            "The name of the axis; without it the build takes measure and unit."
        ),
    )
    reference: Number | None = Field(
        default=None,
        examples=[1],
        json_schema_extra=asks(
            "Where the line of no effect stands, where the kind does not know it: 1 for ratios, 0 for differences."
        ),
    )
    note: Prose | None = Field(
        default=None,
        examples=["Weights are those of this site."],
        json_schema_extra=asks("What stands below the figure, in a sentence."),
    )
    unit: Words | None = Field(
        default=None,
        examples=["trials"],
        json_schema_extra=asks(
            "What is counted, in the plural; without it the name of the column with the numbers is taken."
        ),
    )
    short: dict[Words, Words] = Field(
        default_factory=dict,
        examples=[{"Phase 1": "1"}],
        json_schema_extra=asks("Shorter words for cells, for narrow screens."),
    )
    ordered: Truth = Field(
        default=False,
        examples=[True],
        json_schema_extra=asks(
            "true where the series are steps of one order, such as phases: drawn from light to dark."
        ),
    )
    order: Literal["given", "number"] | None = Field(
        default=None,
        examples=["number"],
        json_schema_extra=asks(
            "'number' for the largest first, 'given' for the order of labels and table."
        ),
    )
    share: Truth = Field(
        default=False,
        examples=[True],
        json_schema_extra=asks("true to show parts in percent of each whole."),
    )
    total: Truth = Field(
        default=False,
        examples=[True],
        json_schema_extra=asks("true to write the sum beside its parts."),
    )
    line: Truth = Field(
        default=False,
        examples=[True],
        json_schema_extra=asks("true to draw a line instead of columns."),
    )
    until: DateField | None = Field(
        default=None,
        examples=["2020-06"],
        json_schema_extra=asks(
            "Where counting ended: that year, and years after it, are drawn pale."
        ),
    )
    most: Whole | None = Field(
        default=None,
        ge=1,
        examples=[10],
        json_schema_extra=asks("How many are shown by name; the others are put together."),
    )
    measure: Measure | None = Field(
        default=None,
        examples=["risk-ratio"],
        json_schema_extra=asks(
            "What is computed for each study, in kinds that show studies together."
        ),
    )
    pooled: Literal["none", "overall", "subgroups", "both"] | None = Field(
        default=None,
        examples=["overall"],
        json_schema_extra=asks("What is pooled here: nothing, all rows, each group, or both."),
    )
    sides: tuple[Words, Words] | None = Field(
        default=None,
        examples=[["Better without honey", "Better with honey"]],
        json_schema_extra=asks("What lies left and right of the line of no effect: [left, right]."),
    )
    axis_limits: tuple[Number, Number] | None = Field(
        default=None,
        examples=[[0.1, 10]],
        json_schema_extra=asks(
            "From where to where the axis goes: [from, to]. Longer intervals end there in an arrow."
        ),
    )
    method: Method | None = Field(
        default=None,
        examples=["inverse-variance"],
        json_schema_extra=asks(
            "How studies are pooled; without it by inverse variance, with effects that differ from study to study."
        ),
    )
    estimator: EstimatorName | None = Field(
        default=None,
        examples=["REML"],
        json_schema_extra=asks(
            "How the variance between studies is estimated; without it by REML."
        ),
    )
    prediction: Truth | None = Field(
        default=None,
        examples=[False],
        json_schema_extra=asks("false to leave out the prediction interval."),
    )
    asymmetry: Truth = Field(
        default=False,
        examples=[True],
        json_schema_extra=asks(
            "true, in a funnel of ten studies or more, to test whether small ones differ."
        ),
    )
    judged_by: Words | None = Field(
        default=None,
        examples=["the authors of the review"],
        json_schema_extra=asks("Who judged what a figure of judgements shows: never this site."),
    )
    search: Id | None = Field(
        default=None,
        examples=["colds"],
        json_schema_extra=asks(
            "The search whose account a study flow shows: the name of its file in data/searches."
        ),
    )
