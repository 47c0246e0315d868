"""The files that the search page loads: a catalogue, and the entries of each kind with an index."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from evidence.finished.facts import PAGE_COVERAGE, SITE_COVERAGE
from evidence.finished.file import File
from evidence.finished.site import FinishedSite
from evidence.finished.words import SPELLINGS, words
from evidence.store import Kept, Later, Made, Store, content_key, place_in

# The index of a set of entries, as the library MiniSearch writes it (version 2 of its format).

FIELDS = ("title", "text", "around")
VERSION = 2


@dataclass(frozen=True)
class Searched:
    """What is indexed of one entry: for each of FIELDS, how often each word stands in it."""

    fields: tuple[dict[str, int], ...]


def serialised(entries: list[Searched]) -> dict[str, Any]:
    """Return the index of ``entries``, whose ids are their positions, ready to be JSON.

    The length of a field is its number of different words, as MiniSearch counts it; averages are
    running averages in its order, so that both give the same numbers to the last bit.
    """
    postings: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    lengths: dict[str, list[int]] = {}
    averages = [0.0] * len(FIELDS)
    for position, entry in enumerate(entries):
        name = str(position)
        lengths[name] = [len(field) for field in entry.fields]
        for number, counted in enumerate(entry.fields):
            averages[number] = (averages[number] * position + len(counted)) / (position + 1)
            field = str(number)
            for word, times in counted.items():
                postings[word].setdefault(field, {})[name] = times
    positions = range(len(entries))
    return {
        "documentCount": len(entries),
        "nextId": len(entries),
        "documentIds": {str(position): position for position in positions},
        "fieldIds": {field: number for number, field in enumerate(FIELDS)},
        "fieldLength": lengths,
        "averageFieldLength": averages,
        "storedFields": {},
        "dirtCount": 0,
        "index": sorted(postings.items()),
        "serializationVersion": VERSION,
    }


# The files that the search page loads: a catalogue, and the entries of each kind with an index.
#
# They are scripts that call a function with JSON, because a browser lets a page that was opened from
# a folder load scripts but not fetch files. A kind with many entries is cut into several files by a
# key of the address, so that an edit makes one of them anew.

# The kinds of entry in the order in which they are shown
KINDS = ("pages", "studies", "trials", "claims", "sources", "terms")
CATALOGUE = "search/catalogue.js"
MOST = 400  # entries in one file
HEAVIEST = 500_000  # bytes of what was read off the pages in one file


@dataclass(frozen=True)
class SearchLine:
    """An entry of the search: its page, and where it stands in what was kept of that page.

    ``digest`` is the page's SHA-256: what was read off the page follows from it. ``own`` and
    ``everywhere`` are the coverage of page and site where their marks stand in it.
    """

    path: str
    page: Kept
    digest: str
    start: int
    end: int
    own: str
    everywhere: str

    @property
    def key(self) -> list[Any]:
        """Return all that the line depends on."""
        return [self.path, self.digest, self.start, self.end, self.own, self.everywhere]


def search_files(site: FinishedSite, store: Store) -> dict[str, File | bytes]:
    """Return the scripts of the search by path."""
    kinds = _lines(site)
    files: dict[str, File | bytes] = {}
    catalogue = []
    for kind in KINDS:
        made_here: dict[str, File | bytes] = {}
        for path, lines in _shared_out(kind, kinds[kind]):
            later = Later(content_key([line.key for line in lines]), partial(_read, lines))
            kept = store.keep(part_script, kind, later)
            made_here[path] = File(kept.digest, kept.body)
        catalogue.append([kind, len(kinds[kind]), list(made_here)])
        files |= made_here
    files[CATALOGUE] = _call("catalogue", {"kinds": catalogue, "spellings": SPELLINGS})
    return files


def _lines(site: FinishedSite) -> dict[str, list[SearchLine]]:
    """Return the entries of all pages by their kind."""
    kinds: dict[str, list[SearchLine]] = defaultdict(list)
    whole = str(site.coverage())
    for path in site.pages():
        facts = site.facts[path]
        own = str(facts.coverage) if PAGE_COVERAGE in facts.open else ""
        everywhere = whole if SITE_COVERAGE in facts.open else ""
        for entry in facts.entries:
            line = SearchLine(
                path, site.kept[path], facts.digest, entry.start, entry.end, own, everywhere
            )
            kinds[entry.kind].append(line)
    return kinds


def _read(lines: list[SearchLine]) -> list[tuple[str, str, str, str]]:
    """Return of each line its page, what was read off it, and the coverage of page and site."""
    return [
        (line.path, line.page.part(line.start, line.end).decode(), line.own, line.everywhere)
        for line in lines
    ]


def _shared_out(kind: str, lines: list[SearchLine]) -> Iterator[tuple[str, list[SearchLine]]]:
    """Yield the files of a kind with their lines; a line stays in its file when others come."""
    number, size = 1, sum(line.end - line.start for line in lines)
    while number * MOST < len(lines) or number * HEAVIEST < size:
        number *= 2
    if number == 1:
        if lines:
            yield f"search/{kind}.js", lines
        return
    shares: list[list[SearchLine]] = [[] for _ in range(number)]
    for line in lines:
        shares[place_in(line.path, number)].append(line)
    for position, share in enumerate(shares, start=1):
        if share:
            yield f"search/{kind}-{position}.js", share


def part_script(kind: str, lines: list[tuple[str, str, str, str]]) -> Made:
    """Return the script of one file: its kind, its entries, and their index."""
    entries, searched = [], []
    for path, line, own, everywhere in lines:
        anchor, title, name, passages, counted = json.loads(line)
        if own or everywhere:
            _fill(passages, counted, {PAGE_COVERAGE: own, SITE_COVERAGE: everywhere})
        searched.append(Searched(tuple(counted)))
        entries.append([path, anchor, title, name, passages])
    script = _call("part", {"kind": kind, "entries": entries, "index": serialised(searched)})
    return Made(None, script)


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
