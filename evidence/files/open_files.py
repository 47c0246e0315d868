"""The open data as files: a table for each thing, the package that describes them, and one database of all."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from pydantic_core import from_json, to_json

from evidence.files.data_package import data_package
from evidence.files.downloads import parts_of
from evidence.files.open_database import database, metadata
from evidence.files.open_rows import rows_of
from evidence.files.open_trials import files_of_open_trials
from evidence.files.trial_downloads import TrialLines
from evidence.files.workbooks import tables_workbook
from evidence.finished.file import File
from evidence.model.columns import csv_line, csv_table
from evidence.model.open_data import OF_TRIALS, TABLES
from evidence.pages.open_data import DATABASE, METADATA, PACKAGE, WORKBOOK
from evidence.pages.press import press_of
from evidence.pages.view import Given
from evidence.store import Kept, Later, Made, Store, joined

ROWS = (
    "rows/"  # where the rows of a table stand among the parts of what is kept: no path of the site
)


def open_files(
    given: Given, trials: Iterable[str], lines: TrialLines, store: Store
) -> dict[str, File | bytes]:
    """Return all files of the open data by their paths; ``trials`` are the ids of all, ``lines`` what they give."""
    tables = store.keep(files_of_tables, sorted(trials), of=given)
    of_trials = store.keep(files_of_open_trials, lines.tables)
    sizes = {
        path: (digest, end - start)
        for kept in (tables, of_trials)
        for path, (start, end, digest) in kept.card.items()
        if not path.startswith(ROWS)
    }
    package = store.keep(data_package, sizes, of=given)
    rows = Later(tables.digest, partial(_rows, tables))
    made = store.keep(database, rows, lines.rows)
    book = store.keep(tables_workbook, rows)
    files = {
        path: file
        for path, file in {**parts_of(tables), **parts_of(of_trials)}.items()
        if path in sizes
    }
    return files | {
        PACKAGE: File(package.digest, package.body),
        DATABASE: File(made.digest, made.body),
        WORKBOOK: File(book.digest, book.body),
        METADATA: metadata(given.report.site),
    }


def files_of_tables(given: Given, trials: list[str]) -> Made:
    """Return every table but those of trials, and behind it its rows as JSON; ``trials`` are all by id."""
    workshop = press_of(given).workshop
    parts = {}
    for table in TABLES:
        if table not in OF_TRIALS:
            rows = list(rows_of(table, workshop, trials))
            parts[table.path] = csv_table(table.names, map(csv_line, rows))
            parts[f"{ROWS}{table.name}"] = to_json(rows)
    return joined(parts)


def _rows(tables: Kept) -> dict[str, list[list[str]]]:
    """Return the rows that were kept, by the name of their table."""
    return {
        path.removeprefix(ROWS): from_json(tables.part(start, end))
        for path, (start, end, _) in tables.card.items()
        if path.startswith(ROWS)
    }
