"""Intervals for one proportion against R: prop.test, binom.test, qbeta."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.numbers.statistics.proportions import clopper_pearson, jeffreys, wilson
from tests.numbers.statistics.references import near, read

METHODS = {"wilson": wilson, "clopper_pearson": clopper_pearson, "jeffreys": jeffreys}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "case", read("proportion"), ids=lambda case: f"{case['events']}/{case['n']} {case['level']}"
)
def test_every_interval_is_the_one_r_gives(case: dict[str, Any], method: str) -> None:
    result = METHODS[method](case["events"], case["n"], case["level"])
    assert [result.low / 100, result.high / 100] == near(case[method])


@pytest.mark.parametrize("n", [1, 20, 1000])
def test_without_an_event_or_with_nothing_else_one_end_is_the_limit(n: int) -> None:
    for method in METHODS.values():
        assert method(0, n).low == 0.0
        assert method(n, n).high == 100.0
        assert 0.0 < method(0, n).high < 100.0
