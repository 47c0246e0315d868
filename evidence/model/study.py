"""A study and its findings."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from evidence.model.base import (
    MOST,
    DateField,
    Id,
    InUnit,
    Level,
    Model,
    Number,
    Prose,
    PValue,
    SourceId,
    Whole,
    Words,
    Year,
)

MarkKind = Literal[
    "uncertain",
    "derived",
    "inferred",
    "another-kind",
    "another-product",
    "partly-readable",
    "press-source",
    "company-statement",
    "mirror",
]
DesignKind = Literal[
    "randomised-controlled-trial",
    "non-randomised-controlled-trial",
    "single-arm-trial",
    "case-series",
    "case-report",
    "systematic-review",
    "review",
    "registry-analysis",
    "cohort",
    "registered-trial",
    "expanded-access",
    "regulatory-history",
    "company-programme",
    "own-analysis",
    "letter",
    "not-stated",
]
# Of these, what treats everybody: nobody to compare with
SINGLE_ARM = frozenset({"single-arm-trial", "case-series", "case-report", "expanded-access"})


class Mark(Model):
    """Something about a study or finding that has to stay visible."""

    kind: MarkKind
    text: Words


class SourcePlace(Model):
    """Where something was read: a source and a locator in it."""

    source: SourceId = Field(description="The source, by its id.")
    locator: Words = Field(description="Where in that source it stands.")


class Arm(Model):
    """One arm of a comparison; ``percent`` only when it was printed."""

    label: Words | None = Field(default=None, description="What the arm got.")
    percent: Annotated[Number, InUnit("percent")] | None = Field(
        default=None, description="Percentage of the arm with the result, where it was printed."
    )
    value: Annotated[Number, InUnit(beside="unit")] | None = Field(
        default=None,
        description="What was measured in the arm, where it is no share: often a mean.",
    )
    sd: Annotated[Number, InUnit(beside="unit")] | None = Field(
        default=None,
        ge=0,
        title="Standard deviation",
        description="The standard deviation around the mean of the arm, in its unit.",
    )
    events: Whole | None = Field(
        default=None, ge=0, le=MOST, description="How many of the arm had the result."
    )
    n: Whole | None = Field(
        default=None,
        ge=1,
        le=MOST,
        title="People",
        description="How many people of the arm were counted.",
    )
    person_years: Annotated[Number, InUnit("person-years")] | None = Field(
        default=None,
        gt=0,
        description="How many years the people of the arm were observed, added up.",
    )

    @model_validator(mode="after")
    def _possible(self) -> Arm:
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise PydanticCustomError(
                "impossible",
                "{percent} percent of an arm is not possible",
                {"percent": str(self.percent)},
            )
        return _events_possible(self)


class Arms(Model):
    """The two arms of a comparison."""

    treated: Arm = Field(description="Those who got the treatment.")
    control: Arm = Field(description="Those they are compared with.")


class Estimate(Model):
    """A difference or ratio as printed, with its interval and level in percent."""

    value: Annotated[Number, InUnit(beside="difference-unit")] | None = Field(
        default=None, description="The difference or ratio, as printed."
    )
    interval: Annotated[tuple[Number, Number], InUnit(beside="difference-unit")] | None = Field(
        default=None, description="The interval of the difference or ratio, as printed."
    )
    level: Level | None = Field(
        default=None, description="The level of that interval in percent, where it was printed."
    )
    standard_error: Number | None = Field(
        default=None,
        gt=0,
        description="The standard error, where it was printed instead: for a ratio, of its logarithm.",
    )
    unit: Words = Field(description="The unit of the difference, or which ratio it is.")

    @model_validator(mode="after")
    def _possible(self) -> Estimate:
        return _interval_possible(self)


class Rating(Model):
    """How certain somebody judges a finding or an outcome to be; never our own judgement."""

    certainty: Literal["high", "moderate", "low", "very-low"] = Field(
        description="How certain somebody else judges it to be."
    )
    by: Words = Field(description="Who judged.")
    source: SourceId = Field(description="The source in which the judgement stands, by its id.")
    locator: Words = Field(description="Where in that source it stands.")
    reasons: Words | None = Field(
        default=None, description="Their reasons, in our words, where they could be read."
    )


class Sum(Model):
    """Findings that have to add up: to the finding ``total``, or to ``whole``.

    ``rest`` is the finding that states what is left over, when the parts are not all.
    """

    parts: tuple[Id, ...] = Field(min_length=2)
    total: Id | None = None
    whole: Number | None = None
    rest: Id | None = None


class Years(Model):
    """Stated means and a stated peak per year that have to fit a total.

    ``means`` are findings with the years they cover; ``last`` is the last year counted.
    """

    total: Id
    peak: Id
    means: tuple[YearsMean, ...] = Field(min_length=1)
    last: Year


class YearsMean(Model):
    """A stated mean per year from ``first`` to ``last``, both included."""

    finding: Id
    first: Year
    last: Year


# Time from the beginning of a condition to treatment; a site says which days each word means
CoursePhase = Literal["acute", "subacute", "chronic", "mixed", "not-stated"]
# Whether all, or some, had lost all that the condition can take, before treatment
Completeness = Literal["complete", "mixed", "not-stated"]


class Baseline(Model):
    """When people were first examined or treated, in words and by kind; see ``CoursePhase``.

    ``time`` reads after "first examined" or "treated": "within 30 days". What a
    finding does not say of it is taken from its study.
    """

    time: Words | None = Field(
        default=None, description="When people were first examined or treated, in words."
    )
    phase: CoursePhase = Field(
        default="not-stated", description="How long after the condition began that was, by kind."
    )
    completeness: Completeness | None = Field(
        default=None, description="Whether all, or some, had lost all that the condition can take."
    )
    treated: bool = Field(
        default=True,
        description="Whether that is the time of treatment, and not of the first examination.",
    )


class Finding(Model):
    """One reported quantity of a study, bound to a source and a locator.

    ``outcome`` names an outcome of the searches for the study's condition: all findings with it
    stand in one table. ``outcome: none`` says that a comparison answers no question of a topic.
    """

    id: Id = Field(title="Finding", description="The name of the finding in its study.")
    measure: Words = Field(description="What was measured.")
    source: SourceId = Field(description="The source in which it was read, by its id.")
    locator: Words = Field(description="Where in that source it stands.")
    population: Words | None = Field(default=None, description="In whom it was measured.")
    time: Words | None = Field(default=None, description="When it was measured.")
    outcome: Id | None = Field(
        default=None,
        description="The outcome whose table it stands in; none where it answers no question of a topic.",
    )
    baseline: Baseline | None = Field(
        default=None, description="When people were first examined or treated."
    )
    group: Words | None = Field(
        default=None,
        description="Which part of the participants the share is of, where it is not all.",
    )
    value: Annotated[Number, InUnit(beside="unit")] | None = Field(
        default=None, description="The number, as printed."
    )
    interval: Annotated[tuple[Number, Number], InUnit(beside="unit")] | None = Field(
        default=None, description="The interval of the number, as printed."
    )
    level: Level | None = Field(
        default=None, description="The level of that interval in percent, where it was printed."
    )
    unit: Words | None = Field(default=None, description="The unit of the number.")
    sign: Literal["<", ">", "about"] | None = Field(
        default=None,
        description="What was printed before the number, where it is a bound or about so many.",
    )
    events: Whole | None = Field(
        default=None, ge=0, le=MOST, description="How many had the result."
    )
    n: Whole | None = Field(
        default=None, ge=1, le=MOST, title="People", description="Among how many."
    )
    arms: Arms | None = Field(default=None, description="Two groups that are compared.")
    difference: Estimate | None = Field(
        default=None, description="The difference or ratio of two groups."
    )
    p: PValue | None = Field(default=None, title="P value", description="The P value, as printed.")
    date: DateField | None = Field(default=None, description="The date, where the finding is one.")
    statement: Words | None = Field(
        default=None, description="What was found, where it is no number, in our words."
    )
    analysis: Words | None = Field(
        default=None, description="Which analysis it is of, where its study made several."
    )
    same_as: Words | None = Field(
        default=None, description="The finding of another study that this one quotes."
    )
    as_of: DateField | None = Field(default=None, description="The day on which it was true.")
    rating: Rating | None = Field(
        default=None, description="How certain somebody else judges it to be."
    )
    endpoint: Literal["primary", "secondary", "safety", "not-stated"] | None = Field(
        default=None, description="Which kind of endpoint of its study it is."
    )
    counts: Literal["reported", "derived"] = Field(
        default="reported",
        description="Whether the counts were printed, or worked out from what was.",
    )
    derivation: Words | None = Field(
        default=None, description="How the counts were worked out, or the number computed."
    )
    also: tuple[SourcePlace, ...] = Field(
        default=(), description="Other places where the same stands: source and locator."
    )
    marks: tuple[Mark, ...] = Field(
        default=(),
        description="What has to stay visible, of the finding or its whole study: kind and words.",
    )
    note: Words | None = Field(default=None, description="What else has to be known of it.")

    @model_validator(mode="after")
    def _possible(self) -> Finding:
        quantities = (self.value, self.events, self.n, self.arms, self.difference)
        if all(part is None for part in (*quantities, self.p, self.date, self.statement)):
            raise PydanticCustomError("quantity", "this finding holds no quantity", {})
        if self.date is not None and any(part is not None for part in quantities):
            raise PydanticCustomError("quantity", "this finding holds a date and a number", {})
        if self.value is not None and self.unit is None and self.events is None:
            raise PydanticCustomError("unit", "this finding has a value and no unit", {})
        _events_possible(self)
        return _interval_possible(self)


class Design(Model):
    """How a study was made; what the sources read do not say is ``not-stated``."""

    kind: DesignKind = Field(description="The kind of study.")
    blinding: Literal["double", "single", "open", "not-stated", "not-applicable"] = Field(
        default="not-stated", description="Whether people knew what they got."
    )
    phase: Literal["0", "1", "1/2", "2", "2/3", "3", "4", "not-stated"] | None = Field(
        default=None, description="The phase of the trial."
    )
    control: Literal[
        "placebo",
        "untreated",
        "rehabilitation",
        "usual-care",
        "active",
        "none",
        "historical",
        "not-stated",
        "not-applicable",
    ] = Field(default="not-stated", description="What those got who are compared with.")
    centres: Literal["one", "many", "not-stated", "not-applicable"] = Field(
        default="not-stated", description="Whether it was made in one place or many."
    )


class Intervention(Model):
    """What was given."""

    cell: Words = Field(title="Kind", description="What was given, by the closed list.")
    donor: Literal["autologous", "allogeneic", "both", "not-stated", "not-applicable"] = Field(
        default="not-stated", description="From whom it came."
    )
    route: Words | None = Field(default=None, description="How it was given.")
    product: Words | None = Field(default=None, description="The name of the product.")
    dose: Words | None = Field(default=None, description="How much was given.")


class Population(Model):
    """In whom; the digits in these texts belong to the study's ``described-in``."""

    description: Words | None = Field(default=None, description="Who took part.")
    baseline: Words | None = Field(default=None, description="How they were before treatment.")
    onset: Words | None = Field(
        default=None, description="How long after the condition began they were treated, in words."
    )
    country: Words | None = Field(default=None, description="Where.")
    phase: CoursePhase | None = Field(
        default=None, description="How long after the condition began that was, by kind."
    )
    completeness: Completeness | None = Field(
        default=None, description="Whether all, or some, had lost all that the condition can take."
    )


