from __future__ import annotations

import itertools

from evidence.figures.effect_axis import LEAST_STEP, apart, limited
from evidence.figures.measures import AxisScale, linear, ratios


def test_numbers_that_would_touch_are_left_out_evenly_on_both_sides_of_zero() -> None:
    scale = AxisScale(-75, 75, 0, 150, (-75, -50, -25, 0, 25, 50, 75))
    assert apart(scale).ticks == (-50, 0, 50)


def test_numbers_with_room_all_stay() -> None:
    scale = AxisScale(0, 100, 0, 400, (0, 25, 50, 75, 100))
    assert apart(scale).ticks == scale.ticks


def test_of_a_logarithmic_axis_one_and_ten_stay() -> None:
    scale = apart(ratios([0.2, 12], 0, 120, most=12))
    assert {1.0, 10.0} <= set(scale.ticks)
    places = [scale.at(tick) for tick in scale.ticks]
    assert all(b - a >= LEAST_STEP for a, b in itertools.pairwise(places))


def test_an_axis_ends_where_the_editor_asks() -> None:
    scale = limited(linear([-90.0, 90.0], 0, 100), (-20, 40))
    assert (scale.low, scale.high) == (-20, 40)
    assert all(-20 <= tick <= 40 for tick in scale.ticks)
