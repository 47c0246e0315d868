from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from evidence.figures.figure_item import items_of
from evidence.figures.grid import step_of
from evidence.figures.look import LIGHT, NARROW, WIDE
from evidence.model.report import Report
from tests.figures.declaring import drawn, place_of, report_with, result_of, table_figure, words_of
from tests.figures.inside import outside
from tests.figures.marked import hatching_of, marks_of

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
    assert "Empty: no row in the table." in result.conventions


def test_sums_are_drawn_only_when_asked_for() -> None:
    assert "1,623" not in words_of(drawn(*declared()).wide)
    words = words_of(drawn(*declared(total=True)).wide)
    assert {"1,623", "1,616"} <= set(words)


def long_ones(count: int = 8) -> tuple[Any, Report]:
    labels = {str(n): f"Polyneuropathies {n}" for n in range(count)}
    rows = [f"{row},{n},{n + 1}" for row in ("a", "b") for n in range(count)]
    report = report_with("t.csv", "\n".join(["condition,phase,trials", *rows]))
    return declared(labels=labels)[0], report


def test_the_phone_has_short_names_and_the_desk_the_whole_ones() -> None:
    figure, report = long_ones()
    figure = figure.model_copy(update={"short": {str(n): f"P{n}" for n in range(8)}})
    drawing = drawn(figure, report)
    assert {"P0", "P7"} <= set(words_of(drawing.narrow))
    assert "P0" not in words_of(drawing.wide)
    assert items_of(result_of(figure, report))[0].label == "Polyneuropathies 0"


def test_names_wider_than_their_columns_are_slanted_and_stay_inside() -> None:
    figure, report = long_ones()
    for svg in (drawn(figure, report).wide, drawn(figure, report).narrow):
        assert outside(svg) == []
    narrow = drawn(figure, report).narrow
    assert narrow.count("rotate(") == 8
    assert {"Polyneuropathies 0", "Polyneuropathies 7"} <= set(words_of(narrow))


def test_bare_numerals_are_no_names_of_columns() -> None:
    figure, report = long_ones()
    numerals = figure.model_copy(update={"short": {str(n): str(n) for n in range(8)}})
    assert drawn(numerals, report).narrow.count("rotate(") == 8


def test_names_too_long_to_slant_become_letters_with_a_list_below() -> None:
    columns = [f"polyneuropathies-{number}-of-all" for number in range(8)]
    rows = [f"{row},{name},{n}" for row in ("a", "b") for n, name in enumerate(columns, 1)]
    report = report_with("t.csv", "\n".join(["condition,phase,trials", *rows]))
    words = words_of(drawn(declared()[0], report).narrow)
    assert {"A", "H", "D", "E"} <= set(words)
    listed = " ".join(result_of(declared()[0], report).conventions)
    assert "A: polyneuropathies-0-of-all, B: polyneuropathies-1-of-all," in listed
    assert "H: polyneuropathies-7-of-all." in listed


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_more_the_stronger_and_what_nobody_states_is_hatched(width: int) -> None:
    result = result_of(*declared())
    marks = {mark.sentence: mark.paint["fill"] for mark in marks_of(result, width)}
    assert marks["cold, 1: 16 trials"] == LIGHT["step-1"]
    assert marks["cold, 2: 1,600 trials"] == LIGHT["step-6"]
    assert marks["cough, 1: 0 trials"] == marks["cough, Not stated: 7 trials"] == LIGHT["paper"]
    assert hatching_of(result, width)
    assert not hatching_of(result_of(*declared(where={"phase": ["1", "2"]})), width)


def test_rows_keep_the_tables_order_or_go_by_number() -> None:
    report = report_with("t.csv", "condition,phase,trials\na,1,1\na,2,1\nb,1,9\nb,2,9")
    given = items_of(result_of(declared()[0], report))
    numbered = items_of(result_of(declared(order="number")[0], report))
    assert [given[0].group, numbered[0].group] == ["a", "b"]


def test_words_stand_over_their_own_column() -> None:
    svg = drawn(*declared(labels={"1": "Phase 1", "2": "Phase 2"})).wide
    assert place_of(svg, "Phase 1")[0] == pytest.approx(place_of(svg, "16")[0], abs=1)
    assert place_of(svg, "Phase 2")[0] == pytest.approx(place_of(svg, "1,600")[0], abs=1)


def test_every_line_of_a_name_is_drawn_and_the_last_ones_stand_side_by_side() -> None:
    figure, report = declared(labels={"1": "First of the many phases", "2": "Second"})
    svg = drawn(figure, report).wide
    assert {"First of the", "many phases"} <= set(words_of(svg))
    assert place_of(svg, "First of the")[1] < place_of(svg, "many phases")[1]
    assert place_of(svg, "many phases")[1] == place_of(svg, "Second")[1]
