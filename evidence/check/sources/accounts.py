"""Does every topic account for its evidence: a question, a search, and what became of each item?

Asked only of sources in which every name resolves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date as Date
from functools import partial

from evidence.check.sources.known import Known
from evidence.check.sources.parts import check_parts
from evidence.check.sources.summaries import check_outcome_names, check_summaries
from evidence.model.finding import Finding
from evidence.model.page import Page
from evidence.model.search import FoundItem, Search
from evidence.model.search_words import AIMS
from evidence.model.study import Study
from evidence.numbers.comparisons import NO_OUTCOME, REVIEWS, compared, is_comparison, searches_of
from evidence.problems import Place, Problem, did_you_mean
from evidence.prose.references import find_references
from evidence.prose.uses import Uses, uses_of_pages
from evidence.read.pages import front_document
from evidence.read.yaml_file import Document

# What a topic page has above its text
NEEDED = ("answer", "searched", "reviewed", "review_due")


def check_searches(known: Known) -> Iterator[Problem]:
    """Yield the names in searches that do not exist, and what a search lacks."""
    for search in known.searches.values():
        document = known.reading.documents[_file(search)]  # records are read when this is asked
        for position, page in enumerate(search.pages):
            yield from known.page(page, document.finder(("pages", position)))
        yield from _check_items(search, document, known)
        yield from check_outcome_names(search, document, known)
        lacking = [title for aim, title in AIMS.items() if aim not in {"other", *_aims(search)}]
        if lacking:
            message = f"no query looks for: {'; '.join(lacking).lower()}"
            hint = "Add a query with that 'aim:'. One that found nothing has 'gave: 0'."
            yield Problem(document.place(("queries",)), "search-complete", message, hint)


def _file(search: Search) -> str:
    return f"data/searches/{search.id}.yaml"


def _aims(search: Search) -> set[str]:
    return {query.aim for query in search.queries}


def _check_items(search: Search, document: Document, known: Known) -> Iterator[Problem]:
    seen: set[str] = set()
    for position, item in enumerate(search.items):
        path = ("items", position)
        if item.study is not None:
            yield from known.study(item.study, document.finder((*path, "study")))
        if item.source is not None:
            yield from known.source(item.source, document.finder((*path, "source")))
        if item.trial is not None:
            yield from known.trial(item.trial, document.finder((*path, "trial")))
        name = _named(item)
        if name in seen:
            place = document.place(path)
            hint = "Keep one of the two: an item is counted once."
            yield Problem(place, "id-unique", f"'{name}' stands twice among the items", hint)
        seen.add(name)


def _named(item: FoundItem) -> str:
    return item.study or item.source or item.trial or item.name or ""


def check_topics(known: Known, today: Date) -> Iterator[Problem]:
    """Yield what topic pages lack, and what no search accounts for.

    It is about what names lead to, so nothing is asked while one does not resolve.
    """
    if known.reading.problems:
        return
    uses = uses_of_pages(known)
    for page in known.pages.values():
        if page.front.kind == "topic":
            yield from _check_topic(page, known, uses)
        yield from _check_dates(page, known, today)
    for search in known.searches.values():
        yield from _check_became(search, known, uses)
        yield from _check_outcomes(search, known)
    yield from check_summaries(known)
    for study in known.studies.values():
        yield from _check_study(study, known)


def _front_place(page: Page, known: Known, *path: str) -> Place:
    document = known.reading.documents.get(page.file) or front_document(known.reading, page.file)
    return document.place(path) if document and path else Place(page.file, 1, 1)


def _check_topic(page: Page, known: Known, uses: Uses) -> Iterator[Problem]:
    for name in NEEDED:
        if getattr(page.front, name) is None:
            key = name.replace("_", "-")
            hint = (
                "A topic page has an answer and three dates: see 'Add a page' in docs/editing.md."
            )
            yield Problem(_front_place(page, known), "topic-complete", f"'{key}:' is missing", hint)
    yield from check_parts(page)
    searches = searches_of(known.searches, page.id)
    if not searches:
        hint = f"Write a search in data/searches with '{page.id}' under 'pages:'."
        message = "no search accounts for the evidence of this topic page"
        yield Problem(Place(page.file, 1, 1), "search-present", message, hint)
        return
    newest = max(query.on.first_day for search in searches for query in search.queries)
    if page.front.searched is not None and page.front.searched.first_day != newest:
        message = f"the page says that evidence was searched to {page.front.searched.words}"
        hint = f"The newest query of its searches is of {newest.isoformat()}: write that day."
        yield Problem(_front_place(page, known, "searched"), "search-dated", message, hint)
    yield from _check_cited(page, searches, known, uses)


def _check_cited(page: Page, searches: list[Search], known: Known, uses: Uses) -> Iterator[Problem]:
    """Yield studies and sources that a page shows and none of its searches accounts for."""
    items = [item for search in searches for item in search.items]
    studies = {item.study for item in items if item.study}
    sources = {item.source for item in items if item.source}
    for name in studies:
        sources |= known.sources_of[name]
    named = " or ".join(_file(search) for search in searches)
    for name in uses.studies_of_page[page.id]:
        if name not in studies:
            message = (
                f"the study '{name}' is shown here, and no search of this page accounts for it"
            )
            hint = f"Add it to the items of {named}."
            yield Problem(_mention(page, known, name), "study-accounted", message, hint)
    for name in uses.sources_of_page[page.id]:
        if name not in sources and not _of_shown_study(name, page, known, uses):
            message = (
                f"the source '{name}' is cited here, and no search of this page accounts for it"
            )
            hint = f"Add it to the items of {named}."
            yield Problem(_mention(page, known, name), "source-accounted", message, hint)
        elif known.sources[name].is_paper and known.sources[name].retraction is None:
            message = f"nobody looked whether '{name}' was retracted, and this topic cites it"
            hint = (
                f"Look it up, and write 'retraction: {{state: none-found, on: (the day), where: ...}}' "
                f"in data/sources/{name}.yaml."
            )
            yield Problem(_mention(page, known, name), "retraction-checked", message, hint)


def _of_shown_study(source: str, page: Page, known: Known, uses: Uses) -> bool:
    """Tell whether a source belongs to a study of the page: the study's own problem is enough."""
    return any(source in known.sources_of[name] for name in uses.studies_of_page[page.id])


