"""The files that the search page loads: a catalogue, and the entries of each kind with an index.

They are scripts that call a function with JSON, because a browser lets a page that was opened from
a folder load scripts but not fetch files. A kind with many entries is cut into several files by a
key of the address, so that an edit makes one of them anew.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

from evidence.finished.facts import PAGE_COVERAGE, SITE_COVERAGE
from evidence.finished.site import Site
from evidence.finished.words import SPELLINGS, words
from evidence.search.index import Searched, serialised
from evidence.store import Cache, content_key
from evidence.versions import code_version

# The kinds of entry in the order in which they are shown
KINDS = ("pages", "studies", "trials", "claims", "sources", "terms")
CATALOGUE = "search/catalogue.js"
MOST = 400  # entries in one file
HEAVIEST = 500_000  # bytes of what was read off the pages in one file

Line = tuple[str, bytes, str, str]  # the page, what was read off it, coverage of page and site


def search_files(site: Site, cache: Cache) -> dict[str, bytes]:
    """Return the scripts of the search by path."""
    kinds: dict[str, list[Line]] = defaultdict(list)
    whole = str(site.coverage())
    for path in site.pages():
        facts = site.facts[path]
        own = str(site.coverage(path)) if PAGE_COVERAGE in facts.open else ""
        everywhere = whole if SITE_COVERAGE in facts.open else ""
        for kind, made in facts.entries:
            kinds[kind].append((path, made, own, everywhere))
    files: dict[str, bytes] = {}
    catalogue = []
    for kind in KINDS:
        made_here = {}
        for path, lines in _shared_out(kind, kinds[kind]):
            key = content_key(kind, code_version(), *(part for each in lines for part in each))
            make = partial(_script, kind, lines)
            made_here[path] = cache.fetch("search", key, make)
        catalogue.append([kind, len(kinds[kind]), list(made_here)])
        files |= made_here
    files[CATALOGUE] = _call("catalogue", {"kinds": catalogue, "spellings": SPELLINGS})
    return files


def _shared_out(kind: str, lines: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Yield the files of a kind with their lines; a line stays in its file when others come."""
    number, size = 1, sum(len(line[1]) for line in lines)
    while number * MOST < len(lines) or number * HEAVIEST < size:
        number *= 2
    if number == 1:
        if lines:
            yield f"search/{kind}.js", lines
        return
    shares: list[list[Line]] = [[] for _ in range(number)]
    for line in lines:
        digest = hashlib.sha256(line[0].encode()).digest()
        shares[int.from_bytes(digest[:4], "big") % number].append(line)
    for position, share in enumerate(shares, start=1):
        if share:
            yield f"search/{kind}-{position}.js", share


def _script(kind: str, lines: list[Line]) -> bytes:
    """Return the script of one file: its kind, its entries, and their index."""
    entries, searched = [], []
    for path, made, own, everywhere in lines:
        anchor, title, name, passages, counted = json.loads(made)
        if own or everywhere:
            _fill(passages, counted, {PAGE_COVERAGE: own, SITE_COVERAGE: everywhere})
        searched.append(Searched(tuple(counted)))
        entries.append([path, anchor, title, name, passages])
    return _call("part", {"kind": kind, "entries": entries, "index": serialised(searched)})


def _fill(
    passages: list[list[Any]], counted: list[dict[str, int]], coverage: dict[str, str]
) -> None:
    """Put the coverage where its mark stands in passages, and count its words."""
    for passage in passages:
        _, heading, text, around = passage
        for mark, printed in coverage.items():
            times = (heading + text).count(mark)
            heading, text = heading.replace(mark, printed), text.replace(mark, printed)
            field = counted[2 if around else 1]
            for word in words(printed) if times else ():
                field[word] = field.get(word, 0) + times
        passage[1:3] = heading, text


def _call(name: str, what: dict[str, Any]) -> bytes:
    """Return a script that hands JSON to ``evidenceSearch``: quicker to read than a literal."""
    text = json.dumps(what, ensure_ascii=False, separators=(",", ":"))
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    quoted = quoted.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"evidenceSearch.{name}(JSON.parse('{quoted}'));\n".encode()
