"""A first visit stays light: page, style and script, compressed, below 40 KB."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from evidence.problems import Problem
from evidence.finished.facts import LEVEL
from evidence.finished.site import FinishedSite

LIMIT = 40 * 1024


def check(site: FinishedSite) -> Iterator[Problem]:
    """Yield a problem for each page that is too heavy with the styles and scripts it asks for."""
    weights: dict[str, int] = {}
    for path in site.pages():
        links = [link for link in site.facts[path].links if link.endswith((".css", ".js"))]
        weight = 0
        for file in {site.target(path, link) or "" for link in links}:
            if file in site.files and file not in weights:
                weights[file] = len(gzip.compress(site.files[file], LEVEL))
            weight += weights.get(file, 0)
        weight += site.facts[path].weight
        if weight > LIMIT:
            message = f"a first visit weighs {weight / 1024:.1f} KB, and 40 KB is the limit"
            hint = "Split the page, or move a figure to a page of its own."
            yield Problem(site.place(path), "page-weight", message, hint)
