"""Studies pooled again and again: without each in turn, as they came, group by group."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.numbers.statistics.pooling import Pool, PooledResult, common_effect, random_effects


@dataclass(frozen=True)
class CumulativeResult:
    """What all studies up to and including ``year`` show together."""

    year: int
    pooled: PooledResult


@dataclass(frozen=True)
class SubgroupResult:
    """Groups pooled apart, in the order of their names, and how far they differ.

    ``q`` has ``degrees`` degrees of freedom and p-value ``p`` when all groups share one effect.
    """

    groups: tuple[tuple[str, PooledResult], ...]
    q: float
    degrees: int
    p: float
    method: str


def leave_one_out(
    estimates: Sequence[float], variances: Sequence[float], pool: Pool = random_effects
) -> tuple[PooledResult, ...]:
    """Return what the others show together, once for each study, in the order of the studies.

    tau² is estimated each time anew (Viechtbauer and Cheung, Res Synth Methods 2010;1:112-125).
    ``pool`` is ``random_effects`` or ``common_effect``, with its options bound by
    ``functools.partial`` where others than the usual ones are wanted.
    Raises ValueError for fewer than two studies, and what ``pool`` raises.
    """
    if len(estimates) < 2:
        raise ValueError("leaving one out takes at least two studies")
    return tuple(
        pool(
            [*estimates[:place], *estimates[place + 1 :]],
            [*variances[:place], *variances[place + 1 :]],
        )
        for place in range(len(estimates))
    )


def cumulative(
    estimates: Sequence[float],
    variances: Sequence[float],
    years: Sequence[int],
    pool: Pool = random_effects,
) -> tuple[CumulativeResult, ...]:
    """Return what was known at the end of each year in which a study appeared, oldest first.

    Lau et al., N Engl J Med 1992;327:248-254. Studies of one year enter together, so that their
    order changes nothing (metafor's cumul adds them one by one).
    Raises ValueError when lengths differ, and what ``pool`` raises.
    """
    if not len(estimates) == len(variances) == len(years):
        raise ValueError("estimates, variances and years must be equally many")
    if not years:
        raise ValueError("there is no study to pool")
    made = []
    for year in sorted(set(years)):
        chosen = [place for place, each in enumerate(years) if each <= year]
        pooled = pool(
            [estimates[place] for place in chosen], [variances[place] for place in chosen]
        )
        made.append(CumulativeResult(year, pooled))
    return tuple(made)


def subgroups(
    estimates: Sequence[float],
    variances: Sequence[float],
    names: Sequence[str],
    pool: Pool = random_effects,
) -> SubgroupResult:
    """Return each group pooled by itself, with its own tau², and the test that groups differ.

    Borenstein et al., Introduction to meta-analysis, 2009, chapter 19, "separate estimates of
    tau²": Q between is Cochran's Q of the groups' means, each with the variance 1 / (sum of its
    weights), whatever interval ``pool`` gives. One group alone: Q 0, p 1.
    Raises ValueError when lengths differ, and what ``pool`` raises.
    """
    if not len(estimates) == len(variances) == len(names):
        raise ValueError("estimates, variances and group names must be equally many")
    if not names:
        raise ValueError("there is no study to pool")
    groups, errors = [], []
    for name in sorted(set(names)):
        chosen = [place for place, each in enumerate(names) if each == name]
        inside = [variances[place] for place in chosen]
        pooled = pool([estimates[place] for place in chosen], inside)
        groups.append((name, pooled))
        tau_squared = pooled.heterogeneity.tau_squared
        errors.append(1 / math.fsum(1 / (variance + tau_squared) for variance in inside))
    between = common_effect([pooled.estimate for _, pooled in groups], errors).heterogeneity
    method = "Q between groups, each with its own tau²"
    return SubgroupResult(tuple(groups), between.q, between.degrees, between.p, method)
