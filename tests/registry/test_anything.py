"""Broken files, at random: never a traceback, and never a half-written export."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.exporting import api, classic, page, portal, present, project, run, written

TWO: tuple[dict[str, str], ...] = ({}, {"NCT Number": "NCT00000002", "TrialID": "DRKS00000002"})
EXPORTS = {
    "classic": classic(*TWO).encode(),
    "present": present(*TWO).encode(),
    "portal": portal(*TWO).encode(),
    "page": page(api(1), api(2)).encode(),
    "lines": "\n".join(json.dumps(api(number)) for number in (1, 2)).encode(),
}
FILES = 12


def imported(raw: bytes) -> None:
    """Import bytes: either everything is written, or nothing and a problem is printed."""
    with tempfile.TemporaryDirectory() as folder:
        root = project(Path(folder) / "project")
        printed = run(root, raw)
        assert "Traceback" not in printed.problems
        if printed.code:
            assert printed.code == 1
            assert printed.entries
            assert written(root) == {}
        else:
            assert len(written(root)) == FILES
        assert not list((root / "data/registry").glob(".*"))


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=40, deadline=None)
@given(st.floats(0, 1))
def test_a_file_that_is_cut_off_anywhere(name: str, share: float) -> None:
    raw = EXPORTS[name]
    imported(raw[: int(share * len(raw))])


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6))
def test_a_file_in_which_bytes_were_changed(name: str, changes: list[tuple[float, int]]) -> None:
    raw = bytearray(EXPORTS[name])
    for share, byte in changes:
        raw[int(share * len(raw))] = byte
    imported(bytes(raw))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_at_all(raw: bytes) -> None:
    imported(raw)


leaves = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8)
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3), max_leaves=4)
KEYS = sorted(api()["protocolSection"])


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), values, max_size=4))
def test_json_of_any_shape(changes: dict[str, object]) -> None:
    imported(json.dumps([api(1, **changes)]).encode())
