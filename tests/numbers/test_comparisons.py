"""The table of an outcome holds every result, in one order, whatever the results say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from evidence.model.finding import Finding
from evidence.model.search import Search
from evidence.model.study import Study
from evidence.numbers.comparisons import (
    GROUPS,
    Compared,
    compared,
    direction,
    group_of,
    is_share,
    people,
    searches_of,
)
from tests.findings import FoundIn

WHERE = {"source": "paper", "locator": "Table 1"}
SEVEN_TO_FIVE = {"treated": {"events": 7, "n": 10}, "control": {"events": 5, "n": 14}}


def study(name: str, kind: str, cell: str = "cells", marks: Any = (), **finding: Any) -> Study:
    found = {"id": "better", "measure": "better", "outcome": "better", **WHERE, **finding}
    return Study.model_validate(
        {
            "id": name,
            "title": name,
            "short": name,
            "summary": name,
            "condition": "cold",
            "design": {"kind": kind},
            "intervention": {"cell": cell},
            "described-in": WHERE,
            "marks": marks,
            "findings": {"better": found},
        }
    )


def search(*items: dict[str, Any]) -> Search:
    return Search.model_validate(
        {
            "id": "colds",
            "pages": ["colds"],
            "conditions": ["cold"],
            "question": dict.fromkeys(("people", "treatment", "comparator", "outcomes"), "All"),
            "outcomes": {"better": {"title": "Better", "better": "higher"}},
            "queries": [
                {"aim": "trials", "where": "A", "words": "b", "on": "2026-01-01", "gave": 1}
            ],
            "items": items or [{"study": "any", "became": "shown"}],
        }
    )


def row(one: Study) -> Compared:
    finding: Finding = one.findings["better"]
    return Compared(f"{one.id}/better", one, finding, group_of(one, finding))


RANDOMISED = study("lot", "randomised-controlled-trial", arms=SEVEN_TO_FIVE)
ALLOCATED = study("choice", "non-randomised-controlled-trial", arms=SEVEN_TO_FIVE)
POOLED = study("pool", "systematic-review", value="1.5", interval=["1.1", "2.0"], unit="risk ratio")
POOLED_ALONE = study("share", "systematic-review", value="48.9", unit="percent")
ALONE = study("alone", "single-arm-trial", events=7, n=10)
UNTREATED = study("nobody", "cohort", cell="not-applicable", events=1, n=10)
MACROPHAGES = study(
    "macrophages",
    "randomised-controlled-trial",
    marks=[{"kind": "another-kind", "text": "Immune cells"}],
    arms=SEVEN_TO_FIVE,
)
EVERY = (RANDOMISED, ALLOCATED, POOLED, POOLED_ALONE, ALONE, UNTREATED, MACROPHAGES)


def test_each_design_has_its_group_and_each_group_a_design() -> None:
    assert [group_of(one, one.findings["better"]) for one in EVERY] == list(GROUPS)


def test_a_mark_of_doubt_sets_nothing_apart() -> None:
    doubted = study(
        "lot",
        "randomised-controlled-trial",
        marks=[{"kind": "uncertain", "text": "Few people"}],
        arms=SEVEN_TO_FIVE,
    )
    assert row(doubted).group == "randomised"


@pytest.mark.parametrize(
    ("control", "group"),
    [("none", "pooled-alone"), ("placebo", "pooled"), ("not-stated", "pooled")],
)
def test_a_review_without_a_control_pools_treated_people_alone(control: str, group: str) -> None:
    one = study("pool", "systematic-review", value="5", unit="points")
    design = one.design.model_copy(update={"control": control})
    assert row(one.model_copy(update={"design": design})).group == group


def test_what_a_search_shows_stands_in_its_table() -> None:
    shown = search({"study": "lot", "became": "shown"})
    assert [
        each.study.id for each in compared(FoundIn({"lot": RANDOMISED}), [shown], "better")
    ] == ["lot"]


def test_the_order_is_that_of_the_groups_however_the_studies_are_given() -> None:
    shuffled = {one.id: one for one in reversed(EVERY)}
    rows = compared(FoundIn(shuffled), [search()], "better")
    assert [each.study.id for each in rows] == [one.id for one in EVERY]


def test_a_result_stands_in_the_table_whether_it_is_for_or_against() -> None:
    worse = {"treated": {"events": 2, "n": 17}, "control": {"events": 8, "n": 20}}
    against = study("against", "randomised-controlled-trial", arms=worse)
    rows = compared(FoundIn({"against": against, "lot": RANDOMISED}), [search()], "better")
    assert {each.study.id for each in rows} == {"against", "lot"}


def test_within_a_group_the_larger_study_comes_first() -> None:
    large = {"treated": {"events": 50, "n": 100}, "control": {"events": 60, "n": 100}}
    studies = {"lot": RANDOMISED, "z": study("z", "randomised-controlled-trial", arms=large)}
    assert [each.study.id for each in compared(FoundIn(studies), [search()], "better")] == [
        "z",
        "lot",
    ]


def test_what_a_search_left_out_is_not_in_its_table() -> None:
    left_out = search({"study": "lot", "became": "left-out", "reason": "same-people"})
    assert compared(FoundIn({"lot": RANDOMISED}), [left_out], "better") == []


def test_another_condition_has_another_table() -> None:
    other = RANDOMISED.model_copy(update={"condition": "cough"})
    assert compared(FoundIn({"lot": other}), [search()], "better") == []


@pytest.mark.parametrize(
    ("treated", "control", "better", "expected"),
    [
        ((9, 10), (1, 10), "higher", 1),
        ((1, 10), (9, 10), "higher", -1),
        ((1, 10), (9, 10), "lower", 1),
        ((5, 10), (6, 10), "higher", 0),  # the interval holds no difference
    ],
)
def test_the_direction_follows_from_the_interval_and_from_what_is_good_for_people(
    treated: tuple[int, int], control: tuple[int, int], better: str, expected: int
) -> None:
    arms = {
        name: {"events": events, "n": n}
        for name, (events, n) in (("treated", treated), ("control", control))
    }
    one = study("one", "randomised-controlled-trial", arms=arms)
    assert direction(row(one), better) == expected


@pytest.mark.parametrize(
    ("p", "expected"),
    [
        (None, 0), ("0.04", 1), ("0.049", 1), ("0.05", 1), ("0.051", 0), ("0.06", 0), ("<0.05", 1),
        ("< .05", 1), ("≤0.05", 1), ("<0.001", 1), ("<0.10", 0), (">0.05", 0), (">0.01", 0), ("≥ 0.01", 0),
    ],
)  # fmt: skip
def test_without_an_interval_the_p_value_decides(p: str | None, expected: int) -> None:
    shares = {"treated": {"percent": "56.3"}, "control": {"percent": "38.6"}}
    one = study("one", "randomised-controlled-trial", arms=shares, **({"p": p} if p else {}))
    assert direction(row(one), "higher") == expected
    assert direction(row(one), "lower") == -expected


@pytest.mark.parametrize(
    ("interval", "expected"),
    [(("0.1", "9"), 1), (("0", "9"), 0), (("-9", "0"), 0), (("-1", "9"), 0)],
)
def test_an_interval_decides_before_the_p_value_and_its_ends_belong_to_it(
    interval: tuple[str, str], expected: int
) -> None:
    change = {"value": "4", "interval": interval, "unit": "points"}
    one = study("one", "randomised-controlled-trial", difference=change, p="0.001")
    assert direction(row(one), "higher") == expected


def test_no_effect_at_all_has_no_direction() -> None:
    same = {"value": "0", "unit": "points"}
    one = study("one", "randomised-controlled-trial", difference=same, p="0.001")
    assert direction(row(one), "higher") == 0
    ratio = study("r", "systematic-review", value="1", unit="risk ratio", p="0.001")
    assert direction(row(ratio), "higher") == 0


def test_the_larger_of_two_is_the_one_with_more_people_in_both_arms() -> None:
    arms = {"treated": {"events": 1, "n": 10}, "control": {"events": 1, "n": 90}}
    one = study("a", "randomised-controlled-trial", arms=SEVEN_TO_FIVE)
    rows = compared(
        FoundIn({"a": one, "b": study("b", "randomised-controlled-trial", arms=arms)}),
        [search()],
        "better",
    )
    assert [(each.study.id, people(each.finding)) for each in rows] == [("b", 100), ("a", 24)]


def test_a_ratio_is_held_against_one_and_a_difference_against_zero() -> None:
    assert direction(row(POOLED), "higher") == 1
    ratio = study(
        "r", "systematic-review", value="0.94", interval=["0.58", "1.5"], unit="rate ratio"
    )
    assert direction(row(ratio), "lower") == 0
    halved = {"value": "0.5", "interval": ["0.3", "0.8"], "unit": "risk ratio"}
    assert direction(row(study("h", "systematic-review", difference=halved)), "lower") == 1
    change = {"value": Decimal("-2.0"), "interval": ["-3.8", "-0.2"], "unit": "points"}
    assert direction(row(study("d", "systematic-review", difference=change)), "lower") == 1


@pytest.mark.parametrize(
    ("fields", "share"),
    [
        ({"events": 3, "n": 10}, True), ({"value": "30", "unit": "percent"}, True),
        ({"n": 10}, False), ({"events": 3}, False), ({"value": "3", "unit": "points"}, False),
    ],
)  # fmt: skip
def test_a_share_is_a_percentage_or_so_many_of_so_many(
    fields: dict[str, Any], *, share: bool
) -> None:
    assert is_share(study("one", "case-series", **fields).findings["better"]) is share


@pytest.mark.parametrize(
    ("kind", "fields", "group"),
    [
        ("randomised-controlled-trial", {"statement": "More got better."}, "randomised"),
        ("randomised-controlled-trial", {"p": "0.03"}, "randomised"),
        ("randomised-controlled-trial", {"events": 3, "n": 10}, "uncontrolled"),
        ("single-arm-trial", {"statement": "More got better."}, "uncontrolled"),
        ("single-arm-trial", {"arms": SEVEN_TO_FIVE}, "not-randomised"),
        ("randomised-controlled-trial", {"value": "5", "unit": "mean difference"}, "randomised"),
    ],
)
def test_a_result_is_a_comparison_by_its_parts_or_by_its_words_in_a_design_that_compares(
    kind: str, fields: dict[str, Any], group: str
) -> None:
    one = study("one", kind, **fields)
    assert group_of(one, one.findings["better"]) == group


def test_a_p_value_of_just_the_bound_counts_and_a_lower_bound_does_not() -> None:
    for printed, expected in (("0.05", 1), ("0.051", 0), ("<0.05", 1), (">0.01", 0), ("≥0.05", 0)):
        difference = {"value": "5", "unit": "percentage points"}
        one = study("one", "randomised-controlled-trial", difference=difference, p=printed)
        assert direction(row(one), "higher") == expected, printed


@pytest.mark.parametrize(
    ("interval", "expected"),
    [(("0", "9"), 0), (("0.1", "9"), 1), (("-9", "0"), 0), (("-9", "-0.1"), -1)],
)
def test_an_interval_that_ends_at_no_effect_does_not_leave_it_out(
    interval: tuple[str, str], expected: int
) -> None:
    value = "-5" if expected < 0 or interval[0] == "-9" else "5"
    difference = {"value": value, "interval": interval, "unit": "percentage points"}
    one = study("one", "randomised-controlled-trial", difference=difference)
    assert direction(row(one), "higher") == expected
    assert direction(row(one), "lower") == -expected


def test_the_searches_of_a_page_are_its_own_first_and_then_by_name() -> None:
    pages = {"b": ("other", "colds"), "a": ("other", "colds"), "z": ("colds", "other"),
             "no": ("other",)}  # fmt: skip
    searches = {
        name: search().model_copy(update={"id": name, "pages": named})
        for name, named in pages.items()
    }
    assert [each.id for each in searches_of(searches, "colds")] == ["z", "a", "b"]


@pytest.mark.parametrize(
    ("kind", "fields", "group"),
    [
        ("non-randomised-controlled-trial", {"statement": "More got better."}, "not-randomised"),
        ("randomised-controlled-trial", {"events": 3, "n": 10, "p": "0.03"}, "uncontrolled"),
        ("randomised-controlled-trial", {"value": "3", "unit": "points", "p": "0.03"},
         "uncontrolled"),
    ],
)  # fmt: skip
def test_a_number_of_one_group_with_a_p_value_is_no_comparison(
    kind: str, fields: dict[str, Any], group: str
) -> None:
    one = study("one", kind, **fields)
    assert group_of(one, one.findings["better"]) == group
