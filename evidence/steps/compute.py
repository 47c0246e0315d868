"""Step 3, compute: derive every number from a report. Pure but for the cache."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

from evidence.check.reported import outcomes
from evidence.model.report import Report
from evidence.model.study import Arm, Finding
from evidence.numbers import accounts, analysis
from evidence.numbers.pooled_share import Pool, PooledShare
from evidence.numbers.pooled_share import revived as revived_share
from evidence.numbers.quantity import can_compute
from evidence.numbers.results import CheckResult, Computed, FigureResult, Results
from evidence.numbers.statistics.difference import DifferenceResult, newcombe, wald
from evidence.numbers.statistics.p_value import (
    PValueResult,
    chi_squared,
    difference_z,
    fisher_exact,
)
from evidence.numbers.statistics.proportion import (
    ProportionResult,
    clopper_pearson,
    jeffreys,
    wald_proportion,
    wilson,
)
from evidence.numbers.statistics.ratio import RatioResult, odds_ratio, risk_ratio
from evidence.numbers.synthesis import PoolingQuestion, Synthesis, Synthesise, revived
from evidence.store import Cache, content_key
from evidence.versions import code_version

Counts = tuple[int, int]
Inputs = tuple[Counts | None, Counts | None, Counts | None, float]
All = tuple[dict[str, Computed], dict[str, FigureResult], tuple[CheckResult, ...]]
USUAL_LEVEL = 95  # percent, where a source states no level


def compute(report: Report, cache: Cache) -> Results:
    """Return what follows from the counts of each finding, and every figure's result.

    All of it together is kept under the key of the report: most runs follow a change in the text of
    a page, on which no number depends.
    """
    report = _analysed(report, cache)
    kept = cache.fetch("results", report.key, lambda: pickle.dumps(_all(report, cache)))
    results: All = pickle.loads(kept)  # noqa: S301 - written by this program alone
    return Results(report, *results)


def _all(report: Report, cache: Cache) -> All:
    from evidence import figures  # noqa: PLC0415 - many modules, for which most runs have no use

    computed = _findings(report, cache)
    synthesise = _synthesising(cache)
    drawn = {
        figure.id: figures.figure_result(figure, report, computed, synthesise)
        for figure in report.figures.values()
    }
    return computed, drawn, tuple(outcomes(report))


def _analysed(report: Report, cache: Cache) -> Report:
    """Return the report with the findings of its analyses computed."""
    pool = _remembering(cache)
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


def _remembering(cache: Cache) -> Pool:
    """Return the pooling function, which keeps its results by the counts that went in."""

    def pool(counts: list[Counts]) -> PooledShare:
        def made() -> bytes:
            from evidence.numbers.pooling import pooled_share  # noqa: PLC0415 - slow to import

            return json.dumps(asdict(pooled_share(counts))).encode()

        key = content_key("pooled", sorted(counts), code_version())
        return revived_share(json.loads(cache.fetch("statistics", key, made)))

    return pool


def _synthesising(cache: Cache) -> Synthesise:
    """Return what pools the studies of a figure, and keeps the answer by the question."""

    def synthesise(question: PoolingQuestion) -> Synthesis:
        def made() -> bytes:
            from evidence.numbers.synthesising import synthesised  # noqa: PLC0415 - slow to import

            return json.dumps(asdict(synthesised(question))).encode()

        key = content_key("synthesis", asdict(question), code_version())
        return revived(json.loads(cache.fetch("statistics", key, made)))

    return synthesise


def _findings(report: Report, cache: Cache) -> dict[str, Computed]:
    counted = {address: _counts(finding) for address, finding in report.findings.items()}
    inputs = {address: counts for address, counts in counted.items() if any(counts[:3])}
    key = content_key(inputs, code_version())
    kept = cache.fetch("statistics", key, lambda: _computed_bytes(inputs))
    return {address: _revive(fields) for address, fields in json.loads(kept).items()}


def _counts(finding: Finding) -> Inputs:
    proportion, _ = can_compute(finding)
    single = (finding.events or 0, finding.n or 0) if proportion else None
    level = finding.level
    if finding.arms is None:
        return single, None, None, float(level or USUAL_LEVEL)
    if finding.difference is not None:
        level = finding.difference.level
    treated, control = _arm(finding.arms.treated), _arm(finding.arms.control)
    return single, treated, control, float(level or USUAL_LEVEL)


def _arm(arm: Arm) -> Counts | None:
    return None if arm.events is None or arm.n is None else (arm.events, arm.n)


def _computed_bytes(inputs: dict[str, Inputs]) -> bytes:
    made = {}
    for address, (single, treated, control, level) in inputs.items():
        both = (treated, control) if treated and control else None
        made[address] = asdict(
            Computed(
                proportion=clopper_pearson(*single) if single else None,
                treated=clopper_pearson(*treated) if treated else None,
                control=clopper_pearson(*control) if control else None,
                difference=wald(*both, level) if both else None,
                difference_score=newcombe(*both, level) if both else None,
                other_intervals=_other_intervals(*single, level) if single else (),
                p_values=_p_values(*both) if both else (),
                ratios=tuple(_ratios(*both, level)) if both else (),
            )
        )
    return json.dumps(made).encode()


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

    def one(kind: type, name: str) -> Any:
        return None if fields[name] is None else kind(**fields[name])

    return Computed(
        proportion=one(ProportionResult, "proportion"),
        treated=one(ProportionResult, "treated"),
        control=one(ProportionResult, "control"),
        difference=one(DifferenceResult, "difference"),
        difference_score=one(DifferenceResult, "difference_score"),
        other_intervals=tuple(ProportionResult(**each) for each in fields["other_intervals"]),
        p_values=tuple(PValueResult(**each) for each in fields["p_values"]),
        ratios=tuple(RatioResult(**each) for each in fields["ratios"]),
    )
