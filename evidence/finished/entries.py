"""What a finished page has to be found by: its entries, each with title and passages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from evidence.finished.words import count_words, words

# The kind of entry that a page is, by the kind of the page; every other page is a page
KINDS = {"study": "studies", "source": "sources", "trial": "trials"}
# How near an entry is to what a reader asks, by the kind of the page; 0 comes first
STANDING = {
    "section": 0, "topic": 1, "home": 3, "plain": 3, "trials": 3,
    "study": 5, "trial": 6, "source": 7,
}  # fmt: skip
STANDING_INSIDE = {"terms": 2, "claims": 4}
LISTED = 8  # lists of other things, and accounts of them
# Pages that only lead to others, and those for editors
UNREAD_PAGES = {"search", "a-z", "not-found", "figure", "guide"}
# Entries inside a page: by the kind of the page, the class of their element and their kind
INSIDE = {"ledger": ("claim", "claims"), "glossary": ("word", "terms")}
TITLES = {"claims": "h3", "terms": "dt"}
UNREAD_TAGS = {"nav", "script", "form", "template", "noscript"}
UNREAD = {"figure-narrow", "handover", "claim-columns", "permalink", "trials", "cite", "cite-number", "footmark"}  # fmt: skip
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
HEADINGS = {"h2", "h3"}
NAMED = {*HEADINGS, *TITLES.values()}  # elements whose text may be a title or a heading
EDGE = "\x1f"
BLOCK = "\x1e"  # the edge of an element that stands on lines of its own
NAME_END = f":{BLOCK}"  # the end of a name, whose value comes on the next line
SIGNS = (":", "?", "!", ".")  # after which a name needs no colon
EDGE_IN_WORD = re.compile(rf"(?<=\w){EDGE}+(?=\w)")


@dataclass
class Passage:
    """A part of an entry: its anchor on the page, its heading, and its text."""

    anchor: str
    heading: str
    around: bool
    parts: list[str] = field(default_factory=list)

    @property
    def last(self) -> str:
        """Return the last part that has letters or signs, without the blanks after it."""
        return next((part.rstrip() for part in reversed(self.parts) if part.strip()), "")

    @property
    def text(self) -> str:
        """Return the text with single blanks, and a line for each block."""
        joined = "".join(self.parts)  # a line break of the file is only a blank, as in a browser
        if EDGE in joined:
            joined = EDGE_IN_WORD.sub(" ", joined).replace(EDGE, "")
        lines = (" ".join(line.split()) for line in joined.split(BLOCK))
        return "\n".join(line for line in lines if line)


@dataclass
class Entry:
    """Something that can be found: a page, or a part of one that has an address of its own."""

    kind: str
    anchor: str
    standing: int
    titles: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


Opened = tuple[str, Any]  # what an element began, and what held before it


@dataclass
class EntryReader:
    """Gathers the entries of a page while somebody walks down its elements.

    ``entry`` and ``passage`` are those that text belongs to; without a passage text belongs to none.
    ``around`` holds inside an element of one of the AROUND classes.
    """

    kind: str
    unread: bool = False
    entries: list[Entry] = field(default_factory=list)
    entry: Entry = field(default_factory=lambda: Entry("pages", "", LISTED))
    passage: Passage | None = None
    around: bool = False

    @classmethod
    def of(cls, tree: Any) -> EntryReader:
        """Return a reader for a parsed page, whose kind its body says."""
        body = None if tree is None else next(tree.iter("body"), None)
        classes = "" if body is None else body.get("class") or ""
        kind = next((name[5:] for name in classes.split() if name.startswith("kind-")), "")
        reader = cls(kind, unread=kind in UNREAD_PAGES)
        reader.entry = Entry(KINDS.get(kind, "pages"), "", STANDING.get(kind, LISTED))
        reader.entries.append(reader.entry)
        return reader

    def begin(self) -> None:
        """Begin the main part of the page."""
        if not self.unread:
            self.passage = Passage("", "", around=False)
            self.entry = self.entries[0]
            self.entry.passages.append(self.passage)

    def finished(self) -> list[Entry]:
        """Return the entries that have a title."""
        return [] if self.unread else [entry for entry in self.entries if entry.titles]

    def open(self, element: Any, tag: str, attributes: Any, classes: Any) -> Opened | None:
        """Come to an element; return what ``close`` needs when it ends."""
        if self.passage is None:
            return None
        if (attributes and self._passes_over(element, attributes, classes)) or tag in UNREAD_TAGS:
            return self._shut()
        if tag == "img":
            self.passage.parts.append(f"{BLOCK}{attributes.get('alt', '')}{BLOCK}")
        if tag == "h1":
            self.entry.titles.append(_one_line(element))
            return self._shut()
        if not attributes and tag not in NAMED:
            edge = BLOCK if tag in BLOCKS else "" if tag in IN_WORDS else EDGE
            self.passage.parts.append(edge)
            return edge, None
        before = self.entry, self.passage, self.around
        began = bool(attributes) and self._begin(element, tag, attributes.get("id", ""), classes)
        if tag == TITLES.get(self.entry.kind) and not self.entry.titles:
            self.entry.titles.append(_one_line(element))
            return "title", (before if began else None, self._shut())
        if tag in HEADINGS:
            anchor = attributes.get("id") or self.passage.anchor
            around = self.around or anchor in AROUND_ANCHORS
            self._turn(anchor, _one_line(element), around=around)
            return "title", (before if began else None, self._shut())
        block = tag in BLOCKS or (classes and not BLOCK_CLASSES.isdisjoint(classes))
        edge = BLOCK if block else "" if tag in IN_WORDS else EDGE
        self.passage.parts.append(edge)
        return NAME_END if tag == "dt" else edge, before if began else None

    def _passes_over(self, element: Any, attributes: Any, classes: Any) -> bool:
        """Tell whether an element with attributes is not read; breadcrumbs give the page's name."""
        if "breadcrumbs" in classes:
            self.entry.names += [_one_line(step) for step in element.iter("li") if _current(step)]
            return True
        return "hidden" in attributes or not UNREAD.isdisjoint(classes)

    def close(self, opened: Opened) -> None:
        """Leave an element."""
        edge, before = opened
        if edge == "shut":
            self.passage = before
            return
        if edge == "title":
            before, (_, self.passage) = before
        elif self.passage is not None:
            signed = edge == NAME_END and self.passage.last.endswith(SIGNS)
            self.passage.parts.append(BLOCK if signed else edge)
        if before is not None:
            self.entry, passage, self.around = before
            self._turn(passage.anchor, passage.heading, around=passage.around)

    def _shut(self) -> Opened:
        """Read nothing until the element ends."""
        passage, self.passage = self.passage, None
        return "shut", passage

    def _begin(self, element: Any, tag: str, anchor: str, classes: Any) -> bool:
        """Begin an entry or a passage where one begins; tell whether it ends with the element."""
        inside, kind = INSIDE.get(self.kind, ("", ""))
        passage = self.passage or Passage("", "", around=False)
        if inside and inside in classes:
            anchor = anchor or next(iter(element.xpath(".//@id")), "")  # the one that opens it
            self.entry = Entry(kind, anchor, STANDING_INSIDE[kind])
            self.entries.append(self.entry)
            self._turn(anchor, passage.heading, around=False)
        elif classes and not AROUND.isdisjoint(classes):
            self.around = True
            self._turn(anchor or passage.anchor, "", around=True)
        elif tag == "tr" and anchor:
            head = next(element.iter("th"), element)
            first = " ".join((head.text or "").split()) or _one_line(head)
            self._turn(anchor, first, around=passage.around)
        elif tag == "section" and anchor:
            self._turn(anchor, "", around=passage.around)
        elif anchor and "folded" in classes:  # an address inside opens what is folded
            self._turn(anchor, passage.heading, around=passage.around)
        else:
            return False
        return True

    def _turn(self, anchor: str, heading: str, *, around: bool) -> None:
        self.passage = Passage(anchor, heading, around)
        self.entry.passages.append(self.passage)


