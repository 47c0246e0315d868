"""Names in the order of the alphabet, cut into sheets that stay light."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from evidence.finished.words import fold

ONE_SHEET = 900  # names on one page
PIECE = 400  # names on a page when one is not enough
MARKS = re.compile(r"[^\w ]|_")


@dataclass(frozen=True)
class NamedThing:
    """A name, the kind of thing that has it, where it leads, and perhaps links to its parts."""

    name: str
    kind: str
    address: str
    note: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Letter:
    """A letter of the alphabet, or the digits and signs together."""

    id: str
    title: str


@dataclass(frozen=True)
class NameSheet:
    """Names that stand on one page: ``name`` is empty when all names do."""

    name: str
    title: str
    groups: tuple[tuple[Letter, tuple[NamedThing, ...]], ...]

    @property
    def span(self) -> str:
        """Return the first and the last name of the sheet."""
        items = self.groups[0][1]
        first, last = items[0].name, items[-1].name
        return first if first == last else f"{first} to {last}"


@cache
def order_of(name: str) -> str:
    """Return what a name is sorted by: its letters and digits, folded."""
    return MARKS.sub("", fold(name)).strip()


def letter_of(name: str) -> Letter:
    """Return the letter under which a name stands."""
    first = order_of(name)[:1]
    if "a" <= first <= "z":
        return Letter(first, first.upper())
    return Letter("digits", "0–9")


def sheets(items: list[NamedThing]) -> list[NameSheet]:
    """Return all names on one sheet, or a sheet or several for each letter when they are many."""
    letters: dict[Letter, list[NamedThing]] = defaultdict(list)
    for item in sorted(dict.fromkeys(items), key=lambda each: (order_of(each.name), each.address)):
        letters[letter_of(item.name)].append(item)
    groups = [(letter, tuple(found)) for letter, found in sorted(letters.items(), key=_first)]
    if len(items) <= ONE_SHEET:
        return [NameSheet("", "", tuple(groups))]
    return [sheet for letter, found in groups for sheet in _pieces(letter, found)]


def _first(group: tuple[Letter, list[NamedThing]]) -> str:
    return "" if group[0].id == "digits" else group[0].id


def _pieces(letter: Letter, items: tuple[NamedThing, ...]) -> list[NameSheet]:
    number = -(-len(items) // PIECE)
    size = -(-len(items) // number)
    made = []
    for position in range(number):
        name = letter.id if position == 0 else f"{letter.id}-{position + 1}"
        title = letter.title if number == 1 else f"{letter.title}, part {position + 1}"
        share = items[position * size : (position + 1) * size]
        made.append(NameSheet(name, title, ((letter, share),)))
    return made
