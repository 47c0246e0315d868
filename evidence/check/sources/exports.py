"""The exports of registries that the importer read: do their records still hold together?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.check.sources.changes import with_changes
from evidence.check.sources.references import check_listed
from evidence.model.columns import columns_of
from evidence.model.export import NOT_STATED, UNCLASSIFIED, Export
from evidence.model.registry_record import RegistryRecord
from evidence.model.vocabularies import Vocabularies
from evidence.numbers.registry_counts import tables_of
from evidence.problems import Place, Problem
from evidence.read.binding import bind
from evidence.read.csv_file import CsvTable, read_csv
from evidence.read.limits import MOST_PROBLEMS
from evidence.read.reading import Reading
from evidence.read.registered import COLUMNS, EXPORTS, PROVENANCE, RECORDS, content_of_record
from evidence.read.yaml_file import Document

HINT = "These files are made by 'python build.py import': run it again rather than edit them."
PATHS = {column.name: column.path for column in columns_of(RegistryRecord)}


def read_exports(reading: Reading, words: Vocabularies | None) -> dict[str, Export]:
    """Read every folder of data/registry that has a provenance, and count its records."""
    exports: dict[str, Export] = {}
    of_exports: dict[str, list[RegistryRecord]] = {}
    for file in reading.sources.below(EXPORTS, PROVENANCE):
        name = file.removeprefix(EXPORTS).removesuffix(PROVENANCE)
        document = reading.document(file)
        export = reading.model(document, Export, {"id": name}) if document else None
        records = _records(reading, name, words)
        if export is not None and records is not None and export.kept != len(records):
            message = f"{export.kept} records were kept, and {len(records)} stand in records.csv"
            place = reading.place(file, ("kept",))
            reading.report(Problem(place, "export-records", message, HINT))
            records = None
        if export is None or records is None or words is None:
            reading.broken.add(f"export:{name}")
            continue
        left = {
            question: tuple(
                record.id for record in records if getattr(record, question) == UNCLASSIFIED
            )
            for question in ("condition", "cell")
        }
        counts = {"tables": tables_of(records, words), "unclassified": left}
        exports[name] = export.model_copy(update=counts)
        of_exports[name] = records
    return with_changes(reading, exports, of_exports)


def _records(
    reading: Reading, name: str, words: Vocabularies | None
) -> list[RegistryRecord] | None:
    """Return the records of an export; None when one of them has a problem."""
    file = f"{EXPORTS}{name}{RECORDS}"
    before = len(reading.problems)
    if file in reading.sources.unreadable:
        reading.report(reading.sources.unreadable[file])
    elif file not in reading.sources.texts:
        message = "the records of this export are missing"
        reading.report(Problem(Place(file), "export-records", message, HINT))
    else:
        table = read_csv(file, reading.sources.texts[file])
        reading.tables[file] = table
        reading.problems += table.problems or _check_header(table)
        if len(reading.problems) == before:
            return _bound(reading, table, words)
    return None


def _check_header(table: CsvTable) -> Iterator[Problem]:
    if tuple(table.header) != COLUMNS:
        message = f"the columns of this table are not {', '.join(COLUMNS)}"
        yield Problem(Place(table.file, 1, 1), "export-records", message, HINT)


def _bound(
    reading: Reading, table: CsvTable, words: Vocabularies | None
) -> list[RegistryRecord] | None:
    records: list[RegistryRecord] = []
    before = len(reading.problems)
    unknown: set[tuple[str, str]] = set()
    for line, cells in table.rows:
        document = Document(table.file, "", line, content_of_record(cells))
        for position, name in enumerate(table.header, start=1):
            document.columns[PATHS[name]] = position
        record, problems = bind(document, RegistryRecord)
        if record is not None:
            problems += _check_order(record, records, document)
            if words is not None:
                problems += _check_words(record, document, words, unknown)
            records.append(record)
        reading.problems += problems
        if len(reading.problems) > before + MOST_PROBLEMS:
            break  # enough to mend for once
    return records if len(reading.problems) == before else None


def _check_order(
    record: RegistryRecord, records: list[RegistryRecord], document: Document
) -> Iterator[Problem]:
    if records and record.id <= records[-1].id:
        message = f"the record '{record.id}' stands after '{records[-1].id}': they are sorted by id"
        yield Problem(document.place(("id",)), "export-records", message, HINT)


def _check_words(
    record: RegistryRecord, document: Document, words: Vocabularies, unknown: set[tuple[str, str]]
) -> Iterator[Problem]:
    """Yield a problem for each word that no closed list has, once for each word of the table."""
    codes = {country.code for country in words.countries.values()}
    asked = (
        ("condition", record.condition, {*words.conditions}),
        ("cell", record.cell, {*words.cells, UNCLASSIFIED}),
        ("phase", record.phase, {*words.phases, NOT_STATED}),
        ("status", record.status, {*words.statuses, NOT_STATED}),
        ("sponsor-class", record.sponsor_class, {*words.sponsor_classes, NOT_STATED}),
        *(("countries", code, codes) for code in record.countries),
    )
    for column, word, listed in asked:
        if word not in listed and (column, word) not in unknown:
            unknown.add((column, word))
            yield from check_listed(word, sorted(listed), document, (column,))
