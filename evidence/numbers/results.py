"""What was computed from a report, with method and inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from evidence.model.report import Report
from evidence.numbers.statistics.difference import DifferenceResult
from evidence.numbers.statistics.p_value import PValueResult
from evidence.numbers.statistics.proportion import ProportionResult
from evidence.numbers.statistics.ratio import RatioResult
from evidence.numbers.synthesis import Synthesis


@dataclass(frozen=True)
class Computed:
    """What the counts of one finding give: one arm, two arms, their difference and ratios.

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
    """A figure before it is drawn: what its chart, table, CSV and alternative text all use."""

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


CheckVerdict = Literal["passed", "failed", "not-applicable"]


@dataclass(frozen=True)
class CheckResult:
    """The verdict of one check on one subject.

    ``address`` is ``study/finding``, or the study's id where the whole study is meant. ``why`` is a
    sentence with the numbers that were compared.
    """

    check: str
    address: str
    verdict: CheckVerdict
    why: str

    @property
    def study(self) -> str:
        """Return the id of the study."""
        return self.address.partition("/")[0]

    @property
    def finding(self) -> str:
        """Return the id of the finding, or nothing."""
        return self.address.partition("/")[2]


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
