"""CSV tables: the findings of a study, and the counts that figures show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evidence.model.columns import columns_of, content_of, meant
from evidence.model.export import Export
from evidence.model.figure import Figure
from evidence.model.figure_row import Table
from evidence.model.finding import Finding
from evidence.model.study import Study
from evidence.problems import Place, Problem, did_you_mean, plain
from evidence.read.binding import bind
from evidence.read.csv_file import COMMA, OTHER_MARKS, CsvTable, read_table
from evidence.read.limits import MOST_PROBLEMS
from evidence.read.reading import Reading
from evidence.read.sources import TABLE_ENDINGS, TABLES, Sources
from evidence.read.spreadsheet_habits import (
    is_a_day,
    kept_as_a_day,
    made_a_date,
    with_points,
)
from evidence.read.yaml_file import Document, Path, read_yaml

UNCERTAIN = "uncertain"  # the text of a mark of that kind; other lists have no place in a cell
COLUMNS = {column.name: column for column in columns_of(Finding) if column.shape != "listed"}
TABLE_COLUMNS = (*COLUMNS, UNCERTAIN)
COLUMN_OF = {column.path: column.name for column in columns_of(Finding)}
LISTED = {column.name for column in columns_of(Finding) if column.shape == "listed"}
NUMERIC = {column.name for column in COLUMNS.values() if column.shape == "number"} | {"p"}
NUMBERS = {column.name for column in COLUMNS.values() if column.shape in {"number", "whole"}}
NAMES = {column.name for column in COLUMNS.values() if column.table} | {"id", "same-as", "analysis"}


def findings_of_table(reading: Reading, document: Document, name: str) -> dict[str, Finding] | None:
    """Return the findings in the table ``name`` of data/tables, or None when it is not sound."""
    file = f"data/tables/{name}"
    if file in reading.sources.unreadable:
        reading.report(reading.sources.unreadable[file])
        return None
    if reading.is_broken("table", name):
        return None
    if file not in reading.sources.texts:
        tables = [
            path.rpartition("/")[2] for path in reading.sources.below("data/tables/", TABLE_ENDINGS)
        ]
        message = f"the table '{name}' does not exist"
        hint = did_you_mean(name, tables, "Put the table in data/tables.")
        reading.report(Problem(document.place(("table",)), "table-exists", message, hint))
        return None
    table = read_findings_table(file, reading.sources.texts[file])
    reading.tables[file] = table
    reading.problems += table.problems
    if not table.rows and table.problems:
        return None  # its header names nothing
    unknown = _unknown_columns(table)
    reading.problems += unknown
    if table.problems or unknown:
        return None
    doubtful = list(with_points(table, NUMERIC))
    reading.problems += doubtful
    return None if doubtful else _rows(reading, table)


def read_findings_table(file: str, text: str) -> CsvTable:
    """Read a table of findings; the names of its columns may have capitals, blanks and underscores."""
    table = read_table(file, text)
    names = {name: plain(name) for name in table.header if plain(name) in TABLE_COLUMNS}
    meant_names = [names.get(name, name) for name in table.header]
    if len(set(meant_names)) == len(meant_names):
        table.header = meant_names
        table.rows = [
            (line, dict(zip(meant_names, cells.values(), strict=True)))
            for line, cells in table.rows
        ]
    return table


def _unknown_columns(table: CsvTable) -> list[Problem]:
    unknown = [name for name in table.header if name and name not in TABLE_COLUMNS]
    if any(mark in name for name in unknown for mark in (COMMA, *OTHER_MARKS)):
        message = "the header of this table is parted by more than one mark"
        hint = "Part all its columns by commas, or save it again from a spreadsheet program."
        return [Problem(Place(table.file, table.header_line, 1), "csv-shape", message, hint)]
    return [_unknown_column(table, name) for name in unknown]


def _unknown_column(table: CsvTable, name: str) -> Problem:
    known = plain(name)
    hint = did_you_mean(known, TABLE_COLUMNS, f"Known: {', '.join(TABLE_COLUMNS)}.")
    if known in LISTED:
        hint = "A list has no place in a cell: write such a finding under 'findings:' in the file of the study."
    elif known != name and known in table.header:
        hint = f"It stands there twice, as '{known}' too: delete one of the two."
    place = table.place(table.header_line, name)
    return Problem(place, "csv-shape", f"the column '{name}' is not known", hint)


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
        problems = _as_spreadsheets_made_it(table, line, cells, problems)
        reading.problems += problems
        if len(reading.problems) > before + MOST_PROBLEMS:
            return None  # enough to mend for once
        if finding is None or problems:
            whole = False
        else:
            findings[finding.id] = finding
    return findings if whole else None


def _as_spreadsheets_made_it(
    table: CsvTable, line: int, cells: dict[str, str], problems: list[Problem]
) -> list[Problem]:
    """Return the problems of a row; of a cell that a spreadsheet program made a date, that alone."""
    made: dict[Place, Problem] = {}
    for name, cell in cells.items():
        shape = COLUMNS[name].shape if name in COLUMNS else "text"
        if not cell or name in NAMES or shape == "date":
            continue
        told = made_a_date(cell)
        if told is None and shape == "text":
            told = kept_as_a_day(cell)
        if told is None and (name in NUMBERS or table.file.endswith(".xlsx")):
            told = is_a_day(cell, "a number" if name in NUMBERS else "text")
        if told:
            place = table.place(line, name)
            made[place] = Problem(place, "value-valid", *told)
    return [*made.values(), *(problem for problem in problems if problem.place not in made)]


def _row_content(cells: dict[str, str]) -> dict[str, Any]:
    content = content_of({name: meant(cell) for name, cell in cells.items()}, Finding)
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
    table = reading.tables.get(table_file) or read_findings_table(table_file, texts[table_file])
    line = next((line for line, cells in table.rows if cells.get("id") == name), 1)
    names = (COLUMN_OF.get(path, ""), *(COLUMN_OF.get((*path, end), "") for end in (0, 1)))
    column = next((known for known in names if known in table.header), "id")
    return table.place(line, column)


def read_tables(
    reading: Reading,
    figures: dict[str, Figure],
    exports: dict[str, Export],
    shown: Iterable[str] = (),
) -> dict[str, Table]:
    """Read the tables that figures name: of data/tables, or the counts of an export; and those ``shown`` by pages.

    The latter are named without their ending, as pages name them.
    """
    tables: dict[str, Table] = {}
    of_figures = {figure.table for figure in figures.values() if figure.table is not None}
    of_pages = {
        file.removeprefix(TABLES)
        for name in shown
        if (file := file_of_table(reading.sources, name))
    }
    for name in sorted(of_figures | of_pages):
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
            table = read_table(file, reading.sources.texts[file])
            table.problems += _dates_in(table)
            if table.problems:
                reading.problems += table.problems
                reading.broken.add(f"table:{name}")
            rows = tuple((line, tuple(cells.values())) for line, cells in table.rows)
            tables[name] = Table(name, file, tuple(table.header), rows)
    return tables


def file_of_table(sources: Sources, name: str) -> str:
    """Return the file of a table of data/tables that is named without its ending, or nothing where there is none."""
    files = (f"{TABLES}{name}{ending}" for ending in TABLE_ENDINGS)
    return next((file for file in files if file in sources.texts or file in sources.unreadable), "")


def _dates_in(table: CsvTable) -> list[Problem]:
    """Return a problem for each cell that a spreadsheet program made a date, such as 10-19 of years of age."""
    return [
        Problem(table.place(line, name), "value-valid", *told)
        for line, cells in table.rows
        for name, cell in cells.items()
        if (told := made_a_date(cell))
    ]


def _counted(name: str, export: Export | None, counts: str) -> Table | None:
    """Return one of the tables of counts of an export; its rows stand in no file."""
    counted = export.tables.get(counts) if export is not None else None
    if export is None or counted is None:
        return None
    rows = tuple((1, tuple(str(cell) for cell in row)) for row in counted.rows)
    return Table(name, f"data/registry/{export.id}/records.csv", counted.columns, rows)
