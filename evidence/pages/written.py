"""Pages that an editor wrote: home, sections, topics and plain pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from markupsafe import Markup

from evidence.model.base import PartialDate
from evidence.model.claim import VERDICTS, Claim
from evidence.model.design import SINGLE_ARM
from evidence.model.page import Page, Question
from evidence.model.study import Study
from evidence.pages.citing import CITED, of_page
from evidence.pages.held import held
from evidence.pages.limits import all_marks, is_small
from evidence.pages.linked_data import of_written
from evidence.pages.searches import chosen
from evidence.pages.view import PICTURED, Crumb, Planned, View, Workshop, newest, picture_of
from evidence.prose.writer import Writer

TEMPLATES = {"topic": "topic.html", "section": "topic.html", "plain": "plain.html",
             "home": "home.html"}  # fmt: skip


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield every Markdown page that no other kind makes."""
    for page in workshop.report.pages.values():
        if page.front.kind in TEMPLATES:
            yield planned(workshop, page, TEMPLATES[page.front.kind], _content)


def planned(workshop: Workshop, page: Page, template: str, content: Any) -> Planned:
    """Return the plan of a Markdown page; see ``written_view``."""
    view = partial(written_view, workshop, page, template, content)
    return Planned(page.address, workshop.tabs[page.id], view, page.id)


def written_view(workshop: Workshop, page: Page, template: str, content: Any, body: str) -> View:
    """Return the view of a Markdown page; ``content(workshop, page, writer)`` adds to it."""
    writer = workshop.writer(page.address)
    front = page.front
    title = writer.inline(front.title)
    answer = writer.inline(front.answer) if front.answer else None
    kicker = front.kicker or workshop.section_title(page.section)
    before = content(workshop, page, writer) if front.kind == "home" else {}
    text, headings = writer.block(body)
    return View(
        address=page.address,
        template=template,
        kind=front.kind,
        name=writer.plain(front.title),
        tab=writer.plain(front.short or ""),
        title=title,
        description=writer.plain(front.description or front.answer or ""),
        writer=writer,
        kicker=kicker,
        answer=answer,
        crumbs=crumbs(workshop, page),
        contents=headings,
        siblings=siblings(workshop, page),
        page=page,
        overdue=front.is_overdue(workshop.report.today),
        draft=front.draft,
        dated=_dated(workshop, page),
        linked=of_written(page, workshop.report.vocabularies, workshop.report.site),
        picture=picture_of(page.address) if front.kind in PICTURED else "",
        broad=front.kind in {"home", "ledger", "studies", "sources", "glossary", "checks"},
        citation=of_page(workshop, page) if front.kind in CITED else None,
        held=held(workshop.report, front.kind, page.address),
        content={"body": text, **before, **({} if before else content(workshop, page, writer))},
    )


def _dated(workshop: Workshop, page: Page) -> PartialDate | None:
    """Return the day on which a page was reviewed; for one that lists others, the newest of theirs."""
    report, kind = workshop.report, page.front.kind
    if page.front.reviewed is not None or kind not in {
        "home",
        "studies",
        "sources",
        "what-changed",
    }:
        return page.front.reviewed
    if kind in {"home", "what-changed"}:
        return newest(other.front.reviewed for other in report.pages.values())
    return workshop.read_on(report.sources)


def crumbs(workshop: Workshop, page: Page) -> tuple[Crumb, ...]:
    """Return the way from home to a page."""
    if page.id == "index":
        return ()
    way = [Crumb("Home", "index.html")]
    index = workshop.report.pages.get(f"{page.section}/index") if page.section else None
    if index is not None and index is not page:
        title = workshop.section_title(page.section) or workshop.titles[index.id]
        way.append(Crumb(title, index.address))
    return (*way, Crumb(workshop.titles[page.id], None))


def siblings(workshop: Workshop, page: Page) -> tuple[Crumb, ...]:
    """Return the pages of the same section, this one included."""
    if not workshop.section_title(page.section):
        return ()
    return tuple(
        Crumb(workshop.titles[sibling.id], sibling.address)
        for sibling in workshop.section_pages(page.section)
    )


