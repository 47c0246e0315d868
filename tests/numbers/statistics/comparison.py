"""Every number of reference/comparison.json beside the same number of this program.

`python -m tests.numbers.statistics.comparison` prints how many were compared, and the largest difference.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from evidence.numbers.statistics.effect import (
    Effect,
    log_odds_ratio,
    log_risk_ratio,
    risk_difference,
)
from evidence.numbers.statistics.heterogeneity import Estimator
from evidence.numbers.statistics.means import mean_difference, standardised_mean_difference
from evidence.numbers.statistics.pooling import (
    Interval,
    PooledResult,
    common_effect,
    random_effects,
)
from evidence.numbers.statistics.rates import (
    exact_rate,
    log_rate,
    log_rate_ratio,
    rate_difference,
)
from evidence.numbers.statistics.regression import (
    AsymmetryResult,
    Coefficient,
    RegressionResult,
    eggers_test,
    meta_regression,
    peters_test,
)
from evidence.numbers.statistics.share_groups import between_shares
from evidence.numbers.statistics.sparse_events import (
    mantel_haenszel_odds_ratio,
    mantel_haenszel_rate_ratio,
    mantel_haenszel_risk_difference,
    mantel_haenszel_risk_ratio,
    peto_odds_ratio,
)
from tests.numbers.statistics.references import read

FLOOR = 1e-6  # numbers nearer to 0 are compared as if they were this large
ESTIMATORS: dict[str, Estimator] = {
    "DL": "DerSimonian-Laird",
    "PM": "Paule-Mandel",
    "REML": "REML",
}
INTERVALS: dict[str, Interval] = {
    "wald": "Wald",
    "knha": "Hartung-Knapp",
    "adhoc": "Hartung-Knapp, ad hoc",
}
EFFECTS: dict[str, Callable[[Any, Any], Effect]] = {
    "RR": log_risk_ratio,
    "OR": log_odds_ratio,
    "RD": risk_difference,
    "MD": mean_difference,
    "SMD": standardised_mean_difference,
    "IRR": log_rate_ratio,
    "IRD": rate_difference,
}
COMMON: dict[str, Callable[[Any], PooledResult]] = {
    "RR": mantel_haenszel_risk_ratio,
    "OR": mantel_haenszel_odds_ratio,
    "RD": mantel_haenszel_risk_difference,
    "IRR": mantel_haenszel_rate_ratio,
}
# What the studies of a set are pooled as
POOLED: dict[str, Callable[[Any, Any], Effect]] = {
    "counts": log_odds_ratio,
    "means": standardised_mean_difference,
    "rates": log_rate_ratio,
}


@dataclass(frozen=True)
class Compared:
    """One number: which one of which set, ours and metafor's (None where one of them has none)."""

    case: dict[str, Any] = field(repr=False)
    family: str
    name: str
    ours: float | None
    theirs: float | None

    @property
    def apart(self) -> float:
        """Return the difference relative to metafor's number; infinite where one has none."""
        if self.ours is None or self.theirs is None:
            return 0.0 if self.ours == self.theirs else math.inf
        if self.ours == self.theirs:
            return 0.0
        return abs(self.ours - self.theirs) / max(abs(self.theirs), FLOOR)


Numbers = Iterator[tuple[str, str, Sequence[float | None], Sequence[float | None]]]


def compared() -> Iterator[Compared]:
    """Yield every number of every set."""
    kept = read("comparison")
    for case in [*kept["shipped"], *kept["edges"]]:
        for family, name, ours, theirs in _of_set(case):
            yield from _each(case, family, name, ours, theirs)
    for case in kept["share_groups"]:
        counts = list(zip(case["events"], case["n"], strict=True))
        found = between_shares(counts, case["groups"])
        assert found is not None
        ours = [found.q, found.p]
        yield from _each(case, "subgroups of shares", "q, p", ours, case["between"])


def _each(
    case: dict[str, Any],
    family: str,
    name: str,
    ours: Sequence[float | None],
    theirs: Sequence[float | None],
) -> Iterator[Compared]:
    assert len(ours) == len(theirs), (case["name"], family, name)
    for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        yield Compared(case, family, f"{name} {place}", one, other)


def _of_set(case: dict[str, Any]) -> Numbers:
    made, kind = case["metafor"], case["kind"]
    arms = [] if kind == "estimates" else _arms(case)
    for measure, values in made.get("effects", {}).items():
        yield from _effects(measure, arms, values)
    for measure, values in made.get("mantel_haenszel", {}).items():
        yield from _common(f"Mantel-Haenszel {measure}", COMMON[measure], arms, values)
    if kind == "counts":
        yield from _common("Peto", peto_odds_ratio, arms, made["peto"])
        if made["peters"]:
            yield "Peters' test", "", _asymmetry(peters_test(arms)), made["peters"]
    if kind == "rates":
        exact = [exact_rate(*treated) for treated, _ in arms]
        yield "exact rate", "low", [rate.low for rate in exact], _list(made["exact"]["low"])
        yield "exact rate", "high", [rate.high for rate in exact], _list(made["exact"]["high"])
    if made["pooled"]:
        effects, x = _pooled_effects(case, arms)
        yield from _of_estimates(effects, x, made["pooled"])


