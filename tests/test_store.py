"""A store of bytes by content key."""

from __future__ import annotations

from datetime import date as Date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.store import FILE, Cache, content_key, packs


def refuse() -> bytes:
    raise AssertionError("it was kept, and is made again")


def test_what_was_made_once_is_not_made_again(tmp_path: Path) -> None:
    assert Cache(tmp_path).fetch("seam", "key", lambda: b"made") == b"made"
    assert Cache(tmp_path).fetch("seam", "key", refuse) == b"made"


def test_without_a_folder_nothing_is_kept() -> None:
    made = iter([b"one", b"two"])
    cache = Cache(None)
    assert [cache.fetch("seam", "key", lambda: next(made)) for _ in range(2)] == [b"one", b"two"]


def test_each_seam_keeps_its_own(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.fetch("one", "key", lambda: b"one")
    assert cache.fetch("two", "key", lambda: b"two") == b"two"


def test_of_too_many_entries_those_that_a_run_did_not_use_are_forgotten(tmp_path: Path) -> None:
    first = Cache(tmp_path)
    for key in ("a", "b"):
        first.fetch("seam", key, key.encode)
    second = Cache(tmp_path)
    second.fetch("seam", "a", refuse)
    second.prune("seam", most=1)
    assert second.keys("seam") == ["a"]


def test_the_oldest_entries_are_forgotten_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for key in "dcba":
        cache.fetch("seam", key, key.encode)
    Cache(tmp_path).prune("seam", most=2)
    assert cache.keys("seam") == ["b", "a"]


def test_of_too_many_bytes_the_oldest_are_forgotten(tmp_path: Path) -> None:
    for key in "abc":
        Cache(tmp_path).keep("seam", key, b"12345")
    Cache(tmp_path).prune("seam", heaviest=12)
    assert Cache(tmp_path).keys("seam") == ["b", "c"]


def test_few_entries_are_kept_for_later_runs(tmp_path: Path) -> None:
    Cache(tmp_path).fetch("seam", "a", lambda: b"a")
    Cache(tmp_path).prune("seam")
    assert Cache(tmp_path).keys("seam") == ["a"]


def test_other_seams_are_not_pruned(tmp_path: Path) -> None:
    Cache(tmp_path).fetch("other", "a", lambda: b"a")
    Cache(tmp_path).prune("seam")
    assert Cache(tmp_path).keys("other") == ["a"]


def test_two_runs_at_once_share_what_they_keep(tmp_path: Path) -> None:
    one, other = Cache(tmp_path), Cache(tmp_path)
    one.fetch("seam", "key", lambda: b"made")
    other.fetch("seam", "another", lambda: b"made too")
    assert other.fetch("seam", "key", refuse) == b"made"
    assert one.fetch("seam", "another", refuse) == b"made too"


@pytest.mark.parametrize("length", [0, 1, 3000])
def test_a_file_that_was_cut_off_or_overwritten_is_made_anew(length: int, tmp_path: Path) -> None:
    Cache(tmp_path).keep("seam", "key", bytes(10_000))
    (tmp_path / FILE).write_bytes(b"not what it was " * length)
    assert Cache(tmp_path).fetch("seam", "key", lambda: b"made") == b"made"
    assert Cache(tmp_path).fetch("seam", "key", refuse) == b"made"


def test_a_failure_while_making_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        Cache(tmp_path).fetch("seam", "key", refuse)
    assert Cache(tmp_path).fetch("seam", "key", lambda: b"made") == b"made"


def test_a_folder_that_cannot_be_written_is_only_slower(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    cache = Cache(blocked)
    assert cache.fetch("seam", "key", lambda: b"made") == b"made"
    cache.prune("seam")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a",), ("a", "")),
        ((["a", "b"],), (["b", "a"],)),
        ((1,), ("x",)),
        ((Decimal("1.0"),), (Decimal("1.00"),)),
        (({"a": 1},), ({"a": 2},)),
    ],
)
def test_different_parts_have_different_keys(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    assert content_key(*one) != content_key(*other)


def test_the_order_of_keys_does_not_matter() -> None:
    assert content_key({"a": 1, "b": Date(2024, 1, 2)}) == content_key(
        {"b": Date(2024, 1, 2), "a": 1}
    )


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_keys_are_the_same_only_for_the_same_parts(one: list[str], other: list[str]) -> None:
    assert (content_key(*one) == content_key(*other)) == (one == other)


@given(st.lists(st.text(min_size=1, max_size=6), unique=True, max_size=300))
def test_every_name_is_in_one_pack(names: list[str]) -> None:
    assert sorted(name for pack in packs(names) for name in pack) == sorted(names)


def test_a_name_more_makes_one_pack_different() -> None:
    names = [f"nct{number}" for number in range(1000)]
    before, after = packs(names), packs([*names, "another"])
    assert max(map(len, before)) < 150
    assert len([pack for pack in after if pack not in before]) == 1
