"""A file under a wrong name, ending or folder gives one problem, and none for what refers to it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evidence.read.sources import meant_path
from tests.projects import MINIMAL, change, make_project, problems_of, write

STUDY = "data/studies/smith-2020.yaml"


def said(root: Path) -> list[str]:
    return [str(found) for found in problems_of(root)]


def moved(root: Path, before: str, after: str) -> Path:
    """Return the smallest site with one of its files elsewhere."""
    project = make_project(root, MINIMAL)
    (project / after).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(project / before, project / f"{after}.moved")
    shutil.move(project / f"{after}.moved", project / after)
    return project


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            STUDY,
            "data/studies/smith-2020.yml",
            "a file with the ending '.yml' is not read here [file-known]\n    Rename it to smith-2020.yaml.",
        ),
        (
            STUDY,
            "data/studies/smith-2020.YAML",
            "a file with the ending '.YAML' is not read here [file-known]\n    Rename it to smith-2020.yaml.",
        ),
        (
            STUDY,
            "data/study/smith-2020.yaml",
            "nothing reads the folder 'data/study' [file-known]\n    Move it to data/studies/.",
        ),
        (
            STUDY,
            "data/studies/rct/smith-2020.yaml",
            "nothing reads a folder inside 'data/studies' [file-known]\n    Move it to data/studies/.",
        ),
        (
            STUDY,
            "data/studies/Smith_2020.yaml",
            (
                "the name 'Smith_2020' of this file or folder is not an id [id-valid]\n"
                "    Rename it to 'smith-2020': lower-case letters, digits and hyphens."
            ),
        ),
        (
            "data/sources/smith-2020.yaml",
            "data/source/smith-2020.yml",
            "nothing reads the folder 'data/source' [file-known]\n    Move it to data/sources/.",
        ),
        (
            "data/site.yaml",
            "data/site.yml",
            "nothing reads a file of this name in data/ [file-known]\n    Did you mean 'site.yaml'?",
        ),
        (
            "content/index.md",
            "content/index.markdown",
            "a file with the ending '.markdown' is not read here [file-known]\n    Rename it to index.md.",
        ),
        (
            "content/about.md",
            "content/about.MD",
            "a file with the ending '.MD' is not read here [file-known]\n    Rename it to about.md.",
        ),
        (
            "content/about.md",
            "content/About.md",
            (
                "the name 'About' of this file or folder is not an id [id-valid]\n"
                "    Rename it to 'about': lower-case letters, digits and hyphens."
            ),
        ),
    ],
)
def test_a_file_that_stands_wrong_is_one_problem(
    before: str, after: str, message: str, tmp_path: Path
) -> None:
    assert said(moved(tmp_path, before, after)) == [f"{after}: {message}"]


def test_so_is_a_table_with_another_ending(tmp_path: Path) -> None:
    project = make_project(tmp_path, MINIMAL)
    change(project, STUDY, "findings:\n", "table: rest.csv\nfindings:\n")
    write(project, {"data/tables/rest.CSV": "id,measure\n"})
    (found,) = problems_of(project)
    assert str(found.place) == "data/tables/rest.CSV"


@pytest.mark.parametrize(
    ("second", "hint"),
    [
        (
            "data/studies/old/smith-2020.yaml",
            "data/studies/smith-2020.yaml stands there too: delete one of the two, or give it another name.",
        ),
        (
            "data/studies/smith-2020.yml",
            "data/studies/smith-2020.yaml stands there too: delete one of the two, or give it another name.",
        ),
        (
            "data/studies/SMITH-2020.yaml",
            "data/studies/smith-2020.yaml stands there too: delete one of the two.",
        ),
    ],
)
def test_the_same_id_in_two_files_is_told(second: str, hint: str, tmp_path: Path) -> None:
    project = make_project(tmp_path, MINIMAL)
    write(project, {second: (project / STUDY).read_text("utf-8")})
    (found,) = problems_of(project)
    assert (str(found.place), found.hint) == (second, hint)


def test_what_is_missing_and_stands_nowhere_is_still_missing(tmp_path: Path) -> None:
    project = moved(tmp_path, STUDY, "data/studies/jones-2020.yml")
    assert [found.rule for found in problems_of(project)] == ["study-exists", "file-known"]


def test_pages_of_one_name_in_two_folders_are_two_pages(tmp_path: Path) -> None:
    project = make_project(tmp_path, MINIMAL)
    about = (project / "content/about.md").read_text("utf-8")
    write(project, {"content/more/about.md": about.replace("title: About", "title: More")})
    assert said(project) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("data/study/A B_c.YML", "data/studies/a-b-c.yaml"),
        ("data/Tables/x/rest.CSV", "data/tables/rest.csv"),
        ("data/Site.yml", "data/site.yaml"),
        ("content/Colds/News.markdown", "content/colds/news.md"),
        ("data/studies/smith-2020.yaml", "data/studies/smith-2020.yaml"),
    ],
)
def test_where_a_file_is_meant_to_stand(written: str, meant: str) -> None:
    assert meant_path(written) == meant
