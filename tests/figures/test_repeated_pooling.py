from __future__ import annotations

import json
import math
from typing import Any

import pytest

from evidence.figures import missing, unsuited
from evidence.figures.drawing import csv_bytes
from evidence.figures.figure_item import Item, items_of
from evidence.model.base import PartialDate
from tests.figures.declaring import Stated, drawn, figure_of, report_of, result_of, words_of
from tests.figures.trials import BCG_ROWS, BCG_STATED, FEW, FEW_ROWS, ungrouped
from tests.numbers.statistics.references import read

REFERENCE = read("sensitivity")["bcg"]
ROWS = ungrouped(BCG_ROWS)


def steps(kind: str, rows: list[Any], stated: Stated, measure: str = "risk-ratio") -> list[Item]:
    result = result_of(figure_of(kind, rows, measure=measure), report_of(stated))
    return [item for item in items_of(result) if item.part == "step"]


def test_year_by_year_is_as_in_metafor() -> None:
    shown = steps("cumulative", ROWS, BCG_STATED)
    expected = [round(math.exp(case["estimate"]), 2) for case in REFERENCE["cumulative"]["REML"]]
    assert [float(item.estimate or 0) for item in shown] == expected


def test_leaving_one_out_is_as_in_metafor() -> None:
    shown = steps("leave-one-out", ROWS, BCG_STATED)
    expected = [round(math.exp(case["estimate"]), 2) for case in REFERENCE["leave_one_out"]["REML"]]
    assert [float(item.estimate or 0) for item in shown] == expected


def test_steps_come_in_order_of_year_and_studies_of_one_year_together() -> None:
    shown = steps("cumulative", ROWS, BCG_STATED)
    assert [item.label for item in shown[:3]] == [
        "Aronson 1948",
        "+ Ferguson & Simes 1949",
        "+ Stein & Aronson 1953",
    ]
    (together,) = [item for item in shown if "Vandiviere" in item.label]
    assert together.label == "+ Frimodt-Moller et al 1973, Vandiviere et al 1973"
    assert together.sentence.startswith("By 1973, 9 studies, the last Frimodt-Moller")


def test_a_step_says_which_study_is_left_out_and_how_many_remain() -> None:
    assert steps("leave-one-out", ROWS, BCG_STATED)[0].sentence == (
        "Without Aronson 1948, 12 studies: risk ratio 0.49, 95% CI 0.32 to 0.76 (computed here)"
    )


def test_the_year_is_that_of_the_source_unless_the_row_says_another() -> None:
    rows = [{"finding": name} for name in FEW]
    figure, report = figure_of("cumulative", rows, measure="risk-ratio"), report_of(FEW)
    found = list(unsuited(figure, report.studies, report.sources))
    assert [position for position, _, _ in found] == [0, 1, 2, 3]
    assert "from which year" in found[0][1]
    for number, name in enumerate(list(report.sources)):
        issued = PartialDate(year=2000 - number)
        report.sources[name] = report.sources[name].model_copy(update={"issued": issued})
    assert list(unsuited(figure, report.studies, report.sources)) == []
    labels = [item.address for item in items_of(result_of(figure, report)) if item.part == "step"]
    assert labels == list(FEW)[::-1]


@pytest.mark.parametrize("kind", ["cumulative", "leave-one-out"])
def test_all_forms_hold_the_same_numbers(kind: str) -> None:
    figure, report = figure_of(kind, FEW_ROWS, measure="risk-ratio"), report_of(FEW)
    result, drawing = result_of(figure, report), drawn(figure, report)
    held = json.dumps(json.loads(drawing.specification)["datasets"], ensure_ascii=False)
    table = " ".join(" ".join(row) for row in result.table)
    svgs = [" ".join(words_of(svg)) for svg in (drawing.wide, drawing.narrow)]
    for item in items_of(result):
        for printed in (item.estimate_text, item.interval_text):
            assert all(printed in each for each in (table, result.alternative, *svgs))
        assert item.printed in csv_bytes(result).decode("utf-8-sig")
        if item.part != "spread":
            assert json.dumps(item.sentence, ensure_ascii=False) in held


def test_shares_pooled_again_have_no_comparison_group() -> None:
    stated: Stated = {f"s-{n}/b": {"events": n, "n": 20} for n in (3, 9, 12)}
    shown = steps("leave-one-out", list(stated), stated, "share")
    assert all("(share of people, no comparison group)" in item.sentence for item in shown)


@pytest.mark.parametrize(
    ("kind", "rows", "expected"),
    [
        ("cumulative", ROWS[:1], "takes at least two"),
        ("leave-one-out", ROWS[:2], "takes at least three"),
        ("cumulative", [*ROWS[:3], {**ROWS[3], "pooled": True}], "pooled already"),
        ("leave-one-out", [*ROWS[:3], ROWS[0]], "stands here twice"),
    ],
)
def test_what_cannot_be_pooled_again_is_a_problem(
    kind: str, rows: list[Any], expected: str
) -> None:
    figure = figure_of(kind, rows, measure="risk-ratio")
    found = list(missing(figure, report_of(BCG_STATED).findings))
    assert any(expected in message for _, message, _ in found), found
