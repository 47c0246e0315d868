"""Nothing was read, searched or looked at on a day that has not come."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.store import Store
from tests.projects import (
    GALLERY,
    KEPT,
    MINIMAL,
    TODAY,
    build_in_memory,
    change,
    make_project,
    problems_of,
    write,
)

SOURCE, STUDY = "data/sources/smith-2020.yaml", "data/studies/smith-2020.yaml"
DISCREPANCY = "\ndiscrepancies:\n  a: {locator: Abstract, prints: one, expected: two, state: open, seen: 2026-11-30}\n"


def said(root: Path) -> list[tuple[str, str, str]]:
    return [(str(found.place), found.message, found.rule) for found in problems_of(root)]


@pytest.mark.parametrize(
    ("file", "before", "after", "place", "message"),
    [
        (SOURCE, "2026-11-21", "2036-11-21", "6:28", "'date: 2036-11-21'"),
        (SOURCE, "2026-11-20", "2026-11-30", "7:37", "'on: 2026-11-30'"),
        (SOURCE, "short:", "issued: 2029\nshort:", "3:9", "'issued: 2029'"),
        (STUDY, "    n: 40", "    n: 40\n    as-of: 2027", "12:12", "'as-of: 2027'"),
    ],
)
def test_a_day_that_has_not_come_is_told(
    file: str, before: str, after: str, place: str, message: str, tmp_path: Path
) -> None:
    project = make_project(tmp_path, MINIMAL)
    change(project, file, before, after)
    assert said(project) == [(f"{file}:{place}", f"{message} is in the future", "day-has-come")]


def test_so_is_the_day_on_which_a_misprint_was_seen(tmp_path: Path) -> None:
    project = make_project(tmp_path, MINIMAL)
    write(project, {SOURCE: (project / SOURCE).read_text("utf-8") + DISCREPANCY})
    assert said(project) == [
        (f"{SOURCE}:10:73", "'seen: 2026-11-30' is in the future", "day-has-come")
    ]


def test_so_are_those_of_searches_and_trials(tmp_path: Path) -> None:
    project = make_project(tmp_path, GALLERY)
    search = project / "data/searches/honey.yaml"
    text = search.read_text("utf-8")
    day = text.partition("on: ")[2][:10]
    search.write_text(text.replace(f"on: {day}", "on: 2031-01-01", 1), "utf-8")
    trial = next(
        path
        for path in sorted((project / "data/trials").iterdir())
        if "read: 20" in path.read_text("utf-8")
    )
    old = trial.read_text("utf-8")
    read = old.partition("read: ")[2][:10]
    trial.write_text(old.replace(f"read: {read}", "read: 2031-01-01", 1), "utf-8")
    found = said(project)
    assert [(message, rule) for _, message, rule in found] == [
        ("'on: 2031-01-01' is in the future", "day-has-come"),
        ("'read: 2031-01-01' is in the future", "day-has-come"),
    ]
    lines = (old[: old.index("read: ")].count("\n") + 1, text[: text.index("on: ")].count("\n") + 1)
    assert found[0][0].startswith(f"data/searches/honey.yaml:{lines[1]}:")
    assert found[1][0].startswith(f"data/trials/{trial.name}:{lines[0]}:")


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        (SOURCE, "2026-11-21", TODAY.isoformat()),
        (SOURCE, "short:", "issued: 2027-03\nshort:"),  # an issue that is to come
        (STUDY, "    events: 37\n    n: 40\n", "    date: 2031-05\n"),  # a plan
        (STUDY, "    n: 40", "    n: 40\n    as-of: 2026"),
    ],
)
def test_a_plan_and_today_are_no_problem(
    file: str, before: str, after: str, tmp_path: Path
) -> None:
    project = make_project(tmp_path, MINIMAL)
    change(project, file, before, after)
    assert said(project) == []


def test_a_day_is_told_also_where_the_records_were_found_sound_before(tmp_path: Path) -> None:
    project = make_project(tmp_path, MINIMAL)
    change(project, SOURCE, "2026-11-21", "2026-11-30")
    build_in_memory(project, Store(KEPT), TODAY.replace(month=12, day=1))
    assert [rule for _, _, rule in said(project)] == ["day-has-come"]
