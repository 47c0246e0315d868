"""Does each page sum up what its trials by lot found, and can what it names be summed up?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from evidence.check.sources.known import Known
from evidence.model.figure import Figure
from evidence.model.page import Page
from evidence.model.search import Outcome, Search
from evidence.numbers.comparisons import compared, searches_of
from evidence.numbers.summary_of_findings import summarised
from evidence.problems import Place, Problem
from evidence.prose.references import Reference, find_references
from evidence.read.yaml_file import Document

MEASURES = ("risk-ratio", "odds-ratio", "risk-difference")
POOLS = {"overall", "both"}


def check_outcome_names(search: Search, document: Document, known: Known) -> Iterator[Problem]:
    """Yield the sources, figures and findings that an outcome names and that do not exist."""
    for name, outcome in search.outcomes.items():
        path = ("outcomes", name)
        if outcome.rating is not None:
            where = document.finder((*path, "rating", "source"))
            yield from known.source(outcome.rating.source, where)
        if outcome.pooled is not None:
            yield from known.figure(outcome.pooled, document.finder((*path, "pooled")))
        if outcome.important is not None:
            yield from known.finding(outcome.important, document.finder((*path, "important")))


def check_summaries(known: Known) -> Iterator[Problem]:
    """Yield pages that do not sum up what trials by lot found, and what cannot be summed up."""
    for page in known.pages.values():
        yield from _check_page(page, known)
    for search in known.searches.values():
        for name, outcome in search.outcomes.items():
            yield from _check_pooled(search, name, outcome, known)


def _check_page(page: Page, known: Known) -> Iterator[Problem]:
    references = find_references(page.body)[0]
    tables = [reference for reference in references if reference.kind == "outcome"]
    summary = next((each for each in references if each.kind == "summary"), None)
    searches = searches_of(known.searches, page.id)
    found = [summarised(compared(known, searches, reference.target)) for reference in tables]
    if summary is None and any(each.lines for each in found):
        message = "trials by lot tell a difference here, and nothing on this page sums it up"
        hint = "Write ![[summary]] alone in a paragraph above the tables of outcomes."
        yield Problem(_place(page, tables[0]), "summary-shown", message, hint)
    elif summary is not None and not any(each.lines or each.silent for each in found):
        message = (
            "there is nothing to sum up: no table of an outcome on this page has a trial by lot"
        )
        hint = "Delete it, or show the table of an outcome that such a trial reports."
        yield Problem(_place(page, summary), "summary-shown", message, hint)


def _place(page: Page, reference: Reference) -> Place:
    before = page.body[: reference.start]
    return Place(
        page.file,
        page.body_line + before.count("\n"),
        reference.start - (before.rfind("\n") + 1) + 1,
    )


def _check_pooled(search: Search, name: str, outcome: Outcome, known: Known) -> Iterator[Problem]:
    figure = None if outcome.pooled is None else known.figures.get(outcome.pooled)
    if figure is None:
        return
    place = partial(
        known.reading.place, f"data/searches/{search.id}.yaml", ("outcomes", name, "pooled")
    )
    hint = f"Name a forest with 'pooled: overall' and 'measure:' one of {', '.join(MEASURES)}."
    if figure.kind != "forest" or figure.pooled not in POOLS or figure.measure not in MEASURES:
        message = f"the figure '{figure.id}' pools no comparisons"
        yield Problem(place(), "summary-pooled", message, hint)
        return
    for address in _strangers(figure, search, name, known):
        message = (
            f"'{address}' in the figure '{figure.id}' is no result of a trial by lot for '{name}'"
        )
        hint = "Pool only rows of the table of this outcome that stand under 'Compared by lot'."
        yield Problem(place(), "summary-pooled", message, hint)


def _strangers(figure: Figure, search: Search, name: str, known: Known) -> Iterator[str]:
    own = {row.address for row in compared(known, [search], name) if row.group == "randomised"}
    for row in figure.rows:
        if not row.pooled and row.finding not in own:
            yield row.finding
