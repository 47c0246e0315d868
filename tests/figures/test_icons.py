from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from evidence.figures import KINDS, missing, unsuited
from evidence.figures.drawing import csv_bytes
from evidence.figures.figure_item import Item, items_of
from evidence.figures.look import LIGHT, themed
from evidence.figures.people_of_100 import difference_words, of_100, people
from evidence.model.report import Report
from tests.figures.declaring import SVG, Stated, drawn, figure_of, report_of, result_of, words_of
from tests.figures.inside import outside

CHANCE = {"design": {"kind": "randomised-controlled-trial"}}
COMPARED: Stated = {
    "honey/cough": {
        "arms": {
            "treated": {"events": 58, "n": 103, "label": "honey"},
            "control": {"events": 39, "n": 101, "label": "placebo"},
        },
        "difference": {
            "value": 17.7, "interval": [4.2, 31.2], "level": 95, "unit": "percentage points",
        },
    }
}  # fmt: skip
ALONE: Stated = {"wang-2014/survival": {"events": 37, "n": 40}}


def painted(svg: str) -> tuple[int, int]:
    """Return how many people of a drawing are filled, and how many are not."""
    people_drawn = [
        each.get("fill")
        for each in etree.fromstring(svg.encode()).iter(f"{SVG}path")
        if each.get("stroke")
    ]
    return (
        people_drawn.count(themed(LIGHT["series-1"])),
        people_drawn.count(themed(LIGHT["paper"])),
    )


def compared() -> Report:
    return report_of(COMPARED, honey=CHANCE)


@pytest.mark.parametrize(
    ("percent", "drawn_people", "words"),
    [
        ("92.5", 93, "about 93"),
        ("50", 50, "50"),
        ("50.0", 50, "50"),
        ("0", 0, "0"),
        ("0.3", 0, "fewer than 1"),
        ("99.7", 100, "more than 99"),
        ("100", 100, "100"),
    ],
)
def test_people_are_rounded_and_rounding_is_said(
    percent: str, drawn_people: int, words: str
) -> None:
    assert people(Decimal(percent)) == drawn_people
    assert of_100(Decimal(percent)) == words


def test_exactly_so_many_of_a_hundred_are_filled() -> None:
    one = drawn(figure_of("icons", list(ALONE)), report_of(ALONE))
    two = drawn(figure_of("icons", list(COMPARED)), compared())
    assert painted(one.wide) == painted(one.narrow) == (93, 7)
    assert painted(two.wide) == painted(two.narrow) == (56 + 39, 44 + 61)
    held = json.loads(two.specification)["datasets"]["items"]
    assert [row.get("people") for row in held] == [56, 39, None]


def test_a_share_is_said_with_people_percent_interval_and_base() -> None:
    (item,) = result_of(figure_of("icons", list(ALONE)), report_of(ALONE)).items
    assert item.sentence == (
        "Wang 2014: about 93 of 100 people; 92.5%, 95% CI 79.6 to 98.4 "
        "(computed from the counts), 37 of 40"
    )


def test_a_label_with_a_colon_is_not_taken_for_what_is_said_of_it() -> None:
    figure = figure_of("icons", [{"finding": "honey/cough", "label": "Cough: none"}])
    first, second, _ = result_of(figure, compared()).items
    assert first.sentence.startswith("Cough: none, honey: about 56 of 100 people; 56.3%, ")
    assert second.sentence.startswith("Cough: none, placebo: about 39 of 100 people; 38.6%, ")


def test_two_arms_have_the_same_hundred_and_their_difference_in_words() -> None:
    figure = figure_of("icons", [{"finding": "honey/cough", "label": "No cough"}])
    result = result_of(figure, compared())
    assert result.items[0].sentence.startswith("No cough, honey: about 56 of 100 people; 56.3%")
    assert result.items[1].sentence.startswith("No cough, placebo: about 39 of 100 people; 38.6%")
    for svg in (drawn(figure, compared()).wide, drawn(figure, compared()).narrow):
        words = " ".join(words_of(svg))
        assert "About 18 more of 100 with honey than with placebo" in words
        assert "17.7 percentage points, 95% CI 4.2 to 31.2" in words
        assert "from 4 more to 31 more of 100" in words
        assert outside(svg) == []
        said = re.escape(result.items[2].sentence)
        (wide,) = re.findall(rf'aria-label="{said}" d="M\d+,\d+h(\d+)', svg)
        assert int(wide) > 150  # it lies on its words


