from __future__ import annotations

import math
from typing import Any

import pytest

from evidence.figures import KINDS, missing
from evidence.figures.drawing import csv_bytes
from evidence.figures.figure_item import items_of
from evidence.model.figure import Figure
from tests.figures.declaring import Stated, drawn, figure_of, report_of, result_of, words_of
from tests.figures.trials import BCG_ROWS, BCG_STATED, ungrouped
from tests.numbers.statistics import examples

ROWS = ungrouped(BCG_ROWS)


def funnel(many: int = 13, measure: str = "risk-ratio") -> Figure:
    return figure_of("funnel", ROWS[:many], measure=measure)


def test_standard_errors_are_the_square_roots_of_metafors_variances() -> None:
    items = items_of(result_of(funnel(), report_of(BCG_STATED)))[:-1]
    expected = [round(math.sqrt(variance), 2) for variance in examples.BCG_RISK_RATIO[1]]
    assert [float(item.standard_error or 0) for item in items] == expected
    assert items[0].sentence.endswith("standard error 0.57 (log scale)")


def test_a_point_stands_at_its_effect_and_error_with_the_precise_ones_on_top() -> None:
    specification = KINDS["funnel"].chart(result_of(funnel(), report_of(BCG_STATED)), 680)
    (points,) = [
        rows
        for rows in specification["datasets"].values()
        if rows[0].get("label") == ROWS[0]["label"]
    ]
    assert (points[0]["x"], points[0]["y"]) == (0.41, 0.57)
    (layer,) = [layer for layer in specification["layer"] if layer["mark"]["type"] == "point"]
    assert layer["encoding"]["y"]["scale"]["domain"][0] == 0
    first, last = layer["encoding"]["y"]["scale"]["range"]
    assert first < last
    assert layer["encoding"]["x"]["scale"]["type"] == "log"


def test_the_caveat_is_always_printed_and_bold_for_fewer_than_ten() -> None:
    many = drawn(funnel(), report_of(BCG_STATED))
    assert "Asymmetry has many causes" in " ".join(words_of(many.narrow))
    assert "Only 13" not in " ".join(words_of(many.narrow))
    few = drawn(funnel(9), report_of(BCG_STATED))
    bold = [part.split("<")[0] for part in few.wide.split('font-weight="bold"')[1:]]
    assert any("Only 9 studies" in words for words in bold)
    told = result_of(funnel(9), report_of(BCG_STATED)).alternative
    assert "Only 9 studies: with fewer than 10, nothing can be read from the shape." in told
    assert "Asymmetry has many causes" in told


def test_table_file_and_sentences_hold_the_same_numbers() -> None:
    figure, report = funnel(6, "risk-difference"), report_of(BCG_STATED)
    result = result_of(figure, report)
    table, file = (
        " ".join(" ".join(row) for row in result.table),
        csv_bytes(result).decode("utf-8-sig"),
    )
    chart = KINDS["funnel"].chart(result, 340)
    held = [row for rows in chart["datasets"].values() for row in rows]
    for item in items_of(result)[:-1]:
        for printed in (item.estimate_text, item.interval_text, str(item.standard_error)):
            assert printed in table
            assert printed in item.sentence
            assert item.sentence in result.alternative
        assert f",{item.standard_error}," in file
        place = {"x": float(item.estimate or 0), "y": float(item.standard_error or 0)}
        assert {"label": item.label, "sentence": item.sentence, **place} in held


@pytest.mark.parametrize("width", [680, 340])
def test_no_name_touches_a_point_a_name_or_a_line(width: int) -> None:
    drawing = drawn(funnel(), report_of(BCG_STATED))
    words = words_of(drawing.wide if width == 680 else drawing.narrow)
    named = [words for words in words if words in {row["label"] for row in ROWS}]
    assert named
    assert len(named) == len(set(named))
    assert "Stein & Aronson 1953" not in named  # the limits pass beside it


SHARES: Stated = {f"s-{n}/b": {"events": n, "n": 20} for n in (3, 9, 12)}


@pytest.mark.parametrize(
    ("rows", "stated", "measure", "expected"),
    [
        (ROWS[:2], BCG_STATED, "risk-ratio", "takes at least three"),
        (list(SHARES), SHARES, "share", "its funnel misleads"),
        ([*ROWS[:3], {**ROWS[3], "pooled": True}], BCG_STATED, "risk-ratio", "pooled already"),
        (ROWS[:3], BCG_STATED, None, "what is measured"),
    ],
)
def test_what_has_no_funnel_is_a_problem(
    rows: list[Any], stated: Stated, measure: str | None, expected: str
) -> None:
    found = list(missing(figure_of("funnel", rows, measure=measure), report_of(stated).findings))
    assert any(expected in message for _, message, _ in found), found
