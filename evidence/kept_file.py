"""The file in which results are kept: one table of SQLite."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

FILE = "kept.sqlite"
FORMAT = 3  # of the table; a store of another format is made anew
COLUMNS = (
    "number integer primary key, key blob not null unique, seal blob not null, "
    "digest text not null, card blob not null, body blob not null"
)


def opened(folder: Path) -> sqlite3.Connection:
    """Return the store in ``folder``; a file that is no store, or a broken one, is made anew."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return _connected(folder / FILE)
    except sqlite3.OperationalError:  # it cannot be reached now; that does not make it broken
        raise
    except sqlite3.DatabaseError:
        remove(folder)
        return _connected(folder / FILE)


def remove(folder: Path) -> None:
    """Remove the store in ``folder``, as far as it can be removed."""
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
        with contextlib.suppress(OSError):
            (folder / name).unlink()


def _connected(file: Path) -> sqlite3.Connection:
    # No wait for a lock: what another program holds is made again
    connection = sqlite3.connect(file, isolation_level=None, timeout=0, check_same_thread=False)
    try:
        # What is kept can be made again: to wait until the disk has it would be a waste
        connection.execute("pragma synchronous = off")
        connection.execute("pragma journal_mode = wal")
        _prepare(connection)
    except sqlite3.Error:
        connection.close()
        raise
    except UnicodeDecodeError as error:  # SQLite names what is broken by the bytes that stand there
        connection.close()
        raise sqlite3.DatabaseError("this is no store: its words are no text") from error
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the table where there is none; raise DatabaseError where there is another one."""
    table = connection.execute("select sql from sqlite_master where name = 'kept'").fetchone()
    (version,) = connection.execute("pragma user_version").fetchone()
    if table is None:
        connection.execute("begin immediate")
        connection.execute(f"create table if not exists kept ({COLUMNS})")
        connection.execute(f"pragma user_version = {FORMAT}")
        connection.execute("commit")
    elif (table[0], version) != (f"CREATE TABLE kept ({COLUMNS})", FORMAT):
        raise sqlite3.DatabaseError("this is no store of this format")
