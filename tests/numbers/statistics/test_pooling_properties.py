"""What holds of every pooled result, whatever the studies."""

from __future__ import annotations

import math
import random
from functools import partial

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evidence.numbers.statistics.heterogeneity import (
    ESTIMATORS,
    Estimator,
    Studies,
    dersimonian_laird,
    paule_mandel,
    q_profile,
    reml,
)
from evidence.numbers.statistics.logistic import pool_logistic
from evidence.numbers.statistics.pooled_proportion import (
    PooledProportionResult,
    pool_double_arcsines,
    pool_logits,
)
from evidence.numbers.statistics.pooling import (
    Interval,
    Pool,
    common_effect,
    cumulative,
    leave_one_out,
    random_effects,
    subgroups,
)

Pairs = list[tuple[float, float]]
Counts = list[tuple[int, int]]

ESTIMATES = st.floats(-5, 5)
VARIANCES = st.floats(1e-4, 10)
PAIRS = st.lists(st.tuples(ESTIMATES, VARIANCES), min_size=1, max_size=12)
SEVERAL = st.lists(st.tuples(ESTIMATES, VARIANCES), min_size=2, max_size=12)
NAMES: list[Estimator] = list(ESTIMATORS)
INTERVALS: list[Interval] = ["Wald", "Hartung-Knapp", "Hartung-Knapp, ad hoc"]
POOLS = st.one_of(
    st.just(common_effect),
    st.builds(
        lambda estimator, interval: partial(random_effects, estimator=estimator, interval=interval),
        st.sampled_from(NAMES),
        st.sampled_from(INTERVALS),
    ),
)


def columns(pairs: Pairs) -> tuple[list[float], list[float]]:
    return [estimate for estimate, _ in pairs], [variance for _, variance in pairs]


@st.composite
def counts(draw: st.DrawFn, least: int = 1) -> Counts:
    sizes = draw(st.lists(st.integers(1, 300), min_size=least, max_size=8))
    return [(draw(st.integers(0, n)), n) for n in sizes]


@given(PAIRS, POOLS)
def test_the_pooled_estimate_lies_within_the_range_of_the_studies(pairs: Pairs, pool: Pool) -> None:
    estimates, variances = columns(pairs)
    result = pool(estimates, variances)
    assert min(estimates) <= result.estimate <= max(estimates)
    assert result.low <= result.estimate <= result.high
    assert 0 <= result.p <= 1
    assert sum(result.weights) == pytest.approx(100)


@given(PAIRS, POOLS, st.randoms(use_true_random=False))
def test_the_order_of_the_studies_changes_not_even_the_last_bit(
    pairs: Pairs, pool: Pool, shuffler: random.Random
) -> None:
    order = list(range(len(pairs)))
    shuffler.shuffle(order)
    first = pool(*columns(pairs))
    second = pool(*columns([pairs[place] for place in order]))
    assert second.weights == tuple(first.weights[place] for place in order)
    for field in ("estimate", "low", "high", "p", "prediction_low", "heterogeneity"):
        assert getattr(first, field) == getattr(second, field)


@given(PAIRS, st.integers(2, 1000))
def test_larger_studies_give_a_narrower_interval(pairs: Pairs, times: int) -> None:
    estimates, variances = columns(pairs)
    few = common_effect(estimates, variances)
    many = common_effect(estimates, [variance / times for variance in variances])
    assert many.high - many.low < few.high - few.low


@given(PAIRS)
def test_a_higher_level_gives_wider_intervals(pairs: Pairs) -> None:
    for pool in (common_effect, random_effects):
        narrow, wide = (pool(*columns(pairs), level=level) for level in (80.0, 99.0))
        assert wide.low <= narrow.low <= narrow.high <= wide.high
    ends = q_profile(Studies(*columns(pairs)), 80.0), q_profile(Studies(*columns(pairs)), 99.0)
    if ends[0] is not None and ends[1] is not None:
        assert ends[1][0] <= ends[0][0] * (1 + 1e-9)
        assert ends[1][1] >= ends[0][1] * (1 - 1e-9)


@given(SEVERAL, st.sampled_from(NAMES))
def test_the_ad_hoc_factor_never_narrows_an_interval(pairs: Pairs, estimator: Estimator) -> None:
    usual, bare, ad_hoc = (
        random_effects(*columns(pairs), estimator, interval) for interval in INTERVALS
    )
    assert ad_hoc.standard_error >= bare.standard_error
    # Student's t is longer than the normal quantile as well
    assert ad_hoc.high - ad_hoc.low >= usual.high - usual.low


@given(SEVERAL)
def test_the_q_profile_interval_holds_the_estimate_of_paule_and_mandel(pairs: Pairs) -> None:
    studies = Studies(*columns(pairs))
    low, high = q_profile(studies) or (math.nan, math.nan)
    assert low <= paule_mandel(studies) <= high


@given(SEVERAL)
def test_at_the_estimate_of_paule_and_mandel_q_is_its_expectation(pairs: Pairs) -> None:
    studies = Studies(*columns(pairs))
    tau_squared = paule_mandel(studies)
    if tau_squared > 0:
        assert studies.q(tau_squared) == pytest.approx(studies.k - 1, rel=1e-6)
    else:
        assert studies.q() <= studies.k - 1


@given(SEVERAL, st.floats(0, 30))
def test_no_tau_squared_is_likelier_than_that_of_reml(pairs: Pairs, other: float) -> None:
    studies = Studies(*columns(pairs))

    def likelihood(tau_squared: float) -> float:
        w = studies.weights(tau_squared)
        return 0.5 * (sum(math.log(each) for each in w) - math.log(sum(w)) - studies.q(tau_squared))

    assert likelihood(reml(studies)) >= likelihood(other) - 1e-9