class Selection(Model):
    """Which studies go into one pooled result; what is left out does not restrict."""

    label: Words
    reanalysis: tuple[Literal["strict", "doubtful"], ...] = Field(min_length=1)
    cells: tuple[Words, ...] = ()
    phases: tuple[CoursePhase, ...] = ()
    completeness: tuple[Completeness, ...] = ()


class Analysis(Model):
    """A pooled re-analysis over studies of this site: ``finding`` is taken from each study.

    Each of ``results`` gives findings of its own: the pooled share, how many studies and people,
    a prediction interval and the heterogeneity (see evidence/numbers/analysis.py). For those named in
    ``leave_one_out`` the pooled share without each study is given too.
    """

    finding: Id
    measure: Words
    source: Id
    locator: Words
    results: dict[Id, Selection]
    leave_one_out: tuple[Id, ...] = ()


class RegistryCount(Model):
    """The counts of a registry export that are findings of a study: of all, or of one ``group``.

    ``source`` is the export as a source; each finding names the table that it stands in.
    """

    export: Id
    group: Id | None = None
    source: Id
    population: Words


class Study(Model):
    """One investigation: design, population, intervention, findings and where they were read.

    Fields without a description hold no result: they tell a build what to check or to count.
    """

    id: Id = Field(title="Study", description="The name of the study on this site.")
    title: Words = Field(description="What the study is, in our words.")
    short: Words = Field(description="Its name in a few words, often author and year.")
    summary: Prose = Field(description="What was done and found, in a sentence or two.")
    condition: Words = Field(description="The condition, by the closed list.")
    design: Design = Field(description="How it was made.")
    described_in: SourcePlace = Field(description="Where design and people are described.")
    intervention: Intervention | None = Field(default=None, description="What was given.")
    population: Population | None = Field(default=None, description="In whom.")
    follow_up: Words | None = Field(default=None, description="How long people were observed.")
    registry: tuple[Words, ...] = Field(
        default=(), title="Registry ids", description="Its ids in registries of trials."
    )
    marks: tuple[Mark, ...] = Field(
        default=(), description="What has to stay visible of the study: kind and words."
    )
    related: tuple[Id, ...] = Field(
        default=(), description="Studies that belong to it, by their ids."
    )
    reanalysis: Literal["strict", "doubtful", "excluded"] | None = Field(
        default=None, description="What it is to the re-analysis of this site."
    )
    note: Prose | None = Field(default=None, description="What else has to be known of it.")
    table: Words | None = None
    sums: tuple[Sum, ...] = ()
    order: tuple[tuple[Id, ...], ...] = ()
    years: Years | None = None
    counted: RegistryCount | None = None
    analysis: Analysis | None = None
    findings: dict[str, Finding] = Field(default_factory=dict)

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the ids of all sources that the study rests on, in order of first use."""
        named = [self.described_in.source]
        for finding in self.findings.values():
            named += [finding.source, *(place.source for place in finding.also)]
        return tuple(dict.fromkeys(named))


Counted = TypeVar("Counted", "Arm", "Finding")
Interval = TypeVar("Interval", "Estimate", "Finding")


def _events_possible(counted: Counted) -> Counted:
    if counted.events is not None and counted.n is not None and counted.events > counted.n:
        raise PydanticCustomError(
            "impossible",
            "{events} events among {n} is not possible",
            {"events": counted.events, "n": counted.n},
        )
    return counted


def _interval_possible(estimate: Interval) -> Interval:
    if estimate.interval and estimate.interval[0] > estimate.interval[1]:
        low, high = estimate.interval
        raise PydanticCustomError(
            "impossible",
            "the interval goes from {low} down to {high}",
            {"low": str(low), "high": str(high)},
        )
    return estimate
