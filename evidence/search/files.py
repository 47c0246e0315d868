"""The files of the search: where it starts, the words by their first letters, and the sheets to show.

They are scripts that call a function with JSON, because a browser lets a page that was opened from
a folder load scripts but not fetch files. A query loads the start, the files of its words, and the
sheets of what it shows; what that weighs hardly depends on how large the site is.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import Any

from pydantic_core import from_json, to_json

from evidence.finished.entries import NAME, ONCE, weights
from evidence.finished.facts import PAGE_COVERAGE, SITE_COVERAGE
from evidence.finished.file import File
from evidence.finished.site import FinishedSite
from evidence.finished.words import other_spelling
from evidence.search.lines import Numbered, SearchLine
from evidence.search.postings import call, file_of, group_of, shared_out, table_of, written
from evidence.search.start import START, Leads, start_script
from evidence.store import Kept, Later, Made, Store, content_key, joined, packs

PACK = 64  # pages whose words are gathered together
TOGETHER = 4  # sheets in a file
ASKING = "static/asking.js"


def search_files(
    site: FinishedSite, leads: Leads, asking: bytes, store: Store
) -> dict[str, File | bytes]:
    """Return the scripts of the search by path.

    ``asking`` is the script that asks for words before all others have come; it gets the table of
    their files.
    """
    numbered = Numbered.of(site)
    files = _words(numbered, store)
    start = start_script(numbered, leads, store)
    by_path: dict[str, File | bytes] = {file_of(prefix): file for prefix, file in files.items()}
    if asking:
        by_path[ASKING] = asking + b"\n" + call("table", table_of(files))
    return {START: File(start.digest, start.body)} | by_path | _sheets(numbered, store)


# --- Words ---


def _words(numbered: Numbered, store: Store) -> dict[str, File]:
    """Return the files of the words by what their words begin with."""
    tasks = []
    for group, parts in sorted(_gathered(numbered, store).items()):
        key = content_key([[first, piece.key] for first, piece in parts])
        tasks.append((group, Later(key, partial(_fetched, parts))))
    return {
        prefix: File(digest, partial(kept.part, start, end))
        for kept in store.keep_all(words_files, tasks)
        for prefix, (start, end, digest) in kept.card.items()
    }


def _gathered(numbered: Numbered, store: Store) -> dict[str, list[tuple[list[int], Later]]]:
    """Return for each group of words what each pack of pages has of it, and the pack's first sheets."""
    by_page: dict[str, list[SearchLine]] = defaultdict(list)
    for line in numbered.lines:
        by_page[line.path].append(line)
    values, firsts = [], []
    for names in packs(list(by_page), PACK):
        lines = [line for name in names for line in by_page[name]]
        values.append((Later(content_key([line.key for line in lines]), partial(_read, lines)),))
        firsts.append([line.first for line in lines])
    pieces: dict[str, list[tuple[list[int], Later]]] = defaultdict(list)
    for kept, first in zip(store.keep_all(words_of_pages, values), firsts, strict=True):
        body = WholeBody(kept)
        for group, (start, end, digest) in kept.card.items():
            pieces[group].append((first, Later(digest, partial(body.part, start, end))))
    return pieces


@dataclass
class WholeBody:
    """What was kept of a pack; its body is read once, for hundreds ask for a part of it."""

    kept: Kept
    body: bytes = b""

    def part(self, start: int, end: int) -> bytes:
        """Return what stands in the body from ``start`` to before ``end``."""
        self.body = self.body or self.kept.body()
        return self.body[start:end]


def _read(lines: list[SearchLine]) -> list[list[Any]]:
    return [line.read() for line in lines]


def _fetched(parts: list[tuple[list[int], Later]]) -> list[tuple[list[int], bytes]]:
    return [(first, piece.fetch()) for first, piece in parts]


def words_of_pages(lines: list[list[Any]]) -> Made:
    """Return the words of some pages by group, as JSON: for each word its (line, sheet, weight)."""
    groups: dict[str, dict[str, list[tuple[int, int, int]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for position, (path, kept, own, everywhere) in enumerate(lines):
        anchor, _, _, sheets = _filled(kept, own, everywhere)
        stem = path.rpartition("/")[2].removesuffix(".html")
        for number, (_, weighed) in enumerate(sheets):
            for word, weight in weighed.items():
                groups[group_of(word)][word].append((position, number, weight))
        # A page is found by the name of its file first of all
        for word in (stem, other_spelling(stem)) if not anchor else ():
            if word:
                listed = groups[group_of(word)][word]
                listed[:] = [told for told in listed if told[:2] != (position, 0)]
                listed.append((position, 0, NAME))
    return joined({group: to_json(found) for group, found in sorted(groups.items())})


def words_files(group: str, pieces: list[tuple[list[int], bytes]]) -> Made:
    """Return the files of one group of words, from what each pack of pages has of it."""
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for firsts, piece in pieces:
        for word, found in from_json(piece).items():
            listed = postings[word]
            listed += [(firsts[line] + sheet, weight) for line, sheet, weight in found]
    lines = [f"{word} {written(sorted(found))}" for word, found in sorted(postings.items())]
    files = shared_out(group, lines)
    return joined({prefix: call("part", prefix, "\n".join(part)) for prefix, part in files})


# --- Sheets ---


def _sheets(numbered: Numbered, store: Store) -> dict[str, File | bytes]:
    """Return the files of the sheets: each has some that follow each other, with their entries."""
    held: dict[int, list[SearchLine]] = defaultdict(list)
    for line, room in zip(numbered.lines, numbered.rooms, strict=True):
        for number in range(line.first // TOGETHER, (line.first + (1 << room) - 1) // TOGETHER + 1):
            held[number].append(line)
    tasks = []
    for number, lines in held.items():
        key = content_key([[line.key, line.first] for line in lines])
        tasks.append((number, Later(key, partial(_with_first, lines))))
    made = zip(held, store.keep_all(sheets_script, tasks), strict=True)
    return {f"search/sheets-{number}.js": File(kept.digest, kept.body) for number, kept in made}


def _with_first(lines: list[SearchLine]) -> list[list[Any]]:
    return [[*line.read(), line.first] for line in lines]


def sheets_script(number: int, lines: list[list[Any]]) -> Made:
    """Return the script of one file: path, anchor, title, name and passages of each of its sheets."""
    places: list[Any] = [0] * TOGETHER
    for path, kept, own, everywhere, first in lines:
        anchor, title, name, sheets = _filled(kept, own, everywhere)
        for position, (passages, _) in enumerate(sheets):
            place = first + position - number * TOGETHER
            if 0 <= place < TOGETHER:
                places[place] = [path, anchor, title, name, passages]
    return Made(None, call("sheets", number, places))


def _filled(kept: str, own: str, everywhere: str) -> list[Any]:
    """Return a line with the coverage of page and site where its marks stand, and their words."""
    line: list[Any] = json.loads(kept)
    marks = {
        mark: told for mark, told in ((PAGE_COVERAGE, own), (SITE_COVERAGE, everywhere)) if told
    }
    for sheet in line[3] if marks else ():
        passages, weighed = sheet
        for passage in passages:
            for mark, told in marks.items():
                if mark in passage[1] + passage[2]:
                    passage[1:3] = (text.replace(mark, told) for text in passage[1:3])
                    for word in weights([("", "", told, passage[3])]):
                        weighed.setdefault(word, ONCE)
    return line
