"""The difference of two proportions, against published worked examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.numbers.statistics.proportions import DifferenceResult, newcombe, wald

Pair = tuple[int, int]


@st.composite
def arm(draw: st.DrawFn) -> Pair:
    n = draw(st.integers(1, 500))
    return draw(st.integers(0, n)), n


def share(result: DifferenceResult) -> tuple[float, float]:
    return round(result.low / 100, 4), round(result.high / 100, 4)


# Newcombe RG. Interval estimation for the difference between independent proportions: comparison
# of eleven methods. Stat Med 1998;17:873-890, Table II, method 10 (hybrid score).
@pytest.mark.parametrize(
    ("treated", "control", "interval"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((10, 10), (0, 10), (0.6075, 1.0000)),
    ],
)
def test_the_hybrid_score_interval_is_the_one_newcombe_prints(
    treated: Pair, control: Pair, interval: tuple[float, float]
) -> None:
    assert share(newcombe(treated, control)) == interval


# The same table, method 1 (Wald).
@pytest.mark.parametrize(
    ("treated", "control", "interval"),
    [
        ((56, 70), (48, 80), (0.0575, 0.3425)),
        ((9, 10), (3, 10), (0.2605, 0.9395)),
        ((5, 56), (0, 29), (0.0146, 0.1640)),
    ],
)
def test_the_simple_interval_is_the_one_newcombe_prints(
    treated: Pair, control: Pair, interval: tuple[float, float]
) -> None:
    assert share(wald(treated, control)) == interval


def test_the_simple_interval_of_admire_cd_is_the_one_printed() -> None:
    result = wald((58, 103), (39, 101))
    assert [round(each, 1) for each in (result.points, result.low, result.high)] == [
        17.7,
        4.2,
        31.2,
    ]


@given(arm(), arm())
def test_both_methods_give_the_same_difference(treated: Pair, control: Pair) -> None:
    wanted = 100 * treated[0] / treated[1] - 100 * control[0] / control[1]
    assert wald(treated, control).points == pytest.approx(wanted, abs=1e-9)
    assert newcombe(treated, control).points == pytest.approx(wanted, abs=1e-9)


@given(arm(), arm())
def test_the_interval_holds_the_difference(treated: Pair, control: Pair) -> None:
    for result in (wald(treated, control), newcombe(treated, control)):
        assert result.low - 1e-9 <= result.points <= result.high + 1e-9


@given(arm(), arm())
def test_the_hybrid_score_interval_stays_within_100_points(treated: Pair, control: Pair) -> None:
    result = newcombe(treated, control)
    assert result.low >= -100 - 1e-9
    assert result.high <= 100 + 1e-9


@given(arm(), arm())
def test_exchanging_the_arms_turns_the_sign(treated: Pair, control: Pair) -> None:
    for method in (wald, newcombe):
        one, other = method(treated, control), method(control, treated)
        assert one.low == pytest.approx(-other.high, abs=1e-9)
        assert one.high == pytest.approx(-other.low, abs=1e-9)


@given(arm(), arm())
def test_a_higher_level_gives_a_wider_interval(treated: Pair, control: Pair) -> None:
    for method in (wald, newcombe):
        narrow, wide = method(treated, control, 90.0), method(treated, control, 99.0)
        assert wide.low <= narrow.low + 1e-9
        assert wide.high >= narrow.high - 1e-9


def test_the_level_and_the_method_are_named() -> None:
    assert wald((1, 2), (1, 2), 90.0).level == 90.0
    assert wald((1, 2), (1, 2)).method == "Wald interval"
    assert newcombe((1, 2), (1, 2)).method == "Newcombe hybrid score interval"


def test_an_empty_arm_is_refused_by_the_score_interval() -> None:
    with pytest.raises(ValueError, match="is not a proportion"):
        newcombe((0, 0), (1, 2))
