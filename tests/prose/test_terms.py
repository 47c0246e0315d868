"""Glossary terms in a page's text."""

from __future__ import annotations

import pytest

from evidence.model.site import Term
from evidence.prose.typesetting import TermFinder

TERMS = (
    Term(id="placebo", term="placebo", definition="Nothing."),
    Term(id="ais", term="AIS grade", also=("ASIA Impairment Scale", "AIS"), definition="A scale."),
    Term(id="scale", term="scale", definition="Steps."),
    Term(id="arm", term="arm", definition="A group."),
)


def marked(html: str) -> str:
    return TermFinder(TERMS).mark(html, lambda term, written: f"<{term.id}:{written}>")


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("A placebo here", "A <placebo:placebo> here"),
        ("Placebo first", "<placebo:Placebo> first"),
        ("two placebos", "two <placebo:placebos>"),
        ("an AIS grade", "an <ais:AIS grade>"),
        ("AIS grades", "<ais:AIS grades>"),
        ("by AIS alone", "by <ais:AIS> alone"),
        ("the ASIA Impairment Scale", "the <ais:ASIA Impairment Scale>"),
        ("on a scale", "on a <scale:scale>"),
        ("both arms", "both <arm:arms>"),
    ],
)
def test_a_term_is_found_in_its_spellings(html: str, wanted: str) -> None:
    assert marked(html) == wanted


@pytest.mark.parametrize(
    "html",
    [
        "ais grade",  # a name with capitals is found as it is written
        "harm and army",
        '<a href="x">placebo</a>',
        "<h2>placebo</h2>",
        "<h3>The <em>placebo</em></h3>",
        "<code>placebo</code>",
        "<pre><code>placebo</code></pre>",
        "<table><tr><th>placebo</th></tr></table>",
        '<img alt="placebo">',
    ],
)
def test_links_headings_code_and_parts_of_words_are_left_alone(html: str) -> None:
    assert marked(html) == html


def test_text_after_a_link_is_searched_again() -> None:
    assert marked('<a href="x">placebo</a> placebo') == '<a href="x">placebo</a> <placebo:placebo>'


def test_without_terms_nothing_is_marked() -> None:
    assert TermFinder(()).mark("a placebo", lambda _, written: written.upper()) == "a placebo"
