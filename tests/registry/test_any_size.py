"""An export of any size: read as it comes, put down on disk, and never held whole."""

from __future__ import annotations

import json
import random
import sqlite3
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date as Date
from pathlib import Path

import pytest

from evidence.problems import Place, Problem
from evidence.registry import importing, shelf
from evidence.registry.importing import Asked, import_registry
from evidence.registry.reading import items_of
from evidence.registry.record import FileRead, Problems, Record
from evidence.registry.source import in_memory
from tests.registry.exporting import (
    answer,
    api,
    classic,
    full_study,
    packed,
    page,
    portal,
    portal_xml,
    project,
    provenance,
    run,
)

MANY = 1000
MOST = 8_000_000  # bytes: each export has more, and its records take twice that
LONG = "".join(random.Random(0).choices("honey", k=12_000))  # noqa: S311 - text, not a secret


def study_of(number: int) -> dict[str, str]:
    text = "".join(random.Random(number).choices("honey bread", k=12_000))  # noqa: S311
    return {"NCT Number": f"NCT{number:08d}", "Title": text}


EXPORTS: dict[str, Callable[[], str | bytes]] = {
    "a table": lambda: classic(
        *({"NCT Number": f"NCT{n:08d}", "Title": LONG} for n in range(MANY))
    ),
    "a page": lambda: page(*(api(n, extra={"text": LONG}) for n in range(MANY))),
    "lines": lambda: "\n".join(json.dumps(api(n, extra={"text": LONG})) for n in range(MANY)),
    "an answer": lambda: answer(*({**full_study(n), "Extra": LONG} for n in range(MANY))),
    "xml": lambda: portal_xml(
        *({"TrialID": f"NCT{n:08d}", "Public title": LONG} for n in range(MANY))
    ),
    "an archive": lambda: packed({"a.csv": classic(*map(study_of, range(MANY)))}),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_records_come_one_after_another(name: str) -> None:
    export = EXPORTS[name]()
    source = in_memory("a", export if isinstance(export, bytes) else export.encode())
    del export
    read = FileRead("a")
    tracemalloc.start()
    try:
        count = 0
        for item in items_of(read, source):
            assert isinstance(item, Record)
            count += 1
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == MANY
    assert most < MOST


def test_a_file_says_how_far_its_import_is(tmp_path: Path) -> None:
    said: list[str] = []
    path = tmp_path / "export"
    path.write_text(classic(*({"NCT Number": f"NCT{n:08d}"} for n in range(importing.EVERY))))
    root = project(tmp_path / "project")
    import_registry(root, Asked((path,), "honey", Date(2022, 10, 7)), said.append)
    assert said == [
        f"{path}: {importing.EVERY} studies read",
        f"{importing.EVERY} studies: looking for those that stand twice",
    ]


def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(shelf.Shelf, "_put", full)
    printed = run(project(tmp_path), classic())
    assert printed.code == 1
    assert "data/registry: what is read cannot be put down on disk: database or disk is full" in (
        printed.problems
    )
    assert "TMPDIR" in printed.problems


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    assert run(project(tmp_path / "a"), classic()).code == 0
    assert run(project(tmp_path / "b"), "no export").code == 1
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_date_is_decided_when_the_whole_file_was_read(tmp_path: Path) -> None:
    root = project(tmp_path)
    rows = [
        {"TrialID": "CTRI/2020/01/000001", "Last Refreshed on": "05-07-2020"},
        {"TrialID": "CTRI/2020/01/000001", "Last Refreshed on": "04-08-2020", "Phase": "4"},
        {"TrialID": "CTRI/2020/01/000002", "Last Refreshed on": "21-06-2020"},
    ]
    assert run(root, portal(*rows)).code == 0
    assert provenance(root, "ictrp-2022-10-07")["newest-update"] == "2020-08-04"
    text = (root / "data/registry/ictrp-2022-10-07/records.csv").read_text()
    assert ",4,recruiting," in text, "of one id the newer, which the order of day and month decides"


def test_a_record_of_the_future_is_found_when_its_date_is_decided(tmp_path: Path) -> None:
    rows = [
        {"TrialID": "CTRI/2020/01/000001", "Last Refreshed on": "05-11-2022"},
        {"TrialID": "CTRI/2020/01/000002", "Last Refreshed on": "21-06-2020"},
    ]
    printed = run(project(tmp_path), portal(*rows))
    assert printed.code == 1
    assert printed.entries[0].startswith(
        "download-0:2:1: 'CTRI/2020/01/000001' was last updated on 2022-11-05"
    )


def problems(count: int) -> Iterator[Problem]:
    for line in range(1, count + 1):
        yield Problem(Place("a", line, 1), "export-row", f"row {line}", "Mend it.")


def test_many_problems_of_one_kind_are_counted_and_not_held() -> None:
    collected = Problems(3)
    collected.add(list(problems(100)))
    limited = collected.limited()
    assert [problem.message for problem in limited] == [
        "row 1",
        "row 2",
        "row 3",
        "and 97 more of the same rule from here on",
    ]
    assert limited[-1].place.line == 4
