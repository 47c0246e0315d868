"""From one file to records, by what the file holds and never by its name."""

from __future__ import annotations

from evidence.problems import Place
from evidence.registry.columns import PORTAL, ExportKind, recognise
from evidence.registry.countries import last_part, listed
from evidence.registry.csv_rows import read_rows
from evidence.registry.decoding import decode
from evidence.registry.finding import finding
from evidence.registry.json_studies import read_json
from evidence.registry.record import FileRead, Record


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
            dict.fromkeys(last_part(each) for each in places.split("|") if each.strip())
        )
    return Record(Place(file, line, positions["id"] + 1), countries=countries, **values)
