"""The finished site in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.inspection import PageFacts


@dataclass(frozen=True)
class Coverage:
    """How many numbers of a text carry evidence, and how many of them are bound."""

    bound: int
    total: int
    plain: int

    def __str__(self) -> str:
        """Return "31 of 31"."""
        return f"{self.bound:,} of {self.total:,}"


@dataclass(frozen=True)
class Site:
    """Every file of the site by its path, and the facts of each page.

    ``mount`` is the path at which the site lives on its host; only the page for addresses that
    do not exist needs it.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    facts: dict[str, PageFacts] = field(default_factory=dict)
    mount: str = "/"

    def pages(self) -> list[str]:
        """Return the paths of the pages in order."""
        return sorted(path for path in self.files if path.endswith(".html"))

    def coverage(self, path: str | None = None) -> Coverage:
        """Return the coverage of one page, or of all pages together."""
        chosen = self.facts.values() if path is None else [self.facts[path]]
        bound = sum(facts.bound for facts in chosen)
        unbound = sum(len(facts.unbound) for facts in chosen)
        return Coverage(bound, bound + unbound, sum(facts.plain for facts in chosen))
