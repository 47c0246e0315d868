"""A study and its findings."""

from __future__ import annotations

from typing import Literal, TypeVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from evidence.model.base import (
    MOST,
    DateField,
    Id,
    Level,
    Model,
    Number,
    Prose,
    PValue,
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


class Mark(Model):
    """Something about a study or finding that has to stay visible."""

    kind: MarkKind
    text: Words


class SourcePlace(Model):
    """Where something was read: a source and a locator in it."""

    source: Id
    locator: Words


class Arm(Model):
    """One arm of a comparison; ``percent`` only when it was printed."""

    label: Words | None = None
    percent: Number | None = None
    value: Number | None = None
    events: Whole | None = Field(default=None, ge=0, le=MOST)
    n: Whole | None = Field(default=None, ge=1, le=MOST)

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

    treated: Arm
    control: Arm


class Estimate(Model):
    """A difference or ratio as printed, with its interval and level in percent."""

    value: Number | None = None
    interval: tuple[Number, Number] | None = None
    level: Level | None = None
    unit: Words

    @model_validator(mode="after")
    def _possible(self) -> Estimate:
        return _interval_possible(self)


class Rating(Model):
    """How certain somebody judges a finding to be; never our own judgement."""

    certainty: Literal["high", "moderate", "low", "very-low"]
    by: Words
    source: Id
    locator: Words


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

    time: Words | None = None
    phase: CoursePhase = "not-stated"
    completeness: Completeness | None = None
    treated: bool = True


class Finding(Model):
    """One reported quantity of a study, bound to a source and a locator.

    ``outcome`` names an outcome of the searches for the study's condition: all findings with it
    stand in one table. ``outcome: none`` says that a comparison answers no question of a topic.
    """

    id: Id
    measure: Words
    source: Id
    locator: Words
    population: Words | None = None
    time: Words | None = None
    outcome: Id | None = None
    baseline: Baseline | None = None
    group: Words | None = None
    value: Number | None = None
    interval: tuple[Number, Number] | None = None
    level: Level | None = None
    unit: Words | None = None
    sign: Literal["<", ">", "about"] | None = None
    events: Whole | None = Field(default=None, ge=0, le=MOST)
    n: Whole | None = Field(default=None, ge=1, le=MOST)
    arms: Arms | None = None
    difference: Estimate | None = None
    p: PValue | None = None
    date: DateField | None = None
    statement: Words | None = None
    analysis: Words | None = None
    same_as: Words | None = None
    as_of: DateField | None = None
    rating: Rating | None = None
    endpoint: Literal["primary", "secondary", "safety", "not-stated"] | None = None
    counts: Literal["reported", "derived"] = "reported"
    derivation: Words | None = None
    also: tuple[SourcePlace, ...] = ()
    marks: tuple[Mark, ...] = ()
    note: Words | None = None

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

    kind: DesignKind
    blinding: Literal["double", "single", "open", "not-stated", "not-applicable"] = "not-stated"
    phase: Literal["0", "1", "1/2", "2", "2/3", "3", "4", "not-stated"] | None = None
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
    ] = "not-stated"
    centres: Literal["one", "many", "not-stated", "not-applicable"] = "not-stated"


class Intervention(Model):
    """What was given."""

    cell: Words
    donor: Literal["autologous", "allogeneic", "both", "not-stated", "not-applicable"] = (
        "not-stated"
    )
    route: Words | None = None
    product: Words | None = None
    dose: Words | None = None


class Population(Model):
    """In whom; the digits in these texts belong to the study's ``described-in``."""

    description: Words | None = None
    baseline: Words | None = None
    onset: Words | None = None
    country: Words | None = None
    phase: CoursePhase | None = None
    completeness: Completeness | None = None


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
    """One investigation: design, population, intervention, findings and where they were read."""

    id: Id
    title: Words
    short: Words
    summary: Prose
    condition: Words
    design: Design
    described_in: SourcePlace
    intervention: Intervention | None = None
    population: Population | None = None
    follow_up: Words | None = None
    registry: tuple[Words, ...] = ()
    marks: tuple[Mark, ...] = ()
    related: tuple[Id, ...] = ()
    reanalysis: Literal["strict", "doubtful", "excluded"] | None = None
    note: Prose | None = None
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
            named += [finding.source, *(other.source for other in finding.also)]
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
