"""A table of findings comes as spreadsheet programs save it: read as meant, or one problem that says what it seems to be."""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from evidence.model.finding import Finding
from evidence.problems import ProblemsFoundError
from evidence.read.reading import Reading
from evidence.read.sources import Sources
from evidence.read.spreadsheet_habits import MONTHS, kept_as_a_day, made_a_date
from evidence.read.tables import read_tables
from evidence.steps.load import load
from evidence.steps.validate import validate
from evidence.store import Store
from tests.projects import MINIMAL, TODAY, change, make_project, problems_of, write
from tests.read.workbooks import HEADER, book_of, saved, workbook

STUDY = "data/studies/smith-2020.yaml"
ROWS = (
    "id,measure,value,low,high,level,unit,events,n,time,source,locator,note",
    "better,less cough,,,,,,37,40,,smith-2020,Abstract,",
    "pain,pain,-3.2,-5.1,-1.30,95,points,,,,smith-2020,Abstract,",
)
PLAIN = "\n".join([*ROWS, ""])
GERMAN = PLAIN.replace(",", ";").replace(".", ",")


def project_with(root: Path, files: dict[str, str | bytes], name: str = "") -> Path:
    project = make_project(root, MINIMAL)
    write(project, files)
    table = name or next(iter(files)).rpartition("/")[2]
    change(project, STUDY, "findings:\n", f"table: {table}\nfindings:\n")
    return project


def findings(root: Path, text: str | bytes, name: str = "rest.csv") -> dict[str, Finding]:
    project = project_with(root, {f"data/tables/{name}": text})
    try:
        report = validate(load(project), TODAY, Store(None))
    except ProblemsFoundError as error:
        raise AssertionError(str(error)) from None
    return {
        name: found
        for name, found in report.studies["smith-2020"].findings.items()
        if name != "improved"
    }


def said(root: Path, text: str | bytes, name: str = "rest.csv") -> list[str]:
    return [str(found) for found in problems_of(project_with(root, {f"data/tables/{name}": text}))]


def told(root: Path, text: str | bytes, name: str = "rest.csv") -> tuple[str, str]:
    """Return the place and the message of the one problem of a table, which has a hint."""
    (found,) = problems_of(project_with(root, {f"data/tables/{name}": text}))
    assert found.hint
    return str(found.place), found.message


def cells(*changes: tuple[str, Any]) -> list[Any]:
    """Return a row of a workbook: a number of points, with some cells changed."""
    row: dict[str, Any] = {"id": "pain", "measure": "pain", "value": -3.2, "unit": "points"}
    row |= {"source": "smith-2020", "locator": "Abstract", **dict(changes)}
    return [row.get(name) for name in HEADER]


def one(column: str, cell: str) -> str:
    """Return a table of one finding with this in a column."""
    row = {
        "id": "pain",
        "measure": "pain",
        "value": "-3.2",
        "unit": "points",
        "source": "smith-2020",
    }
    row |= {"locator": "Abstract", column: cell}
    names = [*HEADER, column] if column not in HEADER else [*HEADER]
    return "\n".join([",".join(names), ",".join(f'"{row.get(name, "")}"' for name in names), ""])


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (PLAIN.replace(",", ";"), "rest.csv"),
        (PLAIN.replace(",", "\t"), "rest.csv"),
        (PLAIN.replace(",", "\t"), "rest.tsv"),
        (GERMAN, "rest.csv"),
        (PLAIN.replace(",", "\t").replace(".", ","), "rest.tsv"),
        ("sep=;\n" + GERMAN, "rest.csv"),
        ("SEP=,\n" + PLAIN, "rest.csv"),
        ("sep=|\n" + PLAIN.replace(",", "|"), "rest.csv"),
        (PLAIN.encode("utf-16"), "rest.csv"),
        (b"\xfe\xff" + PLAIN.replace(",", "\t").encode("utf-16-be"), "rest.tsv"),
        (PLAIN.encode("utf-8-sig"), "rest.csv"),
        (GERMAN.encode("utf-8-sig"), "rest.csv"),
        (PLAIN.replace("\n", "\r\n"), "rest.csv"),
        ("\n,,\n" + PLAIN, "rest.csv"),
        (PLAIN.replace("\n", ",,\n"), "rest.csv"),
        (PLAIN.replace("-", "−").replace("smith−", "smith-"), "rest.csv"),
        (PLAIN.replace(ROWS[0], ROWS[0].title()), "rest.csv"),
        (PLAIN.replace(ROWS[0], ROWS[0].upper()), "rest.csv"),
    ],
)  # fmt: skip
def test_every_way_to_save_it_is_the_same_table(
    written: str | bytes, name: str, tmp_path: Path
) -> None:
    assert findings(tmp_path / "one", written, name) == findings(tmp_path / "two", PLAIN)


