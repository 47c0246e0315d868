"""How shares are pooled on this site: the method of choice, and two others beside it."""

from __future__ import annotations

from functools import partial

from evidence.numbers.cautions import of_pooled
from evidence.numbers.pooled_share import Counts, OtherShare, PooledShare
from evidence.numbers.statistics.logistic import pool_logistic
from evidence.numbers.statistics.pooled_proportion import (
    PooledProportionResult,
    pool_double_arcsines,
    pool_logits,
)
from evidence.numbers.statistics.pooling import random_effects
from evidence.numbers.statistics.proportion import clopper_pearson

# Without the ad hoc rule, studies that agree by chance have an interval without width
POOL = partial(random_effects, interval="Hartung-Knapp, ad hoc")
EXACT = "exact interval of Clopper and Pearson"
ONE_GROUP = f"nothing pooled, everybody counted as one group, {EXACT}"
ONE_STUDY = f"one study alone, {EXACT}"


def pooled_share(counts: list[Counts]) -> PooledShare:
    """Return what (events, n) of each study show together, in percent.

    By a logistic model with a random intercept, which needs nothing added for studies in which
    nobody or everybody improved; where its likelihood has no maximum, on the logit scale. All that
    goes with the share (tau², I², Q, both intervals) is of the same model. The other methods stand
    beside it for comparison.

    Where nobody at all had the outcome, or everybody, no model can be fitted, and half an event
    added to each study would make up a share. So it is for one study alone. Then the people are
    counted as one group, with the exact interval.
    """
    events, n = (sum(column) for column in zip(*counts, strict=True))
    if len(counts) == 1 or events in {0, n}:
        return _one_group(len(counts), events, n)
    logits = pool_logits(counts, POOL)
    try:
        chosen = pool_logistic(counts)
    except ValueError:  # the studies lie too far apart
        chosen = logits
    arcsines = pool_double_arcsines(counts, POOL)
    return _pooled(chosen, (_other("logit", "on the logit scale", logits),
                            _other("double-arcsine", "by double arcsines", arcsines)))  # fmt: skip


def _one_group(k: int, events: int, n: int) -> PooledShare:
    made = clopper_pearson(events, n)
    return PooledShare(
        kind="one-study" if k == 1 else "one-group",
        k=k,
        events=events,
        n=n,
        percent=made.percent,
        low=made.low,
        high=made.high,
        method=ONE_STUDY if k == 1 else ONE_GROUP,
    )


def _pooled(chosen: PooledProportionResult, others: tuple[OtherShare, ...]) -> PooledShare:
    prediction, found = None, chosen.heterogeneity
    if chosen.prediction_low is not None and chosen.prediction_high is not None:
        prediction = (chosen.prediction_low, chosen.prediction_high)
    interval = (chosen.low, chosen.high)
    return PooledShare(
        kind="pooled",
        k=chosen.k,
        events=chosen.events,
        n=chosen.n,
        percent=chosen.percent,
        low=chosen.low,
        high=chosen.high,
        method=chosen.method,
        prediction=prediction,
        tau_squared=chosen.tau_squared,
        i_squared=found.i_squared,
        q=found.q,
        q_p=found.p,
        q_name="likelihood-ratio Q" if "likelihood ratio" in found.method else "Q",
        others=others,
        cautions=tuple(of_pooled(chosen.k, interval, prediction, "percent")),
    )


def _other(name: str, words: str, pooled: PooledProportionResult) -> OtherShare:
    low, high = pooled.low, pooled.high
    cautions = tuple(of_pooled(pooled.k, (low, high), None, "percent"))
    return OtherShare(name, words, pooled.percent, low, high, pooled.method, cautions)
