from __future__ import annotations

import math
import re
from typing import Any

import pytest

from evidence.figures.evidence_map import DESIGNS
from evidence.figures.figure_item import items_of
from evidence.figures.look import NARROW, WIDE
from evidence.model.report import Report
from tests.figures.declaring import drawn, report_with, result_of, table_figure, words_of
from tests.figures.marked import marks_of
from tests.figures.test_table_counts import unfit

ROWS = """condition,cell,design,trials
cold,blood,single-arm,90
cold,blood,randomised,10
cold,fat,not-stated,25
cough,fat,randomised-and-blinded,1
cough,fat,controlled,3
fever,blood,controlled,0"""
COLUMNS = {"category": "condition", "series": "cell", "design": "design", "value": "trials"}


def declared(**fields: Any) -> tuple[Any, Report]:
    return table_figure("evidence-map", "t.csv", COLUMNS, **fields), report_with("t.csv", ROWS)


def test_designs_are_added_up_and_the_best_one_is_told() -> None:
    assert [item.sentence for item in items_of(result_of(*declared()))] == [
        "cold, blood: 100 trials, best design: 10 randomised",
        "cold, fat: 25 trials, best design: 25 with no design stated",
        "cough, fat: 4 trials, best design: 1 randomised and blinded",
    ]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_area_of_a_circle_is_its_number(width: int) -> None:
    largest, middle, small = (mark.height for mark in marks_of(result_of(*declared()), width))
    assert math.isclose((middle / largest) ** 2, 0.25, abs_tol=0.01)
    assert math.isclose((small / largest) ** 2, 0.04, abs_tol=0.01)


def test_the_best_design_has_a_ring_and_what_nobody_states_is_dashed() -> None:
    marks = marks_of(result_of(*declared()), WIDE)
    dashed = {mark.sentence.partition(":")[0]: "stroke-dasharray" in mark.paint for mark in marks}
    assert dashed == {"cold, blood": False, "cold, fat": True, "cough, fat": False}
    rings = re.findall(r'<path[^>]*stroke-width="1.2[^>]*>', drawn(*declared()).wide)
    assert len(rings) == 2  # one in the key


def test_designs_differ_in_more_than_colour_and_are_named() -> None:
    drawing = drawn(*declared())
    assert "stroke-dasharray" in drawing.wide  # not stated
    assert "var(--paper" in drawing.wide
    words = words_of(drawing.wide)
    assert {"Randomised and blinded", "Randomised", "Not stated"} <= set(words)
    assert "Single arm" not in words  # nowhere the best design, so not in the key


def test_where_nothing_was_found_nothing_is_drawn_and_the_line_below_says_so() -> None:
    result = result_of(*declared())
    assert "Empty, 1 of 4 crossings: nothing found." in result.conventions
    assert "Area: number of trials." in result.conventions
    assert len(marks_of(result, NARROW)) == 3
    assert result_of(*declared()).table[1][1] == "–"


def test_a_design_outside_the_list_is_a_problem_with_the_nearest_one() -> None:
    ((key, message, hint),) = unfit(declared()[0], ROWS.replace("controlled,3", "controled,3"))
    assert (key, message) == ("columns", "'controled' is not a design that is known")
    assert "'controlled'" in hint


def test_the_list_of_designs_is_ordered_from_the_best() -> None:
    assert list(DESIGNS) == [
        *("randomised-and-blinded", "randomised", "controlled", "single-arm", "not-stated"),
    ]
