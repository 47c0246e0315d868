"""The script that every search loads first: what there is, what it is called, and what may be offered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

from evidence.finished.words import SPELLINGS, words
from evidence.search.lines import Numbered, SearchLine
from evidence.search.postings import call
from evidence.store import Kept, Later, Made, Store, content_key

START = "search/start.js"
SHOWN_AT_ONCE = {0, 1, 3}  # standings of entries that are shown without their sheets
TERMS = 2
ANSWER = 160  # characters of an answer that a result shows
SENTENCE_ENDS = (".", "?", "!")  # what the name of a section, above a title, does not end with
SHORTEST = 4  # letters of a word that may be typed wrongly


@dataclass(frozen=True)
class Offers:
    """The lists of trials that a search may offer.

    ``facets`` are condition, status and country: name, ids, titles; ``phrases`` say of each status
    what a trial is known to be. ``lists`` holds each condition and status that have a trial, as places in these, the number of trials, and a letter for each country.
    """

    facets: list[list[Any]]
    phrases: list[str]
    lists: list[list[Any]]


@dataclass(frozen=True)
class Leads:
    """What the words of readers may lead to, folded.

    ``synonyms`` are words, what they mean, and the paths of pages; ``languages`` a tag, words and a
    sentence. ``trials`` is the path of the explorer, if there is one.
    """

    offers: Offers
    synonyms: list[list[Any]]
    languages: list[list[Any]]
    trials: str


def start_script(numbered: Numbered, leads: Leads, store: Store) -> Kept:
    """Return the script: what is known of all entries, and the names and answers of the main ones."""
    standings = sorted(numbered.standings.items())
    ranked = [standing for standing, count in standings for _ in range(count)]
    led = {page for _, _, pages in leads.synonyms for page in pages}
    wanted = [
        (number, line)
        for number, (line, standing) in enumerate(zip(numbered.lines, ranked, strict=True))
        if standing in SHOWN_AT_ONCE or standing == TERMS or line.path in led
    ]
    known = {
        "rooms": "".join(map(str, numbered.rooms)),
        "standings": standings,
        "spellings": SPELLINGS,
        "facets": leads.offers.facets,
        "lists": leads.offers.lists,
        "phrases": leads.offers.phrases,
        "languages": leads.languages,
        "trials": leads.trials,
    }
    key = content_key([[number, line.key] for number, line in wanted])
    return store.keep(started, known, leads.synonyms, Later(key, partial(_read, wanted, ranked)))


def _read(wanted: list[tuple[int, SearchLine]], ranked: list[int]) -> list[list[Any]]:
    return [[number, ranked[number], *line.read()[:2]] for number, line in wanted]


def started(known: dict[str, Any], synonyms: list[list[Any]], lines: list[list[Any]]) -> Made:
    """Return the script that starts a search."""
    named, numbers, vocabulary = [], {}, set[str]()
    for number, standing, path, kept in lines:
        anchor, title, name, sheets = json.loads(kept)
        headings = [passage[1] for passages, _ in sheets for passage in passages if not passage[3]]
        vocabulary.update(words(" ".join([title, name, *(headings if standing != TERMS else [])])))
        if standing != TERMS and not anchor:
            numbers[path] = number
            named.append([number, path, title, name, _answer(sheets)])
    pages = [
        [own, means, [numbers[page] for page in led if page in numbers]]
        for own, means, led in synonyms
    ]
    near = sorted(word for word in vocabulary if word.isalpha() and len(word) >= SHORTEST)
    told = {**known, "synonyms": pages, "named": named, "near": " ".join(near)}
    return Made(None, call("start", told))


def _answer(sheets: list[Any]) -> str:
    """Return how a page begins: its first sentence, which is its answer, cut where it is long."""
    lines = [
        line
        for passages, _ in sheets
        for _, _, text, around in passages
        if text and not around
        for line in text.split("\n")
    ]
    first = next((line for line in lines if line.endswith(SENTENCE_ENDS)), "".join(lines[:1]))
    if len(first) <= ANSWER:
        return first
    return first[: first.rfind(" ", 0, ANSWER)] + " …"
