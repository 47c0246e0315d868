"""The feed of changes (Atom): what was revised, which pages were reviewed, and what changed in a registry."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from evidence.model.base import PartialDate
from evidence.model.page import Page
from evidence.model.report import Report
from evidence.numbers.results import Results
from evidence.pages.head import FEED
from evidence.pages.what_changed import SiteChange, changes_of, number_of, words_of_export
from evidence.prose.plain_text import plain_text

MOST = 60  # entries: a feed tells what is new, and is asked for often


@dataclass(frozen=True)
class FeedEntry:
    """One change: ``name`` is what it is known by for ever, ``address`` the page that tells of it."""

    name: str
    title: str
    address: str
    on: PartialDate
    said: str


def feed(results: Results) -> dict[str, bytes]:
    """Return the feed by its path; none for a site of which no change is known."""
    told = changes_of(results.report)
    if not told:
        return {}
    entries = [_entry(change, results) for change in told[:MOST]]
    site = results.report.site
    base = f"{site.address.rstrip('/')}/" if site.address else ""
    own = f'  <link rel="self" href={quoteattr(base + FEED)}/>\n' if base else ""
    language = quoteattr(site.language)
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={language}>\n',
        f"  <id>{_id(site.title, 'feed')}</id>\n  <title>{escape(site.title)}: what changed</title>\n",
        f"  <updated>{_moment(entries[0].on)}</updated>\n",
        f"  <author><name>{escape(site.title)}</name></author>\n",
        f'{own}  <link rel="alternate" type="text/html" href={quoteattr(base + _page(results.report))}/>\n',
        *(_written(entry, site.title, base) for entry in entries),
        "</feed>\n",
    ]
    return {FEED: "".join(parts).encode()}


def _entry(change: SiteChange, results: Results) -> FeedEntry:
    report = results.report
    if change.export:
        title, address, said = words_of_export(report, change.export)
        return FeedEntry(change.name, title, address, change.on, said)
    if change.numbers:
        study = report.studies[change.numbers[0].study]
        said = ". ".join(f"{number_of(report, one)[0]}: {one.words}" for one in change.numbers)
        title = f"Numbers changed: {study.short}"
        return FeedEntry(change.name, title, f"studies/{study.id}.html", change.on, said)
    page = change.pages[0] if change.pages else _telling(report)
    title = plain_text(page.front.title, report, results.findings)
    if change.revision is not None:
        said = plain_text(change.revision.what, report, results.findings)
        return FeedEntry(change.name, f"Changed: {title}", page.address, change.on, said)
    said = plain_text(page.front.answer or page.front.description or "", report, results.findings)
    return FeedEntry(change.name, f"Reviewed: {title}", page.address, change.on, said)


def _telling(report: Report) -> Page:
    """Return the page that tells of a revision which names none: the one that lists it."""
    return next(page for page in report.pages.values() if page.front.revisions)


def _written(entry: FeedEntry, site: str, base: str) -> str:
    return (
        f"  <entry>\n    <id>{_id(site, entry.name)}</id>\n    <title>{escape(entry.title)}</title>\n"
        f"    <updated>{_moment(entry.on)}</updated>\n"
        f'    <link rel="alternate" type="text/html" href={quoteattr(base + entry.address)}/>\n'
        f"    <summary>{escape(entry.said or entry.title)}</summary>\n  </entry>\n"
    )


def _id(site: str, name: str) -> str:
    """Return an id that stays when the site moves to another address."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'{site}/{name}')}"


def _moment(day: PartialDate) -> str:
    """Return the beginning of a day, or of the month or year that is all that is known."""
    return f"{day.first_day.isoformat()}T00:00:00Z"


def _page(report: Report) -> str:
    """Return the address of the page that tells the same: that of changes, or home."""
    kinds = ((page.front.kind, page.address) for page in report.pages.values())
    return next((address for kind, address in kinds if kind == "what-changed"), "index.html")