def _arms(case: dict[str, Any]) -> list[Any]:
    columns = [_list(column) for column in case["data"].values()]
    half, whole = len(columns) // 2, {"a", "n1", "c", "n2", "x1", "x2"}
    names = list(case["data"])
    exact = [
        [int(cell) if name in whole else float(cell) for cell in column]
        for name, column in zip(names, columns, strict=True)
    ]
    rows = list(zip(*exact, strict=True))
    return [(row[:half], row[half:]) for row in rows]


def _list(values: Any) -> list[Any]:
    return values if isinstance(values, list) else [values]


def _effects(measure: str, arms: list[Any], values: dict[str, Any]) -> Numbers:
    yi, vi = _list(values["yi"]), _list(values["vi"])
    ours: list[Effect | None] = []
    for each in arms:
        if measure == "IRLN":
            ours.append(log_rate(*each[0]))
            continue
        try:
            ours.append(EFFECTS[measure](*each))
        except ValueError:
            ours.append(None)
    for place, (found, estimate, variance) in enumerate(zip(ours, yi, vi, strict=True)):
        if estimate is None and measure == "RR":
            continue  # everybody in both arms: metafor drops it with those without an event
        name = f"{measure} {place}"
        of_both = (found.estimate, found.variance) if found else (None, None)
        yield "effects", name, of_both, (estimate, variance)


def _common(
    family: str,
    pool: Callable[[Any], PooledResult],
    arms: list[Any],
    values: dict[str, Any] | None,
) -> Numbers:
    try:
        found = pool(arms)
    except ValueError:
        assert values is None or values["ends"][1] in {None, 0}, family
        return
    assert values is not None, family
    yield family, "ends", _ends(found), values["ends"]
    spread = found.heterogeneity
    yield family, "spread", [spread.q, spread.p, spread.i_squared], values["spread"]
    yield family, "weights", found.weights, _list(values["weights"])


def _ends(found: PooledResult | Coefficient) -> list[float]:
    return [found.estimate, found.standard_error, found.low, found.high, found.p]


def _asymmetry(found: AsymmetryResult) -> list[float]:
    return [found.slope, found.standard_error, found.t, found.degrees, found.p]


def _pooled_effects(
    case: dict[str, Any], arms: list[Any]
) -> tuple[list[tuple[float, float]], list[float]]:
    x = _list(case["x"])
    if case["kind"] == "estimates":
        yi, vi = _list(case["data"]["yi"]), _list(case["data"]["vi"])
        return list(zip(yi, vi, strict=True)), x
    effects, there = [], []
    for each, number in zip(arms, x, strict=True):
        try:
            effect = POOLED[case["kind"]](*each)
        except ValueError:
            continue
        effects.append((effect.estimate, effect.variance))
        there.append(number)
    return effects, there


def _of_estimates(
    effects: list[tuple[float, float]], x: list[float], values: dict[str, Any]
) -> Numbers:
    estimates, variances = [each[0] for each in effects], [each[1] for each in effects]
    common = common_effect(estimates, variances)
    spread = common.heterogeneity
    ours = [*_ends(common), spread.q, spread.p, spread.i_squared]
    yield "common effect", "", ours, values["common"]
    for short, estimator in ESTIMATORS.items():
        if values[short] is not None:
            yield from _random(short, partial(random_effects, estimates, variances, estimator),
                               values[short])  # fmt: skip
    if values["q_profile"] is not None:
        spread = random_effects(estimates, variances).heterogeneity
        ends = [
            getattr(spread, f"{name}_{end}")
            for name in ("tau_squared", "i_squared", "h_squared")
            for end in ("low", "high")
        ]
        yield "Q-profile", "", ends, values["q_profile"]
    if values["regression"] is not None:
        line = partial(meta_regression, estimates, variances, x)
        yield from _regression(line, values["regression"])
    if values["egger"] is not None:
        yield "Egger's test", "", _asymmetry(eggers_test(estimates, variances)), values["egger"]


def _random(short: str, pool: Callable[..., PooledResult], values: dict[str, Any]) -> Numbers:
    wald = pool("Wald")
    spread = wald.heterogeneity
    ours = [spread.tau_squared, spread.i_squared, spread.h_squared]
    yield f"random effects, {short}", "spread", ours, values["spread"]
    yield f"random effects, {short}", "weights", wald.weights, _list(values["weights"])
    for name, interval in INTERVALS.items():
        yield f"random effects, {short}", name, _ends(pool(interval)), values[name]
    if values["prediction"] is not None:
        ends = [wald.prediction_low, wald.prediction_high]
        yield f"random effects, {short}", "prediction", ends, values["prediction"]


