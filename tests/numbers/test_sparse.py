"""Methods for sparse events: when they cannot pool, and what is said of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.numbers.results import PoolingQuestion, Together
from evidence.numbers.sparse import SUMS, pooled_by_sums, sparse_cautions, why_not
from evidence.numbers.statistics.effect import log_odds_ratio, log_risk_ratio
from evidence.numbers.statistics.rates import log_rate_ratio
from evidence.numbers.synthesising import synthesised

ARM = st.integers(1, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
RATE = st.tuples(st.integers(0, 3), st.sampled_from([1.5, 20.0]))
ALONE: dict[str, Any] = {
    "risk-ratio": log_risk_ratio,
    "odds-ratio": log_odds_ratio,
    "rate-ratio": log_rate_ratio,
}


def can_stand_alone(measure: str, study: tuple[Any, ...]) -> bool:
    try:
        ALONE[measure](study[:2], study[2:])
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(("method", "measure"), [pair for pair in SUMS if pair[1] in ALONE])
@settings(deadline=None)  # SciPy is loaded inside the first of them
@given(data=st.data())
def test_what_is_said_to_be_poolable_is_and_what_is_not_is_not(
    method: str, measure: str, data: st.DataObject
) -> None:
    one = RATE if measure == "rate-ratio" else ARM
    arms = data.draw(st.lists(st.tuples(one, one), min_size=2, max_size=4))
    studies = [(*treated, *control) for treated, control in arms]
    studies = [study for study in studies if can_stand_alone(measure, study)]
    if len(studies) < 2:
        return
    if why_not(method, measure, studies):
        with pytest.raises(ValueError):
            pooled_by_sums(method, measure, studies)
    else:
        assert pooled_by_sums(method, measure, studies).standard_error > 0


@settings(deadline=None)  # SciPy is loaded inside the first of them
@given(st.lists(st.tuples(ARM, ARM), min_size=1, max_size=4))
def test_differences_are_pooled_whatever_the_counts_are(arms: Any) -> None:
    studies = tuple((*treated, *control) for treated, control in arms)
    if why_not("mantel-haenszel", "risk-difference", studies):
        with pytest.raises(ValueError, match="the arms do not vary"):
            pooled_by_sums("mantel-haenszel", "risk-difference", studies)
        return
    question = PoolingQuestion(
        "risk-difference", studies, wanted=("overall",), method="mantel-haenszel"
    )
    found = synthesised(question).overall
    assert found is not None
    assert -100 <= found.low <= found.estimate <= found.high <= 100
    events = sum(study[0] + study[2] for study in studies)
    bare = events in {0, sum(study[1] + study[3] for study in studies)}
    if len(studies) > 1:
        assert found.kind == ("one-group" if bare else "pooled")


def alone(method: str, groups: tuple[str, ...] = ()) -> Together:
    question = PoolingQuestion(
        "odds-ratio",
        ((0, 9, 3, 8), (2, 20, 5, 20), (1, 30, 6, 30)),
        groups=groups,
        wanted=("subgroups",),
        method=method,
    )
    return synthesised(question).parts[0]


def test_one_study_alone_in_its_group_is_the_same_by_every_method() -> None:
    groups = ("a", "b", "b")
    first = alone("inverse-variance", groups)
    assert first.kind == "one-study"
    assert first.q is first.tau_squared is None
    for method in ("mantel-haenszel", "peto"):
        assert alone(method, groups) == first


@pytest.mark.parametrize(
    ("measure", "studies", "opening"),
    [
        ("risk-ratio", [(0, 9, 3, 9), (5, 9, 6, 12)], "Events are sparse: in 1 of 2 studies"),
        ("odds-ratio", [(9, 9, 3, 9), (5, 10, 6, 12)], "Events are sparse: in 1 of 2 studies"),
        ("risk-ratio", [(4, 90, 30, 90), (3, 90, 60, 120)], "Events are sparse: in 2 of 2"),
        ("risk-ratio", [(4, 90, 30, 90), (5, 90, 60, 120)], ""),
        ("risk-ratio", [(0, 90, 30, 90)], ""),
        ("rate-ratio", [(0, 90.0, 30, 90.0), (5, 9.0, 6, 9.0)], "Events are sparse: in 1 of 2"),
        ("rate-ratio", [(5, 5.0, 6, 6.0), (5, 5.0, 6, 6.5)], ""),  # nobody is without an event
        ("mean-difference", [(0, 1, 9, 1, 1, 9), (0, 1, 9, 1, 1, 9)], ""),
    ],
)
def test_a_count_of_0_or_counts_below_5_in_most_studies_are_sparse(
    measure: str, studies: Any, opening: str
) -> None:
    said = list(sparse_cautions(measure, studies))
    assert [words.startswith(opening) for words in said] == [True] * bool(opening)
