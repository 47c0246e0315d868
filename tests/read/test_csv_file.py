"""CSV tables that remember the line of every row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evidence.problems import Place
from evidence.read.csv_file import CsvTable, read_csv


def read(text: str) -> CsvTable:
    return read_csv("a.csv", text)


def only_problem(text: str) -> tuple[str, str]:
    (problem,) = read(text).problems
    assert problem.rule == "csv-shape"
    assert problem.hint
    return str(problem.place), problem.message


def test_each_row_has_its_line_and_its_cells_by_column() -> None:
    table = read("id,n\none,12\ntwo,13\n")
    assert table.rows == [(2, {"id": "one", "n": "12"}), (3, {"id": "two", "n": "13"})]


def test_a_row_after_a_cell_over_two_lines_has_the_line_on_which_it_ends() -> None:
    table = read('id,note\none,"first\nsecond"\ntwo,short\n')
    assert [line for line, _ in table.rows] == [3, 4]


def test_empty_lines_are_no_rows() -> None:
    assert [line for line, _ in read("id,n\n\none,12\n,\n").rows] == [3]


def test_space_around_a_cell_is_not_part_of_it() -> None:
    assert read("id , n\n one ,12 \n").rows == [(2, {"id": "one", "n": "12"})]


def test_a_comma_and_a_quote_can_stand_in_quotes() -> None:
    assert read('id,note\none,"a, ""b"""\n').rows[0][1]["note"] == 'a, "b"'


def test_the_place_of_a_cell_is_its_line_and_position() -> None:
    assert read("id,n\none,12\n").place(2, "n") == Place("a.csv", 2, 2)


def test_the_place_of_an_unknown_column_is_the_beginning_of_the_row() -> None:
    assert read("id,n\none,12\n").place(2, "nothing") == Place("a.csv", 2, 1)


def test_a_row_with_a_cell_too_many_is_named() -> None:
    where, message = only_problem("id,n\none,1,2\ntwo,3\n")
    assert where == "a.csv:2:1"
    assert "3 cells, and the header has 2" in message


def test_a_row_with_a_cell_too_few_is_named() -> None:
    assert only_problem("id,n\none\n")[0] == "a.csv:2:1"


def test_the_other_rows_are_read_all_the_same() -> None:
    assert [cells["id"] for _, cells in read("id,n\none\ntwo,2\n").rows] == ["two"]


def test_a_column_without_a_name_is_named_by_its_position() -> None:
    assert only_problem("id,,n\n")[0] == "a.csv:1:2"


def test_a_column_that_stands_twice_is_named() -> None:
    assert only_problem("id,n,id\n")[0] == "a.csv:1:3"


def test_a_quote_that_is_not_closed_has_a_place() -> None:
    where, message = only_problem('id,n\none,"1\n')
    assert where.startswith("a.csv:")
    assert "cannot be read" in message


@given(st.lists(st.lists(st.text('abc,"\n é', max_size=5), min_size=2, max_size=2), max_size=5))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[list[str]]) -> None:
    import csv  # noqa: PLC0415
    import io  # noqa: PLC0415

    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["id", "note"], *rows])
    table = read(stream.getvalue().replace("\r\n", "\n"))
    kept = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    assert table.problems == []
    assert [list(cells.values()) for _, cells in table.rows] == kept


@given(st.text('ab,"\n', max_size=30))
def test_whatever_is_typed_gives_rows_or_problems(text: str) -> None:
    for problem in read(f"a,b\n{text}").problems:
        assert problem.place.line >= 1


def test_a_table_without_a_line_has_a_problem() -> None:
    (problem,) = read_csv("a.csv", "").problems
    assert problem.rule == "csv-shape"


def test_columns_have_a_limit() -> None:
    (problem,) = read_csv("a.csv", "a," * 1_000_000 + "b\n").problems
    assert problem.rule == "file-limits"
    assert problem.message == "this table has 1,000,001 columns, more than the 500 that are read"


def test_rows_have_a_limit() -> None:
    assert read_csv("a.csv", "a\n" + "1\n" * 20_000).problems == []
    (problem,) = read_csv("a.csv", "a\n" + "1\n" * 20_001).problems
    assert (str(problem.place), problem.rule) == ("a.csv:20002:1", "file-limits")
    assert problem.message == "this table has more than the 20,000 rows that are read"


def test_rows_that_are_all_wrong_are_not_all_named() -> None:
    assert len(read_csv("a.csv", "a,b\n" + "1\n" * 20_000).problems) == 101


def test_columns_that_are_parted_otherwise_are_one_problem() -> None:
    assert only_problem("id;n;note\none;1;\ntwo;2;\n") == (
        "a.csv:1:1",
        "the columns of this table are parted by semicolons",
    )
    assert only_problem("id\tn\tnote\none\t1\t\n")[1].endswith("tabs")
    assert read("id;n;note\none;1;\n").rows == []


def test_a_semicolon_in_a_cell_parts_nothing() -> None:
    assert read("id,note\none,a; b; c\n").problems == []
