"""Which editions there are: one of each topic, as PDF and as Word, and one of all topics together as PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace

from evidence.figures.renditions import files_of
from evidence.files.editions.edition import SHEET, TEMPLATE, FullReference, Imprint
from evidence.files.editions.libraries import made_with
from evidence.files.editions.printed import pdf_edition
from evidence.files.editions.word import word_edition
from evidence.finished.file import File
from evidence.finished.site import FinishedSite
from evidence.model.page import Page
from evidence.model.report import Report
from evidence.model.source import Source
from evidence.pages.citing import CITED
from evidence.pages.filling import problems_of
from evidence.pages.held import WHOLE, held_path
from evidence.pages.view import newest
from evidence.problems import Place, Problem, ProblemsFoundError
from evidence.prose.citing import LICENCE, in_words, work_of
from evidence.prose.templating import FOLDER
from evidence.prose.uses import Uses
from evidence.prose.writer import STATIC
from evidence.store import Later, Store

PDF, WORD = "pdf", "docx"


def editions(
    site: FinishedSite, report: Report, uses: Uses, store: Store
) -> dict[str, File | bytes]:
    """Return every edition by its path; see ``held_path``. One whose pages stayed is not made again."""
    _refuse_incomplete(report)
    plan = _Plan(report, uses)
    pages = list(plan.pages())
    imprints = {WHOLE: (plan.imprint(pages, report.site.title), pages)} if pages else {}
    for page in pages:
        imprints[held_path(page.address, PDF)] = (plan.imprint([page], ""), [page])
    values = [
        (asdict(imprint), *(_later(site, page) for page in held), *plan.pictures(held).values())
        for imprint, held in imprints.values()
    ]
    printed = store.keep_all(pdf_edition, values, share=1)
    words = store.keep_all(word_edition, values[1:], share=1)
    problems = [fields for made in (*printed, *words) for fields in problems_of(made.card)]
    if problems:
        raise ProblemsFoundError([Problem.of(fields) for fields in problems[:1]])
    paths = [*imprints, *(held_path(page.address, WORD) for page in pages)]
    made = zip(paths, (*printed, *words), strict=True)
    return {path: File(edition.digest, edition.body) for path, edition in made}


def _refuse_incomplete(report: Report) -> None:
    """Raise ProblemsFoundError when what says how editions look is not among the templates."""
    known = {*report.templates, *(f"{STATIC}{name}" for name in report.static)}
    hint = "Editions need it: 'report' makes them."
    problems = [
        Problem(Place(f"{FOLDER}{name}"), "site-complete", "this file is missing", hint)
        for name in (TEMPLATE, f"{STATIC}{SHEET}")
        if name not in known
    ]
    if problems:
        raise ProblemsFoundError(problems)


def _later(site: FinishedSite, page: Page) -> Later:
    file = site.files.by_path[page.address]
    return Later(file.digest, file.read)


class _Plan:
    """Knows what stands in each edition."""

    def __init__(self, report: Report, uses: Uses) -> None:
        self._report = report
        self._uses = uses
        self._made_with = made_with()

    def pages(self) -> Iterator[Page]:
        """Yield the pages that stand in editions: section by section, in their order."""
        places = [section.id for section in self._report.site.sections]
        held = [page for page in self._report.pages.values() if page.front.kind in CITED]

        def place(page: Page) -> tuple[int, int, str]:
            known = page.section in places
            return places.index(page.section) if known else len(places), page.front.order, page.id

        yield from sorted(held, key=place)

    def imprint(self, pages: list[Page], title: str) -> Imprint:
        """Return what an edition of some pages is given; only that of all of them has a title of its own."""
        report = self._report
        sources = {name for page in pages for name in self._uses.sources_of_page[page.id]}
        known = [report.sources[name] for name in sources]
        day = newest(
            [
                *(page.front.reviewed for page in pages),
                *(reading.date for source in known for reading in source.reading),
            ]
        )
        ordered = sorted(known, key=lambda source: (source.short.lower(), source.id))
        return Imprint(
            site=report.site.title,
            title=title,
            description=report.site.description,
            language=report.site.language,
            base=report.site.public_address(""),
            licence=LICENCE,
            footer=report.site.footer,
            day=(str(day), day.words) if day else ("", ""),
            addresses=tuple(page.address for page in pages),
            parts=tuple(self._parts(pages)),
            references=tuple(map(_reference, ordered)),
            pictures=tuple(self._addresses(pages)),
            template=report.templates[TEMPLATE],
            sheet=report.static[SHEET].decode(),
            made_with=self._made_with,
        )

    def pictures(self, pages: Iterable[Page]) -> dict[str, bytes]:
        """Return the pictures of authors that some pages show, each in its largest size, by its address."""
        pictures, bodies = self._report.pictures, self._report.picture_bodies
        return {
            address: files_of(pictures[name], bodies[name]())[address]
            for address, name in self._addresses(pages).items()
        }

    def _addresses(self, pages: Iterable[Page]) -> dict[str, str]:
        """Return the addresses of those pictures, in the order of their names, each with its name."""
        names = {name for page in pages for name in self._uses.pictures_of_page[page.id]}
        return {self._report.pictures[name].largest.address: name for name in sorted(names)}

    def _parts(self, pages: Iterable[Page]) -> Iterator[str]:
        """Yield the name of a section before its first page, and nothing before others."""
        titles = {section.id: section.title for section in self._report.site.sections}
        before = ""
        for page in pages:
            yield titles.get(page.section, "") if page.section != before else ""
            before = page.section


def _reference(source: Source) -> FullReference:
    work = work_of(source)
    read = f"Read {source.read_on}{', in part' if source.partly_readable else ''}."
    return FullReference(
        source.id, source.short, in_words(replace(work, doi="", address="")), work.link, read
    )
