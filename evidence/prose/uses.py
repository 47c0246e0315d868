"""The reverse index: where each finding is used, and what rests on each source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from evidence.model.claim import Claim
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.page import Page
from evidence.model.page_table import PageTable
from evidence.model.registries import identity
from evidence.model.report import Report
from evidence.model.search import Search
from evidence.numbers.comparisons import Evidence, compared, searches_of
from evidence.prose.references import Reference, find_references

SUMMARY, OUTCOME, OWN = "summary", "outcome-", "table-"  # how tables are called on a page


@dataclass
class Uses:
    """Who uses what. Findings are addresses, pages and figures are ids, claims ``document/claim``, pictures names of files.

    Tables are named as their anchors on a page: "summary", "outcome-" with the id of the outcome, and "table-" with
    the name of a table of data/tables.
    """

    findings_of_source: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    claims_of_finding: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    figures_of_finding: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    pages_of_finding: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    claims_of_page: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    studies_of_page: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    sources_of_page: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    citing_pages: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    citing_claims: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    pages_of_figure: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    figures_of_page: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    tables_of_page: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    pictures_of_page: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    trials_of_source: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    trials_of_study: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    studies_of_trial: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


class Pages(Evidence, Protocol):
    """What pages show things from: a report, or what is known before there is one."""

    @property
    def pages(self) -> Mapping[str, Page]: ...  # noqa: D102
    @property
    def figures(self) -> Mapping[str, Figure]: ...  # noqa: D102
    @property
    def page_tables(self) -> Mapping[str, PageTable]: ...  # noqa: D102
    @property
    def searches(self) -> Mapping[str, Search]: ...  # noqa: D102


def uses_of_pages(known: Pages) -> Uses:
    """Return which findings, studies, sources and figures the pages show; all names must resolve."""
    uses = Uses()
    for page in known.pages.values():
        _index_page(uses, known, page)
    return uses


def uses_of(report: Report) -> Uses:
    """Return the reverse index of a report."""
    uses = uses_of_pages(report)
    for address, finding in report.findings.items():
        for source in dict.fromkeys([finding.source, *(place.source for place in finding.also)]):
            uses.findings_of_source[source].append(address)
    for figure in report.figures.values():
        for row in figure.rows:
            _add(uses.figures_of_finding, row.finding, figure.id)
    for address, claim in report.claims().items():
        _index_claim(uses, address, claim)
    _index_trials(uses, report)
    return uses


def _index_trials(uses: Uses, report: Report) -> None:
    """Index where trials were read, and which studies name their registry ids."""
    by_identity = {
        identity(written): trial.id
        for trial in report.trials.values()
        for written in (trial.registry_id, *trial.other_ids)
        if written is not None
    }
    for trial in report.trials.values():
        for source in trial.sources:
            _add(uses.trials_of_source, source, trial.id)
    for study in report.studies.values():
        for written in study.registry:
            trial_id = by_identity.get(identity(written))
            if trial_id is not None:
                _add(uses.trials_of_study, study.id, trial_id)
                _add(uses.studies_of_trial, trial_id, study.id)


def _index_claim(uses: Uses, address: str, claim: Claim) -> None:
    for reference in (*_references(claim.shows), *_references(claim.why)):
        if reference.kind == "number":
            _add(uses.claims_of_finding, reference.target, address)
        elif reference.kind == "citation":
            _add(uses.citing_claims, reference.target, address)
    for finding in claim.findings:
        _add(uses.claims_of_finding, finding, address)
    for page in claim.pages:
        _add(uses.claims_of_page, page, address)


def _index_page(uses: Uses, report: Pages, page: Page) -> None:
    for reference in _page_references(page):
        if reference.kind == "number":
            _add_finding(uses, report.findings[reference.target], reference.target, page)
        elif reference.kind == "study":
            _add(uses.studies_of_page, page.id, reference.target)
        elif reference.kind == "citation":
            _add(uses.citing_pages, reference.target, page.id)
            _add(uses.sources_of_page, page.id, reference.target)
        elif reference.kind == "figure":
            _index_figure(uses, report, report.figures[reference.target], page)
        elif reference.kind == "picture":
            _add(uses.pictures_of_page, page.id, reference.target)
        elif reference.kind == "table":
            _add(uses.tables_of_page, page.id, f"{OWN}{reference.target}")
            source = report.page_tables[reference.target].read_in.source
            _add(uses.sources_of_page, page.id, source)
        elif reference.kind == "summary":
            _add(uses.tables_of_page, page.id, SUMMARY)
        elif reference.kind == "outcome":
            _add(uses.tables_of_page, page.id, f"{OUTCOME}{reference.target}")
            searches = searches_of(report.searches, page.id)
            _index_outcome(uses, report, searches, reference.target, page)
            for row in compared(report, searches, reference.target):
                _add_finding(uses, row.finding, row.address, page)
    for question in page.front.questions:
        if question.figure is not None:
            _index_figure(uses, report, report.figures[question.figure], page)


def _index_outcome(
    uses: Uses, report: Pages, searches: list[Search], name: str, page: Page
) -> None:
    """Index what an outcome itself names on a page that shows its table."""
    outcome = next(search.outcomes[name] for search in searches if name in search.outcomes)
    if outcome.rating is not None:
        _add(uses.sources_of_page, page.id, outcome.rating.source)
    if outcome.important is not None:
        _add_finding(uses, report.findings[outcome.important], outcome.important, page)


def _index_figure(uses: Uses, report: Pages, figure: Figure, page: Page) -> None:
    """Index what a figure shows on a page: its rows, and the numbers in its words."""
    _add(uses.pages_of_figure, figure.id, page.id)
    _add(uses.figures_of_page, page.id, figure.id)
    for row in figure.rows:
        _add_finding(uses, report.findings[row.finding], row.finding, page)
    for text in (figure.title, figure.subtitle, figure.note, *(row.label for row in figure.rows)):
        for reference in _references(text or ""):
            if reference.kind == "number":
                _add_finding(uses, report.findings[reference.target], reference.target, page)


def _add_finding(uses: Uses, finding: Finding, address: str, page: Page) -> None:
    _add(uses.pages_of_finding, address, page.id)
    _add(uses.studies_of_page, page.id, address.partition("/")[0])
    _add(uses.sources_of_page, page.id, finding.source)


def _page_references(page: Page) -> Iterator[Reference]:
    front = page.front
    texts = [front.title, front.answer, front.description, page.body]
    for question in front.questions:
        texts += [question.question, question.answer, question.unknown]
    texts += [revision.what for revision in front.revisions.values()]
    for text in texts:
        yield from _references(text or "")


def _references(text: str) -> tuple[Reference, ...]:
    return find_references(text)[0]


def _add(index: dict[str, list[str]], key: str, value: str) -> None:
    if value not in index[key]:
        index[key].append(value)
