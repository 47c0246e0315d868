"""Ten mistakes at once: all reported in one run, each with its place and a hint."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.projects import (
    GALLERY,
    TODAY,
    change,
    files_below,
    make_project,
    python,
)

EXPECTED = {
    # a key that is typed wrongly in a study's file
    "data/studies/rest-2020.yaml:15:5": ("key-known", "Did you mean 'measure'?"),
    # a finding that does not exist, in Markdown
    "content/index.md:9:16": ("finding-exists", "Did you mean 'cough-free'?"),
    # a source without a file
    "data/searches/honey.yaml:28:14": (
        "source-exists",
        "Write data/sources/withdrawn-2018.yaml.",
    ),
    # a date that is not in the calendar
    "content/methods.md:4:11": ("date-valid", "Write a date as 2024, 2024-12 or 2024-12-13."),
    # a row of a table with a cell too many
    "data/tables/colds-2021.csv:3:1": ("csv-shape", "double quotes"),
    # a template with an open block
    "templates/glossary.html:11:1": ("template-syntax", "{% block %}"),
    # a key that stands twice
    "data/claims/newspaper.yaml:12:5": ("yaml-key-unique", "Keep one of the two"),
    # a tab in YAML
    "data/figures/honey.yaml:5:1": ("yaml-syntax", "two spaces"),
    # a file that is not UTF-8
    "content/about.md:6:25": ("file-encoding", "UTF-8"),
    # an empty file
    "data/glossary.yaml:1:1": ("file-not-empty", "delete it"),
}


@dataclass(frozen=True)
class Attempt:
    """What the run with ten mistakes left behind."""

    code: int
    out: str
    printed: str
    before: dict[str, bytes]
    after: dict[str, bytes]

    @property
    def entries(self) -> list[str]:
        return re.split(r"\n(?! )", self.printed.rpartition("\n\n")[0])


def build(root: Path) -> tuple[int, str, str]:
    done = python("build.py", "--root", str(root), "--today", TODAY.isoformat())
    return done.returncode, done.stdout, done.stderr


def make_mistakes(root: Path) -> None:
    change(root, "data/studies/rest-2020.yaml", "    measure: adults in bed", "    mesure: adults")
    change(root, "content/index.md", "cough-free|treated-per-100", "cough-fre|treated-per-100")
    (root / "data/sources/withdrawn-2018.yaml").unlink()
    change(root, "content/methods.md", "2026-11-01", "2026-13-01")
    change(root, "data/tables/colds-2021.csv", "rest-share,remedy", "rest-share,one more,remedy")
    change(root, "templates/glossary.html", "</dl>\n{% endblock %}\n", "</dl>\n")
    change(root, "data/claims/newspaper.yaml", "    severity: none\n    shows: >-\n      The paper",
           "    severity: none\n    severity: low\n    shows: >-\n      The paper")  # fmt: skip
    change(root, "data/figures/honey.yaml", "  - {finding", "\t- {finding")
    about = root / "content/about.md"
    about.write_bytes(about.read_bytes().replace(b"made up", b"made \xfcp"))
    (root / "data/glossary.yaml").write_text("", "utf-8")


@pytest.fixture(scope="module")
def attempt(
    tmp_path_factory: pytest.TempPathFactory, lend_gallery: Callable[[Path], Path]
) -> Attempt:
    """Build the gallery, make ten mistakes, and build again."""
    root = make_project(tmp_path_factory.mktemp("ten") / "project", GALLERY)
    lend_gallery(root / ".cache")
    code, _, printed = build(root)
    assert code == 0, printed
    before = files_below(root / "site")
    make_mistakes(root)
    code, out, printed = build(root)
    return Attempt(code, out, printed, before, files_below(root / "site"))


def test_ten_mistakes_give_ten_entries(attempt: Attempt) -> None:
    assert len(attempt.entries) == 10, attempt.printed
    assert attempt.printed.endswith("\n\n10 problems. The published site is as it was.\n")


def test_each_mistake_has_its_file_line_and_column(attempt: Attempt) -> None:
    places = {entry.partition(": ")[0] for entry in attempt.entries}
    assert places == EXPECTED.keys()


@pytest.mark.parametrize("place", EXPECTED)
def test_each_mistake_has_its_rule_and_a_hint_that_helps(place: str, attempt: Attempt) -> None:
    rule, hint = EXPECTED[place]
    (entry,) = (each for each in attempt.entries if each.startswith(f"{place}: "))
    first, _, rest = entry.partition("\n")
    assert first.endswith(f" [{rule}]")
    assert hint in rest


def test_mistakes_of_an_author_exit_with_one(attempt: Attempt) -> None:
    assert attempt.code == 1


def test_mistakes_of_an_author_give_no_traceback(attempt: Attempt) -> None:
    assert "Traceback" not in attempt.printed + attempt.out


def test_the_published_site_stays_as_it_was(attempt: Attempt) -> None:
    assert attempt.after == attempt.before
