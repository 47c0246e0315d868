"""A page for each source with every number taken from it, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from evidence.model.page import Page
from evidence.model.source import Source
from evidence.model.source_reading import DISCREPANCY_STATES
from evidence.numbers.wording import reported
from evidence.pages.cited import citation_of
from evidence.pages.linked_data import of_source
from evidence.pages.titles import led
from evidence.pages.view import Crumb, Planned, View, Workshop
from evidence.pages.written import planned
from evidence.prose.writer import Writer


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield the list of sources and a page for each."""
    overview = None
    for page in workshop.report.pages.values():
        if page.front.kind == "sources":
            overview = page
            yield planned(workshop, page, "sources.html", _list)
    for source in workshop.report.sources.values():
        names = tuple(workshop.uses.trials_of_source[source.id])
        view = partial(_source, workshop, source, overview)
        name = led(source.short, "source", source.title)
        yield Planned(f"sources/{source.id}.html", name, view, names=names)


def _list(workshop: Workshop, _page: Page, _writer: Writer) -> dict[str, Any]:
    """Return the sources by kind, the kind with most first, with how many findings rest on each."""
    uses = workshop.uses
    groups: dict[str, list[tuple[Source, int]]] = {}
    for source in sorted(workshop.report.sources.values(), key=lambda source: source.sorted_by):
        found = len(uses.findings_of_source[source.id])
        groups.setdefault(source.kind, []).append((source, found))
    return {"groups": sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))}


def _source(workshop: Workshop, source: Source, overview: Page | None) -> View:
    address = f"sources/{source.id}.html"
    writer = workshop.writer(address)
    return View(
        address=address,
        template="source.html",
        kind="source",
        name=source.title,
        title=writer.inline(source.title.replace("[", "(").replace("]", ")")),
        description=f"What was read of {source.short}, and every number on this site taken from it.",
        writer=writer,
        kicker=f"Source: {source.kind.replace('-', ' ')}",
        crumbs=(*workshop.way_to(overview), Crumb(source.short, None)),
        dated=workshop.read_on([source.id]),
        linked={"mainEntity": of_source(source)},
        cited=citation_of(source),
        content={
            "source": source,
            "states": DISCREPANCY_STATES,
            "shorts": {study.id: study.short for study in workshop.report.studies.values()},
            **_rests(workshop, source),
        },
    )


def _rests(workshop: Workshop, source: Source) -> dict[str, Any]:
    """Return what rests on a source: findings, figures, claims, pages, and ledgers about it."""
    report, uses = workshop.report, workshop.uses
    addresses = uses.findings_of_source[source.id]
    claims = report.claims()
    claim_names = list(uses.citing_claims[source.id])
    figures, pages = [], list(uses.citing_pages[source.id])
    for address in addresses:
        claim_names += uses.claims_of_finding[address]
        figures += uses.figures_of_finding[address]
        pages += uses.pages_of_finding[address]
    return {
        "findings": [
            (
                report.studies[address.partition("/")[0]],
                report.findings[address],
                reported(report.findings[address]).text,
            )
            for address in addresses
        ],
        "claims": [(name, claims[name]) for name in dict.fromkeys(claim_names)],
        "figures": [workshop.results.figures[name] for name in dict.fromkeys(figures)],
        "pages": [report.pages[name] for name in dict.fromkeys(pages)],
        "trials": [report.trials[name] for name in uses.trials_of_source[source.id]],
        "ledgers": [ledger for ledger in report.ledgers.values() if ledger.document == source.id],
    }
