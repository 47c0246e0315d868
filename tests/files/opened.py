"""The open data of a site as programs open it: the package by its own tool, the database by Python's SQLite."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from frictionless import Package, Report

from evidence.model.columns import Column, safe
from evidence.model.open_table import OpenTable
from evidence.run import Built
from tests.projects import write

PACKAGE = "downloads/datapackage.json"
DATABASE = "downloads/evidence.sqlite"


def written(site: Built, folder: Path) -> Path:
    """Write the folder of downloads of a site below ``folder``, and return the package in it."""
    files = site.site.files
    write(folder, {path: files[path] for path in files if path.startswith("downloads/")})
    return folder / PACKAGE


def validated(package: Path) -> Report:
    """Return what frictionless says of a package: descriptions, cells, keys between tables, checksums."""
    report: Report = Package.from_descriptor(str(package)).validate()
    return report


def rows(site: Built, table: OpenTable) -> list[dict[str, str]]:
    """Return the rows of a table to download."""
    text = site.site.files[table.path].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@contextmanager
def opened(raw: bytes) -> Iterator[sqlite3.Connection]:
    """Open a database."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(raw)
        database.row_factory = sqlite3.Row
        yield database


def read(column: Column, cell: str) -> object:
    """Return what a cell of a file means, as the page of the downloads explains it."""
    text = cell.removeprefix("'")
    plain = text if safe(text) == cell else cell  # some texts begin with one by themselves
    if not plain:
        return None
    if column.shape == "truth":
        return int(plain == "true")
    return {"whole": int, "number": float}.get(column.shape, str)(plain)
