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
    for named in sorted(
        dict.fromkeys(items), key=lambda named: (order_of(named.name), named.address)
    ):
        letters[letter_of(named.name)].append(named)
    groups = [(letter, tuple(names)) for letter, names in sorted(letters.items(), key=_first)]
    if len(items) <= ONE_SHEET:
        return [NameSheet("", "", tuple(groups))]
    return [sheet for letter, names in groups for sheet in _pieces(letter, names)]


def _first(group: tuple[Letter, list[NamedThing]]) -> str:
    return "" if group[0].id == "digits" else group[0].id


def _pieces(letter: Letter, items: tuple[NamedThing, ...]) -> list[NameSheet]:
    number = -(-len(items) // PIECE)
    size = -(-len(items) // number)
    pieces = []
    for position in range(number):
        name = letter.id if position == 0 else f"{letter.id}-{position + 1}"
        title = letter.title if number == 1 else f"{letter.title}, part {position + 1}"
        share = items[position * size : (position + 1) * size]
        pieces.append(NameSheet(name, title, ((letter, share),)))
    return pieces
