"""A first visit stays light: page, style and script, compressed, below 40 KB."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from evidence.store import Cache, content_key
from evidence.problems import Problem
from evidence.finished.site import Site

LIMIT = 40 * 1024
LEVEL = 6


def check(site: Site, cache: Cache) -> Iterator[Problem]:
    """Yield a problem for each page that is too heavy with the styles and scripts it asks for."""
    weights: dict[str, int] = {}
    for path in site.pages():
        links = [link for link in site.facts[path].links if link.endswith((".css", ".js"))]
        weight = 0
        for file in {site.target(path, link) for link in links}:
            if file in site.files and file not in weights:
                weights[file] = _weight(site.files[file], cache)
            weight += weights.get(file or "", 0)
        raw = site.files[path]
        if len(raw) // 3 + weight < LIMIT:  # text shrinks at least threefold: no need to measure
            continue
        weight += _weight(raw, cache)
        if weight > LIMIT:
            message = f"a first visit weighs {weight / 1024:.1f} KB, and 40 KB is the limit"
            hint = "Split the page, or move a figure to a page of its own."
            yield Problem(site.place(path), "page-weight", message, hint)


def _weight(raw: bytes, cache: Cache) -> int:
    def made() -> bytes:
        return str(len(gzip.compress(raw, LEVEL))).encode()

    return int(cache.fetch("checks", content_key("weight", LEVEL, raw), made))
