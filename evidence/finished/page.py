"""What a finished page holds, and how that is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class EntryPlace:
    """An entry of the search on a page: its standing, its sheets, and where its line is kept."""

    standing: int
    sheets: int
    start: int
    end: int


@dataclass(frozen=True)
class PageFacts:
    """What one page holds. ``bound`` and ``plain`` count numbers in its text.

    ``plain`` are those marked, or recognised by rule, as carrying no evidence; ``unbound`` are
    the rest, as (number, text around it). ``open`` are the marks of coverage that stand in the page
    until all pages are counted. ``size`` is its length in bytes and ``digest`` its
    SHA-256, ``weight`` that of the page compressed
    or, for a small one, a third of its length, which is more: text shrinks threefold at least.
    ``entries`` is what the search needs of the page. ``title`` is what a tab and a search engine call it,
    ``dated`` the newest day on which what it says was reviewed or read; it is ``hidden`` where search
    engines are to leave it out.
    """

    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    pictures_without_text: tuple[str, ...] = ()
    inline_code: tuple[str, ...] = ()
    first_headings: int = 0
    titles: int = 0
    title: str = ""
    dated: str = ""
    hidden: bool = False
    language: str = ""
    bound: int = 0
    plain: int = 0
    unbound: tuple[tuple[str, str], ...] = ()
    open: tuple[str, ...] = ()
    size: int = 0
    digest: str = ""
    weight: int = 0
    entries: tuple[EntryPlace, ...] = ()

    @property
    def coverage(self) -> Coverage:
        """Return how many numbers of the page are bound."""
        return Coverage(self.bound, self.bound + len(self.unbound), self.plain)


@dataclass(frozen=True)
class Coverage:
    """How many numbers of a text carry evidence, and how many of them are bound."""

    bound: int
    total: int
    plain: int

    def __str__(self) -> str:
        """Return "31 of 31"."""
        return f"{self.bound:,} of {self.total:,}"


def card_of(facts: PageFacts, page: bytes, found: list[list[Any]]) -> list[Any]:
    """Return facts as JSON can write them; names and links as one text, which is read sooner."""
    card = {name: value for name in ON_CARD if (value := getattr(facts, name))}
    joined = ["\n".join(facts.ids), "\n".join(facts.links)]
    return [joined, card, len(page), hashlib.sha256(page).hexdigest(), found]


ON_CARD = [
    field.name
    for field in fields(PageFacts)
    if field.name not in {"ids", "links", "size", "digest", "entries"}
]


def facts_of(card: list[Any]) -> PageFacts:
    """Return the facts that ``finished`` wrote on a card."""
    (ids, links), rest, size, digest, places = card
    return PageFacts(
        ids=tuple(ids.split("\n")) if ids else (),
        links=tuple(links.split("\n")) if links else (),
        size=size,
        digest=digest,
        entries=tuple(EntryPlace(*entry) for entry in places),
        **{name: _tuples(value) for name, value in rest.items()},
    )


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tuples(part) for part in value)
    return value
