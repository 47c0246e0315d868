from __future__ import annotations

from typing import Any

import pytest

from evidence.figures.figure_item import items_of
from evidence.figures.look import NARROW, WIDE
from evidence.model.report import Report
from tests.figures.declaring import drawn, report_with, result_of, table_figure, words_of
from tests.figures.marked import hatching_of, marks_of
from tests.figures.test_table_counts import unfit

ROWS = """country,trials
Norway,12
not-stated,30
China,1520
Spain,95
Chile,3"""
COLUMNS = {"category": "country", "value": "trials"}


def declared(**fields: Any) -> tuple[Any, Report]:
    return table_figure("ranking", "t.csv", COLUMNS, **fields), report_with("t.csv", ROWS)


def labels(**fields: Any) -> list[str]:
    return [item.label for item in result_of(*declared(**fields)).items]


def test_the_longest_bar_is_first_and_what_nobody_states_last() -> None:
    assert labels() == ["China", "Spain", "Norway", "Chile", "Not stated"]
    assert labels(order="given") == ["Norway", "China", "Spain", "Chile", "Not stated"]
    given = labels(order="given", labels={"Spain": "España", "China": "China"})
    assert given == ["España", "China", "Norway", "Chile", "Not stated"]


def test_the_smallest_are_put_together_only_when_asked_for() -> None:
    result = result_of(*declared(most=2))
    assert [item.label for item in result.items] == ["China", "Spain", "2 others", "Not stated"]
    assert items_of(result)[2].sentence == "2 others: 15 trials"
    assert labels(most=3) == labels()  # one alone is not put together


def test_shares_have_one_denominator_that_is_printed_once() -> None:
    result = result_of(*declared(share=True))
    first = items_of(result)[0]
    assert first.sentence == "China: 1,520 of 1,660 trials, 91.6%"
    assert (first.events, first.n) == (1520, 1660)
    assert result.table[0] == ("China", "1,520", "91.6%")
    for svg in (drawn(*declared(share=True)).wide, drawn(*declared(share=True)).narrow):
        words = words_of(svg)
        assert [line for line in words if "1,660" in line] == [
            "Trials, and percent of all 1,660 shown"
        ]
        assert {"1,520", "91.6%", "1.8%"} <= set(words)


def test_one_figure_has_one_number_of_decimals() -> None:
    figure = declared(share=True)[0]
    some = items_of(result_of(figure, report_with("t.csv", "country,trials\na,2\nb,8\nc,17")))
    assert [item.count_text for item in some] == ["63.0%", "29.6%", "7.4%"]
    whole = items_of(result_of(figure, report_with("t.csv", "country,trials\na,2\nb,8")))
    assert [item.count_text for item in whole] == ["80%", "20%"]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_bars_are_as_long_as_their_numbers_and_what_nobody_states_is_hatched(width: int) -> None:
    result = result_of(*declared(most=2))
    china, spain, others, unstated = marks_of(result, width)
    assert china.width / spain.width == pytest.approx(1520 / 95, rel=0.01)
    assert china.width / unstated.width == pytest.approx(1520 / 30, rel=0.05)
    assert len({round(mark.left) for mark in (china, spain, others, unstated)}) == 1
    assert china.top < spain.top < others.top < unstated.top
    assert len({mark.paint["fill"] for mark in (china, others, unstated)}) == 3
    assert hatching_of(result, width)
    stated = declared(where={"country": ["China", "Spain"]})
    assert not hatching_of(result_of(*stated), width)


def test_without_shares_no_percentage_is_printed() -> None:
    assert "%" not in " ".join(words_of(drawn(*declared()).wide))


@pytest.mark.parametrize("most", [41, 500])
def test_too_many_bars_are_a_problem_unless_the_others_are_put_together(most: int) -> None:
    many = "country,trials\n" + "\n".join(f"land {n},{n + 1}" for n in range(60))
    assert "more than 40" in unfit(declared()[0], many)[0][1]
    assert unfit(declared(most=10)[0], many) == []
    assert "most" in [key for key, _, _ in unfit(declared(most=most)[0], many)]
