"""What two revisions say differently: told by name, each number with its reason, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from evidence.steps.revision import NoRevisionError, sources_at
from tests.projects import GALLERY, Printed, change, make_project, type_here, write

NOBODY = {
    "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
}  # fmt: skip


def git(root: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-C", str(root), *words],
        check=True,
        capture_output=True,
        env={**os.environ, **NOBODY},
    )


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with every feature, as a folder of a repository."""
    repository = tmp_path_factory.mktemp("repository")
    root = make_project(repository / "site of evidence", GALLERY)
    git(repository, "init", "--quiet", "--initial-branch", "main")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "first")
    return root


@pytest.fixture
def project(committed: Path) -> Path:
    git(committed, "checkout", "--quiet", "--force", "main")
    git(committed, "clean", "--quiet", "-d", "--force")
    return committed


def changes(root: Path, *words: str) -> Printed:
    return type_here(root, "changes", *words)


def test_nothing_changed(project: Path) -> None:
    printed = changes(project, "HEAD")
    assert (printed.code, printed.problems) == (0, "")
    assert printed.out.splitlines() == [
        "Numbers: 0 changed, 0 new, 0 gone",
        "Verdicts: 0 changed, 0 new, 0 gone",
        "Statuses of trials: 0 changed, 0 new, 0 gone",
        "Sentences: 0 changed, 0 new, 0 gone",
    ]


def test_a_number_is_told_with_what_it_was_and_nothing_that_stayed(project: Path) -> None:
    change(project, "data/studies/rest-2020.yaml", "events: 37", "events: 36")
    line = next(line for line in changes(project, "HEAD").out.splitlines() if "rest-2020" in line)
    assert line == "  rest-2020/better: events 37 -> events 36"


def test_a_number_has_the_reason_that_its_ledger_gives(project: Path) -> None:
    accepted = type_here(project, "accept", "--all-new")
    assert accepted.code == 0, accepted.problems
    git(project, "checkout", "--quiet", "-B", "with-ledger")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "ledger")
    change(project, "data/studies/honey-2019.yaml", "value: -1.20", "value: -1.21")
    accepted = type_here(
        project,
        "accept",
        "honey-2019/cough-score",
        "--why",
        "typing-error",
        "--note",
        "the table ends in 1",
    )
    assert accepted.code == 0, accepted.problems
    out = changes(project, "with-ledger").out
    assert (
        "honey-2019/cough-score: value -1.20 -> value -1.21 (it was read rightly and typed wrongly: the table ends in 1)"
        in out
    )


def test_new_and_gone_findings_verdicts_and_sentences(project: Path) -> None:
    change(project, "data/studies/rest-2020.yaml", "  better:", "  much-better:")
    change(
        project,
        "content/remedies/honey.md",
        "Whether *your* cold goes away.",
        "Whether it goes away. Nobody knows.",
    )
    found = json.loads(changes(project, "main", "--format", "json").out)
    told = [(one["kind"], one["name"], bool(one["before"]), bool(one["after"])) for one in found]
    assert ("number", "rest-2020/better", True, False) in told
    assert ("number", "rest-2020/much-better", False, True) in told
    sentences = [(one["before"], one["after"]) for one in found if one["kind"] == "sentence"]
    assert sentences == [
        ("Whether *your* cold goes away.", ""),
        ("", "Whether it goes away."),
        ("", "Nobody knows."),
    ]


def test_a_verdict_and_a_status_are_told(project: Path) -> None:
    ledger = project / "data/claims/newspaper.yaml"
    text = ledger.read_text("utf-8")
    ledger.write_text(text.replace("verdict: contradicted", "verdict: not-supported", 1), "utf-8")
    trial = next(
        file
        for file in sorted((project / "data/trials").glob("*.yaml"))
        if "status: recruiting" in file.read_text("utf-8")
    )
    trial.write_text(
        trial.read_text("utf-8").replace("status: recruiting", "status: completed", 1), "utf-8"
    )
    out = changes(project, "HEAD").out
    assert "contradicted -> not-supported" in out
    assert f"  {trial.stem}: recruiting -> completed" in out


def test_two_revisions_and_folders_of_copies(project: Path, tmp_path: Path) -> None:
    change(project, "data/studies/rest-2020.yaml", "events: 37", "events: 36")
    assert changes(project, "HEAD", "main").out.startswith("Numbers: 0 changed")
    copy = make_project(tmp_path / "copy", GALLERY)
    assert "events 37 -> events 36" in changes(project, str(copy)).out
    assert "events 36 -> events 37" in changes(project, str(project), str(copy)).out


def test_what_cannot_be_read_is_left_out_and_said(project: Path) -> None:
    write(project, {"data/studies/rest-2020.yaml": "title: [\n"})
    printed = changes(project, "HEAD")
    assert printed.code == 0
    assert (
        "1 problem in the files as they stand: what they are about is left out." in printed.problems
    )


@pytest.mark.parametrize("revision", ["no-such-branch", "HEAD:content/index.md"])
def test_what_is_no_revision_is_said(project: Path, revision: str) -> None:
    printed = changes(project, "--", revision)
    assert printed.code == 2
    assert printed.out == ""
    assert "Traceback" not in printed.problems
    assert printed.problems.startswith("build.py: ")


def test_an_option_of_git_is_no_revision(project: Path) -> None:
    with pytest.raises(NoRevisionError, match="is no revision"):
        sources_at(project, "--output=x")


def test_a_project_outside_of_git_is_told_so(tmp_path: Path) -> None:
    root = make_project(tmp_path / "alone", GALLERY)
    printed = changes(root, "HEAD")
    assert printed.code == 2
    assert "not a git repository" in printed.problems
