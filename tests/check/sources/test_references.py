"""The names that files use for each other, and one cause for one problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import MakeProject
from tests.projects import MINIMAL, build_in_memory, change, places_of, problems_of, write

STUDY = "data/studies/smith-2020.yaml"
SOURCE = "data/sources/smith-2020.yaml"
PAGE = "---\ntitle: About\nkind: plain\n---\n"
CLAIM = """\
document: smith-2020
title: A newspaper
intro: It reports a trial.
claims:
  cure:
    locator: Headline
    topic: Effect
    says: Rest cures 37 of 40 colds.
    verdict: supported
    severity: none
    shows: It was [[smith-2020/improved]].
    why: It is the same.
    findings: [smith-2020/improved]
    pages: [about]
"""


def text_of(name: str) -> str:
    return (MINIMAL / name).read_text("utf-8")


def about(with_files: MakeProject, body: str) -> Path:
    return with_files({"content/about.md": PAGE + body})


@pytest.mark.parametrize(
    ("body", "column", "rule"),
    [
        ("See [[smith-2021/improved]].", 5, "study-exists"),
        ("See [[smith-2020/better]].", 5, "finding-exists"),
        ("See [[smith-2020/improved|ci]].", 5, "form-available"),
        ("See [[smith-2020/improved|nonsense]].", 5, "form-available"),
        ("See [[smith-2021]].", 5, "study-exists"),
        ("See [[page:nowhere]].", 5, "page-exists"),
        ("See [[claim:smith-2020/cure]].", 5, "claim-exists"),
        ("See [@smith-2021].", 5, "source-exists"),
        ("![[forest]]", 1, "figure-exists"),
        ("See [[smith-2020/improved.", 5, "reference-readable"),
        ("It was 12%.", 8, "number-bound"),
        ("It was in two patients.", 11, "number-bound"),
    ],
)
def test_what_is_wrong_in_markdown_has_its_place(
    body: str, column: int, rule: str, with_files: MakeProject
) -> None:
    root = about(with_files, f"First line.\n\n{body}\n")
    assert places_of(root) == [(f"content/about.md:7:{column}", rule)]


@pytest.mark.parametrize(
    "body",
    [
        "[[smith-2020/improved|of]], [[smith-2020]], [[page:methods]] and [@smith-2020, Table 2].",
        "`[[nothing/here]]` and `12`",
        "```\n[[nothing/here]] 12%\n```",
        "In 2019, in Phase 2, [[=12]] steps.",
        "1. One\n2. Two",
        "A [link](methods.html).",
    ],
)
def test_what_is_right_in_markdown_is_no_problem(body: str, with_files: MakeProject) -> None:
    assert problems_of(about(with_files, body)) == []


def test_the_form_in_a_table_may_stand_after_an_escaped_bar(with_files: MakeProject) -> None:
    table = "| a | b |\n| --- | --- |\n| x | [[smith-2020/improved\\|of]] |\n"
    assert problems_of(about(with_files, table)) == []


@pytest.mark.parametrize(
    ("before", "after", "place", "rule"),
    [
        ("described-in: {source: smith-2020", "described-in: {source: x", "6:24", "source-exists"),
        ("condition: cold", "condition: could", "4:12", "value-known"),
        ("findings:", "related: [jones]\nfindings:", "7:11", "study-exists"),
        ("    locator: Abstract", "    locator: A\n    also: [{source: x, locator: B}]", "14:21",
         "source-exists"),
        ("    locator: Abstract", "    locator: A\n    same-as: smith-2020/x", "14:14",
         "finding-exists"),
        ("findings:", "sums: [{parts: [improved, x], whole: 100}]\nfindings:", "7:27",
         "finding-exists"),
        ("findings:", "order: [[improved, x]]\nfindings:", "7:20", "finding-exists"),
        ("findings:", "intervention: {cell: egg}\nfindings:", "7:22", "value-known"),
        ("A trial of rest.", "A trial in 40 people.", "3:21", "number-bound"),
        ("A trial of rest.", ">-\n  A trial of\n  [[jones]].", "5:3", "study-exists"),
        ("findings:", "note: So [@x] says.\nfindings:", "7:10", "source-exists"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_study_has_its_place(
    before: str, after: str, place: str, rule: str, minimal: Path
) -> None:
    change(minimal, STUDY, before, after)
    assert places_of(minimal) == [(f"{STUDY}:{place}", rule)]


@pytest.mark.parametrize(
    ("before", "after", "place", "rule"),
    [
        ("document: smith-2020", "document: x", "1:11", "source-exists"),
        ("findings: [smith-2020/improved]", "findings: [smith-2020/x]", "13:16", "finding-exists"),
        ("findings: [smith-2020/improved]", "findings: []", "9:14", "verdict-decided"),
        ("pages: [about]", "pages: [about, x]", "14:20", "page-exists"),
        ("It was [[", "It was 12% [[", "11:19", "number-bound"),
        ("It is the same.", "It is [@x].", "12:16", "source-exists"),
        ("It reports a trial.", "It reports 2 trials.", "3:19", "number-bound"),
        ("verdict: supported", "verdict: right", "9:14", "value-known"),
    ],
)
def test_what_is_wrong_in_a_ledger_has_its_place(
    before: str, after: str, place: str, rule: str, with_files: MakeProject
) -> None:
    assert CLAIM.count(before) == 1
    root = with_files({"data/claims/newspaper.yaml": CLAIM.replace(before, after)})
    assert places_of(root) == [(f"data/claims/newspaper.yaml:{place}", rule)]


def test_a_number_in_what_a_document_says_belongs_to_the_document(with_files: MakeProject) -> None:
    assert problems_of(with_files({"data/claims/newspaper.yaml": CLAIM})) == []


@pytest.mark.parametrize("verdict", ["not-supported", "cannot-be-checked"])
def test_what_nothing_decides_needs_no_finding(verdict: str, with_files: MakeProject) -> None:
    ledger = CLAIM.replace("verdict: supported", f"verdict: {verdict}")
    ledger = ledger.replace("    findings: [smith-2020/improved]\n", "")
    assert problems_of(with_files({"data/claims/newspaper.yaml": ledger})) == []


@pytest.mark.parametrize(
    ("before", "after", "place", "rule"),
    [
        ("kind: intervals", "kind: interval", "1:7", "value-known"),
        ("smith-2020/improved}", "smith-2020/x}", "5:15", "finding-exists"),
        ("title: Many improved", "title: 93% improved", "2:8", "number-bound"),
        ("improved}", "improved, label: 40 people}", "5:43", "number-bound"),
        ("One trial", "One trial of [[jones]]", "3:24", "study-exists"),
    ],
)
def test_what_is_wrong_in_a_figure_has_its_place(
    before: str, after: str, place: str, rule: str, with_files: MakeProject
) -> None:
    figure = (
        "kind: intervals\ntitle: Many improved\nsubtitle: One trial\nrows:\n"
        "  - {finding: smith-2020/improved}\n"
    )
    root = with_files({"data/figures/a.yaml": figure.replace(before, after)})
    assert places_of(root) == [(f"data/figures/a.yaml:{place}", rule)]


def test_what_is_wrong_on_the_home_page_has_its_place(minimal: Path) -> None:
    questions = (
        "kind: home\nquestions:\n  - question: Does it help 12%?\n    answer: Yes [[x]].\n"
        "    pages: [about, x]\n    figure: y\n"
    )
    change(minimal, "content/index.md", "kind: home\n", questions)
    assert places_of(minimal) == [
        ("content/index.md:5:28", "number-bound"),
        ("content/index.md:6:17", "study-exists"),
        ("content/index.md:7:20", "page-exists"),
        ("content/index.md:8:13", "figure-exists"),
    ]


def test_a_table_row_with_an_unknown_source_has_its_line(minimal: Path) -> None:
    change(minimal, STUDY, "findings:", "table: pain.csv\nfindings:")
    rows = "id,measure,value,unit,source,locator\na,pain,5,points,x,Table 1\n"
    write(minimal, {"data/tables/pain.csv": rows})
    assert places_of(minimal) == [("data/tables/pain.csv:2:5", "source-exists")]


@pytest.mark.parametrize(
    ("row", "place", "rule"),
    [
        ("a,pain,about 5,points,smith-2020,Table 1", "2:3", "value-valid"),
        ("A,pain,5,points,smith-2020,Table 1", "2:1", "id-valid"),
        ("a,pain,,,smith-2020,Table 1", "2:1", "quantity-single"),
        ("a,,5,points,smith-2020,Table 1", "2:2", "key-present"),
        ("improved,pain,5,points,smith-2020,Table 1", "", "id-unique"),
    ],
)
def test_a_table_row_that_is_no_finding_has_its_cell(
    row: str, place: str, rule: str, minimal: Path
) -> None:
    change(minimal, STUDY, "findings:", "table: pain.csv\nfindings:")
    rows = f"id,measure,value,unit,source,locator\n{row}\n"
    write(minimal, {"data/tables/pain.csv": rows})
    where = f"data/tables/pain.csv:{place}" if place else f"{STUDY}:9:3"
    assert places_of(minimal) == [(where, rule)]


def test_a_table_row_says_when_people_were_first_examined(minimal: Path) -> None:
    change(minimal, STUDY, "findings:", "table: pain.csv\nfindings:")
    header = (
        "id,measure,value,unit,source,locator,baseline-time,baseline-phase,baseline-completeness"
    )
    row = "a,pain,5,points,smith-2020,Table 1,within 2 days of the cold,acute,complete"
    write(minimal, {"data/tables/pain.csv": f"{header}\n{row}\n"})
    baseline = build_in_memory(minimal).report.studies["smith-2020"].findings["a"].baseline
    assert baseline is not None
    assert baseline.time == "within 2 days of the cold"
    assert (baseline.phase, baseline.completeness) == ("acute", "complete")


def test_a_phase_that_is_no_phase_has_its_cell(minimal: Path) -> None:
    change(minimal, STUDY, "findings:", "table: pain.csv\nfindings:")
    rows = "id,measure,value,unit,source,locator,baseline-phase\na,pain,5,points,smith-2020,Table 1,early\n"
    write(minimal, {"data/tables/pain.csv": rows})
    assert places_of(minimal) == [("data/tables/pain.csv:2:7", "value-known")]


def test_an_unknown_column_is_named_with_the_nearest(minimal: Path) -> None:
    change(minimal, STUDY, "findings:", "table: pain.csv\nfindings:")
    write(minimal, {"data/tables/pain.csv": "id,measure,valeu\na,pain,5\n"})
    (problem, *_) = problems_of(minimal)
    assert (str(problem.place), problem.rule) == ("data/tables/pain.csv:1:3", "csv-shape")
    assert problem.hint == "Did you mean 'value'?"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (STUDY, "title: [\n"),
        (STUDY, "# nothing yet\n"),
        (STUDY, "\n"),
        (STUDY, "title: A\n"),
        (SOURCE, "title: [\n"),
        (SOURCE, "type: article\n"),
        ("content/about.md", "no front matter\n"),
        ("content/about.md", "---\n---\n"),
        ("content/about.md", "---\ntitle: About\n"),
    ],
)
def test_references_to_a_broken_file_give_no_further_problem(
    name: str, text: str, with_files: MakeProject
) -> None:
    problems = problems_of(with_files({name: text}))
    assert problems
    assert {problem.place.file for problem in problems} == {name}


def test_a_broken_study_does_not_hide_what_is_wrong_elsewhere(with_files: MakeProject) -> None:
    root = with_files({STUDY: "title: [\n", "content/about.md": PAGE + "It was 12%.\n"})
    assert {problem.place.file for problem in problems_of(root)} == {STUDY, "content/about.md"}


@pytest.mark.parametrize(
    "name",
    ["data/sources/Smith.yaml", "data/studies/a_b.yaml", "content/My Page.md", "content/A/b.md"],
)
def test_a_file_with_a_name_that_is_no_id_is_one_problem(
    name: str, with_files: MakeProject
) -> None:
    text = PAGE if name.endswith(".md") else text_of(name.rpartition("/")[0] + "/smith-2020.yaml")
    root = with_files({name: text})
    assert places_of(root) == [(name, "id-valid")]


@pytest.mark.parametrize(
    ("files", "address"),
    [
        ({"content/studies/smith-2020.md": PAGE}, "studies/smith-2020.html"),
        ({"content/sources/smith-2020.md": PAGE}, "sources/smith-2020.html"),
        ({"data/claims/index.yaml": CLAIM}, "claims/index.html"),
    ],
)
def test_two_pages_never_share_an_address(
    files: dict[str, str | bytes], address: str, with_files: MakeProject
) -> None:
    assert places_of(with_files(files)) == [(address, "id-unique")]


def test_a_missing_home_page_is_named(minimal: Path) -> None:
    (minimal / "content/index.md").unlink()
    assert ("content/index.md", "site-complete") in places_of(minimal)
