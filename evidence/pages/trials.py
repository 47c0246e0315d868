"""A page for each trial, the table of all trials, and the lists by condition and intervention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date as Date
from functools import cached_property
from typing import Any

from markupsafe import escape

from evidence.finished.facts import finished
from evidence.model.page import Page
from evidence.model.report import Report
from evidence.model.site import Site, Vocabularies
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.model.trial import Trial, TrialName
from evidence.numbers.results import Results
from evidence.pages.filling import Filling, refused
from evidence.pages.trial_lists import (
    FIRST_LINES,
    MOST_LINES,
    PATTERN,
    TrialLine,
    columns_of,
    exported,
    facets_of,
    first_parts,
    line_of,
    lists_of,
    ordered,
    orders_of,
    parts,
)
from evidence.pages.view import Crumb, Frame, Given, Listed, View, Workshop
from evidence.pages.written import written_view
from evidence.problems import ProblemsFoundError
from evidence.prose.trial_wording import READING_KINDS, facts_of, record_address, where_read
from evidence.prose.typesetting import TermFinder
from evidence.prose.writer import Writer, plain_text
from evidence.store import Made, content_key, field_values

# What stands first on the page of a trial
FIRST = ("status", "countries", "cell")
# The page that says what to ask before one joins a trial
JOINING = "trials/joining"
INTRODUCTION = "Where each fact about this trial was read, and where readings differ."


def listed(workshop: Workshop, report: Report) -> Iterator[Listed]:
    """Yield the table of all trials of a report, and the lists by condition and kind of cell."""
    trials = ordered(report)
    lists = lists_of(report, trials)
    overview = next((page for page in report.pages.values() if page.front.kind == "trials"), None)
    if overview is not None:
        counts = [
            (trial_list.facet, trial_list.address, trial_list.title, len(trial_list.trials))
            for trial_list in lists
        ]
        yield from _overview(workshop, overview, trials, counts)
    for trial_list in lists:
        own = {"list": (trial_list.facet, trial_list.id, trial_list.definition)}
        yield from _paged(trial_list.address, trial_list.title, trial_list.trials, own)


def _overview(
    workshop: Workshop, page: Page, trials: list[TrialName], counts: list[tuple[str, str, str, int]]
) -> Iterator[Listed]:
    """Yield the explorer; its table goes on in further pages when it is long."""
    title, own = workshop.titles[page.id], dict[str, Any](list=None)
    first, *more = _paged(page.address, title, trials, own, FIRST_LINES)
    words = workshop.report.vocabularies
    own = {**first.own, "lists": counts, "first_parts": first_parts(words, trials)}
    yield Listed(first.address, "explorer", own, page.id, first.trials)
    yield from more


def _paged(
    address: str,
    title: str,
    trials: Sequence[TrialName],
    own: dict[str, Any],
    first: int = MOST_LINES,
) -> Iterator[Listed]:
    pages = list(parts(address, trials, first))
    own = {**own, "exported": Counter(trial.export for trial in trials if trial.export)}
    addresses = [where for where, _ in pages]
    for position, (where, page_trials) in enumerate(pages):
        numbered = title if position == 0 else f"{title}, page {position + 1}"
        value = {"title": numbered, **own, **_neighbours(addresses, position, len(trials))}
        yield Listed(where, "trial-list", value, "", tuple(trial.id for trial in page_trials))


def explorer(workshop: Workshop, listed: Listed, body: str, lines: Sequence[TrialLine]) -> View:
    """Return the view of the table of all trials, with the field and facets over it."""
    page = workshop.report.pages[listed.text]

    def more(_workshop: Workshop, _page: Page, _writer: object) -> dict[str, Any]:
        words = workshop.report.vocabularies
        return {
            **listed.own,
            "exports": exported(workshop.report, listed.own["exported"]),
            "facets": facets_of(words),
            "columns": columns_of(words),
            "orders": orders_of(words),
            "pattern": PATTERN,
            "lines": lines,
        }

    view = written_view(workshop, page, "trials.html", more, body)
    view.broad = True
    view.contents = ()
    return view


def _neighbours(addresses: list[str], position: int, count: int) -> dict[str, Any]:
    """Return what one page of a list knows of its neighbours."""
    return {
        "addresses": addresses,
        "number": position + 1,
        "count": count,
        "previous": addresses[position - 1] if position else None,
        "next": addresses[position + 1] if position + 1 < len(addresses) else None,
    }


def list_view(workshop: Workshop, listed: Listed, _body: str, lines: Sequence[TrialLine]) -> View:
    """Return the view of one page of a list of trials."""
    pages = workshop.report.pages.values()
    overview = next((page for page in pages if page.front.kind == "trials"), None)
    writer = workshop.writer(listed.address)
    title = listed.own["title"]
    facet, name, definition = listed.own["list"] or ("", "", "")
    return View(
        address=listed.address,
        template="trial-list.html",
        kind="trial-list",
        name=f"Trials: {title}" if facet else title,
        title=escape(title),
        description=f"Trials that could be read, and where each fact about them stands: {title}.",
        writer=writer,
        kicker=_kicker(workshop, facet),
        answer=writer.inline(definition) if facet else None,
        crumbs=(
            *_way(workshop.titles[overview.id] if overview else "", overview),
            Crumb(title, None),
        ),
        broad=True,
        content={
            **listed.own,
            "list": {"facet": facet, "id": name} if facet else None,
            "exports": exported(workshop.report, listed.own["exported"]),
            "overview": overview,
            "joining": joining(workshop, name, lines) if facet == "condition" else None,
            "columns": columns_of(workshop.report.vocabularies),
            "lines": lines,
        },
    )


def joining(workshop: Workshop, condition: str, lines: Sequence[TrialLine]) -> dict[str, Any]:
    """Return what is known of joining a trial of a condition.

    That is: the lines of ``open`` trials, the address of the registry's own list, and the ``page`` that
    says what to ask, where the site has one.
    """
    return {
        "open": [line for line in lines if line.open],
        "address": workshop.report.vocabularies.registry_search(condition),
        "page": workshop.report.pages.get(JOINING),
    }


def _kicker(workshop: Workshop, facet: str) -> str:
    if not facet:
        return "Trials"
    kinds = workshop.report.vocabularies.wording.kinds
    return f"Trials by {'condition' if facet == 'condition' else kinds}"


def _way(title: str, overview: Page | None) -> tuple[Crumb, ...]:
    way: tuple[Crumb, ...] = (Crumb("Home", "index.html"),)
    if overview is not None:
        way = (*way, Crumb(title, overview.address))
    return way


@dataclass(eq=False)
class TrialFrame:
    """What the pages of trials have in common: a value, with its key. ``way`` leads to each of them."""

    site: Site
    words: Vocabularies
    templates: dict[str, str]
    today: Date
    frame: Frame
    way: tuple[Crumb, ...]

    @cached_property
    def key(self) -> str:
        """Return the content key of all of it."""
        today = self.today.isoformat()
        return content_key(self.site, self.words, self.templates, today, self.frame, self.way)

    @classmethod
    def of(cls, given: Given) -> TrialFrame:
        """Return what the pages of the trials of a report have in common."""
        report = given.report
        overview = next(
            (page for page in report.pages.values() if page.front.kind == "trials"), None
        )
        way = _way("", None)
        if overview is not None:
            title = plain_text(overview.front.title, report, given.results.findings)
            way = _way(title, overview)
        words, templates = report.vocabularies, report.templates
        return cls(report.site, words, templates, report.today, Frame.of(report), way)

    @cached_property
    def filling(self) -> Filling:
        """Return what puts views into templates."""
        return Filling(self.templates, self.site, self.words, self.frame)

    def __getstate__(self) -> dict[str, Any]:
        """Go to another process as the fields, without what was worked out from them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def report(self, sources: dict[str, Source], studies: dict[str, Study]) -> Report:
        """Return a report that holds only what trials are worded with."""
        return Report(
            site=self.site, vocabularies=self.words, sources=sources, studies=studies, trials={},
            ledgers={}, figures={}, tables={}, exports={}, searches={}, terms={}, pages={},
            templates={}, static={}, today=self.today,
        )  # fmt: skip


