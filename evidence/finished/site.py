"""The finished site in memory: its files, what they are known by, and what its pages hold."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from urllib.parse import unquote, urlsplit

from evidence.finished.facts import SITE_COVERAGE
from evidence.finished.file import File, Files
from evidence.finished.page import Coverage, PageFacts
from evidence.model.page import Page
from evidence.problems import Place
from evidence.prose.writer import NAME_LATER, STATIC
from evidence.store import Kept

PLAIN_LINK = re.compile(r"((?:\.\./)*)([\w-]+(?:/[\w-]+)*\.\w+)(?:#[\w-]*)?")
NOT_FOUND = "404.html"  # the page for addresses that do not exist, which hosts show at any depth
UP = re.compile(r"^(?:\.\./)+")
OUTSIDE = ("https://", "http://", "mailto:")  # what most links that lead out begin with


def page_bytes(kept: Kept, size: int, coverage: str) -> bytes:
    """Return a page of ``size`` bytes, with the coverage of the whole site where its mark stands."""
    return kept.part(0, size).replace(SITE_COVERAGE.encode(), coverage.encode())


@cache
def _target(folder: str, link: str) -> str | None:
    """Return where a link leads from pages in a folder; nothing means the page itself."""
    plain = PLAIN_LINK.fullmatch(link)
    if plain is not None:  # by far the most: no address on a host, nothing to be decoded
        up, path = plain.groups()
        steps = folder.split("/") if folder else []
        if len(up) // 3 <= len(steps):
            return "/".join([*steps[: len(steps) - len(up) // 3], path])
    try:
        parts = urlsplit(link)
    except ValueError:  # brackets where a host should stand
        return None
    if parts.scheme or parts.netloc:
        return None
    if parts.path.startswith("/"):
        return parts.path.lstrip("/")
    if not parts.path:
        return ""
    return posixpath.normpath(posixpath.join(folder, unquote(parts.path)))


@dataclass(frozen=True)
class FinishedSite:
    """Every file of the site by its path, and the facts of each page.

    ``written`` holds the Markdown page that an address was made from, and
    ``kept`` what was kept of a page, in which the lines of its entries stand. ``lasting`` are the paths of
    styles and scripts by their plain names, which a mark in a link stands before.
    """

    files: Files = field(default_factory=lambda: Files({}))
    facts: dict[str, PageFacts] = field(default_factory=dict)
    written: dict[str, Page] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    lasting: Mapping[str, str] = field(default_factory=dict)

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
        if path == NOT_FOUND:
            link = UP.sub("", link)
        target = _target(path.rpartition("/")[0], link)
        if target is not None and NAME_LATER in target:
            plain = target.replace(NAME_LATER, "")
            return self.lasting.get(plain.removeprefix(STATIC), plain)
        return path if target == "" else target

    def page_file(self, path: str) -> File:
        """Return a page as a file, with the coverage of the whole site where its mark stands."""
        kept, facts = self.kept[path], self.facts[path]
        if SITE_COVERAGE in facts.open:
            return File.of(page_bytes(kept, facts.size, str(self.coverage())))
        return File(facts.digest, partial(page_bytes, kept, facts.size, ""))

    def pages(self) -> list[str]:
        """Return the paths of the pages in order; what only leads to one is none."""
        return sorted(path for path in self.files if path in self.facts)

    def coverage(self, path: str | None = None) -> Coverage:
        """Return the coverage of one page, or of all pages together."""
        chosen = self.facts.values() if path is None else [self.facts[path]]
        bound = sum(facts.bound for facts in chosen)
        unbound = sum(len(facts.unbound) for facts in chosen)
        return Coverage(bound, bound + unbound, sum(facts.plain for facts in chosen))
