"""Which whole numbers can give a printed percentage."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.statistics.granularity import reachable_counts


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
