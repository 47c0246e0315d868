"""The index of a set of entries, as the library MiniSearch writes it (version 2 of its format)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

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
