"""What holds of every comparison of two arms and of every proportion, whatever the counts."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evidence.numbers.statistics.distribution import IDENTITY, LOG, expit, exponential, log, logit
from evidence.numbers.statistics.effect import (
    chi_squared,
    difference_z,
    double_arcsine,
    fisher_exact,
    odds_ratio,
    risk_ratio,
    share_from_double_arcsine,
)
from evidence.numbers.statistics.printed import interval_from_p, p_from_interval
from evidence.numbers.statistics.proportions import (
    clopper_pearson,
    jeffreys,
    newcombe,
    number_needed_to_treat,
    wald,
    wilson,
)

Pair = tuple[int, int]


@st.composite
def arms(draw: st.DrawFn, largest: int = 500, least: int = 0) -> Pair:
    n = draw(st.integers(max(1, 2 * least), largest))
    return draw(st.integers(least, n - least)), n


@given(arms(least=1), arms(least=1))
def test_exchanging_the_arms_turns_ratios_over_and_keeps_p_values(one: Pair, two: Pair) -> None:
    for method in (risk_ratio, odds_ratio):
        here, there = method(one, two), method(two, one)
        assert here.ratio == pytest.approx(1 / there.ratio)
        assert here.low == pytest.approx(1 / there.high)
    for test in (chi_squared, fisher_exact, difference_z):
        assert test(one, two).p == pytest.approx(test(two, one).p, rel=1e-9, abs=1e-300)


@given(arms(), arms())
def test_exchanging_the_arms_turns_benefit_into_harm(one: Pair, two: Pair) -> None:
    here = number_needed_to_treat(newcombe(one, two), events_are_good=True)
    there = number_needed_to_treat(newcombe(one, two), events_are_good=False)
    assert here.number.people == there.number.people
    assert (here.best.people, here.worst.people) == (there.worst.people, there.best.people)
    assert here.crosses == there.crosses
    if math.isfinite(here.number.people):
        assert {here.number.kind, there.number.kind} == {"NNTB", "NNTH"}


@given(arms(), arms(), st.integers(2, 50))
def test_more_people_give_narrower_intervals(one: Pair, two: Pair, times: int) -> None:
    more = [(events * times, n * times) for events, n in (one, two)]
    for method in (wald, newcombe):
        few, many = method(one, two), method(more[0], more[1])
        assert many.high - many.low <= few.high - few.low + 1e-9
    for single in (wilson, clopper_pearson, jeffreys):
        assert width(single(*more[0])) < width(single(*one)) + 1e-9


def width(result: object) -> float:
    return float(getattr(result, "high") - getattr(result, "low"))  # noqa: B009 - three kinds


@given(arms(least=1), arms(least=1), st.integers(2, 50))
def test_more_people_give_narrower_ratios(one: Pair, two: Pair, times: int) -> None:
    more = [(events * times, n * times) for events, n in (one, two)]
    for method in (risk_ratio, odds_ratio):
        few, many = method(one, two), method(more[0], more[1])
        assert many.high / many.low < few.high / few.low


@given(arms(2000), st.sampled_from([80.0, 95.0, 99.0]))
def test_the_jeffreys_interval_lies_within_the_exact_one(pair: Pair, level: float) -> None:
    exact, other = clopper_pearson(*pair, level), jeffreys(*pair, level)
    assert exact.low <= other.low + 1e-9
    assert other.high <= exact.high + 1e-9
    assert other.low <= other.percent + 1e-9
    assert other.percent - 1e-9 <= other.high


@pytest.mark.parametrize("n", [10**6, 10**9, 10**12])
def test_huge_samples_give_all_methods_the_same_interval(n: int) -> None:
    events = n // 3
    results = [method(events, n) for method in (wilson, clopper_pearson, jeffreys)]
    for result in results:
        assert width(result) == pytest.approx(width(results[0]), rel=1e-3)
    for method in (wilson, clopper_pearson, jeffreys):
        assert (method(0, n).low, method(n, n).high) == (0.0, 100.0)
    arms = (events, n), (events + n // 1000, n)
    assert newcombe(*arms).low == pytest.approx(wald(*arms).low, rel=1e-4)
    assert risk_ratio(*arms).ratio == pytest.approx(1, abs=0.01)
    assert 0 <= chi_squared(*arms).p <= 1


@given(arms(), arms())
def test_the_pooled_z_test_is_the_chi_squared_test(one: Pair, two: Pair) -> None:
    assert difference_z(one, two).p == pytest.approx(chi_squared(one, two).p, rel=1e-6)
    assert chi_squared(one, two, correction=True).p >= chi_squared(one, two).p - 1e-12


@given(arms(), arms())
def test_the_unpooled_z_test_goes_with_the_simple_interval(one: Pair, two: Pair) -> None:
    result, p = wald(one, two), difference_z(one, two, pooled=False).p
    assume(abs(p - 0.05) > 1e-9)
    assert (p < 0.05) == (not result.low <= 0 <= result.high)


@given(arms(60), arms(60))
def test_fishers_test_adds_the_tables_no_likelier_than_the_one_seen(one: Pair, two: Pair) -> None:
    (a, n), (c, m) = one, two
    events = a + c
    ways = {
        first: math.comb(n, first) * math.comb(m, events - first)
        for first in range(max(0, events - m), min(n, events) + 1)
    }
    wanted = Fraction(sum(each for each in ways.values() if each <= ways[a]), sum(ways.values()))
    assert fisher_exact(one, two).p == pytest.approx(float(wanted), rel=1e-9)


@given(st.floats(0.01, 100), st.floats(1e-6, 0.999), st.sampled_from([80.0, 95.0, 99.0]))
def test_a_p_value_made_into_an_interval_and_back_is_the_same(
    estimate: float, p: float, level: float
) -> None:
    for scale in (IDENTITY, LOG):
        assume(abs(scale.forward(estimate)) > 1e-3)
        assume(abs(scale.forward(estimate)) / p < 200)
        made = interval_from_p(estimate, p, level, scale)
        assume(made.low > 0 or scale is IDENTITY)
        assume(math.isfinite(made.high))
        back = p_from_interval(estimate, made.low, made.high, level, scale)
        assert back.p == pytest.approx(p, rel=1e-6)
        assert back.z == pytest.approx(made.z, rel=1e-6)


@given(st.floats(-30, 30))
def test_the_ways_back_from_logs_and_logits_are_exact(value: float) -> None:
    assert log(exponential(value)) == pytest.approx(value, abs=1e-12)
    if abs(value) < 20:
        assert logit(expit(value)) == pytest.approx(value, rel=1e-6, abs=1e-12)
    assert expit(value) + expit(-value) == pytest.approx(1)


@given(arms(5000))
def test_the_way_back_from_a_double_arcsine_is_exact(pair: Pair) -> None:
    events, n = pair
    back = share_from_double_arcsine(double_arcsine(events, n), n)
    assert back == pytest.approx(events / n, abs=1e-6)


def test_far_beyond_every_float_the_ways_back_stay_finite_or_infinite() -> None:
    assert exponential(1e6) == math.inf
    assert expit(-1e6) == 0.0
    assert expit(1e6) == 1.0
