"""A workbook is read as it is shown, and what would be lost or changed is told."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date as Date
from datetime import time as Time
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from evidence.problems import Place, Problem
from evidence.read.sheet import number_as_shown, text_of_sheet
from tests.read.workbooks import book_of, saved, workbook

FILE = "data/tables/rest.xlsx"
SHEET = "xl/worksheets/sheet1.xml"


def text_of(raw: bytes) -> str:
    text = text_of_sheet(FILE, raw)
    assert isinstance(text, str), text
    return text


def told(raw: bytes) -> Problem:
    problem = text_of_sheet(FILE, raw)
    assert isinstance(problem, Problem), problem
    assert problem.hint
    return problem


def test_a_row_is_a_line_and_a_cell_its_position() -> None:
    rows: list[list[Any]] = [[], ["id", None, "note"], [], ["a", 1, "two,\nlines"]]
    assert text_of(workbook(rows)) == '\nid,,note\n\na,1,"two, lines"\n'


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (48.9, "General", "48.9"),
        (48.9, "0.00", "48.90"),
        (0.1 + 0.2, "General", "0.3"),
        (37, "General", "37"),
        (37.0, "General", "37"),
        (37, "0.0", "37.0"),
        (1136, "#,##0", "1136"),
        (1136.5, "#,##0.00", "1136.50"),
        (-3.2, "0.0;[Red]-0.0", "-3.2"),
        (0.489, "0.0%", "48.9%"),
        (0.5, "0%", "50%"),
        (48.9, '0.0" %"', "48.9 %".removesuffix(" %")),
        (4500000, "0.00E+00", "4500000"),
        (0.00001, "General", "0.00001"),
        (0.5, "# ?/?", "0.5"),
        (2.5, "@", "2.5"),
        (2.5, "0.0##", "2.5"),
        (100, "General", "100"),
        (0, "0.00", "0.00"),
    ],
)
def test_a_number_is_in_the_digits_of_its_format(
    value: float, number_format: str, shown: str
) -> None:
    assert number_as_shown(value, number_format) == shown


@pytest.mark.parametrize(
    ("value", "number_format", "message"),
    [
        (48.896, "0.00", "this cell holds 48.896 and shows 48.90"),
        (48.9, "0", "this cell holds 48.9 and shows 49"),
        (0.4894, "0.0%", "this cell holds 48.94% and shows 48.9%"),
        (1136, "0,", "this cell holds 1136 and shows 1"),
    ],
)
def test_a_number_that_shows_as_another_is_told(
    value: float, number_format: str, message: str
) -> None:
    problem = told(workbook([["id", "value"], ["a", value]], {"B2": number_format}))
    assert (str(problem.place), problem.message) == (f"{FILE}:B2", message)


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (Date(2026, 2, 1), "d-mmm", "1-Feb"),
        (Date(2026, 2, 1), "dd\\-mmm", "1-Feb"),
        (Date(2002, 3, 1), "mmm-yy", "Mar-02"),
        (Date(2026, 2, 1), "yyyy-mm-dd", "2026-02-01"),
        (Date(2026, 2, 1), "mm-dd-yy", "2026-02-01"),
        (46054.5, "yyyy-mm-dd h:mm", "2026-02-01 12:00:00"),
        (Time(1, 2), "h:mm", "01:02:00"),
        (True, "General", "true"),
    ],
)
def test_a_day_is_as_it_is_shown(value: Any, number_format: str, shown: str) -> None:
    assert text_of(workbook([["id"], [value]], {"A2": number_format})) == f"id\n{shown}\n"


def test_raised_letters_are_told_and_not_taken_for_digits() -> None:
    raised = CellRichText("37", TextBlock(InlineFont(vertAlign="superscript"), "2"))
    problem = told(workbook([["id", "n"], ["a", raised]]))
    assert str(problem.place) == f"{FILE}:B2"
    assert problem.message == "'2' is raised or lowered in this cell, and would stand in line"


def test_so_are_raised_letters_that_stand_where_excel_puts_them() -> None:
    strings = '<si><r><t>37</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></si>'
    raw = workbook([["id", "n"], ["a", "37"]])
    raw = rewritten(
        raw, SHEET, '<c r="B2" t="inlineStr"><is><t>37</t></is></c>', '<c r="B2" t="s"><v>0</v></c>'
    )
    raw = with_strings(raw, strings)
    assert told(raw).message == "'2' is raised or lowered in this cell, and would stand in line"


def with_strings(raw: bytes, strings: str) -> bytes:
    """Return a workbook with a part for texts, as Excel writes them."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    raw = rewritten(
        raw,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>',
    )
    raw = rewritten(
        raw,
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        f'<Relationship Id="rId99" Type="{relation}" Target="/xl/sharedStrings.xml"/></Relationships>',
    )
    stream = io.BytesIO(raw)
    with zipfile.ZipFile(stream, "a") as packed:
        packed.writestr(
            "xl/sharedStrings.xml", f'<sst xmlns="{main}" count="1" uniqueCount="1">{strings}</sst>'
        )
    return stream.getvalue()


