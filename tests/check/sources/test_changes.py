"""The changes of a registry are what two exports differ in, or the build says where they are not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.projects import build_here, change, write
from tests.registry.two_exports import CHANGES, COMPARED, FILES, FIRST, SECOND, provenance

LINES = CHANGES.splitlines(keepends=True)


@pytest.fixture
def root(minimal: Path) -> Path:
    write(minimal, FILES)
    return minimal


def problems(root: Path) -> list[str]:
    return build_here(root, "check").entries


def test_two_exports_side_by_side_are_sound(root: Path) -> None:
    assert problems(root) == []


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("".join(LINES[:-1]), "changes.csv: 'NCT00000004' is new (status) between the two exports, and no line says so"),
        (CHANGES.replace("2022-02-03", "2022-02-04"), "changes.csv:5:1: the two exports do not say this of 'NCT00000002'"),
        (CHANGES + "NCT00000009,new,status,,recruiting\n", "changes.csv:8:1: the two exports do not say this of 'NCT00000009'"),
        ("".join([LINES[0], LINES[2], LINES[1], *LINES[3:]]), "changes.csv:3:1: the change of 'NCT00000001' does not stand after that of 'NCT00000001'"),
        ("".join([*LINES[:2], *LINES[1:]]), "does not stand after"),
        (CHANGES.replace("id,change", "id,what"), "changes.csv:1:1: the columns of this table are not id, change, field, before, after"),
        (CHANGES.replace(",gone,", ",lost,"), "changes.csv:6:2: 'lost' is not a change that is known"),
        (CHANGES.replace("gone,status", "gone,phase"), "changes.csv:6:"),
        (CHANGES.replace("recruiting,completed", "completed,completed"), "changes.csv:2:"),
        (CHANGES.replace(",completion,", ",comp,letion,"), "changes.csv:5"),
        ("", "changes.csv"),
    ],
)  # fmt: skip
def test_a_table_that_is_not_the_difference_is_said_with_its_line(
    root: Path, table: str, said: str
) -> None:
    write(root, {f"{SECOND}/changes.csv": table})
    entries = problems(root)
    assert entries
    assert any(f"{SECOND}/{said}" in entry or said in entry for entry in entries), entries
    assert "Traceback" not in "".join(entries)


def test_a_table_that_is_missing_is_said(root: Path) -> None:
    (root / SECOND / "changes.csv").unlink()
    (entry,) = problems(root)
    assert "the changes of this export are missing" in entry
    assert "build.py changes registry colds-2023" in entry


def test_a_table_without_a_word_on_what_was_compared_is_said(root: Path) -> None:
    write(root, {f"{SECOND}/provenance.yaml": provenance("2023-10-07", 3)})
    (entry,) = problems(root)
    assert "nothing says with which export this one was compared" in entry


def test_records_that_are_no_longer_those_compared_are_said(root: Path) -> None:
    change(root, f"{FIRST}/records.csv", ",completed,", ",withdrawn,")
    (entry,) = problems(root)
    assert "'NCT00000002' is changed (status) between the two exports, and no line says so" in entry


@pytest.mark.parametrize(
    ("before", "after"), [("2022-10-07", "2022-10-08"), ("common cold", "common cough")]
)
def test_an_export_before_that_is_another_one_is_said(root: Path, before: str, after: str) -> None:
    change(root, f"{FIRST}/provenance.yaml", before, after)
    (entry,) = problems(root)
    assert "'colds-2022' is not an export of the same search, of 7 October 2022" in entry


def test_fields_that_were_compared_after_all_are_said(root: Path) -> None:
    more = COMPARED.replace("}", ", not-compared: [phase]}")
    write(root, {f"{SECOND}/provenance.yaml": provenance("2023-10-07", 3, more=more)})
    (entry,) = problems(root)
    assert "not compared would be nothing" in entry


def test_what_changed_stays_when_the_export_before_is_taken_away(root: Path) -> None:
    shutil.rmtree(root / FIRST)
    assert problems(root) == []
