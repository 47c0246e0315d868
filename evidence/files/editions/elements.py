"""Elements of a page taken apart: left out, unwrapped, renamed, written."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any


def made(tag: str, attributes: dict[str, str] | None = None, words: str | None = None) -> Any:
    """Return a new element."""
    from lxml import etree  # noqa: PLC0415 - slow to import

    element = etree.Element(tag, attributes or {})
    element.text = words
    return element


def filled(element: Any, parts: Iterable[Any]) -> Any:
    """Put parts, texts and elements, behind what an element holds, and return it."""
    last = element[-1] if len(element) else None
    for part in parts:
        if not isinstance(part, str):
            element.append(part)
            last = part
        elif last is None:
            element.text = (element.text or "") + part
        else:
            last.tail = (last.tail or "") + part
    return element


def leave_out(element: Any) -> None:
    """Take an element out; the text behind it stays."""
    _put_before(element, element.tail)
    element.getparent().remove(element)


def unwrap(element: Any) -> None:
    """Leave in its place what an element holds."""
    parent, children = element.getparent(), list(element)
    _put_before(element, element.text)
    if children:
        children[-1].tail = (children[-1].tail or "") + (element.tail or "")
    else:
        _put_before(element, element.tail)
    place = parent.index(element)
    parent.remove(element)
    parent[place:place] = children


def _put_before(element: Any, words: str | None) -> None:
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + (words or "")
    else:
        parent.text = (parent.text or "") + (words or "")


def set_blank_apart(element: Any) -> None:
    """Put the blank before an element into an element of its own.

    WeasyPrint 70 breaks a line after its first word where all fits but a blank at the end of a text.
    """
    before, parent = element.getprevious(), element.getparent()
    words = (parent.text if before is None else before.tail) or ""
    if words.strip() and words[-1:] in {" ", "\n"}:
        if before is None:
            parent.text = words.rstrip()
        else:
            before.tail = words.rstrip()
        element.addprevious(made("span", words=" "))


def classes(element: Any) -> list[str]:
    """Return the classes of an element."""
    return str(element.get("class", "")).split()


def spoken(element: Any) -> str:
    """Return the words in an element as one line, without the notes of its numbers."""
    notes = "ancestor::*[contains(@class, 'footnote') or contains(@class, 'mark')]"
    return " ".join("".join(element.xpath(f".//text()[not({notes})]")).split())


def inside(element: Any) -> str:
    """Return what an element holds as HTML."""
    return "".join(
        [escape(element.text or "", quote=False), *(written(child) for child in element)]
    )


def written(element: Any) -> str:
    """Return an element as HTML, with the text behind it."""
    from lxml import etree  # noqa: PLC0415

    return str(etree.tostring(element, encoding="unicode", method="html"))
