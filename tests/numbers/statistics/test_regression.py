"""Effects against a number of each study: metafor's published output, and what is refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from evidence.numbers.statistics.regression import (
    AsymmetryResult,
    eggers_test,
    meta_regression,
    peters_test,
)
from evidence.numbers.statistics.share_groups import between_shares
from tests.numbers.statistics.examples import BCG_RISK_RATIO
from tests.numbers.statistics.references import read, rounded
from tests.numbers.statistics.test_sparse_events import ARMS

BCG = next(case for case in read("comparison")["shipped"] if case["name"] == "dat.bcg")
LATITUDE = BCG["x"]


def test_the_vaccine_works_better_far_from_the_equator_as_metafor_prints_it() -> None:
    # help(rma.uni) of metafor, rma(yi, vi, mods = ~ ablat), at a tolerance of 1e-13; by default its
    # search ends at tau² 0.0764, R² 75.62% and QM 16.3571
    found = meta_regression(*BCG_RISK_RATIO, LATITUDE, "Wald")
    assert rounded(4, found.slope.estimate, found.slope.standard_error) == [-0.0291, 0.0072]
    assert rounded(4, found.intercept.estimate, found.tau_squared) == [0.2515, 0.0763]
    assert rounded(2, found.r_squared, found.i_squared) == [75.63, 68.39]
    assert rounded(4, found.q_moderator, found.q_residual) == [16.3582, 30.7331]
    assert found.caution == ""


def test_the_higher_of_two_maxima_is_taken() -> None:
    # By the determinant of the moderators as well: without it the maximum near 0.000001 were higher
    estimates, variances = [0.34, -0.001, 0.1014, 0.0023, -0.0003], [1.26, 1e-6, 1e-3, 1e-5, 1e-6]
    found = meta_regression(estimates, variances, [2.0, 1.0, 3.0, 0.0, 5.0])
    assert found.tau_squared == pytest.approx(0.0024958, rel=1e-4)


def test_few_studies_are_warned_of() -> None:
    estimates, variances = (column[:9] for column in BCG_RISK_RATIO)
    found = meta_regression(estimates, variances, LATITUDE[:9])
    assert found.caution.startswith("Fewer than ten studies")


def test_ad_hoc_is_never_narrower_than_wald() -> None:
    estimates, variances, x = [0.1, 0.2, 0.3, 0.41], [0.2, 0.3, 0.2, 0.3], [1.0, 2.0, 3.0, 4.0]
    wald = meta_regression(estimates, variances, x, "Wald")
    bare = meta_regression(estimates, variances, x)
    held = meta_regression(estimates, variances, x, "Hartung-Knapp, ad hoc")
    assert bare.slope.standard_error < wald.slope.standard_error == held.slope.standard_error
    assert held.slope.high > wald.slope.high


def test_equal_studies_lie_on_a_flat_line_exactly() -> None:
    found = meta_regression([0.1] * 4, [0.1, 0.2, 0.3, 0.4], [1990.0, 2001.0, 2003.0, 2020.0])
    assert [found.slope.estimate, found.slope.p, found.q_moderator, found.tau_squared] == [
        0,
        1,
        0,
        0,
    ]
    assert found.r_squared is None
    tested = eggers_test([0.1] * 10, [0.1 + 0.01 * place for place in range(10)])
    assert [tested.slope, tested.t, tested.p] == [0, 0, 1]


@pytest.mark.parametrize(
    ("estimates", "moderator", "sentence"),
    [
        ([0.1, 0.2], [1.0, 2.0], "takes at least three studies"),
        ([0.1, 0.2, 0.3], [1.0, 2.0], "3 studies do not fit 2 values"),
        ([0.1, 0.2, 0.3], [1.0, 1.0, 1.0], "the moderator is the same in all"),
        ([0.1, 0.2, 0.3], [1.0, 2.0, math.nan], "is not finite"),
    ],
)
def test_a_line_that_cannot_be_fitted_is_refused_in_a_sentence(
    estimates: list[float], moderator: list[float], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        meta_regression(estimates, [0.1] * len(estimates), moderator)


def test_no_test_of_asymmetry_under_ten_studies() -> None:
    estimates, variances = BCG_RISK_RATIO
    tests: list[Callable[[int], AsymmetryResult]] = [
        lambda k: eggers_test(estimates[:k], variances[:k]),
        lambda k: peters_test(ARMS[:k]),
    ]
    for tested in tests:
        assert tested(10).degrees == 8
        assert "does not rule it out" in tested(10).caution
        with pytest.raises(ValueError, match="9 studies are too few for a test of asymmetry"):
            tested(9)


def test_equally_exact_studies_have_no_asymmetry_to_test() -> None:
    with pytest.raises(ValueError, match="equally exact"):
        eggers_test([0.1 * place for place in range(10)], [0.1] * 10)
    with pytest.raises(ValueError, match="equally exact"):
        peters_test([((place, 20), (3, 20)) for place in range(1, 11)])


def test_the_tests_name_themselves() -> None:
    assert eggers_test(*BCG_RISK_RATIO).method.startswith("Egger’s test")
    assert peters_test(ARMS).method.startswith("Peters’ test")


# Groups of shares

GROUPS: list[tuple[Any, list[str]]] = [
    ([(0, 9), (0, 4), (3, 9)], ["a", "a", "b"]),  # nobody in one group
    ([(9, 9), (1, 4), (3, 9)], ["a", "b", "b"]),  # everybody in a group of one study
    ([(3, 9), (1, 4), (3, 9)], ["a", "a", "a"]),  # one group
]


@pytest.mark.parametrize(("counts", "names"), GROUPS)
def test_nothing_is_tested_where_a_group_has_no_finite_mean(counts: Any, names: list[str]) -> None:
    assert between_shares(counts, names) is None


def test_groups_of_one_study_each_are_compared_by_their_logits() -> None:
    found = between_shares([(3, 9), (1, 4)], ["a", "b"])
    assert found is not None
    logits, variances = [math.log(3 / 6), math.log(1 / 3)], [1 / 3 + 1 / 6, 1 + 1 / 3]
    assert found.q == pytest.approx((logits[0] - logits[1]) ** 2 / sum(variances))
    assert found.degrees == 1
