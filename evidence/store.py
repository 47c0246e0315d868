"""A store of bytes by content key. It knows nothing of what the bytes mean."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import weakref
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

FILE = "kept.sqlite"
MOST = 2000  # entries kept at one seam
HEAVIEST = 100_000_000  # bytes kept at one seam
PACK = 100  # names, about, of which what is made is kept together


def content_key(*parts: Any) -> str:
    """Return the SHA-256 of all ``parts``: text, bytes, or anything that JSON can write."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, bytes):
            raw = part
        elif isinstance(part, str):
            raw = part.encode()
        else:
            raw = json.dumps(part, sort_keys=True, default=str).encode()
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()


def packs(names: Sequence[str]) -> list[list[str]]:
    """Share names out into packs of about a hundred; a name stays in its pack when others come.

    One entry for each of ten thousand things takes long to look up, and one entry for all of them
    long to make again. After an edit only the pack is made again that holds what was edited.
    """
    number = 1
    while number * PACK < len(names):
        number *= 2
    shared: list[list[str]] = [[] for _ in range(number)]
    for name in names:
        shared[zlib.crc32(name.encode()) % number].append(name)
    return [each for each in shared if each]


class Cache:
    """Bytes in one file below ``folder``, or nothing kept when ``folder`` is None.

    One file, because to make ten thousand takes longer than to make what they hold. Whatever is
    wrong with it, a cache that cannot be read or written is only slower.
    """

    def __init__(self, folder: Path | None) -> None:
        """Remember the folder; the file is made when something is first asked for."""
        self._folder = folder
        self._used: set[tuple[str, str]] = set()
        self._opened: sqlite3.Connection | None = None

    def fetch(self, seam: str, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the bytes kept for ``key``, or make them and keep them."""
        question = "select made from kept where seam = ? and key = ?"
        for (kept,) in self._ask(question, (seam, key)):
            self._used.add((seam, key))
            return bytes(kept)
        made = make()
        if made:
            self.keep(seam, key, made)
        return made

    def keep(self, seam: str, key: str, made: bytes) -> None:
        """Keep bytes that were made elsewhere."""
        self._used.add((seam, key))
        self._ask(
            "insert or replace into kept (seam, key, made) values (?, ?, ?)", (seam, key, made)
        )

    def keys(self, seam: str) -> list[str]:
        """Return the keys of what is kept at ``seam``, the oldest first."""
        found = self._ask("select key from kept where seam = ? order by number", (seam,))
        return [key for (key,) in found]

    def prune(self, seam: str, most: int = MOST, heaviest: int = HEAVIEST) -> None:
        """Forget the oldest of what this run did not use at ``seam``, while there is too much.

        What was not used may be needed again: a page that is kept whole needs its figures only
        when it changes.
        """
        question = "select key, length(made) from kept where seam = ? order by number"
        entries = self._ask(question, (seam,))
        count, size = len(entries), sum(length for _, length in entries)
        for key, length in entries:
            if count <= most and size <= heaviest:
                return
            if (seam, key) not in self._used:
                self._ask("delete from kept where seam = ? and key = ?", (seam, key))
                count, size = count - 1, size - length

    def _ask(self, question: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        if self._folder is None:
            return []
        try:
            if self._opened is None:
                self._opened = _open(self._folder)
                weakref.finalize(self, self._opened.close)
            return self._opened.execute(question, values).fetchall()
        except (OSError, sqlite3.Error):
            return []


def _open(folder: Path) -> sqlite3.Connection:
    """Return the store in ``folder``; a file that is no store, or a broken one, is made anew."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return _connected(folder / FILE)
    except sqlite3.OperationalError:  # it cannot be reached now; that does not make it broken
        raise
    except sqlite3.DatabaseError:
        with contextlib.suppress(OSError):
            (folder / FILE).unlink()
        return _connected(folder / FILE)


def _connected(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    # What is kept can be made again: to wait until the disk has it would be a waste
    connection.execute("pragma synchronous = off")
    connection.execute("pragma journal_mode = wal")
    connection.execute(
        "create table if not exists kept (number integer primary key, seam text not null, "
        "key text not null, made blob not null, unique (seam, key))"
    )
    return connection
