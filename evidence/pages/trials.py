"""A page for each trial, the table of all trials, and the lists by condition and intervention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from markupsafe import escape

from evidence.model.page import Page
from evidence.model.trial import Trial
from evidence.numbers.status import status_key
from evidence.pages.trial_columns import columns_of, facets_of, orders_of
from evidence.pages.trial_lists import (
    PATTERN,
    TrialList,
    line_of,
    lists_of,
    ordered,
    parts,
)
from evidence.pages.view import Crumb, Planned, View, Workshop
from evidence.pages.written import written_view
from evidence.prose.trial_wording import READING_KINDS, facts_of, record_address, where_read
from evidence.store import content_key

INTRODUCTION = "Where each fact about this trial was read, and where readings differ."


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield the table of all trials, the lists, and a page for each trial."""
    trials = ordered(workshop.report)
    lists = lists_of(workshop.report, trials)
    overview = next(
        (page for page in workshop.report.pages.values() if page.front.kind == "trials"), None
    )
    if overview is not None:
        yield from _overview(workshop, overview, trials, lists)
    for each in lists:
        yield from _list(workshop, overview, each)
    for trial in trials:
        view = partial(_trial, workshop, trial, overview)
        yield Planned(trial.address, view, shows=_shown(workshop, trial))


def _shown(workshop: Workshop, trial: Trial) -> str:
    """Return the content key of what a trial's page shows: it, its sources and its studies."""
    report = workshop.report
    named = [each.source for each in trial.readings if each.source is not None]
    sources = [report.sources[name] for name in named]
    studies = [report.studies[name] for name in workshop.uses.studies_of_trial[trial.id]]
    return content_key(
        report.trial_keys[trial.id],
        status_key(trial, report),
        [(source.short, str(source.issued)) for source in sources],
        [(study.id, study.short, study.title, study.design, repr(study.intervention))
         for study in studies],
    )  # fmt: skip


def _lines_key(workshop: Workshop, trials: Sequence[Trial], more: dict[str, Any]) -> str:
    report = workshop.report
    shown = [(report.trial_keys[trial.id], status_key(trial, report)) for trial in trials]
    return content_key(shown, more)


def _overview(
    workshop: Workshop, page: Page, trials: list[Trial], lists: list[TrialList]
) -> Iterator[Planned]:
    """Yield the explorer; its table goes on in further pages when it is long."""
    pages = list(parts(page.address, trials))
    addresses = [address for address, _ in pages]
    for position, (_, shown) in enumerate(pages):
        more = _neighbours(addresses, position, len(trials))
        if position == 0:
            content = {"lists": lists, **more}
            view = partial(_explorer, workshop, page, shown, content)
            yield Planned(page.address, view, page.body)
        else:
            title = f"{workshop.titles[page.id]}, page {position + 1}"
            view = partial(_list_view, workshop, page, title, None, shown, more)
            shows = _lines_key(workshop, shown, more)
            yield Planned(addresses[position], view, shows=shows)


def _explorer(
    workshop: Workshop, page: Page, trials: Sequence[Trial], content: dict[str, Any]
) -> View:
    def more(workshop: Workshop, _page: Page, _writer: object) -> dict[str, Any]:
        words = workshop.report.vocabularies
        return {
            **content,
            "facets": facets_of(words),
            "columns": columns_of(words),
            "orders": orders_of(words),
            "pattern": PATTERN,
            "lines": [line_of(trial, workshop.report) for trial in trials],
        }

    view = written_view(workshop, page, "trials.html", more)
    view.broad = True
    view.contents = ()
    return view


def _list(workshop: Workshop, overview: Page | None, each: TrialList) -> Iterator[Planned]:
    pages = list(parts(each.address, each.trials))
    addresses = [address for address, _ in pages]
    for position, (address, shown) in enumerate(pages):
        more = _neighbours(addresses, position, len(each.trials))
        title = each.title if position == 0 else f"{each.title}, page {position + 1}"
        view = partial(_list_view, workshop, overview, title, each, shown, more)
        yield Planned(address, view, shows=_lines_key(workshop, shown, more))


def _neighbours(addresses: list[str], position: int, count: int) -> dict[str, Any]:
    """Return what one page of a list knows of its neighbours."""
    return {
        "address": addresses[position],
        "addresses": addresses,
        "number": position + 1,
        "count": count,
        "previous": addresses[position - 1] if position else None,
        "next": addresses[position + 1] if position + 1 < len(addresses) else None,
    }


def _list_view(
    workshop: Workshop,
    overview: Page | None,
    title: str,
    each: TrialList | None,
    trials: Sequence[Trial],
    more: dict[str, Any],
) -> View:
    writer = workshop.writer(more["address"])
    return View(
        address=more["address"],
        template="trial-list.html",
        kind="trial-list",
        name=f"Trials: {title}" if each is not None else title,
        title=escape(title),
        description=f"Trials that could be read, and where each fact about them stands: {title}.",
        writer=writer,
        kicker=_kicker(workshop, each),
        answer=writer.inline(each.definition) if each is not None else None,
        crumbs=(*_way(workshop, overview), Crumb(title, None)),
        broad=True,
        content={
            "list": each,
            "overview": overview,
            "columns": columns_of(workshop.report.vocabularies),
            "lines": [line_of(trial, workshop.report) for trial in trials],
            **more,
        },
    )


def _kicker(workshop: Workshop, each: TrialList | None) -> str:
    if each is None:
        return "Trials"
    kinds = workshop.report.vocabularies.wording.kinds
    return f"Trials by {'condition' if each.facet == 'condition' else kinds}"


def _way(workshop: Workshop, overview: Page | None) -> tuple[Crumb, ...]:
    way: tuple[Crumb, ...] = (Crumb("Home", "index.html"),)
    if overview is not None:
        way = (*way, Crumb(workshop.titles[overview.id], overview.address))
    return way


def _trial(workshop: Workshop, trial: Trial, overview: Page | None) -> View:
    report = workshop.report
    writer = workshop.writer(trial.address)
    return View(
        address=trial.address,
        template="trial.html",
        kind="trial",
        name=trial.name,
        title=escape(trial.name),
        description=f"{trial.printed_id}. {INTRODUCTION}",
        writer=writer,
        kicker=f"Trial: {report.vocabularies.conditions[trial.condition].title}",
        crumbs=(*_way(workshop, overview), Crumb(trial.registry_id or trial.name, None)),
        content={
            "trial": trial,
            "record": record_address(trial),
            "facts": list(facts_of(trial, report)),
            "readings": [
                (reading, where_read(reading, report.sources), READING_KINDS[reading.kind])
                for reading in trial.readings
            ],
            "differing": [held.name for held in trial.differing],
            "studies": [report.studies[name] for name in workshop.uses.studies_of_trial[trial.id]],
            "cell": trial.value("cell"),
        },
    )
