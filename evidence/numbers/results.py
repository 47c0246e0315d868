"""What was computed from a report, with method and inputs; and what several studies show together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from evidence.model.report import Report
from evidence.numbers.statistics.effect import PValueResult, RatioResult
from evidence.numbers.statistics.proportions import DifferenceResult, ProportionResult

# What several studies show together: what a figure asks for, and the answer in numbers.

Part = Literal["overall", "subgroups", "cumulative", "leave-one-out", "asymmetry"]
Kind = Literal["pooled", "one-group", "one-study"]


@dataclass(frozen=True)
class PoolingQuestion:
    """What a figure wants pooled.

    ``studies`` holds numbers by ``measure``: (events, n) for a share; (events, n, events, n) of
    the treated and the control arm for "risk-difference", "risk-ratio" and "odds-ratio";
    (mean, standard deviation, n) twice for "mean-difference" and "standardised-mean-difference";
    (events, person-years, events, person-years) for "rate-ratio"; (estimate, low, high, level), or
    (estimate, standard error) on the scale of pooling, for "printed", pooled as logarithms when
    ``logarithmic``.
    ``groups`` and ``years`` go with the studies where ``wanted`` needs them. ``limits`` are the ends
    of the scale of what is "printed", if it has any: -100 and 100 for percentage points.
    ``method``, ``estimator`` and ``prediction`` are as an editor writes them (see ``Figure``).
    """

    measure: str
    studies: tuple[tuple[float, ...], ...]
    logarithmic: bool = False
    groups: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    wanted: tuple[Part, ...] = ()
    limits: tuple[float, float] | None = None
    method: str = "inverse-variance"
    estimator: str = "REML"
    prediction: bool = True


@dataclass(frozen=True)
class Single:
    """One study in the units that are printed: percent, percentage points, or the ratio itself.

    ``standard_error`` is on the scale on which studies are pooled, ``position`` the estimate there.
    ``adjusted`` is true when 1/2 was added because a count is 0: for a risk difference to its
    standard error alone, whose interval is Newcombe's and needs nothing added.
    """

    estimate: float
    low: float
    high: float
    position: float
    standard_error: float
    adjusted: bool = False


@dataclass(frozen=True)
class Together:
    """Studies together, in the units that are printed, but for tau², which is on their scale.

    ``kind`` "pooled": by the model that ``method`` names, and so tau², I² (percent) and Q, which is
    called ``q_name``; tau² is None where one effect is taken to be common. "one-group" and "one-study": nothing is pooled, and these are None. ``tau_squared_ends``
    and ``i_squared_ends`` are their 95% intervals by Q-profile, None where there are none. ``weights`` are in percent and empty where there are none. ``prediction`` is None for fewer than
    three studies. ``degrees`` of freedom are those of Q, k - 1 where it is None. ``people`` are (events, n) of all arms of all studies added up: one pair for a
    share, two where two arms are counted as one group each. ``cautions`` are sentences without their
    full stop.
    """

    label: str
    estimate: float
    low: float
    high: float
    position: float
    k: int
    weights: tuple[float, ...]
    prediction: tuple[float, float] | None
    tau_squared: float | None
    i_squared: float | None
    q: float | None
    q_p: float | None
    method: str
    kind: Kind = "pooled"
    q_name: str = "Q"
    people: tuple[tuple[int, int], ...] = ()
    cautions: tuple[str, ...] = ()
    tau_squared_ends: tuple[float, float] | None = None
    i_squared_ends: tuple[float, float] | None = None
    degrees: int | None = None


@dataclass(frozen=True)
class Between:
    """Q between groups, each with its own tau², and its p-value."""

    q: float
    degrees: int
    p: float


@dataclass(frozen=True)
class Asymmetry:
    """A test of whether small studies differ from large ones: Student's t with its p-value.

    Where it cannot be made the numbers are None, and ``words`` say why. ``cautions`` are sentences
    without their full stop.
    """

    name: str
    t: float | None
    degrees: int | None
    p: float | None
    cautions: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Synthesis:
    """The answer: each study, all together, and the groups, steps or test that were wanted."""

    studies: tuple[Single, ...]
    scale: str
    overall: Together | None = None
    parts: tuple[Together, ...] = ()
    between: Between | None = None
    asymmetry: Asymmetry | None = None


Synthesise = Callable[[PoolingQuestion], Synthesis]


def revived(fields: dict[str, Any]) -> Synthesis:
    """Return what ``dataclasses.asdict`` and JSON made of a synthesis."""
    overall, between, tested = fields["overall"], fields["between"], fields["asymmetry"]
    return Synthesis(
        studies=tuple(Single(**study) for study in fields["studies"]),
        scale=fields["scale"],
        overall=None if overall is None else _together(overall),
        parts=tuple(_together(part) for part in fields["parts"]),
        between=None if between is None else Between(**between),
        asymmetry=None
        if tested is None
        else Asymmetry(**tested | {"cautions": tuple(tested["cautions"])}),
    )


def _together(fields: dict[str, Any]) -> Together:
    listed = {
        "prediction": _pair(fields["prediction"]),
        "weights": tuple(fields["weights"]),
        "people": tuple((events, n) for events, n in fields["people"]),
        "cautions": tuple(fields["cautions"]),
        "tau_squared_ends": _pair(fields["tau_squared_ends"]),
        "i_squared_ends": _pair(fields["i_squared_ends"]),
    }
    return Together(**fields | listed)


def _pair(ends: list[float] | None) -> tuple[float, float] | None:
    return None if ends is None else (ends[0], ends[1])


# What was computed from a report, with method and inputs.


@dataclass(frozen=True)
class Computed:
    """What the counts of one finding give: one arm, two arms, their difference and ratios.

    ``implied`` is the proportion of a printed percentage that only one count gives.
    ``synthesis`` is what the findings of a figure give together; it stands under the figure's id.
    """

    proportion: ProportionResult | None = None
    treated: ProportionResult | None = None
    control: ProportionResult | None = None
    difference: DifferenceResult | None = None
    difference_score: DifferenceResult | None = None
    other_intervals: tuple[ProportionResult, ...] = ()
    p_values: tuple[PValueResult, ...] = ()
    ratios: tuple[RatioResult, ...] = ()
    implied: ProportionResult | None = None
    synthesis: Synthesis | None = None


@dataclass(frozen=True)
class Datum:
    """One item of a figure. Percentages and years are numbers; ``printed`` is what is read.

    ``address`` is the finding's ``study/finding``, or None for the part nobody states.
    ``basis`` says where an interval comes from: reported, computed or none.
    """

    label: str
    printed: str
    sentence: str
    group: str = ""
    address: str | None = None
    source: str = ""
    locator: str = ""
    estimate: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    events: int | None = None
    n: int | None = None
    first_year: Decimal | None = None
    last_year: Decimal | None = None
    basis: str = "none"


@dataclass(frozen=True)
class FigureResult:
    """A figure before it is drawn: what its chart, table, CSV and alternative text all use.

    ``conventions`` are sentences on what its marks mean and how its numbers were made. ``synthesis`` is
    what its studies show together, where they were pooled here.
    """

    id: str
    kind: str
    title: str
    subtitle: str
    axis: str
    items: tuple[Datum, ...]
    columns: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    alternative: str
    sources: tuple[str, ...]
    reference: Decimal | None = None
    note: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    conventions: tuple[str, ...] = ()
    synthesis: Synthesis | None = None


CheckVerdict = Literal["passed", "failed", "not-applicable"]


@dataclass(frozen=True)
class CheckResult:
    """The verdict of one check on one subject.

    ``address`` is ``study/finding``, or the study's id where the whole study is meant; where it is
    ``of_claim``, ``ledger/claim``. ``why`` is a sentence with the numbers that were compared.
    """

    check: str
    address: str
    verdict: CheckVerdict
    why: str
    of_claim: bool = False

    @property
    def study(self) -> str:
        """Return the id of the study, or nothing where the check is of a claim."""
        return "" if self.of_claim else self.address.partition("/")[0]

    @property
    def finding(self) -> str:
        """Return the id of the finding, or nothing."""
        return "" if self.of_claim else self.address.partition("/")[2]


@dataclass(frozen=True)
class Results:
    """Everything computed: per finding by address, per figure by id, and the checks' outcomes.

    ``report`` is the report with the findings of its analyses computed.
    """

    report: Report
    findings: dict[str, Computed] = field(default_factory=dict)
    figures: Mapping[str, FigureResult] = field(default_factory=dict)
    checks: tuple[CheckResult, ...] = ()

    def computed(self, address: str) -> Computed | None:
        """Return what was computed for a finding, if anything."""
        return self.findings.get(address)
