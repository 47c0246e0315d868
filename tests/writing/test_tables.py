"""Tables in Markdown: boxes with names, headers of rows, numbers to the right."""

from __future__ import annotations

import pytest
from lxml import html
from lxml.html import HtmlElement

from evidence.writing.markdown import convert
from evidence.writing.tables import numeric_columns


def table(*rows: str, align: str = "---") -> HtmlElement:
    width = rows[0].count("|") + 1
    text = "\n".join([rows[0], "|".join([align] * width), *rows[1:]])
    return html.fragment_fromstring(convert(text).html)


def classes(box: HtmlElement) -> list[list[str | None]]:
    return [[cell.get("class") for cell in row] for row in box.iter("tr")]


@pytest.mark.parametrize(
    "cell",
    [
        "12", "1,136", "48.9%", "−31.9 percentage points", "7 of 23", "35.9 to 99.6", "P = 0.053",
        "less than 1%", "49 of every 100", "0.40 AIS grades (95% CI 0.075 to 0.727)", "12 of 40 (30%)",
    ],
)  # fmt: skip
def test_a_column_of_numbers_stands_to_the_right(cell: str) -> None:
    assert numeric_columns([["Row", cell], ["Other", "not printed"]]) == [False, True]


@pytest.mark.parametrize(
    "cell",
    ["A", "10.2% Phase 3, 3.9% Phase 4", "50% with cells and 34% with placebo", "244 of 1,511 found so far"],
)  # fmt: skip
def test_a_column_with_words_does_not(cell: str) -> None:
    assert numeric_columns([["Row", cell], ["Other", "12"]]) == [False, False]


def test_a_column_without_any_number_is_not_numeric() -> None:
    assert numeric_columns([["Row", "–"], ["Other", "not read"]]) == [False, False]


def test_the_first_column_names_the_rows() -> None:
    box = table("Year | People", "2014 | 40", "2015 | 20")
    assert [cell.get("scope") for cell in box.iter("th")] == ["col", "col", "row", "row"]
    assert classes(box) == [[None, "number"], [None, "number"], [None, "number"]]


def test_an_editor_can_align_a_column_to_the_right() -> None:
    assert classes(table("A | B", "x | some words", align="---:")) == [
        [None, "number"],
        [None, "number"],
    ]


def test_an_empty_corner_is_no_header() -> None:
    box = html.fragment_fromstring(convert("| | B |\n|---|---|\n| x | y |\n").html)
    assert [cell.tag for cell in next(box.iter("tr"))] == ["td", "th"]


def test_a_box_has_a_name_of_its_own_and_can_be_reached_by_the_keyboard() -> None:
    text = "A | B\n---|---\nx | y\n\nBetween.\n\nA | B\n---|---\nz | w\n"
    boxes = html.fragment_fromstring(convert(text).html, create_parent="div").xpath("div")
    assert [box.get("aria-label") for box in boxes] == ["Table: A, B", "Table: A, B (2)"]
    assert {box.get("tabindex") for box in boxes} == {"0"}


def test_what_a_reference_prints_decides_not_its_placeholder() -> None:
    text = "Study | Found\n---|---\n\ue0000\ue001 | \ue0001\ue001\n"
    box = html.fragment_fromstring(convert(text, ["Bee 2019", "7 of 23"]).html)
    assert classes(box)[1] == [None, "number"]
    box = html.fragment_fromstring(convert(text, ["Bee 2019", "No harm was seen."]).html)
    assert classes(box)[1] == [None, None]


def test_a_table_of_long_cells_is_given_room() -> None:
    long = " | ".join(["some rather long words that fill a column"] * 4)
    assert table("A | B | C | D", long).get("class") == "table broad wide"
    assert table("A | B", "x | y").get("class") == "table"


@pytest.mark.parametrize(
    ("heading", "part"),
    [("In short", "in-short"), ("What this cannot tell you", "cannot-tell")],
)
def test_parts_that_the_printed_summary_needs_are_sections(heading: str, part: str) -> None:
    made = convert(f"Before.\n\n## {heading}\n\n- One\n\n\ue0000\ue001\n\n## After\n\nText.").html
    whole = html.fragment_fromstring(made, create_parent="div")
    (section,) = whole.xpath(f"section[@class='{part}']")
    assert [child.tag for child in section] == ["h2", "ul"]
