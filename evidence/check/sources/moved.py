"""Former names of pages: each leads to one page, and none is that of a page that is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evidence.model.base import ID
from evidence.model.page import Page
from evidence.problems import Place, Problem
from evidence.read.pages import front_document
from evidence.read.reading import Reading


def check_former_names(pages: Mapping[str, Page], reading: Reading) -> Iterator[Problem]:
    """Yield what is wrong with the former names that pages say they had."""
    claimed: dict[str, str] = {}
    for page in pages.values():
        for position, name in enumerate(page.front.formerly):
            fault = _fault(name, pages, claimed.get(name))
            if fault:
                message, hint = fault
                yield Problem(_place(reading, page, position), "page-moved", message, hint)
            claimed.setdefault(name, page.id)


def _fault(name: str, pages: Mapping[str, Page], other: str | None) -> tuple[str, str] | None:
    if not all(ID.fullmatch(part) for part in name.split("/")):
        hint = "Write what its file was called below content/, without the ending: section/name."
        return f"'{name}' cannot have been the name of a page", hint
    if name in pages:
        hint = "Delete the name here, or give that page another one."
        return f"the page '{name}' is there, and so does not lead here", hint
    if other is not None:
        return f"'{name}' is a former name of '{other}' too", "Keep it on one of the two pages."
    return None


def _place(reading: Reading, page: Page, position: int) -> Place:
    document = front_document(reading, page.file)
    return document.place(("formerly", position)) if document else Place(page.file)
