"""The entries of a site in their order, and the sheets that each has room for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from evidence.finished.facts import PAGE_COVERAGE, SITE_COVERAGE
from evidence.finished.site import FinishedSite
from evidence.store import Kept


@dataclass(frozen=True)
class SearchLine:
    """An entry of the search: its page, and where it stands in what was kept of that page.

    ``digest`` is the page's SHA-256: what was read off the page follows from it. ``own`` and
    ``everywhere`` are the coverage of page and site where their marks stand in it. ``first`` is the
    number of its first sheet.
    """

    path: str
    page: Kept
    digest: str
    start: int
    end: int
    own: str
    everywhere: str
    first: int

    @property
    def key(self) -> list[Any]:
        """Return all that what is read of the line depends on."""
        return [self.path, self.digest, self.start, self.end, self.own, self.everywhere]

    def read(self) -> list[Any]:
        """Return the path, the line as it was kept, and the coverage of page and site."""
        line = self.page.part(self.start, self.end).decode()
        return [self.path, line, self.own, self.everywhere]


@dataclass
class Numbered:
    """All entries in their order, with the number of the first sheet of each.

    An entry has room for a power of two of sheets, so that one more hardly ever moves what follows.
    """

    lines: list[SearchLine] = field(default_factory=list)
    rooms: list[int] = field(default_factory=list)  # as exponents of two
    standings: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    sheets: int = 0

    @classmethod
    def of(cls, site: FinishedSite) -> Numbered:
        """Return the entries of all pages, nearest to what readers ask first."""
        numbered, whole = cls(), str(site.coverage())
        entries = [(entry, path) for path in site.pages() for entry in site.facts[path].entries]
        for entry, path in sorted(entries, key=lambda pair: pair[0].standing):
            facts = site.facts[path]
            own = str(facts.coverage) if PAGE_COVERAGE in facts.open else ""
            everywhere = whole if SITE_COVERAGE in facts.open else ""
            line = SearchLine(
                path, site.kept[path], facts.digest, entry.start, entry.end, own, everywhere,
                numbered.sheets,
            )  # fmt: skip
            numbered.lines.append(line)
            room = (entry.sheets - 1).bit_length()
            numbered.rooms.append(room)
            numbered.sheets += 1 << room
            numbered.standings[entry.standing] += 1
        return numbered
