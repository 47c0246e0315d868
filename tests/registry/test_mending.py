"""What spreadsheets and registries do to a file is undone where it can be undone in one way only."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from evidence.registry.reading import read_export
from evidence.registry.record import FileRead
from evidence.registry.stray_quotes import MOST_STARTS, readings
from tests.registry.exporting import (
    CLASSIC,
    PORTAL,
    classic,
    counts,
    portal,
    project,
    provenance,
    run,
)

TWO = classic({}, {"NCT Number": "NCT00000002"})
# How the registry itself wrote the type of an expanded access
EXPANDED = TWO.replace(
    '"Interventional","","","June', '"Expanded Access":Treatment IND/Protocol","","","June', 1
)


def read(text: str | bytes) -> FileRead:
    found = read_export("an export", text if isinstance(text, bytes) else text.encode())
    assert found.problems == []
    return found


def titles(found: FileRead) -> list[str]:
    return [record.title for record in found.records]


# A quote that is not written twice


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ('"a","b "c" d","e"', ["a", 'b "c" d', "e"]),
        ('1,"Expanded Access":Treatment","",', ["1", 'Expanded Access":Treatment', "", ""]),
        ('"a ""b"" "c"",2,', ['a "b" "c"', "2", ""]),
        ('"5" needle","x"', ['5" needle', "x"]),
        ('"a","needle 5""', ["a", 'needle 5"']),
        ('"said "hi", and left","x"', ['said "hi", and left', "x"]),
    ],
)
def test_a_row_that_can_be_read_in_one_way_is(row: str, cells: list[str]) -> None:
    assert readings(row, ",", len(cells)) == [cells]


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ('"a" b",2,"c",3', 3),  # fewer cells than stand there
        ('"a","b "c" d"', 3),
        ('"a "b","c" d","e"', 2),  # would join cells that are parted
        ('"a "b", c","d"', 3),  # the second cell would hold a quote and not begin with one
        ("", 2),
    ],
)
def test_a_row_that_cannot_be_read_so_is_not(row: str, columns: int) -> None:
    assert readings(row, ",", columns) == []


def test_a_row_that_can_be_read_in_two_ways_has_two_readings() -> None:
    row = '"a" b",,"c",,"d" e"'
    assert len(readings(row, ",", 3)) == 2


def test_a_row_of_nothing_but_quotes_and_commas_ends_soon() -> None:
    row = '",' * MOST_STARTS * 3
    assert readings(row, ",", 27) == []


def test_a_stray_quote_is_read_and_named_with_its_line() -> None:
    found = read(EXPANDED)
    assert [record.study_type for record in found.records] == [
        'Expanded Access":Treatment IND/Protocol',
        "Interventional",
    ]
    assert len(found.notes) == 1
    assert "1 row has a quote" in found.notes[0]
    assert found.notes[0].endswith("line 2.")


def test_a_stray_quote_is_counted_in_what_is_printed_and_in_the_provenance(tmp_path: Path) -> None:
    root = project(tmp_path)
    printed = run(root, EXPANDED)
    assert printed.code == 0, printed.problems
    assert "The file: 1 row has a quote inside a quoted cell" in printed.out
    assert "1 interventional, 1 expanded-access" in printed.out
    (file,) = provenance(root, "clinicaltrials-gov-2022-10-07")["files"]
    assert "line 2." in file["notes"][0]


def test_a_row_of_several_lines_with_a_stray_quote_is_read_whole() -> None:
    text = classic({"Title": "One\nmore"}, {"NCT Number": "NCT00000002"})
    found = read(text.replace("more", 'more "of" it'))
    assert titles(found) == ['One\nmore "of" it', "Honey Cells for the Heart"]
    assert [record.place.line for record in found.records] == [2, 4]


def test_a_stray_quote_at_the_end_of_a_row_does_not_swallow_the_next() -> None:
    columns = [*CLASSIC]
    assert columns[-1] == "URL"
    text = classic({"URL": "x"}, {"NCT Number": "NCT00000002"}).replace('"x"', '"x 5""')
    assert [record.id for record in read(text).records] == ["NCT00000001", "NCT00000002"]


def test_every_row_that_cannot_be_read_is_named() -> None:
    three = classic(*({"NCT Number": f"NCT0000000{number}"} for number in (1, 2, 3)))
    broken = three.replace('"Honey Cells', '"Honey "Cells","more')
    lines = broken.split("\n")
    whole = three.split("\n")
    text = "\n".join([lines[0], lines[1], whole[2], lines[3]])
    found = read_export("an export", text.encode())
    assert [problem.place.line for problem in found.problems] == [2, 4]


# Columns parted by semicolons and tabs


@pytest.mark.parametrize(("mark", "word"), [(";", "semicolons"), ("\t", "tabs")])
@pytest.mark.parametrize("quoted", [True, False])
def test_columns_may_be_parted_otherwise(mark: str, word: str, *, quoted: bool) -> None:
    text = TWO.replace('","', f'"{mark}"')
    if not quoted:
        text = text.replace('"', "")
    found = read(text)
    assert [record.id for record in found.records] == ["NCT00000001", "NCT00000002"]
    assert found.records[0].countries == ("Korea, Republic of",)
    assert found.notes == [f"Its columns are parted by {word}."]


def test_a_line_that_names_the_separator_is_no_header() -> None:
    found = read("sep=;\n" + TWO.replace('","', '";"'))
    assert [record.place.line for record in found.records] == [3, 4]


def test_countries_parted_by_semicolons_stay_in_their_cell() -> None:
    text = portal({"Countries": "China;Japan"}).replace('","', '";"')
    assert read(text).records[0].countries == ("China", "Japan")


def test_a_stray_quote_between_tabs_is_read_too() -> None:
    text = TWO.replace('","', '"\t"').replace("Honey Cells", 'Honey "Cells"', 1)
    assert titles(read(text))[0] == 'Honey "Cells" for the Heart'


def test_columns_that_are_not_read_may_have_any_name() -> None:
    empty = "\n".join(f'{line},"",""' for line in TWO.rstrip("\n").split("\n"))
    assert len(read(empty).records) == 2


# Encodings


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-16", b""), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)],
)
def test_utf_16_with_its_mark_is_read_and_said(encoding: str, mark: bytes) -> None:
    found = read(mark + classic({"Title": "Hönig"}).replace('","', '"\t"').encode(encoding))
    assert titles(found) == ["Hönig"]
    assert any("UTF-16" in note for note in found.notes)


def test_windows_1252_is_read_and_said_with_words_to_look_at() -> None:
    found = read(classic({"Title": "Crème for “Müller” – now"}).encode("cp1252"))
    assert titles(found) == ["Crème for “Müller” – now"]
    assert "Windows-1252" in found.notes[0]
    assert "'Crème', 'Müller'" in found.notes[0]


def test_utf_8_needs_no_word() -> None:
    assert read(classic({"Title": "Hönig"})).notes == []


def test_a_mark_inside_the_header_is_no_part_of_a_name() -> None:
    assert len(read("\ufeff\ufeff" + portal()).records) == 1
    assert PORTAL[0] == "TrialID"


def test_a_spreadsheet_of_the_west_gives_the_same_counts(tmp_path: Path) -> None:
    plain, saved = project(tmp_path / "a"), project(tmp_path / "b")
    export = classic({"Title": "Crème"}, {"NCT Number": "NCT00000002"})
    assert run(plain, export).code == 0
    assert run(saved, export.replace('","', '";"').encode("cp1252")).code == 0
    name = "clinicaltrials-gov-2022-10-07"
    assert counts(plain, name, "phase") == counts(saved, name, "phase")
