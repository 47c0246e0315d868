"""Studies with few events pooled: metafor's published output, properties, and what is refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.numbers.statistics.effect import log_odds_ratio, log_risk_ratio
from evidence.numbers.statistics.pooling import PooledResult
from evidence.numbers.statistics.rates import exact_rate, log_rate_ratio, rate_difference
from evidence.numbers.statistics.sparse_events import (
    mantel_haenszel_odds_ratio,
    mantel_haenszel_rate_ratio,
    mantel_haenszel_risk_difference,
    mantel_haenszel_risk_ratio,
    peto_odds_ratio,
)
from tests.numbers.statistics.references import read, rounded

BCG = next(case for case in read("comparison")["shipped"] if case["name"] == "dat.bcg")["data"]
ARMS = [
    ((a, n1), (c, n2))
    for a, n1, c, n2 in zip(BCG["a"], BCG["n1"], BCG["c"], BCG["n2"], strict=True)
]
POOLS: list[Callable[[Any], PooledResult]] = [
    mantel_haenszel_odds_ratio,
    mantel_haenszel_risk_ratio,
    mantel_haenszel_risk_difference,
    peto_odds_ratio,
]


def test_the_vaccine_trials_are_pooled_as_metafor_prints_them() -> None:
    # help(rma.mh) and help(rma.peto) of metafor: the output of their examples
    ratio, odds = mantel_haenszel_risk_ratio(ARMS), mantel_haenszel_odds_ratio(ARMS)
    assert rounded(4, ratio.estimate, ratio.standard_error) == [-0.4537, 0.0393]
    assert rounded(4, odds.estimate, odds.standard_error) == [-0.4734, 0.0410]
    peto = peto_odds_ratio(ARMS)
    assert rounded(4, peto.estimate, peto.standard_error) == [-0.4744, 0.0407]
    assert rounded(2, ratio.heterogeneity.q, peto.heterogeneity.q) == [152.57, 167.73]


@pytest.mark.parametrize("pool", POOLS)
def test_one_study_alone_has_no_spread_and_all_the_weight(pool: Any) -> None:
    found = pool(ARMS[:1])
    assert found.weights == (100.0,)
    assert [found.heterogeneity.q, found.heterogeneity.degrees, found.heterogeneity.p] == [0, 0, 1]
    assert found.prediction_low is found.prediction_high is None


def test_one_study_alone_has_the_ratio_of_its_counts() -> None:
    treated, control = ARMS[0]
    assert mantel_haenszel_odds_ratio(ARMS[:1]).estimate == pytest.approx(
        log_odds_ratio(treated, control).estimate
    )
    assert mantel_haenszel_risk_ratio(ARMS[:1]).standard_error ** 2 == pytest.approx(
        log_risk_ratio(treated, control).variance
    )


ARM = st.integers(2, 60).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n)))


@given(st.lists(st.tuples(ARM, ARM), min_size=1, max_size=6), st.integers(2, 50))
def test_a_study_without_any_event_changes_no_ratio(studies: Any, n: int) -> None:
    for pool in (mantel_haenszel_odds_ratio, mantel_haenszel_risk_ratio, peto_odds_ratio):
        bare, more = pool(studies), pool([*studies, ((0, n), (0, n))])
        assert more.estimate == bare.estimate
        assert more.standard_error == pytest.approx(bare.standard_error, rel=1e-12)
        assert more.heterogeneity.q == bare.heterogeneity.q
        assert more.weights[-1] == 0


@given(st.lists(st.tuples(ARM, ARM), min_size=1, max_size=6))
def test_arms_exchanged_turn_every_effect_round(studies: Any) -> None:
    turned = [(control, treated) for treated, control in studies]
    for pool in POOLS:
        there, back = pool(studies), pool(turned)
        assert there.estimate == pytest.approx(-back.estimate, abs=1e-12)
        assert there.standard_error == pytest.approx(back.standard_error)


@pytest.mark.parametrize(
    ("pool", "studies", "sentence"),
    [
        (mantel_haenszel_odds_ratio, [((0, 5), (2, 5))], "the common odds ratio is 0 or infinite"),
        (mantel_haenszel_risk_ratio, [((2, 5), (0, 5))], "the common risk ratio is 0 or infinite"),
        (mantel_haenszel_risk_ratio, [((5, 5), (5, 5))], "the arms do not vary"),
        (mantel_haenszel_risk_difference, [((0, 5), (0, 5))], "the arms do not vary"),
        (peto_odds_ratio, [((0, 5), (0, 5))], "no study has both an event and somebody without"),
        (mantel_haenszel_rate_ratio, [((0, 5.0), (3, 5.0))], "the common rate ratio is 0"),
        (mantel_haenszel_rate_ratio, [], "there is no study to pool"),
        (peto_odds_ratio, [], "there is no study to pool"),
        (peto_odds_ratio, [((6, 5), (0, 5))], "6 events among 5 is not a proportion"),
    ],
)
def test_what_cannot_be_pooled_is_refused_in_a_sentence(
    pool: Any, studies: Any, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        pool(studies)


# Rates


def test_a_rate_ratio_is_as_in_rothman() -> None:
    # Rothman and Greenland, Modern epidemiology, 1998, Table 14-1: breast cancer after fluoroscopy,
    # 41 in 28,010 person-years against 15 in 19,017
    effect = log_rate_ratio((41, 28_010.0), (15, 19_017.0))
    assert rounded(2, math.exp(effect.estimate)) == [1.86]
    half = 1.959964 * math.sqrt(effect.variance)
    ends = math.exp(effect.estimate - half), math.exp(effect.estimate + half)
    assert rounded(2, *ends) == [1.03, 3.35]


def test_a_rate_has_its_exact_interval() -> None:
    # Garwood 1936, as Ulm tabulates it: 0 events up to 3.689, 10 events 4.795 to 18.390
    none, ten = exact_rate(0, 1.0), exact_rate(10, 2.0)
    assert rounded(3, none.low, none.high) == [0.0, 3.689]
    assert rounded(3, 2 * ten.low, 2 * ten.high) == [4.795, 18.390]
    assert ten.rate == 5.0


def test_an_arm_without_events_has_a_half_for_the_variance_alone_in_a_difference() -> None:
    effect = rate_difference((0, 10.0), (4, 20.0))
    assert effect.adjusted
    assert effect.estimate == -0.2
    assert effect.variance == pytest.approx(0.5 / 100 + 4.5 / 400)


@pytest.mark.parametrize("arm", [(-1, 5.0), (1, 0.0), (1, math.inf), (1, math.nan)])
def test_what_is_no_rate_is_refused(arm: Any) -> None:
    for effect in (log_rate_ratio, rate_difference):
        with pytest.raises(ValueError, match="is not a rate"):
            effect(arm, (1, 5.0))
    with pytest.raises(ValueError, match="is not a rate"):
        exact_rate(*arm)
