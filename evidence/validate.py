"""Step 2, validate: bind files to models and check the references between them.

All problems are reported at once; one cause gives one problem.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date

from evidence import analysis
from evidence import figures as figure_kinds
from evidence.cache import Cache
from evidence.load import STATIC, Sources
from evidence.model.figure import Figure
from evidence.model.page import Page
from evidence.model.report import Report
from evidence.model.site import Site, Term
from evidence.problems import Place, Problem, ProblemsFoundError, did_you_mean
from evidence.validation.files import (
    Reading,
    read_figures,
    read_ledgers,
    read_pages,
    read_site,
    read_sources,
    read_studies,
    read_terms,
)
from evidence.validation.prose import Prose, prose_of_model
from evidence.validation.references import (
    Known,
    check_ledger,
    check_page,
    check_prose,
    check_study,
)
from evidence.validation.templates import check_templates


def validate(sources: Sources, today: Date, cache: Cache) -> Report:
    """Return a report, or raise ProblemsFoundError with everything that is wrong.

    The cache only remembers which templates were found to be sound.
    """
    reading = Reading(sources)
    site = read_site(reading)
    studies = read_studies(reading)
    known = Known(
        reading,
        sources=read_sources(reading),
        studies={name: analysis.extended(study, studies) for name, study in studies.items()},
        ledgers=read_ledgers(reading),
        figures=read_figures(reading),
        pages=read_pages(reading),
    )
    terms = read_terms(reading)
    reading.problems += _cross_checks(reading, known, site, terms)
    reading.problems += check_templates(sources, cache)
    if reading.problems or site is None:
        raise ProblemsFoundError(reading.problems)
    return Report(
        site=site,
        sources=known.sources,
        studies=known.studies,
        ledgers=known.ledgers,
        figures=known.figures,
        terms=terms,
        pages=known.pages,
        templates=_templates(sources),
        static=sources.static,
        today=today,
        findings=known.findings,
    )


def _templates(sources: Sources) -> dict[str, str]:
    return {
        file.removeprefix("templates/"): text
        for file, text in sources.texts.items()
        if file.startswith("templates/") and not file.startswith(STATIC)
    }


def _cross_checks(
    reading: Reading, known: Known, site: Site | None, terms: dict[str, Term]
) -> Iterator[Problem]:
    for study in known.studies.values():
        document = reading.documents[f"data/studies/{study.id}.yaml"]
        yield from check_study(study, document, site, known)
    for ledger in known.ledgers.values():
        document = reading.documents[f"data/claims/{ledger.id}.yaml"]
        yield from check_ledger(ledger, document, known)
    for figure in known.figures.values():
        yield from _check_figure(figure, known)
    for page in known.pages.values():
        yield from check_page(page, reading.documents[page.file], known)
    yield from _check_site(reading, known, site)
    yield from _check_terms(reading, terms)
    for prose in _all_prose(reading, known, site, terms):
        yield from check_prose(prose, known)


def _check_figure(figure: Figure, known: Known) -> Iterator[Problem]:
    document = known.reading.documents[f"data/figures/{figure.id}.yaml"]
    unknown = False
    for position, row in enumerate(figure.rows):
        problems = list(known.finding(row.finding, document.place(("rows", position, "finding"))))
        unknown = unknown or bool(problems) or row.finding not in known.findings
        yield from problems
    if figure.kind not in figure_kinds.KINDS:
        hint = did_you_mean(
            figure.kind, figure_kinds.KINDS, f"Known: {', '.join(figure_kinds.KINDS)}."
        )
        message = f"'{figure.kind}' is not a kind of figure that is known"
        yield Problem(document.place(("kind",)), "value-known", message, hint)
    elif not unknown:
        for position, message, hint in figure_kinds.missing(figure, known.findings):
            yield Problem(document.place(("rows", position)), "figure-drawable", message, hint)


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


def _all_prose(
    reading: Reading, known: Known, site: Site | None, terms: dict[str, Term]
) -> Iterator[Prose]:
    documents = reading.documents
    for study in known.studies.values():
        yield from prose_of_model(documents[f"data/studies/{study.id}.yaml"], study)
    for ledger in known.ledgers.values():
        yield from prose_of_model(documents[f"data/claims/{ledger.id}.yaml"], ledger)
    for figure in known.figures.values():
        yield from prose_of_model(documents[f"data/figures/{figure.id}.yaml"], figure)
    for term in terms.values():
        yield from prose_of_model(documents["data/glossary.yaml"], term, (term.id,))
    if site is not None:
        yield from prose_of_model(documents["data/site.yaml"], site)
    for page in known.pages.values():
        yield from prose_of_model(documents[page.file], page.front)
        yield from _body(page)


def _body(page: Page) -> Iterator[Prose]:
    yield Prose(page.body, page=page)
