from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from evidence.figures import KINDS
from evidence.figures.figure_item import items_of
from evidence.figures.look import NARROW, WIDE
from evidence.figures.rendering import _svg
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.vocabularies import Vocabularies, Word
from tests.figures.declaring import drawn, report_with, result_of, table_figure, words_of
from tests.figures.marked import hatching_of, marks_of
from tests.figures.test_table_counts import unfit

ROWS = """phase,status,trials
1,completed,30
1,recruiting,10
2,completed,1200
2,not-stated,400
not-stated,completed,2"""
COLUMNS = {"category": "phase", "series": "status", "value": "trials"}


def declared(**fields: Any) -> tuple[Any, Report]:
    return table_figure("stacked-bars", "t.csv", COLUMNS, **fields), report_with("t.csv", ROWS)


def test_bars_come_in_the_tables_order_or_by_number_and_unstated_last() -> None:
    def bars(**fields: Any) -> list[str]:
        return list(dict.fromkeys(item.group for item in result_of(*declared(**fields)).items))

    assert bars() == ["1", "2", "Not stated"]
    assert bars(order="number") == ["2", "1", "Not stated"]
    assert bars(labels={"2": "Second", "1": "First"}) == ["Second", "First", "Not stated"]


def test_closed_lists_order_their_words_and_labels_go_before_them() -> None:
    figure, report = declared()
    words = {name: Word(title=name.title(), definition="A word.") for name in ("2", "1")}
    listed = Vocabularies(conditions={}, cells={}, phases=words)
    with_lists = replace(report, vocabularies=listed)

    def bars(figure: Figure) -> list[str]:
        return list(dict.fromkeys(item.group for item in result_of(figure, with_lists).items))

    assert bars(figure) == ["2", "1", "Not stated"]
    assert bars(declared(labels={"1": "First"})[0]) == ["First", "2", "Not stated"]
    both = declared(labels={"1": "First", "2": "Second"})[0]
    assert bars(both) == ["First", "Second", "Not stated"]


def test_the_sum_stands_at_the_end_of_each_bar_and_a_number_where_it_fits() -> None:
    for svg in (drawn(*declared()).wide, drawn(*declared()).narrow):
        words = words_of(svg)
        assert {"40", "1,600", "1,200", "400"} <= set(words)
        assert "10" not in words  # its part is too small for it
    assert result_of(*declared()).table[1] == ("2", "1,200", "–", "400", "1,600")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_parts_are_as_long_as_their_numbers(width: int) -> None:
    marks = {mark.sentence: mark for mark in marks_of(result_of(*declared()), width)}
    first, second = marks["2, completed: 1,200 trials"], marks["2, Not stated: 400 trials"]
    assert second.left == pytest.approx(first.right, abs=0.2)
    assert first.width / second.width == pytest.approx(3, rel=0.01)
    other = marks["1, completed: 30 trials"]
    assert other.left == pytest.approx(first.left, abs=0.2)
    assert first.width / other.width == pytest.approx(40, rel=0.03)
    assert other.bottom < first.top


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_bars_of_shares_are_equally_long(width: int) -> None:
    marks = marks_of(result_of(*declared(share=True)), width)
    bars = {mark.sentence.partition(",")[0]: mark.right for mark in marks}
    assert len(bars) == 3
    assert max(bars.values()) - min(bars.values()) < 0.2


def test_sums_at_the_ends_are_of_what_is_left_in() -> None:
    made = KINDS["stacked-bars"].chart(result_of(*declared()), WIDE)
    made["params"] = [{"name": "shown", "value": ["completed"]}]
    words = re.findall(r">([^<>]+)</text>", _svg(made))
    assert words.count("1,200") == 2
    assert "1,600" not in words


def test_what_nobody_states_is_hatched() -> None:
    assert hatching_of(result_of(*declared()), WIDE) > 10
    figure, report = declared(where={"phase": ["1"]})
    assert not hatching_of(result_of(figure, report), WIDE)


def test_shares_are_percent_of_each_bar_with_its_number() -> None:
    result = result_of(*declared(share=True))
    first = items_of(result)[0]
    assert first.sentence == "1, completed: 75%, 30 of 40 trials"
    assert (first.events, first.n, str(first.estimate)) == (30, 40, "75")
    assert result.table[0] == ("1", "75% (30)", "25% (10)", "–", "40")
    words = words_of(drawn(*declared(share=True)).narrow)
    assert {"75%", "25%", "n = 40", "n = 1,600"} <= set(words)
    assert "Percent of the trials of each row; n is the number of trials" in words


def test_a_bar_of_nothing_has_no_shares_but_may_be_counted() -> None:
    written = ROWS.replace("not-stated,completed,2", "3,completed,0")
    assert unfit(declared()[0], written) == []
    assert [key for key, _, _ in unfit(declared(share=True)[0], written)] == ["share"]


def test_one_series_alone_is_a_ranking() -> None:
    rows = "phase,status,trials\n1,completed,30\n2,completed,10"
    assert "'ranking'" in unfit(declared()[0], rows)[0][2]
