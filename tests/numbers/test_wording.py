"""Findings in words."""

from __future__ import annotations

import pytest

from evidence.model.finding import Finding
from evidence.numbers.results import Computed
from evidence.numbers.statistics.effect import odds_ratio, risk_ratio
from evidence.numbers.statistics.proportions import clopper_pearson, newcombe, wald
from evidence.numbers.wording import Reported, computed_words, further_words, reported
from tests.findings import ARMS, DIFFERENCE, finding


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (finding(value="62", unit="studies"), "62 studies"),
        (
            finding(value="48.9", interval=["40.8", "56.9"], level="95", unit="percent"),
            "48.9% (95% CI 40.8 to 56.9)",
        ),
        (finding(events=37, n=40), "37 of 40"),
        (finding(events=1200, n=2439), "1,200 of 2,439"),
        (finding(events=37, n=40, value="92.5", unit="percent"), "37 of 40; 92.5%"),
        (finding(events=37, n=40, value="92.5"), "37 of 40; 92.5%"),
        (
            finding(events=37, n=40, interval=["79.6", "98.4"], level="90"),
            "37 of 40; 90% CI 79.6 to 98.4",
        ),
        (finding(events=37, n=40, interval=["79.6", "98.4"]), "37 of 40; interval 79.6 to 98.4"),
        (
            finding(arms=ARMS, difference=DIFFERENCE, p="0.010"),
            (
                "Treated (honey): 56.3%, 58 of 103; Control (placebo): 38.6%, 39 of 101; "
                "difference 17.7 percentage points (95% CI 4.2 to 31.2); P = 0.010"
            ),
        ),
        (
            finding(
                arms={"treated": {"value": "4.0", "n": 103}, "control": {"n": 101}}, p="<0.001"
            ),
            "Treated: 4.0, n = 103; Control: n = 101; P < 0.001",
        ),
        (
            finding(
                arms={
                    "treated": {"value": "4.0", "sd": "1.2", "n": 103},
                    "control": {"events": 3, "person-years": "118.5"},
                }
            ),
            "Treated: 4.0 (SD 1.2), n = 103; Control: 3 in 118.5 person-years",
        ),
        (
            finding(arms={"treated": {"events": 3, "n": 9, "person-years": "12"}, "control": {}}),
            "Treated: 3 of 9, 12 person-years; Control",
        ),
        (
            finding(difference={"value": "0.7", "standard-error": "0.4", "unit": "nights"}),
            "difference 0.7 nights (standard error 0.4)",
        ),
        (finding(p="0.2"), "P = 0.2"),
        (
            finding(
                arms={"treated": {"label": "cells"}, "control": {"label": "placebo"}},
                statement="No difference.",
            ),
            "Treated (cells); Control (placebo); No difference.",
        ),
        (finding(difference=DIFFERENCE), "difference 17.7 percentage points (95% CI 4.2 to 31.2)"),
        (finding(date="2024-12"), "December 2024"),
        (finding(statement="Nobody asked."), "Nobody asked."),
    ],
)
def test_everything_printed_of_a_finding_stands_in_one_line(found: Finding, words: str) -> None:
    assert reported(found).text == words


def test_p_is_worded_alike_alone_and_beside_another_number() -> None:
    alone = reported(finding(p="<0.001"))
    beside = reported(finding(value="5", unit="points", p="<0.001"))
    assert beside.text == f"5 points; {alone.text}"


def test_what_the_counts_give_names_its_method() -> None:
    arms = (58, 103), (39, 101)
    computed = Computed(
        treated=clopper_pearson(*arms[0]),
        control=clopper_pearson(*arms[1]),
        difference=wald(*arms),
        difference_score=newcombe(*arms),
    )
    assert list(computed_words(computed)) == [
        "treated 56.3% (95% CI 46.2 to 66.1)",
        "control 38.6% (95% CI 29.1 to 48.8)",
        "difference 17.7 percentage points (95% CI 4.2 to 31.2; Wald interval)",
        "difference 17.7 percentage points (95% CI 4.0 to 30.5; Newcombe hybrid score interval)",
    ]


@pytest.mark.parametrize(
    ("arms", "words"),
    [
        (((3, 4), (0, 4)), "it leaves the scale from −100 to 100"),
        (((10, 10), (0, 9)), "it has no width"),
    ],
)
def test_a_wald_interval_that_cannot_be_is_not_printed_and_said_why(
    arms: tuple[tuple[int, int], tuple[int, int]], words: str
) -> None:
    simple, score = wald(*arms), newcombe(*arms)
    said = list(computed_words(Computed(difference=simple, difference_score=score)))
    assert said[0].endswith(f"percentage points (no Wald interval: {words})")
    assert "Newcombe hybrid score interval" in said[1]


def test_nothing_computed_is_nothing_said() -> None:
    assert list(computed_words(None)) == []
    assert list(computed_words(Computed())) == []


def further(treated: tuple[int, int], control: tuple[int, int]) -> list[str]:
    ratios = (risk_ratio(treated, control), odds_ratio(treated, control))
    return list(further_words(Computed(difference_score=newcombe(treated, control), ratios=ratios)))


def test_two_arms_give_their_ratios_and_the_number_needed_to_treat() -> None:
    assert further((58, 103), (39, 101)) == [
        "risk ratio 1.46 (95% CI 1.08 to 1.97; Katz log interval)",
        "odds ratio 2.05 (95% CI 1.17 to 3.58; Woolf logit interval)",
        "number needed to treat for one more with the result: 5.7 (95% CI 3.3 to 25)",
    ]


def test_a_treatment_that_makes_an_event_rarer_is_told_as_one_fewer() -> None:
    assert further((39, 101), (58, 103))[2] == (
        "number needed to treat for one fewer with the result: 5.7 (95% CI 3.3 to 25)"
    )


def test_no_number_is_given_where_the_interval_of_the_difference_holds_no_effect() -> None:
    words = further((10, 40), (8, 40))
    assert words[-1] == "no number needed to treat: the interval of the difference holds 0"
    assert further((5, 40), (5, 40))[-1] == words[-1]


def test_what_gives_no_ratio_or_no_comparison_says_nothing_of_it() -> None:
    assert list(further_words(None)) == []
    assert list(further_words(Computed(proportion=clopper_pearson(3, 10)))) == []


def test_a_statement_is_one_part_whatever_marks_it_holds() -> None:
    said = "Better in most (see the table); worse in two"
    assert reported(finding(statement=said)) == Reported((said,))


def test_the_interval_stands_in_brackets_behind_the_value_that_it_belongs_to() -> None:
    found = finding(value="48.9", interval=["40.8", "56.9"], level="95", unit="percent", p="0.01")
    assert reported(found) == Reported(("48.9%", "P = 0.01"), "(95% CI 40.8 to 56.9)")
