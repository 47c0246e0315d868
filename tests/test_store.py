"""The store: what is kept, under which key, and how it comes back."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import kept_file, program
from evidence.kept_file import FILE
from evidence.store import Later, Made, Store, content_key, packs, place_in
from evidence.workers import Workers

made_now: list[tuple[Any, ...]] = []


@pytest.fixture(autouse=True)
def _nothing_made() -> None:
    made_now.clear()


def noted(*value: Any) -> Made:
    """Return something of a value, and note that it was made."""
    made_now.append(value)
    return Made({"of": value}, repr(value).encode())


def other(*value: Any) -> Made:
    """Return something else of the same value."""
    made_now.append(value)
    return Made(["other", *value], b"other")


def squared(number: int) -> Made:
    return Made(number * number, bytes(number))


def of_all(shared: Shared, number: int) -> Made:
    made_now.append((shared.key, number))
    return Made([shared.key, number])


@dataclass(frozen=True)
class Shared:
    """What all values have in common."""

    key: str


def refuse(*_value: Any) -> Made:
    raise AssertionError("it failed while it was made")


def test_what_was_made_once_is_not_made_again(tmp_path: Path) -> None:
    for _ in range(3):
        kept = Store(tmp_path).keep(noted, "a", 1)
        assert (kept.card, kept.body()) == ({"of": ["a", 1]}, b"('a', 1)")
    assert made_now == [("a", 1)]


def test_without_a_folder_nothing_is_kept() -> None:
    nothing = Store(None)
    assert [nothing.keep(noted, "a").body() for _ in range(2)] == [b"('a',)"] * 2
    assert len(made_now) == 2


def test_a_result_comes_back_equal_whether_it_is_made_or_kept(tmp_path: Path) -> None:
    value = ((1, (2, 3)), {"a": (Decimal("1.50"), Date(2026, 11, 28))}, None, True, "é\ud800"[:1])
    made, kept = (Store(tmp_path).keep(noted, *value) for _ in range(2))
    assert len(made_now) == 1
    assert made.card == kept.card == Store(None).keep(noted, *value).card
    assert made.card["of"][0] == [1, [2, 3]]
    assert (made.digest, made.body()) == (kept.digest, kept.body())


@pytest.mark.parametrize(
    ("one", "another"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a",), ("a", "")),
        ((["a", "b"],), (["b", "a"],)),
        (("a", "b"), (["a", "b"],)),
        ((1,), ("1",)),
        ((1,), (True,)),
        (('["a"]',), (["a"],)),
        ((b"a",), ("a",)),
        ((Decimal("1.0"),), (Decimal("1.00"),)),
        (({"a": 1},), ({"a": 2},)),
        (({"a": 1},), ({"a": 1, "b": None},)),
        (("k",), (Later("k", list),)),
        ((Later("k", list),), (Later("l", list),)),
        ((None,), ()),
    ],
)
def test_another_value_is_another_key(one: tuple[Any, ...], another: tuple[Any, ...]) -> None:
    assert content_key(*one) != content_key(*another)


def test_another_value_is_made_for_itself(tmp_path: Path) -> None:
    kept = Store(tmp_path)
    values: list[tuple[Any, ...]] = [(), ("",), ("a",), ("a", "b"), (["a", "b"],), ('["a", "b"]',)]
    cards = [kept.keep(noted, *value).card for value in values]
    assert made_now == values
    assert [Store(tmp_path).keep(noted, *value).card for value in values] == cards
    assert made_now == values


def test_another_function_is_another_key(tmp_path: Path) -> None:
    assert Store(tmp_path).keep(noted, "a").card == {"of": ["a"]}
    assert Store(tmp_path).keep(other, "a").card == ["other", "a"]
    assert len(made_now) == 2


def test_what_values_have_in_common_is_part_of_the_key(tmp_path: Path) -> None:
    for _ in range(2):
        for key in ("one", "two"):
            kept = Store(tmp_path).keep_all(of_all, [(1,), (2,)], of=Shared(key))
            assert [each.card for each in kept] == [[key, 1], [key, 2]]
    assert made_now == [("one", 1), ("one", 2), ("two", 1), ("two", 2)]


@pytest.mark.parametrize("changed", ["program", "library"])
def test_another_program_or_library_is_another_key(
    changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(tmp_path).keep(noted, "a")
    program.program_version.cache_clear()
    with monkeypatch.context() as patch:
        if changed == "library":
            newer = {name: f"{number}.99" for name, number in program.installed().items()}
            patch.setattr(program, "installed", lambda: newer)
        else:
            files, another = program._files, "store.py"
            patch.setattr(
                program, "_files", lambda package: (n for n in files(package) if n != another)
            )
        Store(tmp_path).keep(noted, "a")
        assert len(made_now) == 2
    program.program_version.cache_clear()
    Store(tmp_path).keep(noted, "a")
    assert len(made_now) == 2


def test_the_order_of_keys_does_not_matter_to_a_reader_who_asks_by_name() -> None:
    one, another = {"a": 1, "b": Date(2024, 1, 2)}, {"b": Date(2024, 1, 2), "a": 1}
    assert Store(None).keep(noted, one).card == Store(None).keep(noted, another).card


def test_what_comes_later_is_fetched_only_when_something_is_made_of_it(tmp_path: Path) -> None:
    fetched = []

    def fetch() -> list[int]:
        fetched.append(1)
        return [1, 2]

    for _ in range(3):
        assert Store(tmp_path).keep(noted, Later("key", fetch)).card == {"of": [[1, 2]]}
    assert fetched == [1]


def test_results_come_in_the_order_of_their_values_made_or_kept(tmp_path: Path) -> None:
    Store(tmp_path).keep_all(noted, [(3,), (1,)])
    kept = Store(tmp_path).keep_all(noted, [(number,) for number in range(1200)])
    assert [each.card["of"] for each in kept] == [[number] for number in range(1200)]
    assert len(made_now) == 1200


def test_one_value_asked_for_twice_at_once_is_given_twice(tmp_path: Path) -> None:
    one, two = Store(tmp_path).keep_all(noted, [("a",), ("a",)])
    assert one.card == two.card
    assert one.body() == two.body()


@pytest.mark.parametrize("folder", [True, False])
def test_workers_make_what_this_process_would_make(tmp_path: Path, *, folder: bool) -> None:
    with Workers(2) as workers:
        kept = Store(tmp_path if folder else None, workers).keep_all(
            squared, [(number,) for number in range(20)], share=3
        )
        assert [(each.card, each.body()) for each in kept] == [
            (number * number, bytes(number)) for number in range(20)
        ]


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(folder / FILE)) as connection, connection:
        yield connection


@pytest.mark.parametrize(
    "question",
    [
        "update kept set body = x'00'",
        "update kept set body = 'text'",
        "update kept set body = ''",
        "update kept set body = 5",
        "delete from kept",
        "drop table kept",
    ],
)
def test_a_body_is_read_late_and_made_again_when_it_is_damaged_or_gone(
    question: str, tmp_path: Path
) -> None:
    Store(tmp_path).keep(noted, "a")
    kept = Store(tmp_path).keep(noted, "a")
    with opened(tmp_path) as connection:
        connection.execute(question)
    assert len(made_now) == 1
    assert kept.body() == b"('a',)"
    assert len(made_now) == 2


@pytest.mark.parametrize("column", ["card", "digest", "seal"])
def test_an_entry_that_was_changed_by_hand_is_made_again(column: str, tmp_path: Path) -> None:
    Store(tmp_path).keep(noted, "a")
    changed = {"card": b"[]", "digest": "0" * 64, "seal": bytes(32)}[column]
    with contextlib.closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as file:
        file.execute(f"update kept set {column} = ?", (changed,))  # noqa: S608
    kept = Store(tmp_path).keep(noted, "a")
    assert (kept.card, kept.body()) == ({"of": ["a"]}, b"('a',)")
    assert len(made_now) == 2


def test_a_body_that_was_made_again_is_there_for_the_next_run(tmp_path: Path) -> None:
    Store(tmp_path).keep(noted, "a")
    with contextlib.closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as file:
        file.execute("update kept set body = x'00'")
    for _ in range(3):
        assert Store(tmp_path).keep(noted, "a").body() == b"('a',)"
    assert len(made_now) == 2


def test_a_failure_while_making_is_not_kept(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(AssertionError):
            Store(tmp_path).keep(refuse, "a")


def test_two_runs_at_once_share_what_they_keep(tmp_path: Path) -> None:
    one, another = Store(tmp_path), Store(tmp_path)
    one.keep(noted, "a")
    another.keep(noted, "b")
    assert another.keep(noted, "a").body() == b"('a',)"
    assert one.keep(noted, "b").body() == b"('b',)"
    assert made_now == [("a",), ("b",)]


def names_kept(folder: Path) -> list[str]:
    """Return what is kept, the oldest first."""
    with opened(folder) as connection:
        rows = connection.execute("select body from kept order by number").fetchall()
    return [body.decode() for (body,) in rows]


def test_of_too_many_bytes_the_oldest_are_forgotten(tmp_path: Path) -> None:
    for name in "dcba":
        Store(tmp_path).keep(noted, name)
    size = len(b"('a',)" + b'{"of":["a"]}')
    Store(tmp_path).prune(heaviest=2 * size)
    assert names_kept(tmp_path) == ["('b',)", "('a',)"]


def test_what_a_run_used_stays_however_much_it_is(tmp_path: Path) -> None:
    for name in "abc":
        Store(tmp_path).keep(noted, name)
    run = Store(tmp_path)
    run.keep(noted, "a")
    run.keep(noted, "new")
    run.prune(heaviest=1)
    assert names_kept(tmp_path) == ["('a',)", "('new',)"]


def test_a_little_is_kept_for_later_runs(tmp_path: Path) -> None:
    Store(tmp_path).keep(noted, "a")
    Store(tmp_path).prune()
    assert names_kept(tmp_path) == ["('a',)"]


def test_a_folder_that_cannot_be_written_is_only_slower(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    kept = Store(blocked)
    assert kept.keep(noted, "a").body() == b"('a',)"
    kept.prune()


def test_a_store_that_another_program_holds_is_not_waited_for(tmp_path: Path) -> None:
    Store(tmp_path).keep(noted, "a")
    with contextlib.closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as holder:
        holder.execute("begin exclusive")
        holder.execute("delete from kept")
        started = time.perf_counter()
        held = Store(tmp_path)
        results = held.keep_all(noted, [("a",), ("b",), ("c",)])
        assert [each.body() for each in results] == [b"('a',)", b"('b',)", b"('c',)"]
        held.prune()
        assert time.perf_counter() - started < 1


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "text": lambda file: file.write_bytes(b"not what it was " * 3000),
    "a table with other columns": lambda file: _asked(file, "alter table kept drop column card"),
    "a table with other columns and rows": lambda file: _asked(
        file, "drop table kept", "create table kept (a, b)", "insert into kept values (1, 2)"
    ),
    "a page in the middle": lambda file: _overwrite(file, 5000, 30_000),
    "all but the first page": lambda file: _overwrite(file, 4096, 10**6),
}


def _asked(file: Path, *questions: str) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection, connection:
        for question in questions:
            connection.execute(question)


def _overwrite(file: Path, start: int, length: int) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    raw = bytearray(file.read_bytes())
    end = min(len(raw), start + length)
    raw[start:end] = b"\xa5" * (end - start)
    file.write_bytes(raw)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_broken_store_is_made_anew_and_keeps_again(damage: str, tmp_path: Path) -> None:
    values = [(name * 2000,) for name in "abcdefghijklmnopqrst"]
    wanted = [each.body() for each in Store(tmp_path).keep_all(noted, values)]
    DAMAGES[damage](tmp_path / FILE)
    for _ in range(2):  # the first run finds it broken, the second at the latest keeps again
        assert [each.body() for each in Store(tmp_path).keep_all(noted, values)] == wanted
    made_now.clear()
    assert [each.body() for each in Store(tmp_path).keep_all(noted, values)] == wanted
    assert made_now == []


def test_a_store_of_another_format_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(tmp_path).keep(noted, "a")
    monkeypatch.setattr(kept_file, "FORMAT", kept_file.FORMAT + 1)
    for _ in range(2):
        Store(tmp_path).keep(noted, "a")
    assert len(made_now) == 2


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_keys_are_the_same_only_for_the_same_parts(one: list[str], another: list[str]) -> None:
    assert (content_key(*one) == content_key(*another)) == (one == another)


@given(
    st.lists(st.text(min_size=1, max_size=6), unique=True, max_size=300),
    st.integers(min_value=1, max_value=60),
)
def test_every_name_is_in_one_pack(names: list[str], size: int) -> None:
    assert sorted(name for pack in packs(names, size) for name in pack) == sorted(names)


def test_a_name_more_makes_one_pack_different() -> None:
    names = [f"nct{number}" for number in range(1000)]
    before, after = packs(names, 100), packs([*names, "another"], 100)
    assert max(map(len, before)) < 150
    assert len([pack for pack in after if pack not in before]) == 1


def test_a_name_has_one_place_among_a_number_of_shares() -> None:
    places = [place_in(f"nct{number}", 8) for number in range(800)]
    assert places == [place_in(f"nct{number}", 8) for number in range(800)]
    assert {place: places.count(place) for place in range(8)}.keys() == set(range(8))
    assert max(places.count(place) for place in range(8)) < 150
