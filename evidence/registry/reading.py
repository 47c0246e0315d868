"""From the bytes of one file to records, by what the file holds and never by its name."""

from __future__ import annotations

import codecs

from evidence.problems import Place, Problem
from evidence.read.limits import HIDDEN
from evidence.registry.csv_export import PORTAL, ExportKind, read_rows, recognise
from evidence.registry.json_studies import read_json
from evidence.registry.record import FileRead, Record, finding
from evidence.registry.vocabulary import last_part, listed

# From bytes to text: an export is UTF-8, and anything else is named for what it looks like.

PACKED = {b"PK": "a ZIP archive or a spreadsheet", b"\x1f\x8b": "a gzip archive"}
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(file: str, raw: bytes) -> tuple[str, Problem | None]:
    """Return the text of ``raw``, or a problem that says what the file looks like."""
    if not raw.strip(b" \t\r\n\x00" + codecs.BOM_UTF8):
        hint = "Download the export again; the search may have found nothing."
        return "", finding("file-not-empty", Place(file, 1, 1), "this file is empty", hint)
    for start, looks_like in PACKED.items():
        if raw.startswith(start):
            return "", _encoding(file, raw, 0, looks_like, "Unpack it, or save it as CSV in UTF-8.")
    if raw.startswith(UTF_16) or b"\x00" in raw[:4096]:
        return "", _encoding(file, raw, max(raw.find(b"\x00"), 0), "UTF-16")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", _encoding(file, raw, error.start, "Latin-1 (Windows-1252)")
    if "\x00" in text:
        return "", _encoding(file, raw, raw.index(b"\x00"), "a file that is not plain text")
    return HIDDEN.sub(" ", text), None  # records hold stray ones, which no file of ours may hold


def _encoding(
    file: str,
    raw: bytes,
    start: int,
    looks_like: str,
    hint: str = "Save the file again with the encoding UTF-8.",
) -> Problem:
    line = raw.count(b"\n", 0, start) + 1
    column = start - (raw.rfind(b"\n", 0, start) + 1) + 1
    message = f"this file is not text in UTF-8; it looks like {looks_like}"
    return finding("file-encoding", Place(file, line, column), message, hint)


# From one file to records, by what the file holds and never by its name.


def read_export(file: str, raw: bytes) -> FileRead:
    """Read the bytes of one export; ``file`` is its name in problems."""
    text, problem = decode(file, raw)
    if problem:
        return FileRead(file, problems=[problem])
    if text.lstrip()[:1] in {"{", "["}:
        return read_json(file, text)
    return _read_csv(file, text)


def _read_csv(file: str, text: str) -> FileRead:
    rows = read_rows(file, text)
    read = FileRead(file)
    if not rows.header:
        read.problems = rows.problems
        return read
    kind, problems = recognise(rows)
    if kind is None:
        read.problems = problems
        return read
    read.problems = rows.problems
    if not rows.rows and not rows.problems:
        hint = "Download the export again; the search may have found nothing."
        message = "this export has a header and no study"
        read.problems = [finding("file-not-empty", Place(file, 1, 1), message, hint)]
    read.format, read.registry = kind.id, kind.registry
    positions = kind.positions(rows.header)
    read.records = [_record(file, kind, positions, line, cells) for line, cells in rows.rows]
    return read


def _record(
    file: str, kind: ExportKind, positions: dict[str, int], line: int, cells: list[str]
) -> Record:
    values = {name: cells[position].strip() for name, position in positions.items()}
    places = values.pop("countries")
    if kind is PORTAL:
        countries = listed(places)
    else:
        countries = tuple(
            dict.fromkeys(last_part(location) for location in places.split("|") if location.strip())
        )
    return Record(Place(file, line, positions["id"] + 1), countries=countries, **values)
