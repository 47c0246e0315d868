"""The finished site in memory."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote, urlsplit

from evidence.finished.facts import PageFacts
from evidence.model.page import Page
from evidence.problems import Place

OUTSIDE = ("https://", "http://", "mailto:")  # what most links that lead out begin with


@dataclass(frozen=True)
class Coverage:
    """How many numbers of a text carry evidence, and how many of them are bound."""

    bound: int
    total: int
    plain: int

    def __str__(self) -> str:
        """Return "31 of 31"."""
        return f"{self.bound:,} of {self.total:,}"


@cache
def _target(folder: str, link: str, mount: str) -> str | None:
    """Return where a link leads from pages in a folder; nothing means the page itself."""
    try:
        parts = urlsplit(link)
    except ValueError:  # brackets where a host should stand
        return None
    if parts.scheme or parts.netloc:
        return None
    if parts.path.startswith("/"):
        return parts.path.removeprefix(mount).lstrip("/")
    if not parts.path:
        return ""
    return posixpath.normpath(posixpath.join(folder, unquote(parts.path)))


@dataclass(frozen=True)
class Site:
    """Every file of the site by its path, and the facts of each page.

    ``mount`` is the path at which the site lives on its host; only the page for addresses that
    do not exist needs it. ``written`` holds the Markdown page that an address was made from.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    facts: dict[str, PageFacts] = field(default_factory=dict)
    mount: str = "/"
    written: dict[str, Page] = field(default_factory=dict)

    def place(self, path: str, words: str = "") -> Place:
        """Return where an author finds ``words`` of a finished page, or its beginning."""
        page = self.written.get(path)
        if page is None:
            return Place(path)
        start = page.body.find(words) if words else -1
        if start < 0:
            return Place(page.file, 1, 1)
        line = page.body.count("\n", 0, start)
        column = start - (page.body.rfind("\n", 0, start) + 1) + 1
        return Place(page.file, page.body_line + line, column)

    def target(self, path: str, link: str) -> str | None:
        """Return the path in the site that a link of a page leads to; None when it leads out."""
        if link.startswith("#"):
            return path
        if link.startswith(OUTSIDE):
            return None
        target = _target(path.rpartition("/")[0], link, self.mount)
        return path if target == "" else target

    def pages(self) -> list[str]:
        """Return the paths of the pages in order."""
        return sorted(path for path in self.files if path.endswith(".html"))

    def coverage(self, path: str | None = None) -> Coverage:
        """Return the coverage of one page, or of all pages together."""
        chosen = self.facts.values() if path is None else [self.facts[path]]
        bound = sum(facts.bound for facts in chosen)
        unbound = sum(len(facts.unbound) for facts in chosen)
        return Coverage(bound, bound + unbound, sum(facts.plain for facts in chosen))
