"""A draft is seen by its author and by nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.problems import ProblemsFoundError
from evidence.read.sources import is_draft
from evidence.run import build
from evidence.store import Store
from tests.projects import (
    KEPT,
    TODAY,
    build_here,
    files_below,
    places_of,
    problems_of,
    type_here,
    write,
)

PAGE = "---\ntitle: Rest, soon\nkind: plain\ndraft: true\n---\nNot yet, [[nobody/knows]].\n"
STUDY = "data/studies/smith-2020.yaml"


def served(root: Path) -> dict[str, bytes]:
    """Return the site as its author sees it."""
    return dict(build(root, TODAY, Store(KEPT), drafts=True).site.files)


def test_a_draft_is_in_no_file_of_a_build_even_with_what_is_wrong_in_it(minimal: Path) -> None:
    assert build_here(minimal).code == 0
    before = files_below(minimal / "site")
    write(minimal, {"content/rest.md": PAGE})
    assert build_here(minimal, "check").code == 0
    printed = build_here(minimal)
    assert printed.code == 0
    assert "0 files written" in printed.out
    assert files_below(minimal / "site") == before


def test_its_author_sees_it_marked(minimal: Path) -> None:
    write(minimal, {"content/rest.md": PAGE.replace("[[nobody/knows]]", "nobody knows")})
    site = served(minimal)
    assert b"This is a draft." in site["rest.html"]
    assert b"This is a draft." not in site["about.html"]


def test_a_build_removes_a_page_that_is_a_draft_again(minimal: Path) -> None:
    page = PAGE.replace("[[nobody/knows]]", "nobody knows")
    write(minimal, {"content/rest.md": page.replace("draft: true\n", "")})
    assert build_here(minimal).code == 0
    assert (minimal / "site/rest.html").is_file()
    write(minimal, {"content/rest.md": page})
    assert build_here(minimal).code == 0
    assert not (minimal / "site/rest.html").exists()


@pytest.mark.parametrize(
    ("reference", "file", "rule"),
    [
        ("[[page:rest]]", "content/rest.md", "page-exists"),
        ("[[jones-2021]]", "data/studies/jones-2021.yaml", "study-exists"),
        ("[[jones-2021/improved]]", "data/studies/jones-2021.yaml", "study-exists"),
        ("\n\n![[lot]]\n\n", "data/figures/lot.yaml", "figure-exists"),
    ],
)
def test_what_is_published_cannot_name_a_draft(
    reference: str, file: str, rule: str, minimal: Path
) -> None:
    study = (minimal / STUDY).read_text("utf-8")
    write(
        minimal,
        {
            "content/rest.md": PAGE,
            "data/studies/jones-2021.yaml": f"{study}draft: true\n",
            "data/figures/lot.yaml": "draft: true\nkind: icons\n",
            "content/about.md": f"---\ntitle: About\nkind: plain\n---\nSee {reference}.\n",
        },
    )
    (problem,) = problems_of(minimal)
    assert problem.rule == rule
    assert problem.message.endswith("' is a draft")
    assert problem.hint == f"Delete 'draft: true' in {file} to publish it, or leave it out here."


def test_one_draft_names_another(minimal: Path) -> None:
    study = (minimal / STUDY).read_text("utf-8")
    write(
        minimal,
        {
            "data/studies/jones-2021.yaml": f"{study}draft: true\n",
            "content/rest.md": PAGE.replace("nobody/knows", "jones-2021/improved"),
        },
    )
    assert problems_of(minimal) == []
    site = served(minimal)
    assert b"This is a draft." in site["studies/jones-2021.html"]
    assert b"92.5%" in site["rest.html"]


def test_the_readings_of_a_draft_are_not_lost(minimal: Path) -> None:
    header = "study,finding,quantity,on,by,reason,note,second-on,second-by\n"
    lines = "".join(
        f"{name},improved,events 37; n 40,2026-11-21,Ann,new,,,\n"
        for name in ("jones-2021", "smith-2020")
    )
    study = (minimal / STUDY).read_text("utf-8")
    write(
        minimal,
        {
            "data/readings.csv": header + lines,
            "data/studies/jones-2021.yaml": f"{study}draft: true\n",
        },
    )
    assert problems_of(minimal) == []
    (minimal / "data/studies/jones-2021.yaml").unlink()
    assert places_of(minimal) == [("data/readings.csv:2:1", "change-explained")]


def test_drafts_are_listed(minimal: Path) -> None:
    assert type_here(minimal, "drafts").out == "0 drafts. A build leaves them out.\n"
    write(minimal, {"content/rest.md": PAGE})
    assert type_here(minimal, "drafts").out == (
        "content/rest.md: Rest, soon\n1 draft. A build leaves it out.\n"
    )


@pytest.mark.parametrize(
    ("file", "text", "drafted"),
    [
        ("content/a.md", "---\ndraft: true\n---\n", True),
        ("content/a.md", "---\ndraft: true  # for now\n---\n", True),
        ("content/a.md", "---\ndraft: false\n---\n", False),
        ("content/a.md", "---\ntitle: A\n---\ndraft: true\n", False),
        ("data/studies/a.yaml", "title: A\ndraft: true\n", True),
        ("data/studies/a.yaml", "findings:\n  draft: true\n", False),
        ("data/sources/a.yaml", "draft: true\n", False),
        ("data/figures/a.yaml", "{kind: icons, draft: true}\n", True),
        ("data/figures/a.yaml", '"draft" : True\n', True),
        ("data/figures/a.yaml", "draft: yes\n", True),
        ("data/figures/a.yaml", "draft: no\n", False),
        ("data/figures/a.yaml", "draft: No\n", False),
        ("data/figures/a.yaml", "draft: 'false'\n", False),
        ("data/figures/a.yaml", "draft: not yet\n", True),
        ("data/figures/a.yaml", "drafted: true\n", False),
    ],
)
def test_what_a_draft_is(file: str, text: str, drafted: bool) -> None:
    assert is_draft(file, text) == drafted


def test_what_is_unclear_is_not_published_and_told_to_its_author(minimal: Path) -> None:
    write(minimal, {"content/rest.md": PAGE.replace("draft: true", "draft: yes")})
    assert problems_of(minimal) == []
    with pytest.raises(ProblemsFoundError, match=r"rest\.md:4:8: 'draft' cannot be 'yes'"):
        served(minimal)