@pytest.mark.parametrize(
    ("estimate", "ends", "words"),
    [
        ("-1.3", ("-2.9", "0.3"), "About 1 fewer of 100 with a than with b; no difference is possible too"),
        ("0.2", ("-2.9", "3.3"), "About as many of 100 with a as with b"),
        ("5", ("2", "8"), "About 5 more of 100 with a than with b"),
    ],
)  # fmt: skip
def test_a_difference_is_more_fewer_or_none(
    estimate: str, ends: tuple[str, str], words: str
) -> None:
    low, high = (Decimal(end) for end in ends)
    item = Item("d", "", "", estimate=Decimal(estimate), low=low, high=high)
    assert difference_words(item, [Item("a", "", ""), Item("b", "", "")]) == words


@pytest.mark.parametrize("stated", [ALONE, COMPARED])
def test_the_five_forms_hold_the_same_numbers(stated: Stated) -> None:
    figure, report = figure_of("icons", list(stated)), report_of(stated, honey=CHANCE)
    result, drawing = result_of(figure, report), drawn(figure, report)
    table, file = (
        " ".join(" ".join(row) for row in result.table),
        csv_bytes(result).decode("utf-8-sig"),
    )
    svgs = [" ".join(words_of(svg)) for svg in (drawing.wide, drawing.narrow)]
    chart = KINDS["icons"].chart(result, 680)
    held = [row for rows in chart["datasets"].values() for row in rows]
    for item in items_of(result):
        for printed in (item.estimate_text, item.interval_text):
            assert all(printed in each for each in (table, file, result.alternative, *svgs))
        if item.part != "difference":
            number = float(item.estimate or 0)
            assert any(
                row.get("sentence") == item.sentence and row.get("estimate") == number
                for row in held
            )
    assert json.loads(drawing.specification)["description"] == result.alternative


def test_a_single_group_is_never_said_to_be_compared() -> None:
    words = " ".join(words_of(drawn(figure_of("icons", list(ALONE)), report_of(ALONE)).svg))
    assert "There is no comparison group." in words
    assert "than with" not in words


def test_groups_that_chance_did_not_make_are_refused() -> None:
    figure = figure_of("icons", list(COMPARED))
    open_trial = report_of(COMPARED, honey={"design": {"kind": "non-randomised-controlled-trial"}})
    ((position, message, hint),) = unsuited(figure, open_trial.studies, open_trial.sources)
    assert position == 0
    assert "groups that chance did not make (non-randomised-controlled-trial)" in message
    assert "kind: arms" in hint
    report = compared()
    assert list(unsuited(figure, report.studies, report.sources)) == []


STRANGE: Stated = {
    "a/percent": {"value": 48.9, "unit": "percent", "interval": [40.8, 56.9]},
    "b/counted": {"events": 3, "n": 9},
    "c/ratio": {"value": 2, "unit": "odds ratio"},
    "d/change": {"value": -12, "unit": "percent", "n": 40},
    "e/arms": {"arms": {"treated": {"percent": 5}, "control": {"percent": 6, "n": 40}}},
    "f/words": {"statement": "Some improved."},
}


@pytest.mark.parametrize(
    ("rows", "fields", "expected"),
    [
        (["a/percent"], {}, "a percentage without its base"),
        (["b/counted", "b/counted"], {}, "one figure shows one finding"),
        (["c/ratio"], {}, "is no share of people"),
        (["f/words"], {}, "is no share of people"),
        (["d/change"], {}, "not between 0 and 100"),
        (["e/arms"], {}, "no share with its base in the treated arm"),
        (["b/counted"], {"pooled": "overall"}, "nothing is pooled here"),
    ],
)
def test_what_is_no_share_of_people_is_a_problem(
    rows: list[Any], fields: dict[str, str], expected: str
) -> None:
    found = list(missing(figure_of("icons", rows, **fields), report_of(STRANGE).findings))
    assert any(expected in message for _, message, _ in found), found


def test_a_share_that_its_source_pooled_may_be_drawn_and_is_called_so() -> None:
    figure = figure_of("icons", [{"finding": "a/percent", "label": "Better", "pooled": True}])
    report = report_of(STRANGE)
    assert list(missing(figure, report.findings)) == []
    sentence = result_of(figure, report).items[0].sentence
    assert sentence.startswith("Better (pooled over studies): about 49 of 100 people; 48.9%")
    words = " ".join(words_of(drawn(figure, report).svg))
    assert "Pooled over studies by the source; there is no comparison group." in words


@pytest.mark.parametrize("label", ["A long label " * 23, "دراسة طويلة جدا في العربية"])
def test_long_and_right_to_left_labels_stay_inside(label: str) -> None:
    arms = {"treated": {"events": 5, "n": 9, "label": label}, "control": {"events": 4, "n": 9}}
    report = report_of({"a/b": {"arms": arms}}, a=CHANCE)
    drawing = drawn(figure_of("icons", ["a/b"]), report)
    assert outside(drawing.wide) == []
    assert outside(drawing.narrow) == []
