"""What is read off a finished page, and how its numbers are counted."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.finished.facts import PAGE_COVERAGE, SITE_COVERAGE, finished
from evidence.finished.page import PageFacts, facts_of
from evidence.store import Store
from tests.finished.sites import facts_read


def facts(main: str, head: str = "<title>T</title>", after: str = "") -> PageFacts:
    page = f'<!doctype html><html lang="en"><head>{head}</head><body><main>{main}</main>{after}</body></html>'
    return facts_read(page.encode())


def counts(main: str) -> tuple[int, int, list[str]]:
    found = facts(main)
    return found.bound, found.plain, [number for number, _ in found.unbound]


@pytest.mark.parametrize(
    ("main", "bound", "plain", "unbound"),
    [
        ('<span class="quantity">48.9%</span>', 1, 0, []),
        ('<span class="quantity"><a class="bound">37 of 40</a> (93%)</span>', 3, 0, []),
        ('<tr data-bound="a/b"><td>12</td><td>13</td></tr>', 2, 0, []),
        ('<p data-bound="a">95% CI 40.8 to 56.9</p>', 2, 1, []),
        ("<p>It was 12.</p>", 0, 0, ["12"]),
        ("<p>It was two patients.</p>", 0, 0, ["two patients"]),
        ("<p>In 2019, Phase 2.</p>", 0, 2, []),
        ('<p><span class="plain">12</span></p>', 0, 1, []),
        ("<div data-plain><p>12 and 13</p></div>", 0, 2, []),
        ("<div data-uncounted>12</div>", 0, 0, []),
        ("<p><code>12%</code></p>", 0, 1, []),
        ("<pre>12</pre>", 0, 1, []),
        ('<div data-plain>12 <span class="quantity">13</span> 14</div>', 1, 2, []),
        ('<div data-bound="a">12 <span data-plain>13</span> 14</div>', 3, 0, []),
        ('<p><b data-bound="a">12</b> 13</p>', 1, 0, ["13"]),
        ("<p>1<sup>2</sup></p>", 0, 0, ["1", "2"]),
        ("<!-- 12 --><p>none</p>", 0, 0, []),
    ],
)
def test_each_number_is_bound_plain_or_neither(
    main: str, bound: int, plain: int, unbound: list[str]
) -> None:
    assert counts(main) == (bound, plain, unbound)


def test_only_the_main_part_is_counted() -> None:
    assert facts("<p>none</p>", after="<footer>12</footer>").unbound == ()


def test_an_unbound_number_has_the_text_around_it() -> None:
    assert facts("<p>It was\n 12 of them.</p>").unbound == (("12", "It was 12 of them."),)


@given(st.lists(st.sampled_from(["bound", "plain", "unbound", "uncounted"]), max_size=8))
def test_every_number_is_counted_once_and_in_its_state(states: list[str]) -> None:
    forms = {
        "bound": '<span class="quantity">48.9%</span>',
        "plain": '<span class="plain">48.9%</span>',
        "unbound": "<span>48.9%</span>",
        "uncounted": "<span data-uncounted>48.9%</span>",
    }
    bound, plain, unbound = counts(" ".join(forms[state] for state in states))
    assert (bound, plain, len(unbound)) == tuple(
        states.count(state) for state in ("bound", "plain", "unbound")
    )


def test_links_ids_and_headings_are_read() -> None:
    found = facts('<h1 id="a">T</h1><a href="b.html#c">x</a><img src="d.png" alt="d">')
    assert found.ids == ("a",)
    assert found.links == ("b.html#c", "d.png")
    assert (found.first_headings, found.titles, found.language) == (1, 1, "en")


@pytest.mark.parametrize("head", ["", "<title></title>", "<title> </title>"])
def test_a_page_without_a_title_has_none(head: str) -> None:
    assert facts("<p>x</p>", head).titles == 0


@pytest.mark.parametrize(
    "main",
    [
        '<img src="a.png">',
        '<img src="a.png" aria-label=" ">',
        '<svg class="a.png"></svg>',
        '<svg class="a.png" role="img"></svg>',
    ],
)
def test_a_picture_that_says_nothing_is_found(main: str) -> None:
    assert facts(main).pictures_without_text == ("a.png",)


@pytest.mark.parametrize(
    "main",
    [
        '<img src="a.png" alt="A bar">',
        '<img src="a.png" alt="">',
        '<svg aria-label="A bar"></svg>',
        '<svg aria-labelledby="a"></svg>',
        '<svg aria-hidden="true"></svg>',
    ],
)
def test_a_picture_with_words_or_marked_as_decoration_is_not(main: str) -> None:
    assert facts(main).pictures_without_text == ()


@pytest.mark.parametrize(
    ("main", "found"),
    [
        ("<script>x()</script>", "a script inside the page"),
        ('<script type="module">x()</script>', "a script inside the page"),
        ('<script type="application/json">{}</script>', "a script inside the page"),
        ('<script type="application/ld+json">x()</script>', "a script inside the page"),
        ('<script type="application/ld+json">[]</script>', "a script inside the page"),
        ('<script type="application/ld+json"></script>', "a script inside the page"),
        ('<script type="APPLICATION/LD+JSON">{}</script>', "a script inside the page"),
        ("<style>p {}</style>", "a style element inside the page"),
        ('<p style="color: red">x</p>', "the attribute style on <p>"),
        ('<p onclick="x()">x</p>', "the attribute onclick on <p>"),
        ('<a href="javascript:x()">x</a>', "a javascript: address on <a>"),
        ('<a href=" JavaScript:x()">x</a>', "a javascript: address on <a>"),
    ],
)
def test_code_inside_the_page_is_found(main: str, found: str) -> None:
    assert facts(main).inline_code == (found,)


def test_data_in_the_words_of_schema_org_is_no_code() -> None:
    assert facts('<script type="application/ld+json">{"name": "x"}</script>').inline_code == ()


@pytest.mark.parametrize(
    "main",
    [
        '<img alt="a" src="https://example.org/a.png">',
        '<script src="//example.org/a.js"></script>',
        '<iframe src="https://example.org/"></iframe>',
        '<object data="https://example.org/a"></object>',
        '<embed src="//example.org/a">',
        '<source src="https://example.org/a.png">',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        # a page or a program that an address holds in itself is nothing of this site either
        '<script src="data:text/javascript,x()"></script>',
        '<script src="data:application/javascript,x()"></script>',
        '<script src=" DATA:text/javascript,x()"></script>',
        '<script src="da\tta:text/javascript,x()"></script>',
        '<link rel="stylesheet" href="data:text/css,p {}">',
        '<iframe src="data:text/html,x"></iframe>',
        '<iframe src="data:,x"></iframe>',
        '<object data="data:image/svg+xml,x"></object>',
    ],
)
def test_a_request_to_another_host_is_found(main: str) -> None:
    assert len(facts(main).outside) == 1


@pytest.mark.parametrize(
    ("main", "head"),
    [
        ('<a href="https://example.org/">x</a>', "<title>T</title>"),
        ('<img alt="a" src="a.png">', "<title>T</title>"),
        ('<img alt="a" src="data:image/png;base64,aa//">', "<title>T</title>"),
        ('<a href="data:text/html,x">x</a>', "<title>T</title>"),
        ('<script src="a.js"></script>', "<title>T</title>"),
        ("x", '<title>T</title><link rel="canonical" href="https://example.org/a.html">'),
    ],
)
def test_a_link_that_a_reader_follows_is_no_request(main: str, head: str) -> None:
    assert facts(main, head).outside == ()


def test_the_same_page_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = b'<html lang="en"><head><title>T</title></head><body><main><h1 id="a">T</h1>12</main></body></html>'
    first = Store(tmp_path).keep(finished, page)
    monkeypatch.setattr("evidence.finished.facts._Page", None)  # what reads pages
    again = Store(tmp_path).keep(finished, page)
    assert facts_of(again.card) == facts_of(first.card)
    assert again.body() == first.body()


def test_a_page_on_which_nothing_stands_has_no_facts() -> None:
    nothing = PageFacts(size=1, digest=hashlib.sha256(b"\n").hexdigest())
    assert facts_read(b"\n") == nothing


def test_the_coverage_of_a_page_is_put_in_where_its_mark_stands_and_that_of_the_site_later() -> (
    None
):
    page = f"<html><body><main><h1>T</h1>{PAGE_COVERAGE}, {SITE_COVERAGE}, 12</main></body></html>"
    made = finished(page.encode())
    facts = facts_of(made.card)
    own = made.body[: facts.size].decode()
    assert own == page.replace(PAGE_COVERAGE, "0 of 1")
    assert facts.open == (PAGE_COVERAGE, SITE_COVERAGE)
    assert facts.digest == hashlib.sha256(own.encode()).hexdigest()
