"""A page becomes a chapter: what is folded is open, numbers have their notes, links a way on paper."""

from __future__ import annotations

import re

import pytest

from evidence.files.editions.chapter import Chapter, chapter_of
from evidence.files.editions.notes import letter
from evidence.files.editions.ways import Ways

ADDRESS = "colds/honey.html"
LONG = "Computed by this site from " + "a study with very many words in its name, " * 3
NOTE = """<li class="note" id="note-{name}"><p class="note-value">{value}</p>
<p class="note-what"><a href="../studies/s.html">Free of cough</a></p>
<dl><dt>When</dt><dd>a week</dd><dt>Derived</dt><dd>{derived}</dd>
<dt>Source</dt><dd><a href="../sources/rest.html">Rest 2020</a>, Table 1 <a href="https://doi.org/1">Open it</a></dd>
<dt>Read</dt><dd>21 November 2026</dd></dl>
<ul class="marks"><li class="mark"><b>Inferred.</b> From a figure.</li></ul>
<p class="note-back"><a href="#use-1">Back</a></p></li>"""
PAGE = """<html><head><meta name="description" content="Of honey."></head><body><main>
<header class="head"><nav>Home</nav><h1>Honey</h1><p class="answer">Of all, {use_a}.</p>
<p class="overdue" hidden>Late.</p></header><div class="text">{text}
<details class="fold notes"><summary><h2>Where from</h2></summary><ol>{notes}</ol></details>
</div></main></body></html>"""
TABLE = """<div class="table comparison"><table><caption>Cough</caption><thead><tr><th>Study</th></tr></thead>
<tbody><tr><th>Rest</th><td>{use_a}</td><td>{use_b}</td></tr></tbody></table></div>"""


def use(name: str, number: int) -> str:
    return f'<a class="bound" id="use-{name}-{number}" href="#note-{name}" data-note="{number}">5 of 9</a>'


def chapter(text: str, ways: Ways | None = None) -> Chapter:
    notes = "".join(
        NOTE.format(name=name, value=value, derived=LONG)
        for name, value in (("a", "5 of 9"), ("b", "56%"))
    )
    page = PAGE.format(use_a=use("a", 1), text=text, notes=notes)
    own = ways or Ways({ADDRESS: "c1"}, frozenset({"rest"}), "")
    return chapter_of(page.encode(), ADDRESS, own, deeper=False)


def test_the_first_use_of_a_number_has_the_note_and_the_next_leads_there() -> None:
    made = chapter(f"<p>Again {use('a', 1)}, and {use('b', 2)}.</p>")
    assert made.answer.count('class="footnote"') == 1
    assert 'id="c1-note-1" data-number="1"' in made.answer
    assert '<a class="mark" href="#c1-note-1">1</a>' in made.body
    assert made.body.count('class="footnote"') == 1
    assert 'data-number="2"' in made.body


def test_a_footnote_says_what_where_and_what_to_mind() -> None:
    text = re.sub(r"<[^>]+>", "", chapter("").answer)
    assert "5 of 9. Free of cough; when: a week; derived: Computed" in text
    assert "Rest 2020, Table 1. Inferred. From a figure." in text
    assert "Open it" not in text
    assert "Back" not in text
    assert 'href="#source-rest"' in chapter("").answer


def test_a_long_fact_is_told_once() -> None:
    made = chapter(f"<p>And {use('b', 2)}.</p>")
    assert "very many words" in made.answer
    assert "very many words" not in made.body
    assert "derived: as in note 1" in made.body


def test_numbers_in_a_table_have_letters_and_their_notes_below_it() -> None:
    table = TABLE.format(use_a=use("a", 1), use_b=use("b", 2))
    body = chapter(table).body
    assert body.index("</table>") < body.index('class="table-notes"')
    assert body.count('class="footnote"') == 0
    # Both say the same of themselves: one note, one letter in the row
    assert body.count('<a class="mark" href="#c1-table-1-a">a</a>') == 1
    assert (
        "When" not in body[body.index("table-notes") :]
    )  # the table of results has a column for it


def test_what_is_folded_is_open_and_what_is_for_screens_is_gone() -> None:
    made = chapter(
        '<details class="behind"><summary>More <span class="count">3</span></summary><p>Row</p></details>'
        '<p class="downloads">CSV</p><form><input></form><div hidden>Later</div>'
    )
    assert "<p>Row</p>" in made.body
    for gone in ("details", "summary", "CSV", "form", "Later", "Where from"):
        assert gone not in made.body
    assert made.overdue == ""


def test_a_caption_stands_above_its_table() -> None:
    body = chapter(TABLE.format(use_a="", use_b="")).body
    assert body.index('<div class="caption"><p>Cough</p></div>') < body.index("<table")
    assert "<caption" not in body


@pytest.mark.parametrize(
    ("link", "base", "way"),
    [
        ("../sources/rest.html", "", "#source-rest"),
        ("../sources/other.html", "", ""),
        ("../sources/other.html", "https://example.org/", "https://example.org/sources/other.html"),
        ("#there", "", "#c1-there"),
        ("#term-cold", "", "#term-cold"),
        ("tea.html#in-short", "", "#c2-in-short"),
        ("tea.html", "", "#c2"),
        ("https://doi.org/1", "", "https://doi.org/1"),
    ],
)
def test_a_link_leads_somewhere_on_paper_or_is_none(link: str, base: str, way: str) -> None:
    ways = Ways({ADDRESS: "c1", "colds/tea.html": "c2"}, frozenset({"rest"}), base)
    assert ways.way(link, ADDRESS) == way


def test_a_blank_before_a_number_stands_apart() -> None:
    body = chapter(f"<p>It was {use('b', 2)}.</p>").body
    assert 'It was<span> </span><span class="bound short"' in body


def test_letters_go_on_after_z() -> None:
    assert [letter(number) for number in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]
