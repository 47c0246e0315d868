"""A check that fails stops the build, until somebody mends it or says why it may fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.check.reported import CHECKS
from evidence.check.reported.explained import EXPLANATIONS, TIME
from evidence.model.accepted import ACCEPTED, ACCEPTED_COLUMNS, CHECK_REASONS
from tests.projects import (
    INVALID,
    KEPT,
    MINIMAL,
    ROOT,
    build_here,
    build_in_memory,
    change,
    make_project,
    problems_of,
    type_here,
    write,
)

STUDY = "data/studies/smith-2020.yaml"
SOURCE = "data/sources/smith-2020.yaml"
IMPROVED = "smith-2020/improved"
BY = "--by", "Bo", "--on", "2026-11-28"
HEADER = "check,of,found,on,by,reason,note\n"
FOUND = '"37 + 3 = 40, of 41; the difference is 1."'


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    """A project in which parts do not add up."""
    project = make_project(tmp_path, MINIMAL, INVALID / "check-explained")
    (project / ".cache").symlink_to(KEPT)
    return project


def lines(root: Path) -> str:
    return (root / ACCEPTED).read_text("utf-8-sig") if (root / ACCEPTED).exists() else ""


def refused(root: Path, *words: str) -> str:
    before = lines(root)
    printed = type_here(root, "accept", *words, *BY)
    assert lines(root) == before
    assert (printed.code, printed.out) == (2, "")
    return printed.problems.removeprefix("build.py accept: ").removesuffix(
        " Nothing was written.\n"
    )


def test_a_failing_check_is_told_at_its_finding_with_what_to_type(failing: Path) -> None:
    (problem,) = problems_of(failing)
    assert (str(problem.place), problem.rule) == (f"{STUDY}:10:3", "check-explained")
    assert problem.message == (
        f"parts-add-up fails for '{IMPROVED}': 37 + 3 = 40, of 41; the difference is 1"
    )
    typed = problem.hint.partition("python build.py accept ")[2].partition(' "..."')[0].split()
    assert type_here(failing, "accept", *typed, "Table 2.", *BY).out == (
        f"{IMPROVED}: parts-add-up, printed-so; 37 + 3 = 40, of 41; the difference is 1.\n"
        f"{ACCEPTED}: 1 line written.\n"
    )
    assert lines(failing) == (
        f"{HEADER}parts-add-up,{IMPROVED},{FOUND},2026-11-28,Bo,printed-so,Table 2.\n"
    )
    assert problems_of(failing) == []


def test_what_was_accepted_is_counted_for_the_editor_and_told_to_readers(failing: Path) -> None:
    words = "--check", "parts-add-up", "--why", "not-looked-at"
    assert type_here(failing, "accept", "smith-2020", *words, *BY).code == 0
    out = build_here(failing, "check").out
    assert "Checks of what was reported that fail: 1; 1 accepted and not looked at yet.\n" in out
    page = build_in_memory(failing).site.files["checks.html"]
    assert "the difference is 1. We have not compared them with the source yet.</li>" in str(page)


def test_nobody_counts_what_does_not_fail(minimal: Path) -> None:
    assert "Checks of what was reported" not in build_here(minimal, "check").out


def test_what_nobody_looked_at_can_be_looked_at_later_and_the_last_line_counts(
    failing: Path,
) -> None:
    words = "--check", "parts-add-up", "--why", "not-looked-at"
    assert type_here(failing, "accept", IMPROVED, *words, *BY).code == 0
    words = "--check", "parts-add-up", "--why", "printed-so"
    assert type_here(failing, "accept", IMPROVED, *words, *BY).code == 0
    assert "that fail: 1; 1 accepted.\n" in build_here(failing, "check").out
    assert refused(failing, IMPROVED, *words) == (
        f"that 'parts-add-up' fails for '{IMPROVED}' is explained already."
    )


def test_other_numbers_are_not_accepted_and_other_words_are(failing: Path) -> None:
    row = f"parts-add-up,{IMPROVED},%s,2026-11-28,Bo,printed-so,\n"
    write(failing, {ACCEPTED: HEADER + row % '"The parts, 37 and 3, give 40 and not 41: 1 less."'})
    assert problems_of(failing) == []
    change(failing, STUDY, "events: 3\n", "events: 2\n")
    (problem,) = problems_of(failing)
    assert problem.message == (
        f"parts-add-up fails for '{IMPROVED}': 37 + 2 = 39, of 41; the difference is 2 "
        "(accepted on 28 November 2026: The parts, 37 and 3, give 40 and not 41: 1 less)"
    )


def test_a_line_for_another_check_or_finding_accepts_nothing(failing: Path) -> None:
    for check, of in (("interval-centred", IMPROVED), ("parts-add-up", "smith-2020/worse")):
        write(failing, {ACCEPTED: f"{HEADER}{check},{of},{FOUND},2026-11-28,Bo,does-not-apply,\n"})
        assert [problem.rule for problem in problems_of(failing)] == ["check-explained"]


def test_a_misprint_that_its_source_tells_of_needs_no_line(failing: Path) -> None:
    text = (failing / SOURCE).read_text("utf-8")
    told = (
        "discrepancies:\n  sum: {locator: Abstract, prints: '41', expected: '40', state: open, "
        f"seen: 2026-11-28, findings: [{IMPROVED}]}}\n"
    )
    write(failing, {SOURCE: text + told})
    assert problems_of(failing) == []
    assert "that fail: 1; 1 as misprints of a source.\n" in build_here(failing, "check").out
    assert refused(failing, IMPROVED, "--check", "parts-add-up", "--why", "printed-so") == (
        f"that 'parts-add-up' fails for '{IMPROVED}' is explained already."
    )


def test_a_status_that_grew_old_is_nobody_s_fault(minimal: Path) -> None:
    text = (minimal / STUDY).read_text("utf-8")
    status = (
        "  status: {measure: status, statement: Recruiting, as-of: 2020-01-01, source: smith-2020, "
        "locator: Abstract}\n"
    )
    write(minimal, {STUDY: text + status})
    vocabularies = (minimal / "data/vocabularies.yaml").read_text("utf-8")
    assert "statuses:" not in vocabularies
    word = "{title: Recruiting, definition: It takes people in., ages: true}"
    write(minimal, {"data/vocabularies.yaml": f"{vocabularies}statuses: {{recruiting: {word}}}\n"})
    assert "that fail: 1; 1 with time (smith-2020/status).\n" in build_here(minimal, "check").out
    assert refused(
        minimal, "smith-2020/status", "--check", "status-fresh", "--why", "printed-so"
    ) == ("'status-fresh' fails with time, and nobody has to accept that.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("smith-2020/improve", "--check", "parts-add-up", "--why", "printed-so"),
         f"there is no 'smith-2020/improve'. Did you mean '{IMPROVED}'?"),
        ((IMPROVED, "--check", "part-add-up", "--why", "printed-so"),
         "'part-add-up' is no check. Did you mean 'parts-add-up'?"),
        ((IMPROVED, "--check", "interval-centred", "--why", "printed-so"),
         f"'interval-centred' does not fail for '{IMPROVED}'."),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(failing: Path, words: tuple[str, ...], said: str) -> None:
    assert refused(failing, *words) == said


@pytest.mark.parametrize(
    "words",
    [
        (IMPROVED, "--check", "parts-add-up", "--why", "corrected"),
        (IMPROVED, "--why", "printed-so"),
        (IMPROVED, "--check", "parts-add-up"),
        (IMPROVED, "--check", "parts-add-up", "--second"),
        ("--all-new", "--check", "parts-add-up", "--why", "printed-so"),
    ],
)
def test_a_check_has_reasons_of_its_own(failing: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit, match="2"):
        type_here(failing, "accept", *words, *BY)
    assert lines(failing) == ""


def test_a_list_that_was_spoilt_is_told_at_its_cell(failing: Path) -> None:
    row = f"parts-ad-up,{IMPROVED},{FOUND},2026-13-28,Bo,printed,\n"
    write(failing, {ACCEPTED: HEADER + row})
    assert {(str(found.place), found.rule) for found in problems_of(failing)} == {
        (f"{ACCEPTED}:2:4", "date-valid"),
        (f"{ACCEPTED}:2:6", "value-known"),
    }
    write(
        failing,
        {ACCEPTED: HEADER + row.replace("2026-13-28", "2026").replace("printed", "printed-so")},
    )
    (found,) = problems_of(failing)
    assert (str(found.place), found.rule) == (f"{ACCEPTED}:2:1", "value-known")
    assert found.hint == "Did you mean 'parts-add-up'?"


def test_every_reason_is_told_to_readers_and_in_the_guide() -> None:
    assert {*CHECK_REASONS} < {*EXPLANATIONS}
    assert [check.name for check in CHECKS if check.with_time] == ["status-fresh"]
    assert all(said for why, said in EXPLANATIONS.items() if why != TIME)
    guide = (ROOT / "docs/editing.md").read_text("utf-8")
    for reason, meaning in CHECK_REASONS.items():
        assert f"| `{reason}` | {meaning} |" in guide


def test_the_list_of_this_site_has_its_columns() -> None:
    first = (ROOT / ACCEPTED).read_text("utf-8-sig").partition("\n")[0]
    assert tuple(first.split(",")) == ACCEPTED_COLUMNS
