from __future__ import annotations

import re
from typing import Any

import pytest

from evidence.figures import KINDS
from evidence.figures.figure_item import items_of
from evidence.figures.look import NARROW, WIDE
from evidence.figures.rendering import _svg
from evidence.model.report import Report
from tests.figures.declaring import drawn, report_with, result_of, table_figure, words_of
from tests.figures.marked import hatching_of, marks_of
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
    marks = {mark.sentence: mark for mark in marks_of(result_of(*declared()), width)}
    cold, cough = marks["cold, 2020: 40 trials"], marks["cough, 2018: 900 trials"]
    assert cough.height / cold.height == pytest.approx(900 / 40, rel=0.05)
    assert cough.bottom == pytest.approx(cold.bottom, abs=0.2)
    assert cough.width == pytest.approx(cold.width, abs=0.2)
    first = marks["cold, 2018: 1 trial"]
    panel = cough.left - first.left  # from one panel to the next
    assert marks["cough, 2019: 7 trials"].left - cough.left == pytest.approx(
        (cold.left - first.left) / 2, abs=0.3
    )
    assert panel > cold.right - first.left


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_drawing_is_as_wide_as_it_is_asked_for(width: int) -> None:
    many = [f"{name},{year},{year}" for name in "abcdefgh" for year in (2019, 2020)]
    report = report_with("t.csv", "\n".join(["condition,year,trials", *many]))
    for figure, made in ((declared()), (declared()[0], report)):
        svg = drawn(figure, made).wide if width == WIDE else drawn(figure, made).narrow
        assert float(svg.split('viewBox="0 0 ')[1].split(" ")[0]) == pytest.approx(width, abs=1)


def test_a_panel_may_be_left_out() -> None:
    made = KINDS["small-multiples"].chart(result_of(*declared()), WIDE)
    assert made["usermeta"]["explore"]["filter"]["values"] == ["cold", "cough", "Not stated"]
    made["params"] = [{"name": "shown", "value": ["cough"]}]
    words = re.findall(r">([^<>]+)</(?:text|tspan)>", _svg(made))
    assert {"cough", "907 in all"} <= set(words)
    assert "41 in all" not in words


def test_a_line_breaks_where_a_year_has_no_row_and_has_a_point_for_each_year() -> None:
    figure, report = declared(line=True)
    assert len(marks_of(result_of(figure, report), WIDE)) == 5
    paths = re.findall(r'<path d="([^"]*)"[^>]*stroke-width="1.5"', drawn(figure, report).wide)
    lines = [path for path in paths if "A" not in path]
    assert [path.count("L") for path in lines if "L" in path] == [1]  # cough, 2018 to 2019


def test_what_nobody_states_is_hatched() -> None:
    assert hatching_of(result_of(*declared()), NARROW)
    assert not hatching_of(result_of(*declared(where={"condition": ["cold", "cough"]})), NARROW)


def test_a_year_cut_short_and_years_without_rows_are_said() -> None:
    result = result_of(*declared(until="2020-06"))
    assert "Pale: to June 2020 only." in result.conventions
    assert "Years without a mark have no row in the table." in result.conventions
    pale = {mark.sentence: "fill-opacity" in mark.paint for mark in marks_of(result, NARROW)}
    assert pale["cold, 2020 (to June 2020): 40 trials"]
    assert not pale["cold, 2018: 1 trial"]


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
    assert "Not drawn: 6 trials with no year stated." in result.conventions
    assert "41 in all" in words
