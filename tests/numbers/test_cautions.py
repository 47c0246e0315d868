"""What is said beside a pooled result that would mislead alone."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.numbers.pooling import Scale, beside_people, covers_all, far_from_people, of_pooled

NARROW, WIDE = (40.0, 60.0), (5.0, 90.0)


def said(k: int, interval: Any, prediction: Any = None, scale: Scale = "percent") -> list[str]:
    return [words.partition(":")[0] for words in of_pooled(k, interval, prediction, scale)]


@pytest.mark.parametrize(
    ("k", "words"),
    [(1, []), (2, ["Only two studies"]), (3, ["Only three studies"]), (4, []), (30, [])],
)
def test_two_and_three_studies_are_said_to_be_few(k: int, words: list[str]) -> None:
    assert said(k, NARROW) == words


def test_an_interval_over_nearly_the_whole_scale_is_said_to_say_nothing() -> None:
    assert said(9, WIDE, WIDE) == [
        "The interval covers nearly the whole scale",
        "The prediction interval covers nearly the whole scale",
    ]
    assert said(9, NARROW, NARROW) == []
    assert said(9, NARROW, WIDE) == ["The prediction interval covers nearly the whole scale"]


@pytest.mark.parametrize(
    ("low", "high", "scale", "all_of_it"),
    [
        (10, 90, "percent", True),
        (10, 89.9, "percent", False),
        (-74.5, 100, "points", True),
        (-60, 60, "points", False),
        (0.05, 5, "ratio", True),
        (0.1, 5, "ratio", False),
        (0, 5, "ratio", True),
        (-1e9, 1e9, "open", False),
    ],
)
def test_each_scale_has_its_own_whole(
    low: float, high: float, scale: Scale, *, all_of_it: bool
) -> None:
    assert covers_all(low, high, scale) is all_of_it


@pytest.mark.parametrize(
    ("percent", "events", "n", "far"),
    [
        (0.04, 38, 223, True),  # "0.0%" beside 17%
        (49.1, 112, 278, True),  # 40.3%: over 5 points
        (42.0, 112, 278, False),
        (2.0, 34, 1000, True),  # 3.4%: 1.7 times as many
        (98.0, 966, 1000, True),  # the same of those without
        (2.0, 25, 1000, False),
        (0.04, 1, 4000, False),  # both are printed as 0.0%
        (0.0, 0, 65, False),
        (100.0, 65, 65, False),
    ],
)
def test_the_study_in_the_middle_is_far_from_all_people_by_rule(
    percent: float, events: int, n: int, *, far: bool
) -> None:
    assert far_from_people(percent, events, n) is far


def test_the_plain_share_is_always_said_as_people() -> None:
    assert beside_people(33.0, 48, 145) == "48 of 145 people (33.1%)"
    assert beside_people(0.04, 38, 223) == (
        "38 of 223 people (17%), which differs much from the 0.0% in a study in the middle"
    )
