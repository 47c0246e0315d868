"""Proportions pooled by logits, double arcsines and a logistic model, against metafor and print."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import pytest
from scipy.integrate import quad
from scipy.special import expit
from scipy.stats import norm
from scipy.stats import t as student

from evidence.numbers.statistics.effect import share_from_double_arcsine
from evidence.numbers.statistics.logistic import Likelihood, fit, likelihood_ratio_q, pool_logistic
from evidence.numbers.statistics.pooled_proportion import pool_double_arcsines, pool_logits
from evidence.numbers.statistics.pooling import common_effect, random_effects
from tests.numbers.statistics.references import near, read, rounded

CASES = read("pooled_proportion")
# Stijnen, Hamza and Ozdemir 2010: catheter infections, dat.nielweise2007
CONTROL, TREATED = (
    list(zip(case["events"], case["n"], strict=True)) for case in CASES if "niel" in case["set"]
)
# Miller, Am Stat 1978;32:138
MILLER = [(3, 11), (6, 17), (10, 21), (1, 6)]
wald = partial(random_effects, interval="Wald")


def counts(case: dict[str, Any]) -> list[tuple[int, int]]:
    return list(zip(case["events"], case["n"], strict=True))


def set_name(case: dict[str, Any]) -> str:
    return str(case["set"])


@pytest.mark.parametrize("key", ["logit", "freeman_tukey"])
@pytest.mark.parametrize("case", CASES, ids=set_name)
def test_pooled_shares_are_those_of_metafor(case: dict[str, Any], key: str) -> None:
    method = pool_logits if key == "logit" else pool_double_arcsines
    result, expected = method(counts(case), wald), case[key]
    shares = [each / 100 for each in (result.percent, result.low, result.high)]
    assert shares == near([expected[field] for field in ("share", "share_low", "share_high")])
    assert result.tau_squared == near(expected["tau_squared"])


# rma.glmm leaves the search to lme4, which stops when its steps are small: five digits are sure
@pytest.mark.parametrize("points", [7, 25])
@pytest.mark.parametrize("case", CASES, ids=set_name)
def test_the_logistic_model_is_that_of_metafor(case: dict[str, Any], points: int) -> None:
    model, expected = fit(counts(case), points), case[f"logistic_{points}"]
    found = [model.estimate, model.standard_error, model.tau_squared]
    wanted = [expected[field] for field in ("estimate", "standard_error", "tau_squared")]
    assert found == pytest.approx(wanted, rel=3e-5, abs=1e-5)
    if points == 25:
        result = pool_logistic(counts(case))
        shares = [each / 100 for each in (result.percent, result.low, result.high)]
        wanted = [expected[field] for field in ("share", "low", "high")]
        assert shares == pytest.approx(wanted, rel=3e-5, abs=1e-5)


@pytest.mark.parametrize("case", CASES, ids=set_name)
def test_tau_i_squared_and_q_are_all_of_the_logistic_model_as_in_metafor(
    case: dict[str, Any],
) -> None:
    # rma.glmm(measure = "PLO"): tau2, I2, H2, QE.LRT, QEp.LRT; its search is sure to five digits
    result, expected = pool_logistic(counts(case)), case["logistic_25"]
    found = result.heterogeneity
    assert found.tau_squared == result.tau_squared
    assert [found.tau_squared, found.i_squared, found.h_squared] == pytest.approx(
        [expected[field] for field in ("tau_squared", "i_squared", "h_squared")],
        rel=1e-4,
        abs=1e-6,
    )
    assert [found.q, found.p] == near([expected["q"], expected["q_p"]])  # no search: all digits
    assert found.degrees == expected["q_degrees"]


def test_the_readable_studies_have_the_spread_that_metafor_prints() -> None:
    # metafor 3.8.1, rma.glmm(measure = "PLO"): tau^2 1.4804, I^2 83.76%, LRT(df = 14) = 68.2355
    (case,) = [each for each in CASES if each["set"] == "the readable studies of this site"]
    found = pool_logistic(counts(case)).heterogeneity
    assert rounded(1, found.i_squared, found.q) == [83.8, 68.2]
    assert rounded(3, found.tau_squared) == [1.480]
    # of the logits, which is another model: I^2 22.7%, Q 28.3
    other = pool_logits(counts(case)).heterogeneity
    assert rounded(1, other.i_squared, other.q) == [22.7, 28.3]


def test_the_wald_form_of_q_falls_to_nothing_where_nobody_had_the_outcome() -> None:
    # the reason why it is not ours: metafor's QE.Wld of studies as far apart as can be
    (case,) = [each for each in CASES if each["set"] == "nobody in one, everybody in another"]
    assert case["logistic_25"]["q_wald"] < 1
    assert likelihood_ratio_q(counts(case)) > 28


def test_one_share_for_all_has_no_q_and_one_study_no_degree_of_freedom() -> None:
    assert likelihood_ratio_q([(3, 10), (12, 40), (15, 50)]) == pytest.approx(0, abs=1e-9)
    assert likelihood_ratio_q([(0, 10), (0, 3)]) == 0
    found = pool_logistic([(37, 40)]).heterogeneity
    assert (found.degrees, found.p, found.i_squared) == (0, 1.0, 0.0)


# Stijnen et al., Stat Med 2010;29:3046-3067, Table II (p. 3050)
@pytest.mark.parametrize(
    ("studies", "model", "shares"),
    [
        (CONTROL, [-3.50, 0.26, 0.81], [0.029, 0.018, 0.048]),
        (TREATED, [-4.81, 0.36, 0.83], [0.008, 0.004, 0.016]),
    ],
)
def test_catheter_infections_in_the_logistic_model_are_as_stijnen_prints_them(
    studies: list[tuple[int, int]], model: list[float], shares: list[float]
) -> None:
    found = fit(studies)
    assert rounded(2, found.estimate, found.standard_error, found.tau_squared) == model
    result = pool_logistic(studies)
    assert rounded(3, result.percent / 100, result.low / 100, result.high / 100) == shares


@pytest.mark.parametrize(
    ("studies", "tau_squared", "shares"),
    [
        (CONTROL, 0.663, [0.036, 0.023, 0.055]),  # 0.035 and 0.056 in the paper
        (TREATED, 0.393, [0.014, 0.008, 0.023]),
    ],
)
def test_catheter_infections_by_logits_are_as_stijnen_prints_them(
    studies: list[tuple[int, int]], tau_squared: float, shares: list[float]
) -> None:
    result = pool_logits(studies, wald)
    assert rounded(3, result.tau_squared) == [tau_squared]
    assert rounded(3, result.percent / 100, result.low / 100, result.high / 100) == shares


def test_shares_turned_back_are_as_miller_prints_them() -> None:
    # Miller 1978, weighted: 1.3093 (twice our scale) and 0.3595
    result = pool_double_arcsines(MILLER, common_effect)
    assert rounded(4, result.percent / 100) == [0.3595]
    assert (result.k, result.events, result.n) == (4, 20, 55)
    # Unweighted: the plain mean 1.2262 gives 0.3164
    harmonic = 4 / sum(1 / n for _, n in MILLER)
    assert rounded(4, share_from_double_arcsine(1.2262 / 2, harmonic)) == [0.3164]


def test_the_example_of_metafor_with_shares_of_0_and_1_is_pooled() -> None:
    # metafor's test of miller1978: 0.6886 (0.5734 to 0.7943)
    studies = [(0, 10), (4, 10), (9, 15), (16, 20), (20, 20)]
    result = pool_double_arcsines(studies, common_effect)
    shares = [each / 100 for each in (result.percent, result.low, result.high)]
    assert rounded(4, *shares) == [0.6886, 0.5734, 0.7943]


@pytest.mark.parametrize(("centre", "tau"), [(-3.5, 0.9), (0.0, 0.01), (1.0, 3.0)])
def test_the_likelihood_is_the_integral_it_stands_for(centre: float, tau: float) -> None:
    studies = [(0, 117), (3, 117), (4, 8), (10, 10)]

    def density(u: float, events: int, n: int) -> float:
        log_odds = centre + tau * u
        binomial = events * log_odds - n * math.log1p(math.exp(log_odds))
        return math.exp(binomial - u * u / 2) / math.sqrt(2 * math.pi)

    direct = sum(
        math.log(quad(density, -12, 12, args=pair, points=(-3, -1, 0, 1, 3), epsabs=0)[0])
        for pair in studies
    )
    assert Likelihood(studies, 40).log(centre, tau) == pytest.approx(direct, rel=1e-6)


def test_studies_that_agree_have_no_variance_between_them() -> None:
    # The likelihood is then that of one study: 30 of 100, standard error 1 / sqrt(100 0.3 0.7)
    result = pool_logistic([(3, 10), (12, 40), (15, 50)])
    assert result.tau_squared == 0.0
    assert result.percent == pytest.approx(30)
    assert fit([(3, 10), (12, 40), (15, 50)]).standard_error == pytest.approx(1 / math.sqrt(21))


def test_one_study_alone_is_its_own_share() -> None:
    for result in (
        pool_logits([(37, 40)]),
        pool_double_arcsines([(37, 40)]),
        pool_logistic([(37, 40)]),
    ):
        assert result.percent == pytest.approx(92.5)
        assert result.low < 92.5 < result.high
        assert result.tau_squared == 0.0
        assert result.prediction_low is None


def test_no_event_anywhere_has_no_logistic_model_but_an_arcsine() -> None:
    for studies in ([(0, 10), (0, 20)], [(10, 10), (20, 20)]):
        with pytest.raises(ValueError, match="no event, or nothing else"):
            pool_logistic(studies)
        result = pool_double_arcsines(studies)
        assert 0 <= result.low <= result.percent <= result.high <= 100
        assert "1/2 added to the counts of 2 of 2" in pool_logits(studies).method


def test_studies_too_far_apart_for_the_model_are_refused() -> None:
    with pytest.raises(ValueError, match="so far apart"):
        pool_logistic([(0, 1000), (1000, 1000)])


def test_nothing_to_pool_and_impossible_counts_are_refused() -> None:
    for method in (pool_logits, pool_double_arcsines, pool_logistic):
        with pytest.raises(ValueError, match="there is no study to pool"):
            method([])
        with pytest.raises(ValueError, match="is not a proportion"):
            method([(1, 2), (3, 2)])


def test_the_method_says_what_was_done() -> None:
    assert pool_logits(TREATED).method.startswith("logits, random effects, tau² by REML")
    assert pool_logits(TREATED).method.endswith("1/2 added to the counts of 6 of 18")
    assert pool_logistic(TREATED).method.startswith("random-intercept logistic model")


def test_the_intervals_of_the_logistic_model_are_those_of_its_error_and_its_variance() -> None:
    # estimate plus or minus t sqrt(tau² + error²), with k - 2 degrees of freedom, and z times the error
    model, result = fit(CONTROL), pool_logistic(CONTROL)
    spread = math.sqrt(model.tau_squared + model.standard_error**2)
    wide = float(student.ppf(0.975, len(CONTROL) - 2)) * spread
    half = float(norm.ppf(0.975)) * model.standard_error
    ends = [
        model.estimate - wide,
        model.estimate - half,
        model.estimate + half,
        model.estimate + wide,
    ]
    assert [result.prediction_low, result.low, result.high, result.prediction_high] == (
        pytest.approx([100 * float(expit(end)) for end in ends], rel=1e-9)
    )
    assert pool_logistic(CONTROL[:2]).prediction_low is None


@pytest.mark.parametrize("level", [90.0, 95.0])
def test_all_ends_of_shares_pooled_as_logits_are_turned_back_to_percent(level: float) -> None:
    pool = partial(random_effects, level=level)
    result = pool_logits(MILLER, pool)
    logs = [math.log(events / (n - events)) for events, n in MILLER]
    variances = [1 / events + 1 / (n - events) for events, n in MILLER]
    plain = pool(logs, variances)
    assert plain.prediction_low is not None
    assert plain.prediction_high is not None
    ends = (plain.prediction_low, plain.low, plain.estimate, plain.high, plain.prediction_high)
    found = (
        result.prediction_low, result.low, result.percent, result.high, result.prediction_high,
    )  # fmt: skip
    assert found == pytest.approx([100 * float(expit(end)) for end in ends], rel=1e-12)
    assert (result.level, result.k, result.events, result.n) == (level, 4, 20, 55)
