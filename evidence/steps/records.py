"""The records of data/ together: read, held against each other, and kept when they are sound."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pydantic import TypeAdapter

from evidence.check.reported import CHECKS
from evidence.check.sources.accounts import check_searches
from evidence.check.sources.exports import read_exports
from evidence.check.sources.figures import check_figure
from evidence.check.sources.identifiers import check_identifiers, check_registry_ids
from evidence.check.sources.known import Known, ProseCheck, prose_of_model
from evidence.check.sources.ledgers import check_inventories, check_judged
from evidence.check.sources.page_tables import check_page_table
from evidence.check.sources.printed import check_printed
from evidence.check.sources.quantities import check_quantities
from evidence.check.sources.readings import check_readings, confirmed, written_findings
from evidence.check.sources.references import (
    check_analysis,
    check_ledger,
    check_prose,
    check_source,
    check_study,
)
from evidence.check.sources.sentences import check_baselines
from evidence.check.sources.synonyms import check_synonyms
from evidence.model.accepted import AcceptedCheck
from evidence.model.claim import Ledger
from evidence.model.export import Export
from evidence.model.figure import Figure
from evidence.model.figure_row import Table
from evidence.model.page_table import PageTable
from evidence.model.picture import Picture
from evidence.model.readings import NumberChange
from evidence.model.search import Search
from evidence.model.site import Site, Term
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.model.synonyms import Synonyms
from evidence.model.vocabularies import Vocabularies
from evidence.numbers import analysis, registry_counts
from evidence.numbers.own_table import OWN_STUDIES, own_studies
from evidence.problems import Place, Problem
from evidence.read.accepted import read_accepted
from evidence.read.reading import Reading
from evidence.read.readings import read_readings
from evidence.read.records import (
    read_figures,
    read_ledgers,
    read_page_tables,
    read_pictures,
    read_searches,
    read_site,
    read_sources,
    read_studies,
    read_synonyms,
    read_terms,
    read_vocabularies,
)
from evidence.read.sources import Sources
from evidence.read.tables import read_tables
from evidence.store import Made


@dataclass(frozen=True)
class Records:
    """What stands in data/: everything but the trials, which may be thousands.

    ``unexplained`` are the findings that are not what the ledger of readings says. They hide nothing else that is
    wrong, and keep no record from being sound. ``confirmed`` is how many findings two readings confirm, of how many;
    ``number_changes`` are those that the ledger explains.
    ``accepted`` are the checks that may fail.
    """

    site: Site | None
    vocabularies: Vocabularies | None
    sources: dict[str, Source]
    studies: dict[str, Study]
    ledgers: dict[str, Ledger]
    figures: dict[str, Figure]
    pictures: dict[str, Picture]
    tables: dict[str, Table]
    page_tables: dict[str, PageTable]
    exports: dict[str, Export]
    searches: dict[str, Search]
    terms: dict[str, Term]
    synonyms: Synonyms
    confirmed: tuple[int, int] | None
    number_changes: tuple[NumberChange, ...]
    unexplained: tuple[Problem, ...]
    accepted: tuple[AcceptedCheck, ...]


def sound_records(
    texts: dict[str, str], pages: list[str], trials: list[str], drafts: Collection[str] = ()
) -> Made:
    """Return the records as JSON, or a card that says no when one of them has a problem.

    Of pages, trials and drafts only the names matter to them.
    """
    reading = Reading(Sources(texts, drafts=frozenset(drafts)))
    records = read_records(reading)
    known = known_of(reading, records, pages, trials)
    reading.problems += check_records(reading, known, records)
    if reading.problems:
        return Made("")
    return Made("sound", _adapter().dump_json(records, by_alias=True, exclude_unset=True))


@lru_cache(1)
def revived_records(kept: bytes) -> Records:
    """Return the records that ``sound_records`` wrote; a process that stays reads them once until they change."""
    records: Records = _adapter().validate_json(kept)
    return records


@cache
def _adapter() -> TypeAdapter[Records]:
    """Return what writes records as JSON and reads them again; to build it takes a while."""
    return TypeAdapter(Records)


def read_records(reading: Reading) -> Records:
    """Read data/, with the problems of its files in ``reading``."""
    figures, words = read_figures(reading), read_vocabularies(reading)
    exports = read_exports(reading, words)
    studies = {
        name: registry_counts.extended(study, exports, words)
        for name, study in read_studies(reading).items()
    }
    site, readings = read_site(reading), read_readings(reading)
    page_tables = read_page_tables(reading)
    return Records(
        site=site,
        vocabularies=words,
        sources=read_sources(reading),
        studies=studies,
        ledgers=read_ledgers(reading),
        figures=figures,
        pictures=read_pictures(reading),
        page_tables=page_tables,
        tables={
            **read_tables(reading, figures, exports, page_tables),
            OWN_STUDIES: own_studies(studies),
        },
        exports=exports,
        searches=read_searches(reading),
        terms=read_terms(reading),
        synonyms=read_synonyms(reading),
        confirmed=confirmed(written_findings(reading, studies.values()), readings),
        number_changes=tuple(readings.changes) if readings else (),
        unexplained=tuple(check_readings(reading, studies, readings, site)),
        accepted=tuple(read_accepted(reading, [check.name for check in CHECKS])),
    )


def known_of(
    reading: Reading, records: Records, pages: list[str], trials: list[str], key: str = ""
) -> Known:
    """Return what references can lead to; of pages and trials no more than the names is there."""
    studies = {
        name: analysis.extended(study, records.studies) for name, study in records.studies.items()
    }
    return Known(
        reading,
        records.sources,
        studies,
        dict.fromkeys(trials),
        records.ledgers,
        records.figures,
        dict.fromkeys(pages),
        records.exports,
        records.searches,
        key=key,
        conditions=None if records.vocabularies is None else tuple(records.vocabularies.conditions),
        page_tables=records.page_tables,
    )


def check_records(reading: Reading, known: Known, records: Records) -> Iterator[Problem]:
    """Yield what is wrong between records."""
    for source in known.sources.values():
        document = reading.documents[f"data/sources/{source.id}.yaml"]
        yield from check_source(source, document, known)
        yield from check_identifiers(source, document)
    for study in known.studies.values():
        document = reading.documents[f"data/studies/{study.id}.yaml"]
        yield from check_study(study, document, records.vocabularies, known)
        yield from check_analysis(study, document, records.vocabularies, known)
        yield from check_quantities(study, known)
        yield from check_printed(study, known)
        yield from check_registry_ids(study, document)
    for ledger in known.ledgers.values():
        document = reading.documents[f"data/claims/{ledger.id}.yaml"]
        yield from check_ledger(ledger, document, known)
        yield from check_judged(ledger, document, known)
    for figure in known.figures.values():
        yield from check_figure(figure, known, records.tables)
    for table in records.page_tables.values():
        yield from check_page_table(table, known, records.tables)
    yield from check_inventories(known)
    yield from check_searches(known)
    yield from _check_site(reading, known, records.site)
    yield from _check_terms(reading, records.terms)
    yield from check_synonyms(reading, known, records.synonyms)
    for prose in _prose_of_records(reading, known, records):
        yield from check_prose(prose, known)
        yield from check_baselines(prose, known)


def _check_site(reading: Reading, known: Known, site: Site | None) -> Iterator[Problem]:
    if site is None:
        return
    document = reading.documents["data/site.yaml"]
    for position, entry in enumerate(site.navigation):
        yield from known.page(entry.page, document.finder(("navigation", position, "page")))
    if "index" not in known.pages and not reading.is_broken("page", "index"):
        hint = "Write the home page, with 'kind: home'."
        yield Problem(Place("content/index.md"), "site-complete", "this file is missing", hint)


def _check_terms(reading: Reading, terms: dict[str, Term]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for term in terms.values():
        for spelling in (term.term, *term.also):
            owner = seen.setdefault(spelling.lower(), term.id)
            if owner != term.id:
                place = reading.documents["data/glossary.yaml"].place((term.id,), of_key=True)
                message = f"the term '{spelling}' stands in the entries '{owner}' and '{term.id}'"
                yield Problem(place, "term-unique", message, "Keep it in one of the two.")


def _prose_of_records(reading: Reading, known: Known, records: Records) -> Iterator[ProseCheck]:
    documents = reading.documents
    for study in known.studies.values():
        yield from prose_of_model(documents[f"data/studies/{study.id}.yaml"], study)
    for ledger in known.ledgers.values():
        yield from prose_of_model(documents[f"data/claims/{ledger.id}.yaml"], ledger)
    for figure in known.figures.values():
        yield from prose_of_model(documents[f"data/figures/{figure.id}.yaml"], figure)
    for table in records.page_tables.values():
        yield from prose_of_model(documents[f"data/tables/{table.id}.yaml"], table)
    for search in known.searches.values():
        yield from prose_of_model(documents[f"data/searches/{search.id}.yaml"], search)
    for term in records.terms.values():
        yield from prose_of_model(documents["data/glossary.yaml"], term, (term.id,))
    if records.vocabularies is not None:
        yield from prose_of_model(documents["data/vocabularies.yaml"], records.vocabularies)
    if records.site is not None:
        yield from prose_of_model(documents["data/site.yaml"], records.site)