def _regression(line: Callable[[Interval], RegressionResult], values: dict[str, Any]) -> Numbers:
    found = line("Wald")
    ours = [found.tau_squared, found.i_squared, found.q_residual, found.p_residual]
    yield "meta-regression", "spread", ours, values["spread"]
    if values["r_squared"] is not None:
        yield "meta-regression", "R²", [found.r_squared], [values["r_squared"]]
    for name, interval in INTERVALS.items():
        found = line(interval)
        pairs = zip(_ends(found.intercept), _ends(found.slope), strict=True)
        tested = [found.q_moderator, found.p_moderator]
        yield (
            "meta-regression",
            name,
            [*(each for pair in pairs for each in pair), *tested],
            values[name],
        )


# The numbers that differ, each with its reason

NEAR = 1e-6
KEPT = "the estimate of a difference stays what was seen where a count is 0; metafor adds 1/2 to it"
CENTRE = "Q of Mantel-Haenszel risk differences is of those estimates"
EQUAL = "all estimates are equal: 0 divided by 0, which metafor fills with what rounding leaves"
STOPS = "metafor's search stops a hair from the maximum: its tau² is less than 1e-8 away from ours"
YEARS = (
    "exact fractions give our digits: metafor does not centre a moderator far from 0, such as years"
)
SEARCH = "lme4's search for the maximum is that exact: 3 parts in 100,000 (decision 0006)"


def reason(number: Compared) -> str:
    """Return why a number differs from metafor's, or nothing."""
    case, made = number.case, number.case.get("metafor", {})
    if number.family == "subgroups of shares":
        return SEARCH if number.apart < 1e-4 else ""
    if number.family == "effects":
        return KEPT if _is_kept_estimate(number) else ""
    if number.family == "Mantel-Haenszel RD":
        return CENTRE if number.name.startswith("spread") and _has_zero(case) else ""
    estimates = (case["data"] if case["kind"] == "estimates" else made["pooled"])["yi"]
    apart = max(estimates) - min(estimates)
    if apart <= 1e-9 * max(map(abs, estimates)):
        fits = ("knha", "R²") if number.family != "Egger's test" else ("",)
        return EQUAL if number.name.startswith(fits) else ""
    if number.family in {"random effects, REML", "meta-regression"}:
        if number.family == "meta-regression" and number.apart < 0.01 and min(case["x"]) > 1000:
            return YEARS
        return STOPS if _is_a_hair_away(case, number) else ""
    return ""


def _has_zero(case: dict[str, Any]) -> bool:
    return any(0 in {a, c, n - a, m - c} for (a, n), (c, m) in _arms(case))


def _is_kept_estimate(number: Compared) -> bool:
    """Tell whether metafor's estimate is ours with 1/2 added to the counts."""
    measure, place, of = number.name.split()
    if measure not in {"RD", "IRD"} or of != "0":
        return False
    (a, n), (c, m) = _arms(number.case)[int(place)]
    whole = 1 if measure == "RD" else 0
    halved = (a + 0.5) / (n + whole) - (c + 0.5) / (m + whole)
    zero = 0 in ({a, c, n - a, m - c} if measure == "RD" else {a, c})
    return zero and math.isclose(halved, number.theirs or 0, rel_tol=1e-9, abs_tol=1e-11)


def _is_a_hair_away(case: dict[str, Any], number: Compared) -> bool:
    made, arms = case["metafor"]["pooled"], [] if case["kind"] == "estimates" else _arms(case)
    effects, x = _pooled_effects(case, arms)
    estimates, variances = [each[0] for each in effects], [each[1] for each in effects]
    ours = random_effects(estimates, variances).heterogeneity.tau_squared
    pairs = [(ours, made["REML"]["spread"][0])]
    if number.family == "meta-regression":
        line = meta_regression(estimates, variances, x)
        pairs.append((line.tau_squared, made["regression"]["spread"][0]))
    return all(abs(one - other) < 1e-8 for one, other in pairs)


def main() -> None:
    """Print the numbers of each family, the largest difference, and what differs with its reason."""
    numbers = list(compared())
    near = [number for number in numbers if number.apart <= NEAR]
    for family in dict.fromkeys(number.family for number in numbers):
        of_family = [number for number in near if number.family == family]
        worst = max(number.apart for number in of_family)
        print(f"{family}: {len(of_family):,} agree, largest relative difference {worst:.1e}")
    reasons = Counter(reason(number) or "?" for number in numbers if number.apart > NEAR)
    for why, many in reasons.most_common():
        print(f"{many:,} differ: {why}")
    worst = max(number.apart for number in near)
    print(
        f"{len(numbers):,} numbers compared, {len(near):,} agree, largest relative difference {worst:.1e}"
    )


if __name__ == "__main__":
    main()
