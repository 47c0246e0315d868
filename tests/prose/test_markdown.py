"""Markdown to safe HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from evidence.prose.construct import USED
from evidence.prose.drafting import drafted
from evidence.prose.markdown import convert, prose_of, with_placeholders
from evidence.prose.references import find_references


def placed(text: str) -> str:
    marked = with_placeholders(text, find_references(text)[0])
    return marked.replace("\ue000", "{").replace("\ue001", "}")


def prose(text: str) -> str:
    return prose_of(drafted(text, whole=True)).replace(USED, " ")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Some *text*.", "<p>Some <em>text</em>.</p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("[Methods](methods.html)", '<p><a href="methods.html">Methods</a></p>'),
        ("Word\n:   Meaning.", "<dl>\n<dt>Word</dt>\n<dd>Meaning.</dd>\n</dl>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert convert(text).html == html


def test_a_table_becomes_a_table() -> None:
    table = fragment_fromstring(convert("| a | b |\n| --- | ---: |\n| 1 | 2 |").html)
    assert [each.text for each in table.iter("th")][:2] == ["a", "b"]
    assert [each.get("scope") for each in table.iter("th")][:2] == ["col", "col"]
    assert [each.text for each in table.iter("td")][-1] == "2"


def test_a_heading_gets_an_anchor_and_stands_in_the_contents() -> None:
    made = convert("## In short\n\nText.\n\n### More\n\n## In short")
    assert '<h2 id="in-short">In short</h2>' in made.html
    assert [anchor for anchor, _ in made.headings] == ["in-short", "in-short_1"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<p onclick="x()">text</p>',
        '<p style="color: red">text</p>',
        "<style>p {}</style>",
        '<iframe src="https://example.org"></iframe>',
        '<img src="https://example.org/a.png">',
        "![a](https://example.org/a.png)",
        "[a](javascript:alert(1))",
        "<h1>Title</h1>",
        "# Title",
    ],
)
def test_what_a_page_must_not_hold_is_dropped(text: str) -> None:
    html = convert(text).html
    for refused in (
        "<script",
        "<style",
        "<iframe",
        "<img",
        "<h1",
        "onclick",
        "style=",
        "javascript:",
    ):
        assert refused not in html


@given(st.text("<>ahrefimgscrptyle=\"'/ #*[]()!:\n", max_size=60))
def test_whatever_is_typed_no_script_or_picture_comes_out(text: str) -> None:
    html = convert(text).html.lower()
    for refused in ("<script", "<style", "<iframe", "<img", "<object", "<svg"):
        assert refused not in html


def test_each_reference_becomes_its_placeholder() -> None:
    assert placed("Of [[a/b]], [[c/d|of]] (![[e]]).") == "Of {0}, {1} ({2})."


def test_citations_in_one_pair_of_brackets_become_neighbours() -> None:
    assert placed("So [@a; @b] it is [[c]].") == "So {0}{1} it is {2}."


def test_what_is_no_prose_is_blanked() -> None:
    text = (
        'A [link](a-12.html), `12`, <abbr title="12">x</abbr> and [[a/b-12]].\n\n1. One\n2. Two\n'
    )
    assert "12" not in prose(text)
    assert "1" not in prose(text)
    assert "One" in prose(text)


def test_a_comparison_is_not_taken_for_a_tag() -> None:
    assert prose("P < 0.05 in 12 and > 3") == "P < 0.05 in 12 and > 3"


@given(st.text("ab12[]()<>|`.-:/@! \n", max_size=60))
def test_prose_keeps_every_offset(text: str) -> None:
    readable = prose(text)
    assert len(readable) == len(text)
    for before, after in zip(text, readable, strict=True):
        assert after in {before, " "}
