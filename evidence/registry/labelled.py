"""Exports that are text of labelled lines: a study begins with its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidence.problems import Place, Problem
from evidence.registry.record import FileRead, Record, finding
from evidence.registry.shapes import TABLES
from evidence.registry.shapes.table_shape import TableShape
from evidence.registry.vocabulary import squashed

LINE = re.compile(r"(?P<label>[A-Z][\w ()*/'-]{2,60}?)\*?:(?:\s++(?P<text>.*))?")
LABELS = 3  # that a head must have in common with a shape


def shape_of(head: Iterable[str]) -> TableShape | None:
    """Return the shape of a text whose lines begin with the names of its columns, or None."""
    labels = {squashed(match["label"]) for line in head if (match := LINE.fullmatch(line.strip()))}
    for shape in TABLES:
        first = squashed(shape.columns["id"][0])
        if first in labels and len(labels & shape.spellings) >= LABELS:
            return shape
    return None


def read_labelled(
    read: FileRead, shape: TableShape, lines: Iterable[str]
) -> Iterator[Record | Problem]:
    """Yield a record for each study; what stands before the first is no study."""
    read.format, read.registry = shape.id, shape.registry
    first = squashed(shape.columns["id"][0])
    named: dict[str, str] = {}
    begins, label = 0, ""
    for number, line in enumerate(lines, start=1):
        match = LINE.fullmatch(line.strip())
        if match and squashed(match["label"]) == first:
            if begins:
                yield _record(read, shape, begins, named)
            begins, named = number, {}
        if match:
            label = match["label"].strip()
            named[label] = " | ".join(
                filter(None, (named.get(label), (match["text"] or "").strip()))
            )
        elif label and line.strip():
            named[label] = f"{named[label]} {line.strip()}".strip()
        else:
            label = ""
    if begins:
        yield _record(read, shape, begins, named)


def _record(
    read: FileRead, shape: TableShape, line: int, named: dict[str, str]
) -> Record | Problem:
    missing = shape.missing(list(named))
    if missing:
        absent = ", ".join(f"'{name}'" for name in missing)
        message = f"this study ends before {absent}"
        hint = "Download the export again; it may be cut off."
        return finding("export-whole", Place(read.file, line, 1), message, hint)
    return shape.record_of(Place(read.file, line, 1), named)
