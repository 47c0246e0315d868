"""The page that tells what changed: revisions of what the site says, reviews, and registries asked anew.

The feed tells the same changes; see ``changes_of``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from evidence.model.base import PartialDate
from evidence.model.page import Page, Revision
from evidence.model.readings import NumberChange
from evidence.model.registry_changes import counted
from evidence.model.report import Report
from evidence.pages import changes
from evidence.pages.view import Planned, Workshop
from evidence.pages.written import planned
from evidence.prose.writer import Writer


@dataclass(frozen=True)
class SiteChange:
    """One change: ``name`` is what it is known by for ever, ``on`` its day.

    It is a ``revision``, or without one the review of the first of ``pages``, or what changed between an
    ``export`` and the one before, or the ``numbers`` of one study that changed.
    """

    name: str
    on: PartialDate
    pages: tuple[Page, ...] = ()
    revision: Revision | None = None
    export: str = ""
    numbers: tuple[NumberChange, ...] = ()


@dataclass(frozen=True)
class Day:
    """What changed on one day, as it is printed."""

    on: PartialDate
    revisions: tuple[tuple[Markup, tuple[Page, ...]], ...]
    reviewed: tuple[Page, ...]
    registries: tuple[tuple[str, str, str], ...]
    numbers: tuple[tuple[str, str, NumberChange], ...]


def changes_of(report: Report) -> list[SiteChange]:
    """Return every change, the newest first; those of one day as they were written, revisions first."""
    return sorted(
        _changes(report),
        key=lambda change: (change.on.first_day, change.revision is not None),
        reverse=True,
    )


def _changes(report: Report) -> Iterator[SiteChange]:
    for page in report.pages.values():
        if page.front.reviewed is not None:
            name = f"reviewed/{page.id}/{page.front.reviewed}"
            yield SiteChange(name, page.front.reviewed, (page,))
        for key, revision in page.front.revisions.items():
            pages = tuple(report.pages[name] for name in revision.pages)
            yield SiteChange(f"revision/{key}", revision.on, pages, revision)
    for export in report.exports.values():
        if export.compared_with:
            yield SiteChange(f"registry/{export.id}", export.exported, export=export.id)
    of_study: dict[tuple[str, PartialDate], list[NumberChange]] = {}
    for changed in report.number_changes.values():
        for change in changed:
            of_study.setdefault((change.study, change.on), []).append(change)
    for (study, on), numbers in of_study.items():
        yield SiteChange(f"numbers/{study}/{on}", on, numbers=tuple(numbers))


def words_of_export(report: Report, name: str) -> tuple[str, str, str]:
    """Return the title of the page on what changed in a registry, its address, and how much changed."""
    export = report.exports[name]
    kinds, _ = counted(export.changes)
    said = f"{kinds['new']:,} records new, {kinds['gone']:,} gone, {kinds['changed']:,} changed."
    return changes.title_of(export), changes.address_of(export), said


def number_of(report: Report, change: NumberChange) -> tuple[str, str]:
    """Return the words by which a number that changed is known, and the address of its row."""
    study, finding = report.studies[change.study], report.findings[change.address]
    return f"{study.short}, {finding.measure}", f"studies/{study.id}.html#{finding.id}"


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield the page, where an editor wrote one."""
    for page in workshop.report.pages.values():
        if page.front.kind == "what-changed":
            yield planned(workshop, page, "what-changed.html", _days)


def _days(workshop: Workshop, _page: Page, writer: Writer) -> dict[str, Any]:
    told = changes_of(workshop.report)
    by_day = groupby(told, key=lambda change: change.on)
    return {"days": [_day(workshop, on, list(changes), writer) for on, changes in by_day]}


def _day(workshop: Workshop, on: PartialDate, told: list[SiteChange], writer: Writer) -> Day:
    revised = [(change.revision, change.pages) for change in told if change.revision is not None]
    reviewed = [change.pages[0] for change in told if change.revision is None and change.pages]
    return Day(
        on,
        tuple((writer.inline(revision.what), pages) for revision, pages in revised),
        tuple(sorted(reviewed, key=lambda page: (page.section, page.front.order, page.id))),
        tuple(words_of_export(workshop.report, change.export) for change in told if change.export),
        tuple(
            (*number_of(workshop.report, number), number)
            for change in told
            for number in change.numbers
        ),
    )
