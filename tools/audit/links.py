"""Every link of every page, followed on a server: it leads to a file, and its anchor to an element."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import html

from evidence.finished.site import NOT_FOUND
from tools.audit.answers import Host
from tools.audit.table import Row

LINKING = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("iframe", "src"), ("form", "action"))  # fmt: skip


@dataclass(frozen=True)
class PageLinks:
    """The links of a page that lead into the site, as (path, anchor), and the ids that it has."""

    links: frozenset[tuple[str, str]]
    ids: frozenset[str]


def read_links(path: str, raw: bytes) -> PageLinks:
    """Return the links and ids of a page at ``path`` of a site."""
    tree: Any = html.document_fromstring(raw)
    found = set()
    for tag, attribute in LINKING:
        for element in tree.iter(tag):
            target = _inside(path, element.get(attribute) or "")
            if target is not None:
                found.add(target)
    return PageLinks(frozenset(found), frozenset(tree.xpath("//@id")))


def _inside(path: str, link: str) -> tuple[str, str] | None:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
        return None
    if not parts.path:
        return path, unquote(parts.fragment)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    return target + ("/" if parts.path.endswith("/") else ""), unquote(parts.fragment)


def crawl(host: Host, site: Path, where: str) -> Iterator[Row]:
    """Yield whether all links of the pages of ``site`` lead somewhere when ``host`` is asked for them."""
    pages = sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    read: dict[str, PageLinks] = {}
    status: dict[str, int] = {}
    for path in pages:
        answer = host.ask(path, Accept_Encoding="gzip")
        status[path] = answer.status
        if (
            path != NOT_FOUND
        ):  # its links are right from where it is shown, which the browser tests see
            read[path] = read_links(path, answer.text)
    wrong, links = [], 0
    asked: dict[str, list[str]] = defaultdict(list)
    for path, own in read.items():
        for target, anchor in own.links:
            links += 1
            asked[target].append(path)
            if anchor and target in read and anchor not in read[target].ids:
                wrong.append(f"{path}: {target}#{anchor}")
    for target, pages_of in asked.items():
        if target not in status:
            status[target] = host.ask(target).status
        if status[target] != 200:
            wrong.append(f"{pages_of[0]}: {target} ({status[target]})")
    yield Row.count("links that lead nowhere", where, wrong, f"{links:,} of {len(pages):,} pages")
