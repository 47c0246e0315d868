"""The re-analysis: shares pooled over studies of this site, as findings of the study that declares it.

What is pooled here is an illustration over a convenience sample, never a replication of a review.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal, TypedDict

from evidence.model.caution import Mark
from evidence.model.finding import Finding
from evidence.model.study import Study
from evidence.model.study_sums import Analysis, Selection
from evidence.numbers.pooling import (
    Counts,
    OtherShare,
    Pool,
    PooledShare,
    beside_people,
    far_from_people,
    unknown,
)
from evidence.numbers.quantity import rounded


class Shared(TypedDict):
    """What all findings of one result share."""

    source: str
    locator: str
    population: str
    counts: Literal["derived"]
    derivation: str


def extended(study: Study, studies: dict[str, Study], pool: Pool | None = None) -> Study:
    """Return a study with the findings of its analysis beside its own.

    Without ``pool`` their numbers mean nothing yet: references to them can be checked before
    anything is computed, and nothing else may be done with them.
    """
    if study.analysis is None:
        return study
    pooled = findings(study, studies, pool or unknown)
    return study.model_copy(update={"findings": {**study.findings, **pooled}})


def findings(study: Study, studies: dict[str, Study], pool: Pool) -> dict[str, Finding]:
    """Return the findings of a study's analysis by id, pooled with ``pool``."""
    analysis = study.analysis
    if analysis is None:
        return {}
    by_id: dict[str, Finding] = {}
    for name, selection in analysis.results.items():
        chosen = selected(analysis, selection, studies)
        if not chosen:
            continue
        by_id |= {
            finding.id: finding for finding in _of_result(analysis, name, selection, chosen, pool)
        }
        if name in analysis.leave_one_out and len(chosen) > 1:
            by_id |= {
                finding.id: finding
                for finding in _left_out(analysis, name, selection, chosen, pool)
            }
    return by_id


def selected(
    analysis: Analysis, selection: Selection, studies: dict[str, Study]
) -> list[tuple[Study, Counts]]:
    """Return the studies of a selection with (events, n), the largest first."""
    chosen = []
    for study in studies.values():
        finding = study.findings.get(analysis.finding)
        if finding is None or finding.events is None or finding.n is None:
            continue
        if study.reanalysis in selection.reanalysis and _fits(study, selection):
            chosen.append((study, (finding.events, finding.n)))
    return sorted(chosen, key=lambda pair: (-pair[1][1], pair[0].id))


def _fits(study: Study, selection: Selection) -> bool:
    cell = study.intervention.cell if study.intervention else "not-stated"
    phase = study.population.phase if study.population else None
    completeness = study.population.completeness if study.population else None
    return (
        (not selection.cells or cell in selection.cells)
        and (not selection.phases or phase in selection.phases)
        and (not selection.completeness or completeness in selection.completeness)
    )


def _of_result(
    analysis: Analysis,
    name: str,
    selection: Selection,
    chosen: list[tuple[Study, Counts]],
    pool: Pool,
) -> Iterator[Finding]:
    pooled = pool([counts for _, counts in chosen])
    shared = _shared(analysis, selection, chosen)
    yield _share(shared, name, analysis.measure, pooled)
    yield from _sizes(shared, name, analysis.measure, pooled)
    for other in pooled.others:
        yield _other(shared, f"{name}-{other.name}", analysis.measure, other)
    yield from _spread(shared, name, pooled)


def _sizes(shared: Shared, name: str, measure: str, pooled: PooledShare) -> Iterator[Finding]:
    yield Finding(
        **shared,
        id=f"{name}-studies",
        measure="studies pooled",
        value=Decimal(pooled.k),
        unit="studies",
    )
    yield Finding(
        **shared,
        id=f"{name}-people",
        measure=f"{measure}, everybody counted as one group",
        events=pooled.events,
        n=pooled.n,
        note=_beside(pooled) if _is_far(pooled) else None,
    )


def _spread(shared: Shared, name: str, pooled: PooledShare) -> Iterator[Finding]:
    if pooled.prediction is not None:
        low, high = pooled.prediction
        yield Finding(
            **shared,
            id=f"{name}-prediction",
            measure="range in which the true share of a further study like these would be expected",
            value=rounded(pooled.percent),
            interval=(rounded(low), rounded(high)),
            unit="percent",
            note="The interval is a 95% prediction interval, not a confidence interval.",
            marks=_marks(pooled),
        )
    if pooled.kind == "pooled":
        yield from _heterogeneity(shared, name, pooled)


