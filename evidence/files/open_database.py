"""The open data as one SQLite file, and what Datasette is told about it.

The file is written by the SQLite that apsw brings with it: that of Python differs between machines, and
with it what stands in the file. In it a hyphen in a name is an underscore, an empty cell is no value, and
text is as it was written, without what guards a cell from a spreadsheet program.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from evidence.model.columns import Column, Shape
from evidence.model.open_data import LEADING, OF_TRIALS, TABLES
from evidence.model.open_table import ForeignKey, OpenTable
from evidence.model.open_views import VIEWS
from evidence.model.site import Site
from evidence.pages.linked_data import LICENCE as LICENCE_ADDRESS
from evidence.prose.citing import LICENCE
from evidence.store import Made

NAME = "evidence"  # of the database, which Datasette takes from its file
TYPES: dict[Shape, str] = {"whole": "INTEGER", "truth": "INTEGER", "number": "REAL"}
VALUES: dict[Shape, Callable[[str], Any]] = {
    "whole": int,
    "number": float,
    "truth": "true".__eq__,
}
# What SQLite could choose by itself, so that no build of it chooses otherwise
SETTINGS = (
    "encoding = 'UTF-8'",
    "page_size = 4096",
    "auto_vacuum = NONE",
    "journal_mode = OFF",
    "foreign_keys = OFF",
    "secure_delete = ON",
)
Rows = Iterable[Sequence[str]]


def database(tables: dict[str, list[list[str]]], trials: list[list[list[list[str]]]]) -> Made:
    """Return the database: ``tables`` are rows by the name of their table, ``trials`` those of OF_TRIALS for each trial."""
    import apsw  # noqa: PLC0415 - needed only when a table changed

    made = apsw.Connection(":memory:")
    for setting in SETTINGS:
        made.execute(f"PRAGMA {setting}")
    made.execute("BEGIN")
    for table in TABLES:
        made.execute(_table(table))
        made.executemany(_insertion(table), _values(table, _rows(table, tables, trials)))
        for key in LEADING[table.name]:
            if key.columns != table.key[: len(key.columns)]:
                made.execute(_index(table, key))
    for view in VIEWS:
        made.execute(f"CREATE VIEW {view.name} AS\n{view.question}")
    made.execute("COMMIT")
    return Made(None, made.serialize("main"))


def _rows(table: OpenTable, tables: dict[str, list[list[str]]], trials: Sequence[Any]) -> Rows:
    if table.name in tables:
        return tables[table.name]
    at = OF_TRIALS.index(table)
    return (row for own in trials for row in own[at])


def in_database(name: str) -> str:
    """Return the name of a table or column as it is in the database."""
    return name.lower().replace("-", "_")


def _quoted(*names: str) -> str:
    return ", ".join(f'"{in_database(name)}"' for name in names)


def _table(table: OpenTable) -> str:
    parts = [_column(column) for column in table.columns]
    parts.append(f"PRIMARY KEY ({_quoted(*table.key)})")
    parts += [
        f"FOREIGN KEY ({_quoted(*key.columns)}) REFERENCES {_quoted(key.table)} ({_quoted(*key.key)})"
        for key in LEADING[table.name]
    ]
    inside = ",\n  ".join(parts)
    return f"CREATE TABLE {_quoted(table.name)} (\n  {inside}\n)"


def _column(column: Column) -> str:
    needed = " NOT NULL" if column.filled else ""
    return f"{_quoted(column.name)} {TYPES.get(column.shape, 'TEXT')}{needed}"


def _index(table: OpenTable, key: ForeignKey) -> str:
    name = _quoted("-".join((table.name, *key.columns)))
    return f"CREATE INDEX {name} ON {_quoted(table.name)} ({_quoted(*key.columns)})"


def _insertion(table: OpenTable) -> str:
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {_quoted(table.name)} VALUES ({marks})"  # noqa: S608 - names of our own


def _values(table: OpenTable, rows: Rows) -> Iterator[list[Any]]:
    readers = [VALUES.get(column.shape, str) for column in table.columns]
    for row in rows:
        yield [read(cell) if cell else None for read, cell in zip(readers, row, strict=True)]


def metadata(site: Site) -> bytes:
    """Return what Datasette shows beside the database: titles, meanings, source and licence."""
    described = {
        "title": site.title,
        "description": site.description,
        "license": LICENCE,
        "license_url": LICENCE_ADDRESS,
        "source": site.title,
        "source_url": site.address or "",
        "databases": {
            NAME: {
                "title": site.title,
                "tables": dict(_described()),
            }
        },
    }
    kept = {name: value for name, value in described.items() if value}
    return (json.dumps(kept, indent=1, ensure_ascii=False) + "\n").encode()


def _described() -> Iterator[tuple[str, dict[str, Any]]]:
    for table in TABLES:
        columns = {in_database(column.name): column.told for column in table.columns}
        about = {"title": table.title, "description": table.meaning, "columns": columns}
        yield in_database(table.name), about
    for view in VIEWS:
        yield view.name, {"title": view.title, "description": view.meaning}
