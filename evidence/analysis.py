"""The re-analysis: shares pooled over studies of this site, as findings of the study that declares it.

What is pooled here is an illustration over a convenience sample, never a replication of a review.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypedDict

from evidence.model.study import Analysis, Finding, Selection, Study
from evidence.quantity import rounded

Counts = tuple[int, int]


class Shared(TypedDict):
    """What all findings of one result share."""

    source: str
    locator: str
    population: str
    counts: Literal["derived"]
    derivation: str


@dataclass(frozen=True)
class OtherShare:
    """The same share by another method, to show how much hangs on the method."""

    name: str
    words: str
    percent: float
    low: float
    high: float
    method: str


@dataclass(frozen=True)
class PooledShare:
    """A pooled share in percent with its interval, prediction interval and heterogeneity.

    ``prediction`` is None for one study; ``i_squared`` is in percent.
    """

    percent: float
    low: float
    high: float
    prediction: tuple[float, float] | None
    i_squared: float | None
    tau_squared: float
    method: str
    others: tuple[OtherShare, ...] = ()


Pool = Callable[[list[Counts]], PooledShare]


def unknown(counts: list[Counts]) -> PooledShare:
    """Return a result that has the parts of a real one, and no numbers that mean anything.

    Two studies have no prediction interval, and one has no heterogeneity.
    """
    return PooledShare(
        percent=50.0,
        low=0.0,
        high=100.0,
        prediction=(0.0, 100.0) if len(counts) > 2 else None,
        i_squared=0.0 if len(counts) > 1 else None,
        tau_squared=0.0,
        method="",
        others=(
            OtherShare("logit", "", 50.0, 0.0, 100.0, ""),
            OtherShare("double-arcsine", "", 50.0, 0.0, 100.0, ""),
        ),
    )


def extended(study: Study, studies: dict[str, Study], pool: Pool | None = None) -> Study:
    """Return a study with the findings of its analysis beside its own.

    Without ``pool`` their numbers mean nothing yet: references to them can be checked before
    anything is computed, and nothing else may be done with them.
    """
    if study.analysis is None:
        return study
    made = findings(study, studies, pool or unknown)
    return study.model_copy(update={"findings": {**study.findings, **made}})


def findings(study: Study, studies: dict[str, Study], pool: Pool) -> dict[str, Finding]:
    """Return the findings of a study's analysis by id, pooled with ``pool``."""
    analysis = study.analysis
    if analysis is None:
        return {}
    made: dict[str, Finding] = {}
    for name, selection in analysis.results.items():
        chosen = selected(analysis, selection, studies)
        if not chosen:
            continue
        made |= {each.id: each for each in _of_result(analysis, name, selection, chosen, pool)}
        if name in analysis.leave_one_out and len(chosen) > 1:
            made |= {each.id: each for each in _left_out(analysis, name, selection, chosen, pool)}
    return made


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
    return sorted(chosen, key=lambda each: (-each[1][1], each[0].id))


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
    counts = [each for _, each in chosen]
    pooled = pool(counts)
    shared = _shared(analysis, selection, chosen)
    yield _share(shared, name, analysis.measure, pooled)
    yield from _sizes(shared, name, analysis.measure, counts)
    for other in pooled.others:
        measure = f"{analysis.measure}, {other.words}"
        yield _share(shared, f"{name}-{other.name}", measure, other)
    yield from _spread(shared, name, pooled)


def _sizes(shared: Shared, name: str, measure: str, counts: list[Counts]) -> Iterator[Finding]:
    yield Finding(
        **shared,
        id=f"{name}-studies",
        measure="studies pooled",
        value=Decimal(len(counts)),
        unit="studies",
    )
    yield Finding(
        **shared,
        id=f"{name}-people",
        measure=f"{measure}, plain sum",
        events=sum(events for events, _ in counts),
        n=sum(n for _, n in counts),
    )


def _spread(shared: Shared, name: str, pooled: PooledShare) -> Iterator[Finding]:
    if pooled.prediction is not None:
        low, high = pooled.prediction
        yield Finding(
            **shared,
            id=f"{name}-prediction",
            measure="range in which a further study like these would be expected",
            value=rounded(pooled.percent),
            interval=(rounded(low), rounded(high)),
            unit="percent",
            note="The interval is a 95% prediction interval, not a confidence interval.",
        )
    if pooled.i_squared is not None:
        yield Finding(
            **shared,
            id=f"{name}-heterogeneity",
            measure="I², the share of the spread that chance does not explain",
            value=rounded(pooled.i_squared, 0),
            unit="percent",
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


def _share(shared: Shared, name: str, measure: str, pooled: PooledShare | OtherShare) -> Finding:
    return Finding(
        **shared,
        id=name,
        measure=f"{measure}, pooled",
        value=rounded(pooled.percent),
        interval=(rounded(pooled.low), rounded(pooled.high)),
        level=Decimal(95),
        unit="percent",
        note=pooled.method or None,
    )


def _shared(
    analysis: Analysis, selection: Selection, chosen: Iterable[tuple[Study, Counts]]
) -> Shared:
    named = ", ".join(f"{study.short} ({events} of {n})" for study, (events, n) in chosen)
    return {
        "source": analysis.source,
        "locator": analysis.locator,
        "population": selection.label,
        "counts": "derived",
        "derivation": f"Pooled by this site over {named}.",
    }
