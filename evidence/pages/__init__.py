"""The kinds of page. A new kind is one module and one name in ``KINDS``."""

from __future__ import annotations

from evidence.pages import (
    changes,
    checks,
    exports,
    figures,
    glossary,
    guide,
    ledger,
    not_found,
    open_data,
    search,
    searches,
    sources,
    studies,
    trials,
    what_changed,
    written,
)
from evidence.pages.view import ListKind, ListView, PageKind

KINDS: tuple[PageKind, ...] = (
    written.plan,
    not_found.plan,
    ledger.plan,
    studies.plan,
    sources.plan,
    glossary.plan,
    guide.plan,
    checks.plan,
    exports.plan,
    changes.plan,
    what_changed.plan,
    open_data.plan,
    search.plan,
    searches.plan,
    figures.plan,
)
# The kinds of page that list trials, and what makes the view of each of their pages
LISTS: tuple[ListKind, ...] = (trials.listed, search.listed)
LIST_VIEWS: dict[str, ListView] = {
    "explorer": trials.explorer,
    "trial-list": trials.list_view,
    "a-z": search.overview,
    "a-z-sheet": search.sheet_view,
}
