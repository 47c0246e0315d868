"""What a template is given for one page, and what page kinds are given to make it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import Markup

from evidence.figures.drawing import Drawings
from evidence.finished.facts import PAGE_COVERAGE, SITE_COVERAGE
from evidence.model.base import PartialDate, parse_partial_date
from evidence.model.guide import FIRST
from evidence.model.page import Page
from evidence.model.report import Report
from evidence.model.site import Site
from evidence.numbers.results import Results
from evidence.pages.edit_links import edit_link
from evidence.pages.trial_lists import TrialLine
from evidence.prose.citing import LICENCE, Citation
from evidence.prose.references import Reference
from evidence.prose.typesetting import TermFinder
from evidence.prose.uses import Uses
from evidence.prose.writer import Writer
from evidence.store import content_key

PICTURED = {"home", "section", "topic"}  # kinds of written pages with a picture of their own
SHARED_PICTURE = "previews/site.png"


@dataclass(frozen=True)
class Crumb:
    """One step of the way to a page."""

    title: str
    address: str | None


@dataclass
class View:
    """One page to render: where, with which template, and what it shows.

    ``title`` may hold markup, ``name`` is the same as plain text, and ``tab`` a shorter one for tabs and
    search engines, where there is one. ``dated`` is the newest day on which
    what the page says was reviewed or read, where that is known: never the day of a build. ``hidden``
    keeps it from search engines. ``picture`` is the path of the one beside links to it, where it has one of
    its own, and ``linked`` what it says in the words of schema.org; ``cited`` are
    the tags of the paper that it is the record of, and ``citation`` says how the page is cited; ``held`` are
    names and paths of the files that it can be taken along as. ``content`` has what only this kind of page shows.
    """

    address: str
    template: str
    kind: str
    name: str
    title: Markup
    description: str
    writer: Writer
    tab: str = ""
    kicker: str = ""
    answer: Markup | None = None
    crumbs: tuple[Crumb, ...] = ()
    contents: tuple[tuple[str, str], ...] = ()
    siblings: tuple[Crumb, ...] = ()
    page: Page | None = None
    overdue: bool = False
    draft: bool = False
    broad: bool = False
    dated: PartialDate | None = None
    hidden: bool = False
    picture: str = ""
    linked: dict[str, Any] = field(default_factory=dict)
    cited: tuple[tuple[str, str], ...] = ()
    citation: Citation | None = None
    held: tuple[tuple[str, str], ...] = ()
    content: dict[str, Any] = field(default_factory=dict)

    @property
    def licence(self) -> str:
        """Return the licence of words and figures."""
        return LICENCE

    @property
    def edit_link(self) -> str:
        """Return where the file is edited that the page is made of, if it is anywhere."""
        return edit_link(self.kind, self.writer)

    @property
    def page_coverage(self) -> Markup:
        """Return the words that stand for this page's coverage until it is counted."""
        return Markup(PAGE_COVERAGE)  # noqa: S704 - a constant

    @property
    def site_coverage(self) -> Markup:
        """Return the words that stand for the site's coverage until it is counted."""
        return Markup(SITE_COVERAGE)  # noqa: S704 - a constant


@dataclass(frozen=True)
class PageName:
    """What the frame of a page says of another: its kind, path and section."""

    kind: str
    address: str
    section: str


@dataclass(frozen=True)
class Frame:
    """What stands around every page: the names of ``pages``, and nothing that a new study changes.

    There is a ``feed`` where a change is known that it can tell, and a ``guide`` where its first page is there.
    """

    pages: dict[str, PageName]
    feed: bool
    guide: bool

    @classmethod
    def of(cls, report: Report) -> Frame:
        """Return the frame of the pages of a report."""
        pages = {
            page.id: PageName(page.front.kind, page.address, page.section)
            for page in report.pages.values()
        }
        told = any(page.front.reviewed for page in report.pages.values())
        compared = any(export.compared_with for export in report.exports.values())
        feed = told or compared or bool(report.number_changes)
        return cls(pages, feed, guide=FIRST in report.guide)

    def page(self, name: str) -> PageName:
        """Return a page by its id."""
        return self.pages[name]

    def pages_of(self, kind: str) -> list[str]:
        """Return the paths of the pages of a kind."""
        return [page.address for page in self.pages.values() if page.kind == kind]


@dataclass(eq=False)
class Given:
    """Everything that pages are made of but the text of their own Markdown: a value, with its key.

    The ``report`` has no bodies of pages and no trials but those that prose names; one that has them is
    refused. ``drawings`` follow from it; they are made when somebody asks for them.
    """

    report: Report
    results: Results
    uses: Uses
    drawings: Drawings

    @cached_property
    def key(self) -> str:
        """Return the content key of the report and of what its pages use."""
        return content_key(self.report.key, self.uses.__dict__)