def _mention(page: Page, known: Known, name: str) -> Place:
    """Return where a page names a study or source, or its first line."""
    for reference in find_references(page.body)[0]:
        if name in {reference.target, reference.study}:
            line = page.body.count("\n", 0, reference.start)
            start = page.body.rfind("\n", 0, reference.start) + 1
            return Place(page.file, page.body_line + line, reference.start - start + 1)
    return _front_place(page, known)


def _check_dates(page: Page, known: Known, today: Date) -> Iterator[Problem]:
    front = page.front
    revised = ((("revisions", name, "on"), each.on) for name, each in front.revisions.items())
    dated = (("searched",), front.searched), (("reviewed",), front.reviewed), *revised
    for path, date in dated:
        if date is not None and date.first_day > today:
            message = f"'{path[-1]}: {date}' is in the future"
            place = _front_place(page, known, *path)
            yield Problem(place, "dates-in-order", message, "Write the day on which it was done.")
    if (
        front.reviewed
        and front.review_due
        and front.review_due.first_day < front.reviewed.first_day
    ):
        message = (
            f"the next review, {front.review_due}, is due before the last one, {front.reviewed}"
        )
        place = _front_place(page, known, "review-due")
        yield Problem(place, "dates-in-order", message, "Write the day of the next review.")


