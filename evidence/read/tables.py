"""CSV tables: the findings of a study, and the counts that figures show."""

from __future__ import annotations

from typing import Any

from evidence.model.columns import columns_of, content_of
from evidence.model.export import Export
from evidence.model.figure import Figure
from evidence.model.figure_row import Table
from evidence.model.finding import Finding
from evidence.model.study import Study
from evidence.problems import Place, Problem, did_you_mean
from evidence.read.binding import bind
from evidence.read.csv_file import CsvTable, read_csv
from evidence.read.limits import MOST_PROBLEMS
from evidence.read.reading import Reading
from evidence.read.yaml_file import Document, Path, read_yaml

UNCERTAIN = "uncertain"  # the text of a mark of that kind; other lists have no place in a cell
COLUMNS = {column.name: column for column in columns_of(Finding) if column.shape != "listed"}
TABLE_COLUMNS = (*COLUMNS, UNCERTAIN)
COLUMN_OF = {column.path: column.name for column in columns_of(Finding)}


def findings_of_table(reading: Reading, document: Document, name: str) -> dict[str, Finding] | None:
    """Return the findings in the table ``name`` of data/tables, or None when it is not sound."""
    file = f"data/tables/{name}"
    if file in reading.sources.unreadable:
        reading.report(reading.sources.unreadable[file])
        return None
    if reading.is_broken("table", name):
        return None
    if file not in reading.sources.texts:
        tables = [path.rpartition("/")[2] for path in reading.sources.below("data/tables/", ".csv")]
        message = f"the table '{name}' does not exist"
        hint = did_you_mean(name, tables, "Put the table in data/tables.")
        reading.report(Problem(document.place(("table",)), "table-exists", message, hint))
        return None
    table = read_csv(file, reading.sources.texts[file])
    reading.tables[file] = table
    reading.problems += table.problems
    if not table.rows and table.problems:
        return None  # its header names nothing
    reading.problems += _unknown_columns(table)
    if table.problems:
        return None
    return _rows(reading, table)


def _unknown_columns(table: CsvTable) -> list[Problem]:
    problems = []
    for position, name in enumerate(table.header, start=1):
        if name and name not in TABLE_COLUMNS:
            message = f"the column '{name}' is not known"
            hint = did_you_mean(name, TABLE_COLUMNS, f"Known: {', '.join(TABLE_COLUMNS)}.")
            problems.append(Problem(Place(table.file, 1, position), "csv-shape", message, hint))
    return problems


def _rows(reading: Reading, table: CsvTable) -> dict[str, Finding] | None:
    findings: dict[str, Finding] = {}
    whole, before = True, len(reading.problems)
    for line, cells in table.rows:
        document = Document(table.file, "", line, _row_content(cells))
        for position, name in enumerate(table.header):
            path = COLUMNS[name].path if name in COLUMNS else (name,)
            document.columns[path] = position + 1
        finding, problems = bind(document, Finding)
        if cells.get("id", "") in findings:
            message = f"the id '{cells['id']}' stands twice in this table"
            place = table.place(line, "id")
            problems.append(Problem(place, "id-unique", message, "Give each row an id of its own."))
        reading.problems += problems
        if len(reading.problems) > before + MOST_PROBLEMS:
            return None  # enough to mend for once
        if finding is None or problems:
            whole = False
        else:
            findings[finding.id] = finding
    return findings if whole else None


def _row_content(cells: dict[str, str]) -> dict[str, Any]:
    content = content_of(cells, Finding)
    uncertain = cells.get(UNCERTAIN)
    if uncertain:
        content["marks"] = [{"kind": UNCERTAIN, "text": uncertain}]
    return content


def place_of_finding(reading: Reading, study: Study, name: str, path: Path = ()) -> Place:
    """Return where a part of a finding stands: in the file of its study, or in a row of its table.

    Without a ``path`` that is its name. What was not read in this run is read for it.
    """
    texts = reading.sources.texts
    file, table_file = f"data/studies/{study.id}.yaml", f"data/tables/{study.table}"
    document = reading.documents.get(file) or read_yaml(file, texts[file])
    if table_file not in texts or document.holds(("findings", name)):
        return document.place(("findings", name, *path), of_key=not path)
    table = reading.tables.get(table_file) or read_csv(table_file, texts[table_file])
    line = next((line for line, cells in table.rows if cells.get("id") == name), 1)
    names = (COLUMN_OF.get(path, ""), *(COLUMN_OF.get((*path, end), "") for end in (0, 1)))
    column = next((known for known in names if known in table.header), "id")
    return table.place(line, column)


def read_tables(
    reading: Reading, figures: dict[str, Figure], exports: dict[str, Export]
) -> dict[str, Table]:
    """Read the tables that figures name: of data/tables, or the counts of an export."""
    tables: dict[str, Table] = {}
    for name in sorted({figure.table for figure in figures.values() if figure.table is not None}):
        export, slash, counts = name.partition("/")
        if slash:
            counted = _counted(name, exports.get(export), counts.removesuffix(".csv"))
            if counted is not None:
                tables[name] = counted
            elif reading.is_broken("export", export):
                reading.broken.add(f"table:{name}")
            continue
        file = f"data/tables/{name}"
        if file in reading.sources.unreadable:
            reading.report(reading.sources.unreadable[file])
            reading.broken.add(f"table:{name}")
        elif file in reading.sources.texts:
            table = read_csv(file, reading.sources.texts[file])
            if table.problems:
                reading.problems += table.problems
                reading.broken.add(f"table:{name}")
            rows = tuple((line, tuple(cells.values())) for line, cells in table.rows)
            tables[name] = Table(name, file, tuple(table.header), rows)
    return tables


def _counted(name: str, export: Export | None, counts: str) -> Table | None:
    """Return one of the tables of counts of an export; its rows stand in no file."""
    counted = export.tables.get(counts) if export is not None else None
    if export is None or counted is None:
        return None
    rows = tuple((1, tuple(str(cell) for cell in row)) for row in counted.rows)
    return Table(name, f"data/registry/{export.id}/records.csv", counted.columns, rows)
