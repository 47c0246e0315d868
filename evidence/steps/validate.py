"""Step 2, validate: bind files to models and check the references between them.

All problems are reported at once; one cause gives one problem.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date

from evidence.check.sources.accounts import check_searches, check_topics
from evidence.check.sources.analyses import check_analysis
from evidence.check.sources.baselines import check_baselines
from evidence.check.sources.exports import read_exports
from evidence.check.sources.figures import check_figure
from evidence.check.sources.known import Known
from evidence.check.sources.prose import ProseCheck, prose_of_model
from evidence.check.sources.references import (
    check_ledger,
    check_page,
    check_prose,
    check_source,
    check_study,
)
from evidence.check.sources.summing_up import check_summing_up
from evidence.check.sources.templates import check_templates
from evidence.check.sources.trials import FOLDER, read_trials, trial_keys
from evidence.model.claim import Ledger
from evidence.model.export import Export
from evidence.model.figure import Figure
from evidence.model.page import Page
from evidence.model.report import Report
from evidence.model.search import Search
from evidence.model.site import Site, Term
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.model.table import Table
from evidence.model.vocabulary import Vocabularies
from evidence.numbers import analysis, registry_counts
from evidence.problems import Place, Problem, ProblemsFoundError
from evidence.read.reading import Reading
from evidence.read.records import (
    front_document,
    read_figures,
    read_ledgers,
    read_pages,
    read_searches,
    read_site,
    read_sources,
    read_studies,
    read_terms,
    read_vocabularies,
)
from evidence.read.sources import STATIC, Sources
from evidence.read.tables import read_tables
from evidence.store import Cache, content_key
from evidence.versions import code_version


@dataclass(frozen=True)
class Records:
    """What stands in data/: everything but the trials, which may be thousands."""

    site: Site | None
    vocabularies: Vocabularies | None
    sources: dict[str, Source]
    studies: dict[str, Study]
    ledgers: dict[str, Ledger]
    figures: dict[str, Figure]
    tables: dict[str, Table]
    exports: dict[str, Export]
    searches: dict[str, Search]
    terms: dict[str, Term]


def validate(sources: Sources, today: Date, cache: Cache) -> Report:
    """Return a report, or raise ProblemsFoundError with everything that is wrong.

    The cache remembers which templates and records were found to be sound.
    """
    reading = Reading(sources, list(sources.unreadable.values()))
    pages = read_pages(reading, cache)
    records_key = _records_key(sources, pages)
    kept = _sound(cache, records_key)
    records = kept or _read(reading)
    known = _known(reading, records, pages)
    known.trials = read_trials(reading, known, records.vocabularies, cache)
    if kept is None:
        reading.problems += _check_records(reading, known, records)
        if not reading.problems:
            cache.keep("report", records_key, pickle.dumps(records))
    reading.problems += _check_pages(reading, known, records_key, cache)
    reading.problems += check_templates(sources, cache)
    reading.problems += check_topics(known, today)
    if reading.problems or records.site is None or records.vocabularies is None:
        raise ProblemsFoundError(reading.problems)
    keys = trial_keys(reading)
    return Report(
        site=records.site,
        vocabularies=records.vocabularies,
        sources=records.sources,
        studies=records.studies,
        trials=known.trials,
        ledgers=records.ledgers,
        figures=records.figures,
        tables=records.tables,
        exports=records.exports,
        searches=records.searches,
        terms=records.terms,
        pages=pages,
        templates=_templates(sources),
        static=sources.static,
        today=today,
        findings=known.findings,
        rules=sources.texts.get("data/registry/rules.yaml", ""),
        key=_report_key(sources, pages, records_key, keys, today),
        trial_keys=keys,
    )


def _records_key(sources: Sources, pages: dict[str, Page]) -> str:
    """Return the content key of all that records are made from and held against.

    Of trials only the names matter to them.
    """
    parts = [sorted(sources.unreadable), sorted(pages), code_version()]
    for file, text in _texts(sources, "data/").items():
        parts += [file, "" if file.startswith(FOLDER) else text]
    return content_key(*parts)


def _report_key(
    sources: Sources, pages: dict[str, Page], records: str, trials: dict[str, str], today: Date
) -> str:
    """Return the content key of all that a report is made from, but for the bodies of pages."""
    fronts = {name: repr(page.front) for name, page in pages.items()}
    templates = _texts(sources, "templates/")
    return content_key(records, trials, templates, fronts, today.isoformat())


def _texts(sources: Sources, folder: str) -> dict[str, str]:
    return {file: text for file, text in sources.texts.items() if file.startswith(folder)}


def _sound(cache: Cache, key: str) -> Records | None:
    """Return the records that were sound when they were last read, or None."""
    kept = cache.fetch("report", key, bytes)
    return pickle.loads(kept) if kept else None  # noqa: S301 - written by this program alone


def _read(reading: Reading) -> Records:
    figures, exports, words = (
        read_figures(reading),
        read_exports(reading),
        read_vocabularies(reading),
    )
    studies = {
        name: registry_counts.extended(study, exports, words)
        for name, study in read_studies(reading).items()
    }
    return Records(
        site=read_site(reading),
        vocabularies=words,
        sources=read_sources(reading),
        studies=studies,
        ledgers=read_ledgers(reading),
        figures=figures,
        tables=read_tables(reading, figures),
        exports=exports,
        searches=read_searches(reading),
        terms=read_terms(reading),
    )


def _known(reading: Reading, records: Records, pages: dict[str, Page]) -> Known:
    studies = {
        name: analysis.extended(study, records.studies) for name, study in records.studies.items()
    }
    return Known(
        reading,
        records.sources,
        studies,
        {},
        records.ledgers,
        records.figures,
        pages,
        records.exports,
        records.searches,
    )


def _templates(sources: Sources) -> dict[str, str]:
    return {
        file.removeprefix("templates/"): text
        for file, text in sources.texts.items()
        if file.startswith("templates/") and not file.startswith(STATIC)
    }


def _check_records(reading: Reading, known: Known, records: Records) -> Iterator[Problem]:
    for source in known.sources.values():
        document = reading.documents[f"data/sources/{source.id}.yaml"]
        yield from check_source(source, document, known)
    for study in known.studies.values():
        document = reading.documents[f"data/studies/{study.id}.yaml"]
        yield from check_study(study, document, records.vocabularies, known)
        yield from check_analysis(study, document, records.vocabularies, known)
    for ledger in known.ledgers.values():
        document = reading.documents[f"data/claims/{ledger.id}.yaml"]
        yield from check_ledger(ledger, document, known)
    for figure in known.figures.values():
        yield from check_figure(figure, known, records.tables)
    yield from check_searches(known)
    yield from _check_site(reading, known, records.site)
    yield from _check_terms(reading, records.terms)
    for prose in _prose_of_records(reading, known, records):
        yield from check_prose(prose, known)
        yield from check_baselines(prose, known)


def _check_pages(
    reading: Reading, known: Known, records_key: str, cache: Cache
) -> Iterator[Problem]:
    """Yield what is wrong with pages; one found sound is not read again while records stay."""
    for page in known.pages.values():
        key = content_key(records_key, page.id, repr(page.front), page.body)
        if cache.fetch("report", key, bytes):
            continue
        document = reading.documents.get(page.file) or front_document(reading, page.file)
        if document is None:
            continue
        problems = list(check_page(page, document, known))
        texts = (*prose_of_model(document, page.front), ProseCheck(page.body, page=page))
        for prose in texts:
            problems += check_prose(prose, known)
        for prose in texts if not problems and not reading.problems else ():
            problems += check_baselines(prose, known)
            problems += check_summing_up(prose, page, known)
        if not problems and not reading.problems:
            cache.keep("report", key, b"sound")
        yield from problems


def _check_site(reading: Reading, known: Known, site: Site | None) -> Iterator[Problem]:
    if site is None:
        return
    document = reading.documents["data/site.yaml"]
    for position, entry in enumerate(site.navigation):
        yield from known.page(entry.page, document.place(("navigation", position, "page")))
    if "index" not in known.pages and not reading.is_broken("page", "index"):
        hint = "Write the home page, with 'kind: home'."
        yield Problem(Place("content/index.md"), "site-complete", "this file is missing", hint)


def _check_terms(reading: Reading, terms: dict[str, Term]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for term in terms.values():
        for spelling in (term.term, *term.also):
            other = seen.setdefault(spelling.lower(), term.id)
            if other != term.id:
                place = reading.documents["data/glossary.yaml"].place((term.id,), of_key=True)
                message = f"the term '{spelling}' stands in the entries '{other}' and '{term.id}'"
                yield Problem(place, "term-unique", message, "Keep it in one of the two.")


def _prose_of_records(reading: Reading, known: Known, records: Records) -> Iterator[ProseCheck]:
    documents = reading.documents
    for study in known.studies.values():
        yield from prose_of_model(documents[f"data/studies/{study.id}.yaml"], study)
    for ledger in known.ledgers.values():
        yield from prose_of_model(documents[f"data/claims/{ledger.id}.yaml"], ledger)
    for figure in known.figures.values():
        yield from prose_of_model(documents[f"data/figures/{figure.id}.yaml"], figure)
    for search in known.searches.values():
        yield from prose_of_model(documents[f"data/searches/{search.id}.yaml"], search)
    for term in records.terms.values():
        yield from prose_of_model(documents["data/glossary.yaml"], term, (term.id,))
    if records.vocabularies is not None:
        yield from prose_of_model(documents["data/vocabularies.yaml"], records.vocabularies)
    if records.site is not None:
        yield from prose_of_model(documents["data/site.yaml"], records.site)
