"""What a finished page has to be found by: its entries, each with title and passages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from evidence.finished.words import count_words

# The kind of entry that a page is, by the kind of the page; every other page is a page
KINDS = {"study": "studies", "source": "sources", "trial": "trials"}
# Pages that only lead to others
UNREAD_PAGES = {"search", "a-z", "not-found", "figure"}
# Entries inside a page: by the kind of the page, the class of their element and their kind
INSIDE = {"ledger": ("claim", "claims"), "glossary": ("word", "terms")}
TITLES = {"claims": "h3", "terms": "dt"}
UNREAD_TAGS = {"nav", "script", "form", "template", "noscript"}
UNREAD = {"figure-narrow", "handover", "claim-columns", "permalink", "trials"}
# Tables of trials are left out as well: each line stands on the page of its trial
# What also stands on other pages, or repeats the text beside it: found, but after the rest
AROUND = {
    "notes", "words", "claims-here", "studies-here", "sources-here", "checks-here", "listing",
    "clocks", "page-links", "onward-pages", "figure-drawing", "figure-source", "figure-more", "figure-tools",
    "finding-used",
}  # fmt: skip
AROUND_ANCHORS = {"claims", "figures", "pages"}
BLOCKS = {
    "address", "article", "aside", "caption", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "header", "li", "main", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "text", "tfoot", "th", "thead", "tr", "ul", "br",
}  # fmt: skip
BLOCK_CLASSES = {"caption-note", "finding-where", "finding-note", "finding-used"}
# Elements that may stand inside a word; at the edge of any other a word ends
IN_WORDS = {"abbr", "b", "em", "i", "strong", "sub", "sup"}
EDGE = "\x1f"
EDGE_IN_WORD = re.compile(rf"(?<=\w){EDGE}+(?=\w)")


@dataclass
class Passage:
    """A part of an entry: its anchor on the page, its heading, and its text."""

    anchor: str
    heading: str
    around: bool
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text with single blanks, and a line for each block."""
        joined = "".join(self.parts)
        if EDGE in joined:
            joined = EDGE_IN_WORD.sub(" ", joined).replace(EDGE, "")
        lines = (" ".join(line.split()) for line in joined.split("\n"))
        return "\n".join(line for line in lines if line)


@dataclass
class Entry:
    """Something that can be found: a page, or a part of one that has an address of its own."""

    kind: str
    anchor: str
    titles: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


@dataclass
class _Reader:
    """Walks down a page; ``entry`` and ``passage`` are those that text belongs to.

    ``around`` holds inside an element of one of the AROUND classes.
    """

    kind: str
    entries: list[Entry]
    entry: Entry
    passage: Passage
    around: bool = False

    def walk(self, element: Any) -> None:
        """Read an element with all that is in it."""
        attributes = dict(element.items())
        classes = set(attributes.get("class", "").split())
        if "breadcrumbs" in classes:
            self.entry.names += [_one_line(each) for each in element.iter("li") if _current(each)]
        elif element.tag in UNREAD_TAGS or classes & UNREAD or "hidden" in attributes:
            return
        elif element.tag == "h1":
            self.entry.titles.append(_one_line(element))
        else:
            before = self.entry, self.passage, self.around
            opened = self._open(element, attributes.get("id", ""), classes)
            self._read(element, block=element.tag in BLOCKS or bool(classes & BLOCK_CLASSES))
            if opened:
                self.entry, passage, self.around = before
                self._turn(passage.anchor, passage.heading, around=passage.around)

    def _open(self, element: Any, anchor: str, classes: set[str]) -> bool:
        """Begin an entry or a passage where one begins; tell whether it ends with the element."""
        inside, kind = INSIDE.get(self.kind, ("", ""))
        if anchor and inside in classes:
            self.entry = Entry(kind, anchor)
            self.entries.append(self.entry)
            self._turn(anchor, self.passage.heading, around=False)
        elif classes & AROUND:
            self.around = True
            self._turn(anchor or self.passage.anchor, "", around=True)
        elif element.tag == "tr" and anchor:
            head = next(element.iter("th"), element)
            first = " ".join((head.text or "").split()) or _one_line(head)
            self._turn(anchor, first, around=self.passage.around)
        elif element.tag == "section" and anchor:
            self._turn(anchor, "", around=self.passage.around)
        else:
            return False
        return True

    def _read(self, element: Any, *, block: bool) -> None:
        """Read what is in an element; a title or a heading is read as such."""
        if element.tag == TITLES.get(self.entry.kind) and not self.entry.titles:
            self.entry.titles.append(_one_line(element))
        elif element.tag in {"h2", "h3"}:
            anchor = element.get("id") or self.passage.anchor
            around = self.around or anchor in AROUND_ANCHORS
            self._turn(anchor, _one_line(element), around=around)
        else:
            edge = "\n" if block else "" if element.tag in IN_WORDS else EDGE
            self.passage.parts += [edge, _unbroken(element.text)]
            for child in element:
                if isinstance(child.tag, str):
                    self.walk(child)
                self.passage.parts.append(_unbroken(child.tail))
            self.passage.parts.append(edge)

    def _turn(self, anchor: str, heading: str, *, around: bool) -> None:
        self.passage = Passage(anchor, heading, around)
        self.entry.passages.append(self.passage)


def _unbroken(text: str | None) -> str:
    """Return text in which a line break of the file is only a space, as a browser shows it."""
    return (text or "").replace("\n", " ")


def _current(element: Any) -> bool:
    return bool(element.get("aria-current") == "page")


def _one_line(element: Any) -> str:
    return " ".join(element.xpath("string()").split())


def read_entries(tree: Any) -> list[Entry]:
    """Return the entries of a parsed page."""
    body = next(tree.iter("body"), None)
    classes = "" if body is None else body.get("class") or ""
    kind = next((name[5:] for name in classes.split() if name.startswith("kind-")), "")
    if kind in UNREAD_PAGES:
        return []
    page = Entry(KINDS.get(kind, "pages"), "")
    entries = [page]
    for main in tree.iter("main"):
        passage = Passage("", "", around=False)
        page.passages.append(passage)
        _Reader(kind, entries, page, passage).walk(main)
    return [entry for entry in entries if entry.titles]


def entry_lines(tree: Any) -> tuple[tuple[str, bytes], ...]:
    """Return the entries of a page: for each its kind, and what the index needs as JSON."""
    return tuple((entry.kind, _line(entry)) for entry in read_entries(tree))


def _line(entry: Entry) -> bytes:
    passages = list(_passages(entry))
    title, name = entry.titles[0], (entry.names or entry.titles)[-1]
    counted = [count_words(text) for text in searched_fields(title, name, passages)]
    made = [entry.anchor, title, name, passages, counted]
    return json.dumps(made, ensure_ascii=False).encode()


def _passages(entry: Entry) -> Iterator[tuple[str, str, str, int]]:
    """Yield what is kept of each passage; one without text only when its heading is new."""
    seen = set()
    for passage in entry.passages:
        text, place = passage.text, (passage.anchor, passage.heading)
        if text or (passage.heading and place not in seen):
            yield passage.anchor, passage.heading, text, int(passage.around)
        seen.add(place)


def searched_fields(
    title: str, name: str, passages: list[tuple[str, str, str, int]]
) -> tuple[str, str, str]:
    """Return what is searched of an entry: its title and name, its own text, what is around it."""
    own, around = (
        "\n".join(f"{heading}\n{text}" for _, heading, text, kind in passages if kind == wanted)
        for wanted in (0, 1)
    )
    return title if name == title else f"{title}\n{name}", own, around