def test_letters_that_are_bold_are_letters() -> None:
    bold = CellRichText("very ", TextBlock(InlineFont(b=True), "bold"))
    assert text_of(workbook([["id"], [bold]])) == "id\nvery bold\n"


def test_a_formula_without_a_result_is_told() -> None:
    problem = told(workbook([["id", "n"], ["a", "=1+1"]]))
    assert (str(problem.place), problem.message) == (
        f"{FILE}:B2",
        "this formula has no result in the file",
    )


def rewritten(raw: bytes, part: str, before: str, after: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == part:
                assert before in text
                text = text.replace(before, after)
            new.writestr(name, text)
    return stream.getvalue()


def test_the_result_of_a_formula_is_read() -> None:
    raw = workbook([["id", "n"], ["a", "=1+1"]])
    computed = rewritten(raw, SHEET, "<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")
    assert text_of(computed) == "id,n\na,2\n"


def test_a_formula_that_failed_is_told() -> None:
    book = book_of([["id", "n"], ["a", 1]])
    book.active["B2"].value, book.active["B2"].data_type = "#REF!", "e"
    assert told(saved(book)).message == "this formula came to nothing: #REF!"


def test_merged_cells_are_told() -> None:
    book = book_of([["id", "unit"], ["a", "points"], ["b", None]])
    book.active.merge_cells("B2:B3")
    problem = told(saved(book))
    assert (str(problem.place), problem.message) == (
        f"{FILE}:B2",
        "the cells B2:B3 are merged into one",
    )


def test_a_second_sheet_is_told_and_one_that_is_empty_or_hidden_is_none() -> None:
    book = book_of([["id"], ["a"]])
    book.create_sheet("Empty")
    hidden = book.create_sheet("Lists")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    assert text_of(saved(book)) == "id\na\n"
    book.create_sheet("More").append(["id"])
    assert told(saved(book)).message.endswith("'Sheet', 'More'")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"id,n\n", "this file is not a workbook (.xlsx)"),
        (
            b"\xd0\xcf\x11\xe0old",
            "this is a workbook of an older kind (.xls), or one that a password locks",
        ),
        (b"PK\x03\x04broken", "this workbook cannot be read: File is not a zip file"),
        (workbook([]), "this workbook is empty"),
    ],
)
def test_what_is_no_workbook_is_told(raw: bytes, message: str) -> None:
    assert told(raw).message == message


def test_a_workbook_that_unpacks_without_end_is_not_unpacked() -> None:
    stream = io.BytesIO(workbook([["id"]]))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/zeros", b"\0" * 20_000_000)
    problem = told(stream.getvalue())
    assert problem.rule == "file-limits"
    assert re.search(r"more than the 20,000,000 that are read", problem.message)


@pytest.mark.parametrize(("row", "column"), [(1_048_576, 1), (2, 16_384)])
def test_a_cell_far_away_is_told_at_once(row: int, column: int) -> None:
    book = book_of([["id"], ["a"]])
    book.active.cell(row, column, "far")
    assert told(saved(book)).rule == "file-limits"


def test_the_place_of_a_cell_is_its_name() -> None:
    assert [str(Place("a.xlsx", 7, column)) for column in (1, 2, 26, 27, 703)] == [
        "a.xlsx:A7", "a.xlsx:B7", "a.xlsx:Z7", "a.xlsx:AA7", "a.xlsx:AAA7",
    ]  # fmt: skip
    assert str(Place("a.xlsx")) == "a.xlsx"


def test_hidden_characters_are_told() -> None:
    raw = workbook([["id"], ["a_b"]])
    problem = told(rewritten(raw, SHEET, "a_b", "a&#x86;b"))
    assert problem.message == "the character U+0086 cannot stand in a text"


def test_entities_without_end_cost_nothing() -> None:
    raw = workbook([["id"], ["a_b"]])
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    raw = rewritten(raw, SHEET, "a_b", "&e9;")
    bomb = f'<!DOCTYPE worksheet [<!ENTITY e0 "aaaaaaaaaa">{entities}]><worksheet'
    raw = rewritten(raw, SHEET, "<worksheet", bomb)
    assert isinstance(text_of_sheet(FILE, raw), Problem)
