from __future__ import annotations

from typing import Any

import pytest

from evidence.figures import KINDS
from evidence.figures.figure_item import items_of
from evidence.figures.furniture import NARROW, WIDE
from evidence.model.report import Report
from tests.figures.declaring import drawn, report_with, result_of, table_figure, words_of
from tests.figures.test_table_counts import unfit

ROWS = """condition,year,trials
cold,2018,1
cold,2020,40
cough,2018,900
cough,2019,7
not-stated,2020,3"""
COLUMNS = {"facet": "condition", "year": "year", "value": "trials"}


def declared(**fields: Any) -> tuple[Any, Report]:
    return table_figure("small-multiples", "t.csv", COLUMNS, **fields), report_with("t.csv", ROWS)


def test_every_panel_has_its_sum_in_its_title_and_its_years_in_order() -> None:
    result = result_of(*declared())
    assert [item.sentence for item in items_of(result)][:2] == [
        "cold, 2018: 1 trial",
        "cold, 2020: 40 trials",
    ]
    for svg in (drawn(*declared()).wide, drawn(*declared()).narrow):
        assert {"cold", "41 in all", "cough", "907 in all", "Not stated"} <= set(words_of(svg))
    assert result.columns == ("Year", "cold", "cough", "Not stated")
    assert result.table[1:] == (
        ("2019", "–", "7", "–"),
        ("2020", "40", "–", "3"),
        ("All", "41", "907", "3"),
    )


def test_panels_go_by_number_when_asked_for_and_unstated_last() -> None:
    items = items_of(result_of(*declared(order="number")))
    assert list(dict.fromkeys(item.group for item in items)) == ["cough", "cold", "Not stated"]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_all_panels_share_years_and_height(width: int) -> None:
    made = KINDS["small-multiples"].chart(result_of(*declared()), width)
    bars = [layer for layer in made["layer"] if layer["encoding"]["y"].get("scale")]
    heights = {tuple(layer["encoding"]["y"]["scale"]["domain"]) for layer in bars}
    years = {tuple(layer["encoding"]["x"]["scale"]["domain"]) for layer in bars}
    assert heights == {(0.0, 1000.0)}
    assert years == {(2018, 2021)}


def test_a_line_breaks_where_a_year_has_no_row_and_has_a_point_for_each_year() -> None:
    made = KINDS["small-multiples"].chart(result_of(*declared(line=True)), WIDE)
    rows = [row for name in made["datasets"] for row in made["datasets"][name]]
    assert len([row for row in rows if "sentence" in row]) == 5
    lines = [row["path"] for row in rows if "path" in row and "sentence" not in row]
    assert [path.count("M") for path in lines] == [2, 1, 1]
    assert [path.count("L") for path in lines] == [0, 1, 0]


def test_a_year_cut_short_and_years_without_rows_are_said() -> None:
    words = words_of(drawn(*declared(until="2020-06")).narrow)
    assert "Pale: to June 2020 only." in words
    assert "Years without a mark have no row in the table." in words


def test_one_panel_or_a_year_that_is_none_is_a_problem() -> None:
    one = "condition,year,trials\ncold,2018,1\ncold,2019,2"
    assert "'stacked-years'" in unfit(declared()[0], one)[0][2]
    assert "is not a year" in unfit(declared()[0], ROWS.replace("2019", "MMXIX"))[0][1]


def test_what_has_no_year_is_not_drawn_but_said() -> None:
    figure, _ = declared()
    report = report_with("t.csv", f"{ROWS}\ncold,not-stated,6")
    result = result_of(figure, report)
    assert items_of(result)[-1].sentence == "Year not stated: 6 trials"
    assert result.table[-1][0] == "Year not stated: 6"
    words = words_of(drawn(figure, report).narrow)
    assert "Not drawn: 6 trials with no year stated." in words
    assert "41 in all" in words
