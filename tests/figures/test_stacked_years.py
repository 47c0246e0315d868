from __future__ import annotations

import re
from decimal import Decimal
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

ROWS = """year,phase,trials
2017,1,4
2017,2,6
2019,2,1500
2019,1,3
2020,not-stated,5"""
COLUMNS = {"year": "year", "series": "phase", "value": "trials"}
LABELS = {"1": "Phase 1", "2": "Phase 2"}


def declared(**fields: Any) -> tuple[Any, Report]:
    figure = table_figure("stacked-years", "t.csv", COLUMNS, **{"labels": LABELS, **fields})
    return figure, report_with("t.csv", ROWS)


def test_a_year_reads_from_the_first_series_to_the_last_whatever_the_tables_order() -> None:
    sentences = [item.sentence for item in items_of(result_of(*declared()))]
    assert sentences == [
        "2017, Phase 1: 4 trials",
        "2017, Phase 2: 6 trials",
        "2018: no row in the table",
        "2019, Phase 1: 3 trials",
        "2019, Phase 2: 1,500 trials",
        "2020, Not stated: 5 trials",
    ]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_parts_stand_on_one_another_and_are_as_high_as_their_numbers(width: int) -> None:
    marks = marks_of(result_of(*declared()), width)
    first, second = [mark for mark in marks if mark.sentence.startswith("2019")]
    assert second.sentence == "2019, Phase 2: 1,500 trials"
    assert second.bottom == pytest.approx(first.top, abs=0.2)
    assert second.height / first.height == pytest.approx(500, rel=0.2)
    early = [mark for mark in marks if mark.sentence.startswith("2017")]
    assert early[0].bottom == pytest.approx(first.bottom, abs=0.2)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_year_without_a_row_is_no_zero(width: int) -> None:
    result = result_of(*declared())
    (gap,) = [item for item in items_of(result) if item.first_year == 2018]
    assert gap.estimate is None
    assert ("2018", "–", "–", "–", "–") in result.table
    marks = marks_of(result, width)
    (mark,) = [mark for mark in marks if mark.sentence.startswith("2018")]
    assert mark.top > max(mark.bottom for mark in marks if mark.sentence.startswith("2017"))
    assert "the table has no row for that year" in " ".join(result.conventions)


def test_the_highest_year_has_its_total_and_the_table_the_sums() -> None:
    result = result_of(*declared())
    assert "1,503" in words_of(drawn(*declared()).wide)
    assert result.columns == ("Year", "Phase 1", "Phase 2", "Not stated", "All")
    assert result.table[2] == ("2019", "3", "1,500", "–", "1,503")


def test_a_year_cut_short_is_named_drawn_pale_and_told() -> None:
    result, drawing = result_of(*declared(until="2020-10")), drawn(*declared(until="2020-10"))
    assert "Pale: to October 2020 only." in result.conventions
    assert items_of(result)[-1].sentence == "2020 (to October 2020), Not stated: 5 trials"
    for svg in (drawing.wide, drawing.narrow):
        assert 'fill-opacity="0.' in svg
        assert "stroke-dasharray" in svg
    assert "stroke-dasharray" not in drawn(*declared()).wide
    assert "fill-opacity" not in drawn(*declared()).wide


def test_what_nobody_states_is_hatched_and_last() -> None:
    words = words_of(drawn(*declared()).wide)
    assert words.index("Not stated") < words.index("Phase 2") < words.index("Phase 1")
    assert hatching_of(result_of(*declared()), WIDE)
    assert not hatching_of(result_of(*declared(where={"phase": ["1", "2"]})), WIDE)


def test_the_total_of_each_year_stands_above_its_column_when_asked_for() -> None:
    every = words_of(drawn(*declared(total=True)).wide)
    assert {"10", "1,503", "5"} <= set(every)
    assert "10" not in words_of(drawn(*declared()).wide)


def test_the_total_of_what_is_left_in_is_summed_by_the_specification() -> None:
    made = KINDS["stacked-years"].chart(result_of(*declared()), WIDE)
    made["params"] = [{"name": "shown", "value": ["Phase 1", "Not stated"]}]
    words = re.findall(r">([^<>]+)</text>", _svg(made))
    assert {"5", "2020"} <= set(words)
    assert "1,503" not in words


def test_series_of_one_order_are_steps_of_one_hue() -> None:
    plain, steps = drawn(*declared()).wide, drawn(*declared(ordered=True)).wide
    assert "var(--series-1" in plain
    assert "var(--step-" not in plain
    assert "var(--step-2" in steps
    assert "var(--series-1" not in steps


