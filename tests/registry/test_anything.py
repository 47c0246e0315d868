"""Broken files, at random: never a traceback, and never a half-written export."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.registry.countries import country_of, listed
from evidence.registry.reading import read_export
from tests.registry.exporting import (
    CTIS_STUDY,
    ISRCTN_STUDY,
    PORTAL_STUDY,
    SUMMARIES,
    answer,
    api,
    classic,
    classic_xml,
    full_study,
    isrctn_xml,
    packed,
    page,
    portal,
    portal_xml,
    present,
    project,
    run,
    table,
    workbook,
    written,
)

OTHERS = {
    "an answer": answer(full_study()),
    "classic xml": classic_xml(),
    "xml of the portal": portal_xml(),
    "isrctn": table(tuple(ISRCTN_STUDY), ISRCTN_STUDY),
    "xml of isrctn": isrctn_xml(),
    "ctis": table(tuple(CTIS_STUDY), CTIS_STUDY),
    "summaries": SUMMARIES,
}

TWO: tuple[dict[str, str], ...] = ({}, {"NCT Number": "NCT00000002", "TrialID": "DRKS00000002"})
EXPORTS = {
    "classic": classic(*TWO).encode(),
    "present": present(*TWO).encode(),
    "portal": portal(*TWO).encode(),
    "page": page(api(1), api(2)).encode(),
    "lines": "\n".join(json.dumps(api(number)) for number in (1, 2)).encode(),
}
FILES = 2


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


MORE = {
    **{name: export.encode() for name, export in OTHERS.items()},
    "an archive": packed({"a.csv": classic(), "b.xml": classic_xml()}),
    "a workbook": workbook(("A", [list(PORTAL_STUDY), list(PORTAL_STUDY.values())])),
}


@pytest.mark.parametrize("name", MORE)
@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6),
    st.floats(0, 1),
)
def test_a_broken_file_of_any_shape_gives_records_or_problems(
    name: str, changes: list[tuple[float, int]], share: float
) -> None:
    raw = bytearray(MORE[name])
    for place, byte in changes:
        raw[int(place * len(raw))] = byte
    cut = bytes(raw if share > 0.5 else raw[: int(share * 2 * len(raw))])
    found = read_export("a", cut)
    assert found.records or found.problems


@settings(deadline=None)
@given(st.sampled_from([",", " - ", "(", "France, "]), st.integers(1, 5000))
def test_any_number_of_names_is_no_country(mark: str, times: int) -> None:
    country_of(mark * times)
    listed(f"France{mark}" * times)


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
