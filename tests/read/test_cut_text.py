"""A text that YAML cuts at " #" is told; a comment is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import MINIMAL, change, make_project, problems_of

SOURCE, STUDY, METHODS = (
    "data/sources/smith-2020.yaml",
    "data/studies/smith-2020.yaml",
    "content/methods.md",
)


def changed(root: Path, file: str, before: str, after: str) -> list[tuple[str, str, str]]:
    project = make_project(root, MINIMAL)
    change(project, file, before, after)
    return [(str(found.place), found.rule, found.hint) for found in problems_of(project)]


@pytest.mark.parametrize(
    ("file", "before", "after", "place"),
    [
        (METHODS, "title: Methods", "title: Results of trial #2 in cats", "2:25"),
        (SOURCE, "title: A trial of rest in the common cold", "title: Cold #MeToo", "2:13"),
        (STUDY, "    locator: Abstract", "    locator: Table # 2", "13:20"),
        (STUDY, "summary: A trial of rest.", "summary: A trial of rest. #2 of two.", "3:27"),
        (STUDY, "condition: cold", "condition: cold #2", "4:17"),
        (STUDY, "condition: cold", "registry:\n  - NCT01541579\n  - Other #3\ncondition: cold", "6:11"),
        ("data/site.yaml", "title: The smallest site", "title: Site #1", "1:13"),
    ],
)  # fmt: skip
def test_a_text_that_is_cut_is_told_at_the_cut(
    file: str, before: str, after: str, place: str, tmp_path: Path
) -> None:
    assert [found[:2] for found in changed(tmp_path, file, before, after)] == [
        (f"{file}:{place}", "text-whole")
    ]


def test_the_hint_shows_the_line_as_it_is_meant(tmp_path: Path) -> None:
    ((_, _, hint),) = changed(
        tmp_path, METHODS, "title: Methods", "title: Results of trial #2 in cats"
    )
    assert hint == (
        'Put it in double quotes: "Results of trial #2 in cats". Where a comment is meant, write a blank '
        "after the #."
    )


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        (METHODS, "title: Methods", 'title: "Results of trial #2 in cats"'),
        (METHODS, "title: Methods", "title: Methods  # the page of methods"),
        (METHODS, "title: Methods", "title: Methods in C#2"),
        (METHODS, "kind: plain", "kind: plain #then another"),
        (SOURCE, "kind: journal-article", "kind: journal-article #2"),
        (SOURCE, "title: A trial", "issued: 2020-11-21 #2\ntitle: A trial"),
        (STUDY, "    n: 40", "    n: 40 #all"),
        (STUDY, "condition: cold", "condition: cold #to be looked at"),
        (STUDY, "summary: A trial of rest.", "summary: >-\n  A trial of rest #2."),
        (STUDY, "findings:", "#findings are below\nfindings: #all"),
    ],
)
def test_a_comment_and_a_text_in_quotes_are_no_problem(
    file: str, before: str, after: str, tmp_path: Path
) -> None:
    assert [
        found for found in changed(tmp_path, file, before, after) if found[1] != "number-bound"
    ] == []


def test_a_cut_inside_brackets_is_told_at_the_cut(tmp_path: Path) -> None:
    before = "described-in: {source: smith-2020, locator: Abstract}"
    after = "described-in: {source: smith-2020, locator: Table #2}"
    assert changed(tmp_path, STUDY, before, after) == [
        (f"{STUDY}:6:51", "yaml-syntax", 'Put the text in double quotes: "Table #2".')
    ]
