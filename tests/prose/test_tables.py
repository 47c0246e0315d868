"""Tables that an editor wrote."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, fragment_fromstring

from evidence.prose.markdown import convert
from evidence.prose.typesetting import numeric_columns

TABLE = (
    "| Study | Better | Note |\n| --- | --- | ---: |\n| One | 37 of 40 | x |\n| Two | 48.9% | y |\n"
)


def box(markdown: str) -> HtmlElement:
    return fragment_fromstring(convert(markdown).html)


def test_a_table_stands_in_a_box_that_scrolls_and_has_a_name() -> None:
    found = box(TABLE)
    assert "table" in (found.get("class") or "").split()
    assert (found.get("role"), found.get("tabindex")) == ("region", "0")
    assert found.get("aria-label") == "Table: Study, Better, Note"


def test_two_tables_with_the_same_headers_have_different_names() -> None:
    found = fragment_fromstring(convert(f"{TABLE}\nText.\n\n{TABLE}").html, create_parent="div")
    names = [each.get("aria-label") for each in found.xpath(".//div")]
    assert len(set(names)) == 2


def test_columns_and_rows_have_headers() -> None:
    found = box(TABLE)
    scopes = [(each.text, each.get("scope")) for each in found.iter("th")]
    assert scopes == [
        ("Study", "col"),
        ("Better", "col"),
        ("Note", "col"),
        ("One", "row"),
        ("Two", "row"),
    ]


def test_numbers_and_what_the_editor_says_stand_to_the_right() -> None:
    found = box(TABLE)
    assert [each.get("class") for each in found.iter("td")] == ["number"] * 4


@pytest.mark.parametrize(
    ("column", "numeric"),
    [
        (["37 of 40", "48.9% (95% CI 40.8 to 56.9)", "–"], True),
        (["1,204", "−1.20", "less than 5.0%", "P = 0.010"], True),
        (["62 studies", "not stated"], True),
        (["49 of every 100", "41 to 57"], True),
        (["12 and 13"], False),
        (["text", "12"], False),
        (["–", ""], False),
    ],
)
def test_a_column_of_numbers_is_one_where_every_cell_is_a_number(
    column: list[str], *, numeric: bool
) -> None:
    assert numeric_columns([["row", cell] for cell in column]) == [False, numeric]


@pytest.mark.parametrize(
    "html",
    [
        "<table></table>",
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr></table>",
        "<table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>",
        "<table><tr></tr></table>",
        "<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>",
    ],
)
def test_a_table_typed_as_html_is_taken_as_it_is(html: str) -> None:
    assert "<table>" in convert(html).html
