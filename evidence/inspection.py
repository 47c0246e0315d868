"""What can be read off a finished page: its links, ids, structure and numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from evidence.cache import Cache, content_key
from evidence.search.reading import entry_lines
from evidence.versions import code_version
from evidence.writing.numbers import DIGITS, RECOGNISED, count_numbers, unbound_numbers

BOUND_CLASSES = {"quantity"}
PLAIN_CLASSES = {"plain"}
PLAIN_TAGS = {"code", "pre"}
LINKING = {
    "a": "href",
    "link": "href",
    "script": "src",
    "img": "src",
    "source": "src",
    "use": "href",
}


@dataclass(frozen=True)
class PageFacts:
    """What one page holds. ``bound`` and ``plain`` count numbers in its text.

    ``plain`` are those marked, or recognised by rule, as carrying no evidence; ``unbound`` are
    the rest, as (number, text around it). ``entries`` is what the search needs of the page (see
    evidence/search/reading.py), kept as it was written: most runs need it only for a key.
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
    entries: bytes = b""


@dataclass
class _Count:
    bound: int = 0
    plain: int = 0
    unbound: list[tuple[str, str]] = field(default_factory=list)


def inspect(page: bytes, cache: Cache) -> PageFacts:
    """Return the facts of a page; the same bytes are read once and remembered."""
    key = content_key(page, code_version())
    kept = cache.fetch("inspection", key, lambda: _facts_bytes(page))
    facts, _, entries = kept.partition(b"\n")
    fields = json.loads(facts)
    lists = {name: value for name, value in fields.items() if isinstance(value, list)}
    tuples = {
        name: tuple(tuple(item) if isinstance(item, list) else item for item in value)
        for name, value in lists.items()
    }
    return PageFacts(**{**fields, **tuples, "entries": entries})


def _facts_bytes(page: bytes) -> bytes:
    fields = asdict(read_facts(page))
    entries: bytes = fields.pop("entries")
    return json.dumps(fields).encode() + b"\n" + entries


def read_facts(page: bytes) -> PageFacts:
    """Read the facts off a page."""
    from lxml import html  # noqa: PLC0415 - loaded only when a page has changed

    parser = html.HTMLParser(encoding="utf-8")
    tree = html.document_fromstring(page, parser=parser)
    count = _Count()
    for main in tree.iter("main"):
        _count(main, "", count)
    links = [
        str(element.get(attribute))
        for tag, attribute in LINKING.items()
        for element in tree.iter(tag)
        if element.get(attribute) is not None
    ]
    return PageFacts(
        ids=tuple(str(each) for each in tree.xpath("//@id")),
        links=tuple(links),
        outside=tuple(_requests(tree)),
        pictures_without_text=tuple(_silent_pictures(tree)),
        inline_code=tuple(_inline_code(tree)),
        first_headings=len(list(tree.iter("h1"))),
        titles=len(tree.xpath("/html/head/title[normalize-space()]")),
        language=str(tree.get("lang") or ""),
        bound=count.bound,
        plain=count.plain,
        unbound=tuple(count.unbound),
        entries=entry_lines(tree),
    )


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


def _inline_code(tree: Any) -> Iterator[str]:
    for element in tree.iter("script"):
        if not element.get("src"):
            yield "a script inside the page"
    for _ in tree.iter("style"):
        yield "a style element inside the page"
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.items():
            if name == "style" or name.startswith("on"):
                yield f"the attribute {name} on <{element.tag}>"
            elif value.strip().lower().startswith("javascript:"):
                yield f"a javascript: address on <{element.tag}>"


def _count(element: Any, state: str, count: _Count) -> None:
    if not isinstance(element.tag, str) or element.get("data-uncounted") is not None:
        return
    classes = set((element.get("class") or "").split())
    if element.get("data-bound") is not None or classes & BOUND_CLASSES:
        state = "bound"
    elif not state and (
        element.tag in PLAIN_TAGS
        or element.get("data-plain") is not None
        or classes & PLAIN_CLASSES
    ):
        state = "plain"
    _count_text(element.text or "", state, count)
    for child in element:
        _count(child, state, count)
        _count_text(child.tail or "", state, count)


def _count_text(text: str, state: str, count: _Count) -> None:
    if not any(letter.isdigit() for letter in text) and state:
        return
    if state == "bound":
        evidence = RECOGNISED.sub(" ", text)
        bound = len(DIGITS.findall(evidence))
        count.bound += bound
        count.plain += max(0, count_numbers(text) - bound)
    elif state == "plain":
        count.plain += count_numbers(text)
    else:
        found = unbound_numbers(text)
        count.plain += max(0, count_numbers(text) - len(found))
        around = " ".join(text.split())
        count.unbound += [(number.text, around[:120]) for number in found]
