"""Exports in JSON: which shape its studies are of, and a record for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from evidence.problems import Place, Problem
from evidence.registry.json_text import JsonError, StudyFound, json_text
from evidence.registry.record import FileRead, Record, finding
from evidence.registry.shapes import OBJECTS
from evidence.registry.shapes.object_shape import ObjectShape

SAMPLE = "A study is an object with 'protocolSection'; a page holds a list 'studies'."
# What a page says of how many studies there are in all, and that another page follows
TOTALS = ("totalCount", "NStudiesFound")
NEXT = "nextPageToken"


def read_objects(read: FileRead, pieces: Iterable[str]) -> Iterator[Record | Problem]:
    """Yield a record for each study in JSON: of one study, a page, a list, or a study on each line."""
    text = json_text(pieces)
    count = 0
    whole = True
    try:
        for found in text.studies():
            count += 1
            yield _record(read, found)
    except JsonError as error:
        whole = False
        yield _unreadable(read.file, error)
    if not count and whole:
        message, hint = "this export holds no study", "The search may have found nothing."
        yield finding("file-not-empty", Place(read.file, 1, 1), message, hint)
    yield from _missing_pages(read.file, text.pages, count)


def _record(read: FileRead, found: StudyFound) -> Record | Problem:
    place = Place(read.file, found.line, found.column)
    shape = next((shape for shape in OBJECTS if shape.fits(found.content)), None)
    if shape is None:
        return _unknown(found, place)
    _note(read, shape)
    return shape.record(place, found.content)


def _note(read: FileRead, shape: ObjectShape) -> None:
    read.format = read.format or shape.id
    read.registry = read.registry or shape.registry


def _unknown(found: StudyFound, place: Place) -> Problem:
    keys = list(found.content)[:5] if isinstance(found.content, dict) else []
    named = ", ".join(f"'{key[:20]}'" for key in keys)
    message = (
        f"this JSON is not an export that is known{f': its keys are {named}' if named else ''}"
    )
    return finding("export-known", place, message, SAMPLE)


def _unreadable(file: str, error: JsonError) -> Problem:
    place = Place(file, error.line, error.column)
    if error.ends:
        hint = "Download the export again; it is cut off."
        return finding("export-whole", place, "the file ends before its JSON does", hint)
    message = f"this JSON cannot be read: {error}"
    return finding("export-row", place, message, "Download the export again.")


def _missing_pages(file: str, pages: Sequence[Mapping[str, Any]], count: int) -> Iterator[Problem]:
    """Yield the problem that pages are missing, since counts of a part would be wrong."""
    totals = [page[key] for page in pages for key in TOTALS if isinstance(page.get(key), int)]
    if totals and totals[0] > count:
        message = f"this page is one of several: it holds {count} of {totals[0]} studies"
    elif pages and all(page.get(NEXT) for page in pages):
        message = f"this page says that another follows ('{NEXT}')"
    else:
        return
    hint = "Fetch every page, and put their studies together in one list or one a line."
    yield finding("export-whole", Place(file, 1, 1), message, hint)
