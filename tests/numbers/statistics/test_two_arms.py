"""Ratios, numbers needed to treat and p-values of two arms, against published examples and R."""

from __future__ import annotations

import math
from typing import Any

import pytest

from evidence.numbers.statistics.effect import (
    PValueResult,
    chi_squared,
    difference_z,
    fisher_exact,
    odds_ratio,
    risk_difference,
    risk_ratio,
)
from evidence.numbers.statistics.proportions import (
    DifferenceResult,
    newcombe,
    number_needed_to_treat,
    wald,
)
from tests.numbers.statistics.references import near, read, rounded

Pair = tuple[int, int]
TABLES = read("two_arms")
ADMIRE_CD = (58, 103), (39, 101)
ADMIRE_CD_II = (138, 283), (132, 285)
DENG_2017 = (9, 12), (5, 6)
# Agresti, An introduction to categorical data analysis, 2nd ed. 2007, Table 2.3: heart attacks
# among physicians, placebo and aspirin
PHYSICIANS = (189, 11034), (104, 11037)


def name(case: dict[str, Any]) -> str:
    (a, n), (c, m) = case["treated"], case["control"]
    return f"{a}/{n} and {c}/{m}"


@pytest.mark.parametrize("case", TABLES, ids=name)
def test_ratios_are_those_of_metafor(case: dict[str, Any]) -> None:
    for method, key in ((risk_ratio, "log_risk_ratio"), (odds_ratio, "log_odds_ratio")):
        result, wanted = method(tuple(case["treated"]), tuple(case["control"])), case[key]
        ends = [math.log(each) for each in (result.ratio, result.low, result.high)]
        assert ends == near([wanted["estimate"], wanted["low"], wanted["high"]])


@pytest.mark.parametrize("case", TABLES, ids=name)
def test_the_variance_of_a_difference_is_that_of_metafor_with_a_cell_of_0_too(
    case: dict[str, Any],
) -> None:
    (a, n), (c, m) = case["treated"], case["control"]
    found = risk_difference((a, n), (c, m))
    assert found.variance == near(case["risk_difference_variance"])
    assert found.estimate == near(a / n - c / m)  # what was seen, which metafor changes


@pytest.mark.parametrize(
    ("arms", "fault"),
    [
        (((0, 1), (1, 1)), "it has no width"),
        (((10, 10), (0, 12)), "it has no width"),
        (((3, 4), (0, 4)), "it leaves the scale"),
        (((1, 1), (0, 1)), "it has no width"),
        (ADMIRE_CD, ""),
    ],
)
def test_a_wald_interval_that_should_not_be_printed_says_why(
    arms: tuple[Pair, Pair], fault: str
) -> None:
    found = wald(*arms).fault
    assert found.startswith(fault)
    assert bool(found) == bool(fault)
    assert not newcombe(*arms).fault


@pytest.mark.parametrize("case", TABLES, ids=name)
def test_p_values_are_those_of_r(case: dict[str, Any]) -> None:
    arms = tuple(case["treated"]), tuple(case["control"])
    assert chi_squared(*arms).p == near(case["chi_squared"])
    assert chi_squared(*arms, correction=True).p == near(case["chi_squared_corrected"])
    assert fisher_exact(*arms).p == near(case["fisher"])


# Newcombe, Stat Med 1998;17:873-890, Table II, method 10: the rows that test_difference leaves
@pytest.mark.parametrize(
    ("treated", "control", "interval"),
    [
        ((6, 7), (2, 7), [0.0582, 0.8062]),
        ((0, 10), (0, 20), [-0.1611, 0.2775]),
        ((0, 10), (0, 10), [-0.2775, 0.2775]),
        ((10, 10), (0, 20), [0.6791, 1.0]),
    ],
)
def test_the_hybrid_score_interval_at_the_edges_is_newcombes(
    treated: Pair, control: Pair, interval: list[float]
) -> None:
    result = newcombe(treated, control)
    assert rounded(4, result.low / 100, result.high / 100) == interval


