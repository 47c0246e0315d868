"""The kinds of page. A new kind is one module and one name in ``KINDS``."""

from __future__ import annotations

from evidence.pages import (
    checks,
    exports,
    figures,
    glossary,
    ledger,
    search,
    searches,
    sources,
    studies,
    trials,
    written,
)
from evidence.pages.view import PageKind

KINDS: tuple[PageKind, ...] = (
    written.plan,
    ledger.plan,
    studies.plan,
    sources.plan,
    trials.plan,
    glossary.plan,
    checks.plan,
    exports.plan,
    search.plan,
    searches.plan,
    figures.plan,
)
