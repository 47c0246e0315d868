"""What can be wrong with a declared analysis, and where it is said to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import GALLERY, change, make_project, places_of, problems_of

FILE = "data/studies/our-analysis.yaml"


@pytest.mark.parametrize(
    ("before", "after", "place", "rule", "said"),
    [
        ("cells: [honey-cell]", "cells: [hony-cell]", "20:73", "value-known", "'honey-cell'"),
        ("leave-one-out: [all]", "leave-one-out: [al]", "14:19", "finding-exists", "'all'"),
        ("finding: better", "finding: bettr", "10:12", "finding-exists", "to pool"),
    ],
)
def test_a_name_that_selects_nothing_is_a_problem(
    before: str, after: str, place: str, rule: str, said: str, tmp_path: Path
) -> None:
    project = make_project(tmp_path, GALLERY)
    change(project, FILE, before, after)
    assert (f"{FILE}:{place}", rule) in places_of(project)
    assert any(said in f"{each.message} {each.hint}" for each in problems_of(project))


def test_a_result_may_not_replace_what_was_written(tmp_path: Path) -> None:
    project = make_project(tmp_path, GALLERY)
    written = (
        "findings:\n  all:\n    measure: feeling better\n    value: 12\n    unit: percent\n"
        "    source: our-analysis\n    locator: Study files\nanalysis:\n"
    )
    change(project, FILE, "analysis:\n", written)
    assert (f"{FILE}:10:3", "id-unique") in places_of(project)