def trial_pages(
    frame: TrialFrame,
    models: list[str],
    sources: dict[str, Source],
    studies: dict[str, Study],
    named: dict[str, list[str]],
) -> Made:
    """Return the pages of some trials, one after the other, and as a card what each holds.

    ``sources`` are those that the trials were read in, ``studies`` those of which a trial is
    ``named`` by its registry ids. The card has for each trial its id, the card of its page, where the
    page ends, and its line in tables; or the problems of the template.
    """
    report = frame.report(sources, studies)
    card, parts, end = [], [], 0
    for model in models:
        trial = Trial.model_validate_json(model)
        writer = Writer(report, Results(report), TermFinder(()), trial.address)
        own = [studies[name] for name in named.get(trial.id, ())]
        try:
            text = frame.filling.page(_trial(report, trial, writer, frame.way, own))
        except ProblemsFoundError as error:
            return refused(error)
        page = finished(text.encode())
        end += len(page.body)
        parts.append(page.body)
        card.append([trial.id, page.card, end, field_values(line_of(trial, report))])
    return Made(card, b"".join(parts))


def _trial(
    report: Report, trial: Trial, writer: Writer, way: tuple[Crumb, ...], studies: list[Study]
) -> View:
    facts = list(facts_of(trial, report))
    return View(
        address=trial.address,
        template="trial.html",
        kind="trial",
        name=f"{trial.name} ({trial.registry_id})" if trial.registry_id else trial.name,
        title=escape(trial.name),
        description=f"{trial.printed_id}. {INTRODUCTION}",
        writer=writer,
        kicker=f"Trial: {report.vocabularies.conditions[trial.condition].title}",
        crumbs=(*way, Crumb(trial.registry_id or trial.name, None)),
        content={
            "trial": trial,
            "record": record_address(trial),
            "facts": facts,
            "first": [fact for name in FIRST for fact in facts if fact.name == name],
            "readings": [
                (reading, where_read(reading, report.sources), READING_KINDS[reading.kind])
                for reading in trial.readings
            ],
            "differing": [held.name for held in trial.differing],
            "studies": studies,
            "cell": trial.value("cell"),
        },
    )