def _check_became(search: Search, known: Known, uses: Uses) -> Iterator[Problem]:
    """Yield items of which the account and the pages say different things."""
    studies = {name for page in search.pages for name in uses.studies_of_page[page]}
    sources = {name for page in search.pages for name in uses.sources_of_page[page]}
    for position, item in enumerate(search.items):
        on_a_page = item.study in studies or item.source in sources or item.trial is not None
        if item.study is not None:
            on_a_page = on_a_page or bool(known.sources_of[item.study] & sources)
        if item.became == "shown" and not on_a_page:
            place = known.reading.place(_file(search), ("items", position, "became"))
            message = f"'{_named(item)}' is said to be shown, and no page of this search shows it"
            hint = f"Show it on {' or '.join(search.pages)}, or say what became of it."
            yield Problem(place, "item-shown", message, hint)
        elif item.became == "not-readable" and item.study in studies:
            place = known.reading.place(_file(search), ("items", position, "became"))
            message = f"'{_named(item)}' is said to be unreadable, and a page shows results of it"
            yield Problem(place, "item-shown", message, "Write 'became: shown'.")


def _check_outcomes(search: Search, known: Known) -> Iterator[Problem]:
    embedded = {
        reference.target
        for page in search.pages
        for reference in find_references(known.pages[page].body)[0]
        if reference.kind == "outcome"
    }
    for name in search.outcomes:
        place = partial(known.reading.place, _file(search), ("outcomes", name), of_key=True)
        if not compared(known, [search], name):
            message = f"no finding of a study of this search has 'outcome: {name}'"
            hint = "Give it to the findings that report it, or delete the outcome here."
            yield Problem(place(), "outcome-shown", message, hint)
        elif name not in embedded:
            message = f"the table of the outcome '{name}' stands on no page of this search"
            hint = f"Write ![[outcome:{name}]] alone in a paragraph of one of them."
            yield Problem(place(), "outcome-shown", message, hint)


def _check_study(study: Study, known: Known) -> Iterator[Problem]:
    """Yield what no search accounts for: a study of its conditions, or a result of a study."""
    file = f"data/studies/{study.id}.yaml"
    topical = [search for search in known.searches.values() if study.condition in search.conditions]
    if not topical:
        if known.searches and study.findings:
            message = f"no search is about '{study.condition}', so no topic accounts for this study"
            hint = "Add the condition to a search in data/searches, or write a search for it."
            place = known.reading.place(file, ("condition",))
            yield Problem(place, "study-accounted", message, hint)
        return
    names = [item.study for search in topical for item in search.items]
    if study.id not in names and study.findings:
        files = " or ".join(_file(search) for search in topical)
        message = f"no search about '{study.condition}' accounts for this study"
        hint = f"Add 'study: {study.id}' to the items of {files}, with what became of it."
        yield Problem(known.reading.place(file, ("condition",)), "study-accounted", message, hint)
        return
    for finding in study.findings.values():
        yield from _check_result(study, finding, topical, known)


def _check_result(
    study: Study, finding: Finding, topical: list[Search], known: Known
) -> Iterator[Problem]:
    """Yield a comparison without an outcome, or an outcome whose search forgets the study."""
    file, path = f"data/studies/{study.id}.yaml", ("findings", finding.id)
    place = partial(known.reading.place, file, path, of_key=True)
    outcomes = {name for search in topical for name in search.outcomes}
    if finding.outcome is None:
        pooled = study.design.kind in REVIEWS and study.analysis is None and finding.interval
        if is_comparison(finding) or pooled:
            message = f"the result '{finding.id}' belongs to no outcome, so that no table shows it"
            hint = f"Write 'outcome:' with one of {_listed(outcomes)}, or 'outcome: none'."
            yield Problem(place(), "result-has-outcome", message, hint)
        return
    if finding.outcome == NO_OUTCOME:
        return
    if finding.outcome not in outcomes:
        message = f"no search about '{study.condition}' has the outcome '{finding.outcome}'"
        hint = did_you_mean(finding.outcome, outcomes, f"Known: {_listed(outcomes)}.")
        yield Problem(place(), "outcome-exists", message, hint)
        return
    for search in topical:
        names = {item.study for item in search.items}
        if finding.outcome in search.outcomes and study.id not in names:
            message = (
                f"{_file(search)} shows '{finding.outcome}' and does not account for this study"
            )
            hint = f"Add 'study: {study.id}' to its items, with what became of it."
            yield Problem(place(), "study-accounted", message, hint)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "(none yet)"
