"""Sites of pages that a test wrote by hand."""

from __future__ import annotations

from evidence.finished.facts import finished
from evidence.finished.file import Files
from evidence.finished.page import PageFacts, facts_of
from evidence.finished.site import FinishedSite
from evidence.store import Kept, Store


def facts_read(page: bytes) -> PageFacts:
    """Return what can be read off a page."""
    return facts_of(_kept(page).card)


def site_of(files: dict[str, bytes]) -> FinishedSite:
    """Return a site of these files, with what can be read off its pages."""
    kept = {path: _kept(raw) for path, raw in files.items() if path.endswith(".html")}
    facts = {path: facts_of(page.card) for path, page in kept.items()}
    return FinishedSite(Files(files), facts, {}, kept)


def _kept(page: bytes) -> Kept:
    return Store(None).keep(finished, page)
