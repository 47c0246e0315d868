"""What became of everything that a search found: the counts of a study flow, which add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from evidence.model.figure import Figure
from evidence.model.search import FoundItem, Search
from evidence.model.search_words import KIND_OF_DESIGN, REASONS, ItemKind, Reason
from evidence.model.study import Study

PREFIX = "account-"  # of the figure that every search has


@dataclass(frozen=True)
class Account:
    """How many items were ``found``, and what became of them.

    ``left_out`` holds (reason, count) in the order of the closed list of reasons.
    """

    found: int
    shown: int
    background: int
    not_readable: int
    left_out: tuple[tuple[Reason, int], ...]

    @property
    def left_out_in_all(self) -> int:
        """Return how many items were left out, for whichever reason."""
        return sum(count for _, count in self.left_out)


def account(search: Search) -> Account:
    """Return the counts of a search; each item is in one of them."""
    became = Counter(item.became for item in search.items)
    reasons = Counter(item.reason for item in search.items if item.reason is not None)
    return Account(
        found=len(search.items),
        shown=became["shown"],
        background=became["background"],
        not_readable=became["not-readable"],
        left_out=tuple((reason, reasons[reason]) for reason in REASONS if reasons[reason]),
    )


def kind_of(item: FoundItem, studies: dict[str, Study]) -> ItemKind:
    """Return the kind of an item: its own, or what the design of its study says."""
    if item.kind is not None:
        return item.kind
    return KIND_OF_DESIGN[studies[item.study or ""].design.kind]


def figures_of(searches: dict[str, Search]) -> dict[str, Figure]:
    """Return the study flow of each search, as an editor would declare it."""
    return {f"{PREFIX}{search.id}": _figure(search) for search in searches.values()}


def _figure(search: Search) -> Figure:
    counts = account(search)
    newest = max((query.on for query in search.queries), key=lambda date: date.first_day)
    return Figure(
        id=f"{PREFIX}{search.id}",
        kind="study-flow",
        search=search.id,
        title=f"Of {counts.found} items found, {counts.shown} are shown",
        subtitle=f"What became of everything that was found for this question. Searched to {newest.words}",
    )
