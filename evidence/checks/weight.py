"""A first visit stays light: page, style and script, compressed, below 40 KB."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from evidence.problems import Place, Problem
from evidence.site import Site

LIMIT = 40 * 1024
LEVEL = 6


def check(site: Site) -> Iterator[Problem]:
    """Yield a problem for each page that is too heavy."""
    shared = sum(
        len(gzip.compress(raw, LEVEL))
        for path, raw in site.files.items()
        if path in {"static/site.css", "static/site.js"}
    )
    for path in site.pages():
        raw = site.files[path]
        if len(raw) // 3 + shared < LIMIT:  # text shrinks at least threefold: no need to measure
            continue
        weight = len(gzip.compress(raw, LEVEL)) + shared
        if weight > LIMIT:
            message = f"a first visit weighs {weight / 1024:.1f} KB, and 40 KB is the limit"
            hint = "Split the page, or move a figure to a page of its own."
            yield Problem(Place(path), "page-weight", message, hint)
