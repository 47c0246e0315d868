"""Each check of the finished site finds what it is for, and nothing else."""

from __future__ import annotations

import pytest

from evidence.check.site import CHECKS, links, pages, titles
from evidence.finished.site import FinishedSite
from evidence.problems import ProblemsFoundError
from evidence.run import Built
from evidence.steps.check import check as check_all
from tests.finished.sites import site_of


def page(main: str, lang: str = ' lang="en"', title: str = "<title>T</title>") -> bytes:
    return f"<!doctype html><html{lang}><head>{title}</head><body><main>{main}</main></body></html>".encode()


def site(**files: bytes) -> FinishedSite:
    """Return a site; in a name, two underscores stand for a slash and one for a dot."""
    named = {name.replace("__", "/").replace("_", "."): raw for name, raw in files.items()}
    return site_of(named)


GOOD = page('<h1 id="top">Home</h1>')


@pytest.mark.parametrize(
    "link",
    ["a/b.html", "./a/b.html", "#top", "index.html#top", "a/b.html#top", "", "?q=1",
     "https://example.org/x", "mailto:a@example.org", "a/../index.html", "a/b.html?x#top"],
)  # fmt: skip
def test_a_link_that_leads_somewhere_is_no_problem(link: str) -> None:
    home = page(f'<h1 id="top">Home</h1><a href="{link}">x</a>')
    assert list(links.check_links(site(index_html=home, a__b_html=GOOD))) == []


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("a/c.html", "leads to 'a/c.html', which the site does not have"),
        ("a", "leads to 'a', which"),
        ("a/", "leads to 'a', which"),
        ("../index.html", "leads to '../index.html', which"),
        ("#bottom", "an anchor that 'index.html' does not have"),
        ("a/b.html#bottom", "an anchor that 'a/b.html' does not have"),
    ],
)
def test_a_link_that_leads_nowhere_is_one_problem(link: str, message: str) -> None:
    home = page(f'<h1 id="top">Home</h1><a href="{link}">x</a><a href="{link}">x</a>')
    (problem,) = links.check_links(site(index_html=home, a__b_html=GOOD))
    assert (problem.rule, problem.place.file) == ("link-resolves", "index.html")
    assert message in problem.message


def test_a_link_near_a_file_that_exists_asks_for_it() -> None:
    home = page('<h1>Home</h1><a href="method.html">x</a>')
    (problem,) = links.check_links(site(index_html=home, methods_html=GOOD))
    assert problem.hint == "Did you mean 'methods.html'?"


def test_a_link_with_signs_in_percent_is_understood() -> None:
    home = page('<h1>Home</h1><a href="a%2Dc.html">x</a>')
    files = {"index.html": home, "a-c.html": GOOD}
    assert list(links.check_links(site_of(files))) == []


def test_a_link_from_the_top_of_a_host_is_a_problem() -> None:
    home = page('<h1>Home</h1><a href="/index.html">x</a>')
    (problem,) = links.check_links(site(index_html=home))
    assert "begins at the top of a host" in problem.message


def test_the_page_for_missing_addresses_leads_home_from_any_depth() -> None:
    missing = page('<h1>Home</h1><a href="../../index.html">x</a><a href="../a.html">x</a>')
    (problem,) = links.check_links(site(index_html=GOOD, **{"404_html": missing}))
    assert "leads to 'a.html'" in problem.message


@pytest.mark.parametrize(
    ("main", "count"), [("<p>none</p>", 0), ("<h1>a</h1><h1>b</h1>", 2)]
)  # fmt: skip
def test_a_page_has_one_first_level_heading(main: str, count: int) -> None:
    (problem,) = pages.check_structure(site(index_html=page(main)))
    assert problem.rule == "page-structure"
    assert f"{count} first-level headings" in problem.message


@pytest.mark.parametrize(
    "raw",
    [
        page("<h1>a</h1>", lang=""),
        page("<h1>a</h1>", title=""),
        page("<h1>a</h1>", lang=' lang=""'),
    ],
)
def test_a_page_has_a_title_and_a_language(raw: bytes) -> None:
    (problem,) = pages.check_structure(site(index_html=raw))
    assert problem.rule == "page-structure"


def test_an_id_stands_once_on_a_page_and_may_stand_on_another() -> None:
    twice = page('<h1 id="a">a</h1><p id="b"></p><p id="a"></p>')
    (problem,) = pages.check_structure(site(index_html=twice, c_html=page('<h1 id="b">b</h1>')))
    assert (problem.rule, problem.place.file) == ("element-id-unique", "index.html")
    assert "'a' stands 2 times" in problem.message


@pytest.mark.parametrize(("letters", "rules"), [(69, []), (70, ["title-fits"])])
def test_a_title_that_is_cut_off_is_a_problem(letters: int, rules: list[str]) -> None:
    raw = page("<h1>a</h1>", title=f"<title>{'x' * letters}</title>")
    assert [each.rule for each in titles.check_titles(site(index_html=raw))] == rules