def test_labels_give_the_order_of_the_series() -> None:
    swapped = result_of(*declared(labels={"2": "Phase 2", "1": "Phase 1"}))
    assert [item.label for item in items_of(swapped)][:2] == ["Phase 2", "Phase 1"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("2018", "2018", ""),
        ("2019", "19", "'19' in the column 'year' is not a year"),
        ("2019", "2019.5", "'2019.5' in the column 'year' is not a year"),
        ("2017", "1900", "1900 to 2020 are more than 60 years"),
    ],
)
def test_years_that_are_none_or_too_many_are_a_problem(before: str, after: str, said: str) -> None:
    figure, _ = declared()
    messages = [message for _, message, _ in unfit(figure, ROWS.replace(before, after))]
    assert messages == ([said] if said else [])


def test_an_end_outside_the_last_year_and_a_total_of_one_are_problems() -> None:
    figure, _ = declared(until="2016-05")
    (problem,) = unfit(figure, ROWS)
    assert problem[:2] == ("until", "'2016-05' is not in the years shown, 2017 to 2020")
    plain = table_figure("stacked-years", "t.csv", {"year": "year", "value": "trials"}, total=True)
    assert "without a series" in unfit(plain, ROWS)[0][1]


def test_more_series_than_can_be_told_apart_are_a_problem_until_they_share_a_label() -> None:
    many = "year,phase,trials\n" + "\n".join(f"{2019 + n % 2},p{n},1" for n in range(8))
    figure, _ = declared()
    assert "more than 6" in unfit(figure, many)[0][1]
    together, _ = declared(labels={f"p{n}": "Other" for n in range(3)})
    assert unfit(together, many) == []


def test_numbers_keep_their_digits() -> None:
    report = report_with("t.csv", "year,phase,trials\n2019,1,0.1\n2020,1,1234567")
    items = items_of(result_of(table_figure("stacked-years", "t.csv", COLUMNS), report))
    assert [item.estimate for item in items] == [Decimal("0.1"), Decimal(1234567)]
    assert [item.printed for item in items] == ["0.1", "1,234,567"]


def test_years_after_the_end_of_counting_are_planned() -> None:
    result, drawing = result_of(*declared(until="2019-10")), drawn(*declared(until="2019-10"))
    sentences = [item.sentence for item in items_of(result)]
    assert "2019 (in part after October 2019), Phase 1: 3 trials" in sentences
    assert sentences[-1] == "2020 (after October 2019), Not stated: 5 trials"
    said = "Pale: after October 2019, and so planned; 2019 only in part."
    assert said in result.conventions
    assert said in " ".join(words_of(drawing.svg))
    assert said in result_of(*_long(until="2019-10")).alternative


def _long(**fields: Any) -> tuple[Any, Report]:
    """Return a table with more rows than the alternative text lists."""
    more = "\n".join(f"{year},{phase},7" for year in range(2000, 2017) for phase in (1, 2))
    return declared(**fields)[0], report_with("t.csv", f"{ROWS}\n{more}")


def test_the_alternative_text_of_many_years_gives_sum_highest_year_and_gaps() -> None:
    told = result_of(*_long()).alternative
    assert told.startswith("A message. The figure shows a column for each year, 2000 to 2020, ")
    assert "stacked by Phase 1, Phase 2, Not stated." in told
    assert "In all 1,756. Highest: 2019, 1,503. 2018: no row in the table." in told


def test_what_has_no_year_is_not_drawn_but_said_and_in_table_and_file() -> None:
    figure, _ = declared()
    report = report_with("t.csv", f"{ROWS}\nnot-stated,1,8\nnot-stated,2,1")
    assert unfit(figure, f"{ROWS}\nnot-stated,1,8") == []
    result, drawing = result_of(figure, report), drawn(figure, report)
    assert items_of(result)[-1].sentence == "Year not stated: 9 trials"
    assert result.table[-1] == ("Year not stated", "", "", "", "9")
    assert "Not drawn: 9 trials with no year stated." in result.conventions
    assert "1,503" in words_of(drawing.wide)
    none = report_with("t.csv", f"{ROWS}\nnot-stated,1,0")
    assert len(items_of(result_of(figure, none))) == 6


def test_a_series_that_is_zero_throughout_is_left_out() -> None:
    report = report_with("t.csv", f"{ROWS}\n2019,4,0\n2020,4,0")
    assert "4" not in result_of(declared()[0], report).columns


def test_what_shares_a_label_with_the_unstated_is_unstated() -> None:
    figure, _ = declared(labels={**LABELS, "none": "No phase", "not-stated": "No phase"})
    report = report_with("t.csv", f"{ROWS}\n2017,none,3")
    items = [item for item in items_of(result_of(figure, report)) if item.label == "No phase"]
    assert [(int(item.first_year or 0), item.part) for item in items] == [
        (2017, "unstated"),
        (2020, "unstated"),
    ]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_column_takes_four_fifths_of_its_year(width: int) -> None:
    marks = {mark.sentence[:4]: mark for mark in marks_of(result_of(*declared()), width)}
    year = (marks["2020"].left - marks["2017"].left) / 3
    assert marks["2017"].width / year == pytest.approx(0.8, abs=0.02)
