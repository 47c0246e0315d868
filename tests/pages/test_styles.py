"""Style sheets without what only their editors need."""

from __future__ import annotations

import pytest

from evidence.pages.styles import minified, moved
from tests.projects import ROOT


@pytest.mark.parametrize(
    ("sheet", "wanted"),
    [
        ("a {\n  color: red;\n}\n", "a{color:red;}"),
        ("/* why */\na{}", "a{}"),
        ("a { b: calc(1px + 2px) }", "a{b:calc(1px + 2px)}"),
        ("a:hover b > c ~ d + e {}", "a:hover b > c ~ d + e{}"),
        (".a :not(.b) {}", ".a :not(.b){}"),
        ('a::before { content: "  /* kept */ ; " }', 'a::before{content:"  /* kept */ ; "}'),
        ("a { content: '\\'; }' }", "a{content:'\\'; }'}"),
        ("@media (min-width: 40em) and (hover) { a, b {} }",
         "@media (min-width:40em) and (hover){a,b{}}"),
    ],
)  # fmt: skip
def test_a_sheet_says_the_same_in_fewer_letters(sheet: str, wanted: str) -> None:
    assert minified(sheet.encode(), "A site").decode() == wanted


def test_what_is_lean_stays_as_it_is() -> None:
    once = minified((ROOT / "templates/static/site.css").read_bytes(), "A site")
    assert minified(once, "A site") == once


def test_the_sheet_has_as_many_rules_as_before() -> None:
    sheet = (ROOT / "templates/static/site.css").read_bytes()
    assert minified(sheet, "A site").count(b"{") == sheet.count(b"{")


def test_bytes_that_are_no_text_do_not_stop_the_run() -> None:
    assert minified(b"a{}\xff", "A site") == b"a{}\xff"


def test_the_title_of_the_site_stands_in_a_string() -> None:
    sheet = b'@page { @top-left { content: "$site-title"; } }'
    title = 'Say "ah"\\'
    assert minified(sheet, title).decode() == '@page{@top-left{content:"Say \\"ah\\"\\\\";}}'


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("static/a.css", "url(fonts/a.woff2)", "url(../static/fonts/a.woff2)"),
        ("static/a.css", "url( 'a.png')", "url( '../static/a.png')"),
        ("static/in/a.css", 'url("../a.png")', 'url("../../static/in/../a.png")'),
        ("static/a.css", "url(data:image/png;base64,AA)", "url(data:image/png;base64,AA)"),
        ("static/a.css", "url(/a.png)", "url(/a.png)"),
        ("static/a.css", "url(#mark)", "url(#mark)"),
    ],
)
def test_a_sheet_that_is_served_elsewhere_finds_what_lies_beside_it(
    path: str, before: str, after: str
) -> None:
    assert moved(f"p{{a:{before}}}".encode(), path, "lasting/") == f"p{{a:{after}}}".encode()
