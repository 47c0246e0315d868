"""Numbers that cannot be are told at their place, and a misprint of a source can be kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import MINIMAL, change, make_project, problems_of, write

STUDY, SOURCE = "data/studies/smith-2020.yaml", "data/sources/smith-2020.yaml"
QUANTITY = "    events: 37\n    n: 40\n"
TOLD = (
    "Compare with the source, and correct the number. Where the source prints it so, say it under "
    "'discrepancies:' in data/sources/smith-2020.yaml, with 'findings: [smith-2020/improved]'."
)
DISCREPANCY = """
discrepancies:
  share:
    locator: Abstract
    prints: what is printed
    expected: another number
    state: open
    seen: 2026-11-21
    findings: [smith-2020/improved]
"""
CONFLICTS = "quantity-possible"


def with_lines(root: Path, *lines: str) -> Path:
    """Return the smallest site with ``lines`` as what its finding says; the page prints its words."""
    project = make_project(root, MINIMAL)
    change(project, STUDY, QUANTITY, "".join(f"    {line}\n" for line in lines))
    change(project, "content/index.md", "improved]]", "improved|measure]]")
    return project


def said(root: Path) -> list[tuple[str, str, str]]:
    return [(str(found.place), found.message, found.rule) for found in problems_of(root)]


@pytest.mark.parametrize(
    ("lines", "place", "message"),
    [
        (
            ("value: 143", "unit: percent"),
            "10:12",
            "143 percent is no share: a share lies between 0 and 100",
        ),
        (("value: -3", "unit: percent"), "10:12", "−3 percent is no share: a share lies between 0 and 100"),
        (
            ("value: 43", "unit: percent", "interval: [50, 60]", "level: 95"),
            "12:15",
            "43 is outside its interval, 50 to 60",
        ),
        (("value: -914", "unit: trials"), "10:12", "−914 trials cannot be counted"),
        (
            ("value: 1.136", "unit: randomised trials"),
            "10:12",
            "1.136 randomised trials cannot be counted: a count is a whole number",
        ),
        (("value: -0.4", "unit: odds ratio"), "10:12", "a ratio is not below zero, and −0.4 is"),
        (
            ("difference: {value: 3, interval: [5, 9], level: 95, unit: points}",),
            "10:38",
            "3 is outside its interval, 5 to 9",
        ),
        (
            ("difference: {value: 117, unit: percentage points}",),
            "10:25",
            "no two shares are 117 percentage points apart",
        ),
        (
            ("value: 43", "unit: points", "interval: [40, 60]", "level: 0.95"),
            "13:12",
            "a level of 0.95 percent is not between 50 and 99.99",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_place(
    lines: tuple[str, ...], place: str, message: str, tmp_path: Path
) -> None:
    assert said(with_lines(tmp_path, *lines)) == [(f"{STUDY}:{place}", message, CONFLICTS)]


@pytest.mark.parametrize(
    "lines",
    [
        ("value: 0", "unit: percent"),
        ("value: 100", "unit: percent"),
        ("value: 143", "unit: percent of the start"),
        ("value: 43", "unit: percent", "interval: [43, 60]", "level: 95"),
        ("value: -9.14", "unit: points"),
        ("value: 64.1", "unit: trials a year"),
        ("value: 2.6", "unit: per 100,000 people"),
        ("value: 509.5", "unit: trials", "derivation: The sum of ten yearly numbers."),
        ("value: 0", "unit: odds ratio"),
        ("difference: {value: -0.4, interval: [-0.6, -0.1], level: 95, unit: mean difference}",),
        ("value: 43", "unit: points", "interval: [40, 46]", "level: 99.99"),
        ("value: 92.5", "unit: percent", "events: 37", "n: 40"),
        ("value: 92", "unit: percent", "events: 37", "n: 40"),  # half to even
    ],
)
def test_what_can_be_is_no_problem(lines: tuple[str, ...], tmp_path: Path) -> None:
    assert said(with_lines(tmp_path, *lines)) == []


def test_a_mean_of_counts_need_not_be_whole(tmp_path: Path) -> None:
    project = with_lines(tmp_path, "value: 12.5", "unit: patients")
    change(project, STUDY, "measure: improvement", "measure: median of people in a trial")
    assert said(project) == []


def test_a_percentage_that_its_counts_contradict_is_told(tmp_path: Path) -> None:
    project = with_lines(tmp_path, "value: 99.0", "unit: percent", "events: 37", "n: 40")
    (found,) = problems_of(project)
    assert str(found.place) == f"{STUDY}:10:12"
    assert found.message == "37 of 40 is 92.50%; the percentage printed is 99.0%"
    assert (found.rule, found.hint) == ("percentage-fits-counts", TOLD)


def test_so_is_one_of_an_arm(tmp_path: Path) -> None:
    arms = "arms: {treated: {percent: 50, events: 3, n: 10}, control: {events: 2, n: 10}}"
    (found,) = problems_of(with_lines(tmp_path, arms))
    assert found.rule == "percentage-fits-counts"


@pytest.mark.parametrize(
    "lines",
    [
        ("value: 143", "unit: percent"),
        ("value: 43", "unit: percent", "interval: [50, 60]", "level: 95"),
        ("value: 99.0", "unit: percent", "events: 37", "n: 40"),
    ],
)
def test_what_a_source_prints_so_is_kept_once_its_file_tells_of_it(
    lines: tuple[str, ...], tmp_path: Path
) -> None:
    project = with_lines(tmp_path, *lines)
    assert len(problems_of(project)) == 1
    source = (project / SOURCE).read_text("utf-8")
    write(project, {SOURCE: source + DISCREPANCY})
    assert said(project) == []


def test_a_row_of_a_table_is_told_at_its_cell(tmp_path: Path) -> None:
    project = make_project(tmp_path, MINIMAL)
    change(project, STUDY, "findings:\n", "table: rest.csv\nfindings:\n")
    rows = (
        "id,measure,value,low,high,level,unit,source,locator",
        "pain,pain,−3.2,−5.1,−1.3,95,points,smith-2020,Abstract",
        "people,people,-12,,,,people,smith-2020,Abstract",
        "fever,fever,43,50,60,95,percent,smith-2020,Abstract",
    )
    write(project, {"data/tables/rest.csv": "\n".join(rows) + "\n"})
    assert said(project) == [
        ("data/tables/rest.csv:3:3", "−12 people cannot be counted", CONFLICTS),
        ("data/tables/rest.csv:4:4", "43 is outside its interval, 50 to 60", CONFLICTS),
    ]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1e3", ": its digits are written out"),
        ("1,136", ": a comma stands in it"),
        ("2\N{NARROW NO-BREAK SPACE}439", ": a narrow blank stands in it (U+202F)"),
        ("1\N{MIDDLE DOT}5", ": a raised point stands in it (U+00B7)"),
        ("\N{FULLWIDTH DIGIT ONE}2", ": its digit U+FF11 is none of 0 to 9"),
        ("007", ": it begins with a zero too many"),
        (".5", ": a zero is missing before its point"),
        ("43%", ": the unit stands under 'unit:'"),
        ("twelve", ""),
        ("about 90", ""),
    ],
)
def test_a_number_that_would_be_printed_otherwise_is_told_why(
    written: str, why: str, tmp_path: Path
) -> None:
    project = with_lines(tmp_path, f"value: {written}", "unit: points")
    message = f"'{written}' is not a number{why}"
    assert said(project) == [(f"{STUDY}:10:12", message, "value-valid")]


def test_a_true_minus_sign_is_read(tmp_path: Path) -> None:
    project = with_lines(tmp_path, "value: −3.20", "unit: points", "interval: [−5.1, −1.3]")
    assert said(project) == []


def test_no_p_value_is_above_one(tmp_path: Path) -> None:
    project = with_lines(tmp_path, "value: 3", "unit: points", "p: 1.2")
    assert said(project) == [(f"{STUDY}:12:8", "'1.2' is not a P value", "value-valid")]
