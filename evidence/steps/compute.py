"""Step 3, compute: derive every number from a report. Pure but for what the store remembers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

from evidence.check.reported import outcomes
from evidence.figures import FigureResults
from evidence.model.arms import Arm
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers import accounts, analysis
from evidence.numbers.pooling import PooledShare
from evidence.numbers.pooling import revived as revived_share
from evidence.numbers.quantity import can_compute, implied_events
from evidence.numbers.results import (
    CheckResult,
    Computed,
    PoolingQuestion,
    Results,
    Synthesis,
    Synthesise,
    revived,
)
from evidence.numbers.statistics.effect import (
    PValueResult,
    RatioResult,
    chi_squared,
    difference_z,
    fisher_exact,
    odds_ratio,
    risk_ratio,
)
from evidence.numbers.statistics.proportions import (
    DifferenceResult,
    ProportionResult,
    clopper_pearson,
    jeffreys,
    newcombe,
    wald,
    wald_proportion,
    wilson,
)
from evidence.store import Made, Store, field_values

Counts = tuple[int, int]
Inputs = tuple[Counts | None, Counts | None, Counts | None, Counts | None, float]
USUAL_LEVEL = 95  # percent, where a source states no level


def compute(report: Report, store: Store) -> Results:
    """Return what follows from the counts of each finding, and the outcomes of the checks."""
    report = _analysed(report, store)
    computed = _findings(report, store)
    drawn = FigureResults(report, computed, _synthesising(store))
    return Results(report, computed, drawn, _outcomes(report, store))


def _analysed(report: Report, store: Store) -> Report:
    """Return the report with the findings of its analyses computed."""

    def pool(counts: list[Counts]) -> PooledShare:
        return revived_share(store.keep(_pooled, sorted(counts)).card)

    studies = {
        name: analysis.extended(study, report.studies, pool)
        for name, study in report.studies.items()
    }
    findings = {
        f"{study.id}/{finding.id}": finding
        for study in studies.values()
        for finding in study.findings.values()
    }
    figures = {**accounts.figures_of(report.searches), **report.figures}
    return replace(report, studies=studies, findings=findings, figures=figures)


def _pooled(counts: list[Counts]) -> Made:
    from evidence.numbers.pooling import pooled_share  # noqa: PLC0415 - slow to import

    return Made(asdict(pooled_share(counts)))


def _synthesising(store: Store) -> Synthesise:
    """Return what pools the studies of a figure, and keeps the answer by the question."""

    def synthesise(question: PoolingQuestion) -> Synthesis:
        return revived(store.keep(_synthesised, question).card)

    return synthesise


def _synthesised(question: PoolingQuestion) -> Made:
    from evidence.numbers.synthesising import synthesised  # noqa: PLC0415 - slow to import

    return Made(asdict(synthesised(question)))


def _findings(report: Report, store: Store) -> dict[str, Computed]:
    counted = {address: _counts(finding) for address, finding in report.findings.items()}
    inputs = {address: counts for address, counts in counted.items() if any(counts[:4])}
    kept = store.keep(_computed, inputs).card
    return {address: _revive(fields) for address, fields in kept.items()}


def _outcomes(report: Report, store: Store) -> tuple[CheckResult, ...]:
    """Return what the checks of what was reported found."""
    return tuple(
        CheckResult(*fields) for fields in store.keep(_checked, of=report.without_bodies()).card
    )


def _checked(report: Report) -> Made:
    return Made([field_values(outcome) for outcome in outcomes(report)])


def _counts(finding: Finding) -> Inputs:
    proportion, _ = can_compute(finding)
    single = (finding.events or 0, finding.n or 0) if proportion else None
    level, implied = finding.level, implied_events(finding)
    alone = None if implied is None else (implied, finding.n or 0)
    if finding.arms is None:
        return single, alone, None, None, float(level or USUAL_LEVEL)
    if finding.difference is not None:
        level = finding.difference.level
    treated, control = _arm(finding.arms.treated), _arm(finding.arms.control)
    return single, alone, treated, control, float(level or USUAL_LEVEL)


def _arm(arm: Arm) -> Counts | None:
    return None if arm.events is None or arm.n is None else (arm.events, arm.n)


def _computed(inputs: dict[str, Inputs]) -> Made:
    computed = {}
    for address, (single, alone, treated, control, level) in inputs.items():
        both = (treated, control) if treated and control else None
        computed[address] = asdict(
            Computed(
                proportion=clopper_pearson(*single) if single else None,
                treated=clopper_pearson(*treated) if treated else None,
                control=clopper_pearson(*control) if control else None,
                difference=wald(*both, level) if both else None,
                difference_score=newcombe(*both, level) if both else None,
                other_intervals=_other_intervals(*single, level) if single else (),
                p_values=_p_values(*both) if both else (),
                ratios=tuple(_ratios(*both, level)) if both else (),
                implied=clopper_pearson(*alone) if alone else None,
            )
        )
    return Made(computed)


def _other_intervals(events: int, n: int, level: float) -> tuple[ProportionResult, ...]:
    return tuple(method(events, n, level) for method in (wilson, jeffreys, wald_proportion))


def _p_values(treated: Counts, control: Counts) -> tuple[PValueResult, ...]:
    return (
        chi_squared(treated, control),
        chi_squared(treated, control, correction=True),
        fisher_exact(treated, control),
        difference_z(treated, control, pooled=False),
    )


def _ratios(treated: Counts, control: Counts, level: float) -> Iterator[RatioResult]:
    """Yield the ratios that the counts of two arms give; some counts give none."""
    for method in (risk_ratio, odds_ratio):
        with suppress(ValueError):
            yield method(treated, control, level)


def _revive(fields: dict[str, Any]) -> Computed:
    """Return what was kept as JSON."""

    def result_of(kind: type, name: str) -> Any:
        return None if fields[name] is None else kind(**fields[name])

    return Computed(
        proportion=result_of(ProportionResult, "proportion"),
        treated=result_of(ProportionResult, "treated"),
        control=result_of(ProportionResult, "control"),
        difference=result_of(DifferenceResult, "difference"),
        difference_score=result_of(DifferenceResult, "difference_score"),
        other_intervals=tuple(
            ProportionResult(**interval) for interval in fields["other_intervals"]
        ),
        p_values=tuple(PValueResult(**p_value) for p_value in fields["p_values"]),
        ratios=tuple(RatioResult(**ratio) for ratio in fields["ratios"]),
        implied=result_of(ProportionResult, "implied"),
    )
