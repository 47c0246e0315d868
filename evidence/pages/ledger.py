"""The claim ledger: an overview, and a page for each document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

from evidence.model.claim import Claim, Ledger
from evidence.model.page import Page
from evidence.pages.view import Crumb, Planned, View, Workshop
from evidence.pages.written import planned, tally
from evidence.writing.writer import Writer


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield the overview and a page for each document."""
    for page in workshop.report.pages.values():
        if page.front.kind == "ledger":
            yield planned(workshop, page, "ledger-overview.html", _overview)
            for ledger in workshop.report.ledgers.values():
                address = f"claims/{ledger.id}.html"
                yield Planned(address, partial(_document, workshop, ledger, page))


def _overview(workshop: Workshop, _page: Page, _writer: Writer) -> dict[str, Any]:
    ledgers = workshop.report.ledgers.values()
    return {
        "ledgers": [
            (ledger, workshop.report.sources[ledger.document], tally(workshop, ledger.id))
            for ledger in ledgers
        ],
        "tally": tally(workshop),
        "claim_count": len(workshop.report.claims()),
        "serious": [
            (f"{ledger.id}/{claim.id}", claim)
            for ledger in ledgers
            for claim in ledger.claims.values()
            if claim.severity == "high"
        ],
    }


def _document(workshop: Workshop, ledger: Ledger, overview: Page) -> View:
    address = f"claims/{ledger.id}.html"
    writer = workshop.writer(address)
    topics: dict[str, list[Claim]] = defaultdict(list)
    for claim in ledger.claims.values():
        topics[claim.topic].append(claim)
    return View(
        address=address,
        template="ledger.html",
        kind="ledger",
        name=ledger.title,
        title=writer.inline(ledger.title),
        description=writer.plain(ledger.intro),
        writer=writer,
        kicker="Claims checked",
        answer=writer.inline(ledger.intro),
        crumbs=(
            Crumb("Home", "index.html"),
            Crumb(workshop.titles[overview.id], overview.address),
            Crumb(ledger.title, None),
        ),
        broad=True,
        content={
            "ledger": ledger,
            "source": workshop.report.sources[ledger.document],
            "topics": list(topics.items()),
            "tally": tally(workshop, ledger.id),
        },
    )
