"""The glossary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidence.model.page import Page
from evidence.pages.view import Planned, Workshop
from evidence.pages.written import planned
from evidence.prose.writer import Writer


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield the glossary, in alphabetical order."""
    for page in workshop.report.pages.values():
        if page.front.kind == "glossary":
            yield planned(workshop, page, "glossary.html", _terms)


def _terms(workshop: Workshop, _page: Page, _writer: Writer) -> dict[str, Any]:
    ordered = sorted(workshop.report.terms.values(), key=lambda term: term.term.lower())
    return {"terms": ordered}
