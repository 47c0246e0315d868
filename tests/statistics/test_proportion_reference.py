"""Intervals for one proportion against R: prop.test, binom.test, qbeta."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.statistics.proportion import clopper_pearson, jeffreys, wilson
from tests.statistics.references import near, read, rounded

METHODS = {"wilson": wilson, "clopper_pearson": clopper_pearson, "jeffreys": jeffreys}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "case", read("proportion"), ids=lambda case: f"{case['events']}/{case['n']} {case['level']}"
)
def test_every_interval_is_the_one_r_gives(case: dict[str, Any], method: str) -> None:
    result = METHODS[method](case["events"], case["n"], case["level"])
    assert [result.low / 100, result.high / 100] == near(case[method])


@pytest.mark.parametrize(("events", "low", "high"), [(0, 0.0, 21.7), (7, 4.4, 100.0)])
def test_at_the_edge_the_jeffreys_interval_is_one_sided(
    events: int, low: float, high: float
) -> None:
    # Brown, Cai and DasGupta, Stat Sci 2001;16:101-133: the lower end is 0 without an event, the
    # upper end 1 with nothing but events. The other end is a quantile of a beta distribution.
    n = 10 if events == 0 else 7
    result = jeffreys(events, n)
    assert (result.low, result.high) == (pytest.approx(low, abs=70), pytest.approx(high, abs=0.1))
    assert rounded(0, result.percent) == [100.0 if events else 0.0]
