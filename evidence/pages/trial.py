"""A page for each trial: what all of them have in common, and their views."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date as Date
from functools import cached_property
from typing import Any

from markupsafe import escape

from evidence.finished.facts import finished
from evidence.model.report import Report
from evidence.model.site import Site
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.model.trial import Trial
from evidence.model.vocabularies import Vocabularies
from evidence.numbers.results import Results
from evidence.numbers.status import status_of
from evidence.pages.filling import Filling, refused
from evidence.pages.linked_data import of_trial
from evidence.pages.titles import LONGEST_MARK, cut, told_apart
from evidence.pages.trial_lists import line_of
from evidence.pages.trials import way_to
from evidence.pages.view import Crumb, Frame, Given, View, newest
from evidence.problems import ProblemsFoundError
from evidence.prose.plain_text import plain_text
from evidence.prose.trial_wording import READING_KINDS, facts_of, record_address, where_read
from evidence.prose.typesetting import TermFinder
from evidence.prose.writer import Writer
from evidence.store import Made, content_key, field_values

# What stands first on the page of a trial
FIRST = ("status", "countries", "cell")
INTRODUCTION = "Where each fact about this trial was read, and where readings differ."


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
        way = way_to("", None)
        if overview is not None:
            title = plain_text(overview.front.title, report, given.results.findings)
            way = way_to(title, overview)
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


def _tab(trial: Trial) -> str:
    """Return the title of a trial's page: no two have the same registry id, or the same name of a file."""
    if trial.registry_id and len(trial.registry_id) <= LONGEST_MARK:
        return cut(f"{trial.registry_id}: {trial.name}")
    return told_apart(trial.name, trial.id)


def _trial(
    report: Report, trial: Trial, writer: Writer, way: tuple[Crumb, ...], studies: list[Study]
) -> View:
    words = report.vocabularies
    facts = list(facts_of(trial, report))
    return View(
        address=trial.address,
        template="trial.html",
        kind="trial",
        name=f"{trial.name} ({trial.registry_id})" if trial.registry_id else trial.name,
        title=escape(trial.name),
        tab=_tab(trial),
        description=f"{trial.printed_id}. {INTRODUCTION}",
        writer=writer,
        kicker=f"Trial: {words.conditions[trial.condition].title}",
        crumbs=(*way, Crumb(trial.registry_id or trial.name, None)),
        dated=newest(reading.read for reading in trial.readings),
        linked=of_trial(trial, status_of(trial, report), words, record_address(trial)),
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
