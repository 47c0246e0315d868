from __future__ import annotations

import pytest

from evidence.finished import facts
from evidence.finished.entries import SHEET, Entry, entry_line, sheets_of
from evidence.finished.page import facts_of


def entries_of(main: str, kind: str = "topic") -> list[Entry]:
    """Return the entries of a page, as they are gathered while its facts are read."""
    page = f'<html><body class="kind-{kind}"><main>{main}</main><p>outside 99</p></body></html>'
    gathered = list[Entry]()

    def noted(entry: Entry) -> tuple[bytes, int]:
        gathered.append(entry)
        return entry_line(entry)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facts, "entry_line", noted)
        facts.finished(page.encode())
    return gathered


def told(entry: Entry) -> list[tuple[str, str, str, bool]]:
    return [
        (each.anchor, each.heading, each.text, each.around) for each in entry.passages if each.text
    ]


def test_a_page_is_an_entry_with_a_passage_for_each_heading() -> None:
    (page,) = entries_of('<h1>Safety</h1><p>First.</p><h2 id="a">Later</h2><p>48.9 <b>%</b></p>')
    assert (page.kind, page.anchor, page.titles) == ("pages", "", ["Safety"])
    assert told(page) == [("", "", "First.", False), ("a", "Later", "48.9 %", False)]


def test_the_last_step_of_the_way_is_another_name_of_the_page() -> None:
    way = '<nav class="breadcrumbs"><ol><li>Home<li aria-current="page">Shang 2022</ol></nav>'
    (page,) = entries_of(f"{way}<h1>A long title</h1>", "source")
    assert (page.kind, page.names) == ("sources", ["Shang 2022"])


def test_navigation_forms_and_what_is_hidden_are_not_read() -> None:
    unread = (
        '<nav>1</nav><form>2</form><p hidden>3</p><svg class="figure-narrow"><text>4</text></svg>'
    )
    (page,) = entries_of(f"<h1>T</h1>{unread}<p>5</p>")
    assert told(page) == [("", "", "5", False)]


def test_what_repeats_other_pages_is_read_as_around() -> None:
    notes = '<section class="notes" id="notes"><h2 id="n">Notes</h2><p>17</p></section>'
    (page,) = entries_of(f"<h1>T</h1>{notes}<p>after</p>")
    assert told(page) == [("n", "Notes", "17", True), ("", "", "after", False)]


def test_a_row_with_an_address_is_a_passage_of_its_own() -> None:
    row = '<tr id="ais"><th>AIS grade<span class="finding-where">all</span></th><td>48.9</td></tr>'
    (page,) = entries_of(f'<h1>T</h1><h2 id="f">Findings</h2><table>{row}</table><p>end</p>')
    assert told(page) == [
        ("ais", "AIS grade", "AIS grade\nall\n48.9", False),
        ("f", "Findings", "end", False),
    ]


def test_a_name_before_its_value_ends_in_a_colon() -> None:
    facts_of_a_trial = (
        "<div><dt>Cells</dt><dd>Fat</dd></div><div><dt>Why?</dt><dd>Safety</dd></div>"
    )
    (page,) = entries_of(f'<h1>T</h1><dl class="facts">{facts_of_a_trial}</dl>')
    assert told(page)[0][2] == "Cells:\nFat\nWhy?\nSafety"


def test_words_of_neighbouring_elements_are_kept_apart_and_a_word_is_not_cut() -> None:
    (page,) = entries_of("<h1>T</h1><p><a>one</a><a>two</a> H<sub>2</sub>O <span>48.9</span>%</p>")
    assert told(page)[0][2] == "one two H2O 48.9%"


def test_each_claim_of_a_ledger_is_an_entry() -> None:
    claim = '<article class="claim" id="c1"><h3>It said 7.</h3><p>Wrong.</p></article>'
    page, entry = entries_of(f'<h1>Ledger</h1><h2 id="t">Topic</h2>{claim}<p>9</p>', "ledger")
    assert (entry.kind, entry.anchor, entry.titles) == ("claims", "c1", ["It said 7."])
    assert told(entry) == [("c1", "Topic", "Wrong.", False)]
    assert told(page) == [("t", "Topic", "9", False)]


def test_each_term_of_the_glossary_is_an_entry_but_not_a_word_explained_elsewhere() -> None:
    term = '<dl class="word-list"><div class="word" id="w"><dt>AIS</dt><dd>A grade.</dd></div></dl>'
    _, entry = entries_of(f"<h1>Glossary</h1>{term}", "glossary")
    assert (entry.kind, entry.titles) == ("terms", ["AIS"])
    assert [each.kind for each in entries_of(f"<h1>Page</h1>{term}")] == ["pages"]


def test_pages_that_only_lead_to_others_are_not_read() -> None:
    for kind in ("search", "a-z", "not-found"):
        assert entries_of("<h1>T</h1><p>1</p>", kind) == []


def test_a_line_holds_all_that_the_index_needs() -> None:
    page = (
        '<html><body class="kind-study"><main><h1>Two\nlines</h1><p>48.9</p></main></body></html>'
    )
    made_of_page = facts.finished(page.encode())
    (entry,) = facts_of(made_of_page.card).entries
    made = made_of_page.body[entry.start : entry.end]
    assert (entry.standing, entry.sheets) == (5, 1)
    assert b"\n" not in made
    assert b'"48.9": 1' in made


def test_a_word_weighs_by_where_it_stands_and_how_often() -> None:
    passages = [
        ("a", "Safety", "fever, fever; safety and pain " + "pain " * 3, 0),
        ("b", "Notes", "cold", 1),
    ]
    (sheet,) = sheets_of("Harm in ten trials", "Harm", passages)
    weighed = {
        word: sheet[1][word] for word in ("cold", "and", "fever", "pain", "safety", "ten", "harm")
    }
    assert weighed == {"cold": 0, "and": 1, "fever": 2, "pain": 3, "safety": 5, "ten": 6, "harm": 7}


def test_a_long_text_is_cut_between_its_lines_and_nothing_is_lost() -> None:
    lines = [f"line {number} " + "word " * 60 for number in range(40)]
    sheets = sheets_of("Title", "Title", [("a", "Heading", "\n".join(lines), 0)])
    assert len(sheets) > 3
    texts = [text for passages, _ in sheets for _, _, text, _ in passages]
    assert max(map(len, texts)) <= SHEET
    assert "\n".join(texts) == "\n".join(lines)
    assert all(passage[:2] == ("a", "Heading") for passages, _ in sheets for passage in passages)
    assert ["title" in weighed for _, weighed in sheets] == [True] + [False] * (len(sheets) - 1)
