"""Studies pooled, against R's metafor, and at the edges."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import pytest

from evidence.numbers.statistics.heterogeneity import (
    Estimator,
    HeterogeneityResult,
    Studies,
    paule_mandel,
    reml,
)
from evidence.numbers.statistics.pooling import (
    Interval,
    PooledResult,
    common_effect,
    random_effects,
)
from tests.numbers.statistics.references import near, read, rounded

CASES = read("pooling")
ESTIMATORS: dict[str, Estimator] = {
    "DL": "DerSimonian-Laird",
    "PM": "Paule-Mandel",
    "REML": "REML",
}
INTERVALS: dict[str, Interval] = {
    "hartung_knapp": "Hartung-Knapp",
    "ad_hoc": "Hartung-Knapp, ad hoc",
}
CORE = ("estimate", "standard_error", "low", "high", "p")
wald = partial(random_effects, interval="Wald")


def set_name(case: dict[str, Any]) -> str:
    return str(case["set"])


def core(result: PooledResult) -> list[float]:
    return [getattr(result, field) for field in CORE]


def wanted(case: dict[str, Any]) -> Any:
    return near([case[field] for field in CORE])


def ends(found: HeterogeneityResult, field: str) -> list[float]:
    return [getattr(found, f"{field}_{end}") for end in ("low", "high")]


@pytest.mark.parametrize("case", CASES, ids=set_name)
def test_one_common_effect_is_as_in_metafor(case: dict[str, Any]) -> None:
    result = common_effect(case["estimates"], case["variances"])
    found = result.heterogeneity
    assert core(result) == wanted(case["common"])
    assert list(result.weights) == near(case["common"]["weights"])
    assert [found.q, found.p] == near([case["q"], case["q_p"]])
    assert found.i_squared == near(case["common"]["i_squared"])
    # metafor's H² of one common effect is Q over its degrees of freedom, even below 1
    assert found.h_squared == near(max(1.0, case["common"]["h_squared"]))
    narrow = common_effect(case["estimates"], case["variances"], 90.0)
    assert core(narrow) == wanted(case["common_90"])


@pytest.mark.parametrize("short", ESTIMATORS)
@pytest.mark.parametrize("case", CASES, ids=set_name)
def test_random_effects_are_as_in_metafor(case: dict[str, Any], short: str) -> None:
    expected = case["random"][short]
    result = wald(case["estimates"], case["variances"], ESTIMATORS[short])
    found = result.heterogeneity
    assert core(result) == wanted(expected)
    assert list(result.weights) == near(expected["weights"])
    for field in ("tau_squared", "i_squared", "h_squared"):
        assert getattr(found, field) == near(expected[field])
        assert ends(found, field) == near(expected[f"{field}_interval"])
    assert [result.prediction_low, result.prediction_high] == near(expected["prediction"])


@pytest.mark.parametrize("kind", INTERVALS)
@pytest.mark.parametrize("short", ESTIMATORS)
@pytest.mark.parametrize("case", CASES, ids=set_name)
def test_hartung_knapp_intervals_are_as_in_metafor(
    case: dict[str, Any], short: str, kind: str
) -> None:
    expected = case["random"][short]
    estimator, interval = ESTIMATORS[short], INTERVALS[kind]
    result = random_effects(case["estimates"], case["variances"], estimator, interval)
    assert core(result) == wanted(expected[kind])
    if kind == "hartung_knapp":
        predicted = [result.prediction_low, result.prediction_high]
        assert predicted == near(expected["prediction_hartung_knapp"])


def test_the_prediction_interval_is_wider_than_that_of_metafor_by_default() -> None:
    for case in CASES:
        for expected in case["random"].values():
            low, high = expected["metafor_default_prediction"]
            assert expected["prediction"][0] < low < high < expected["prediction"][1]


def test_one_study_alone_gives_its_own_interval() -> None:
    for result in (common_effect([0.5], [0.04]), random_effects([0.5], [0.04])):
        assert result.estimate == 0.5
        assert rounded(3, result.low, result.high) == [0.108, 0.892]
        assert result.weights == (100.0,)
        found = result.heterogeneity
        assert [found.q, found.degrees, found.p, found.tau_squared] == [0.0, 0, 1.0, 0.0]
        assert [found.i_squared, found.h_squared] == [0.0, 1.0]
        assert found.tau_squared_low is found.i_squared_high is None
        assert result.prediction_low is result.prediction_high is None
    assert random_effects([0.5], [0.04]).method == "one study alone, Wald interval"


def test_two_studies_have_no_prediction_interval() -> None:
    result = random_effects([0.1, 0.5], [0.04, 0.02])
    assert result.prediction_low is None
    assert result.heterogeneity.tau_squared_low is not None
    assert random_effects([0.1, 0.5, 0.3], [0.04, 0.02, 0.1]).prediction_low is not None
    assert common_effect([0.1, 0.5, 0.3], [0.04, 0.02, 0.1]).prediction_low is None


@pytest.mark.parametrize("estimator", ESTIMATORS.values())
def test_identical_studies_have_no_heterogeneity(estimator: Estimator) -> None:
    result = random_effects([0.1] * 5, [0.01, 0.02, 0.03, 0.04, 0.05], estimator, "Wald")
    found = result.heterogeneity
    assert result.estimate == 0.1
    assert [found.q, found.tau_squared, found.i_squared, found.h_squared] == [0.0, 0.0, 0.0, 1.0]
    assert ends(found, "tau_squared") == [0.0, 0.0]
    bare = random_effects([0.1] * 5, [0.01] * 5, estimator)
    assert bare.low == bare.high == 0.1
    assert bare.p == 0.0
    ad_hoc = random_effects([0.1] * 5, [0.01] * 5, estimator, "Hartung-Knapp, ad hoc")
    assert ad_hoc.low < 0.1 < ad_hoc.high


@pytest.mark.parametrize(
    ("estimates", "variances", "sentence"),
    [
        ([], [], "there is no study to pool"),
        ([0.1], [0.1, 0.2], "1 estimates do not fit 2 variances"),
        ([0.1, 0.2], [0.1, 0.0], "the variance of study 2 is 0.0: it must be above 0"),
        ([0.1, 0.2], [-0.1, 0.1], "the variance of study 1 is -0.1"),
        ([0.1, 0.2], [math.inf, 0.1], "the variance of study 1 is inf"),
        ([math.nan, 0.2], [0.1, 0.1], "the estimate of study 1 is nan"),
        ([0.1, 1e200], [0.1, 0.1], "the estimate of study 2 is 1e\\+200"),
    ],
)
def test_what_cannot_be_pooled_is_refused_in_a_sentence(
    estimates: list[float], variances: list[float], sentence: str
) -> None:
    for pool in (common_effect, random_effects):
        with pytest.raises(ValueError, match=sentence):
            pool(estimates, variances)


def test_the_method_says_all_that_was_chosen() -> None:
    result = random_effects([0.1, 0.5, 0.2], [0.04, 0.02, 0.3], "Paule-Mandel")
    assert result.method == (
        "random effects, tau² by Paule-Mandel, intervals by Q-profile, "
        "Hartung-Knapp confidence interval"
    )
    assert common_effect([0.1], [0.2]).method == "common effect, inverse variance, Wald interval"


def test_the_highest_of_two_maxima_of_the_likelihood_is_taken() -> None:
    # Two precise studies agree on 0, two others on 3: with tau² near 0 the former rule
    estimates, variances = [0.0, 0.001, 3.0, -3.2, 2.9], [1e-6, 1e-6, 1.0, 1.0, 1.2]
    studies = Studies(estimates, variances)
    found = reml(studies)
    best = max(
        (10 ** (step / 50) for step in range(-500, 100)),
        key=lambda tau_squared: likelihood(studies, tau_squared),
    )
    assert found == pytest.approx(best, rel=0.05)
    assert paule_mandel(studies) >= 0


def test_the_first_of_two_maxima_is_taken_where_it_is_higher() -> None:
    # Both precise studies agree on 0: the restricted likelihood is higher at 0.00005 than at 1.3
    studies = Studies([-0.0109, -2.6958, -2.0855, -0.0004], [1e-5, 1.0, 1.26, 1e-6])
    assert reml(studies) == pytest.approx(4.98816e-05, rel=1e-4)
    assert likelihood(studies, reml(studies)) > likelihood(studies, 1.296) + 1


def likelihood(studies: Studies, tau_squared: float) -> float:
    """Return the restricted log likelihood but for a constant, written out."""
    w = [1 / (v + tau_squared) for v in studies.variances]
    mean = sum(a * y for a, y in zip(w, studies.estimates, strict=True)) / sum(w)
    squares = sum(a * (y - mean) ** 2 for a, y in zip(w, studies.estimates, strict=True))
    return (sum(math.log(a) for a in w) - math.log(sum(w)) - squares) / 2
