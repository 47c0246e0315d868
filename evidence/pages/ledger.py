"""The claim ledger: an overview, and a page for each document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

from evidence.model.claim import Claim, Ledger
from evidence.model.page import Page
from evidence.pages.citing import of_ledger
from evidence.pages.linked_data import of_claims
from evidence.pages.view import Crumb, Planned, View, Workshop, public, table_of
from evidence.pages.written import count_verdicts, planned, tally
from evidence.prose.writer import Writer


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield the overview and a page for each document."""
    for page in workshop.report.pages.values():
        if page.front.kind == "ledger":
            yield planned(workshop, page, "ledger-overview.html", _overview)
            for ledger in workshop.report.ledgers.values():
                for number in range(1, len(ledger.parts()) + 1):
                    view = partial(_document, workshop, ledger, page, number)
                    yield Planned(ledger.page_address(number), ledger.numbered(number), view)


def _overview(workshop: Workshop, _page: Page, _writer: Writer) -> dict[str, Any]:
    ledgers = workshop.report.ledgers.values()
    return {
        "ledgers": [
            (ledger, workshop.report.sources[ledger.document], tally(workshop, ledger.id))
            for ledger in ledgers
        ],
        "tally": tally(workshop),
        "claim_count": len(workshop.report.claims()),
        "claims": list(workshop.report.claims().items()),
        "serious": [
            (f"{ledger.id}/{claim.id}", claim)
            for ledger in ledgers
            for claim in ledger.claims.values()
            if claim.severity == "high"
        ],
    }


def _document(workshop: Workshop, ledger: Ledger, overview: Page, number: int) -> View:
    address, parts = ledger.page_address(number), ledger.parts()
    writer = workshop.writer(address)
    topics: dict[str, list[Claim]] = defaultdict(list)
    for claim in parts[number - 1]:
        topics[claim.topic].append(claim)
    return View(
        address=address,
        template="ledger.html",
        kind="ledger",
        name=ledger.numbered(number),
        title=writer.inline(ledger.numbered(number)),
        description=writer.plain(ledger.intro),
        writer=writer,
        kicker="Claims checked",
        answer=writer.inline(ledger.intro),
        crumbs=(*workshop.way_to(overview), Crumb(ledger.title, None)),
        dated=overview.front.reviewed,
        linked=_linked(workshop, ledger, writer, number, overview),
        broad=True,
        citation=of_ledger(workshop, ledger, number),
        content={
            "ledger": ledger,
            "file": table_of(ledger.page_address()),
            "source": workshop.report.sources[ledger.document],
            "topics": list(topics.items()),
            "tally": tally(workshop, ledger.id),
            "here": count_verdicts(parts[number - 1]),
            "number": number,
            "pages": [
                (ledger.page_address(other_number), entries)
                for other_number, entries in enumerate(parts, start=1)
            ],
            "previous": ledger.page_address(number - 1) if number > 1 else None,
            "next": ledger.page_address(number + 1) if number < len(parts) else None,
        },
    )


def _linked(
    workshop: Workshop, ledger: Ledger, writer: Writer, number: int, overview: Page
) -> dict[str, Any]:
    """Return the entries of one page as reviews of claims."""
    site, report = workshop.report.site, workshop.report
    address = ledger.page_address(number)
    claims = [
        (public(site, writer, f"{address}#{claim.id}"), claim)
        for claim in ledger.parts()[number - 1]
    ]
    return of_claims(
        claims, report.sources[ledger.document], site, str(overview.front.reviewed or "")
    )
