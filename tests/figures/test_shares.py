from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from evidence.figures import missing
from evidence.figures.look import LIGHT, NARROW, WIDE
from tests.figures.declaring import Stated, drawn, figure_of, report_of, result_of, words_of
from tests.figures.marked import hatching_of, marks_of

STATED: Stated = {
    "letter/phase-2": {"value": 33.0, "unit": "percent"},
    "letter/phase-3": {"value": 10.2, "unit": "percent"},
    "letter/phase-4": {"value": 3.9, "unit": "percent"},
}
REST = {"label": "Not stated"}


def shares(stated: Stated, **fields: Any) -> list[tuple[int, str, str]]:
    return list(missing(figure_of("shares", list(stated), **fields), report_of(stated).findings))


def test_the_rest_is_what_the_parts_leave_of_100() -> None:
    result = result_of(figure_of("shares", list(STATED), rest=REST), report_of(STATED))
    rest = result.items[-1]
    assert rest.estimate == 100 - sum(item.estimate or 0 for item in result.items[:-1])
    assert (rest.label, rest.printed, rest.address) == ("Not stated", "52.9%", None)
    assert sum(item.estimate or Decimal(0) for item in result.items) == 100


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_rest_is_hatched_and_the_parts_are_filled(width: int) -> None:
    result = result_of(figure_of("shares", list(STATED), rest=REST), report_of(STATED))
    *parts, rest = marks_of(result, width)
    assert {mark.paint["fill"] for mark in parts} == {LIGHT["series-1"]}
    assert rest.paint["fill"] == LIGHT["paper"]
    assert hatching_of(result, width) > 10


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_bars_are_as_long_as_their_shares_of_the_track(width: int) -> None:
    result = result_of(figure_of("shares", list(STATED), rest=REST), report_of(STATED))
    marks = marks_of(result, width)
    whole = sum(mark.width for mark in marks)
    assert [100 * mark.width / whole for mark in marks] == pytest.approx(
        [33.0, 10.2, 3.9, 52.9], abs=0.1
    )
    drawing = drawn(figure_of("shares", list(STATED), rest=REST), report_of(STATED))
    svg = drawing.wide if width == WIDE else drawing.narrow
    tracks = re.findall(r'h([\d.]+)v[^"]*" fill="var\(--figure-rule,', svg)
    assert [float(track) for track in tracks] == pytest.approx(4 * [whole], abs=1)


def test_counts_stand_beside_percentages() -> None:
    stated: Stated = {
        "a/x": {"events": 60, "n": 80},
        "a/y": {"events": 10, "n": 80, "counts": "derived"},
    }
    figure, report = figure_of("shares", list(stated), rest=REST), report_of(stated)
    result = result_of(figure, report)
    assert result.columns[2] == "Count"
    assert [row[2] for row in result.table] == [
        "60 of 80",
        "10 of 80 (derived)",
        "10 of 80 (derived)",
    ]
    assert "60 of 80" in words_of(drawn(figure, report).narrow)


def test_parts_keep_the_order_in_which_they_are_declared() -> None:
    backwards = list(reversed(STATED))
    result = result_of(figure_of("shares", backwards, rest=REST), report_of(STATED))
    assert [item.address for item in result.items] == [*backwards, None]


def test_parts_that_are_no_percentages_or_make_no_whole_cannot_be_drawn() -> None:
    assert not shares(STATED, rest=REST)
    assert "is not a percentage" in shares({"a/b": {"value": 3, "unit": "trials"}})[0][1]
    assert "sum to 47.1%, which is not the whole" in shares(STATED)[0][1]
    too_much: Stated = {**STATED, "letter/more": {"value": 60, "unit": "percent"}}
    assert "more than the whole" in shares(too_much)[0][1]
    whole: Stated = {
        "a/b": {"value": 40, "unit": "percent"},
        "a/c": {"value": 60, "unit": "percent"},
    }
    assert not shares(whole)
    assert "leave nothing" in shares(whole, rest=REST)[0][1]
    assert "no part of a whole" in shares({"a/b": {"value": -4, "unit": "percent"}})[0][1]


def test_rounded_parts_may_miss_the_whole_by_their_rounding() -> None:
    thirds: Stated = {f"a/part-{number}": {"value": 33.3, "unit": "percent"} for number in range(3)}
    assert not shares(thirds)