def _current(element: Any) -> bool:
    return bool(element.get("aria-current") == "page")


def _one_line(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


# --- What is kept of an entry ---
#
# An entry is cut into sheets, so that a search need not load a long page to show a line of it. A word
# has a weight on a sheet, by where it stands and how often.
SHEET = 2_400  # characters of text on a sheet
AROUND_WEIGHT, ONCE, TWICE, OFTEN, HEADING, HEADING_AND_TEXT, TITLE, NAME = range(8)
MANY = 4  # times that a word stands in a text that is about it

KeptPassage = tuple[str, str, str, int]  # anchor, heading, text, and whether it is around


def entry_line(entry: Entry) -> tuple[bytes, int]:
    """Return what the index needs of an entry, as JSON, and how many sheets it has.

    Its anchor, title, name and sheets; a sheet holds its passages and the weight of each word on it.
    """
    title, name = entry.titles[0], (entry.names or entry.titles)[-1]
    sheets = sheets_of(title, name, list(_passages(entry)))
    line = json.dumps([entry.anchor, title, name, sheets], ensure_ascii=False).encode()
    return line, len(sheets)


def sheets_of(
    title: str, name: str, passages: list[KeptPassage]
) -> list[tuple[list[KeptPassage], dict[str, int]]]:
    """Return the sheets of an entry; the words of its title count on the first."""
    sheets: list[list[KeptPassage]] = [[]]
    size = 0
    for passage in passages:
        for piece in _pieces(passage):
            if size and size + len(piece[2]) > SHEET:
                sheets.append([])
                size = 0
            sheets[-1].append(piece)
            size += len(piece[2])
    titles = [f"{title}\n{name}", *("" for _ in sheets[1:])]
    return [(own, weights(own, called)) for own, called in zip(sheets, titles, strict=True)]


def _pieces(passage: KeptPassage) -> Iterator[KeptPassage]:
    """Yield a passage in pieces that fit a sheet, cut between its lines."""
    anchor, heading, text, around = passage
    while len(text) > SHEET:
        end = text.rfind("\n", 0, SHEET)
        if end <= 0:
            break
        yield anchor, heading, text[:end], around
        text = text[end + 1 :]
    yield anchor, heading, text, around


def weights(passages: list[KeptPassage], title: str = "") -> dict[str, int]:
    """Return for each word of a sheet its weight, one of AROUND_WEIGHT to TITLE."""
    own = "\n".join(text for _, _, text, around in passages if not around)
    around = "\n".join(f"{heading}\n{text}" for _, heading, text, kind in passages if kind)
    headings = "\n".join(heading for _, heading, _, kind in passages if not kind)
    weighed = dict.fromkeys(words(around), AROUND_WEIGHT)
    counted = count_words(own)
    for word, times in counted.items():
        weighed[word] = OFTEN if times >= MANY else TWICE if times > 1 else ONCE
    for word in words(headings):
        weighed[word] = HEADING_AND_TEXT if word in counted else HEADING
    for line in title.split("\n"):  # a title of one or two words is the name of what it is on
        weight = TITLE if line.count(" ") > 1 else NAME
        for word in words(line):
            weighed[word] = max(weight, weighed.get(word, weight))
    return weighed


def _passages(entry: Entry) -> Iterator[KeptPassage]:
    """Yield what is kept of each passage; one without text only when its heading is new."""
    seen = set()
    for passage in entry.passages:
        text, place = passage.text, (passage.anchor, passage.heading)
        if text or (passage.heading and place not in seen):
            yield passage.anchor, passage.heading, text, int(passage.around)
        seen.add(place)
