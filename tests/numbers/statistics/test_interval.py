"""From an interval to a p-value and back, against the worked examples of Altman and Bland."""

from __future__ import annotations

import inspect
import math

import pytest
from scipy.stats import norm

from evidence.numbers.statistics import effect, logistic, pooling, printed, proportions
from evidence.numbers.statistics.distribution import (
    IDENTITY,
    LOG,
    LOGIT,
    Scale,
    normal_p,
    normal_quantile,
)
from evidence.numbers.statistics.effect import difference_z, risk_ratio
from evidence.numbers.statistics.printed import (
    interval_from_p,
    middle,
    p_from_interval,
    standard_error,
)
from evidence.numbers.statistics.proportions import wald
from tests.numbers.statistics.references import rounded


def test_a_p_value_from_the_interval_of_a_ratio_is_that_of_altman_and_bland() -> None:
    # BMJ 2011;343:d2304: a rate ratio of 0.81 (0.70 to 0.94) has standard error 0.075 on the log
    # scale, z = -2.80 and P = 0.005
    result = p_from_interval(0.81, 0.70, 0.94, scale=LOG)
    assert rounded(3, result.standard_error, result.p) == [0.075, 0.005]
    assert rounded(2, result.z) == [-2.80]
    assert result.method == "Altman and Bland 2011, normal distribution, log"


def test_the_interval_from_the_p_value_of_a_ratio_is_that_of_altman_and_bland() -> None:
    # BMJ 2011;343:d2090: a relative risk of 0.30 with P = 0.034: z = 2.117, standard error 0.569,
    # interval 0.10 to 0.91; z itself is 2.120, and the standard error 0.568
    result = interval_from_p(0.30, 0.034, scale=LOG)
    assert rounded(2, result.low, result.high) == [0.10, 0.91]
    assert rounded(2, result.z, result.standard_error) == [-2.12, 0.57]


def test_the_interval_from_the_p_value_of_a_difference_is_nearly_that_of_altman_and_bland() -> None:
    # BMJ 2011;343:d2090: 17 points with P = 0.032 (zinc against a cold): z = 2.141, standard error
    # 7.940, interval 1.4 to 32.6. That z is an approximation; the quantile, 2.144, gives:
    result = interval_from_p(17, 0.032)
    assert rounded(1, result.low, result.high) == [1.5, 32.5]
    # and with their approximation in its place, all their digits
    z = -0.862 + math.sqrt(0.743 - 2.404 * math.log(0.032))
    error = 17 / z
    half = normal_quantile(95.0) * error
    assert rounded(3, z, error) == [2.141, 7.940]
    assert rounded(1, 17 - half, 17 + half) == [1.4, 32.6]


@pytest.mark.parametrize("z", [0.5, 1.0, 1.5, 1.96, 2.5, 3.0])
def test_the_normal_distribution_is_what_altman_and_bland_approximate(z: float) -> None:
    # BMJ 2011;343:d2304: P = exp(-0.717 z - 0.416 z²)
    assert normal_p(z) == pytest.approx(math.exp(-0.717 * z - 0.416 * z * z), rel=0.03)


def test_the_interval_of_admire_cd_implies_its_p_value() -> None:
    # Printed: 17.7 (4.2 to 31.2), P = 0.010
    assert rounded(3, p_from_interval(17.7, 4.2, 31.2).p) == [0.010]
    arms = (58, 103), (39, 101)
    difference = wald(*arms)
    implied = p_from_interval(difference.points, difference.low, difference.high).p
    assert implied == pytest.approx(difference_z(*arms, pooled=False).p)


@pytest.mark.parametrize("level", [90.0, 95.0, 97.5, 99.0])
def test_a_standard_error_comes_back_from_any_level(level: float) -> None:
    result = risk_ratio((58, 103), (39, 101), level)
    wanted = math.sqrt(45 / (58 * 103) + 62 / (39 * 101))
    assert standard_error(result.low, result.high, level, LOG) == pytest.approx(wanted)
    assert middle(result.low, result.high, LOG) == pytest.approx(result.ratio)


def test_the_middle_depends_on_the_scale() -> None:
    assert middle(4.2, 31.2) == pytest.approx(17.7)
    assert middle(0.5, 2.0, LOG) == pytest.approx(1)
    assert middle(0.1, 0.9, LOGIT) == pytest.approx(0.5)


def test_an_interval_without_width_has_no_error() -> None:
    assert standard_error(3.0, 3.0) == 0.0


@pytest.mark.parametrize(
    ("estimate", "low", "high", "scale", "sentence"),
    [
        (5.0, 6.0, 7.0, IDENTITY, "5.0 lies outside its interval, 6.0 to 7.0"),
        (5.0, 5.0, 5.0, IDENTITY, "has no width"),
        (0.5, 0.0, 0.9, LOG, "0.0 has no logarithm"),
        (0.5, 0.1, 0.9, LOGIT, "no value means no effect"),
    ],
)
def test_an_interval_that_implies_no_p_value_is_refused_in_a_sentence(
    estimate: float, low: float, high: float, scale: Scale, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        p_from_interval(estimate, low, high, scale=scale)


@pytest.mark.parametrize(
    ("estimate", "p", "scale", "sentence"),
    [
        (5.0, 0.0, IDENTITY, "a p-value of 0.0 implies no interval"),
        (5.0, 1.0, IDENTITY, "a p-value of 1.0 implies no interval"),
        (0.0, 0.5, IDENTITY, "is no effect"),
        (1.0, 0.5, LOG, "is no effect"),
        (-1.0, 0.5, LOG, "has no logarithm"),
        (0.5, 0.5, LOGIT, "no value means no effect"),
    ],
)
def test_a_p_value_that_implies_no_interval_is_refused_in_a_sentence(
    estimate: float, p: float, scale: Scale, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        interval_from_p(estimate, p, scale=scale)


def test_ends_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        standard_error(2.0, 1.0)
    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        standard_error(0.0, 0.5, scale=LOGIT)
    with pytest.raises(ValueError, match="not between 0 and 100"):
        standard_error(1.0, 2.0, 100.0)


def test_an_interval_that_names_no_level_is_one_of_95_percent() -> None:
    quantile = float(norm.ppf(0.975))
    assert standard_error(0.0, 2 * quantile) == pytest.approx(1, rel=1e-12)
    assert standard_error(0.0, 2 * float(norm.ppf(0.95)), 90.0) == pytest.approx(1, rel=1e-12)
    functions = [
        function
        for module in (effect, logistic, pooling, printed, proportions)
        for _, function in inspect.getmembers(module, inspect.isfunction)
        if "level" in inspect.signature(function).parameters
    ]
    levels = {
        function.__name__: inspect.signature(function).parameters["level"].default
        for function in functions
    }
    assert {name for name in levels if not name.startswith("_")} >= {
        "clopper_pearson", "wilson", "newcombe", "wald", "risk_ratio", "standard_error",
        "random_effects", "pool_logistic",
    }  # fmt: skip
    assert set(levels.values()) <= {95.0, inspect.Parameter.empty}
