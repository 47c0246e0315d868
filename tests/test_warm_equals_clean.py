"""Whatever is edited, the program too: a warm build gives the bytes of a clean one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.edits import Builder, edited_projects, run
from tests.invented import invented_files, real_words
from tests.projects import change, write


@pytest.fixture
def project(tmp_path: Path) -> Iterator[tuple[Path, Builder]]:
    """A project with its own copy of the program, built once."""
    with edited_projects(tmp_path) as (root, _, builder):
        assert builder.differing() == ([], False)
        yield root, builder


def test_a_dozen_random_edits(tmp_path: Path) -> None:
    told = run(tmp_path, 12, 3)
    assert told.kinds.total() >= 12
    assert told.differing == [], str(told)


def test_a_program_that_writes_numbers_differently_writes_all_of_them_anew(
    project: tuple[Path, Builder],
) -> None:
    root, builder = project
    file = "evidence/numbers/quantity.py"
    printed = re.search(r'(\w+)\.replace\("-", "−"\)', (root / file).read_text("utf-8"))
    assert printed
    change(root, file, printed.group(), f'f"{{{printed.group(1)}}}."')
    builder.end()
    assert builder.differing() == ([], False)
    assert "92.5." in (root / "site/index.html").read_text("utf-8")


def test_a_total_around_every_page_follows_when_a_page_and_a_trial_come(
    project: tuple[Path, Builder],
) -> None:
    root, builder = project
    total = "<p data-plain>Pages: {{ frame.pages | length }}</p>\n</footer>"
    change(root, "templates/parts/frame.html", "</footer>", total)
    assert builder.differing() == ([], False)
    trial = "data/trials/nct90000012.yaml"
    count = len(list((root / "content").rglob("*.md"))) + 1
    write(root, {
        trial: invented_files(13, real_words())[trial],
        "content/another.md": "---\ntitle: Another page\nkind: plain\n---\nText.\n",
    })  # fmt: skip
    assert builder.differing() == ([], False)
    pages = [path.read_text("utf-8") for path in (root / "site").rglob("*.html")]
    around = [page for page in pages if "masthead" in page]
    assert len(around) > 13
    assert [page for page in around if f"Pages: {count}<" not in page] == []