def test_a_workbook_is_the_same_table(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [*HEADER],
        ["better", "less cough", *[None] * 5, 37, 40, None, "smith-2020", "Abstract", None],
        [
            "pain",
            "pain",
            -3.2,
            -5.1,
            -1.3,
            95,
            "points",
            None,
            None,
            None,
            "smith-2020",
            "Abstract",
        ],
    ]
    raw = workbook(rows, {"E3": "0.00"})
    assert findings(tmp_path / "one", raw, "rest.xlsx") == findings(tmp_path / "two", PLAIN)


def test_names_of_columns_may_have_blanks_and_underscores(tmp_path: Path) -> None:
    plain = PLAIN.replace("time", "baseline-time").replace(",40,,", ",40,at first,")
    for name in ("Baseline Time", "baseline_time", "BASELINE-TIME"):
        assert findings(tmp_path / name, plain.replace("baseline-time", name)) == findings(
            tmp_path / f"{name} plain", plain
        )


def test_a_name_that_is_written_in_two_ways_is_one_problem(tmp_path: Path) -> None:
    text = one("N", "40")
    (found,) = said(tmp_path, text)
    assert found.startswith("data/tables/rest.csv:1:14: the column 'N' is not known [csv-shape]")
    assert found.endswith("It stands there twice, as 'n' too: delete one of the two.")


def test_commas_within_text_stay(tmp_path: Path) -> None:
    found = findings(tmp_path, GERMAN.replace("Abstract", "1,2"))
    assert {finding.locator for finding in found.values()} == {"1,2"}


def test_a_p_value_may_have_a_comma(tmp_path: Path) -> None:
    header = "id;measure;value;unit;p;source;locator\n"
    (found,) = findings(
        tmp_path, header + "pain;pain;-3,2;points;<0,001;smith-2020;Abstract\n"
    ).values()
    assert (str(found.value), found.p) == ("-3.2", "<0.001")


@pytest.mark.parametrize(
    ("before", "after", "place", "message"),
    [
        ("-3,2", "1,136", "3:3", "'1,136' can mean 1136 or 1.136"),
        (
            "-5,1",
            "-5.1",
            "3:3",
            "numbers of this table have commas, as '-3,2', and points, as '-5.1'",
        ),
    ],
)
def test_commas_that_are_in_doubt_are_one_problem(
    before: str, after: str, place: str, message: str, tmp_path: Path
) -> None:
    assert told(tmp_path, GERMAN.replace(before, after)) == (
        f"data/tables/rest.csv:{place}",
        message,
    )


def test_three_digits_after_a_zero_are_no_thousands(tmp_path: Path) -> None:
    written, plain = GERMAN.replace("-1,30", "0,136"), PLAIN.replace("-1.30", "0.136")
    assert findings(tmp_path / "one", written) == findings(tmp_path / "two", plain)


def test_a_comma_in_a_table_parted_by_commas_is_a_problem(tmp_path: Path) -> None:
    place, message = told(tmp_path, one("value", "48,9"))
    assert (place, message) == (
        "data/tables/rest.csv:2:3",
        "'48,9' is not a number: a comma stands in it",
    )


@pytest.mark.parametrize("cell", ["37²", "①", "⁴", "37.5", "about 37"])
def test_a_count_that_is_none_is_told_at_its_cell(cell: str, tmp_path: Path) -> None:
    place, message = told(tmp_path, PLAIN.replace("37,40", f"{cell},40"))
    assert place == "data/tables/rest.csv:2:8"
    assert message == f"'events' cannot be '{cell}': a whole number is needed"


