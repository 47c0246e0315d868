"""What studies show together, whatever they counted: nothing impossible, nothing made up."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.numbers.pooling import (
    Counts,
    OtherShare,
    far_from_people,
    pooled_share,
    revived,
    unknown,
)
from evidence.numbers.results import PoolingQuestion, Synthesis, Together
from evidence.numbers.results import revived as revived_synthesis
from evidence.numbers.statistics.effect import odds_ratio, risk_ratio
from evidence.numbers.synthesising import synthesised

NOBODY: list[Counts] = [(0, 20), (0, 30), (0, 15)]
EVERYBODY: list[Counts] = [(20, 20), (30, 30), (15, 15)]


@st.composite
def count(draw: st.DrawFn, most: int = 60) -> Counts:
    n = draw(st.integers(1, most))
    return draw(st.one_of(st.just(0), st.just(n), st.integers(0, n))), n


sets = st.lists(count(), min_size=1, max_size=6)
pairs = st.lists(st.tuples(count(), count()), min_size=1, max_size=5)


def differences(arms: list[tuple[Counts, Counts]]) -> Synthesis:
    studies = tuple((*treated, *control) for treated, control in arms)
    years = tuple(2000 + place for place in range(len(arms)))
    asked = PoolingQuestion(
        "risk-difference", studies, years=years, wanted=("overall", "cumulative")
    )
    return synthesised(asked)


def overall(found: Synthesis) -> Together:
    assert found.overall is not None
    return found.overall


# R: binom.test(0, 65)$conf.int, 0 and 0.0551716
@pytest.mark.parametrize(
    ("counts", "ends"), [(NOBODY, (0, 5.51716)), (EVERYBODY, (100 - 5.51716, 100))]
)
def test_where_nobody_or_everybody_had_the_outcome_nothing_is_pooled(
    counts: list[Counts], ends: tuple[float, float]
) -> None:
    found = pooled_share(counts)
    assert found.kind == "one-group"
    assert (found.events, found.n, found.k) == (sum(each for each, _ in counts), 65, 3)
    assert found.percent in ends
    assert (found.low, found.high) == pytest.approx(ends, abs=1e-4)
    assert found.method.startswith("nothing pooled, everybody counted as one group")
    spread = (found.prediction, found.tau_squared, found.i_squared, found.q, found.q_p)
    assert spread == (None,) * 5
    assert found.others == ()


def test_one_study_alone_has_its_exact_interval_and_no_spread() -> None:
    found = pooled_share([(3, 10)])
    assert (found.kind, found.percent) == ("one-study", 30)
    assert (found.low, found.high) == pytest.approx((6.674, 65.245), abs=1e-3)
    assert found.i_squared is None


def test_studies_too_far_apart_have_the_figures_of_the_model_that_is_named() -> None:
    found = pooled_share([(0, 1000), (1000, 1000)])
    assert found.method.startswith("logits, random effects, tau² by REML")
    assert found.q_name == "Q"
    assert found.i_squared == pytest.approx(99, abs=1)


def test_studies_that_agree_by_chance_have_an_interval_with_a_width_by_each_method() -> None:
    for other in pooled_share([(3, 10), (12, 40), (15, 50), (6, 20)]).others:
        assert other.high - other.low > 5


@given(sets)
@settings(max_examples=80, deadline=None)
def test_a_share_and_its_intervals_never_leave_the_scale(counts: list[Counts]) -> None:
    found = pooled_share(counts)
    assert 0 <= found.low <= found.percent <= found.high <= 100
    for low, high in [found.prediction] if found.prediction else []:
        assert 0 <= low <= found.percent <= high <= 100
    for other in found.others:
        assert 0 <= other.low <= other.percent <= other.high <= 100
    assert found.low < found.high


@given(sets)
@settings(max_examples=50, deadline=None)
def test_no_share_is_made_of_halves_that_were_added(counts: list[Counts]) -> None:
    found = pooled_share(counts)
    if all(events == 0 for events, _ in counts):
        assert found.percent == found.low == 0
    if all(events == n for events, n in counts):
        assert found.percent == found.high == 100
    assert (found.kind == "pooled") == (len(counts) > 1 and found.events not in {0, found.n})


@given(sets)
@settings(max_examples=40, deadline=None)
def test_what_is_promised_before_is_what_is_kept_and_survives_json(counts: list[Counts]) -> None:
    promised, kept = unknown(counts), pooled_share(counts)
    for part in ("prediction", "tau_squared", "i_squared", "q", "q_p"):
        assert (getattr(promised, part) is None) == (getattr(kept, part) is None), part
    assert promised.kind == kept.kind
    assert [each.name for each in promised.others] == [each.name for each in kept.others]
    assert revived(json.loads(json.dumps(asdict(kept)))) == kept


@given(sets)
@settings(max_examples=40, deadline=None)
def test_those_without_the_outcome_mirror_those_with_it(counts: list[Counts]) -> None:
    found = pooled_share(counts)
    mirrored = pooled_share([(n - events, n) for events, n in counts])
    assert mirrored.kind == found.kind
    assert mirrored.q == pytest.approx(found.q, abs=1e-9)
    if found.tau_squared is None or found.tau_squared < 5:  # beyond, the search is less sure
        assert mirrored.percent == pytest.approx(100 - found.percent, abs=0.05)


def test_a_set_whose_middle_and_people_lie_far_apart() -> None:
    found = pooled_share([(0, 100), (0, 50), (38, 73)])
    assert found.percent < 0.5
    assert (found.events, found.n) == (38, 223)
    assert len(found.cautions) == 3


# ------------------------------------------------------------------ two arms


def test_one_person_in_each_arm_gives_no_impossible_difference() -> None:
    (single,) = differences([((0, 1), (1, 1))]).studies
    assert (single.estimate, single.low) == (-100, -100)
    # Newcombe's method 10 from Wilson's 0 to 79.3 and 20.7 to 100
    assert single.high == pytest.approx(12.21, abs=0.01)


def test_pooled_differences_are_cut_at_the_end_of_the_scale_and_say_so() -> None:
    found = overall(differences([((1, 1), (0, 1)), ((5, 10), (3, 10)), ((2, 20), (1, 20))]))
    assert found.high == 100
    assert found.prediction == (-100.0, 100.0)
    openings = [words.partition(":")[0] for words in found.cautions]
    assert openings == [
        "Only three studies",
        "The interval covers nearly the whole scale",
        "The prediction interval covers nearly the whole scale",
        "Events are sparse",
        "The interval is cut at the end of the scale, beyond which nothing is possible",
    ]


@pytest.mark.parametrize("share", [0, 1])
def test_two_arms_without_any_event_are_counted_and_not_pooled(share: int) -> None:
    arms = [((share * n, n), (share * m, m)) for n, m in ((20, 22), (30, 30))]
    found = overall(differences(arms))
    assert (found.kind, found.estimate) == ("one-group", 0)
    assert found.people == ((share * 50, 50), (share * 52, 52))
    # Where a share is 0, method 10 ends at the ends of Wilson: z² / (n + z²) for 52 and 50 people
    ends = sorted(abs(end) for end in (found.low, found.high))
    assert ends == pytest.approx([6.88, 7.13], abs=0.01)
    assert found.tau_squared is None


@given(pairs)
@settings(max_examples=150, deadline=None)
def test_a_difference_and_its_intervals_never_leave_the_scale(
    arms: list[tuple[Counts, Counts]],
) -> None:
    found = differences(arms)
    for each in found.studies:
        assert -100 <= each.low <= each.estimate <= each.high <= 100
        assert each.low < each.high
    for part in (overall(found), *found.parts):
        assert -100 <= part.low <= part.estimate <= part.high <= 100
        if part.prediction is not None:
            assert -100 <= part.prediction[0] <= part.prediction[1] <= 100
        assert (part.kind == "one-study") == (part.k == 1)
        assert (part.prediction is None) or part.k > 2
        assert any("Only" in words for words in part.cautions) == (
            part.k in {2, 3} and part.kind == "pooled"
        )
    assert revived_synthesis(json.loads(json.dumps(asdict(found)))) == found


@given(st.lists(st.tuples(count(), count()), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_one_study_of_differences_is_the_same_alone_and_as_a_step(
    arms: list[tuple[Counts, Counts]],
) -> None:
    found = differences(arms)
    first, step = found.studies[0], found.parts[0]
    assert (step.low, step.high) == (first.low, first.high)


def test_printed_points_are_cut_and_other_printed_units_are_not() -> None:
    studies = ((60.0, 10.0, 110.0, 95.0), (-20.0, -60.0, 20.0, 95.0))
    cut = PoolingQuestion("printed", studies, wanted=("overall",), limits=(-100, 100))
    free = PoolingQuestion("printed", studies, wanted=("overall",))
    assert (overall(synthesised(cut)).low, overall(synthesised(cut)).high) == (-100, 100)
    assert overall(synthesised(free)).high > 100


def test_each_study_has_the_standard_error_of_its_shares_in_percentage_points() -> None:
    (alone,) = synthesised(PoolingQuestion("risk-difference", ((3, 10, 1, 20),))).studies
    variance = 0.3 * 0.7 / 10 + 0.05 * 0.95 / 20
    assert alone.standard_error == pytest.approx(100 * math.sqrt(variance), rel=1e-12)
    assert (alone.estimate, alone.position) == pytest.approx((25, 25))


@pytest.mark.parametrize("measure", ["risk-ratio", "odds-ratio"])
def test_a_study_alone_has_the_interval_of_its_own_ratio(measure: str) -> None:
    (alone,) = synthesised(PoolingQuestion(measure, ((30, 100, 15, 100),))).studies
    ratio = {"risk-ratio": risk_ratio, "odds-ratio": odds_ratio}[measure]((30, 100), (15, 100))
    assert (alone.estimate, alone.low, alone.high) == pytest.approx(
        (ratio.ratio, ratio.low, ratio.high), rel=1e-12
    )
    assert alone.position == pytest.approx(math.log(ratio.ratio), rel=1e-12)


def test_a_printed_estimate_is_shown_with_the_interval_at_95_percent() -> None:
    asked = PoolingQuestion("printed", ((5.0, 3.0, 7.0, 95.0), (5.0, 3.0, 7.0, 90.0)))
    first, second = synthesised(asked).studies
    assert (first.low, first.high) == pytest.approx((3, 7), rel=1e-12)
    # 2 at 90% is 2 * 1.959964 / 1.644854 at 95%
    assert (second.low, second.high) == pytest.approx((5 - 2.383146, 5 + 2.383146), abs=1e-5)
    (ratio,) = synthesised(
        PoolingQuestion("printed", ((2.0, 1.0, 4.0, 95.0),), logarithmic=True)
    ).studies
    assert (ratio.estimate, ratio.low, ratio.high) == pytest.approx((2, 1, 4), rel=1e-12)
    assert ratio.position == pytest.approx(math.log(2), rel=1e-12)


@pytest.mark.parametrize(
    ("counts", "kind"),
    [([(3, 10)], "one-study"), ([(0, 5), (0, 6)], "one-group"), ([(5, 5), (6, 6)], "one-group"),
     ([(1, 5), (0, 6)], "pooled"), ([(0, 5)], "one-study")],
)  # fmt: skip
def test_what_is_not_computed_yet_has_the_parts_that_it_will_have(
    counts: list[Counts], kind: str
) -> None:
    made = unknown(counts)
    assert (made.kind, made.k) == (kind, len(counts))
    assert (made.events, made.n) == (sum(x for x, _ in counts), sum(n for _, n in counts))
    assert (made.percent, made.low, made.high) == (50.0, 0.0, 100.0)
    pooled = kind == "pooled"
    assert (made.tau_squared is not None, bool(made.others)) == (pooled, pooled)
    assert made.prediction is None


def test_a_prediction_interval_takes_three_studies_before_they_are_computed_too() -> None:
    assert unknown([(1, 5), (2, 6), (0, 7)]).prediction == (0.0, 100.0)


@pytest.mark.parametrize(
    ("percent", "events", "n", "far"),
    [
        (45.0, 40, 100, False),  # 5 points: not more than that
        (45.1, 40, 100, True),
        (3.0, 20, 1000, False),  # half as large again: not more than that
        (3.1, 20, 1000, True),
        (97.0, 980, 1000, False),
        (96.9, 980, 1000, True),
        (0.0, 1, 3000, False),  # printed alike, as 0.0
    ],
)
def test_a_study_in_the_middle_is_far_from_all_people_beyond_a_bound(
    percent: float, events: int, n: int, *, far: bool
) -> None:
    assert far_from_people(percent, events, n) is far


def test_another_method_comes_back_from_what_was_kept_with_its_cautions() -> None:
    made = replace(unknown([(1, 5), (2, 6)]), others=(
        OtherShare("logit", "on the logit scale", 1.0, 0.5, 2.0, "logits", ("Few studies",)),
    ), prediction=(0.0, 9.0), cautions=("Only two",))  # fmt: skip
    assert revived(json.loads(json.dumps(asdict(made)))) == made


def test_one_study_alone_has_no_spread_and_two_have() -> None:
    studies = ((3, 10, 1, 12), (5, 20, 2, 18))
    alone, both = (
        overall(synthesised(PoolingQuestion("risk-ratio", studies[:count], wanted=("overall",))))
        for count in (1, 2)
    )
    assert (alone.q, alone.q_p, alone.tau_squared, alone.i_squared) == (None,) * 4
    assert (alone.kind, alone.k, both.kind, both.k) == ("one-study", 1, "pooled", 2)
    assert None not in (both.q, both.q_p, both.tau_squared, both.i_squared)


def test_shares_without_each_study_in_turn_are_those_of_the_others() -> None:
    studies = ((3, 10), (5, 20), (9, 30))
    parts = synthesised(PoolingQuestion("share", studies, wanted=("leave-one-out",))).parts
    assert [(part.label, part.people) for part in parts] == [
        ("0", ((14, 50),)), ("1", ((12, 40),)), ("2", ((8, 30),)),
    ]  # fmt: skip
    for part in parts:
        share = part.estimate / 100
        assert part.position == pytest.approx(math.log(share / (1 - share)), rel=1e-12)


@pytest.mark.parametrize(("events", "sign"), [(0, -1), (20, 1)])
def test_nobody_and_everybody_have_a_place_on_the_logit_scale_all_the_same(
    events: int, sign: int
) -> None:
    asked = PoolingQuestion("share", ((events, 20), (events, 20)), wanted=("overall",))
    # log(1e9 - 1), where a billionth is the nearest that is not 0 or 1
    assert overall(synthesised(asked)).position == pytest.approx(sign * 20.72326583594641, abs=1e-6)
