from __future__ import annotations

import math
from typing import Any

import pytest

from evidence.figures import KINDS, missing
from evidence.figures.drawing import csv_bytes
from evidence.figures.figure_item import items_of
from evidence.model.figure import Figure
from tests.figures.declaring import (
    Stated,
    drawn,
    figure_of,
    place_of,
    report_of,
    result_of,
    words_of,
)
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
    first = specification["datasets"]["items"][0]
    assert (first["estimate"], first["standard-error"]) == (0.41, 0.57)
    (layer,) = [layer for layer in specification["layer"] if layer["mark"]["type"] == "point"]
    assert layer["encoding"]["y"]["scale"]["domain"][0] == 0
    assert layer["encoding"]["y"]["scale"]["reverse"]
    assert layer["encoding"]["x"]["scale"]["type"] == "log"
    words = drawn(funnel(), report_of(BCG_STATED)).wide
    assert place_of(words, "0")[1] < place_of(words, "0.8")[1]


def test_the_caveat_is_always_printed_and_comes_first_for_fewer_than_ten() -> None:
    many = result_of(funnel(), report_of(BCG_STATED)).conventions
    assert many[0].startswith("Asymmetry has many causes")
    assert not any("Only 13" in sentence for sentence in many)
    few = result_of(funnel(9), report_of(BCG_STATED)).conventions
    assert few[0].startswith("Only 9 studies")
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
        assert any(
            (row.get("sentence"), row.get("estimate"), row.get("standard-error"))
            == (item.sentence, float(item.estimate or 0), float(item.standard_error or 0))
            for row in held
        )
        assert f"{item.weight}%" in table


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
