"""What can be read off a finished page: its links, ids, structure, numbers, and what it is found by.

A page is looked at once, in one walk down its elements.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from evidence.finished.entries import EntryReader, entry_line
from evidence.finished.page import PageFacts, card_of
from evidence.prose.numbers import DIGITS, RECOGNISED, WORDS, count_numbers, unbound_numbers
from evidence.store import Made

BOUND_CLASSES = {"quantity"}
PLAIN_CLASSES = {"plain"}
PLAIN_TAGS = {"code", "math", "pre"}
# Where links stand, and where addresses stand that the browser asks by itself
LINKING = {
    "a": "href",
    "link": "href",
    "script": "src",
    "img": "src",
    "source": "src",
    "use": "href",
}
ASKING = {"script": "src", "img": "src", "source": "src", "link": "href", "iframe": "src",
          "object": "data", "embed": "src"}  # fmt: skip
PICTURES = {"img", "svg"}
HOLDING = {"img", "source"}  # elements whose address may hold the picture itself
SPECIAL = {*ASKING, *PICTURES, "style", "h1", "title", "meta"}  # elements that are asked for more
DATA = "application/ld+json"  # the one type of a script in a page that is data and not run
DATED = "article:modified_time"  # the name under which a page says when it was reviewed or read
Attributes = Mapping[str, str]
NONE: Attributes = {}
NOTHING: tuple[int, int, tuple[tuple[str, str], ...]] = (0, 0, ())  # what most texts count
# What the value of an attribute begins with when it holds code. Blanks and control characters count
# for nothing in the scheme of an address: a browser leaves them out
CODE = "javascript:"
LEFT_OUT = re.compile(r"[\x00-\x20]+")
# Stand in a page for its own and the site's coverage until the finished pages are counted
PAGE_COVERAGE = "\ue010"
SITE_COVERAGE = "\ue011"
LEVEL = 6  # of compression, as hosts have it
SMALL = 40_000  # bytes of a page that needs no measuring
# Different texts of which the count is remembered; most texts of a page stand on others too
MOST_TEXTS = 20_000
HAS_DIGITS = re.compile(r"[\d¼-¾⅐-⅞]|://")  # and an address, in which words are no numbers


@dataclass
class _Page:
    """Walks down a page and gathers its facts."""

    entries: EntryReader
    ids: list[str] = field(default_factory=list)
    links: dict[str, None] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    first_headings: int = 0
    titles: int = 0
    title: str = ""
    dated: str = ""
    hidden: bool = False
    bound: int = 0
    plain: int = 0
    unbound: list[tuple[str, str]] = field(default_factory=list)

    def outer(self, element: Any) -> None:
        """Walk down to the main part: only there numbers count, and only that is searched."""
        for child in element.iterchildren("*"):
            tag = child.tag
            attributes = dict(child.items())
            self.look(child, tag, attributes)
            if tag == "main":
                self.entries.begin()
                self.main(child, tag, attributes, "")
            else:
                self.outer(child)

    def main(self, element: Any, tag: str, attributes: Attributes, state: str) -> None:
        """Walk down one element of the main part; ``state`` says what its numbers count as."""
        classes: Sequence[str] = ()
        if attributes:
            if "class" in attributes:
                classes = attributes["class"].split()
            state = _state(attributes, classes, state)
        if not state and tag in PLAIN_TAGS:
            state = "plain"
        entries = self.entries
        opened = entries.open(element, tag, attributes, classes)
        text = element.text
        if text:
            self.text(text, state)
        for child in element.iterchildren():
            child_tag = child.tag
            if child_tag.__class__ is str:
                items = child.items()
                child_attributes = dict(items) if items else NONE
                if items or child_tag in SPECIAL:
                    self.look(child, child_tag, child_attributes)
                self.main(child, child_tag, child_attributes, state)
            text = child.tail
            if text:
                self.text(text, state)
        if opened is not None:
            entries.close(opened)

    def text(self, text: str, state: str) -> None:
        """Read a text, and count its numbers."""
        if self.entries.passage is not None:
            self.entries.passage.parts.append(text)
        if state != "uncounted":
            counted = _counted(text, state)
            if counted is not NOTHING:
                self.bound += counted[0]
                self.plain += counted[1]
                self.unbound += counted[2]

    def look(self, element: Any, tag: str, attributes: Attributes) -> None:
        """Gather what an element says of itself, whatever is in it."""
        for name, value in attributes.items():
            if name == "id":
                self.ids.append(value)
            elif name == "style" or name[:2] == "on":
                self.code.append(f"the attribute {name} on <{tag}>")
            elif ":" in value and LEFT_OUT.sub("", value[:60]).lower().startswith(CODE):
                self.code.append(f"a javascript: address on <{tag}>")
        linking = LINKING.get(tag)
        if linking is not None and linking in attributes:
            self.links[attributes[linking]] = None
        if tag in SPECIAL:
            self.special(element, tag, attributes)

    def special(self, element: Any, tag: str, attributes: Attributes) -> None:
        """Gather what only some elements are asked for."""
        if tag in ASKING:
            address = attributes.get(ASKING[tag], "")
            fetched = tag != "link" or "canonical" not in attributes.get("rel", "")
            if fetched and _is_outside(tag, address):
                self.outside.append(address)
        if tag in PICTURES and not _speaks(attributes):
            self.silent.append(attributes.get("src") or attributes.get("class") or tag)
        elif tag == "script" and not attributes.get("src"):
            if attributes.get("type") != DATA or not _is_data(element.text):
                self.code.append("a script inside the page")
        elif tag == "style":
            self.code.append("a style element inside the page")
        elif tag == "h1":
            self.first_headings += 1
        elif tag == "title" and (element.text or "").strip() and element.getparent().tag == "head":
            self.titles += 1
            self.title = " ".join(element.text.split())
        elif tag == "meta":
            self.said(attributes.get("property") or attributes.get("name"), attributes)

    def said(self, name: str | None, attributes: Attributes) -> None:
        """Gather what a page says of itself to machines."""
        content = attributes.get("content", "")
        if name == DATED:
            self.dated = content
        elif name == "robots" and "noindex" in content:
            self.hidden = True


def _is_data(text: str | None) -> bool:
    """Tell whether a block holds data that JSON can write: no browser runs it."""
    try:
        return isinstance(json.loads(text or ""), dict)
    except (ValueError, RecursionError):
        return False


def _is_outside(tag: str, address: str) -> bool:
    """Tell whether a strict policy refuses what an address asks for.

    An address may hold a picture in itself, but nothing that can run or be read as a page.
    """
    if LEFT_OUT.sub("", address[:60]).lower().startswith("data:"):
        return tag not in HOLDING
    return "//" in address


def _speaks(attributes: Attributes) -> bool:
    """Tell whether a picture has words for those who do not see it, or is said to need none."""
    if attributes.get("aria-hidden") == "true" or attributes.get("alt") == "":
        return True
    named = (
        attributes.get("alt") or attributes.get("aria-label") or attributes.get("aria-labelledby")
    )
    return bool(named and named.strip())


def _state(attributes: Attributes, classes: Sequence[str], state: str) -> str:
    """Return what the numbers in an element count as: bound, plain, uncounted, or nothing yet."""
    if state == "uncounted" or "data-uncounted" in attributes:
        return "uncounted"
    if "data-bound" in attributes or not BOUND_CLASSES.isdisjoint(classes):
        return "bound"
    if not state and ("data-plain" in attributes or not PLAIN_CLASSES.isdisjoint(classes)):
        return "plain"
    return state


def parsed(page: bytes) -> Any:
    """Return the root of a page, or None for what is no page."""
    from lxml import etree  # noqa: PLC0415 - loaded only when a page has changed

    return etree.fromstring(page, _parser())


@cache
def _parser() -> Any:
    """Return the parser, set up once for all pages."""
    from lxml import etree  # noqa: PLC0415

    return etree.HTMLParser(encoding="utf-8")


def finished(page: bytes) -> Made:
    """Return the facts of a page as a card, and as its body the page and the lines of its entries.

    The page's own coverage is put in where its mark stands. Raises nothing: a page that is no page
    has no facts, and the check of the structure says so.
    """
    tree = parsed(page)
    reader = EntryReader.of(tree)
    walk = _Page(reader)
    if tree is not None:
        walk.look(tree, "html", dict(tree.items()))
        walk.outer(tree)
    language = "" if tree is None else str(tree.get("lang") or "")
    marks = tuple(mark for mark in (PAGE_COVERAGE, SITE_COVERAGE) if mark.encode() in page)
    facts = PageFacts(
        ids=tuple(walk.ids),
        links=tuple(walk.links),
        outside=tuple(walk.outside),
        pictures_without_text=tuple(walk.silent),
        inline_code=tuple(walk.code),
        first_headings=walk.first_headings,
        titles=walk.titles,
        title=walk.title,
        dated=walk.dated,
        hidden=walk.hidden,
        language=language,
        bound=walk.bound,
        plain=walk.plain,
        unbound=tuple(walk.unbound),
        open=marks,
        weight=len(gzip.compress(page, LEVEL)) if len(page) > SMALL else len(page) // 3,
    )
    own = page.replace(PAGE_COVERAGE.encode(), str(facts.coverage).encode()) if marks else page
    parts, places, start = [own], [], len(own)
    for entry in reader.finished():
        line, sheets = entry_line(entry)
        parts.append(line)
        places.append([entry.standing, sheets, start, start + len(line)])
        start += len(line)
    return Made(card_of(facts, own, places), b"".join(parts))


@lru_cache(MOST_TEXTS)
def _counted(text: str, state: str) -> tuple[int, int, tuple[tuple[str, str], ...]]:
    """Return how many numbers of a text are bound and plain, and those that are neither."""
    if HAS_DIGITS.search(text) is None and (state or WORDS.search(text) is None):
        return NOTHING
    if state == "bound":
        bound = len(DIGITS.findall(RECOGNISED.sub(" ", text)))
        return bound, max(0, count_numbers(text) - bound), ()
    if state == "plain":
        return 0, count_numbers(text), ()
    unbound = unbound_numbers(text)
    around = " ".join(text.split())[:120]
    plain = max(0, count_numbers(text) - len(unbound))
    return 0, plain, tuple((number.text, around) for number in unbound)
