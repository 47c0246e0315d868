"""What a first visit weighs by kind of page: the page, its styles and its scripts, each compressed."""

from __future__ import annotations

import gzip
import posixpath
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import html

from tests.browser.visiting import KIND
from tools.audit.table import Row

LEVEL = 6  # of compression, as hosts have it
KB = 1024
BARS = {"topic": 40, "plain": 20}  # in KB; the other kinds have the build's own limit
LIMIT = 40


@cache
def compressed(file: Path) -> int:
    """Return how many bytes a file has when it is compressed."""
    return len(gzip.compress(file.read_bytes(), LEVEL))


def first_visit(site: Path, path: str) -> int:
    """Return the bytes of a page with the styles and scripts that it asks for, whoever asks first."""
    file = site / path
    tree: Any = html.document_fromstring(file.read_bytes())
    asked = [*tree.xpath("//link[@rel='stylesheet']/@href"), *tree.xpath("//script/@src")]
    folder = posixpath.dirname(path)
    files = {site / posixpath.normpath(posixpath.join(folder, each)) for each in asked}
    return compressed(file) + sum(compressed(each) for each in files if each.is_file())


def rows(site: Path) -> Iterator[Row]:
    """Yield the heaviest first visit of each kind of page, in KB."""
    heaviest: dict[str, tuple[int, str, int]] = {}
    for file in sorted(site.rglob("*.html")):
        found = KIND.search(file.read_bytes())
        if found is None:
            continue
        kind, path = found.group(1).decode(), file.relative_to(site).as_posix()
        weight = first_visit(site, path)
        most, where, count = heaviest.get(kind, (0, path, 0))
        heaviest[kind] = (weight, path, count + 1) if weight > most else (most, where, count + 1)
    for kind, (weight, path, count) in sorted(heaviest.items()):
        bar = BARS.get(kind, LIMIT)
        found_words = f"{weight / KB:.1f} KB at most, of {count:,}"
        yield Row(f"first visit, {kind}", path, found_words, f"{bar} KB", weight <= bar * KB)
