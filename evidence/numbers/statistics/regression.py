"""Effects of studies against one number of each: meta-regression, and tests of a funnel's asymmetry.

A line is fitted by weighted least squares. Neither SciPy nor statsmodels estimates tau² beside a
moderator; PyMARE does, without the interval of Knapp and Hartung and without R².
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evidence.numbers.statistics.distribution import (
    chi_squared_p,
    normal_p,
    normal_quantile,
    student_p,
    student_quantile,
)
from evidence.numbers.statistics.effect import Counts, log_odds_ratio
from evidence.numbers.statistics.heterogeneity import Studies, highest, reml
from evidence.numbers.statistics.pooling import Interval

FEWEST = 10  # studies: Cochrane Handbook, sections 10.11.5.1 and 13.3.5.4
FEW_FOR_REGRESSION = "Fewer than ten studies: what seems to go with the number may be any other difference between them"
Test = Literal["Egger", "Peters"]


@dataclass(frozen=True)
class Coefficient:
    """One coefficient of a line with its standard error, interval and two-sided p-value."""

    estimate: float
    standard_error: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class RegressionResult:
    """A line through effects: ``intercept`` at a moderator of 0, ``slope`` for one unit of it.

    ``tau_squared`` is what the moderator leaves of the variance between studies, ``r_squared`` in
    percent how much of it the moderator takes away (None where there is none to begin with),
    ``i_squared`` in percent. ``q_moderator`` tests the slope: chi-squared with 1 degree of freedom
    for a Wald interval, else F with 1 and k - 2. ``q_residual`` has k - 2 degrees of freedom. ``caution``
    is a sentence without its full stop, or nothing.
    """

    intercept: Coefficient
    slope: Coefficient
    k: int
    tau_squared: float
    i_squared: float
    r_squared: float | None
    q_moderator: float
    p_moderator: float
    q_residual: float
    p_residual: float
    level: float
    method: str
    caution: str = ""


@dataclass(frozen=True)
class AsymmetryResult:
    """A test of a funnel's asymmetry: the slope with its standard error, t, and two-sided p-value.

    ``degrees`` of freedom are k - 2. ``caution`` is a sentence without its full stop.
    """

    slope: float
    standard_error: float
    t: float
    degrees: int
    p: float
    k: int
    method: str
    caution: str


class _Line:
    """The line of least squares through points (x, y) with weights, around their mean."""

    def __init__(self, x: Sequence[float], y: Sequence[float], weights: Sequence[float]) -> None:
        total = math.fsum(weights)
        # Counted from one of them, so that equal studies lie on their line exactly
        first_x, first_y = x[0], y[0]
        shift_x = math.fsum(w * (a - first_x) for w, a in zip(weights, x, strict=True)) / total
        shift_y = math.fsum(w * (b - first_y) for w, b in zip(weights, y, strict=True)) / total
        across = [a - first_x - shift_x for a in x]
        up = [b - first_y - shift_y for b in y]
        mean_x, mean_y = first_x + shift_x, first_y + shift_y
        self.spread = math.fsum(w * a * a for w, a in zip(weights, across, strict=True))
        products = (w * a * b for w, a, b in zip(weights, across, up, strict=True))
        self.slope = math.fsum(products) / self.spread
        self.intercept = mean_y - self.slope * mean_x
        self.rest = [b - self.slope * a for a, b in zip(across, up, strict=True)]
        self.weights = list(weights)
        self.variances = 1 / total + mean_x**2 / self.spread, 1 / self.spread
        self.leverages = [1 / total + a * a / self.spread for a in across]
        self.determinant = total * self.spread

    @property
    def q(self) -> float:
        """Return the weighted sum of squares about the line."""
        return math.fsum(w * r * r for w, r in zip(self.weights, self.rest, strict=True))

    @property
    def free(self) -> float:
        """Return the sum of the weights, each less what its own study takes of the line."""
        pairs = zip(self.weights, self.leverages, strict=True)
        return math.fsum(w * (1 - w * h) for w, h in pairs)


def meta_regression(
    estimates: Sequence[float],
    variances: Sequence[float],
    moderator: Sequence[float],
    interval: Interval = "Hartung-Knapp",
    level: float = 95.0,
) -> RegressionResult:
    """Return the mixed-effects line of effects against one number of each study.

    Thompson and Higgins, Stat Med 2002;21:1559-1573, model 3: weights 1 / (variance + tau²), with
    tau² by REML (Viechtbauer, J Educ Behav Stat 2005;30:261-293, appendix). Interval and test of
    Knapp and Hartung, Stat Med 2003;22:2693-2710: variances times the weighted sum of squares about
    the line over k - 2, Student's t with k - 2 degrees of freedom; "ad hoc" never below 1. R²:
    Raudenbush, in: The handbook of research synthesis, 2009, equation 16.40, not below 0.
    Raises ValueError for fewer than three studies, a moderator that is the same in all or not
    finite, and as ``Studies`` does.
    """
    studies = Studies(estimates, variances)
    if studies.k < 3:
        raise ValueError("a line through effects takes at least three studies")
    x = _moderator(moderator, studies.k)
    tau_squared, before = _residual_tau_squared(studies, x), reml(studies)
    line, fixed = _line(studies, x, tau_squared), _line(studies, x, 0.0)
    degrees, factor = studies.k - 2, 1.0
    if interval != "Wald":
        factor = line.q / degrees
        factor = max(1.0, factor) if interval == "Hartung-Knapp, ad hoc" else factor
    t = None if interval == "Wald" else degrees
    values = (line.intercept, line.slope)
    intercept, slope = (
        _coefficient(value, math.sqrt(factor * variance), t, level)
        for value, variance in zip(values, line.variances, strict=True)
    )
    typical = degrees / fixed.free
    return RegressionResult(
        intercept=intercept,
        slope=slope,
        k=studies.k,
        tau_squared=tau_squared,
        i_squared=100 * tau_squared / (tau_squared + typical),
        r_squared=max(0.0, 100 * (before - tau_squared) / before) if before else None,
        q_moderator=_ratio(line.slope, slope.standard_error) ** 2,
        p_moderator=slope.p,
        q_residual=fixed.q,
        p_residual=chi_squared_p(fixed.q, degrees),
        level=level,
        method=f"mixed-effects meta-regression, tau² by REML, {interval} interval",
        caution=FEW_FOR_REGRESSION if studies.k < FEWEST else "",
    )


def _moderator(moderator: Sequence[float], k: int) -> list[float]:
    x = [float(number) for number in moderator]
    if len(x) != k:
        message = f"{k} studies do not fit {len(x)} values of a moderator"
        raise ValueError(message)
    if not all(map(math.isfinite, x)):
        raise ValueError("a value of the moderator is not finite")
    if min(x) == max(x):
        raise ValueError("the moderator is the same in all studies: no line can be fitted")
    return x


def _line(studies: Studies, x: list[float], tau_squared: float) -> _Line:
    return _Line(x, studies.estimates, studies.weights(tau_squared))


def _residual_tau_squared(studies: Studies, x: list[float]) -> float:
    def slope(tau_squared: float) -> float:
        line = _line(studies, x, tau_squared)
        squares = math.fsum((w * r) ** 2 for w, r in zip(line.weights, line.rest, strict=True))
        return squares - line.free

    def likelihood(tau_squared: float) -> float:
        line = _line(studies, x, tau_squared)
        logs = math.fsum(math.log(weight) for weight in line.weights) - math.log(line.determinant)
        return 0.5 * (logs - line.q)

    # Beyond this the slope is negative: the plain sum of squares bounds what its first part can be
    plain = _Line(x, studies.estimates, [1.0] * studies.k).q / (studies.k - 2)
    upper = (plain + math.sqrt(plain**2 + 4 * plain * max(studies.variances))) / 2
    return highest(slope, likelihood, upper)


def _coefficient(estimate: float, error: float, t: int | None, level: float) -> Coefficient:
    half = error * (normal_quantile(level) if t is None else student_quantile(level, t))
    ratio = _ratio(estimate, error)
    p = normal_p(ratio) if t is None else student_p(ratio, t)
    return Coefficient(estimate, error, estimate - half, estimate + half, p)


def _ratio(estimate: float, error: float) -> float:
    """Return the estimate in standard errors: infinite without any, 0 where there is no slope."""
    if estimate == 0:
        return 0.0
    return estimate / error if error else math.copysign(math.inf, estimate)


# Are small studies different from large ones?

CAUSES = (
    "That a test shows no asymmetry does not rule it out, and asymmetry has other causes than studies "
    "not published"
)


def eggers_test(estimates: Sequence[float], variances: Sequence[float]) -> AsymmetryResult:
    """Return Egger's test: effects against their standard errors, weights 1 / variance.

    Egger et al., BMJ 1997;315:629-634 (the intercept there is the slope here: Rothstein, Sutton and
    Borenstein, Publication bias in meta-analysis, 2005, chapter 6); metafor's regtest with model
    "lm". Student's t with k - 2 degrees of freedom. An odds ratio hangs together with its standard
    error, also where nothing is amiss: take ``peters_test`` for it.
    Raises ValueError for fewer than ten studies (Sterne et al., BMJ 2011;343:d4002), for equal
    standard errors, and as ``Studies`` does.
    """
    studies = Studies(estimates, variances)
    errors = [math.sqrt(variance) for variance in studies.variances]
    return _asymmetry(errors, studies.estimates, studies.weights(), "Egger")


def peters_test(arms: Sequence[tuple[Counts, Counts]]) -> AsymmetryResult:
    """Return Peters' test: log odds ratios against 1 / people, from (events, n) of both arms.

    Peters et al., JAMA 2006;295:676-680: weights are the inverse variance of the logit of the share
    of all people, 1 / (1 / events + 1 / others); 1/2 is added where a count of a study is 0, as for its
    odds ratio. Student's t with k - 2 degrees of freedom.
    Raises ValueError for fewer than ten studies, for studies of equal size, and as
    ``log_odds_ratio`` does.
    """
    logs = [log_odds_ratio(treated, control).estimate for treated, control in arms]
    sizes = [1 / (treated[1] + control[1]) for treated, control in arms]
    return _asymmetry(sizes, logs, [_information(each) for each in arms], "Peters")


def _information(arms: tuple[Counts, Counts]) -> float:
    (a, n1), (c, n2) = arms
    events, others = a + c, n1 + n2 - a - c
    return events * others / (events + others)


def _asymmetry(
    x: Sequence[float], y: Sequence[float], weights: Sequence[float], name: Test
) -> AsymmetryResult:
    k = len(y)
    if k < FEWEST:
        message = (
            f"{k} studies are too few for a test of asymmetry: with fewer than ten it cannot tell "
            "chance from anything else"
        )
        raise ValueError(message)
    if min(x) == max(x):
        raise ValueError("all studies are equally exact: there is no asymmetry to be tested")
    line = _Line(x, y, weights)
    error = math.sqrt(line.q / (k - 2) * line.variances[1])
    t = _ratio(line.slope, error)
    words = {"Egger": "effects against standard errors", "Peters": "log odds ratios against 1/n"}
    method = (
        f"{name}{'’' if name == 'Peters' else '’s'} test: {words[name]}, weighted least squares"
    )
    return AsymmetryResult(
        slope=line.slope,
        standard_error=error,
        t=t,
        degrees=k - 2,
        p=student_p(t, k - 2),
        k=k,
        method=method,
        caution=CAUSES,
    )
