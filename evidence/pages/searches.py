"""A page for each search: the question, every query, and what became of everything found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from evidence.model.search import FoundItem, Search
from evidence.model.search_words import AIMS, BECAME, ITEM_KINDS, REASONS
from evidence.numbers.accounts import PREFIX, Account, account, kind_of
from evidence.numbers.comparisons import searches_of
from evidence.pages.view import Crumb, Planned, View, Workshop, newest
from evidence.prose.writer import Writer


@dataclass(frozen=True)
class FoundLine:
    """An item as it is listed: a name, an address inside the site or outside, its kind and note."""

    name: str
    inside: str | None
    outside: str | None
    kind: str
    note: str


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield a page for each search."""
    for search in workshop.report.searches.values():
        names = tuple(item.trial for item in search.items if item.trial is not None)
        view = partial(_search, workshop, search)
        yield Planned(address_of(search), title_of(workshop, search), view, names=names)


def address_of(search: Search) -> str:
    """Return the address of a search's page."""
    return f"searches/{search.id}.html"


def title_of(workshop: Workshop, search: Search) -> str:
    """Return the name of a search: that of the first page it is for."""
    return f"How the evidence was chosen: {workshop.titles[search.pages[0]]}"


def chosen(workshop: Workshop, page: str) -> list[dict[str, Any]]:
    """Return what a topic page says of its searches; the study flow stands on their own pages."""
    return [
        {"search": search, "account": account(search), "address": address_of(search),
         "title": title_of(workshop, search)}
        for search in searches_of(workshop.report.searches, page)
    ]  # fmt: skip


def accounts(workshop: Workshop) -> list[tuple[str, str, Account, int]]:
    """Return of each search its address, topic, counts and queries, in the order of the pages."""
    pages = workshop.report.pages
    searches = sorted(
        workshop.report.searches.values(),
        key=lambda search: (pages[search.pages[0]].section, pages[search.pages[0]].front.order),
    )
    return [
        (address_of(search), workshop.titles[search.pages[0]], account(search), len(search.queries))
        for search in searches
    ]


def _search(workshop: Workshop, search: Search) -> View:
    address = address_of(search)
    writer = workshop.writer(address)
    page = workshop.report.pages[search.pages[0]]
    title = title_of(workshop, search)
    return View(
        address=address,
        template="account.html",
        kind="account",
        name=title,
        title=writer.inline(title),
        description="The question, what was searched, and what became of everything that was found.",
        writer=writer,
        crumbs=(
            Crumb("Home", "index.html"),
            Crumb(workshop.titles[page.id], page.address),
            Crumb("How the evidence was chosen", None),
        ),
        dated=newest(query.on for query in search.queries),
        content={
            "search": search,
            "account": account(search),
            "figure": workshop.figure(writer, f"{PREFIX}{search.id}"),
            "pages": [workshop.report.pages[name] for name in search.pages],
            "queries": [(AIMS[query.aim], query) for query in search.queries],
            "groups": list(_groups(workshop, search, writer)),
        },
    )


def _groups(
    workshop: Workshop, search: Search, writer: Writer
) -> Iterator[tuple[str, list[FoundLine]]]:
    """Yield each fate, for what was left out each reason, with the items that had it."""
    for became, words in BECAME.items():
        items = [item for item in search.items if item.became == became]
        for reason in REASONS if became == "left-out" else (None,):
            chosen = [item for item in items if item.reason == reason]
            title = words if reason is None else f"{words}: {REASONS[reason].lower()}"
            if chosen:
                yield title, [_found(workshop, item, writer) for item in chosen]


def _found(workshop: Workshop, item: FoundItem, writer: Writer) -> FoundLine:
    report = workshop.report
    inside = name = None
    if item.study is not None:
        inside, name = f"studies/{item.study}.html", report.studies[item.study].short
    elif item.source is not None:
        inside, name = f"sources/{item.source}.html", report.sources[item.source].short
    elif item.trial is not None:
        trial = report.trials[item.trial]
        inside, name = trial.address, trial.printed_id
    return FoundLine(
        name or item.name or "",
        None if inside is None else writer.href(inside),
        item.url,
        ITEM_KINDS[kind_of(item, report.studies)],
        item.note or "",
    )