def public(site: Site, writer: Writer, address: str) -> str:
    """Return the whole address of something in the site, or the way to it from a page where it has none."""
    return f"{site.address.rstrip('/')}/{address}" if site.address else writer.href(address)


def picture_of(address: str) -> str:
    """Return the path of the picture that stands beside links to a page."""
    return f"previews/{address.removesuffix('.html')}.png"


def table_of(address: str, table: str = "") -> str:
    """Return the path of a table of a page as CSV: beside the page, with the table's own name if it has one."""
    return f"{address.removesuffix('.html')}{f'.{table}' if table else ''}.csv"


def workbook_of(address: str) -> str:
    """Return the path of the table of a page as a workbook, beside the page."""
    return f"{address.removesuffix('.html')}.xlsx"


def newest(dates: Iterable[PartialDate | None]) -> PartialDate | None:
    """Return the newest of some dates; None when there is none."""
    known = [date for date in dates if date is not None]
    return max(known, key=lambda date: (date.first_day, str(date)), default=None)


@dataclass
class Workshop:
    """What page kinds are given to make views: see ``Given``, and what puts figures, tables and pictures in.

    The trials of its report are those alone that the page in hand may name.
    """

    report: Report
    results: Results
    uses: Uses
    drawings: Drawings
    figure: Callable[[Writer, str], Markup]
    table: Callable[[Writer, str], Markup]
    picture: Callable[[Writer, Reference], Markup]

    @cached_property
    def finder(self) -> TermFinder:
        """Return the finder of glossary terms, made once."""
        return TermFinder(self.report.terms.values())

    def writer(self, address: str) -> Writer:
        """Return a writer for the page at ``address``."""
        return Writer(
            self.report, self.results, self.finder, address, self.figure, self.table, self.picture
        )

    def read_on(self, sources: Iterable[str]) -> PartialDate | None:
        """Return the newest day on which one of some sources was read."""
        known = self.report.sources
        return newest(reading.date for name in sources for reading in known[name].reading)

    @cached_property
    def frame(self) -> Frame:
        """Return what stands around every page."""
        return Frame.of(self.report)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Return the title of every page as plain text, by page id."""
        writer = self.writer("index.html")
        return {page.id: writer.plain(page.front.title) for page in self.report.pages.values()}

    @cached_property
    def tabs(self) -> dict[str, str]:
        """Return what tabs call every page that an editor wrote, by page id."""
        writer = self.writer("index.html")
        fronts = {page.id: page.front for page in self.report.pages.values()}
        return {name: writer.plain(front.short or front.title) for name, front in fronts.items()}

    def way_to(self, overview: Page | None) -> tuple[Crumb, ...]:
        """Return the way from home to the page that lists things of a kind, if there is one."""
        home = Crumb("Home", "index.html")
        return (home, Crumb(self.titles[overview.id], overview.address)) if overview else (home,)

    def section_title(self, section: str) -> str:
        """Return a section's name, or nothing for pages at the top."""
        return next((known.title for known in self.report.site.sections if known.id == section), "")

    def section_pages(self, section: str) -> list[Page]:
        """Return the pages of a section in their order."""
        pages = [page for page in self.report.pages.values() if page.section == section]
        return sorted(pages, key=lambda page: (page.front.order, page.id))


@dataclass(frozen=True)
class Planned:
    """A page that can be made: its ``address``, and how to make its view.

    ``name`` is what it is called in full: its title is made of that. ``text`` is the id of the Markdown
    page whose body it shows; ``view`` is then given the ``body``.
    ``names`` are the trials that it names, beside those that any prose may name. Whatever else a view
    shows comes from the workshop.
    """

    address: str
    name: str
    view: Callable[..., View]
    text: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """A page that lists trials, of which there may be thousands: it depends on what it lists alone.

    ``kind`` names the function that makes its view (see LIST_VIEWS in evidence/pages). That is given the
    workshop, this page, the body of the Markdown page ``text``, and the lines of ``trials``. ``own``
    is plain, and holds what else it shows.
    """

    address: str
    kind: str
    own: Any
    text: str = ""
    trials: tuple[str, ...] = ()

    @property
    def dated(self) -> PartialDate | None:
        """Return the newest day on which a trial of its whole list was ``read``."""
        return parse_partial_date(self.own["read"]) if self.own.get("read") else None


PageKind = Callable[[Workshop], Iterator[Planned]]
ListKind = Callable[[Workshop, Report], Iterator[Listed]]
ListView = Callable[[Workshop, Listed, str, Sequence[TrialLine]], View]
