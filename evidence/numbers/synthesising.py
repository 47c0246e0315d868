"""How studies are pooled for a figure: each on the scale of its measure, then printed units again.

Shares are pooled as the re-analysis pools them. Everything else has random effects with tau² by
REML, unless the editor says otherwise, and the ad hoc Hartung-Knapp interval, which is never narrower
than the studies' own precision allows. An interval of pooled risk differences is cut at the ends of the scale: what is beyond is
impossible, so nothing that can be true is lost, and neither is coverage. Importing this is slow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from evidence.numbers.asymmetry import asymmetry_of
from evidence.numbers.parts import chosen
from evidence.numbers.pooling import Scale as Ends
from evidence.numbers.pooling import of_pooled
from evidence.numbers.results import Between, PoolingQuestion, Synthesis, Together
from evidence.numbers.share_synthesis import of_shares
from evidence.numbers.sparse import pooled_by_sums, sparse_cautions, sums_cautions
from evidence.numbers.statistics.distribution import (
    exponential,
)
from evidence.numbers.statistics.effect import (
    Counts,
    Effect,
)
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
from evidence.numbers.statistics.proportions import LEAST, MOST, newcombe
from evidence.numbers.study_effects import Back, counts_of, effect_of, single

ESTIMATORS: dict[str, Estimator] = {
    "REML": "REML",
    "PM": "Paule-Mandel",
    "DL": "DerSimonian-Laird",
}
METHOD = "random effects, tau² by {}, ad hoc Hartung-Knapp interval"
ALONE = "one study alone"
ADDED_UP = "nothing pooled, each arm counted as one group, Newcombe's hybrid score interval"
CUT = "The interval is cut at the end of the scale, beyond which nothing is possible"
SCALES = {"risk-difference": "squared percentage points"}
INVERSE_VARIANCE = "inverse-variance"
Answer = tuple[Together | None, tuple[Together, ...], Between | None]


def synthesised(question: PoolingQuestion) -> Synthesis:
    """Return each study, and together what was wanted. Raises ValueError as the statistics do."""
    if question.measure == "share":
        return of_shares(question)
    effects = [effect_of(question, numbers) for numbers in question.studies]
    logarithmic = question.logarithmic or question.measure.endswith("ratio")
    back: Back = exponential if logarithmic else float
    studies = tuple(
        single(question, numbers, effect, back)
        for numbers, effect in zip(question.studies, effects, strict=True)
    )
    pool = _by_sums if question.method != INVERSE_VARIANCE else _by_inverse_variance
    scale = SCALES.get(question.measure, "log scale" if logarithmic else "")
    overall, parts, between = pool(question, effects, back)
    tested = asymmetry_of(question, effects) if "asymmetry" in question.wanted else None
    return Synthesis(studies, scale, overall, parts, between, tested)


def _by_inverse_variance(question: PoolingQuestion, effects: list[Effect], back: Back) -> Answer:
    estimates = [effect.estimate for effect in effects]
    variances = [effect.variance for effect in effects]
    pool = _pool(question)
    parts, between = _parts(question, estimates, variances, back)
    overall = None
    if "overall" in question.wanted:
        pooled = pool(estimates, variances)
        overall = _together(question, "", question.studies, pooled, back)
    if question.measure == "risk-difference":
        overall, parts = _without_events(question, overall, parts)
        between = None if any(part.kind == "one-group" for part in parts) else between
    return overall, parts, between


def _pool(question: PoolingQuestion) -> Pool:
    estimator = ESTIMATORS[question.estimator]
    return partial(random_effects, estimator=estimator, interval="Hartung-Knapp, ad hoc")


def _by_sums(question: PoolingQuestion, effects: list[Effect], back: Back) -> Answer:
    """Return the same by Mantel and Haenszel, or Peto; one study alone keeps its own effect."""
    numbered = list(zip(question.studies, effects, strict=True))
    overall, pooled = None, []
    if "overall" in question.wanted:
        overall, _ = _summed(question, "", numbered, back)
    for label, some in chosen(question, numbered):
        pooled.append(_summed(question, label, some, back))
    of_groups = [found for _, found in pooled if found is not None]
    between = None
    if "subgroups" in question.wanted and len(of_groups) == len(pooled) > 1:
        found = common_effect(
            [group.estimate for group in of_groups],
            [group.standard_error**2 for group in of_groups],
        ).heterogeneity
        between = Between(found.q, found.degrees, found.p)
    return overall, tuple(part for part, _ in pooled), between


def _summed(
    question: PoolingQuestion,
    label: str,
    studies: Sequence[tuple[Sequence[float], Effect]],
    back: Back,
) -> tuple[Together, PooledResult | None]:
    numbers, counted = [each for each, _ in studies], None
    if question.measure == "risk-difference":
        counted = _added_up(label, [(counts_of(each[:2]), counts_of(each[2:])) for each in numbers])
        if counted is not None and counted.kind == "one-group":
            return counted, None
    if len(studies) == 1:
        ((_, effect),) = studies
        pooled = _pool(question)([effect.estimate], [effect.variance])
    else:
        pooled = pooled_by_sums(question.method, question.measure, numbers)
    return counted or _together(question, label, numbers, pooled, back), pooled


def _without_events(
    question: PoolingQuestion, overall: Together | None, parts: tuple[Together, ...]
) -> tuple[Together | None, tuple[Together, ...]]:
    """Return the same, but people counted where no study has an event, or nothing else.

    The variance of each study is then made of the halves added to it, and so would be all that is
    pooled. One study alone keeps the interval that it has as a study.
    """
    everybody = [(counts_of(numbers[:2]), counts_of(numbers[2:])) for numbers in question.studies]
    counted = tuple(
        _added_up(part.label, arms) or part
        for part, (_, arms) in zip(parts, chosen(question, everybody), strict=True)
    )
    return overall and (_added_up("", everybody) or overall), counted


def _added_up(label: str, arms: list[tuple[Counts, Counts]]) -> Together | None:
    """Return the people of each arm as one group; None where several studies can be pooled."""
    treated, control = (_sum([study[place] for study in arms]) for place in (0, 1))
    events, n = _sum([treated, control])
    k = len(arms)
    if k > 1 and events not in {0, n}:
        return None
    difference = newcombe(treated, control)
    return Together(
        label=label,
        estimate=difference.points,
        low=difference.low,
        high=difference.high,
        position=difference.points,
        k=k,
        weights=(),
        prediction=None,
        tau_squared=None,
        i_squared=None,
        q=None,
        q_p=None,
        method=ADDED_UP if k > 1 else ALONE,
        kind="one-group" if k > 1 else "one-study",
        people=(treated, control),
    )


def _sum(counts: list[Counts]) -> Counts:
    return sum(events for events, _ in counts), sum(n for _, n in counts)


def _parts(
    question: PoolingQuestion, estimates: list[float], variances: list[float], back: Back
) -> tuple[tuple[Together, ...], Between | None]:
    pool, between = _pool(question), None
    pooled: list[PooledResult] = []
    if "subgroups" in question.wanted:
        by_group = subgroups(estimates, variances, question.groups, pool)
        between = Between(by_group.q, by_group.degrees, by_group.p) if by_group.degrees else None
        pooled = [found for _, found in by_group.groups]
    elif "cumulative" in question.wanted:
        steps = cumulative(estimates, variances, question.years, pool)
        pooled = [step.pooled for step in steps]
    elif "leave-one-out" in question.wanted:
        pooled = list(leave_one_out(estimates, variances, pool))
    labelled = zip(chosen(question, question.studies), pooled, strict=True)
    parts = tuple(
        _together(question, label, studies, found, back) for (label, studies), found in labelled
    )
    return parts, between


def _together(
    question: PoolingQuestion,
    label: str,
    studies: Sequence[Sequence[float]],
    pooled: PooledResult,
    back: Back,
) -> Together:
    heterogeneity, prediction = pooled.heterogeneity, None
    wide = (back(pooled.low), back(pooled.high))
    interval = _within(question, *wide)
    ends = pooled.prediction_low, pooled.prediction_high
    if question.prediction and ends[0] is not None and ends[1] is not None:
        prediction = _within(question, back(ends[0]), back(ends[1]))
    alone, common = pooled.k == 1, question.method != INVERSE_VARIANCE
    tested = heterogeneity.degrees > 0
    cautions = list(of_pooled(pooled.k, interval, prediction, _ends(question, back)))
    cautions += _cautions(question, studies, pooled)
    return Together(
        label=label,
        estimate=back(pooled.estimate),
        low=interval[0],
        high=interval[1],
        position=pooled.estimate,
        k=pooled.k,
        weights=pooled.weights,
        prediction=prediction,
        tau_squared=None if alone or common else heterogeneity.tau_squared,
        i_squared=heterogeneity.i_squared if tested else None,
        q=heterogeneity.q if tested else None,
        q_p=heterogeneity.p if tested else None,
        method=_method(question, pooled),
        kind="one-study" if alone else "pooled",
        cautions=tuple(cautions if interval == wide else [*cautions, CUT]),
        tau_squared_ends=_both(heterogeneity.tau_squared_low, heterogeneity.tau_squared_high),
        i_squared_ends=_both(heterogeneity.i_squared_low, heterogeneity.i_squared_high),
        degrees=heterogeneity.degrees if tested else None,
    )


def _method(question: PoolingQuestion, pooled: PooledResult) -> str:
    if pooled.k == 1:
        return ALONE
    if question.method != INVERSE_VARIANCE:
        return pooled.method
    return METHOD.format(ESTIMATORS[question.estimator])


def _cautions(
    question: PoolingQuestion, studies: Sequence[Sequence[float]], pooled: PooledResult
) -> Iterator[str]:
    if pooled.k == 1:
        return
    if question.method == INVERSE_VARIANCE:
        yield from sparse_cautions(question.measure, studies)
    else:
        yield from sums_cautions(question.method, studies, pooled)


def _both(low: float | None, high: float | None) -> tuple[float, float] | None:
    return None if low is None or high is None else (low, high)


def _within(question: PoolingQuestion, low: float, high: float) -> tuple[float, float]:
    limits = _limits(question)
    return (low, high) if limits is None else (max(low, limits[0]), min(high, limits[1]))


def _limits(question: PoolingQuestion) -> tuple[float, float] | None:
    return (LEAST, MOST) if question.measure == "risk-difference" else question.limits


def _ends(question: PoolingQuestion, back: Callable[[float], float]) -> Ends:
    if back is exponential:
        return "ratio"
    return "open" if _limits(question) is None else "points"
