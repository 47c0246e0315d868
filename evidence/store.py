"""Results of earlier runs. A key is the whole input, so that nothing in the store can be stale.

What is kept is what a function of this program made of one plain value. The key of a result is the
function, the program with its libraries (see program.py), and that value in full. Whatever is wrong
with the store, a run with it gives the same bytes as a run without it, only later: each entry carries
a checksum over its key and its content, and one that does not fit is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from pydantic_core import from_json, to_json

from evidence.kept_file import opened, remove
from evidence.program import program_version
from evidence.workers import Workers

HEAVIEST = 400_000_000  # bytes; beyond it the oldest of what a run did not use is forgotten
QUESTIONS = 500  # keys asked for at once
AT_ONCE = 50  # results written together


class Keyed(Protocol):
    """Something made of source files alone: its ``key`` is the content key of all of them."""

    @property
    def key(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Made:
    """What a kept function returns: a plain ``card`` that JSON can write, and a ``body`` of bytes.

    Most runs need only the cards. A body is read when somebody asks for it.
    """

    card: Any
    body: bytes = b""


@dataclass(frozen=True)
class Kept:
    """A result: its ``card``, the SHA-256 of its body, and the way to its body."""

    card: Any
    digest: str
    body: Callable[[], bytes]

    def part(self, start: int, end: int) -> bytes:
        """Return what stands in the body from ``start`` to before ``end``."""
        return self.body()[start:end]


def field_values(value: object) -> list[Any]:
    """Return what the fields of a dataclass hold, in their order and not copied, as a card keeps them."""
    return list(vars(value).values())


def joined(parts: Mapping[str, bytes]) -> Made:
    """Return parts one after the other; the card says where each stands, and its SHA-256."""
    card, start = {}, 0
    for name, raw in parts.items():
        card[name] = [start, start + len(raw), hashlib.sha256(raw).hexdigest()]
        start += len(raw)
    return Made(card, b"".join(parts.values()))


@dataclass(frozen=True)
class Later:
    """A part of a value that is fetched only when something is made of it; ``key`` is its content key."""

    key: str
    fetch: Callable[[], Any]


def _fetched(value: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(part.fetch() if isinstance(part, Later) else part for part in value)


@dataclass(frozen=True)
class _Task:
    """A function with its input, and the key of both."""

    function: Callable[..., Made]
    value: tuple[Any, ...]
    key: bytes

    def make(self) -> Made:
        return _as_kept(self.function(*_fetched(self.value)))


def content_key(*parts: Any) -> str:
    """Return the SHA-256 of all ``parts``: text, bytes, or anything that JSON can write."""
    return _digest(parts).hex()


def _digest(parts: Iterable[Any]) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        kind, raw = _written(part)
        digest.update(kind + len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.digest()


def _written(part: Any) -> tuple[bytes, bytes]:
    """Return a part as bytes, and a sign of its kind: text is not a list that is written so."""
    if isinstance(part, bytes):
        return b"b", part
    if isinstance(part, Later):
        return b"l", part.key.encode()
    if isinstance(part, str):
        return b"s", part.encode("utf-8", "surrogatepass")
    return b"j", to_json(part)


def _as_kept(result: Made) -> Made:
    """Return a result as it comes back from the store, so that none differs the first time."""
    return Made(from_json(to_json(result.card)), result.body)


def place_in(name: str, number: int) -> int:
    """Return in which of ``number`` shares a name belongs: always the same, and evenly spread."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % number


def packs(names: Sequence[str], size: int) -> list[list[str]]:
    """Share names out into packs of about ``size``; a name stays in its pack when others come.

    One entry for each of ten thousand things takes long to look up, and one entry for all of them
    long to make again. After an edit only the pack is made again that holds what was edited.
    """
    number = 1
    while number * size < len(names):
        number *= 2
    shared: list[list[str]] = [[] for _ in range(number)]
    for name in names:
        shared[place_in(name, number)].append(name)
    return [pack for pack in shared if pack]