def test_heart_attacks_of_physicians_are_as_agresti_prints_them() -> None:
    # Agresti 2007, sections 2.2 and 2.3: pages 27 to 31
    difference = wald(*PHYSICIANS)
    assert rounded(4, difference.points / 100) == [0.0077]
    assert rounded(3, difference.low / 100, difference.high / 100) == [0.005, 0.011]
    risk, odds = risk_ratio(*PHYSICIANS), odds_ratio(*PHYSICIANS)
    assert rounded(2, risk.ratio, risk.low, risk.high) == [
        1.82,
        1.43,
        2.31,
    ]  # 2.30 there, from 0.835
    assert rounded(2, odds.ratio, odds.low, odds.high) == [1.83, 1.44, 2.33]


# Rothman, Greenland and Lash, Modern epidemiology, 3rd ed. 2008, Table 15-1: deaths with
# tolbutamide and placebo by age, to the digits of metafor's test of that example
@pytest.mark.parametrize(
    ("treated", "control", "risk"),
    [
        ((8, 106), (5, 120), [1.8113, 0.6112, 5.3679]),
        ((22, 98), (16, 85), [1.1926, 0.6713, 2.1188]),
        ((30, 204), (21, 205), [1.4356, 0.8510, 2.4216]),
    ],
)
def test_deaths_with_tolbutamide_are_as_rothman_prints_them(
    treated: Pair, control: Pair, risk: list[float]
) -> None:
    result = risk_ratio(treated, control)
    assert rounded(4, result.ratio, result.low, result.high) == risk


def test_the_rule_for_a_cell_of_0_is_said_in_the_method() -> None:
    assert odds_ratio((5, 56), (0, 29)).method.endswith("1/2 added to each cell because one is 0")
    assert "1/2" not in odds_ratio((5, 56), (1, 29)).method


def test_arms_that_say_nothing_about_a_ratio_are_refused() -> None:
    with pytest.raises(ValueError, match="no event in either arm"):
        risk_ratio((0, 10), (0, 12))
    for arms in (((0, 10), (0, 12)), ((10, 10), (12, 12))):
        with pytest.raises(ValueError, match="the same outcome throughout"):
            odds_ratio(*arms)
    assert risk_ratio((10, 10), (12, 12)).ratio == pytest.approx(1, abs=0.01)


# ------------------------------------------------------------------ number needed to treat


def needed(points: float, low: float, high: float, *, good: bool = True) -> str:
    difference = DifferenceResult(points, low, high, 95.0, "Wald interval")
    return number_needed_to_treat(difference, events_are_good=good).words


def test_an_interval_that_holds_no_effect_goes_through_infinity_as_in_altman() -> None:
    # Altman, BMJ 1998;317:1309-1312: an absolute risk reduction of 10% (-5% to 25%)
    assert needed(10, -5, 25) == "NNTB 10 (95% CI NNTB 4 to infinity to NNTH 20)"
    # The same, when the events are bad and treatment has fewer
    assert needed(-10, -25, 5, good=False) == "NNTB 10 (95% CI NNTB 4 to infinity to NNTH 20)"


def test_an_interval_without_no_effect_is_turned_over_as_in_barrowman() -> None:
    # Barrowman, CMAJ 2002;166:1676: a reduction of 16.6% (0.9% to 32.2%) gives about 6, from
    # 3.1 to 111.1
    result = number_needed_to_treat(
        DifferenceResult(16.6, 0.9, 32.2, 95.0, "Wald interval"), events_are_good=True
    )
    people = [each.people for each in (result.number, result.best, result.worst)]
    assert rounded(1, *people) == [6.0, 3.1, 111.1]
    assert result.words == "NNTB 6 (95% CI 3.1 to 111)"
    assert not result.crosses


def test_harm_is_called_harm() -> None:
    assert needed(16.6, 0.9, 32.2, good=False) == "NNTH 6 (95% CI 3.1 to 111)"
    assert needed(-10, -25, 5) == "NNTH 10 (95% CI NNTB 20 to infinity to NNTH 4)"


def test_no_difference_needs_infinitely_many() -> None:
    assert needed(0, -5, 5) == "infinity (95% CI NNTB 20 to infinity to NNTH 20)"
    assert needed(10, 0, 20) == "NNTB 10 (95% CI 5 to infinity)"


