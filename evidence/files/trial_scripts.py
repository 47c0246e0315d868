"""The files of the explorer: facets at once, rows in parts, and orders, words and values when asked for.

All are scripts that assign to a global name, for a page opened from a folder may not fetch.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evidence.files.trial_line import VALUE_COLUMNS, Line
from evidence.files.trial_map import map_of
from evidence.finished.words import fold
from evidence.model.columns import DATE_LIKE, MARK, NUMBER, STARTS
from evidence.model.vocabularies import Vocabularies
from evidence.numbers.status import confirmed_titles, facet_titles, word_titles
from evidence.pages.trial_lists import (
    COLUMNS,
    FACETS,
    NOT_STATED,
    PART_LINES,
    Facet,
)

# What no word of a reader is looked for in
UNSEARCHED = {"enrolment", "status-as-of"}
# The orders that no facet gives, and the column of the download that gives them
SORTED_BY = {
    "name": "name",
    "id": "registry-id",
    "enrolment": "enrolment",
    "countries": "countries",
    "start": "start",
}
SAME_ID = "="
SEVERAL = {facet.name for facet in FACETS if facet.several}
ENROLMENT = next(place for place, column in enumerate(COLUMNS) if column.name == "enrolment")
# Marks that may stand around a word, here and in trials-find.js
AROUND = ".,;:()[]{}\"'!?"


def trial_scripts(words: Vocabularies, lines: Sequence[Line]) -> dict[str, bytes]:
    """Return the files of the explorer by their paths; ``lines`` are in the order of the table."""
    titles = {facet.name: titles_of(facet, used_in(facet, lines), words) for facet in FACETS}
    said = {name: _said(name, own, words) for name, own in titles.items()}
    return {
        "trials/facets.js": facets_script(lines, titles, said),
        **{
            f"trials/rows-{start // PART_LINES}.js": rows_script(
                start // PART_LINES, lines[start : start + PART_LINES], said
            )
            for start in range(0, len(lines), PART_LINES)
        },
        "trials/orders.js": _script("globalThis.trialOrders", orders(lines)),
        "trials/words.js": _script("globalThis.trialWords", found_words(lines)),
        "trials/values.js": _script("globalThis.trialValues", values(lines)),
        "trials/map.js": _script("globalThis.trialMap", map_of(words, titles["country"].keys())),
    }


def _script(name: str, content: Any) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"{name}={text};\n".encode()


# Numbers as letters: 90 of them that JSON and JavaScript write as they are, then those of Latin and on.

BASE = 90
FIRST, BACKSLASH, BEYOND = 35, 92, 0xA1


def letter(number: int) -> str:
    """Return one letter for a number; those below BASE are of one byte."""
    if number >= BASE:
        return chr(BEYOND + number - BASE)
    code = FIRST + number
    return chr(code if code < BACKSLASH else code + 1)


def digits(number: int, width: int) -> str:
    """Return a number as ``width`` letters, the highest first."""
    return "".join(letter(number // BASE**place % BASE) for place in reversed(range(width)))


# Steps from one trial to the next: one letter up to ONE, two up to TWO, else four.
ONE, TWO = 70, 88


def step(number: int) -> str:
    """Return a whole number of 0 or more in letters; the first tells how many follow."""
    if number < ONE:
        return letter(number)
    above, below = divmod(number - ONE, BASE)
    if above < TWO - ONE:
        return letter(ONE + above) + letter(below)
    return letter(TWO) + digits(number, 3)


# What trials can be narrowed by.


# By the name of a facet, each value that a trial has, in the order of their list: with its title; or with
# what the row of a trial says of it, which is nothing for what nobody says
Titles = Mapping[str, Mapping[str, str]]
Said = Mapping[str, Mapping[str, str]]


def facets_script(lines: Sequence[Line], titles: Titles, said: Said) -> bytes:
    """Return the script with how many trials there are, and what each facet says of them.

    A facet has ``ids`` and ``titles`` of its values, and in ``words`` what a row says of them where
    that differs. ``at`` holds a letter for each trial, the place of its value; an exclamation mark
    between two says that both are of one trial: of several countries, or of a class in a wider one.
    ``columns`` names for each column of the table the facet that has its words.
    """
    content = {
        "count": len(lines),
        "part": PART_LINES,
        "facets": {
            facet.name: _facet(facet, lines, titles[facet.name], said[facet.name])
            for facet in FACETS
        },
        "columns": [_facet_of(column.name) for column in COLUMNS],
    }
    return _script("globalThis.trialFacets", content)


def _facet(
    facet: Facet, lines: Sequence[Line], titles: Mapping[str, str], said: Mapping[str, str]
) -> dict[str, Any]:
    chosen = [line.chosen_of(facet.name) for line in lines]
    places = {value: letter(position) for position, value in enumerate(titles)}
    return {
        "ids": list(titles),
        "titles": list(titles.values()),
        **({"words": [said[value] for value in titles]} if said != titles else {}),
        **({"several": True} if facet.several else {}),
        "at": "".join("!".join(places[value] for value in values) for values in chosen),
    }


def used_in(facet: Facet, lines: Sequence[Line]) -> set[str]:
    """Return the values of a facet that some trial has."""
    return {value for line in lines for value in line.chosen_of(facet.name)}


def titles_of(facet: Facet, used: set[str], words: Vocabularies) -> dict[str, str]:
    """Return the titles of the values that are ``used``, in the order of their list."""
    if facet.name == "confirmed":
        return confirmed_titles(used)
    if facet.listed is None:
        titles = {value: value for value in sorted(used - {NOT_STATED}, reverse=True)}
    elif facet.name == "status":
        titles = facet_titles(used, words.statuses)
    else:
        listed = getattr(words, facet.listed)
        titles = {value: word.title for value, word in listed.items() if value in used}
    if NOT_STATED in used:
        titles.setdefault(NOT_STATED, "Not stated")
    return titles


def _said(facet: str, titles: Mapping[str, str], words: Vocabularies) -> dict[str, str]:
    plain = word_titles(words.statuses) if facet == "status" else titles
    return {value: "" if value == NOT_STATED else plain[value] for value in titles}


def _facet_of(column: str) -> str:
    return next((each.name for each in FACETS if each.field.replace("_", "-") == column), "")


# Rows of the table.


def rows_script(number: int, lines: Sequence[Line], said: Said) -> bytes:
    """Return the script with a part of the rows: what no facet says of them.

    That is: ids of pages, ids in registries, names, people and dates of statuses, each parted by line
    breaks; then the cells that a facet says otherwise, by line and column.
    """
    fields = zip(*(_row_fields(line) for line in lines), strict=True)
    facets = [
        (position, facet)
        for position, column in enumerate(COLUMNS)
        if (facet := _facet_of(column.name))
    ]
    other = {
        f"{row} {position}": line.shown[position][0]
        for row, line in enumerate(lines)
        for position, facet in facets
        if line.shown[position][0] != _derived(line, facet, said)
    }
    content = ["\n".join(field) for field in fields]
    return _script(f"(globalThis.trialParts??=[])[{number}]", [*content, other])


def _row_fields(line: Line) -> tuple[str, ...]:
    name, registry_id = str(line.value("id")), str(line.value("registry-id"))
    notes = [note for _, note in line.shown if note]
    fields = (
        name,
        SAME_ID if registry_id == name.upper() else registry_id,
        str(line.value("name")),
        line.shown[ENROLMENT][0],
        notes[0] if notes else "",
    )
    return tuple(" ".join(field.split("\n")) for field in fields)


def _derived(line: Line, facet: str, said: Said) -> str:
    """Return what a facet says of a trial in the table; the script does the same."""
    values = [said[facet][value] for value in line.chosen_of(facet)]
    return ", ".join(values) if facet in SEVERAL else values[0]


# Orders, words and values.


def orders(lines: Sequence[Line]) -> dict[str, list[Any]]:
    """Return for each order how many letters a trial has in it, and all of them; 0 is not known."""
    return {
        name: _ranks([line.value(column) for line in lines]) for name, column in SORTED_BY.items()
    }


def _ranks(column: Sequence[str | int]) -> list[Any]:
    distinct = sorted({value for value in column if value != ""}, key=natural)
    ranks = {value: rank for rank, value in enumerate(distinct, start=1)} | {"": 0}
    width = 1
    while BASE**width <= len(distinct):
        width += 1
    return [width, "".join(digits(ranks[value], width) for value in column)]


def natural(value: str | int) -> list[tuple[bool, int, str]]:
    """Return what a value is sorted by: letters without accents, and numbers by their size."""
    runs = re.split("([0-9]+)", fold(str(value)))
    return [
        (False, int(run), "") if run.isascii() and run.isdigit() else (True, 0, run)
        for run in runs
        if run
    ]


def found_words(lines: Sequence[Line]) -> list[str]:
    """Return every word of the trials, and for each the trials that have it, as steps between them."""
    standing: dict[str, list[int]] = defaultdict(list)
    for row, line in enumerate(lines):
        for word in dict.fromkeys(_words(line)):
            standing[word].append(row)
    ordered = sorted(standing)
    return ["\n".join(ordered), "\n".join(_steps(standing[word]) for word in ordered)]


def _words(line: Line) -> Iterator[str]:
    searched = [
        str(value)
        for name, value in zip(VALUE_COLUMNS, line.values, strict=True)
        if name not in UNSEARCHED
    ]
    text = fold(" ".join([*searched, line.more])).replace("-", " ")
    yield from filter(None, (word.strip(AROUND) for word in text.split()))


def _steps(rows: Sequence[int]) -> str:
    return "".join(step(row - before - 1) for before, row in zip([-1, *rows], rows, strict=False))


def values(lines: Sequence[Line]) -> dict[str, Any]:
    """Return what a selection is taken away with, and the rules of a table.

    A column whose values repeat is ``{words, at}``: the distinct values, and for each trial the place
    of its own. ``mark``, ``starts``, ``number`` and ``dates`` are those of ``evidence.model.columns``.
    """
    return {
        "mark": MARK,
        "starts": "".join(STARTS),
        "number": NUMBER.pattern,
        "dates": DATE_LIKE.pattern,
        "columns": {
            name: _encoded([line.values[position] for line in lines])
            for position, name in enumerate(VALUE_COLUMNS)
        },
    }


def _encoded(column: Sequence[str | int]) -> list[str | int] | dict[str, list[Any]]:
    """Return a column as it is, or by its distinct values where that is shorter."""
    distinct = {value: position for position, value in enumerate(dict.fromkeys(column))}
    if len(distinct) * 2 > len(column):
        return list(column)
    return {"words": list(distinct), "at": [distinct[value] for value in column]}
