"""What changed in a registry, as the importer kept it: is it what two exports differ in?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from evidence.model.columns import columns_of
from evidence.model.export import Export
from evidence.model.registry_changes import FIELDS, compared, resorted
from evidence.model.registry_record import RegistryChange, RegistryRecord
from evidence.problems import Place, Problem
from evidence.read.binding import bind
from evidence.read.csv_file import CsvTable, read_csv
from evidence.read.limits import MOST_PROBLEMS
from evidence.read.reading import Reading
from evidence.read.registered import EXPORTS, PROVENANCE
from evidence.read.yaml_file import Document

CHANGES = "/changes.csv"
COLUMNS = tuple(column.name for column in columns_of(RegistryChange))
HINT = "Made by a program: run 'python build.py changes registry {}' rather than edit it."
Records = Mapping[str, Sequence[RegistryRecord]]


def with_changes(
    reading: Reading, exports: Mapping[str, Export], records: Records
) -> dict[str, Export]:
    """Return the exports, each with what changed since the one that it was compared with.

    ``records`` are those of each export. One whose changes have a problem is left out as broken.
    """
    whole: dict[str, Export] = {}
    for name, export in exports.items():
        before = len(reading.problems)
        changes = _changes(reading, export)
        if export.compared_with and len(reading.problems) == before:
            reading.problems += _check(export, changes, exports, records)
        if len(reading.problems) > before:
            reading.broken.add(f"export:{name}")
            continue
        added = {"changes": tuple(changes), "resorted": _resorted(export, exports, records)}
        whole[name] = export.model_copy(update=added)
    return whole


def _resorted(export: Export, exports: Mapping[str, Export], records: Records) -> dict[str, int]:
    earlier = exports.get(export.compared_with.export) if export.compared_with else None
    if earlier is None or earlier.rules.sha_256 == export.rules.sha_256:
        return {}
    return dict(resorted(records[earlier.id], records[export.id]))


def _changes(reading: Reading, export: Export) -> list[RegistryChange]:
    """Return the lines of the table of changes; what is wrong is reported."""
    file = f"{EXPORTS}{export.id}{CHANGES}"
    hint = HINT.format(export.id)
    if file in reading.sources.unreadable:
        reading.report(reading.sources.unreadable[file])
    elif file not in reading.sources.texts:
        if export.compared_with:
            message = "the changes of this export are missing"
            reading.report(Problem(Place(file), "export-changes", message, hint))
    elif export.compared_with is None:
        message = "nothing says with which export this one was compared"
        reading.report(Problem(Place(file), "export-changes", message, hint))
    else:
        table = read_csv(file, reading.sources.texts[file])
        if not table.problems and tuple(table.header) != COLUMNS:
            message = f"the columns of this table are not {', '.join(COLUMNS)}"
            table.problems.append(Problem(Place(file, 1, 1), "export-changes", message, hint))
        reading.problems += table.problems
        if not table.problems:
            return list(_bound(reading, table))
    return []


def _bound(reading: Reading, table: CsvTable) -> Iterator[RegistryChange]:
    reported = 0
    for line, cells in table.rows:
        content = {name: cell for name, cell in cells.items() if cell}
        document = Document(table.file, "", line, content)
        for position, name in enumerate(table.header, start=1):
            document.columns[(name,)] = position
        change, problems = bind(document, RegistryChange)
        if change is not None:
            yield change
        reading.problems += problems
        reported += len(problems)
        if reported > MOST_PROBLEMS:
            return


def _check(
    export: Export,
    changes: Sequence[RegistryChange],
    exports: Mapping[str, Export],
    records: Records,
) -> Iterator[Problem]:
    """Yield what does not fit the two exports; when the one before is gone, only the order counts."""
    base = export.compared_with
    earlier = exports.get(base.export) if base else None
    if base is None:
        return
    file, hint = f"{EXPORTS}{export.id}{CHANGES}", HINT.format(export.id)
    order = [(change.id, FIELDS.index(change.field)) for change in changes]
    for line, (this, next_one) in enumerate(pairwise(order), start=3):
        if next_one <= this:
            message = f"the change of '{next_one[0]}' does not stand after that of '{this[0]}'"
            yield Problem(Place(file, line, 1), "export-changes", message, hint)
            return
    if earlier is None:
        return
    facts = f"{EXPORTS}{export.id}{PROVENANCE}"
    if earlier.exported != base.exported or _words(earlier) != _words(export):
        message = f"'{base.export}' is not an export of the same search, of {base.exported.words}"
        yield Problem(Place(facts), "export-changes", message, hint)
        return
    wanted = compared(records[earlier.id], records[export.id])
    if wanted.unknown != base.not_compared:
        message = f"not compared would be {', '.join(wanted.unknown) or 'nothing'}"
        yield Problem(Place(facts), "export-changes", message, hint)
    yield from _difference(file, changes, wanted.changes, hint)


def _words(export: Export) -> list[str]:
    """Return what was searched for, however it was typed."""
    return export.search.casefold().split()


def _difference(
    file: str, changes: Sequence[RegistryChange], wanted: Sequence[RegistryChange], hint: str
) -> Iterator[Problem]:
    known, there = set(wanted), set(changes)
    for line, change in enumerate(changes, start=2):
        if change not in known:
            message = f"the two exports do not say this of '{change.id}'"
            yield Problem(Place(file, line, 1), "export-changes", message, hint)
    for change in [change for change in wanted if change not in there][:MOST_PROBLEMS]:
        message = f"'{change.id}' is {change.change} ({change.field}) between the two exports"
        yield Problem(Place(file), "export-changes", f"{message}, and no line says so", hint)
