"""What can be read off a finished page: its links, ids, structure and numbers."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache as remembered
from functools import lru_cache
from typing import Any

from evidence.finished.entries import entry_lines
from evidence.prose.numbers import DIGITS, RECOGNISED, count_numbers, unbound_numbers
from evidence.store import Cache, content_key
from evidence.versions import code_version

BOUND_CLASSES = {"quantity"}
PLAIN_CLASSES = {"plain"}
PLAIN_TAGS = {"code", "pre"}
# Where links stand, in XPath
LINKING = (
    "//a/@href",
    "//link/@href",
    "//script/@src",
    "//img/@src",
    "//source/@src",
    "//use/@href",
)
# What a page in small letters has somewhere if an attribute of it holds code: few have, and only
# they are looked at element by element. "javascript:" may be written with character references.
# Each begins with plain letters, because that is found ten times sooner.
SUSPECT = tuple(map(re.compile, (rb"style\s*=", rb"on[^\s=>\"']*\s*=", rb"javascript", rb"&#")))
# Stand in a page for its own and the site's coverage until the finished pages are counted
PAGE_COVERAGE = "\ue010"
SITE_COVERAGE = "\ue011"
# Different texts of which the count is remembered; most texts of a page stand on others too
MOST_TEXTS = 5000


@dataclass(frozen=True)
class PageFacts:
    """What one page holds. ``bound`` and ``plain`` count numbers in its text.

    ``plain`` are those marked, or recognised by rule, as carrying no evidence; ``unbound`` are
    the rest, as (number, text around it). ``open`` are the marks of coverage that stand in the page
    until all pages are counted. ``outline`` is a content key of the ids and the links. ``entries`` is what the search needs of the page: kinds, and what
    evidence/finished/entries.py wrote of each, for most runs need it only for a key.
    """

    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    pictures_without_text: tuple[str, ...] = ()
    inline_code: tuple[str, ...] = ()
    first_headings: int = 0
    titles: int = 0
    language: str = ""
    bound: int = 0
    plain: int = 0
    unbound: tuple[tuple[str, str], ...] = ()
    open: tuple[str, ...] = ()
    outline: str = ""
    entries: tuple[tuple[str, bytes], ...] = ()


@dataclass
class _Count:
    bound: int = 0
    plain: int = 0
    unbound: list[tuple[str, str]] = field(default_factory=list)


def inspect(page: bytes, cache: Cache) -> PageFacts:
    """Return the facts of a page; the same bytes are read once and remembered."""
    key = content_key(page, code_version())
    kept = cache.fetch("inspection", key, lambda: pickle.dumps(read_facts(page)))
    facts: PageFacts = pickle.loads(kept)  # noqa: S301 - written by this program alone
    return facts


def read_facts(page: bytes) -> PageFacts:
    """Read the facts off a page."""
    from lxml import etree  # noqa: PLC0415 - loaded only when a page has changed

    tree: Any = etree.fromstring(page, etree.HTMLParser(encoding="utf-8"))
    if tree is None:  # a template that writes nothing: the check of the structure says so
        return PageFacts()
    count = _Count()
    for main in tree.iter("main"):
        _count(main, "", count)
    ids = tuple(_path("//@id")(tree))
    links = tuple(link for path in LINKING for link in _path(path)(tree))
    return PageFacts(
        ids=ids,
        links=links,
        outside=tuple(_requests(tree)),
        pictures_without_text=tuple(_silent_pictures(tree)),
        inline_code=tuple(_inline_code(tree, page)),
        first_headings=len(list(tree.iter("h1"))),
        titles=len(_path("/html/head/title[normalize-space()]")(tree)),
        language=str(tree.get("lang") or ""),
        bound=count.bound,
        plain=count.plain,
        unbound=tuple(count.unbound),
        open=tuple(mark for mark in (PAGE_COVERAGE, SITE_COVERAGE) if mark.encode() in page),
        outline=content_key(ids, links),
        entries=entry_lines(tree),
    )


@remembered
def _path(expression: str) -> Callable[[Any], list[Any]]:
    """Return what finds an XPath in a page: read once, and with plain text for its results."""
    from lxml import etree  # noqa: PLC0415

    return etree.XPath(expression, smart_strings=False)


def _requests(tree: Any) -> Iterator[str]:
    """Yield addresses on other hosts that the browser would ask by itself."""
    for element in tree.iter("script", "img", "source", "link", "iframe", "object", "embed"):
        address = element.get("src") or element.get("href") or element.get("data") or ""
        fetched = element.tag != "link" or "canonical" not in (element.get("rel") or "")
        if fetched and ("//" in address or address.startswith("data:text")):
            yield address


def _silent_pictures(tree: Any) -> Iterator[str]:
    for element in tree.iter("img", "svg"):
        hidden = element.get("aria-hidden") == "true" or element.get("alt") == ""
        named = element.get("alt") or element.get("aria-label") or element.get("aria-labelledby")
        if not hidden and not (named and named.strip()):
            yield element.get("src") or element.get("class") or element.tag


def _inline_code(tree: Any, page: bytes) -> Iterator[str]:
    for element in tree.iter("script"):
        if not element.get("src"):
            yield "a script inside the page"
    for _ in tree.iter("style"):
        yield "a style element inside the page"
    small = page.lower()
    suspect = any(pattern.search(small) for pattern in SUSPECT)
    for element in tree.iter("*") if suspect else ():
        for name, value in element.items():
            if name == "style" or name.startswith("on"):
                yield f"the attribute {name} on <{element.tag}>"
            elif value.strip().lower().startswith("javascript:"):
                yield f"a javascript: address on <{element.tag}>"


def _count(element: Any, state: str, count: _Count) -> None:
    if not isinstance(element.tag, str):
        return
    attributes = dict(element.items())
    if "data-uncounted" in attributes:
        return
    classes = set(attributes.get("class", "").split())
    if "data-bound" in attributes or classes & BOUND_CLASSES:
        state = "bound"
    elif not state and (
        element.tag in PLAIN_TAGS or "data-plain" in attributes or classes & PLAIN_CLASSES
    ):
        state = "plain"
    _add(element.text, state, count)
    for child in element:
        _count(child, state, count)
        _add(child.tail, state, count)


def _add(text: str | None, state: str, count: _Count) -> None:
    if text and not text.isspace():
        bound, plain, unbound = _counted(text, state)
        count.bound += bound
        count.plain += plain
        count.unbound += unbound


@lru_cache(MOST_TEXTS)
def _counted(text: str, state: str) -> tuple[int, int, tuple[tuple[str, str], ...]]:
    """Return how many numbers of a text are bound and plain, and those that are neither."""
    if state and not any(letter.isdigit() for letter in text):
        return 0, 0, ()
    if state == "bound":
        bound = len(DIGITS.findall(RECOGNISED.sub(" ", text)))
        return bound, max(0, count_numbers(text) - bound), ()
    if state == "plain":
        return 0, count_numbers(text), ()
    found = unbound_numbers(text)
    around = " ".join(text.split())[:120]
    plain = max(0, count_numbers(text) - len(found))
    return 0, plain, tuple((number.text, around) for number in found)
