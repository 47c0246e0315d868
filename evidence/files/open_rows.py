"""The rows of the open data, but for those of trials: what stands in each column, as plain text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from evidence.model.base import Model
from evidence.model.caution import SourcePlace
from evidence.model.claim import Claim, Ledger
from evidence.model.columns import cell_of, columns_of
from evidence.model.finding import Finding
from evidence.model.open_data import (
    CLAIM_FINDINGS,
    CLAIMS,
    COUNTRIES,
    DISCREPANCIES,
    EXPORTS,
    FINDING_PLACES,
    FINDINGS,
    OUTCOMES,
    RECORDS,
    SEARCH_ITEMS,
    SEARCH_QUERIES,
    SEARCHES,
    SOURCE_READINGS,
    SOURCES,
    STUDIES,
    STUDY_TRIALS,
)
from evidence.model.open_table import OpenTable
from evidence.model.search_words import KIND_OF_DESIGN
from evidence.model.study import Study
from evidence.model.trial import trial_id
from evidence.numbers.wording import computed_words, reported
from evidence.pages.view import Workshop

Cells = dict[str, str]
NO_PAGE = ""  # plain text is the same on every page


def rows_of(table: OpenTable, workshop: Workshop, trials: Iterable[str]) -> Iterator[list[str]]:
    """Yield the rows of a table, a cell for each of its columns; ``trials`` are the ids of all trials."""
    rows = _records(workshop, set(trials)) if table is RECORDS else ROWS[table.name](workshop)
    for cells in rows:
        yield [cells.get(name, "") for name in table.names]


def _cells(workshop: Workshop, thing: Model, **more: object) -> Cells:
    """Return what stands in each column of a thing, references in words, and ``more``."""
    writer = workshop.writer(NO_PAGE)
    cells = {}
    for column in columns_of(type(thing)):
        if column.meaning:
            cell = cell_of(thing, column)
            cells[column.name] = writer.plain(cell) if column.inline else cell
    return cells | {name: str(value) for name, value in more.items()}


def _sources(workshop: Workshop) -> Iterator[Cells]:
    for source in workshop.report.sources.values():
        yield _cells(workshop, source, source=source.id)


def _source_readings(workshop: Workshop) -> Iterator[Cells]:
    for source in workshop.report.sources.values():
        for number, reading in enumerate(source.reading, start=1):
            yield _cells(workshop, reading, source=source.id, number=number)


def _discrepancies(workshop: Workshop) -> Iterator[Cells]:
    for source in workshop.report.sources.values():
        for name, discrepancy in source.discrepancies.items():
            yield _cells(workshop, discrepancy, source=source.id, discrepancy=name)


def _studies(workshop: Workshop) -> Iterator[Cells]:
    for study in workshop.report.studies.values():
        yield _cells(workshop, study, study=study.id)


def _study_trials(workshop: Workshop) -> Iterator[Cells]:
    for study in workshop.report.studies:
        for trial in workshop.uses.trials_of_study.get(study, ()):
            yield {"study": study, "trial": trial}


def cells_of_finding(workshop: Workshop, study: Study, finding: Finding) -> Cells:
    """Return the cells of a finding; marks of its study stand with its own."""
    computed = workshop.results.computed(f"{study.id}/{finding.id}")
    marked = finding.model_copy(update={"marks": (*study.marks, *finding.marks)})
    return _cells(
        workshop,
        marked,
        study=study.id,
        finding=finding.id,
        reported=reported(finding).text,
        computed="; ".join(computed_words(computed)),
    )


def _findings(workshop: Workshop) -> Iterator[Cells]:
    for study in workshop.report.studies.values():
        for finding in study.findings.values():
            yield cells_of_finding(workshop, study, finding)


def _finding_places(workshop: Workshop) -> Iterator[Cells]:
    for study in workshop.report.studies.values():
        for finding in study.findings.values():
            first = SourcePlace(source=finding.source, locator=finding.locator)
            for number, place in enumerate((first, *finding.also), start=1):
                own = {"study": study.id, "finding": finding.id, "number": number}
                yield _cells(workshop, place, **own)


def cells_of_claim(workshop: Workshop, ledger: Ledger, claim: Claim) -> Cells:
    """Return the cells of a claim, prose as plain text."""
    own = {"ledger": ledger.id, "document": ledger.document, "claim": claim.id}
    return _cells(workshop, claim, **own, findings=" ".join(claim.findings))


def _claims(workshop: Workshop) -> Iterator[Cells]:
    for ledger in workshop.report.ledgers.values():
        for claim in ledger.claims.values():
            yield cells_of_claim(workshop, ledger, claim)


def _claim_findings(workshop: Workshop) -> Iterator[Cells]:
    for ledger in workshop.report.ledgers.values():
        for claim in ledger.claims.values():
            for address in dict.fromkeys(claim.findings):
                study, _, finding = address.partition("/")
                decided = {"ledger": ledger.id, "claim": claim.id}
                yield decided | {"study": study, "finding": finding}


def _searches(workshop: Workshop) -> Iterator[Cells]:
    for search in workshop.report.searches.values():
        yield _cells(workshop, search, search=search.id)


def _search_queries(workshop: Workshop) -> Iterator[Cells]:
    for search in workshop.report.searches.values():
        for number, query in enumerate(search.queries, start=1):
            yield _cells(workshop, query, search=search.id, number=number)


def _search_items(workshop: Workshop) -> Iterator[Cells]:
    studies = workshop.report.studies
    for search in workshop.report.searches.values():
        for number, item in enumerate(search.items, start=1):
            cells = _cells(workshop, item, search=search.id, number=number)
            if item.study is not None and item.kind is None:
                cells["kind"] = KIND_OF_DESIGN[studies[item.study].design.kind]
            yield cells


def _outcomes(workshop: Workshop) -> Iterator[Cells]:
    for search in workshop.report.searches.values():
        for name, outcome in search.outcomes.items():
            yield _cells(workshop, outcome, search=search.id, outcome=name)


def _exports(workshop: Workshop) -> Iterator[Cells]:
    for export in workshop.report.exports.values():
        yield _cells(workshop, export, export=export.id)


def _records(workshop: Workshop, trials: set[str]) -> Iterator[Cells]:
    """Yield the records of all exports, phases with their titles as pages print them."""
    phases = workshop.report.vocabularies.phases
    for export, text in workshop.report.records.items():
        for cells in csv.DictReader(io.StringIO(text)):
            phase = phases.get(cells["phase"])
            trial = trial_id(cells["id"])
            yield cells | {
                "export": export,
                "phase": phase.title if phase else cells["phase"],
                "trial": trial if trial in trials else "",
            }


def _countries(workshop: Workshop) -> Iterator[Cells]:
    for name, country in workshop.report.vocabularies.countries.items():
        yield _cells(workshop, country, country=name)


ROWS: dict[str, Callable[[Workshop], Iterator[Cells]]] = {
    SOURCES.name: _sources,
    SOURCE_READINGS.name: _source_readings,
    DISCREPANCIES.name: _discrepancies,
    STUDIES.name: _studies,
    STUDY_TRIALS.name: _study_trials,
    FINDINGS.name: _findings,
    FINDING_PLACES.name: _finding_places,
    CLAIMS.name: _claims,
    CLAIM_FINDINGS.name: _claim_findings,
    SEARCHES.name: _searches,
    SEARCH_QUERIES.name: _search_queries,
    SEARCH_ITEMS.name: _search_items,
    OUTCOMES.name: _outcomes,
    EXPORTS.name: _exports,
    COUNTRIES.name: _countries,
}