def test_a_title_that_two_pages_have_is_one_problem() -> None:
    (problem,) = titles.check_titles(site(index_html=GOOD, b_html=GOOD))
    assert (problem.rule, problem.place.file) == ("title-unique", "index.html")
    assert "that of 'b.html' too" in problem.message


def test_a_picture_without_words_is_a_problem() -> None:
    (problem,) = pages.check_pictures(site(index_html=page('<h1>a</h1><img src="a.png">')))
    assert problem.rule == "alternative-text"


def test_a_script_of_its_own_is_a_problem_named_once() -> None:
    raw = page("<h1>a</h1><script>x()</script><script>y()</script>")
    (problem,) = pages.check_policy(site(index_html=raw))
    assert problem.rule == "script-external"


@pytest.mark.parametrize(
    "style",
    [b"@import 'a.css';", b"p{background:url(https://x.org/a.png)}", b"p{src: url('//x.org/a')}"],
)
def test_a_style_sheet_asks_nothing_of_others(style: bytes) -> None:
    (problem,) = pages.check_policy(site(index_html=GOOD, static__site_css=style))
    assert (problem.rule, problem.place.file) == ("script-external", "static/site.css")


@pytest.mark.parametrize(
    "style", [b"p{color:red}", b"p{src:url(fonts/a.woff2)}", b"p{a:url(data:x)}"]
)
def test_a_style_sheet_may_use_what_lies_beside_it(style: bytes) -> None:
    assert list(pages.check_policy(site(index_html=GOOD, static__site_css=style))) == []


def test_a_number_that_a_template_lets_through_is_a_problem() -> None:
    (problem,) = pages.check_numbers(site(index_html=page("<h1>a</h1><p>It was 12.</p>")))
    assert problem.rule == "number-bound"
    assert "'12' in 'It was 12.'" in problem.message


def incompressible(length: int) -> bytes:
    """Return text that does not get much smaller."""
    return " ".join(str(step * step * 7919 % 1000003) for step in range(length // 7)).encode()


@pytest.mark.parametrize(("length", "heavy"), [(150_000, True), (30_000, False)])
def test_a_page_above_the_limit_is_a_problem(length: int, *, heavy: bool) -> None:
    raw = page(f"<h1>a</h1>{incompressible(length).decode()}")
    assert [each.rule for each in pages.check_weight(site(index_html=raw))] == [
        "page-weight"
    ] * heavy


def test_style_and_script_count_with_every_page() -> None:
    styled = page('<link rel="stylesheet" href="lasting/site.css"><h1>a</h1>')
    heavy = site(index_html=styled, lasting__site_css=incompressible(150_000))
    assert [each.rule for each in pages.check_weight(heavy)] == ["page-weight"]


def test_what_a_script_looks_in_comes_on_top_of_a_page() -> None:
    listed = page('<script src="trials/facets.js" defer></script><h1>a</h1>')
    many = site(index_html=listed, trials__facets_js=incompressible(150_000))
    assert list(pages.check_weight(many)) == []


def test_a_style_that_a_page_does_not_ask_for_is_no_weight() -> None:
    light = site(index_html=GOOD, lasting__other_css=incompressible(150_000))
    assert list(pages.check_weight(light)) == []


def test_a_long_page_of_the_same_words_is_light() -> None:
    assert (
        list(pages.check_weight(site(index_html=page("<h1>a</h1>" + "the same words " * 20_000))))
        == []
    )


def test_problems_of_all_checks_come_together() -> None:
    raw = page('<p id="a"></p><p id="a"></p><img src="b.png">12 <a href="c.html">x</a>')
    with pytest.raises(ProblemsFoundError) as found:
        check_all(site(index_html=raw))
    assert {each.rule for each in found.value.problems} == {
        "alternative-text", "element-id-unique", "link-resolves", "number-bound", "page-structure",
    }  # fmt: skip


def test_a_good_site_passes_unchanged(gallery_site: Built) -> None:
    assert check_all(gallery_site.site) is gallery_site.site


def test_every_module_of_checks_is_in_the_list() -> None:
    modules = (pages, pages, pages, links, titles, pages, pages)
    assert {each.__module__ for each in CHECKS} == {module.__name__ for module in modules}


def test_a_link_that_was_found_sound_is_followed_again_when_the_site_has_changed() -> None:
    home = page('<h1>a</h1><a href="b.html#top">b</a>')
    for sound in (site(index_html=home, b_html=GOOD), site(index_html=home, b_html=GOOD)):
        assert list(links.check_links(sound)) == []
    for broken in (
        site(index_html=home),
        site(index_html=home, b_html=page('<h1 id="other">Home</h1>')),
        site(index_html=home, b_html=page('<h1 id="top">Home</h1><a href="c.html">c</a>')),
    ):
        assert len(list(links.check_links(broken))) == 1
