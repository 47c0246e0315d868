"""The search page, and everything by name from A to Z."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

from evidence.finished.entries import UNREAD_PAGES
from evidence.finished.words import fold
from evidence.model.page import Page
from evidence.model.report import Report
from evidence.pages import changes
from evidence.pages.titles import numbered
from evidence.pages.trial_lists import NOT_STATED, lists_of
from evidence.pages.view import Crumb, Listed, Planned, View, Workshop
from evidence.pages.written import planned, written_view
from evidence.prose.writer import Writer
from evidence.search.alphabet import Letter, NamedThing, NameSheet, sheets
from evidence.search.start import Leads, Offers


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield the search page."""
    for page in workshop.report.pages.values():
        if page.front.kind == "search":
            yield planned(workshop, page, "search.html", _nothing)


def listed(workshop: Workshop, report: Report) -> Iterator[Listed]:
    """Yield the index from A to Z of everything in a report, and its sheets when it has several."""
    for page in report.pages.values():
        if page.front.kind == "a-z":
            name_sheets = sheets(list(items(workshop, report)))
            letters = _letters(page, name_sheets)
            groups = name_sheets[0].groups if name_sheets and not name_sheets[0].name else ()
            yield Listed(
                page.address, "a-z", {"letters": letters, "groups": _plain(groups)}, page.id
            )
            for sheet in name_sheets:
                if sheet.name:
                    own = {"letters": letters, "groups": _plain(sheet.groups), "title": sheet.title}
                    yield Listed(sheet_address(page, sheet), "a-z-sheet", {**own, "of": page.id})


def leads_of(report: Report, offers: Offers) -> Leads:
    """Return what the words of readers may lead to in a report, with the lists of its trials."""
    told = report.synonyms
    return Leads(
        offers=offers,
        synonyms=[
            [
                _folded(own.words),
                _folded(own.means),
                [report.pages[page].address for page in own.pages],
            ]
            for own in told.synonyms.values()
        ],
        languages=[
            [tag, _folded(language.words), language.sentence]
            for tag, language in told.languages.items()
        ],
        trials=next((p.address for p in report.pages.values() if p.front.kind == "trials"), ""),
    )


def _folded(texts: tuple[str, ...]) -> list[str]:
    return [" ".join(fold(text).split()) for text in texts]


def sheet_address(page: Page, sheet: NameSheet) -> str:
    """Return the path of a sheet: the overview itself when there is only one."""
    return f"{page.id}/{sheet.name}.html" if sheet.name else page.address


def items(workshop: Workshop, report: Report) -> Iterator[NamedThing]:
    """Yield everything that has a name."""
    for page in report.pages.values():
        if page.front.kind not in UNREAD_PAGES:
            yield NamedThing(workshop.titles[page.id], "page", page.address)
    for ledger in report.ledgers.values():
        title = workshop.writer("index.html").plain(ledger.title)
        yield NamedThing(title, "claims checked", ledger.page_address())
    for study in report.studies.values():
        yield NamedThing(study.short, "study", f"studies/{study.id}.html")
    for trial in report.trials.values():
        yield NamedThing(
            trial.name, "trial", trial.address, _other_name(trial.name, trial.printed_id)
        )
    for source in report.sources.values():
        yield NamedThing(source.short, "source", f"sources/{source.id}.html")
    for export in report.exports.values():
        if export.compared_with:
            yield NamedThing(changes.title_of(export), "page", changes.address_of(export))
    yield from _terms(report)
    yield from _subjects(report)


def _other_name(name: str, other_name: str) -> str:
    return "" if other_name in name else other_name


def _terms(report: Report) -> Iterator[NamedThing]:
    glossary = next((page for page in report.pages.values() if page.front.kind == "glossary"), None)
    if glossary is None:
        return
    for term in report.terms.values():
        address = f"{glossary.address}#term-{term.id}"
        yield NamedThing(term.term, "term", address)
        for also in term.also:
            yield NamedThing(also, "term", address, term.term)


def _subjects(report: Report) -> Iterator[NamedThing]:
    """Yield conditions and interventions, with the lists of their trials and with their studies."""
    named = report.vocabularies.wording.kind
    if any(page.front.kind == "trials" for page in report.pages.values()):
        for trial_list in lists_of(report, list(report.trials.values())):
            if trial_list.id != NOT_STATED:
                kind = "condition" if trial_list.facet == "condition" else named
                yield NamedThing(trial_list.title, kind, trial_list.address, "trials")
    studies = sorted(report.studies.values(), key=lambda study: study.short.lower())
    overview = next((page for page in report.pages.values() if page.front.kind == "studies"), None)
    if overview is None:
        return
    used = {study.condition for study in studies}
    for condition, word in report.vocabularies.conditions.items():
        if condition in used:
            yield NamedThing(word.title, "condition", f"{overview.address}#{condition}", "studies")
    for cell, word in report.vocabularies.cells.items():
        own = [study for study in studies if study.intervention and study.intervention.cell == cell]
        links = tuple((study.short, f"studies/{study.id}.html") for study in own)
        if links and not cell.startswith("not-"):
            yield NamedThing(word.title, named, "", "", links)


def _nothing(_workshop: Workshop, _page: Page, _writer: Writer) -> dict[str, Any]:
    return {}


def _letters(page: Page, name_sheets: list[NameSheet]) -> list[tuple[str, str, str]]:
    """Return every letter with its address, and what a sheet holds when there are several."""
    if name_sheets and name_sheets[0].name:
        return [(sheet.title, sheet_address(page, sheet), sheet.span) for sheet in name_sheets]
    return [
        (letter.title, f"{page.address}#letter-{letter.id}", "")
        for sheet in name_sheets
        for letter, _ in sheet.groups
    ]


def overview(workshop: Workshop, listed: Listed, body: str, _lines: object) -> View:
    """Return the view of the index from A to Z."""
    page = workshop.report.pages[listed.text]
    view = written_view(workshop, page, "a-z.html", lambda *_: _content(listed), body)
    view.broad = True
    return view


def sheet_view(workshop: Workshop, listed: Listed, _body: str, _lines: object) -> View:
    """Return the view of one sheet of the index."""
    page = workshop.report.pages[listed.own["of"]]
    writer = workshop.writer(listed.address)
    title = f"{workshop.titles[page.id]}: {listed.own['title']}"
    return View(
        address=listed.address,
        template="a-z.html",
        kind="a-z",
        name=title,
        title=writer.inline(title),
        tab=numbered(workshop.tabs[page.id], f": {listed.own['title']}"),
        description=writer.plain(page.front.description or ""),
        writer=writer,
        crumbs=(
            Crumb("Home", "index.html"),
            Crumb(workshop.titles[page.id], page.address),
            Crumb(listed.own["title"], None),
        ),
        broad=True,
        content={"body": "", **_content(listed)},
    )


def _plain(groups: tuple[tuple[Letter, tuple[NamedThing, ...]], ...]) -> list[Any]:
    return [(astuple(letter), [astuple(named) for named in names]) for letter, names in groups]


def _content(listed: Listed) -> dict[str, Any]:
    groups = [
        (Letter(*letter), [NamedThing(*fields) for fields in names])
        for letter, names in listed.own["groups"]
    ]
    return {"letters": listed.own["letters"], "groups": groups}
