"""The feed of changes (Atom): which pages were reviewed, and what changed in a registry."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from evidence.model.base import PartialDate
from evidence.model.registry_changes import counted
from evidence.numbers.results import Results
from evidence.pages import changes
from evidence.pages.head import FEED
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
    entries = sorted(_entries(results), key=lambda entry: (entry.on.first_day, entry.name))[::-1]
    if not entries:
        return {}
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
        f'{own}  <link rel="alternate" type="text/html" href={quoteattr(f"{base}index.html")}/>\n',
        *(_written(entry, site.title, base) for entry in entries[:MOST]),
        "</feed>\n",
    ]
    return {FEED: "".join(parts).encode()}


def _entries(results: Results) -> Iterator[FeedEntry]:
    report = results.report
    for page in report.pages.values():
        front = page.front
        if front.reviewed is not None:
            title = f"Reviewed: {plain_text(front.title, report, results.findings)}"
            said = plain_text(front.answer or front.description or "", report, results.findings)
            name = f"reviewed/{page.id}/{front.reviewed}"
            yield FeedEntry(name, title, page.address, front.reviewed, said)
    for export in report.exports.values():
        if export.compared_with:
            kinds, _ = counted(export.changes)
            said = f"{kinds['new']:,} records new, {kinds['gone']:,} gone, {kinds['changed']:,} changed."
            title, address = changes.title_of(export), changes.address_of(export)
            yield FeedEntry(f"registry/{export.id}", title, address, export.exported, said)


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
