"""Can a table of data/tables be shown on a page: is it there with its columns, and can it be read?"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.check.sources.known import Known
from evidence.model.figure_row import Table
from evidence.model.page_table import PageTable
from evidence.problems import Place, Problem, did_you_mean
from evidence.read.tables import file_of_table
from evidence.read.yaml_file import Document

MOST_ROWS, MOST_COLUMNS = 100, 12  # that somebody reads on a page


def check_page_table(shown: PageTable, known: Known, tables: dict[str, Table]) -> Iterator[Problem]:
    """Yield what a table lacks to be shown."""
    document = known.reading.documents[f"data/tables/{shown.id}.yaml"]
    yield from known.source(shown.read_in.source, document.finder(("read-in", "source")))
    file = file_of_table(known.reading.sources, shown.id)
    table = tables.get(file.rpartition("/")[2])
    if not file:
        message = f"there is no table '{shown.id}' beside this file"
        hint = f"Put it there: data/tables/{shown.id}.csv, or as .tsv or .xlsx."
        yield Problem(Place(document.file), "table-exists", message, hint)
    elif table is not None and not known.reading.is_broken("table", table.name):
        yield from _check_columns(shown, table, document)
        yield from _check_size(shown, table)


def _check_columns(shown: PageTable, table: Table, document: Document) -> Iterator[Problem]:
    for column in shown.columns:
        if column not in table.columns:
            place = document.place(("columns", column), of_key=True)
            message = f"the table '{table.name}' has no column '{column}'"
            listed = ", ".join(f"'{known}'" for known in table.columns)
            hint = did_you_mean(column, table.columns, f"It has {listed}.")
            yield Problem(place, "table-shown", message, hint)
    heads = list(shown.columns.values())
    for position, (column, head) in enumerate(shown.columns.items()):
        if head in heads[:position]:
            place = document.place(("columns", column))
            message = f"two columns have the head '{head}'"
            yield Problem(place, "table-shown", message, "Give one of the two another head.")


def _check_size(shown: PageTable, table: Table) -> Iterator[Problem]:
    rows, columns = len(table.rows), len(shown.columns or table.columns)
    if not rows:
        message, hint = "this table has no row", "Fill it, or take it off the page."
        yield Problem(Place(table.file, 1, 1), "table-shown", message, hint)
    if rows > MOST_ROWS:
        message = f"this table has {rows:,} rows, more than the {MOST_ROWS} that a page shows"
        hint = "Show a figure of it, or offer it as a download."
        yield Problem(Place(table.file, 1, 1), "table-shown", message, hint)
    if columns > MOST_COLUMNS:
        message = f"{columns} columns are shown, more than the {MOST_COLUMNS} that somebody reads"
        hint = f"Name those that matter under 'columns:' in data/tables/{shown.id}.yaml."
        yield Problem(Place(table.file, 1, 1), "table-shown", message, hint)
