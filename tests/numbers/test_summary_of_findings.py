"""Which lines a summary of findings has, and what they hold, whatever the results say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from evidence.model.caution import Rating
from evidence.numbers.absolute_effects import NO_RISK, OTHER_RATIO, TOO_HIGH, Needed
from evidence.numbers.comparisons import Compared, group_of
from evidence.numbers.results import Together
from evidence.numbers.summary_of_findings import OutcomeSummary, Pooled, SummaryLine, summarised
from tests.findings import finding, study

LOT = {"kind": "randomised-controlled-trial"}
REVIEW = {"kind": "systematic-review"}
LOW = {"certainty": "low", "by": "the authors", "source": "smith-2020", "locator": "Table 2"}
# ADMIRE-CD at week 24: combined remission of all who were randomised
ADMIRE = {
    "treated": {"events": 53, "n": 107, "label": "darvadstrocel"},
    "control": {"events": 36, "n": 105, "label": "placebo"},
}


def arms(treated: tuple[int, int], control: tuple[int, int]) -> dict[str, Any]:
    return {
        name: {"events": events, "n": n}
        for name, (events, n) in (("treated", treated), ("control", control))
    }


def exact(written: Any) -> Any:
    """Return numbers with the digits with which they are written, as YAML files give them."""
    if isinstance(written, dict):
        return {key: exact(each) for key, each in written.items()}
    if isinstance(written, list):
        return [exact(each) for each in written]
    return Decimal(str(written)) if isinstance(written, float) else written


def rows(name: str, *stated: dict[str, Any], design: dict[str, str] = LOT) -> list[Compared]:
    """Return the rows of a study: its findings have the names a, b, c."""
    made = [
        finding(id=letter, outcome="better", **exact(fields))
        for letter, fields in zip("abc", stated, strict=False)
    ]
    one = study(*made, id=name, short=name, design=design)
    return [
        Compared(f"{name}/{each.id}", one, each, group_of(one, each))
        for each in one.findings.values()
    ]


def line(*given: Compared, **fields: Any) -> SummaryLine:
    (only,) = summarised(given, **fields).lines
    return only


def addresses(summary: OutcomeSummary) -> list[str]:
    return [each.address for each in summary.lines]


def test_admire_cd_as_it_is_worked_by_hand() -> None:
    # 53/107 = 49.53%, 36/105 = 34.29%; their ratio 1.445; its logarithm 0.3679 with the standard error
    # sqrt(1/53 - 1/107 + 1/36 - 1/105) = 0.1667, so exp(0.3679 -+ 1.96 x 0.1667) = 1.04 to 2.00
    trial = line(*rows("admire", {"arms": ADMIRE}))
    (risks,) = trial.risks
    assert (round(risks.without, 2), round(risks.treated.value, 2)) == (34.29, 49.53)
    assert trial.ratio is not None
    ratio = trial.ratio.amount
    assert (round(ratio.value, 2), round(ratio.low or 0, 2), round(ratio.high or 0, 2)) == (
        1.44,
        1.04,
        2.0,
    )
    # 49.53 - 34.29 = 15.25, and 100 / 15.25 = 6.6. Wilson's intervals are 40.24 to 58.86 and 25.91 to 43.78,
    # so Newcombe's goes from 15.25 - 13.28 to 15.25 + 12.54; 100 / 27.78 = 3.6 and 100 / 1.97 = 50.9
    assert round(risks.difference.value, 2) == 15.25
    assert risks.difference.ends == pytest.approx((1.97, 27.78), abs=0.01)
    assert risks.needed == Needed(7, (4, 51))
    assert (trial.people, trial.trials) == (212, 1)


def test_a_difference_printed_at_another_level_gives_way_to_that_of_the_counts() -> None:
    printed = {"value": 15.2, "interval": [0.2, 30.3], "level": 97.5, "unit": "percentage points"}
    (risks,) = line(*rows("admire", {"arms": ADMIRE, "difference": printed})).risks
    assert risks.difference.level == 95


def test_shares_without_counts_have_a_difference_without_an_interval() -> None:
    (risks,) = line(
        *rows("a", {"arms": {"treated": {"percent": 35}, "control": {"percent": 30}}})
    ).risks
    assert (risks.without, risks.treated.value, risks.difference.value) == (30, 35, 5)
    assert risks.difference.ends is None
    assert risks.needed is None


def test_shares_with_a_printed_difference_have_its_interval() -> None:
    shares = {"treated": {"percent": 35}, "control": {"percent": 30}}
    printed = {"value": 5, "interval": [1, 9], "level": 90, "unit": "percentage points"}
    (risks,) = line(*rows("a", {"arms": shares, "difference": printed})).risks
    assert (risks.difference.ends, risks.difference.level) == ((1, 9), 90)


def test_a_printed_ratio_of_shares_stands_beside_them() -> None:
    shares = {"treated": {"percent": 39.5}, "control": {"percent": 62.7}}
    printed = {"value": 0.55, "interval": [0.36, 0.84], "level": 95, "unit": "hazard ratio"}
    trial = line(*rows("a", {"arms": shares, "difference": printed}))
    assert trial.ratio is not None
    assert (trial.ratio.measure, trial.ratio.amount.value) == ("hazard ratio", 0.55)
    assert trial.risks[0].difference.ends is None


def test_a_difference_of_scores_is_no_risk() -> None:
    printed = {"value": 4.55, "interval": [1.282, 7.815], "level": 95, "unit": "points"}
    trial = line(*rows("a", {"difference": printed}))
    assert (trial.risks, trial.ratio) == ((), None)
    assert trial.change is not None
    assert (trial.change.amount.value, trial.change.unit) == (4.55, "points")


def test_nobody_in_either_arm_gives_a_difference_and_no_ratio() -> None:
    trial = line(*rows("a", {"arms": arms((0, 55), (0, 55))}))
    assert trial.ratio is None
    assert trial.risks[0].difference.value == 0


# Which results of a trial stand


def test_the_main_goal_comes_before_more_people() -> None:
    main = {"arms": arms((5, 10), (4, 10)), "endpoint": "primary"}
    other = {"arms": arms((50, 100), (40, 100)), "endpoint": "secondary"}
    assert addresses(summarised(rows("a", other, main))) == ["a/b"]


def test_counts_come_before_shares_and_shares_before_a_printed_effect() -> None:
    counted = {"arms": arms((5, 10), (4, 10))}
    shares = {"arms": {"treated": {"percent": 35}, "control": {"percent": 30}}}
    effect = {"difference": {"value": 0.5, "unit": "hazard ratio"}}
    assert addresses(summarised(rows("a", effect, shares, counted))) == ["a/c"]
    assert addresses(summarised(rows("a", effect, shares))) == ["a/b"]


def test_all_who_were_randomised_come_before_those_who_were_assessed() -> None:
    assessed = {"arms": arms((53, 103), (36, 101))}
    assert addresses(summarised(rows("a", assessed, {"arms": ADMIRE}))) == ["a/b"]


def test_where_nothing_decides_every_result_stands_for_and_against() -> None:
    better, worse = {"arms": arms((9, 10), (1, 10))}, {"arms": arms((1, 10), (9, 10))}
    assert addresses(summarised(rows("a", better, worse))) == ["a/a", "a/b"]


def test_a_trial_without_a_number_is_named() -> None:
    silent = rows(
        "a", {"statement": "No difference.", "arms": {"treated": {"n": 5}, "control": {"n": 5}}}
    )
    means = rows("b", {"arms": {"treated": {"value": 4}, "control": {"value": 3}}})
    summary = summarised([*silent, *means])
    assert summary.lines == ()
    assert [each.id for each in summary.silent] == ["a", "b"]


def test_a_trial_with_one_number_is_not_among_those_without() -> None:
    told = rows(
        "a",
        {"arms": ADMIRE},
        {"statement": "No difference.", "arms": {"treated": {}, "control": {}}},
    )
    assert summarised(told).silent == ()


def test_what_was_not_by_lot_stands_in_no_line() -> None:
    chosen = rows("a", {"arms": ADMIRE}, design={"kind": "non-randomised-controlled-trial"})
    assert summarised(chosen) == OutcomeSummary((), ())


# Reviews, and what is pooled here


def effect(
    value: float, low: float, high: float, unit: str = "risk ratio", **more: Any
) -> dict[str, Any]:
    return {
        "value": value,
        "interval": [low, high],
        "level": 95,
        "unit": unit,
        **more,
    }


TRIALS = [
    *rows("kuzmina", {"arms": arms((5, 18), (6, 17))}),
    *rows("gao", {"arms": {"treated": {"percent": 27.4}, "control": {"percent": 49.0}}}),
]


def test_a_review_that_somebody_judged_stands_at_the_lowest_and_the_highest_risk() -> None:
    # 6/17 = 35.29 and 49.0; times 0.66 = 23.29 and 32.34; 100 / (35.29 - 23.29) = 8.3; 100 / 16.66 = 6.002
    review = rows("fisher", effect(0.66, 0.49, 0.89, rating=LOW), design=REVIEW)
    *_, last = summarised([*TRIALS, *review]).lines
    low, high = last.risks
    assert (low.baseline, low.address, high.baseline, high.address) == (
        "lowest",
        "kuzmina/a",
        "highest",
        "gao/a",
    )
    assert (round(low.treated.value, 2), round(high.treated.value, 2)) == (23.29, 32.34)
    assert (low.needed, high.needed) == (Needed(9, (6, 26)), Needed(7, (5, 19)))
    assert last.rating is not None
    assert last.rating.certainty == "low"


def test_a_review_that_nobody_judged_stands_in_the_table_of_the_outcome_alone() -> None:
    review = rows("fisher", effect(0.66, 0.49, 0.89), design=REVIEW)
    assert addresses(summarised([*TRIALS, *review])) == ["kuzmina/a", "gao/a"]


@pytest.mark.parametrize(
    ("trials", "stated", "why"),
    [
        ([], effect(2.67, 1.19, 5.99, rating=LOW), NO_RISK),
        (TRIALS, effect(0.6, 0.4, 0.9, "hazard ratio", rating=LOW), OTHER_RATIO),
        (
            rows("k", {"arms": arms((16, 16), (4, 4))}),
            effect(2.67, 1.19, 5.99, rating=LOW),
            TOO_HIGH,
        ),
    ],
)
def test_a_review_without_risks_says_why(
    trials: list[Compared], stated: dict[str, Any], why: str
) -> None:
    *_, last = summarised([*trials, *rows("review", stated, design=REVIEW)]).lines
    assert (last.risks, last.why) == ((), why)


def test_a_rating_of_the_outcome_is_that_of_a_line_without_its_own() -> None:
    whole = Rating.model_validate({**LOW, "certainty": "very-low"})
    own, none = rows("a", {"arms": ADMIRE, "rating": LOW}), rows("b", {"arms": ADMIRE})
    ratings = [each.rating for each in summarised([*own, *none], whole).lines]
    assert [each and each.certainty for each in ratings] == ["low", "very-low"]


def test_nobody_has_judged_it_where_there_is_no_rating() -> None:
    assert line(*rows("a", {"arms": ADMIRE})).rating is None


def together(estimate: float, low: float, high: float) -> Together:
    return Together(
        "", estimate, low, high, 0, 2, (50, 50), None, 0.1, 20, 1, 0.3, "random effects"
    )


def test_trials_are_pooled_only_by_the_figure_that_an_outcome_names() -> None:
    two = [
        *rows("a", {"arms": arms((20, 50), (10, 50))}),
        *rows("b", {"arms": arms((22, 50), (11, 50))}),
    ]
    assert addresses(summarised(two)) == ["a/a", "b/a"]
    pooled = Pooled("forest", "risk-ratio", ("a/a", "b/a"), together(2.0, 1.2, 3.3))
    one = line(*two, pooled=pooled)
    assert (one.kind, one.address, one.people, one.trials) == ("pooled", "forest", 200, 2)
    # 20 of 100 without, near 22: the lower of the middle two, and twice as many with
    (risks,) = one.risks
    assert (risks.without, risks.treated.value, risks.baseline) == (20, 40, "middle")


def test_a_trial_that_the_figure_leaves_out_keeps_its_line() -> None:
    three = [
        *rows("a", {"arms": ADMIRE}),
        *rows("b", {"arms": ADMIRE}),
        *rows("c", {"arms": ADMIRE}),
    ]
    pooled = Pooled("forest", "risk-ratio", ("a/a", "b/a"), together(1.4, 1.1, 1.9))
    assert addresses(summarised(three, pooled=pooled)) == ["forest", "c/a"]


def test_a_pooled_difference_moves_the_risk_without() -> None:
    two = [
        *rows("a", {"arms": arms((20, 50), (10, 50))}),
        *rows("b", {"arms": arms((22, 50), (11, 50))}),
    ]
    pooled = Pooled("forest", "risk-difference", ("a/a", "b/a"), together(15, 5, 25))
    (risks,) = line(*two, pooled=pooled).risks
    assert (risks.without, risks.treated.value, risks.difference.ends) == (20, 35, (5, 25))
