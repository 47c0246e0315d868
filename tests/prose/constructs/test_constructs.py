"""Whatever editors of Markdown offer is shown as it is meant, or told of at its line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from evidence.prose.construct import USED, Example, Stray
from evidence.prose.constructs import CONSTRUCTS
from evidence.prose.drafting import drafted, strays
from evidence.prose.markdown import convert, with_placeholders
from evidence.prose.references import find_references
from evidence.rules import RULES

LISTED = [example for construct in CONSTRUCTS for example in construct.examples]


def told(text: str, *, whole: bool = True) -> list[Stray]:
    return sorted(strays(drafted(text, whole=whole)), key=lambda stray: stray.start)


def html_of(text: str) -> str:
    return convert(with_placeholders(text, find_references(text)[0])).html


@pytest.mark.parametrize("example", LISTED, ids=lambda example: repr(example.written))
def test_each_construct_is_shown_as_it_is_meant_or_told_of_at_its_line(
    example: Example,
) -> None:
    found = told(example.written)
    if example.shown:
        assert (html_of(example.written), found) == (example.shown, [])
        return
    first = found[0]
    assert (first.rule, example.written.count("\n", 0, first.start) + 1) == (
        example.rule,
        example.line,
    )
    assert example.said in f"{first.message} {first.hint}"
    assert len({(stray.rule, stray.message, stray.hint) for stray in found}) == 1, (
        "one cause, one message"
    )
    assert example.written.startswith(first.written.split("\n")[0][:3], first.start)


def test_each_construct_is_there_once_with_examples_and_known_rules() -> None:
    assert len({construct.name for construct in CONSTRUCTS}) == len(CONSTRUCTS)
    assert all(construct.examples and construct.says for construct in CONSTRUCTS)
    assert {example.rule for example in LISTED} - RULES.keys() == {""}


# Texts that an editor types in good faith, in which nothing is a mark


@pytest.mark.parametrize(
    "text",
    [
        "A snake_case_name, 5 * 3, a < b, x > y, and R&D.",
        "Costs were $5 to $10, or US$5.",
        "See [sic] and [...] and (a/b) and and/or.",
        "About ~12 and ~13; 10:30 or 3:1.",
        "Write to a@example.org or see https://example.org/a_b_c*d.",
        "It is 5'10\" - so - and C# too, see issue #12.",
        "A dash – so; an ellipsis... and a range 3-4.",
        "One\ntwo\n\n- a\n\n  b\n- c",
        "Term\n: What it means.\n: And more.",
        "> A quotation\n> in two lines.",
        "| a | b |\n|---|---|\n| `x` | *y* |\n\nTable: Words {#its-id}",
        "1. one\n\n   more\n2. two",
        "`**` and `[^a]` and `{{ x }}` in code\n\n```\n**a [b](c\n:::note\n```",
        r"\*, \_, \`, \#, \[a\](b) and \$ are signs.",
        "![[colds]]\n\n![[outcome:remission]]\n\n![[colds|results]]",
        "Of [[a/b]] and [[c/d|of]], [@e; @f, Table 2].",
    ],
)
def test_what_marks_nothing_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_a_comment_holds_nothing_that_is_looked_at() -> None:
    text = (
        "Text <!-- **12% [[nobody/x]] [a](b --> and `<!-- so` end **here.\n\n<!--\n![a](b)\n-->\n"
    )
    assert [(stray.start, stray.written) for stray in told(text)] == [(text.index("**here"), "**")]
    assert find_references(text) == ((), ())


def test_only_the_text_of_a_page_has_footnotes() -> None:
    (found,) = told("A claim.[^a]\n\n[^a]: The note.", whole=False)
    assert (found.rule, found.start) == ("footnote-complete", 8)


def test_a_second_reference_to_a_footnote_has_an_anchor_of_its_own() -> None:
    html = html_of("One[^a] two[^b] three[^a].\n\n[^a]: *So*.\n\n[^b]: And so.")
    page = fragment_fromstring(html, create_parent="div")
    assert page.xpath("//sup/a/@id") == ["footnote-use-a", "footnote-use-b", "footnote-use-a-2"]
    assert page.xpath("//li/@id") == ["footnote-a", "footnote-b"]
    assert page.xpath("//li[1]//a/@href") == ["#footnote-use-a", "#footnote-use-a-2"]


def test_an_anchor_follows_from_the_words_of_its_heading_alone() -> None:
    heading = "## Rate of [[smith-2020/improved]]"
    assert (
        convert(with_placeholders(heading, find_references(heading)[0])).headings[0][0] == "rate-of"
    )
    text = f"New [[smith-2020/improved|n]] sentence.\n\n{heading}"
    assert convert(with_placeholders(text, find_references(text)[0])).headings[0][0] == "rate-of"


def test_an_own_anchor_stands_in_the_contents() -> None:
    assert convert("## How *so* {#how}").headings == (("how", "How so"),)


@pytest.mark.parametrize(
    "formula",
    [
        r"\text{<script>alert(1)</script>}",
        r"\href{javascript:alert(1)}{x}",
        r"\mathrm{\unicode{x3c}b}",
        "<b>x</b>",
    ],
)
def test_no_formula_lets_anything_but_a_formula_out(formula: str) -> None:
    html = html_of(f"So ${formula}$ is.")
    assert not re.search(r"<(?!/?(?:p|m[a-z]+)\b)|href|javascript:(?!alert\(1\)<)", html), html


# Nothing of what Markdown knows is printed in silence, whatever is typed

RAW = re.compile(r"\*\*|~~|``|\]\(|\[\^|(?m:^\s*(?:[-*+]|\d\.) )|\$\$|<!--|(?m:^:::)|(?m:^#)")
PIECES = st.sampled_from(
    ["**", "*", "_", "`", "```\n", "~~", "~", "^", "[a](b", "](c)", "[^a]", "\n\n[^a]: so", "\n- ", "\n1. ", "\n\n", "\n",
     " ", "word", "So.", "$", "$$", "| a | b |\n", "|---|---|\n", "<b>", "</b>", "<div>", "<!-- ", " -->", ":::note\n", ":::\n",
     "> ", "## ", "![a](b)", "[[a/b]]", "    ", "\t", "\\"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_raw_marks_are_never_printed_in_silence(text: str) -> None:
    if "\\" in text or told(text):  # what an author escapes is to be printed
        return
    page = fragment_fromstring(html_of(text), create_parent="div")
    for code in page.xpath("//code|//pre|//math"):
        code.text = "code"
        for inner in list(code):
            code.remove(inner)
    for heading in page.xpath("//h2|//h3|//h4|//strong|//em|//b|//s|//sub|//sup"):
        heading.text = f"A {heading.text}"  # no mark begins a line there
    printed = page.text_content()
    assert not RAW.search(printed), (text, printed)


@given(st.text("ab12[]()<>|`.-:/@!*_~$^#{} \n", max_size=60))
def test_a_draft_keeps_every_offset(text: str) -> None:
    draft = drafted(text, whole=True)
    assert len(draft.bare) == len(draft.readable) == len(text)
    for before, after in zip(draft.readable, draft.bare, strict=True):
        assert after in {before, USED, " "}