def test_the_number_needed_to_treat_in_admire_cd() -> None:
    result = number_needed_to_treat(wald(*ADMIRE_CD), events_are_good=True)
    assert result.words == "NNTB 5.7 (95% CI 3.2 to 23.8)"
    assert result.method.endswith("ends of its Wald interval")


# ------------------------------------------------------------------ p-values


def test_the_lady_tasting_tea_cannot_be_told_from_chance() -> None:
    # Fisher, The design of experiments, 1935, chapter 2; two-sided 0.486 in Agresti 2007
    result = fisher_exact((3, 4), (1, 4))
    assert rounded(4, result.p) == [0.4857]
    assert result.statistic is None


def test_the_p_value_printed_for_admire_cd_is_that_of_the_unpooled_z_test() -> None:
    # Printed: P = 0.010 for 17.7 points (4.2 to 31.2); the other tests give 0.011 to 0.017
    assert rounded(3, difference_z(*ADMIRE_CD, pooled=False).p) == [0.010]
    others = (
        difference_z(*ADMIRE_CD),
        chi_squared(*ADMIRE_CD),
        chi_squared(*ADMIRE_CD, correction=True),
        fisher_exact(*ADMIRE_CD),
    )
    assert rounded(3, *(each.p for each in others)) == [0.011, 0.011, 0.017, 0.012]


def test_admire_cd_ii_is_as_printed() -> None:
    # Printed: 48.8% and 46.3%, difference 2.4 points (-5.8 to 10.7)
    result = wald(*ADMIRE_CD_II)
    assert rounded(1, result.points, result.low, result.high) == [2.4, -5.8, 10.7]
    words = number_needed_to_treat(result, events_are_good=True).words
    assert words == "NNTB 40.9 (95% CI NNTB 9.4 to infinity to NNTH 17.3)"


def test_the_24_week_result_of_admire_cd_has_an_interval_of_97_5_percent() -> None:
    # Printed: 51.5% and 35.6%, difference 15.8 points (97.5% CI 0.5 to 31.2), P = 0.021, which is
    # that of the unpooled z test here too
    arms = (53, 103), (36, 101)
    result = wald(*arms, 97.5)
    assert rounded(1, result.points, result.low, result.high) == [15.8, 0.5, 31.2]
    assert rounded(3, difference_z(*arms, pooled=False).p) == [0.021]


def test_deng_2017_shows_no_difference() -> None:
    result = wald(*DENG_2017)
    assert rounded(1, result.points, result.low, result.high) == [-8.3, -46.9, 30.3]
    assert fisher_exact(*DENG_2017).p == 1.0
    assert rounded(3, chi_squared(*DENG_2017).p) == [0.688]


def test_tests_without_anything_to_compare_give_1() -> None:
    for arms in (((0, 10), (0, 12)), ((10, 10), (12, 12))):
        for p in (
            chi_squared(*arms).p,
            chi_squared(*arms, correction=True).p,
            fisher_exact(*arms).p,
            difference_z(*arms).p,
            difference_z(*arms, pooled=False).p,
        ):
            assert p == 1.0
    assert difference_z((10, 10), (0, 12), pooled=False).p == 0.0


@pytest.mark.parametrize("arm", [(3, 2), (-1, 2), (0, 0)])
def test_impossible_counts_are_refused(arm: Pair) -> None:
    for method in (wald, newcombe, risk_ratio, odds_ratio, chi_squared, fisher_exact, difference_z):
        for arms in ((arm, (1, 2)), ((1, 2), arm)):
            with pytest.raises(ValueError, match="is not a proportion"):
                method(*arms)


def test_where_a_margin_is_empty_the_statistic_is_0_and_p_is_1() -> None:
    assert chi_squared((0, 5), (0, 6)) == PValueResult(1.0, 0.0, "chi-squared test")
    corrected = "chi-squared test with continuity correction"
    assert chi_squared((5, 5), (6, 6), correction=True) == PValueResult(1.0, 0.0, corrected)