@given(SEVERAL, POOLS, st.floats(-100, 100))
def test_adding_a_constant_to_all_studies_adds_it_to_the_result(
    pairs: Pairs, pool: Pool, constant: float
) -> None:
    estimates, variances = columns(pairs)
    here = pool(estimates, variances)
    there = pool([each + constant for each in estimates], variances)
    assert there.estimate == pytest.approx(here.estimate + constant, abs=1e-6)
    assert there.heterogeneity.tau_squared == pytest.approx(
        here.heterogeneity.tau_squared, rel=1e-4, abs=1e-6
    )


@given(SEVERAL, POOLS, st.sampled_from([0.001, 0.1, 100.0, 1e6]))
def test_other_units_change_nothing_but_the_units(pairs: Pairs, pool: Pool, unit: float) -> None:
    estimates, variances = columns(pairs)
    here = pool(estimates, variances)
    there = pool([each * unit for each in estimates], [each * unit**2 for each in variances])
    assert there.estimate == pytest.approx(here.estimate * unit, rel=1e-5, abs=1e-7 * unit)
    assert there.heterogeneity.tau_squared == pytest.approx(
        here.heterogeneity.tau_squared * unit**2, rel=1e-4, abs=1e-8 * unit**2
    )
    assert there.heterogeneity.i_squared == pytest.approx(
        here.heterogeneity.i_squared, rel=1e-4, abs=1e-4
    )


@given(ESTIMATES, VARIANCES, POOLS)
def test_one_study_alone_is_its_own_result(estimate: float, variance: float, pool: Pool) -> None:
    result = pool([estimate], [variance])
    assert result.estimate == estimate
    assert result.standard_error == pytest.approx(math.sqrt(variance))
    assert result.heterogeneity.tau_squared == 0


@given(st.integers(2, 12), ESTIMATES, VARIANCES, POOLS)
def test_identical_studies_give_their_own_estimate(
    k: int, estimate: float, variance: float, pool: Pool
) -> None:
    result = pool([estimate] * k, [variance] * k)
    assert result.estimate == estimate
    assert result.heterogeneity.q == 0
    assert result.heterogeneity.tau_squared == 0
    assert result.low <= result.high


@given(PAIRS, POOLS, st.data())
def test_a_study_without_variance_is_refused(pairs: Pairs, pool: Pool, draw: st.DataObject) -> None:
    estimates, variances = columns(pairs)
    place = draw.draw(st.integers(0, len(pairs) - 1))
    variances[place] = 0.0
    with pytest.raises(ValueError, match=f"the variance of study {place + 1} is 0.0"):
        pool(estimates, variances)


@given(SEVERAL)
def test_heterogeneity_is_in_its_bounds(pairs: Pairs) -> None:
    studies = Studies(*columns(pairs))
    assert dersimonian_laird(studies) >= 0
    for estimator in NAMES:
        found = random_effects(*columns(pairs), estimator).heterogeneity
        assert 0 <= found.i_squared < 100
        assert found.h_squared >= 1
        assert found.h_squared == pytest.approx(1 / (1 - found.i_squared / 100), rel=1e-6)


@given(SEVERAL)
def test_series_end_where_pooling_all_ends(pairs: Pairs) -> None:
    estimates, variances = columns(pairs)
    whole = random_effects(estimates, variances)
    assert cumulative(estimates, variances, range(len(pairs)))[-1].pooled == whole
    assert subgroups(estimates, variances, ["all"] * len(pairs)).groups == (("all", whole),)
    left = leave_one_out(estimates, variances)
    assert left[0] == random_effects(estimates[1:], variances[1:])
    assert [each.k for each in left] == [len(pairs) - 1] * len(pairs)


# ------------------------------------------------------------------ proportions


def in_order(result: PooledProportionResult) -> bool:
    return 0 <= result.low <= result.percent <= result.high <= 100


@given(counts())
def test_pooled_percentages_stay_between_0_and_100(studies: Counts) -> None:
    for method in (pool_logits, pool_double_arcsines):
        result = method(studies)
        assert in_order(result)
        assert (result.events, result.n) == tuple(map(sum, zip(*studies, strict=True)))


@settings(max_examples=25)  # a model takes some ten milliseconds
@given(counts(), st.randoms(use_true_random=False))
def test_the_logistic_model_gives_a_percentage_whatever_the_order(
    studies: Counts, shuffler: random.Random
) -> None:
    try:
        result = pool_logistic(studies)
    except ValueError as refused:
        assume(not any(words in str(refused) for words in ("no event", "so far apart")))
        raise
    assert in_order(result)
    other = list(studies)
    shuffler.shuffle(other)
    assert pool_logistic(other) == result


@given(counts(), st.sampled_from([pool_logits, pool_double_arcsines]))
def test_what_did_not_happen_is_pooled_to_the_rest(studies: Counts, method: object) -> None:
    assert callable(method)
    one, other = method(studies), method([(n - events, n) for events, n in studies])
    assert one.percent == pytest.approx(100 - other.percent, abs=1e-4)
    assert one.low == pytest.approx(100 - other.high, abs=1e-4)


@pytest.mark.parametrize("n", [10**6, 10**9, 10**12])
def test_huge_studies_are_pooled_like_any_other(n: int) -> None:
    studies = [(n // 4, n), (n // 4 + n // 1000, n), (n // 4 - n // 1000, n)]
    for method in (pool_logits, pool_double_arcsines, pool_logistic):
        result = method(studies)
        assert result.percent == pytest.approx(25, abs=0.01)
        assert in_order(result)
