"""Titles are short, end at a word, and belong to one page each."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.check.site.titles import MOST
from evidence.pages.titles import cut, distinct, led, numbered, of_home, told_apart, with_site
from evidence.run import Built
from tests.conftest import MakeProject
from tests.projects import build_in_memory, problems_of

LONG = "Cells from the cord of newborn children in people with a new injury, and what came of it"


def titles(built: Built) -> dict[str, str]:
    return {path: built.site.facts[path].title for path in built.site.pages()}


@pytest.mark.parametrize("name", ["gallery_site", "real_site", "minimal_site"])
def test_every_title_is_short_and_of_one_page(name: str, request: pytest.FixtureRequest) -> None:
    found = titles(request.getfixturevalue(name))
    assert [title for title in found.values() if not 0 < len(title) < 70] == []
    assert [title for title, times in Counter(found.values()).items() if times > 1] == []


def test_the_name_of_the_site_stands_behind_where_both_fit() -> None:
    assert with_site("Safety", "Colds") == "Safety – Colds"
    assert with_site("x" * (MOST - 8), "Colds") == f"{'x' * (MOST - 8)} – Colds"
    assert with_site("x" * (MOST - 7), "Colds") == "x" * (MOST - 7)


def test_the_home_page_has_the_tagline_where_it_fits_or_what_an_editor_wants() -> None:
    assert of_home("Colds", "What helps", "") == "Colds: What helps"
    assert of_home("Colds", LONG, "") == "Colds"
    assert of_home("Colds", LONG, "what helps") == "Colds: what helps"


@pytest.mark.parametrize(
    ("words", "most", "title"),
    [
        ("short", 5, "short"),
        ("two words", 8, "two…"),
        ("two, words", 8, "two…"),
        ("two words here", 10, "two words…"),
        ("oneverylongword", 8, "onevery…"),
    ],
)
def test_a_title_is_cut_at_a_word(words: str, most: int, title: str) -> None:
    assert cut(words, most) == title


@given(st.text(min_size=1), st.integers(2, 90))
def test_a_cut_title_is_never_longer_than_it_may_be(words: str, most: int) -> None:
    assert len(cut(words, most)) <= most


def test_the_number_of_a_page_is_never_cut_off() -> None:
    assert numbered(LONG, ", page 12").endswith("…, page 12")
    assert len(numbered(LONG, ", page 12")) <= MOST
    assert numbered("Trials", ", page 2") == "Trials, page 2"


def test_a_lead_is_not_said_twice() -> None:
    assert led("Lee 2020", "source", "Rest in colds") == "Lee 2020 (source): Rest in colds"
    assert led("Lee 2020", "source", "Lee 2020: rest") == "Lee 2020 (source): rest"
    assert led("Lee 2020", "source", "Lee 2020") == "Lee 2020 (source)"


def test_titles_that_would_be_equal_end_with_the_names_of_their_files() -> None:
    names = {"a/one.html": f"{LONG}: first", "a/two.html": f"{LONG}: second", "a/c.html": "Other"}
    assert distinct(names, ["About"]) == {
        "a/one.html": told_apart(LONG, "one"),
        "a/two.html": told_apart(LONG, "two"),
        "a/c.html": "Other",
    }
    assert told_apart(LONG, "one").endswith("… (one)")
    assert all(len(title) <= MOST for title in distinct(names, []).values())


def test_what_the_program_made_gives_way_to_what_an_editor_wrote() -> None:
    assert distinct({"studies/a.html": "About"}, ["About"]) == {"studies/a.html": "About (a)"}


def test_a_study_with_a_very_long_title_needs_nothing_of_an_editor(
    with_files: MakeProject, minimal_site: Built
) -> None:
    (study,) = minimal_site.report.studies.values()
    text = f"title: {study.title}\n"
    project = with_files({})
    file = project / f"data/studies/{study.id}.yaml"
    assert text in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(text, f"title: {LONG}\n"), "utf-8")
    title = titles(build_in_memory(project))[f"studies/{study.id}.html"]
    assert title == cut(LONG)
    assert title.endswith("…")


def test_an_editor_sees_the_line_of_the_title_and_of_the_shorter_one(
    with_files: MakeProject,
) -> None:
    text = f"---\nkind: plain\ntitle: {LONG}\n---\nWho.\n"
    (problem,) = problems_of(with_files({"content/about.md": text}))
    assert (str(problem.place), problem.rule) == ("content/about.md:3:1", "title-fits")
    text = f"---\ntitle: About\nkind: plain\nshort: {LONG}\n---\nWho.\n"
    (problem,) = problems_of(with_files({"content/about.md": text}))
    assert str(problem.place) == "content/about.md:4:1"


def test_a_shorter_title_stands_in_the_tab_and_the_whole_one_on_the_page(
    with_files: MakeProject,
) -> None:
    text = f"---\ntitle: {LONG}\nshort: Cord cells\nkind: plain\n---\nWho.\n"
    site = build_in_memory(with_files({"content/about.md": text})).site
    assert site.facts["about.html"].title == "Cord cells – The smallest site"
    assert f"<h1>{LONG}</h1>" in site.files["about.html"].decode()