def _heterogeneity(shared: Shared, name: str, pooled: PooledShare) -> Iterator[Finding]:
    if pooled.i_squared is None or pooled.tau_squared is None or pooled.q is None:
        return
    yield Finding(
        **shared,
        id=f"{name}-heterogeneity",
        measure="I², the share of the spread that chance does not explain",
        value=rounded(pooled.i_squared, 0),
        unit="percent",
        note=pooled.method or None,
    )
    yield Finding(
        **shared,
        id=f"{name}-tau-squared",
        measure="tau², the variance between studies",
        value=rounded(pooled.tau_squared, 3),
        unit="on the logit scale",
        note=pooled.method or None,
    )
    degrees = pooled.k - 1
    yield Finding(
        **shared,
        id=f"{name}-q",
        measure=f"{pooled.q_name}, the test that all studies have one share",
        value=rounded(pooled.q),
        unit=f"on {degrees} degree{'s' if degrees > 1 else ''} of freedom",
        p=_p_text(pooled.q_p or 0.0),
        note=pooled.method or None,
    )


def _left_out(
    analysis: Analysis,
    name: str,
    selection: Selection,
    chosen: list[tuple[Study, Counts]],
    pool: Pool,
) -> Iterator[Finding]:
    for position, (study, _) in enumerate(chosen):
        rest = [*chosen[:position], *chosen[position + 1 :]]
        pooled = pool([counts for _, counts in rest])
        shared = _shared(analysis, selection, rest)
        measure = f"{analysis.measure}, without {study.short}"
        yield _share(shared, f"{name}-without-{study.id}", measure, pooled)


def _share(shared: Shared, name: str, measure: str, pooled: PooledShare) -> Finding:
    """Return the result itself: of a study in the middle, or the people of one group with it."""
    if pooled.kind == "pooled":
        return Finding(
            **shared,
            id=name,
            measure=f"{measure}, pooled, in a study in the middle",
            value=rounded(pooled.percent),
            interval=(rounded(pooled.low), rounded(pooled.high)),
            level=Decimal(95),
            unit="percent",
            note=". ".join(part for part in (pooled.method, _beside(pooled)) if part) or None,
            marks=_marks(pooled),
        )
    group = "one study alone" if pooled.kind == "one-study" else "everybody counted as one group"
    return Finding(
        **shared,
        id=name,
        measure=f"{measure}, {group}",
        interval=(rounded(pooled.low), rounded(pooled.high)),
        level=Decimal(95),
        unit="percent",
        events=pooled.events,
        n=pooled.n,
        note=pooled.method or None,
    )


def _other(shared: Shared, name: str, measure: str, other: OtherShare) -> Finding:
    return Finding(
        **shared,
        id=name,
        measure=f"{measure}, {other.words}, pooled, in a study in the middle",
        value=rounded(other.percent),
        interval=(rounded(other.low), rounded(other.high)),
        level=Decimal(95),
        unit="percent",
        note=other.method or None,
        marks=_marks(other),
    )


def _marks(pooled: PooledShare | OtherShare) -> tuple[Mark, ...]:
    words = " ".join(f"{sentence}." for sentence in pooled.cautions)
    return (Mark(kind="uncertain", text=words),) if words else ()


def _beside(pooled: PooledShare) -> str | None:
    if pooled.kind != "pooled":
        return None
    words = beside_people(pooled.percent, pooled.events, pooled.n)
    return f"Everybody counted as one group: {words}."


def _is_far(pooled: PooledShare) -> bool:
    """Tell whether the people lie far from the study in the middle."""
    return pooled.kind == "pooled" and far_from_people(pooled.percent, pooled.events, pooled.n)


def _p_text(p: float) -> str:
    return "<0.001" if p < 0.001 else str(rounded(p, 3))


def _shared(
    analysis: Analysis, selection: Selection, chosen: Iterable[tuple[Study, Counts]]
) -> Shared:
    named = ", ".join(f"{study.short} ({events} of {n})" for study, (events, n) in chosen)
    return {
        "source": analysis.source,
        "locator": analysis.locator,
        "population": selection.label,
        "counts": "derived",
        "derivation": f"Computed by this site from {named}.",
    }