def test_a_narrow_blank_is_named(tmp_path: Path) -> None:
    place, message = told(tmp_path, one("value", "2\u202f439"))
    assert (place, message) == (
        "data/tables/rest.csv:2:3",
        "'2\u202f439' is not a number: a narrow blank stands in it (U+202F)",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"id,measure,value"\n"a,pain,1"\n', "whole rows of this table stand in one cell each"),
        ('"id;measure;value"\n"a;pain;1"\n', "whole rows of this table stand in one cell each"),
        ("id,measure;value,unit\n", "the header of this table is parted by more than one mark"),
    ],
)
def test_a_header_that_is_not_in_columns_is_one_problem(
    text: str, message: str, tmp_path: Path
) -> None:
    assert told(tmp_path, text) == ("data/tables/rest.csv:1:1", message)


def test_so_is_a_workbook_into_which_csv_was_opened(tmp_path: Path) -> None:
    raw = workbook([["id;measure;value"], ["a;pain;1"], ["b;pain;1"]])
    assert told(tmp_path, raw, "rest.xlsx")[0] == "data/tables/rest.xlsx:A1"


@pytest.mark.parametrize(
    ("raw", "name", "message"),
    [
        (
            PLAIN.replace("cough", "fièvre").encode("cp1252"),
            "rest.csv",
            "this file is not text in UTF-8: byte 0xe8 cannot be read",
        ),
        (workbook([["id"]]), "rest.csv", "this file is a workbook, and its name ends otherwise"),
        (PLAIN.encode(), "rest.xlsx", "this file is not a workbook (.xlsx)"),
        (PLAIN.encode("utf-16-le"), "rest.csv", "this file is not plain text"),
        (PLAIN.encode(), "rest.ods", "a file with the ending '.ods' is not read here"),
        (PLAIN.encode(), "rest.txt", "a file with the ending '.txt' is not read here"),
        (PLAIN.encode(), "rest.XLSX", "a file with the ending '.XLSX' is not read here"),
    ],
)
def test_a_file_of_another_kind_is_one_problem(
    raw: bytes, name: str, message: str, tmp_path: Path
) -> None:
    assert told(tmp_path, raw, name)[1] == message


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("time", "1-Feb", "'1-Feb' is what a spreadsheet program makes of 1/2, 2/1 or 2-1"),
        ("value", "1-Feb", "'1-Feb' is what a spreadsheet program makes of 1/2, 2/1 or 2-1"),
        ("time", "Mar-02", "'Mar-02' is what a spreadsheet program makes of 2/3, 3/2 or 3-2"),
        ("time", "06. Mrz", "'06. Mrz' is what a spreadsheet program makes of 6/3, 3/6 or 3-6"),
        ("time", "06-mars", "'06-mars' is what a spreadsheet program makes of 6/3, 3/6 or 3-6"),
        ("time", "44593", "'44593' is the number by which spreadsheet programs keep the day 2022-02-01"),
        ("locator", "03/06/2012", "'03/06/2012' is a day as a spreadsheet program shows it"),
        ("value", "2026-02-01", "'2026-02-01' is a day, and a number is needed"),
        ("unit", "1-Feb", "'1-Feb' is what a spreadsheet program makes of 1/2, 2/1 or 2-1"),
    ],
)  # fmt: skip
def test_what_became_a_date_is_told_at_its_cell(
    column: str, cell: str, message: str, tmp_path: Path
) -> None:
    place = f"data/tables/rest.csv:2:{HEADER.index(column) + 1}"
    assert told(tmp_path, one(column, cell)) == (place, message)


@pytest.mark.parametrize(
    ("column", "cell"),
    [("as-of", "2026-02-01"), ("value", "44593"), ("time", "3 to 6"), ("time", "1/2"), ("locator", "1.2.10"), ("time", "May 2012"), ("note", "Taken on 1-Feb.")],
)  # fmt: skip
def test_what_is_a_day_or_none_is_left_alone(column: str, cell: str, tmp_path: Path) -> None:
    assert findings(tmp_path, one(column, cell))


