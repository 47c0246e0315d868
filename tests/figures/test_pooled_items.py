"""What is said where studies are few, say nothing together, or cannot be pooled."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from evidence.figures.drawing import csv_bytes
from evidence.figures.figure_item import Item, items_of
from evidence.model.figure import Figure
from evidence.numbers.results import FigureResult
from tests.figures.declaring import Stated, drawn, figure_of, report_of, result_of, words_of
from tests.figures.inside import outside

NOBODY: Stated = {f"s-{n}/b": {"events": 0, "n": n} for n in (20, 30, 15)}
EVERYBODY: Stated = {f"s-{n}/b": {"events": n, "n": n} for n in (20, 30, 15)}
ONCE: Stated = {**NOBODY, "late/b": {"events": 4, "n": 10}}
FAR: Stated = {
    "a/b": {"events": 0, "n": 100},
    "b/b": {"events": 0, "n": 50},
    "c/b": {"events": 38, "n": 73},
}


def arms(*counts: tuple[int, int, int, int]) -> Stated:
    return {
        f"s-{place}/b": {
            "arms": {"treated": {"events": a, "n": n}, "control": {"events": c, "n": m}}
        }
        for place, (a, n, c, m) in enumerate(counts)
    }


def figure(kind: str, stated: Stated, measure: str, **fields: Any) -> Figure:
    pooled = {"pooled": "overall"} if kind == "forest" else {}
    rows = [
        {"finding": name, **({"first-year": 2000 + place} if kind == "cumulative" else {})}
        for place, name in enumerate(stated)
    ]
    return figure_of(kind, rows, measure=measure, **pooled, **fields)


def result(kind: str, stated: Stated, measure: str) -> FigureResult:
    return result_of(figure(kind, stated, measure), report_of(stated))


def said(kind: str, stated: Stated, measure: str, part: str) -> list[Item]:
    return [item for item in items_of(result(kind, stated, measure)) if item.part == part]


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (NOBODY, "0.0%, 95% CI 0.0 to 5.5 (computed from the counts), 0 of 65 people"),
        (EVERYBODY, "100.0%, 95% CI 94.5 to 100.0 (computed from the counts), 65 of 65 people"),
    ],
)
def test_nobody_or_everybody_is_one_group_in_every_form(stated: Stated, words: str) -> None:
    shown = result("forest", stated, "share")
    (group,) = said("forest", stated, "share", "whole")
    assert group.sentence == (
        f"One group, 3 studies (share of people, no comparison group): {words}"
    )
    parts = {item.part for item in items_of(shown)}
    assert parts == {"study", "whole", "caution"}  # no diamond, no prediction, no spread
    explained = "so no model can be fitted. All people are counted as one group"
    assert group.sentence in shown.alternative
    assert explained in shown.alternative
    assert explained in csv_bytes(shown).decode("utf-8-sig")
    assert group.printed in csv_bytes(shown).decode("utf-8-sig")
    row = next(row for row in shown.table if row[0] == group.label)
    assert group.count_text in row
    assert "all people as one group, computed here" in row
    drawing = drawn(figure("forest", stated, "share"), report_of(stated))
    for svg in (drawing.wide, drawing.narrow):
        written = " ".join(words_of(svg)).replace("\u00a0", " ")
        assert "Nothing is pooled: in every study nobody had the outcome" in written
        assert group.interval_text in written
        assert group.count_text in written
        assert "Pooled results" not in written
        assert outside(svg) == []


@pytest.mark.parametrize("kind", ["cumulative", "leave-one-out"])
def test_a_step_without_any_event_is_counted_too(kind: str) -> None:
    steps = said(kind, ONCE, "share", "step")
    bare = [item for item in steps if item.locator.startswith("nothing pooled")]
    assert [item.estimate_text for item in bare] == ["0.0%"] * len(bare)
    if kind == "cumulative":  # the first study, then two and three of them without an event
        assert [item.locator.partition(",")[0] for item in steps] == [
            "one study alone", "nothing pooled", "nothing pooled", "random-intercept logistic model",
        ]  # fmt: skip
    else:
        (without,) = bare
        assert without.label == "Without Late"
        assert without.sentence.endswith("0 of 65 people")
    cautions = [item.sentence for item in said(kind, ONCE, "share", "caution")]
    assert any("All people are counted as one group" in words for words in cautions)


def test_steps_of_two_and_three_studies_are_named_once_for_each_warning() -> None:
    longer: Stated = {**FAR, "d/b": {"events": 5, "n": 20}}
    cautions = said("cumulative", longer, "share", "caution")
    labels = [item.label for item in cautions if item.printed.startswith("Only")]
    assert labels == ["Caution, up to 2002"]  # up to 2001 there is no event, and nothing pooled
    assert [item.count_text for item in said("cumulative", FAR, "share", "step")] == [
        "1 study, 0 of 100", "2 studies, 0 of 150", "3 studies, 38 of 223",
    ]  # fmt: skip


def test_the_study_in_the_middle_stands_beside_the_people() -> None:
    (pooled,) = said("forest", FAR, "share", "pooled")
    assert pooled.label == "Pooled, 3 studies: study in the middle"
    assert "in a study in the middle" in pooled.sentence
    assert pooled.estimate_text == "0.1%"
    (people,) = said("forest", FAR, "share", "people")
    assert people.printed == (
        "38 of 223 people (17%), which differs much from the 0.1% in a study in the middle"
    )
    assert people.sentence in result("forest", FAR, "share").alternative


def test_the_people_are_said_where_they_agree_with_the_middle_too() -> None:
    stated: Stated = {f"s-{n}/b": {"events": n, "n": 20} for n in (9, 10, 11)}
    (people,) = said("forest", stated, "share", "people")
    assert people.printed == "30 of 60 people (50%)"


def test_the_spread_is_that_of_the_model_that_is_named() -> None:
    (spread,) = said("forest", FAR, "share", "spread")
    assert spread.locator.startswith("random-intercept logistic model")
    # metafor, rma.glmm(measure = "PLO"): QE.LRT 102.5342, whatever the search for tau² does
    assert "likelihood-ratio Q 102.5 with 2 degrees of freedom" in spread.printed


def test_one_person_in_each_arm_gives_no_impossible_number_in_any_form() -> None:
    stated = arms((1, 1, 0, 1), (5, 10, 3, 10), (2, 20, 1, 20))
    shown = result("forest", stated, "risk-difference")
    for item in items_of(shown):
        for number in (item.low, item.estimate, item.high):
            assert number is None or -100 <= number <= 100, item
    first = items_of(shown)[0]
    assert first.interval_text == "−12.2 to 100.0"
    assert "for the weight 1/2 added to each count because one is 0" in first.sentence
    cautions = [item.printed for item in said("forest", stated, "risk-difference", "caution")]
    assert any(
        words.startswith("The interval is cut at the end of the scale") for words in cautions
    )
    assert any(words.startswith("Only three studies") for words in cautions)
    assert all(words in shown.alternative for words in cautions)
    drawing = drawn(figure("forest", stated, "risk-difference"), report_of(stated))
    for svg in (drawing.wide, drawing.narrow):
        assert "Only three studies" in " ".join(words_of(svg)).replace("\u00a0", " ")
        assert outside(svg) == []


@pytest.mark.parametrize("kind", ["forest", "funnel", "leave-one-out"])
def test_two_arms_without_an_event_in_any_study_are_counted(kind: str) -> None:
    stated = arms((0, 20, 0, 22), (0, 30, 0, 30), (0, 9, 0, 8))
    (group,) = said(kind, stated, "risk-difference", "whole")
    assert group.sentence.endswith("0 of 59 treated and 0 of 60 controls")
    assert group.estimate_text == "0.0"
    drawing = drawn(figure(kind, stated, "risk-difference"), report_of(stated))
    assert outside(drawing.wide) == outside(drawing.narrow) == []
    held = json.loads(drawing.specification)["datasets"]
    assert json.dumps(group.sentence, ensure_ascii=False) in json.dumps(held, ensure_ascii=False)


def test_a_funnel_of_three_studies_carries_the_warnings_of_its_pooled_result() -> None:
    stated = arms((1, 2, 0, 2), (5, 10, 3, 10), (2, 20, 1, 20))
    shown = result("funnel", stated, "risk-difference")
    assert "Only three studies" in shown.alternative
    assert "Caution: Only three studies" in " ".join(shown.conventions)


def test_two_ratios_have_no_prediction_interval_and_their_warning() -> None:
    stated = arms((5, 10, 3, 10), (2, 20, 1, 20))
    assert said("forest", stated, "risk-ratio", "prediction") == []
    first, *_ = said("forest", stated, "risk-ratio", "caution")
    assert first.printed.startswith("Only two studies: how far studies lie apart cannot be known")


def test_printed_differences_are_cut_at_the_end_of_the_scale_too() -> None:
    points = {"level": 95, "unit": "percentage points"}
    stated: Stated = {
        "a/b": {"difference": {"value": 60, "interval": [20, 99], **points}},
        "b/b": {"difference": {"value": -20, "interval": [-60, 20], **points}},
    }
    (pooled,) = said("forest", stated, "printed", "pooled")
    assert (pooled.low, pooled.high) == (Decimal(-100), Decimal(100))
    cautions = [item.printed for item in said("forest", stated, "printed", "caution")]
    assert any(words.startswith("The interval is cut") for words in cautions)
    # a change of more than 100 is no difference between two shares: no end of a scale is known
    stated["c/b"] = {"difference": {"value": 160, "interval": [120, 199], **points}}
    (pooled,) = said("forest", stated, "printed", "pooled")
    assert (pooled.high or 0) > 100
