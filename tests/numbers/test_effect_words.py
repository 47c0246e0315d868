"""What a line of a summary says: the standard words of each certainty, or what was found and no more."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evidence.model.caution import Mark, Rating
from evidence.numbers.absolute_effects import Amount, Ratio, risks_of
from evidence.numbers.effect_words import (
    NOT_JUDGED,
    ends_of_100,
    in_words,
    more_or_fewer,
    of_100,
)
from evidence.numbers.summary_of_findings import Change, SummaryLine
from tests.findings import finding

TREATMENT = "Treatment with cells"
UNCERTAIN = "The evidence is very uncertain about the effect of treatment with cells"
CERTAINTIES = ("high", "moderate", "low", "very-low")


def rating(certainty: str) -> Rating:
    return Rating.model_validate(
        {"certainty": certainty, "by": "the authors", "source": "a", "locator": "Table 2"}
    )


def of_people(
    points: float, low: float | None = None, high: float | None = None, certainty: str | None = None
) -> SummaryLine:
    risks = risks_of(34, Amount(points, low, high, 95), "own", "a/a")
    judged = None if certainty is None else rating(certainty)
    return SummaryLine("trial", "a/a", 212, 1, risks=(risks,), rating=judged)


def of_score(value: float, low: float, high: float, certainty: str | None = None) -> SummaryLine:
    judged = None if certainty is None else rating(certainty)
    change = Change(Amount(value, low, high, 95), "points")
    return SummaryLine("review", "a/a", 0, None, change=change, rating=judged)


@pytest.mark.parametrize(
    ("certainty", "words"),
    [
        ("high", "Treatment with cells results in fewer people with this."),
        ("moderate", "Treatment with cells probably results in fewer people with this."),
        ("low", "Treatment with cells may result in fewer people with this."),
        (
            "very-low",
            f"{UNCERTAIN} on how many people have this.",
        ),
    ],
)
def test_each_certainty_has_its_standard_words(certainty: str, words: str) -> None:
    assert in_words(of_people(-16, -24, -6, certainty=certainty), TREATMENT) == words


@pytest.mark.parametrize(
    ("certainty", "words"),
    [
        ("high", "Treatment with cells results in a higher value."),
        ("moderate", "Treatment with cells probably results in a higher value."),
        ("low", "Treatment with cells may result in a higher value."),
        (
            "very-low",
            f"{UNCERTAIN} on this value.",
        ),
    ],
)
def test_a_score_is_higher_or_lower(certainty: str, words: str) -> None:
    assert in_words(of_score(4.4, 0.9, 7.8, certainty), TREATMENT) == words


@pytest.mark.parametrize("certainty", CERTAINTIES[:3])
def test_an_interval_with_no_difference_is_said_to_have_it(certainty: str) -> None:
    words = in_words(of_people(5, -2, 12, certainty=certainty), TREATMENT)
    assert words.endswith("more people with this; the interval also includes no difference.")


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((-1.16, -0.33), "less than what matters to people."),
        ((-1.69, 0.24), "less than what matters to people; its interval reaches further."),
    ],
)
def test_less_than_what_matters_is_little_to_no_difference(
    ends: tuple[float, float], words: str
) -> None:
    said = in_words(of_score(-0.74, *ends, "moderate"), TREATMENT, 1.5)
    assert said == f"{TREATMENT} probably results in little to no difference: {words}"


def test_what_matters_is_no_less_than_what_matters() -> None:
    said = in_words(of_score(-1.5, -2.0, -1.0, "low"), TREATMENT, 1.5)
    assert said == f"{TREATMENT} may result in a lower value."


def test_a_ratio_below_one_is_fewer() -> None:
    ratio = Ratio("risk ratio", Amount(0.66, 0.49, 0.89, 95))
    line = SummaryLine("review", "a/a", 0, None, ratio=ratio, rating=rating("low"))
    assert in_words(line, TREATMENT) == f"{TREATMENT} may result in fewer people with this."


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (of_people(15, 2, 28), "15 more of 100 had this; the interval runs from 2 to 28 more."),
        (
            of_people(-6, -18, 6),
            "6 fewer of 100 had this; the interval runs from 18 fewer to 6 more.",
        ),
        (of_people(5), "5 more of 100 had this; no interval can be given."),
        (
            of_people(0, -5, 5),
            "as many had this as without; the interval runs from 5 fewer to 5 more.",
        ),
    ],
)
def test_what_nobody_judged_is_told_and_no_more(line: SummaryLine, words: str) -> None:
    said = in_words(line, TREATMENT)
    assert said == f"In this trial, {words}"
    assert not {"may", "probably", "results"} & set(said.split())


def test_a_ratio_that_nobody_judged_is_told_with_its_no_difference() -> None:
    line = SummaryLine(
        "trial", "a/a", 198, 1, ratio=Ratio("hazard ratio", Amount(0.68, 0.48, 0.95, 95))
    )
    assert in_words(line, TREATMENT) == (
        "In this trial, the hazard ratio was 0.68, where 1 is no difference; "
        "the interval runs from 0.48 to 0.95."
    )


def test_a_score_that_nobody_judged_is_told_in_its_unit() -> None:
    line = SummaryLine(
        "trial", "a/a", 0, 1, change=Change(Amount(-1.7, -2.03, -1.29, 95), "mean difference")
    )
    assert in_words(line, TREATMENT) == (
        "In this trial, the value was 1.7 lower than without; the interval runs from −2.03 to −1.29."
    )


def test_two_baselines_are_told_one_after_the_other() -> None:
    low, high = (of_people(points, points - 1, points + 1).risks[0] for points in (12, 17))
    line = SummaryLine("pooled", "forest", 300, 3, risks=(low, high))
    assert in_words(line, TREATMENT) == (
        "In these 3 trials together, 12 more of 100 had this; the interval runs from 11 to 13 more, "
        "or 17 more of 100 had this; the interval runs from 16 to 18 more."
    )


def test_a_print_that_is_uncertain_is_not_told_as_if_it_were_not() -> None:
    marks = (Mark(kind="uncertain", text="Which arm is named first is not clear."),)
    printed = finding(value=Decimal("1.3"), unit="percentage points", marks=marks)
    change = Change(Amount(1.3, -6.8, 9.3, 95), "percentage points")
    line = SummaryLine("trial", "a/a", 0, 1, finding=printed, change=change)
    assert in_words(line, TREATMENT) == (
        "What the source prints is uncertain. Which arm is named first is not clear."
    )
    counted = of_people(15, 2, 28)
    told = SummaryLine("trial", "a/a", 212, 1, finding=printed, risks=counted.risks)
    assert in_words(told, TREATMENT).endswith(
        "What the source prints is uncertain; the note says why."
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (0.04, "0"), (0.4, "0.4"), (-0.96, "1"), (1.4, "1"), (1.5, "2"), (-15.25, "15")],
)
def test_people_of_100_are_whole_but_below_one(number: float, words: str) -> None:
    assert of_100(number) == words


def test_a_difference_says_which_way_it_goes() -> None:
    assert [more_or_fewer(each) for each in (15, -6, 0, 0.4)] == [
        "15 more",
        "6 fewer",
        "0",
        "0.4 more",
    ]


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((2, 28), "2 to 28 more"),
        ((-24, -6), "6 to 24 fewer"),
        ((-6, 11), "6 fewer to 11 more"),
        ((0, 3), "0 to 3 more"),
        ((-3, 0), "0 to 3 fewer"),
    ],
)
def test_the_ends_of_an_interval_say_which_way_they_go(
    ends: tuple[float, float], words: str
) -> None:
    assert ends_of_100(ends) == words


def test_what_nobody_has_judged_has_its_words() -> None:
    assert NOT_JUDGED == "Not judged in the sources we read"
