"""How the re-analysis pools shares: the method of choice, and two others beside it."""

from __future__ import annotations

from evidence.analysis import Counts, OtherShare, PooledShare
from evidence.statistics.logistic import pool_logistic
from evidence.statistics.pooled_proportion import (
    PooledProportionResult,
    pool_double_arcsines,
    pool_logits,
)


def pooled_share(counts: list[Counts]) -> PooledShare:
    """Return the share pooled over (events, n) of each study, in percent.

    By a logistic model with a random intercept, which needs nothing added for studies in which
    nobody or everybody improved; where its likelihood has no maximum, on the logit scale. I² is
    that of the logits. The other methods stand beside it for comparison.
    """
    logits = pool_logits(counts)
    try:
        chosen = pool_logistic(counts)
    except ValueError:
        chosen = logits
    others = (
        _other("logit", "on the logit scale", logits),
        _other("double-arcsine", "by double arcsines", pool_double_arcsines(counts)),
    )
    prediction = None
    if chosen.prediction_low is not None and chosen.prediction_high is not None:
        prediction = (chosen.prediction_low, chosen.prediction_high)
    found = logits.heterogeneity
    return PooledShare(
        percent=chosen.percent,
        low=chosen.low,
        high=chosen.high,
        prediction=prediction,
        i_squared=None if found is None or len(counts) == 1 else found.i_squared,
        tau_squared=chosen.tau_squared,
        method=chosen.method,
        others=others,
    )


def _other(name: str, words: str, pooled: PooledProportionResult) -> OtherShare:
    return OtherShare(name, words, pooled.percent, pooled.low, pooled.high, pooled.method)
