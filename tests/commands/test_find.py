"""Where something is used, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import type_here, write


def find(root: Path, name: str) -> list[str]:
    printed = type_here(root, "find", name)
    assert (printed.code, printed.problems) == (0, "")
    return printed.out.splitlines()


def test_a_finding_is_found_where_it_is_written_and_used(minimal: Path) -> None:
    assert find(minimal, "smith-2020/improved") == [
        "finding smith-2020/improved: data/studies/smith-2020.yaml:8:3",
        "Used in 1 place.",
        "  content/index.md:5:24: Of the people treated, [[smith-2020/improved]] improved.",
    ]


@pytest.mark.parametrize("written", ["[[smith-2020/improved]]", "finding:smith-2020/improved"])
def test_a_name_may_be_copied_as_it_is_written(written: str, minimal: Path) -> None:
    assert find(minimal, written) == find(minimal, "smith-2020/improved")


def test_a_name_of_two_things_gives_both(minimal: Path) -> None:
    lines = find(minimal, "smith-2020")
    heads = [line for line in lines if not line.startswith((" ", "Used"))]
    assert heads == [
        "source smith-2020: data/sources/smith-2020.yaml:1:1",
        "study smith-2020: data/studies/smith-2020.yaml:1:1",
    ]
    assert "  data/studies/smith-2020.yaml:12:13: source: smith-2020" in lines
    assert lines[-1].startswith("  content/index.md:5:24: ")


def test_a_page_may_be_named_by_its_file(minimal: Path) -> None:
    assert find(minimal, "content/about.md") == [
        "page about: content/about.md:1:1",
        "Used in 1 place.",
        "  data/site.yaml:6:12: - {page: about, title: About}",
    ]


def test_what_nothing_uses_is_said_so(minimal: Path) -> None:
    assert find(minimal, "methods")[1] == "Used nowhere."


def test_a_finding_in_a_figure_is_found_where_the_figure_stands(minimal: Path) -> None:
    rows = "rows:\n  - {finding: smith-2020/improved}\n"
    write(
        minimal,
        {
            "data/figures/rest.yaml": f"kind: shares\ntitle: Rest\nsubtitle: Rest\n{rows}",
            "content/methods.md": "---\ntitle: Methods\nkind: plain\n---\nA figure:\n\n![[rest]]\n",
        },
    )
    lines = find(minimal, "smith-2020/improved")
    assert lines[-1] == "  content/methods.md:7:1: shows it in the figure 'rest'"
    assert "  data/figures/rest.yaml:5:15: - {finding: smith-2020/improved}" in lines


def test_it_answers_while_something_else_is_wrong(minimal: Path) -> None:
    write(minimal, {"data/site.yaml": "title: ["})
    assert len(find(minimal, "smith-2020/improved")) == 3


def test_an_unknown_name_gets_the_nearest(minimal: Path) -> None:
    printed = type_here(minimal, "find", "smith-2020/improve")
    assert printed.code == 2
    assert "Did you mean 'smith-2020/improved'?" in printed.problems


def test_a_long_line_is_shown_around_what_it_names(minimal: Path) -> None:
    text = f"{'word ' * 40}[[page:methods]]{' word' * 40}"
    write(minimal, {"content/about.md": f"---\ntitle: About\nkind: plain\n---\n{text}\n"})
    (line,) = find(minimal, "methods")[2:]
    assert "[[page:methods]]" in line
    assert len(line) < 140
