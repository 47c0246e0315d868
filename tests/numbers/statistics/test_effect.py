"""The effect of one study and its variance, against metafor's escalc and printed tables."""

from __future__ import annotations

import math
from typing import Any

import pytest

from evidence.numbers.statistics import effect
from evidence.numbers.statistics.distribution import normal_quantile
from tests.numbers.statistics.examples import LIDOCAINE
from tests.numbers.statistics.references import near, read, rounded

TABLES = read("two_arms")
PROPORTIONS = read("pooled_proportion")


@pytest.mark.parametrize("measure", ["log_risk_ratio", "log_odds_ratio", "risk_difference"])
@pytest.mark.parametrize("case", TABLES, ids=lambda case: f"{case['treated']} {case['control']}")
def test_effects_of_two_arms_are_those_of_metafor(case: dict[str, Any], measure: str) -> None:
    wanted = case[measure]
    if wanted is None:  # metafor adds 1/2 to a risk difference with a cell of 0; we do not
        return
    result = getattr(effect, measure)(tuple(case["treated"]), tuple(case["control"]))
    assert [result.estimate, result.variance] == near([wanted["estimate"], wanted["variance"]])


@pytest.mark.parametrize("case", PROPORTIONS, ids=lambda case: case["set"])
def test_double_arcsines_are_those_of_metafor(case: dict[str, Any]) -> None:
    made = [effect.freeman_tukey(*pair) for pair in zip(case["events"], case["n"], strict=True)]
    assert [each.estimate for each in made] == near(case["freeman_tukey"]["estimates"])
    assert [each.variance for each in made] == near(case["freeman_tukey"]["variances"])


def test_the_first_bcg_trial_is_as_metafor_prints_it() -> None:
    # Aronson 1948 in dat.bcg; the digits are those of metafor's test of escalc
    arms = (4, 123), (11, 139)
    risk, odds = effect.log_risk_ratio(*arms), effect.log_odds_ratio(*arms)
    assert rounded(4, risk.estimate, risk.variance) == [-0.8893, 0.3256]
    assert rounded(4, math.sqrt(risk.variance), math.sqrt(odds.variance)) == [0.5706, 0.5976]
    z = normal_quantile(95.0)
    for each, ends in ((risk, [-2.0077, 0.2290]), (odds, [-2.1100, 0.2326])):
        half = z * math.sqrt(each.variance)
        assert rounded(4, each.estimate - half, each.estimate + half) == ends


def test_deaths_with_lidocaine_are_as_normand_prints_them() -> None:
    # Normand, Stat Med 1999;18:321-359, Table III: points, variances and intervals
    effects = [effect.risk_difference(*arms) for arms in LIDOCAINE]
    points = rounded(4, *(100 * each.estimate for each in effects))
    assert points == [2.8026, 0.0, 1.9711, 1.7961, 3.5334, 4.4031]
    variances = rounded(4, *(10000 * each.variance for each in effects))
    assert variances == [17.7575, 37.5657, 8.1323, 10.8998, 8.0114, 6.1320]
    halves = [normal_quantile(95.0) * 100 * math.sqrt(each.variance) for each in effects]
    lows = [100 * each.estimate - half for each, half in zip(effects, halves, strict=True)]
    highs = [100 * each.estimate + half for each, half in zip(effects, halves, strict=True)]
    assert rounded(1, *lows) == [-5.5, -12.0, -3.6, -4.7, -2.0, -0.5]
    assert rounded(1, *highs) == [11.1, 12.0, 7.6, 8.3, 9.1, 9.3]


def test_risk_differences_with_tolbutamide_are_as_rothman_prints_them() -> None:
    # Rothman, Greenland and Lash 2008, Table 15-1: differences and their standard errors
    for arms, printed in (
        (((8, 106), (5, 120)), [0.034, 0.0315]),
        (((22, 98), (16, 85)), [0.036, 0.0598]),
        (((30, 204), (21, 205)), [0.045, 0.0326]),
    ):
        result = effect.risk_difference(*arms)
        assert [round(result.estimate, 3), round(math.sqrt(result.variance), 4)] == printed


def test_arcsines_are_as_miller_prints_them() -> None:
    # Miller, Am Stat 1978;32:138: without the factor 1/2 used here
    made = [effect.freeman_tukey(*pair) for pair in ((3, 11), (6, 17), (10, 21), (1, 6))]
    assert rounded(4, *(2 * each.estimate for each in made)) == [1.1391, 1.2888, 1.5253, 0.9515]
    assert rounded(4, *(4 * each.variance for each in made)) == [0.0870, 0.0571, 0.0465, 0.1538]


def test_a_risk_difference_without_variance_gets_one_and_keeps_its_estimate() -> None:
    result = effect.risk_difference((10, 10), (0, 12))
    assert result.estimate == 1.0
    assert result.adjusted
    # Cells 10.5 and 0.5 of 11, 0.5 and 12.5 of 13
    assert result.variance == pytest.approx(10.5 * 0.5 / 11**3 + 0.5 * 12.5 / 13**3)
    # and so when one arm alone has none, which would else be known without error
    assert effect.risk_difference((10, 10), (1, 12)).adjusted
    assert not effect.risk_difference((9, 10), (1, 12)).adjusted


def test_an_arm_without_events_does_not_make_a_small_study_outweigh_a_large_one() -> None:
    small = effect.risk_difference((0, 5), (1, 500)).variance
    assert small > effect.risk_difference((40, 200), (50, 200)).variance
    assert small > 100 * (0.002 * 0.998 / 500)  # what the control arm alone would give


def test_no_event_and_nothing_else_have_a_logit_all_the_same() -> None:
    # 1/2 is added to both counts: metafor's escalc("PLO", xi = c(0, 10), ni = 10)
    for events, sign in ((0, -1), (10, 1)):
        result = effect.logit_proportion(events, 10)
        assert rounded(4, result.estimate, result.variance) == [sign * 3.0445, 2.0952]
        assert result.adjusted


@pytest.mark.parametrize("events", [0, 4, 10])
def test_a_double_arcsine_turned_back_is_the_share(events: int) -> None:
    value = effect.freeman_tukey(events, 10).estimate
    assert effect.share_from_double_arcsine(value, 10) == pytest.approx(events / 10, abs=1e-12)
    assert effect.share_from_double_arcsine(-1, 10) == 0.0
    assert effect.share_from_double_arcsine(2, 10) == 1.0
