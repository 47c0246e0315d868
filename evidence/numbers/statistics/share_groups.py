"""Whether groups of studies differ in a share of people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.numbers.statistics.effect import Counts, logit_proportion
from evidence.numbers.statistics.logistic import fit
from evidence.numbers.statistics.pooling import common_effect, random_effects


@dataclass(frozen=True)
class GroupsResult:
    """Q between groups with its ``degrees`` of freedom and p-value, if all share one mean."""

    q: float
    degrees: int
    p: float
    method: str


def between_shares(counts: Sequence[Counts], names: Sequence[str]) -> GroupsResult | None:
    """Return the test that the groups' mean log odds differ, from (events, n) of each study.

    Borenstein et al., Introduction to meta-analysis, 2009, chapter 19, as for ``pooling.subgroups``:
    Cochran's Q of the groups' means, here those of the logistic model with a random intercept, each
    with its own tau² and the variance that this model gives. Where its likelihood has no maximum, the
    group is pooled by logits; one study alone has its own logit.
    None for one group alone, and where in a group nobody had the outcome, or everybody: its mean
    has no finite log odds, and half an event added would make it up.
    Raises ValueError when lengths differ, and for an impossible count.
    """
    groups = [
        [study for study, group in zip(counts, names, strict=True) if group == name]
        for name in sorted(set(names))
    ]
    if len(groups) < 2 or any(_is_bare(group) for group in groups):
        return None
    means = [_mean(group) for group in groups]
    found = common_effect([mean for mean, _ in means], [variance for _, variance in means])
    spread = found.heterogeneity
    method = "Q between groups, each with its own tau²"
    return GroupsResult(spread.q, spread.degrees, spread.p, method)


def _is_bare(group: list[Counts]) -> bool:
    events, n = (sum(column) for column in zip(*group, strict=True))
    return events in {0, n}


def _mean(group: list[Counts]) -> tuple[float, float]:
    """Return the mean log odds of a group and its variance."""
    effects = [logit_proportion(*study) for study in group]
    if len(effects) == 1:
        return effects[0].estimate, effects[0].variance
    try:
        model = fit(group)
    except ValueError:  # the studies lie too far apart
        estimates = [effect.estimate for effect in effects]
        pooled = random_effects(estimates, [effect.variance for effect in effects], interval="Wald")
        return pooled.estimate, pooled.standard_error**2
    return model.estimate, model.standard_error**2
