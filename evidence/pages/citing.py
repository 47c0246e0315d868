"""How pages, and the numbers on them, are cited: as of which day, at which address, with which sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from evidence.model.base import PartialDate
from evidence.model.bibliography import Name
from evidence.model.claim import Ledger
from evidence.model.finding import Finding
from evidence.model.page import Page
from evidence.model.study import Study
from evidence.numbers.results import FigureResult
from evidence.pages.view import Workshop, newest
from evidence.prose.citing import LICENCE, Basis, Citation, Work, work_of

CITED = {"topic", "section"}  # kinds of Markdown pages that say how to cite them
FIGURE_TYPE = "graphic"  # as CSL names it
PAGE_TYPE = "webpage"


def citations(workshop: Workshop) -> Iterator[Citation]:
    """Yield the citation of every page that says how to cite it."""
    report = workshop.report
    for page in report.pages.values():
        if page.front.kind in CITED:
            yield of_page(workshop, page)
    for study in report.studies.values():
        yield of_study(workshop, study)
    for ledger in report.ledgers.values():
        for number in range(1, len(ledger.parts()) + 1):
            yield of_ledger(workshop, ledger, number)
    for result in workshop.results.figures.values():
        yield of_figure(workshop, result)


def of_page(workshop: Workshop, page: Page) -> Citation:
    """Return the citation of a Markdown page: reviewed, or as of the newest reading behind it."""
    basis, day = _as_of(workshop, [page], workshop.uses.sources_of_page[page.id])
    return _citation(workshop, page.address, workshop.titles[page.id], basis, day)


def of_study(workshop: Workshop, study: Study) -> Citation:
    """Return the citation of the page of a study, with the sources that it rests on."""
    basis, day = _as_of(workshop, [], study.sources)
    path = f"studies/{study.id}.html"
    return _citation(workshop, path, study.title, basis, day, study.sources)


def of_ledger(workshop: Workshop, ledger: Ledger, number: int) -> Citation:
    """Return the citation of one page of a ledger, with the document that it is about."""
    findings = workshop.report.findings
    decide = [
        findings[address].source for claim in ledger.claims.values() for address in claim.findings
    ]
    basis, day = _as_of(workshop, [], [ledger.document, *decide])
    path, title = ledger.page_address(number), ledger.numbered(number)
    return _citation(workshop, path, title, basis, day, [ledger.document])


def of_figure(workshop: Workshop, result: FigureResult) -> Citation:
    """Return the citation of a figure alone, with the sources of its numbers."""
    pages = [workshop.report.pages[name] for name in workshop.uses.pages_of_figure[result.id]]
    basis, day = _as_of(workshop, pages, result.sources)
    path = f"figures/{result.id}.html"
    return _citation(workshop, path, result.title, basis, day, result.sources, FIGURE_TYPE)


def numbers_of_study(workshop: Workshop, study: Study) -> dict[str, Citation]:
    """Return the citation of every finding of a study, by its id; the key is what editors bind it by."""
    basis, day = _as_of(workshop, [], study.sources)
    found = {}
    for finding in study.findings.values():
        path = f"studies/{study.id}.html#{finding.id}"
        title = f"{study.short}: {what_is_measured(finding)}"
        cited = _citation(workshop, path, title, basis, day, [finding.source])
        cited = replace(cited, locator=finding.locator)
        note = f"{cited.work.note} Number from: {cited.sources[0]}"
        work = replace(cited.work, id=f"{study.id}/{finding.id}", note=note)
        found[finding.id] = replace(cited, work=work)
    return found


def what_is_measured(finding: Finding) -> str:
    """Return what a finding says something about: measure, group, people and time."""
    where = (finding.group, finding.population, finding.time)
    return ", ".join([finding.measure, *(part for part in where if part)])


def _as_of(
    workshop: Workshop, pages: Iterable[Page], sources: Iterable[str]
) -> tuple[Basis, PartialDate | None]:
    """Return the day as of which something holds: the last review, else the newest reading."""
    reviewed = newest(page.front.reviewed for page in pages)
    return ("Reviewed", reviewed) if reviewed else ("Sources read to", workshop.read_on(sources))


def _citation(
    workshop: Workshop,
    path: str,
    title: str,
    basis: Basis,
    day: PartialDate | None,
    primary: Iterable[str] = (),
    kind: str = PAGE_TYPE,
) -> Citation:
    site = workshop.report.site
    when = f"{basis} {day.words}. " if day else ""
    work = Work(
        id=path.removesuffix(".html"),
        type=kind,
        title=title,
        author=(Name(literal=site.title),),
        issued=day,
        container=site.title,
        address=site.public_address(path),
        note=f"{when}Licence: {LICENCE}.",
    )
    sources = workshop.report.sources
    return Citation(work, path, basis, tuple(work_of(sources[name]) for name in primary))
