from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.figures.measures import linear, percentages, ratios

numbers = st.lists(st.floats(-1e6, 1e6).map(lambda number: round(number, 3)), min_size=1)
positive = st.lists(st.floats(0.001, 1e4), min_size=1)


@given(numbers)
def test_a_scale_holds_its_numbers_and_zero(held: list[float]) -> None:
    scale = linear([*held], 10, 200)
    for number in (*held, 0):
        assert 10 - 1e-6 <= scale.at(number) <= 200 + 1e-6
    assert 2 <= len(scale.ticks) <= 8
    assert scale.ticks == tuple(sorted(scale.ticks))


@given(positive)
def test_a_scale_of_ratios_holds_its_numbers_and_stands_on_both_sides_of_one(
    held: list[float],
) -> None:
    scale = ratios([*held], 10, 200)
    assert scale.low < 1 < scale.high
    for number in held:
        assert 10 - 1e-6 <= scale.at(number) <= 200 + 1e-6
    assert 1 in scale.ticks


def test_equal_ratios_are_equally_far_apart() -> None:
    scale = ratios([0.5, 2], 0, 100)
    assert scale.at(1) - scale.at(0.5) == pytest.approx(scale.at(2) - scale.at(1))


def test_the_whole_runs_from_0_to_100() -> None:
    scale = percentages(50, 250)
    assert [scale.at(tick) for tick in scale.ticks] == [50, 100, 150, 200, 250]


@pytest.mark.parametrize(
    ("held", "ticks"),
    [
        ([73], (0, 20, 40, 60, 80)),
        ([-5.8, 31.2], (-10, 0, 10, 20, 30, 40)),
        ([0.4], (0, 0.1, 0.2, 0.3, 0.4)),
        ([0], (0, 0.2, 0.4, 0.6, 0.8, 1)),
    ],
)
def test_ticks_are_round_numbers(held: list[float], ticks: tuple[float, ...]) -> None:
    assert linear([*held], 0, 1).ticks == pytest.approx(ticks)
