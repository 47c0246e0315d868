"""A finished page as plain lines, so that a change to a page shows as a readable diff."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html
from lxml.html import HtmlElement

BLOCKS = {
    "article", "aside", "caption", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "header", "hr", "legend", "li", "main",
    "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "tr",
    "ul",
}  # fmt: skip
SIGNS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "li": "- ", "dt": "; ", "dd": ": "}


def parsed(page: bytes) -> HtmlElement:
    """Return the root element of a page."""
    return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))


def main_of(page: bytes) -> HtmlElement:
    """Return the main element of a page."""
    (found,) = parsed(page).iter("main")
    return found


def text_of(element: HtmlElement) -> str:
    """Return the text of an element with single spaces."""
    return " ".join(element.text_content().split())


def lines_of(page: bytes) -> list[str]:
    """Return the main part of a page, a line for each block, with where its links lead."""
    return [line for line in (" ".join(each.split()) for each in _lines(page)) if line]


def _lines(page: bytes) -> Iterator[str]:
    yield from "".join(_parts(main_of(page))).split("\n")


def _parts(element: HtmlElement) -> Iterator[str]:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag == "svg":
        spoken = element.get("aria-label")
        yield f"\n(picture: {spoken})\n" if spoken else ""
        return
    if tag == "template":  # what only a script will show
        return
    yield f"\n{SIGNS.get(tag, '')}" if tag in BLOCKS else ""
    yield f"{{#{element.get('id')}}} " if tag in BLOCKS and element.get("id") else ""
    yield "[" if tag == "a" else ""
    yield (element.text or "").replace("\n", " ")
    for child in element:
        yield from _parts(child)
        yield (child.tail or "").replace("\n", " ")
    yield f"]({element.get('href')})" if tag == "a" else ""
    yield "\n" if tag in BLOCKS else ""
