"""What a template is given for one page, and what page kinds are given to make it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from evidence.figures.drawing import Drawing
from evidence.finished.facts import PAGE_COVERAGE, SITE_COVERAGE
from evidence.model.page import Page
from evidence.model.report import Report
from evidence.numbers.results import Results
from evidence.prose.terms import TermFinder
from evidence.prose.uses import Uses
from evidence.prose.writer import Writer
from evidence.store import Cache, content_key
from evidence.versions import code_version

NOT_FOUND = "404.html"


@dataclass(frozen=True)
class Crumb:
    """One step of the way to a page."""

    title: str
    address: str | None


@dataclass
class View:
    """One page to render: where, with which template, and what it shows.

    ``title`` may hold markup, ``name`` is the same as plain text. ``content`` has what only this
    kind of page shows.
    """

    address: str
    template: str
    kind: str
    name: str
    title: Markup
    description: str
    writer: Writer
    kicker: str = ""
    answer: Markup | None = None
    crumbs: tuple[Crumb, ...] = ()
    contents: tuple[tuple[str, str], ...] = ()
    siblings: tuple[Crumb, ...] = ()
    page: Page | None = None
    overdue: bool = False
    broad: bool = False
    content: dict[str, Any] = field(default_factory=dict)

    @property
    def page_coverage(self) -> Markup:
        """Return the words that stand for this page's coverage until it is counted."""
        return Markup(PAGE_COVERAGE)  # noqa: S704 - a constant

    @property
    def site_coverage(self) -> Markup:
        """Return the words that stand for the site's coverage until it is counted."""
        return Markup(SITE_COVERAGE)  # noqa: S704 - a constant


@dataclass
class Workshop:
    """Everything that a page kind needs to make its views."""

    report: Report
    results: Results
    uses: Uses
    cache: Cache
    drawings: dict[str, Drawing]
    figure: Callable[[Writer, str], Markup]
    outcome: Callable[[Writer, str], Markup]

    @cached_property
    def finder(self) -> TermFinder:
        """Return the finder of glossary terms, made once."""
        return TermFinder(self.report.terms.values())

    def writer(self, address: str) -> Writer:
        """Return a writer for the page at ``address``."""
        mount = self.mount if address == NOT_FOUND else None
        return Writer(
            self.report,
            self.results,
            self.cache,
            self.finder,
            address,
            self.figure,
            self.outcome,
            mount,
        )

    @property
    def mount(self) -> str:
        """Return the path at which the site lives on its host."""
        return urlsplit(self.report.site.address or "/").path or "/"

    @cached_property
    def titles(self) -> dict[str, str]:
        """Return the title of every page as plain text, by page id."""
        writer = self.writer("index.html")
        return {page.id: writer.plain(page.front.title) for page in self.report.pages.values()}

    @cached_property
    def frame(self) -> str:
        """Return the content key of what stands around every page, and of the words in use."""
        report = self.report
        fronts = {name: repr(page.front) for name, page in report.pages.items()}
        counts = [len(each) for each in (report.sources, report.studies, report.claims())]
        words = [repr(report.site), repr(report.vocabularies)]
        return content_key(report.templates, fronts, self.titles, counts, words, code_version())

    def section_title(self, section: str) -> str:
        """Return a section's name, or nothing for pages at the top."""
        return next((each.title for each in self.report.site.sections if each.id == section), "")

    def section_pages(self, section: str) -> list[Page]:
        """Return the pages of a section in their order."""
        found = [page for page in self.report.pages.values() if page.section == section]
        return sorted(found, key=lambda page: (page.front.order, page.id))


@dataclass(frozen=True)
class Planned:
    """A page that can be made: its ``address``, how to make its view, and its own ``text``.

    Whatever else a view shows comes from the report without the bodies of pages. A page of which
    there are thousands says in ``shows`` what it takes from there, as a content key; what stands
    around every page need not be in it. It is then made anew only when that changes.
    """

    address: str
    view: Callable[[], View]
    text: str = ""
    shows: str | None = None


PageKind = Callable[[Workshop], Iterator[Planned]]
