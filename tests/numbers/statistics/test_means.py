"""Two arms with means: worked examples, and what is refused."""

from __future__ import annotations

import math

import pytest

from evidence.numbers.statistics.means import (
    mean_difference,
    small_sample_factor,
    standardised_mean_difference,
)
from tests.numbers.statistics.references import rounded

# Borenstein et al., Introduction to meta-analysis, 2009, chapter 4
TREATED, CONTROL = (103.0, 5.5, 50), (100.0, 4.5, 50)


def test_a_mean_difference_is_as_in_borenstein() -> None:
    effect = mean_difference(TREATED, CONTROL)
    assert rounded(4, effect.estimate, effect.variance, math.sqrt(effect.variance)) == [
        3.0,
        1.01,
        1.005,
    ]


def test_hedges_g_is_as_in_borenstein() -> None:
    effect = standardised_mean_difference(TREATED, CONTROL)
    assert round(effect.estimate, 4) == 0.5924
    assert effect.variance == pytest.approx(0.04 + effect.estimate**2 / 200)


def test_the_correction_is_the_exact_one() -> None:
    # m = 2: gamma(1) / gamma(1/2) = 1 / sqrt(pi), where the approximation gives 0.5714
    assert small_sample_factor(2) == pytest.approx(1 / math.sqrt(math.pi))
    assert small_sample_factor(10) == pytest.approx(0.92275, abs=5e-6)
    assert small_sample_factor(100_000) == pytest.approx(1 - 3 / (4e5 - 1))


@pytest.mark.parametrize("effect", [mean_difference, standardised_mean_difference])
@pytest.mark.parametrize(
    ("treated", "control", "sentence"),
    [
        ((1.0, 2.0, 1), CONTROL, "an arm of one person has no standard deviation"),
        ((1.0, -2.0, 9), CONTROL, "a standard deviation of -2.0 around a mean of 1.0"),
        ((math.nan, 2.0, 9), CONTROL, "around a mean of nan is not possible"),
        ((1.0, math.inf, 9), CONTROL, "a standard deviation of inf"),
        ((1.0, 0.0, 9), (2.0, 0.0, 9), "nobody differs from the mean of the arm"),
    ],
)
def test_what_has_no_effect_is_refused_in_a_sentence(
    effect: object, treated: object, control: object, sentence: str
) -> None:
    assert callable(effect)
    with pytest.raises(ValueError, match=sentence):
        effect(treated, control)
