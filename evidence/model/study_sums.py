"""What of a study has to add up, and what this site counts or pools itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from evidence.model.base import (
    Id,
    ListedIn,
    Model,
    Number,
    Words,
    Year,
    asks,
)
from evidence.model.baseline import Completeness, CoursePhase


class Sum(Model):
    """Findings that have to add up: to the finding ``total``, or to ``whole``.

    ``rest`` is the finding that states what is left over, when the parts are not all.
    """

    parts: tuple[Id, ...] = Field(
        min_length=2,
        examples=[["with-cough", "without-cough"]],
        json_schema_extra=asks(
            "The findings of this study that add up, by their names: two or more."
        ),
    )
    total: Id | None = Field(
        default=None,
        examples=["participants"],
        json_schema_extra=asks("The finding that the parts have to add up to, by its name."),
    )
    whole: Number | None = Field(
        default=None,
        examples=[100],
        json_schema_extra=asks(
            "The number that the parts have to add up to, where it is no finding: 100 for percentages."
        ),
    )
    rest: Id | None = Field(
        default=None,
        examples=["not-followed"],
        json_schema_extra=asks(
            "The finding that says what is left over, where the parts are not all."
        ),
    )


class YearsMean(Model):
    """A stated mean per year from ``first`` to ``last``, both included."""

    finding: Id = Field(
        examples=["mean-early"],
        json_schema_extra=asks("The finding with the mean per year, by its name."),
    )
    first: Year = Field(examples=[2010], json_schema_extra=asks("The first year that it covers."))
    last: Year = Field(examples=[2014], json_schema_extra=asks("The last year that it covers."))


class Years(Model):
    """Stated means and a stated peak per year that have to fit a total.

    ``means`` are findings with the years they cover; ``last`` is the last year counted.
    """

    total: Id = Field(
        examples=["trials"],
        json_schema_extra=asks("The finding with the number over all years, by its name."),
    )
    peak: Id = Field(
        examples=["most-in-a-year"],
        json_schema_extra=asks("The finding with the number of the highest year, by its name."),
    )
    means: tuple[YearsMean, ...] = Field(
        min_length=1,
        examples=[[{"finding": "mean-early", "first": 2010, "last": 2014}]],
        json_schema_extra=asks(
            "The findings with means per year, each with the years that it covers."
        ),
    )
    last: Year = Field(examples=[2020], json_schema_extra=asks("The last year that was counted."))


class Selection(Model):
    """Which studies go into one pooled result; what is left out does not restrict."""

    label: Words = Field(
        examples=["All that can be read in full"],
        json_schema_extra=asks("What this pooled result is of, as readers see it."),
    )
    reanalysis: tuple[Literal["strict", "doubtful"], ...] = Field(
        min_length=1,
        examples=[["strict"]],
        json_schema_extra=asks(
            "Which studies go in, by what stands under 'reanalysis:' in each of them."
        ),
    )
    cells: tuple[Annotated[Words, ListedIn("cells")], ...] = Field(
        default=(),
        examples=[["honey"]],
        json_schema_extra=asks("Only studies of these kinds; leave it out for all."),
    )
    phases: tuple[CoursePhase, ...] = Field(
        default=(),
        examples=[["acute"]],
        json_schema_extra=asks(
            "Only studies of people treated so long after the condition began; leave it out for all."
        ),
    )
    completeness: tuple[Completeness, ...] = Field(
        default=(),
        examples=[["complete"]],
        json_schema_extra=asks("Only studies of such people; leave it out for all."),
    )


class Analysis(Model):
    """A pooled re-analysis over studies of this site: ``finding`` is taken from each study.

    Each of ``results`` gives findings of its own: the pooled share, how many studies and people,
    a prediction interval and the heterogeneity (see evidence/numbers/analysis.py). For those named in
    ``leave_one_out`` the pooled share without each study is given too.
    """

    finding: Id = Field(
        examples=["cough-free"],
        json_schema_extra=asks("The finding that is taken from each study, by its name there."),
    )
    measure: Words = Field(
        examples=["no cough after a week"], json_schema_extra=asks("What is pooled, in words.")
    )
    source: Id = Field(
        examples=["own-analysis"],
        json_schema_extra=asks(
            "The source that stands for this analysis: the name of its file in data/sources, without .yaml."
        ),
    )
    locator: Words = Field(
        examples=["Pooled shares"], json_schema_extra=asks("Where in that source it stands.")
    )
    results: dict[Id, Selection] = Field(
        examples=[{"strict": {"label": "All that can be read in full", "reanalysis": ["strict"]}}],
        json_schema_extra=asks(
            "The pooled results, each under a name of its own with what goes in."
        ),
    )
    leave_one_out: tuple[Id, ...] = Field(
        default=(),
        examples=[["strict"]],
        json_schema_extra=asks(
            "The results that are also computed without each study, by their names above."
        ),
    )


class RegistryCount(Model):
    """The counts of a registry export that are findings of a study: of all, or of one ``group``.

    ``source`` is the export as a source; each finding names the table that it stands in.
    """

    export: Id = Field(
        examples=["register-2022"],
        json_schema_extra=asks(
            "The export of a registry whose counts are findings of this study: the name of its folder in "
            "data/registry."
        ),
    )
    group: Id | None = Field(
        default=None,
        examples=["airways"],
        json_schema_extra=asks(
            "The group of conditions that is counted; leave it out to count all."
        ),
    )
    source: Id = Field(
        examples=["register-2022"],
        json_schema_extra=asks(
            "The source that stands for the export: the name of its file in data/sources, without .yaml."
        ),
    )
    population: Words = Field(
        examples=["trials of honey"], json_schema_extra=asks("What is counted, in words.")
    )
