"""Every way in which a file names something is found, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.check.sources.mentions import linked_page, mentions, written_things
from evidence.steps.load import load
from tests.projects import GALLERY, make_project, write

STUDY = "data/studies/smith-2020.yaml"


def named(root: Path, file: str) -> list[tuple[int, int, str, str]]:
    """Return line, column, kind and name of everything that a file names."""
    return sorted(
        (mention.place.line, mention.place.column, mention.kind, mention.target)
        for mention in mentions(load(root))
        if mention.place.file == file
    )


def test_references_of_a_page_are_found_at_their_letters(minimal: Path) -> None:
    write(
        minimal,
        {
            "content/part/new.md": "---\ntitle: A [[smith-2020/improved]]\nkind: plain\nquestions:\n"
            "  - {question: Q, answer: A, pages: [about], figure: rest}\n---\n"
            "Some [[=3]] text\nand [[page:about|a page]], [here](../methods.html#a), [@smith-2020].\n"
            "`[[smith-2020/improved]]` and ![[rest]] and [[claim:news/one]] and [out](https://a.org/b.html)\n"
        },
    )
    assert named(minimal, "content/part/new.md") == [
        (2, 10, "finding", "smith-2020/improved"),
        (5, 38, "page", "about"),
        (5, 54, "figure", "rest"),
        (7, 6, "exempt", "3"),
        (8, 5, "page", "about"),
        (8, 35, "page", "methods"),
        (8, 55, "source", "smith-2020"),
        (9, 31, "figure", "rest"),
        (9, 45, "claim", "news/one"),
    ]


def test_keys_of_records_name_things(minimal: Path) -> None:
    assert named(minimal, STUDY) == [
        (6, 24, "source", "smith-2020"),
        (12, 13, "source", "smith-2020"),
    ]
    assert named(minimal, "data/site.yaml") == [(6, 12, "page", "about")]


def test_a_study_names_its_own_findings_without_its_name(minimal: Path) -> None:
    text = (minimal / STUDY).read_text("utf-8")
    write(minimal, {STUDY: f"{text}sums:\n  - {{total: improved, parts: [a, b]}}\n"})
    found = {(kind, name) for _, _, kind, name in named(minimal, STUDY)}
    assert {("finding", f"smith-2020/{name}") for name in ("improved", "a", "b")} <= found


def test_a_table_names_its_sources(minimal: Path) -> None:
    write(minimal, {"data/tables/pain.csv": "id,source\nless,smith-2020\n"})
    assert named(minimal, "data/tables/pain.csv") == [(2, 2, "source", "smith-2020")]


def test_what_cannot_be_read_hides_nothing_else(minimal: Path) -> None:
    write(
        minimal,
        {"content/broken.md": "no front matter, [[page:about]]", "data/claims/a.yaml": "a: ["},
    )
    assert named(minimal, "content/broken.md") == [(1, 18, "page", "about")]


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("safety.html", "part/safety"),
        ("../about.html#who", "about"),
        ("#here", ""),
        ("/about.html", ""),
        ("https://example.org/about.html", ""),
        ("mailto:a@example.org", ""),
        ("../downloads/studies.csv", ""),
    ],
)
def test_a_link_leads_to_a_page_of_content(link: str, page: str) -> None:
    assert linked_page("content/part/new.md", link) == page


def test_every_thing_is_written_where_it_says(tmp_path: Path) -> None:
    sources = load(make_project(tmp_path, GALLERY))
    for (kind, name), place in written_things(sources).items():
        if place.file in sources.binaries:
            assert place.file.endswith(f"/{name}")
            continue
        line = sources.texts[place.file].split("\n")[place.line - 1]
        if kind in {"finding", "claim", "term"}:
            assert name.rpartition("/")[2] in line
        else:
            assert place.line == 1


def test_all_that_the_gallery_names_is_written_somewhere(tmp_path: Path) -> None:
    sources = load(make_project(tmp_path, GALLERY))
    things = written_things(sources)
    astray = {
        (mention.kind, mention.target)
        for mention in mentions(sources)
        if (mention.kind, mention.target) not in things
    }
    assert {kind for kind, _ in astray} <= {"exempt", "outcome", "export", "finding", "table"}
    # What is made of a registry or by an analysis is written in no file of an author
    assert {name for kind, name in astray if kind in {"finding", "table"}} == {
        "our-analysis/all-without-honey-2019", "register-2022/phase-2", "register-2022/studies",
        "register-2022/year-by-phase.csv", "studies",
    }  # fmt: skip
