"""The exports of registries that the importer counted: do their tables still hold together?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model.base import whole_number
from evidence.model.export import TABLES, Export, ExportTable
from evidence.problems import Place, Problem
from evidence.read.csv_file import CsvTable, read_csv
from evidence.read.limits import MOST_PROBLEMS
from evidence.read.reading import Reading

FOLDER = "data/registry/"
PROVENANCE = "/provenance.yaml"
HINT = "These files are made by 'python build.py import': run it again rather than edit them."


def read_exports(reading: Reading) -> dict[str, Export]:
    """Read every folder of data/registry that has a provenance."""
    found: dict[str, Export] = {}
    for file in reading.sources.below(FOLDER, PROVENANCE):
        name = file.removeprefix(FOLDER).removesuffix(PROVENANCE)
        document = reading.document(file)
        export = reading.model(document, Export, {"id": name}) if document else None
        tables = _tables(reading, name)
        if export is None or tables is None:
            reading.broken.add(f"export:{name}")
            continue
        whole = export.model_copy(update={"tables": tables})
        problems = list(_check_sums(whole))
        reading.problems += problems
        if problems:  # its counts would only show again that they do not fit
            reading.broken.add(f"export:{name}")
        else:
            found[name] = whole
    return found


def _tables(reading: Reading, name: str) -> dict[str, ExportTable] | None:
    tables, whole = {}, True
    for file in reading.sources.below(f"{FOLDER}{name}/", ".csv"):
        if file in reading.sources.unreadable:
            whole = False
            reading.report(reading.sources.unreadable[file])
            continue
        table = read_csv(file, reading.sources.texts[file])
        problems = table.problems or list(_check_counts(table))[:MOST_PROBLEMS]
        reading.problems += problems
        if problems:
            whole = False
            continue
        rows: list[tuple[str | int, ...]] = [
            (*list(cells.values())[:-1], whole_number(cells["studies"]) or 0)
            for _, cells in table.rows
        ]
        made = ExportTable(columns=tuple(table.header), rows=tuple(rows))
        tables[file.removeprefix(f"{FOLDER}{name}/").removesuffix(".csv")] = made
    return tables if whole else None


def _check_counts(table: CsvTable) -> Iterator[Problem]:
    name = table.file.rpartition("/")[2].removesuffix(".csv")
    columns = TABLES.get(name)
    if columns is None:
        message = f"'{name}' is not a table that an import makes"
        yield Problem(Place(table.file, 1, 1), "export-sums", message, HINT)
        return
    if tuple(table.header) != columns:
        message = f"the columns of this table are not {', '.join(columns)}"
        yield Problem(Place(table.file, 1, 1), "export-sums", message, HINT)
        return
    for line, cells in table.rows:
        if whole_number(cells["studies"]) is None:
            message = f"'{cells['studies']}' is not a number of studies"
            yield Problem(table.place(line, "studies"), "export-sums", message, HINT)


def _check_sums(export: Export) -> Iterator[Problem]:
    """Yield the tables that do not sum to the studies kept, or to those of phase.csv in a group."""
    wanted = _by_group(export.tables["phase"]) if "phase" in export.tables else None
    for name, table in export.tables.items():
        place = Place(f"{FOLDER}{export.id}/{name}.csv", 1, 1)
        if table.total != export.kept:
            message = f"this table sums to {table.total} studies, and {export.kept} were kept"
            yield Problem(place, "export-sums", message, HINT)
            continue
        groups = _by_group(table)
        for group in sorted((wanted or groups).keys() | groups.keys()):
            here, there = groups.get(group, 0), (wanted or groups).get(group, 0)
            if here != there:
                message = f"the group '{group}' has {here} studies here, and {there} in phase.csv"
                yield Problem(place, "export-sums", message, HINT)


def _by_group(table: ExportTable) -> dict[str, int]:
    sums: dict[str, int] = {}
    for row in table.rows:
        sums[str(row[0])] = sums.get(str(row[0]), 0) + int(row[-1])
    return sums
