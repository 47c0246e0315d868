from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from evidence.figures.figure_item import items_of
from evidence.figures.grid import step_of
from evidence.model.report import Report
from tests.figures.declaring import drawn, place_of, report_with, result_of, table_figure, words_of

ROWS = """condition,phase,trials
cold,1,16
cold,2,1600
cough,1,0
cough,not-stated,7"""
COLUMNS = {"category": "condition", "series": "phase", "value": "trials"}


def declared(**fields: Any) -> tuple[Any, Report]:
    return table_figure("grid", "t.csv", COLUMNS, **fields), report_with("t.csv", ROWS)


@pytest.mark.parametrize(
    ("number", "step"),
    [(0, 0), (1, 1), (100, 1), (101, 2), (200, 2), (201, 3), (400, 3), (401, 4), (801, 6),
     (1600, 6)],
)  # fmt: skip
def test_each_step_stands_for_up_to_twice_the_one_before(number: int, step: int) -> None:
    assert step_of(Decimal(number), Decimal(1600)) == step


def test_every_cell_prints_its_number_zero_too_and_a_missing_one_is_empty() -> None:
    result = result_of(*declared())
    assert result.table == (("cold", "16", "1,600", "–", "1,616"), ("cough", "0", "–", "7", "7"))
    for svg in (drawn(*declared()).wide, drawn(*declared()).narrow):
        words = words_of(svg)
        assert {"16", "1,600", "0", "7"} <= set(words)
        assert "Empty: no row in the table." in words


def test_sums_are_drawn_only_when_asked_for() -> None:
    assert "1,623" not in words_of(drawn(*declared()).wide)
    words = words_of(drawn(*declared(total=True)).wide)
    assert {"1,623", "1,616"} <= set(words)


def test_the_phone_has_short_names_and_the_desk_the_whole_ones() -> None:
    labels = {"1": "First phase of all", "2": "Second phase"}
    drawing = drawn(*declared(labels=labels, short={"1": "1st", "2": "2nd"}))
    assert {"1st", "2nd"} <= set(words_of(drawing.narrow))
    assert "1st" not in words_of(drawing.wide)
    assert items_of(result_of(*declared(labels=labels)))[0].label == "First phase of all"


def test_names_wider_than_their_columns_become_letters_with_a_list_below() -> None:
    columns = [f"polyneuropathies-{number}" for number in range(8)]
    rows = [f"{row},{name},{n}" for row in ("a", "b") for n, name in enumerate(columns, 1)]
    report = report_with("t.csv", "\n".join(["condition,phase,trials", *rows]))
    words = words_of(drawn(declared()[0], report).narrow)
    assert {"A", "H", "D", "E"} <= set(words)
    listed = " ".join(words)
    assert "A: polyneuropathies-0, B: polyneuropathies-1," in listed
    assert "H: polyneuropathies-7." in listed


def test_rows_keep_the_tables_order_or_go_by_number() -> None:
    report = report_with("t.csv", "condition,phase,trials\na,1,1\na,2,1\nb,1,9\nb,2,9")
    given = items_of(result_of(declared()[0], report))
    numbered = items_of(result_of(declared(order="number")[0], report))
    assert [given[0].group, numbered[0].group] == ["a", "b"]


def test_words_stand_over_their_own_column() -> None:
    svg = drawn(*declared(labels={"1": "Phase 1", "2": "Phase 2"})).wide
    assert place_of(svg, "Phase 1")[0] == place_of(svg, "16")[0]
    assert place_of(svg, "Phase 2")[0] == place_of(svg, "1,600")[0]
