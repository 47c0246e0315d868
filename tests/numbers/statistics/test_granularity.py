"""Which whole numbers can give a printed percentage."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.numbers.statistics.printed import reachable_counts, reachable_sizes


@pytest.mark.parametrize(
    ("printed", "n", "counts"),
    [
        ("92.5", 40, (37,)),
        ("56.3", 103, (58,)),
        ("38.6", 101, (39,)),
        ("52.0", 40, ()),
        ("0", 20, (0,)),
        ("100", 20, (20,)),
        ("12.5", 8, (1,)),
        ("13", 8, (1,)),
        ("12", 8, (1,)),  # 12.5 rounded to even
    ],
)
def test_the_counts_are_those_that_round_to_the_percentage(
    printed: str, n: int, counts: tuple[int, ...]
) -> None:
    assert reachable_counts(Decimal(printed), n).counts == counts


@pytest.mark.parametrize(("printed", "n", "power"), [("52.0", 999, True), ("52.0", 1000, False),
                                                      ("52", 99, True), ("52", 100, False)])  # fmt: skip
def test_the_test_says_something_while_people_are_fewer_than_steps(
    printed: str, n: int, *, power: bool
) -> None:
    assert reachable_counts(Decimal(printed), n).has_power is power


@given(st.integers(1, 99).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
       st.integers(0, 2))  # fmt: skip
def test_a_percentage_made_from_a_count_is_reached_by_it(
    pair: tuple[int, int], places: int
) -> None:
    events, n = pair
    printed = (Decimal(100 * events) / n).quantize(
        Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP
    )
    assert events in reachable_counts(printed, n).counts


def printed_by(way: str, n: int, places: int) -> list[Decimal]:
    """Return what every count of ``n`` prints, by writing all of them out."""
    step = Decimal(1).scaleb(-places)
    return [(Decimal(100 * count) / n).quantize(step, rounding=way) for count in range(n + 1)]


@given(st.integers(1, 300), st.integers(0, 2), st.data())
def test_the_counts_are_those_of_writing_all_of_them_out(
    n: int, places: int, draw: st.DataObject
) -> None:
    steps = 100 * 10**places
    printed = Decimal(draw.draw(st.integers(0, steps))).scaleb(-places)
    result = reachable_counts(printed, n)
    if n >= steps:
        assert not result.has_power
        return
    by_rounding = {
        count
        for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)
        for count, each in enumerate(printed_by(way, n, places))
        if each == printed
    }
    by_cutting = {
        count for count, each in enumerate(printed_by(ROUND_DOWN, n, places)) if each == printed
    }
    assert set(result.counts) == by_rounding
    assert set(result.cut) == by_cutting - by_rounding


@given(st.integers(1, 99))
def test_the_power_is_the_share_of_percentages_that_no_count_gives(n: int) -> None:
    reached = len(set(printed_by(ROUND_HALF_UP, n, 0)))
    assert reachable_counts(Decimal(50), n).power == pytest.approx(1 - reached / 101)


def test_a_percentage_that_was_cut_off_is_told_from_one_that_was_rounded() -> None:
    # Wang 2018: 28 of 81 is 34.6%, printed as 34%
    result = reachable_counts(Decimal(34), 81)
    assert (result.counts, result.cut) == ((), (28,))
    assert reachable_counts(Decimal(35), 81).counts == (28,)


def test_a_die_thrown_20_times_cannot_show_48_percent() -> None:
    # Brown and Heathers' own kind of example: with 20 people only multiples of 5% are possible
    assert reachable_counts(Decimal(48), 20).counts == ()
    assert reachable_counts(Decimal(45), 20).counts == (9,)


def test_a_percentage_of_admire_cd_ii_fits_neither_arm() -> None:
    # Printed as 39.7% at week 52, of 283 or of 285
    for n in (283, 285):
        assert reachable_counts(Decimal("39.7"), n).counts == ()


def test_the_base_of_several_percentages_is_found() -> None:
    # Wang 2014, relapses: 12.5% and 16.7% are of the 24 who responded, not of all 40
    printed = [Decimal("12.5"), Decimal("16.7")]
    assert reachable_sizes(printed, [24, 40]).sizes == (24,)
    # Chen 2021: 11.78%, 19.28% and 17.34% are of about 1188, not of the 1209 kept
    printed = [Decimal("11.78"), Decimal("19.28"), Decimal("17.34")]
    sizes = reachable_sizes(printed, range(1188, 1210))
    assert sizes.has_power
    assert 1188 in sizes.sizes


def test_without_power_every_size_fits_and_that_is_said() -> None:
    result = reachable_sizes([Decimal(34)], [81, 5000])
    assert result.sizes == (5000,)
    assert not result.has_power
    assert reachable_counts(Decimal(34), 10**12).counts == ()


@pytest.mark.parametrize("printed", ["-1", "100.1", "250"])
def test_outside_0_to_100_no_count_is_possible_however_many_people(printed: str) -> None:
    result = reachable_counts(Decimal(printed), 10**9)
    assert result.has_power
    assert result.counts == result.cut == ()


def test_what_is_no_percentage_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="0 people have no percentage"):
        reachable_counts(Decimal(34), 0)
    with pytest.raises(ValueError, match="NaN is not a percentage"):
        reachable_counts(Decimal("NaN"), 10)
    for printed, sizes in (([], [1]), ([Decimal(1)], [])):
        with pytest.raises(ValueError, match="a percentage and a size"):
            reachable_sizes(printed, sizes)
