from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from evidence.figures import missing
from evidence.figures.drawing import csv_bytes
from tests.figures.declaring import Stated, drawn, figure_of, report_of, result_of, words_of
from tests.figures.inside import outside

STATED: Stated = {
    "review/found": {"value": 1845, "unit": "records"},
    "review/duplicates": {"value": 412, "unit": "records"},
    "review/screened": {"value": 1433, "unit": "records"},
    "review/off-topic": {"value": 1401, "unit": "records"},
    "review/included": {"value": 32, "unit": "records"},
}
ROWS: list[Any] = [
    {"finding": "review/found", "label": "Records found", "group": "Identification"},
    {"finding": "review/duplicates", "label": "Duplicates", "leaves": True},
    {"finding": "review/screened", "label": "Screened", "group": "Screening"},
    {"finding": "review/off-topic", "label": "Off topic", "leaves": True},
    {"finding": "review/included", "label": "Included"},
]
NOT_SAID = {"statement": "The diagram gives no number."}


def lacking(stated: Stated, rows: list[Any] = ROWS) -> list[tuple[int, str, str]]:
    return list(missing(figure_of("study-flow", rows), report_of(stated).findings))


def changed(**fields: Any) -> Stated:
    return {**STATED, **{f"review/{name}": each for name, each in fields.items()}}


def test_a_flow_that_adds_up_lacks_nothing() -> None:
    assert not lacking(STATED)


def test_a_step_less_what_leaves_has_to_be_the_next_step() -> None:
    ((position, message, hint),) = lacking(changed(screened={"value": 1430, "unit": "records"}))[:1]
    assert position == 2
    assert message == "1,845 less 412 is 1,433, but the next step has 1,430"
    assert "statement" in hint
    without = [row for row in ROWS if not row.get("leaves")]
    assert lacking(STATED, without)[0][1] == "1,845, but the next step has 1,433"


def test_what_is_not_stated_may_be_the_difference_but_never_make_more() -> None:
    gap = changed(duplicates=NOT_SAID)
    assert not lacking(gap)
    more = {**gap, "review/screened": {"value": 1900, "unit": "records"}}
    assert "1,845 less 0 is 1,845, but the next step has 1,900" in lacking(more)[0][1]
    assert not lacking(changed(screened=NOT_SAID))


def test_a_gap_is_drawn_dashed_and_said() -> None:
    figure, report = figure_of("study-flow", ROWS), report_of(changed(duplicates=NOT_SAID))
    result, drawing = result_of(figure, report), drawn(figure, report)
    assert result.items[1].sentence == "Duplicates: not stated, left out after records found"
    for svg in (drawing.wide, drawing.narrow):
        assert "not stated" in words_of(svg)
        assert "stroke-dasharray" in svg
    assert "stroke-dasharray" not in drawn(figure, report_of(STATED)).wide


def test_arrows_lead_from_box_to_box_and_what_leaves_stands_beside() -> None:
    figure, report = figure_of("study-flow", ROWS), report_of(changed(duplicates=NOT_SAID))
    held = json.loads(drawn(figure, report).specification)["datasets"]
    assert [(arrow["from"], arrow["to"], arrow["gap"]) for arrow in held["arrows"]] == [
        ("Records found", "Duplicates", True),
        ("Records found", "Screened", False),
        ("Screened", "Off topic", False),
        ("Screened", "Included", False),
    ]
    boxes = {box["label"]: box for box in held["items"]}
    for arrow in held["arrows"]:
        start, end = boxes[arrow["from"]], boxes[arrow["to"]]
        assert start["x"] < arrow["x"] < start["x2"]
        if arrow["down"]:
            assert (arrow["y"], arrow["y2"]) == (start["bottom"], end["top"])
        else:
            assert arrow["y"] > start["bottom"]
            assert arrow["x2"] == end["x"]
            assert end["top"] < arrow["y2"] < end["bottom"]


def test_no_two_boxes_meet() -> None:
    figure, report = figure_of("study-flow", ROWS), report_of(STATED)
    held = json.loads(drawn(figure, report).specification)["datasets"]["items"]
    for box in held:
        for other in held:
            across = box["x"] < other["x2"] and other["x"] < box["x2"]
            down = box["top"] < other["bottom"] and other["top"] < box["bottom"]
            assert box is other or not (across and down)


def test_the_same_numbers_stand_in_table_csv_svg_words_and_specification() -> None:
    figure, report = figure_of("study-flow", ROWS), report_of(STATED)
    result, drawing = result_of(figure, report), drawn(figure, report)
    numbers = {item.label: str(item.estimate) for item in result.items}
    assert numbers["Records found"] == "1845"
    table = {row[0]: row[2].replace(",", "").removesuffix(" records") for row in result.table}
    assert table == numbers
    read = csv.DictReader(io.StringIO(csv_bytes(result).decode("utf-8-sig")))
    assert {row["label"]: row["estimate"] for row in read} == numbers
    data = json.dumps(json.loads(drawing.specification), ensure_ascii=False)
    for item in result.items:
        assert item.sentence in result.alternative
        assert item.printed in words_of(drawing.wide)
        assert item.printed in words_of(drawing.narrow)
        assert f'"sentence": "{item.sentence}"' in data


def test_steps_carry_the_headings_of_their_groups_once() -> None:
    words = words_of(drawn(figure_of("study-flow", ROWS), report_of(STATED)).wide)
    assert words.count("Identification") == 1
    assert words.count("Screening") == 1


@pytest.mark.parametrize(
    ("stated", "rows", "said"),
    [
        (changed(found={"value": 12.5, "unit": "percent"}), ROWS, "is 12.5%, which is no count"),
        (changed(found={"value": -3, "unit": "records"}), ROWS, "which is no count"),
        (changed(included={"value": 32, "unit": "studies"}), ROWS, "records and studies"),
        (STATED, ROWS[:1], "two steps or more"),
        (STATED, ROWS[1:], "nothing stands before"),
        (STATED, ROWS[:4], "nothing follows"),
        (changed(found={"date": "2020-01"}), ROWS, "is not a number of records"),
        (STATED, ROWS[:1] * 500, "500 boxes are too many"),
    ],
)
def test_what_makes_no_flow_is_a_problem(stated: Stated, rows: list[Any], said: str) -> None:
    assert any(said in message for _, message, _ in lacking(stated, rows))


def test_long_and_foreign_labels_stay_inside() -> None:
    for label in ("x" * 300, "many words " * 27, "سجلات من خمس قواعد"):
        rows = [{**row, "label": label.strip(), "group": label.strip()} for row in ROWS]
        drawing = drawn(figure_of("study-flow", rows), report_of(STATED))
        assert not outside(drawing.wide)
        assert not outside(drawing.narrow)
