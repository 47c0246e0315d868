"""Studies pooled without each in turn, year by year and group by group, against metafor."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import pytest

from evidence.numbers.statistics.heterogeneity import Estimator
from evidence.numbers.statistics.pooling import (
    Pool,
    PooledResult,
    common_effect,
    cumulative,
    leave_one_out,
    random_effects,
    subgroups,
)
from tests.numbers.statistics import examples
from tests.numbers.statistics.references import near, read, rounded

REFERENCE = read("sensitivity")
ESTIMATORS: dict[str, Estimator] = {"DL": "DerSimonian-Laird", "REML": "REML"}
CASES = [
    ("bcg", "DL", examples.BCG_RISK_RATIO, "alloc"),
    ("bcg", "REML", examples.BCG_RISK_RATIO, "alloc"),
    ("raudenbush", "REML", examples.RAUDENBUSH, "tester"),
]
CORE = ("estimate", "standard_error", "low", "high", "p")


def pooling(short: str) -> Pool:
    return partial(random_effects, estimator=ESTIMATORS[short], interval="Wald")


def shown(result: PooledResult) -> list[float]:
    return [*(getattr(result, field) for field in CORE), result.heterogeneity.tau_squared]


def wanted(case: dict[str, Any]) -> Any:
    return near([case[field] for field in (*CORE, "tau_squared")])


@pytest.mark.parametrize(("name", "short", "studies", "_groups"), CASES)
def test_leaving_one_out_is_as_in_metafor(
    name: str, short: str, studies: examples.Studies, _groups: str
) -> None:
    results = leave_one_out(*studies, pool=pooling(short))
    expected = REFERENCE[name]["leave_one_out"][short]
    assert len(results) == len(expected) == len(studies[0])
    for result, case in zip(results, expected, strict=True):
        assert shown(result) == wanted(case)


@pytest.mark.parametrize(("name", "short", "studies", "_groups"), CASES)
def test_year_by_year_is_as_in_metafor(
    name: str, short: str, studies: examples.Studies, _groups: str
) -> None:
    results = cumulative(*studies, REFERENCE[name]["years"], pooling(short))
    expected = REFERENCE[name]["cumulative"][short]
    assert [result.year for result in results] == [case["year"] for case in expected]
    for result, case in zip(results, expected, strict=True):
        assert shown(result.pooled) == wanted(case)


@pytest.mark.parametrize(("name", "short", "studies", "groups"), CASES)
def test_groups_are_as_in_metafor(
    name: str, short: str, studies: examples.Studies, groups: str
) -> None:
    result = subgroups(*studies, REFERENCE[name][groups], pooling(short))
    expected = REFERENCE[name]["subgroups"][short]
    assert [group for group, _ in result.groups] == sorted(expected["groups"])
    for group, pooled in result.groups:
        assert shown(pooled) == wanted(expected["groups"][group])
    assert [result.q, result.p] == near([expected["q"], expected["q_p"]])
    assert result.degrees == len(expected["groups"]) - 1


def test_bcg_by_allocation_is_as_on_the_web_site_of_metafor() -> None:
    # metafor-project.org, "Comparing estimates of independent meta-analyses or subgroups": REML,
    # random allocation against any other; z = 1.395, the square root of Q
    names = ["random" if each == "random" else "other" for each in REFERENCE["bcg"]["alloc"]]
    result = subgroups(*examples.BCG_RISK_RATIO, names, pooling("REML"))
    printed = {
        name: rounded(3, each.estimate, each.standard_error, each.heterogeneity.tau_squared)
        for name, each in result.groups
    }
    assert printed == {"other": [-0.481, 0.217, 0.212], "random": [-0.971, 0.276, 0.393]}
    assert rounded(3, math.sqrt(result.q), result.p) == [1.395, 0.163]


def test_q_between_groups_does_not_depend_on_the_interval() -> None:
    names = REFERENCE["bcg"]["alloc"]
    bare = subgroups(*examples.BCG_RISK_RATIO, names)
    assert bare.q == subgroups(*examples.BCG_RISK_RATIO, names, pooling("REML")).q


def test_studies_of_one_year_enter_together() -> None:
    results = cumulative([0.1, 0.3, 0.2], [0.1, 0.2, 0.3], [2001, 1999, 1999], common_effect)
    assert [(result.year, result.pooled.k) for result in results] == [(1999, 2), (2001, 3)]


def test_one_group_alone_does_not_differ_from_itself() -> None:
    result = subgroups([0.1, 0.3], [0.1, 0.2], ["all", "all"])
    assert (result.q, result.degrees, result.p) == (0.0, 0, 1.0)
    assert rounded(6, result.groups[0][1].estimate) == rounded(
        6, random_effects([0.1, 0.3], [0.1, 0.2]).estimate
    )


def test_what_cannot_be_done_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="at least two studies"):
        leave_one_out([0.1], [0.1])
    for function in (cumulative, subgroups):
        with pytest.raises(ValueError, match="must be equally many"):
            function([0.1], [0.1], [])
        with pytest.raises(ValueError, match="there is no study to pool"):
            function([], [], [])
