"""However the store is damaged, a build with it gives the bytes of a clean one."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from evidence import kept_file, store
from evidence.kept_file import FILE
from evidence.run import run
from tests.projects import MINIMAL, TODAY, change, files_below, make_project, write
from tests.test_store import opened

RECORD = "last-run.json"
TRIAL = """\
name: Rest for colds, number {number}
condition: cold
registry-id: NCT0000000{number}
readings:
  - {{source: smith-2020, locator: Table 1, kind: paper, read: 2026-11-21, says: {{condition: colds, enrolment: 1{number}}}}}
"""
TRIALS: dict[str, str | bytes] = {
    "content/trials/index.md": "---\ntitle: Trials\nkind: trials\n---\nAll of them.\n",
    **{f"data/trials/nct{number:08d}.yaml": TRIAL.format(number=number) for number in range(5)},
}
Damage = Callable[[Path], object]


@dataclass(frozen=True)
class Runs:
    """A project, the same after an edit, what clean builds of both give, and the store of the first."""

    project: Path
    edited: Path
    clean: dict[str, bytes]
    clean_edited: dict[str, bytes]
    kept: Path
    site: Path


def edit(root: Path) -> None:
    """Change a page and a trial; everything else is wanted from the store."""
    change(root, "content/about.md", "Who made it.", "Who made all of it.")
    change(root, "data/trials/nct00000002.yaml", "number 2", "number two")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    base = tmp_path_factory.mktemp("damaged")
    project, edited = (make_project(base / name, MINIMAL) for name in ("project", "edited"))
    for root in (project, edited):
        write(root, TRIALS)
    edit(edited)
    for root in (project, edited):
        run(root, base / f"clean-{root.name}", TODAY, None)
    run(project, base / "site", TODAY, base / "kept")
    with opened(base / "kept") as connection:  # all of it in one file, so that damage hits it
        connection.execute("pragma wal_checkpoint(truncate)")
    clean, clean_edited = files_below(base / "clean-project"), files_below(base / "clean-edited")
    return Runs(project, edited, clean, clean_edited, base / "kept", base / "site")


def cut(part: float) -> Damage:
    """Return what cuts the file off after a part of it."""

    def damage(folder: Path) -> None:
        raw = (folder / FILE).read_bytes()
        (folder / FILE).write_bytes(raw[: int(len(raw) * part)])

    return damage


def zeroed(page: int, number: int = 1, size: int = 4096) -> Damage:
    """Return what puts zeros in place of some pages; -1 is the last one."""

    def damage(folder: Path) -> None:
        raw = bytearray((folder / FILE).read_bytes())
        start = page * size if page >= 0 else len(raw) + page * size
        raw[start : start + number * size] = bytes(len(raw[start : start + number * size]))
        (folder / FILE).write_bytes(raw)

    return damage


def flipped(number: int, seed: int, start: int = 0) -> Damage:
    """Return what changes bytes at random places that are always the same."""

    def damage(folder: Path) -> None:
        chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        raw = bytearray((folder / FILE).read_bytes())
        for _ in range(number):
            raw[chance.randrange(start, len(raw))] ^= chance.randrange(1, 256)
        (folder / FILE).write_bytes(raw)

    return damage


def written(name: str, content: bytes) -> Damage:
    """Return what writes a file in place of what stands there."""
    return lambda folder: (folder / name).write_bytes(content)


def folder_at(name: str) -> Damage:
    """Return what puts a folder in place of a file."""

    def damage(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name / "inside").mkdir(parents=True)

    return damage


def asked(*questions: str) -> Damage:
    """Return what a hand does to the store with SQL."""

    def damage(folder: Path) -> None:
        with opened(folder) as connection:
            for question in questions:
                connection.execute(question)

    return damage


def swapped(column: str) -> Damage:
    """Return what gives each entry the column of the next one."""

    def damage(folder: Path) -> None:
        with opened(folder) as connection:
            rows = connection.execute(f"select number, {column} from kept").fetchall()  # noqa: S608
            values = [value for _, value in rows]
            if column == "key":  # no two may be the same, not even for a moment
                connection.execute("update kept set key = key || x'00'")
            for (number, _), value in zip(rows, [*values[1:], values[0]], strict=True):
                question = f"update kept set {column} = ? where number = ?"  # noqa: S608
                connection.execute(question, (value, number))

    return damage


def other_digits(column: str) -> Damage:
    """Return what changes every digit 1 to a 7."""
    return asked(f"update kept set {column} = cast(replace({column}, '1', '7') as blob)")  # noqa: S608


def loosened(question: str) -> Damage:
    """Return what changes entries in a table that takes anything."""
    return asked(
        "alter table kept rename to old",
        "create table kept (number integer primary key, key, seal, digest, card, body)",
        "insert into kept select * from old",
        "drop table old",
        question,
    )


def readable_only(folder: Path) -> None:
    for path in (*folder.iterdir(), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)


def recorded(change_of: Callable[[dict[str, object]], object]) -> Damage:
    """Return what changes the record of the last run."""

    def damage(folder: Path) -> None:
        fields = json.loads((folder / RECORD).read_text("utf-8"))
        fields = change_of(fields) or fields
        (folder / RECORD).write_text(json.dumps(fields), "utf-8")

    return damage


OF_FILE: dict[str, Damage] = {
    "gone": lambda folder: (folder / FILE).unlink(),
    "empty": cut(0),
    "cut off in its header": cut(0.0001),
    **{f"cut off after {part:.0%}": cut(part) for part in (0.01, 0.5, 0.99)},
    **{f"page {page} zeroed": zeroed(page) for page in (0, 1, 2, 7, -1)},
    "ten pages zeroed": zeroed(5, 10),
    "all zeroed": zeroed(0, 10**6),
    **{
        f"{number} bytes changed, {seed}": flipped(number, seed)
        for number in (1, 10, 2000)
        for seed in (1, 2)
    },
    "bytes changed behind the first page": flipped(500, 5, 4096),
    "a header of something else": lambda folder: (folder / FILE).write_bytes(
        b"SQLite format 9\0" + (folder / FILE).read_bytes()[16:]
    ),
    "text": written(FILE, b"What was kept.\n" * 1000),
    "JSON": written(FILE, b"{}"),
    "a folder": folder_at(FILE),
    "to be read only": readable_only,
    "a log that is garbage": written(f"{FILE}-wal", b"garbage" * 5000),
    "a log that is empty": written(f"{FILE}-wal", b""),
    "a folder in place of the log": folder_at(f"{FILE}-wal"),
    "an index of the log that is garbage": written(f"{FILE}-shm", b"garbage" * 5000),
    "an old journal": written(f"{FILE}-journal", b"garbage" * 500),
}
OF_ROWS: dict[str, Damage] = {
    **{
        f"{column}s swapped": swapped(column)
        for column in ("key", "seal", "digest", "card", "body")
    },
    "digits of cards changed": other_digits("card"),
    "digits of bodies changed": other_digits("body"),
    "digests in capitals": asked("update kept set digest = upper(digest)"),
    "bodies gone": asked("update kept set body = x''"),
    "bodies as text": asked("update kept set body = cast(body as text)"),
    "bodies as numbers": asked("update kept set body = 5"),
    "cards as text": asked("update kept set card = cast(card as text)"),
    "cards as numbers": asked("update kept set card = 12"),
    "cards that are no JSON": asked("update kept set card = x'7b'"),
    "cards of another shape": asked("update kept set card = '{\"problems\": [1]}'"),
    "cards that are nothing": loosened("update kept set card = null"),
    "bodies that are nothing": loosened("update kept set body = null"),
    "keys that are nothing": loosened("update kept set key = null"),
    "everything twice": loosened(
        "insert into kept (key, seal, digest, card, body) select key, seal, digest, body, card from kept"
    ),
    "half of the entries gone": asked("delete from kept where number % 2"),
    "numbers turned round": asked("update kept set number = -number"),
    "no table": asked("drop table kept"),
    "a table of another name": asked("alter table kept rename to held"),
    "a view in place of the table": asked(
        "alter table kept rename to held", "create view kept as select * from held"
    ),
    "a column less": asked("alter table kept drop column body"),
    "a column more": asked("alter table kept add column more text"),
    "another table": asked("drop table kept", "create table kept (a, b, c)"),
    "another format": asked("pragma user_version = 2"),
    "a format to come": asked("pragma user_version = 99"),
    "a trigger that forgets": asked(
        "create trigger forgets after insert on kept begin delete from kept; end"
    ),
}
OF_RECORD: dict[str, Damage] = {
    "a list": written(RECORD, b"[]"),
    "null": written(RECORD, b"null"),
    "an empty record": written(RECORD, b"{}"),
    "a number": written(RECORD, b"7"),
    "nothing": written(RECORD, b""),
    "garbage": written(RECORD, b"\xff\xfe\x00garbage"),
    "very deep": written(RECORD, b"[" * 100_000),
    "a folder": folder_at(RECORD),
    "half of it": lambda folder: (folder / RECORD).write_bytes(
        (folder / RECORD).read_bytes()[:100]
    ),
    "without its summary": recorded(lambda fields: fields.pop("summary") and None),
    "with a number for its lines": recorded(lambda fields: {**fields, "page_lines": 5}),
    "with other words": recorded(lambda fields: {**fields, "summary": "All is well."}),
    "with another key": recorded(lambda fields: {**fields, "key": "0" * 64}),
}


@pytest.fixture
def folder(runs: Runs, tmp_path: Path) -> Iterator[Path]:
    """A copy of the store and of the published site, to be damaged."""
    shutil.copytree(runs.kept, tmp_path / "kept")
    shutil.copytree(runs.site, tmp_path / "site")
    yield tmp_path / "kept"
    for path in (tmp_path / "kept", *(tmp_path / "kept").rglob("*")):
        path.chmod(0o755)


def expect_clean_build(project: Path, clean: dict[str, bytes], kept: Path) -> None:
    """Build a project with a store; it is that of a clean build."""
    site = kept.parent / "site"
    outcome = run(project, site, TODAY, kept)
    built = files_below(site)
    assert [path for path in clean if built.get(path) != clean[path]] == []
    assert built.keys() == clean.keys()
    assert "Numbers that carry evidence" in outcome.summary


def expect_clean_builds(runs: Runs, kept: Path) -> None:
    """Build after an edit with a damaged store, and as it was with what that build left behind."""
    expect_clean_build(runs.edited, runs.clean_edited, kept)
    expect_clean_build(runs.project, runs.clean, kept)


def test_the_store_is_damaged_in_many_ways() -> None:
    assert len(OF_FILE) + len(OF_ROWS) + len(OF_RECORD) >= 40


@pytest.mark.parametrize("damage", OF_FILE)
def test_a_store_whose_file_is_damaged_gives_the_bytes_of_a_clean_build(
    damage: str, runs: Runs, folder: Path
) -> None:
    (folder / RECORD).unlink()
    OF_FILE[damage](folder)
    expect_clean_builds(runs, folder)


@pytest.mark.parametrize("damage", OF_ROWS)
def test_a_store_whose_entries_are_damaged_gives_the_bytes_of_a_clean_build(
    damage: str, runs: Runs, folder: Path
) -> None:
    (folder / RECORD).unlink()
    OF_ROWS[damage](folder)
    expect_clean_builds(runs, folder)


@pytest.mark.parametrize("damage", OF_RECORD)
def test_a_damaged_record_of_the_last_run_is_no_record(
    damage: str, runs: Runs, folder: Path
) -> None:
    run(runs.project, folder.parent / "site", TODAY, folder)  # in its own place
    assert run(runs.project, folder.parent / "site", TODAY, folder).change == ("Nothing changed")
    OF_RECORD[damage](folder)
    outcome = run(runs.project, folder.parent / "site", TODAY, folder)
    assert outcome.change != "Nothing changed"
    assert files_below(folder.parent / "site") == runs.clean
    expect_clean_build(runs.edited, runs.clean_edited, folder)


def test_a_store_that_another_program_holds_gives_the_bytes_of_a_clean_build(
    runs: Runs, folder: Path
) -> None:
    (folder / RECORD).unlink()
    with contextlib.closing(sqlite3.connect(folder / FILE, isolation_level=None)) as holder:
        holder.execute("begin exclusive")
        holder.execute("update kept set body = x'00'")
        expect_clean_builds(runs, folder)


def test_a_store_that_another_program_changes_meanwhile_gives_the_bytes_of_a_clean_build(
    runs: Runs, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / RECORD).unlink()
    body = store.Store._body
    times = 0

    def disturbed(self: store.Store, task: store._Task, digest: str) -> bytes:
        nonlocal times
        times += 1
        if times % 5 == 0:
            asked("update kept set body = x'00' where number % 3 = 0")(folder)
        return body(self, task, digest)

    monkeypatch.setattr(store.Store, "_body", disturbed)
    expect_clean_builds(runs, folder)
    assert times > 5


@pytest.mark.parametrize(
    "limit", ["pragma max_page_count = 1", "pragma query_only = on", "pragma cache_size = 0"]
)
def test_a_disk_that_takes_no_more_gives_the_bytes_of_a_clean_build(
    limit: str, runs: Runs, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / RECORD).unlink()
    connected = kept_file._connected

    def limited(file: Path) -> sqlite3.Connection:
        connection = connected(file)
        connection.execute(limit)
        return connection

    monkeypatch.setattr(kept_file, "_connected", limited)
    expect_clean_builds(runs, folder)