@pytest.mark.parametrize(
    ("column", "number_format", "message"),
    [
        ("time", "d-mmm", "'1-Feb' is what a spreadsheet program makes of 1/2, 2/1 or 2-1"),
        ("time", "mm-dd-yy", "'2026-02-01' is a day, and text is needed"),
        ("n", "mm-dd-yy", "'2026-02-01' is a day, and a number is needed"),
    ],
)
def test_a_day_in_a_workbook_that_stands_where_none_can_be_is_told(
    column: str, number_format: str, message: str, tmp_path: Path
) -> None:
    letter = "ABCDEFGHIJKLM"[HEADER.index(column)]
    raw = workbook([[*HEADER], cells((column, Date(2026, 2, 1)))], {f"{letter}2": number_format})
    assert told(tmp_path, raw, "rest.xlsx") == (f"data/tables/rest.xlsx:{letter}2", message)


def test_a_day_in_a_workbook_stands_where_one_is_asked_for(tmp_path: Path) -> None:
    raw = workbook([[*HEADER, "as-of"], [*cells(), Date(2026, 2, 1)]])
    (found,) = findings(tmp_path, raw, "rest.xlsx").values()
    assert str(found.as_of) == "2026-02-01"


def test_a_problem_in_a_workbook_names_its_cell(tmp_path: Path) -> None:
    raw = workbook([[], [*HEADER], cells(("value", "about 3"))])
    assert told(tmp_path, raw, "rest.xlsx") == (
        "data/tables/rest.xlsx:C3",
        "'about 3' is not a number",
    )


def test_two_files_of_one_table_are_one_problem(tmp_path: Path) -> None:
    project = project_with(
        tmp_path, {"data/tables/rest.csv": PLAIN, "data/tables/rest.xlsx": workbook([["id"]])}
    )
    (found,) = problems_of(project)
    assert (str(found.place), found.rule) == ("data/tables/rest.xlsx", "table-single")
    assert "data/tables/rest.csv" in found.message


def test_a_table_that_is_named_with_another_ending_is_suggested(tmp_path: Path) -> None:
    (found,) = problems_of(
        project_with(
            tmp_path, {"data/tables/rest.xlsx": workbook([[*HEADER], cells()])}, "rest.csv"
        )
    )
    assert (found.rule, found.hint) == ("table-exists", "Did you mean 'rest.xlsx'?")


def test_what_an_office_program_keeps_beside_an_open_file_is_passed_over(tmp_path: Path) -> None:
    project = project_with(
        tmp_path, {"data/tables/rest.csv": PLAIN, "data/tables/~$rest.xlsx": b"\x05user"}
    )
    assert problems_of(project) == []


def test_a_cell_that_is_guarded_from_spreadsheets_means_what_stands_behind_the_guard(
    tmp_path: Path,
) -> None:
    (found,) = findings(tmp_path, one("time", "'1/2")).values()
    assert found.time == "1/2"


@pytest.mark.parametrize("month", sorted(MONTHS))
def test_months_of_other_countries_are_known(month: str) -> None:
    told = made_a_date(f"02-{month}")
    assert told
    assert f"2/{MONTHS[month]}" in told[0]


@pytest.mark.parametrize("cell", ["40178", "51502", "1", "445930", ""])
def test_other_numbers_are_no_days(cell: str) -> None:
    assert kept_as_a_day(cell) is None


def test_a_merged_book_is_told_once_for_all_that_name_it(tmp_path: Path) -> None:
    book = book_of([[*HEADER], cells(), cells(("id", "more"))])
    book.active.merge_cells("K2:K3")
    assert told(tmp_path, saved(book), "rest.xlsx")[0] == "data/tables/rest.xlsx:K2"


def test_ages_that_became_days_are_told_in_the_table_of_a_figure() -> None:
    text = "age;people\n0-9;3\nOct-19;4\n"
    reading = Reading(Sources({"data/tables/ages.csv": text}))
    figure = SimpleNamespace(table="ages.csv")
    tables = read_tables(reading, {"ages": figure}, {})  # type: ignore[dict-item]
    assert tables["ages.csv"].columns == ("age", "people")
    (found,) = reading.problems
    assert str(found.place) == "data/tables/ages.csv:3:1"
    assert found.message.endswith("of 19/10, 10/19 or 10-19")
