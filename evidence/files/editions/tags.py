"""What WeasyPrint leaves out of the tags of a PDF, put in: how header cells stand, which text is a note.

Tags are what a screen reader follows. A PDF is here what pydyf holds of it before it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SHOWN_IN_PRINT = 4  # the flag of an annotation
BEGIN_MARKED, MARK_ID = b"BDC", "MCID"
ARTIFACT = "/Artifact"


def mend(_document: Any, pdf: Any) -> None:
    """Mend the tags of a PDF in place: called by WeasyPrint before it writes."""
    elements = {element.number: element for element in _all(pdf, "Type", "/StructElem")}
    for element in elements.values():
        if element["S"] == "/TH":
            row = elements[_number(element["P"])]
            above = elements[_number(row["P"])]["S"] == "/THead"
            element["A"]["Scope"] = "/Column" if above else "/Row"
    top = next(element for element in elements.values() if element["S"] == "/Document")
    _name_notes(top, elements)
    for annotation in _all(pdf, "Subtype", "/Link"):
        annotation["F"] = SHOWN_IN_PRINT
    _leave_margins(pdf, top, elements)


def _all(pdf: Any, key: str, kind: str) -> Iterator[Any]:
    """Yield the dictionaries of a PDF of which a key has a value."""
    for part in pdf.objects:
        if isinstance(part, dict) and part.get(key) == kind:
            yield part


def _number(reference: Any) -> int:
    return int(bytes(reference).split()[0])


def _children(element: Any, elements: dict[int, Any]) -> Iterator[Any]:
    """Yield the elements in an element; what else it holds are numbers of texts, and annotations."""
    for kid in element["K"]:
        if isinstance(kid, bytes) and _number(kid) in elements:
            yield elements[_number(kid)]


def _name_notes(top: Any, elements: dict[int, Any]) -> None:
    """Call the texts at the foot of a page notes: the only ones in a part without a meaning of its own."""
    import pydyf  # noqa: PLC0415 - comes with WeasyPrint

    for foot in _children(top, elements):
        for text in _children(foot, elements) if foot["S"] == "/NonStruct" else ():
            if text["S"] == "/Span":
                text["S"] = "/Note"
                text["ID"] = pydyf.String(f"note-{text.number}")


def _leave_margins(pdf: Any, top: Any, elements: dict[int, Any]) -> None:
    """Mark what no tag leads to, the running titles and numbers of pages, as no part of the text."""
    told: dict[Any, set[int]] = {}
    waiting = [top]
    while waiting:
        element = waiting.pop()
        for kid in element["K"]:
            if isinstance(kid, int):
                told.setdefault(element["Pg"], set()).add(kid)
        waiting += _children(element, elements)
    by_number = {part.number: part for part in pdf.objects}
    for page in _all(pdf, "Type", "/Page"):
        stream = by_number[_number(page["Contents"])].stream
        known = told.get(page.reference, set())
        for place, operator in enumerate(stream):
            if operator == BEGIN_MARKED and stream[place - 1].get(MARK_ID) not in known:
                stream[place - 2], stream[place - 1] = ARTIFACT, _pagination()


def _pagination() -> Any:
    import pydyf  # noqa: PLC0415

    return pydyf.Dictionary({"Type": "/Pagination"})
