"""Where links lead on paper: to another place in the edition, to the site, or nowhere."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from evidence.files.editions.numbering import WHOLE

SOURCE_PAGE = re.compile(r"sources/([\w.-]+)\.html")
OUTSIDE = ("https://", "http://", "mailto:")
TERM = "term-"  # begins the anchor of a word that is explained, once in an edition


@dataclass(frozen=True)
class Ways:
    """The keys of ``chapters`` by their addresses, the ids of ``sources`` that are cited in full.

    ``base`` is the address of the site with its last slash, or nothing.
    """

    chapters: dict[str, str]
    sources: frozenset[str]
    base: str

    def way(self, link: str, address: str) -> str:
        """Return where a link of the page at ``address`` leads; nothing when only the site has that."""
        key = self.chapters[address]
        if link.startswith("#"):
            return f"#{self.anchor(link[1:], key)}"
        if link.startswith(OUTSIDE):
            return link
        path, _, part = link.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(address), path))
        source = SOURCE_PAGE.fullmatch(path)
        if source and source[1] in self.sources:
            return f"#source-{source[1]}"
        if path in self.chapters:
            other = self.chapters[path]
            return f"#{self.anchor(part, other)}" if part else f"#{other}"
        return f"{self.base}{path}{f'#{part}' if part else ''}" if self.base else ""

    @staticmethod
    def anchor(name: str, key: str) -> str:
        """Return the anchor in the edition of one on the page of the chapter ``key``."""
        if name.startswith(WHOLE):
            return name.removeprefix(WHOLE)
        return name if name.startswith(TERM) and "-use-" not in name else f"{key}-{name}"
