"""The table of all trials, and the lists by condition, intervention and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import escape

from evidence.model.page import Page
from evidence.model.report import Report
from evidence.model.trial import TrialName
from evidence.pages.titles import numbered
from evidence.pages.trial_lists import (
    FIRST_LINES,
    MOST_LINES,
    PATTERN,
    TrialLine,
    columns_of,
    exported,
    facets_of,
    first_parts,
    lists_of,
    ordered,
    orders_of,
    parts,
)
from evidence.pages.view import Crumb, Listed, View, Workshop, table_of
from evidence.pages.written import written_view

# The page that says what to ask before one joins a trial
JOINING = "trials/joining"


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
        title, lead = trial_list.title, f"{_kicker(workshop, trial_list.facet)}: "
        yield from _paged(trial_list.address, title, trial_list.trials, own, lead=lead)


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
    lead: str = "",
) -> Iterator[Listed]:
    pages = list(parts(address, trials, first))
    exported_in = Counter(trial.export for trial in trials if trial.export)
    read = max((trial.read for trial in trials), default="")
    own = {**own, "exported": exported_in, "read": read}
    addresses = [where for where, _ in pages]
    for position, (where, page_trials) in enumerate(pages):
        page = f", page {position + 1}" if position else ""
        tab = numbered(f"{lead}{title}", page)
        value = {
            "title": f"{title}{page}",
            "tab": tab,
            **own,
            **_neighbours(addresses, position, len(trials)),
        }
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
    view.dated = view.dated or listed.dated
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
        tab=listed.own["tab"],
        description=f"Trials that could be read, and where each fact about them stands: {title}.",
        writer=writer,
        kicker=_kicker(workshop, facet),
        answer=writer.inline(definition) if facet else None,
        crumbs=(
            *way_to(workshop.titles[overview.id] if overview else "", overview),
            Crumb(title, None),
        ),
        dated=listed.dated,
        broad=True,
        content={
            **listed.own,
            "list": {"facet": facet, "id": name} if facet else None,
            "file": table_of(listed.own["addresses"][0]),
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
    words = workshop.report.vocabularies
    return f"Trials by {next(known.by for known in facets_of(words) if known.name == facet)}"


def way_to(title: str, overview: Page | None) -> tuple[Crumb, ...]:
    """Return the way from home to the trials, as far as there is a page of them."""
    way: tuple[Crumb, ...] = (Crumb("Home", "index.html"),)
    if overview is not None:
        way = (*way, Crumb(title, overview.address))
    return way