def _content(workshop: Workshop, page: Page, writer: Writer) -> dict[str, Any]:
    if page.front.kind == "home":
        return _home(workshop, page, writer)
    report, uses = workshop.report, workshop.uses
    claims = report.claims()
    studies = [report.studies[name] for name in uses.studies_of_page[page.id]]
    sources = [report.sources[name] for name in uses.sources_of_page[page.id]]
    neighbours = workshop.section_pages(page.section) if page.section else []
    position = neighbours.index(page) if page in neighbours else 0
    return {
        "claims": [(address, claims[address]) for address in uses.claims_of_page[page.id]],
        "studies": sorted(studies, key=lambda study: study.short.lower()),
        "sources": sorted(sources, key=lambda source: source.short.lower()),
        "designs": design_facts(studies, workshop.report.vocabularies.wording.gave),
        "chosen": chosen(workshop, page.id) if page.front.kind == "topic" else [],
        "onward": neighbours if page.front.kind == "section" else [],
        "previous": neighbours[position - 1] if position > 0 else None,
        "next": neighbours[position + 1] if position + 1 < len(neighbours) else None,
    }


def design_facts(studies: list[Study], gave: str) -> list[tuple[str, int]]:
    """Return how many of the studies have each limit that follows from their design."""
    pressed = {"press-source", "company-statement"}
    facts = (
        (f"{gave} to everybody: nobody to compare with",
         lambda study: study.design.kind in SINGLE_ARM or study.design.control == "none"),
        ("put people into groups by chance",
         lambda study: study.design.kind == "randomised-controlled-trial"),
        ("hid from people and doctors who got what", lambda study: study.design.blinding == "double"),
        ("pooled or reviewed other studies",
         lambda study: study.design.kind in {"systematic-review", "review"}),
        ("had fewer than 50 participants", is_small),
        ("could be read only in part",
         lambda study: any(mark.kind == "partly-readable" for mark in all_marks(study))),
        ("come from a company or the press",
         lambda study: any(mark.kind in pressed for mark in all_marks(study))),
    )  # fmt: skip
    return [(words, sum(map(holds, studies))) for words, holds in facts]


def _home(workshop: Workshop, page: Page, writer: Writer) -> dict[str, Any]:
    report = workshop.report
    questions = [_question(workshop, question, writer) for question in page.front.questions]
    return {
        "questions": questions,
        "tally": tally(workshop),
        "featured": _featured(workshop),
        "claim_count": len(report.claims()),
        "held": {"sources": len(report.sources), "studies": len(report.studies)},
    }


def _question(workshop: Workshop, question: Question, writer: Writer) -> dict[str, Any]:
    pages = [workshop.report.pages[name] for name in question.pages]
    drawn = workshop.figure(writer, question.figure) if question.figure else Markup("")
    return {
        "kicker": workshop.section_title(pages[0].section) if pages else "",
        "question": writer.inline(question.question),
        "answer": writer.inline(question.answer),
        "unknown": writer.inline(question.unknown) if question.unknown else None,
        "pages": pages,
        "figure": drawn,
    }


def tally(workshop: Workshop, document: str | None = None) -> list[tuple[str, int]]:
    """Return how many claims have each verdict, of one document or of all."""
    claims = [
        claim
        for ledger in workshop.report.ledgers.values()
        for claim in ledger.claims.values()
        if document in {None, ledger.id}
    ]
    return count_verdicts(claims)


def count_verdicts(claims: list[Claim]) -> list[tuple[str, int]]:
    """Return how many of ``claims`` have each verdict."""
    return [(verdict, sum(claim.verdict == verdict for claim in claims)) for verdict in VERDICTS]


def _featured(workshop: Workshop) -> list[tuple[str, Any]]:
    """Return the entries to show first: of each document, those that could mislead most."""
    chosen: list[tuple[str, Any]] = []
    for ledger in workshop.report.ledgers.values():
        serious = [claim for claim in ledger.claims.values() if claim.severity == "high"]
        ordered = sorted(serious, key=lambda claim: claim.verdict != "contradicted")
        chosen += [(f"{ledger.id}/{claim.id}", claim) for claim in ordered[:2]]
    return chosen
