"""Of 100 people: what ratios and differences make of a risk, against published worked examples."""

from __future__ import annotations

import math

import pytest

from evidence.numbers.absolute_effects import (
    Amount,
    Needed,
    Ratio,
    at_baseline,
    baselines_of,
    needed_to_treat,
    risks_of,
)


def ratio(measure: str, value: float, *ends: float) -> Ratio:
    low, high = ends or (None, None)
    return Ratio(measure, Amount(value, low, high, 95))


@pytest.mark.parametrize(
    ("measure", "value", "fewer", "needed"),
    [("risk ratio", 0.92, 2.4, 42), ("odds ratio", 0.73, 6.2, 17)],
)
def test_a_ratio_at_a_risk_agrees_with_the_examples_of_the_cochrane_handbook(
    measure: str, value: float, fewer: float, needed: int
) -> None:
    # Cochrane Handbook 5.1, 12.5.4.2 and 12.5.4.3: risk 0.3 without treatment, 24 and 62 fewer per 1000
    risks = at_baseline(30, ratio(measure, value), "own", "trial/event")
    assert risks is not None
    assert round(-risks.difference.value, 1) == fewer
    assert math.ceil(100 / -risks.difference.value) == needed


@pytest.mark.parametrize(("difference", "people"), [(-12.0, 9), (-22.0, 5), (20.0, 5)])
def test_a_number_needed_to_treat_is_rounded_up(difference: float, people: int) -> None:
    # Cochrane Handbook 5.1, 12.5.4.1: a risk difference of -0.12 gives 9, of -0.22 gives 5
    needed = needed_to_treat(Amount(difference, difference - 1, difference + 1, 95))
    assert needed is not None
    assert needed.people == people


def test_the_interval_of_a_number_needed_to_treat_is_that_of_the_difference() -> None:
    # 100 / 20, and 100 / 40 and 100 / 8
    assert needed_to_treat(Amount(20, 8, 40, 95)) == Needed(5, (3, 13))
    assert needed_to_treat(Amount(-20, -40, -8, 95)) == Needed(5, (3, 13))


@pytest.mark.parametrize("ends", [(-1.0, 31.0), (0.0, 31.0), (-31.0, 0.0)])
def test_an_interval_that_includes_0_has_no_number_needed_to_treat(
    ends: tuple[float, float],
) -> None:
    assert needed_to_treat(Amount(15, *ends, 95)) is None


def test_a_difference_without_an_interval_has_no_number_needed_to_treat() -> None:
    assert needed_to_treat(Amount(15)) is None


def test_the_ends_of_a_ratio_are_the_ends_of_risk_and_difference() -> None:
    # 40 x 0.66 = 26.4; 40 x 0.49 = 19.6; 40 x 0.89 = 35.6
    risks = at_baseline(40, ratio("risk ratio", 0.66, 0.49, 0.89), "lowest", "trial/event")
    assert risks is not None
    assert risks.treated.value == pytest.approx(26.4)
    assert risks.treated.ends == pytest.approx((19.6, 35.6))
    assert risks.difference.ends == pytest.approx((-20.4, -4.4))
    assert risks.needed == Needed(8, (5, 23))


def test_a_ratio_that_would_give_more_than_everybody_gives_no_risk() -> None:
    assert at_baseline(60, ratio("risk ratio", 2.0, 1.5, 3.0), "own", "trial/event") is None


def test_the_end_of_an_interval_is_cut_at_everybody() -> None:
    risks = at_baseline(60, ratio("risk ratio", 1.5, 1.1, 3.0), "own", "trial/event")
    assert risks is not None
    assert risks.treated.ends == pytest.approx((66, 100))
    assert risks.difference.ends == pytest.approx((6, 40))


def test_an_odds_ratio_at_a_risk_of_everybody_stays_there() -> None:
    risks = at_baseline(100, ratio("odds ratio", 0.5, 0.2, 0.9), "own", "trial/event")
    assert risks is not None
    assert risks.treated.value == 100


def test_a_difference_moves_the_risk_of_the_control_arm() -> None:
    risks = risks_of(34.0, Amount(15.0, 2.0, 28.0, 95), "own", "trial/event")
    assert (risks.without, risks.treated.value) == (34.0, 49.0)


def test_risks_that_lie_apart_are_both_shown() -> None:
    risks = [(49.0, "c/e"), (35.0, "a/e"), (43.0, "b/e")]
    assert baselines_of(risks) == [(35.0, "a/e", "lowest"), (49.0, "c/e", "highest")]


def test_risks_that_lie_near_are_shown_by_the_middle_one() -> None:
    risks = [(39.0, "c/e"), (35.0, "a/e"), (36.0, "b/e")]
    assert baselines_of(risks) == [(36.0, "b/e", "middle")]


def test_risks_lie_apart_from_ten_people_of_100_on() -> None:
    assert len(baselines_of([(30.0, "a/e"), (39.9, "b/e")])) == 1
    assert len(baselines_of([(30.0, "a/e"), (40.0, "b/e")])) == 2


def test_without_a_trial_there_is_no_baseline() -> None:
    assert baselines_of([]) == []