class Store:
    """Results in one file below ``folder``, or none kept when ``folder`` is None.

    One file, because to make ten thousand takes longer than to make what they hold. ``workers`` make
    what is missing when it is much.
    """

    def __init__(self, folder: Path | None, workers: Workers | None = None) -> None:
        """Remember the folder; the file is made when something is first asked for."""
        self._folder = folder
        self._workers = workers or Workers(1)
        self._used: set[bytes] = set()
        self._opened: sqlite3.Connection | None = None
        self._last: tuple[bytes, bytes] = (b"", b"")

    def keep(self, function: Callable[..., Made], *value: Any, of: Keyed | None = None) -> Kept:
        """Return what ``function`` makes of ``value``, from an earlier run or made now.

        ``function`` is called with ``of``, where that is given, and the parts of ``value``; both have
        to be all that it looks at.
        """
        (kept,) = self.keep_all(function, [value], of=of)
        return kept

    def keep_all(
        self,
        function: Callable[..., Made],
        values: Sequence[tuple[Any, ...]],
        *,
        of: Keyed | None = None,
        share: int = 0,
    ) -> list[Kept]:
        """Return what ``function`` makes of each of ``values``, in their order; see ``keep``.

        Workers are handed what is missing, ``share`` values at a time; 0 means that it is made here.
        """
        shared = () if of is None else (of,)
        name = [function.__module__, function.__qualname__, of and of.key]
        start = _digest([program_version(), name])
        tasks = [_Task(function, (*shared, *value), _digest([start, *value])) for value in values]
        cards = self._cards([task.key for task in tasks])
        missing = [task for task in tasks if task.key not in cards]
        fetched = (_fetched(task.value[len(shared) :]) for task in missing)
        results = self._workers.share(function, shared, list(fetched), share)
        kept = self._kept(zip(missing, results, strict=True))
        for task in tasks:
            if task.key in cards:
                card, digest = cards[task.key]
                kept[task.key] = Kept(card, digest, partial(self._body, task, digest))
        return [kept[task.key] for task in tasks]

    def _kept(self, results: Iterable[tuple[_Task, Made]]) -> dict[bytes, Kept]:
        """Keep what was just made, some at a time, and return it."""
        kept: dict[bytes, Kept] = {}
        rows: list[tuple[bytes, Made]] = []
        for task, result in results:
            checked = _as_kept(result)
            kept[task.key] = self._held(task, checked)
            rows.append((task.key, checked))
            if len(rows) >= AT_ONCE:
                self._write(rows)
                rows = []
        self._write(rows)
        return kept

    def _held(self, task: _Task, result: Made) -> Kept:
        digest = hashlib.sha256(result.body).hexdigest()
        if self._folder is None or len(result.body) == 0:
            return Kept(result.card, digest, partial(_same, result.body))
        return Kept(result.card, digest, partial(self._body, task, digest))

    def _body(self, task: _Task, digest: str) -> bytes:
        """Return the body of a result; one that is damaged or gone is made again."""
        if self._last[0] == task.key:  # what stands in one body is often asked for in turn
            return self._last[1]
        for (body,) in self._ask("select body from kept where key = ?", (task.key,)):
            if isinstance(body, bytes) and hashlib.sha256(body).hexdigest() == digest:
                self._last = task.key, body
                return body
        result = task.make()
        self._write([(task.key, result)])  # so that the next run finds it
        self._last = task.key, result.body
        return result.body

    def _cards(self, keys: list[bytes]) -> dict[bytes, tuple[Any, str]]:
        """Return the cards of what is kept under ``keys``, with the digests of their bodies."""
        cards = {}
        for row in self._rows(keys):
            card = _checked(*row)
            if card is not None:
                cards[row[0]] = card
        self._used |= cards.keys()
        return cards

    def _rows(self, keys: list[bytes]) -> Iterator[tuple[Any, ...]]:
        for start in range(0, len(keys), QUESTIONS):
            some = keys[start : start + QUESTIONS]
            marks = ",".join("?" * len(some))
            question = f"select key, seal, digest, card from kept where key in ({marks})"  # noqa: S608
            yield from self._ask(question, some)

    def _write(self, rows: list[tuple[bytes, Made]]) -> None:
        if self._folder is None or not rows:
            return
        entries = []
        for key, result in rows:
            card, digest = to_json(result.card), hashlib.sha256(result.body).hexdigest()
            entries.append((key, _seal(key, digest, card), digest, card, result.body))
            self._used.add(key)
        self._ask("begin")
        with contextlib.suppress(OSError, sqlite3.Error):
            if self._opened is not None:
                self._opened.executemany(
                    "insert or replace into kept (key, seal, digest, card, body) "
                    "values (?, ?, ?, ?, ?)",
                    entries,
                )
        self._ask("commit")

    def prune(self, heaviest: int = HEAVIEST) -> None:
        """Forget the oldest of what this run did not use, while there is too much.

        What was not used may be needed again: a page that is kept needs its figures only when it
        changes.
        """
        entries = self._ask(
            "select number, key, ifnull(length(card), 0) + ifnull(length(body), 0) "
            "from kept order by number"
        )
        size = sum(length for _, _, length in entries)
        forgotten = []
        for number, key, length in entries:
            if size <= heaviest:
                break
            if key not in self._used:
                forgotten.append(number)
                size -= length
        for number in forgotten:
            self._ask("delete from kept where number = ?", (number,))

    def _ask(self, question: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return what the file answers; nothing when it cannot be asked."""
        if self._folder is None:
            return []
        try:
            if self._opened is None:
                self._opened = opened(self._folder)
                weakref.finalize(self, self._opened.close)
            return self._opened.execute(question, values).fetchall()
        except sqlite3.OperationalError:  # held by another program, or the disk is full
            return []
        except (OSError, sqlite3.Error, MemoryError, OverflowError, UnicodeDecodeError):
            self._give_up()
            return []

    def _give_up(self) -> None:
        """Go without for the rest of the run; what is broken inside is made anew by the next one."""
        if self._opened is not None and self._folder is not None:
            self._opened.close()
            remove(self._folder)
        self._folder = None


def _same(body: bytes) -> bytes:
    return body


def _seal(key: bytes, digest: str, card: bytes) -> bytes:
    return hashlib.sha256(key + digest.encode() + card).digest()


def _checked(key: Any, seal: Any, digest: Any, card: Any) -> tuple[Any, str] | None:
    """Return the card and digest of an entry, or None when it is not what was once written."""
    kinds = (isinstance(part, bytes) for part in (key, seal, card))
    if not all(kinds) or not isinstance(digest, str) or seal != _seal(key, digest, card):
        return None
    return from_json(card), digest
