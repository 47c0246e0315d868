"""Studies of an import, put down on disk while others are read: memory stays the same for any number.

A temporary database of the standard library holds a line for each study. One trial with several
records is kept once, and the lines come out by id.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from evidence.problems import Place
from evidence.read.registered import COLUMNS, SEPARATOR
from evidence.registry.record import RegisteredStudy

# Why a row is not kept, as it is said

SAME_ROW = "same-row"
SAME_ID = "same-id"
SAME_TRIAL = "same-trial"
OTHER_COUNTRY = "other-country"
REASONS = {
    SAME_ROW: "The same row stands more than once; one is counted.",
    SAME_ID: "The same id stands more than once; the record that was updated last is counted.",
    SAME_TRIAL: "Several registrations of one trial, by the ids they name; that of "
    "ClinicalTrials.gov is counted, else the earliest registered, else the smaller id.",
    OTHER_COUNTRY: "Rows of one trial, one for each country; their countries are joined.",
}
BEST = "clinicaltrials-gov"
COUNTRIES, PLACE = COLUMNS.index("countries"), COLUMNS.index("place")
TOGETHER = 5_000  # rows that are put down at once
NEVER = "9999-99-99"  # after any day: a record whose registration is not dated
TABLES = """\
CREATE TABLE studies (
  number INTEGER PRIMARY KEY, id TEXT, registry TEXT, part TEXT, updated TEXT, registered TEXT,
  content BLOB, printed TEXT
);
CREATE TABLE lines (number INTEGER PRIMARY KEY, cells TEXT);
CREATE TABLE undecided (number INTEGER PRIMARY KEY, at TEXT, dates TEXT);
CREATE TABLE named (number INTEGER, id TEXT);
CREATE TABLE kept (
  number INTEGER PRIMARY KEY, id TEXT, registry TEXT, registered TEXT, printed TEXT
);
"""
MARK = "\x1f"  # between the cells of a line: no text that is read holds one
UNDECIDED = """\
SELECT number, registry, at, dates, cells FROM undecided
JOIN studies USING (number) JOIN lines USING (number)
WHERE number > ? ORDER BY number LIMIT ?
"""
# Two ids that stand in one record are of one trial, where both are here
NAMED_HERE = """\
SELECT kept.id, other.id FROM named
JOIN kept ON kept.number = named.number JOIN kept AS other ON other.id = named.id
"""
# So are records of several registries that name one number, which is not here itself. A number that
# two records of one registry name is of a programme, not of a trial: it says nothing
NAMED_TWICE = """\
SELECT named.id, kept.id FROM named JOIN kept ON kept.number = named.number
WHERE named.id IN (
  SELECT named.id FROM named JOIN kept ON kept.number = named.number
  GROUP BY named.id
  HAVING count(DISTINCT kept.registry) > 1 AND count(DISTINCT kept.registry) = count(DISTINCT kept.id)
) AND named.id NOT IN (SELECT id FROM kept)
ORDER BY named.id, kept.number
"""
Cells = tuple[str, ...]
Undecided = dict[str, str]


@dataclass(frozen=True)
class UndecidedStudy:
    """A study whose dates were not decided: where it stands, the dates as written, its line."""

    registry: str
    at: Place
    dates: Undecided
    cells: list[str]


@dataclass(frozen=True)
class DecidedStudy:
    """The same when they are: its line, and the days of its update and its registration."""

    cells: Sequence[str]
    updated: str
    registered: str


class Shelf:
    """Studies on disk: add all, ``join``, then take ``lines``. A context manager, once."""

    def __init__(self) -> None:
        """Make an empty shelf in a folder of its own, which goes with it."""
        self._folder = tempfile.TemporaryDirectory(prefix="import-")
        self._rows = sqlite3.connect(Path(self._folder.name) / "studies", isolation_level=None)
        self._rows.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
        self._rows.execute("BEGIN")
        self._studies: list[tuple[object, ...]] = []
        self._lines: list[tuple[object, ...]] = []
        self._undecided: list[tuple[object, ...]] = []
        self._named: list[tuple[object, ...]] = []
        self.count = 0

    def __enter__(self) -> Self:
        """Return the shelf itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close and delete it."""
        self._rows.close()
        self._folder.cleanup()

    def add(self, study: RegisteredStudy, cells: Cells, undecided: Undecided) -> None:
        """Put down a study with its line and the dates that only the whole file decides."""
        self.count += 1
        alike = repr((study.content, undecided)).encode()
        self._studies.append((
            self.count, study.id, study.registry, study.part, str(study.updated or ""),
            str(study.registered or NEVER), hashlib.blake2b(alike, digest_size=16).digest(), cells[0],
        ))  # fmt: skip
        self._lines.append((self.count, MARK.join(cells)))
        self._named += ((self.count, other_id) for other_id in sorted(study.other_ids))
        if undecided:
            at = json.dumps((study.at.file, study.at.line, study.at.column))
            self._undecided.append((self.count, at, json.dumps(undecided)))
        if len(self._studies) >= TOGETHER:
            self._put()

    def _put(self) -> None:
        for table, waiting in (
            ("studies VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._studies),
            ("lines VALUES (?, ?)", self._lines),
            ("undecided VALUES (?, ?, ?)", self._undecided),
            ("named VALUES (?, ?)", self._named),
        ):
            self._rows.executemany(f"INSERT INTO {table}", waiting)
            waiting.clear()

    def decide(self, dated: Callable[[UndecidedStudy], DecidedStudy]) -> None:
        """Write again the studies whose dates were not decided, and forget that they were not."""
        self._put()
        last = 0
        while held := self._rows.execute(UNDECIDED, (last, TOGETHER)).fetchall():
            last = held[-1][0]
            for number, registry, at, dates, cells in held:
                study = UndecidedStudy(
                    registry, Place(*json.loads(at)), json.loads(dates), cells.split(MARK)
                )
                decided = dated(study)
                days = decided.updated, decided.registered or NEVER, number
                self._rows.execute(
                    "UPDATE studies SET updated = ?, registered = ? WHERE number = ?", days
                )
                self._write(number, decided.cells)
        self._rows.execute("DELETE FROM undecided")

    def _write(self, number: int, cells: Sequence[str]) -> None:
        change = MARK.join(cells), number
        self._rows.execute("UPDATE lines SET cells = ? WHERE number = ?", change)

    def newest(self) -> str | None:
        """Return the newest day on which a study was updated."""
        self._put()
        (day,) = self._rows.execute("SELECT max(updated) FROM studies").fetchone()
        return day or None

    def join(self) -> Counter[str]:
        """Keep one record of each trial; return how many rows were dropped, by reason."""
        self._put()
        dropped: Counter[str] = Counter()
        self._rows.execute("CREATE INDEX by_id ON studies (id, number)")
        rows = self._rows.execute(
            "SELECT id, number, registry, part, updated, registered, content, printed FROM studies "
            "ORDER BY id, number"
        )
        kept: list[tuple[object, ...]] = []
        for _, same in groupby(rows, key=lambda row: row[0]):
            kept.append(self._best_of_id(list(same), dropped))
            if len(kept) >= TOGETHER:
                self._keep(kept)
        self._keep(kept)
        self._rows.execute("CREATE INDEX kept_by_id ON kept (id)")
        dropped[SAME_TRIAL] += self._drop_other_registrations()
        return +dropped

    def _keep(self, kept: list[tuple[object, ...]]) -> None:
        self._rows.executemany("INSERT INTO kept VALUES (?, ?, ?, ?, ?)", kept)
        kept.clear()

    def _best_of_id(
        self, rows: Sequence[tuple[Any, ...]], dropped: Counter[str]
    ) -> tuple[object, ...]:
        """Return the row that was updated last; join the countries of rows that are for one each."""
        best = rows[0]
        parts = {best[3]}
        for row in rows[1:]:
            if row[3] not in parts:
                parts.add(row[3])
                dropped[OTHER_COUNTRY] += 1
            else:
                dropped[SAME_ROW if row[6] == best[6] else SAME_ID] += 1
            if row[4] > best[4]:
                best = row
        if len(parts) > 1:
            self._join_countries([row[1] for row in rows], best[1])
        return best[1], best[0], best[2], best[5], best[7]

    def _join_countries(self, numbers: Sequence[int], best: int) -> None:
        lines = {number: self._line(number) for number in numbers}
        codes = {
            code for line in lines.values() for code in line[COUNTRIES].split(SEPARATOR) if code
        }
        joined = lines[best]
        joined[COUNTRIES] = SEPARATOR.join(sorted(codes))
        joined[PLACE] = joined[PLACE] if len(codes) == 1 else ""
        self._write(best, joined)

    def _line(self, number: int) -> list[str]:
        asked = "SELECT cells FROM lines WHERE number = ?"
        return str(self._rows.execute(asked, (number,)).fetchone()[0]).split(MARK)

    def _drop_other_registrations(self) -> int:
        """Keep one of the records that name one another, however many steps apart."""
        self._rows.execute("CREATE INDEX named_by_id ON named (id)")
        parents: dict[str, str] = {}

        def root(name: str) -> str:
            parents.setdefault(name, name)
            while parents[name] != name:
                parents[name] = parents[parents[name]]
                name = parents[name]
            return name

        for name, other in self._rows.execute(NAMED_HERE):
            parents[root(name)] = root(other)
        for _, namers in groupby(self._rows.execute(NAMED_TWICE), key=lambda row: row[0]):
            (_, first), *others = namers
            for _, name in others:
                parents[root(name)] = root(first)
        groups: dict[str, list[str]] = {}
        for name in parents:
            groups.setdefault(root(name), []).append(name)
        dropped = [name for group in groups.values() for name in self._all_but_best(group)]
        self._rows.executemany("DELETE FROM kept WHERE id = ?", ((name,) for name in dropped))
        return len(dropped)

    def _all_but_best(self, group: Sequence[str]) -> list[str]:
        def rank(name: str) -> tuple[bool, str, str]:
            asked = "SELECT registry, registered FROM kept WHERE id = ?"
            registry, registered = self._rows.execute(asked, (name,)).fetchone()
            return registry != BEST, registered, name

        return sorted(group, key=rank)[1:] if len(group) > 1 else []

    @property
    def kept(self) -> int:
        """Return how many studies are kept."""
        (count,) = self._rows.execute("SELECT count(*) FROM kept").fetchone()
        return int(count)

    def lines(self) -> Iterator[Cells]:
        """Yield the lines that are kept, by their first cell."""
        self._rows.execute("CREATE INDEX IF NOT EXISTS in_order ON kept (printed)")
        asked = "SELECT cells FROM kept JOIN lines USING (number) ORDER BY printed"
        for (cells,) in self._rows.execute(asked):
            yield tuple(cells.split(MARK))
