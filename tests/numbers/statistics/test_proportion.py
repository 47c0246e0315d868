"""Intervals for one proportion, against published worked examples."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.numbers.statistics.distribution import normal_quantile
from evidence.numbers.statistics.proportions import (
    ProportionResult,
    clopper_pearson,
    wald_proportion,
    wilson,
)

LEVELS = st.sampled_from([80.0, 90.0, 95.0, 99.0])


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(1, 3000))
    return draw(st.integers(0, n)), n


def share(result: ProportionResult) -> tuple[float, float]:
    """Return the interval as Newcombe's tables print it: as shares, with four decimals."""
    return round(result.low / 100, 4), round(result.high / 100, 4)


# Newcombe RG. Two-sided confidence intervals for the single proportion: comparison of seven
# methods. Stat Med 1998;17:857-872, Table I, method 5 (Clopper-Pearson, exact).
@pytest.mark.parametrize(
    ("events", "n", "interval"),
    [
        (81, 263, (0.2527, 0.3676)),
        (15, 148, (0.0578, 0.1617)),
        (0, 20, (0.0, 0.1684)),
        (1, 29, (0.0009, 0.1776)),
    ],
)
def test_the_exact_interval_is_the_one_newcombe_prints(
    events: int, n: int, interval: tuple[float, float]
) -> None:
    assert share(clopper_pearson(events, n)) == interval


# The same table, method 3 (Wilson, score without continuity correction).
@pytest.mark.parametrize(
    ("events", "n", "interval"),
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_the_score_interval_is_the_one_newcombe_prints(
    events: int, n: int, interval: tuple[float, float]
) -> None:
    assert share(wilson(events, n)) == interval


def test_the_exact_interval_of_37_among_40_is_the_one_wang_2014_prints() -> None:
    result = clopper_pearson(37, 40)
    assert (round(result.percent, 1), round(result.low, 1), round(result.high, 1)) == (
        92.5,
        79.6,
        98.4,
    )


def test_nothing_seen_among_n_follows_the_closed_form() -> None:
    # Hanley and Lippman-Hand, JAMA 1983;249:1743-1745: the upper end is 1 - (alpha/2)^(1/n)
    assert clopper_pearson(0, 50).high == pytest.approx(100 * (1 - 0.025 ** (1 / 50)))


@given(counts(), LEVELS)
def test_the_interval_holds_the_proportion_and_stays_between_0_and_100(
    pair: tuple[int, int], level: float
) -> None:
    for result in (clopper_pearson(*pair, level), wilson(*pair, level)):
        assert 0 <= result.low <= result.percent + 1e-9
        assert result.percent - 1e-9 <= result.high <= 100


@given(counts(), LEVELS)
def test_what_did_not_happen_has_the_mirrored_interval(pair: tuple[int, int], level: float) -> None:
    events, n = pair
    for method in (clopper_pearson, wilson):
        one, other = method(events, n, level), method(n - events, n, level)
        assert one.low == pytest.approx(100 - other.high, abs=1e-6)
        assert one.high == pytest.approx(100 - other.low, abs=1e-6)


@given(counts())
def test_a_higher_level_gives_a_wider_interval(pair: tuple[int, int]) -> None:
    for method in (clopper_pearson, wilson):
        narrow, wide = method(*pair, 90.0), method(*pair, 99.0)
        assert wide.low <= narrow.low + 1e-9
        assert wide.high >= narrow.high - 1e-9


@given(st.integers(1, 300), st.integers(2, 10))
def test_more_people_give_a_narrower_interval(n: int, times: int) -> None:
    events = n // 2
    for method in (clopper_pearson, wilson):
        few, many = method(events, n), method(events * times, n * times)
        assert many.high - many.low < few.high - few.low


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_exact_interval_is_where_a_binomial_tail_becomes_rare(pair: tuple[int, int]) -> None:
    # Clopper and Pearson's definition, by summing the binomial distribution itself
    events, n = pair
    result = clopper_pearson(events, n)
    if events > 0:
        assert tail(range(events, n + 1), n, result.low / 100) == pytest.approx(0.025, rel=1e-6)
    if events < n:
        assert tail(range(events + 1), n, result.high / 100) == pytest.approx(0.025, rel=1e-6)


def tail(counted: range, n: int, chance: float) -> float:
    return math.fsum(
        math.exp(
            math.lgamma(n + 1)
            - math.lgamma(k + 1)
            - math.lgamma(n - k + 1)
            + (k * math.log(chance) if k else 0)
            + ((n - k) * math.log1p(-chance) if n - k else 0)
        )
        for k in counted
    )


def test_the_level_and_the_method_are_named() -> None:
    assert clopper_pearson(1, 2, 90.0).level == 90.0
    assert clopper_pearson(1, 2).method == "Clopper-Pearson exact interval"
    assert wilson(1, 2).method == "Wilson score interval"


@pytest.mark.parametrize(("events", "n"), [(3, 2), (-1, 2), (0, 0), (1, -1)])
def test_impossible_counts_are_refused(events: int, n: int) -> None:
    for method in (clopper_pearson, wilson):
        with pytest.raises(ValueError, match="is not a proportion"):
            method(events, n)


# Newcombe, Stat Med 1998;17:857-872, Table I, method 1; and the intervals that the abstract of the
# Japanese darvadstrocel trial prints for 13 and 15 of 22 patients
@pytest.mark.parametrize(
    ("events", "n", "low", "high"),
    [(81, 263, 25.22, 36.38), (15, 148, 5.27, 15.00), (13, 22, 38.5, 79.6), (15, 22, 48.7, 87.6)],
)
def test_the_simple_interval_is_the_one_that_is_printed(
    events: int, n: int, low: float, high: float
) -> None:
    places = len(str(low).partition(".")[2])
    made = wald_proportion(events, n)
    assert (round(made.low, places), round(made.high, places)) == (low, high)


@pytest.mark.parametrize(("level", "z"), [(90, 1.6449), (95, 1.9600), (99, 2.5758)])
def test_the_normal_quantile_is_the_one_in_every_table(level: float, z: float) -> None:
    assert round(normal_quantile(level), 4) == z
