"""Scales on which an estimate is nearly normal: where they end, and the way back."""

from __future__ import annotations

import math

import pytest

from evidence.numbers.statistics.distribution import expit, exponential, log, logit


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, 1.1, math.nan])
def test_only_a_share_between_0_and_1_has_a_logit(share: float) -> None:
    with pytest.raises(ValueError, match="has no logit"):
        logit(share)


@pytest.mark.parametrize("ratio", [0.0, -1.0, math.nan])
def test_only_a_ratio_above_0_has_a_logarithm(ratio: float) -> None:
    with pytest.raises(ValueError, match="has no logarithm"):
        log(ratio)


def test_log_odds_are_turned_back_to_shares_without_overflow() -> None:
    assert (expit(0.0), expit(-1e4), expit(1e4)) == (0.5, 0.0, 1.0)
    assert logit(0.25) == pytest.approx(-1.0986122886681098, rel=1e-15)  # log(1 / 3)
    assert expit(-1.0986122886681098) == pytest.approx(0.25, rel=1e-15)
    assert exponential(1e4) == math.inf
