"""How findings are printed: every form, thousands, minus signs and percentages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.model.finding import Finding
from evidence.numbers.quantity import (
    COMPUTED_FORMS,
    FORMS,
    PHASE_SHORT,
    PHASE_WORDS,
    baseline_words,
    can_compute,
    forms_of,
    has_form,
    interval_text,
    number_text,
    printed,
    rounded,
    share_text,
    with_unit,
)
from evidence.numbers.results import Computed
from evidence.numbers.statistics.proportions import clopper_pearson, newcombe, wald
from tests.findings import ARMS, DIFFERENCE, finding

POOLED = finding(value="48.9", interval=["40.8", "56.9"], level="95", unit="percent")
COUNTED = finding(events=37, n=40)
MANY = finding(events=1200, n=2439)
ARMED = finding(arms=ARMS, difference=DIFFERENCE, p="0.010")
CHANGE = finding(value="-1.20", interval=["-2.05", "-0.35"], level="95", unit="points")
RATIO = finding(value="1.42", interval=["1.01", "1.98"], level="95", unit="odds ratio")
DATED = finding(date="2024-12-13")
SAID = finding(statement="Nobody asked.", measure="who asked", time="day 7", population="adults")


@pytest.mark.parametrize(
    ("found", "form", "text"),
    [
        (POOLED, "", "48.9% (95% CI 40.8 to 56.9)"),
        (POOLED, "value", "48.9%"),
        (POOLED, "number", "48.9"),
        (POOLED, "ci", "40.8 to 56.9"),
        (POOLED, "low", "40.8%"),
        (POOLED, "high", "56.9%"),
        (POOLED, "percent", "48.9%"),
        (POOLED, "per-100", "49 of every 100"),
        (POOLED, "per-100-ci", "41 to 57"),
        (COUNTED, "", "37 of 40 (92.5%)"),
        (COUNTED, "of", "37 of 40"),
        (COUNTED, "events", "37"),
        (COUNTED, "n", "40"),
        (COUNTED, "percent", "92.5%"),
        (COUNTED, "value", "92.5%"),
        (COUNTED, "per-100", "93 of every 100"),
        (MANY, "", "1,200 of 2,439 (49.2%)"),
        (MANY, "of", "1,200 of 2,439"),
        (MANY, "events", "1,200"),
        (MANY, "n", "2,439"),
        (ARMED, "", "56.3% with honey and 38.6% with placebo"),
        (ARMED, "arms", "56.3% with honey and 38.6% with placebo"),
        (ARMED, "treated", "56.3%"),
        (ARMED, "control", "38.6%"),
        (ARMED, "treated-of", "58 of 103"),
        (ARMED, "control-of", "39 of 101"),
        (ARMED, "treated-n", "103"),
        (ARMED, "control-n", "101"),
        (ARMED, "treated-per-100", "56 of every 100"),
        (ARMED, "control-per-100", "39 of every 100"),
        (ARMED, "difference", "17.7 percentage points (95% CI 4.2 to 31.2)"),
        (ARMED, "difference-value", "17.7 percentage points"),
        (ARMED, "difference-ci", "4.2 to 31.2"),
        (ARMED, "p", "P = 0.010"),
        (CHANGE, "", "−1.20 points (95% CI −2.05 to −0.35)"),
        (CHANGE, "number", "−1.20"),
        (CHANGE, "ci", "−2.05 to −0.35"),
        (RATIO, "", "odds ratio 1.42 (95% CI 1.01 to 1.98)"),
        (RATIO, "value", "odds ratio 1.42"),
        (RATIO, "low", "1.01"),
        (DATED, "", "13 December 2024"),
        (DATED, "date", "13 December 2024"),
        (DATED, "year", "2024"),
        (SAID, "", "Nobody asked."),
        (SAID, "statement", "Nobody asked."),
        (SAID, "measure", "who asked"),
        (SAID, "time", "day 7"),
        (SAID, "population", "adults"),
        (SAID, "baseline", "treated at a time not stated"),
        (finding(value="62", unit="studies"), "", "62 studies"),
        (finding(value="1", unit="studies"), "", "1 study"),
        (finding(value="1", unit="patients"), "", "1 patient"),
        (finding(value="1", unit="trials"), "", "1 trial"),
        (finding(value="2439", unit="patients"), "", "2,439 patients"),
        (finding(value="5.0", unit="percent", sign="<"), "", "less than 5.0%"),
        (finding(value="5.0", unit="percent", sign=">"), "value", "more than 5.0%"),
        (finding(value="11", unit="trials a year", sign="about"), "", "about 11 trials a year"),
        (finding(value="1.4", unit="hazard ratio", sign="about"), "", "hazard ratio about 1.4"),
        (finding(events=37, n=40, value="92.5", unit="percent"), "", "37 of 40 (92.5%)"),
        (finding(events=37, n=40, value="92.5"), "percent", "92.5%"),
        (
            finding(events=0, n=65, value="0", unit="percent", interval=["0", "5.5"], level="95"),
            "",
            "0 of 65 (0%, 95% CI 0 to 5.5)",
        ),
        (
            finding(events=9, n=40, value="3.1", unit="points", interval=["2", "4"]),
            "",
            "9 of 40 (22.5%)",
        ),
        (finding(p="<0.001"), "", "P < 0.001"),
        (finding(p=">0.05"), "p", "P > 0.05"),
        (finding(p="≤0.05"), "p", "P ≤ 0.05"),
        (finding(p="< 0.05"), "p", "P < 0.05"),
        (finding(n=1204), "", "1,204"),
        (finding(events=0), "", "0"),
        (finding(value="5", unit="points", interval=["1", "9"]), "", "5 points (interval 1 to 9)"),
        (finding(difference=DIFFERENCE), "", "17.7 percentage points (95% CI 4.2 to 31.2)"),
        (
            finding(arms={"treated": {"events": 7, "n": 10}, "control": {"events": 5, "n": 14}}),
            "",
            "7 of 10 and 5 of 14",
        ),
        (
            finding(arms={"treated": {"events": 70, "n": 100}, "control": {"events": 50, "n": 140}}),
            "",
            "70% and 35.7%",
        ),
        (finding(arms={"treated": {"value": "4.0"}, "control": {"value": "3.1"}}), "", "4.0 and 3.1"),
        (finding(arms={"treated": {"n": 1030}, "control": {"n": 12}}), "", "1,030 and 12"),
    ],
)  # fmt: skip
def test_a_form_prints_what_it_promises(found: Finding, form: str, text: str) -> None:
    assert printed(found, form, None).text == text


def test_every_form_is_tried_above() -> None:
    (mark,) = test_a_form_prints_what_it_promises.pytestmark  # type: ignore[attr-defined]
    assert {form for _, form, _ in mark.args[1]} == set(FORMS)


def computed() -> Computed:
    treated, control = (58, 103), (39, 101)
    return Computed(
        proportion=clopper_pearson(37, 40),
        difference=wald(treated, control),
        difference_score=newcombe(treated, control),
    )


@pytest.mark.parametrize(
    ("found", "form", "text"),
    [
        (COUNTED, "computed-percent", "92.5%"),
        (COUNTED, "computed-ci", "79.6 to 98.4"),
        (ARMED, "computed-difference", "17.7 percentage points (95% CI 4.0 to 30.5)"),
    ],
)
def test_a_computed_form_prints_what_the_counts_give(found: Finding, form: str, text: str) -> None:
    assert printed(found, form, computed()).text == text


def test_only_the_number_is_linked_and_the_interval_stands_after_it() -> None:
    words = printed(POOLED, "", None)
    assert (words.before, words.number, words.after) == ("", "48.9%", " (95% CI 40.8 to 56.9)")


def test_a_sign_in_words_stands_before_the_linked_number() -> None:
    words = printed(finding(value="5.0", unit="percent", sign="<"), "", None)
    assert (words.before, words.number) == ("less than ", "5.0%")


@pytest.mark.parametrize(
    "form", ["ci", "difference", "treated", "p", "date", "statement", "nonsense"]
)
def test_a_form_that_a_finding_does_not_have_is_refused(form: str) -> None:
    assert not has_form(COUNTED, form)
    with pytest.raises(KeyError):
        printed(COUNTED, form, None)


@pytest.mark.parametrize("found", [POOLED, COUNTED, MANY, ARMED, CHANGE, RATIO, DATED, SAID])
def test_the_forms_of_a_finding_are_those_that_can_be_printed(found: Finding) -> None:
    for form in forms_of(found):
        assert has_form(found, form)
        if form not in COMPUTED_FORMS:
            assert printed(found, form, None).text
    for form in {*FORMS} - {*forms_of(found), ""}:
        assert not has_form(found, form)


def test_a_difference_is_computed_only_from_the_counts_of_both_arms() -> None:
    half = finding(arms={"treated": {"events": 1, "n": 2}, "control": {"percent": "38.6"}})
    assert can_compute(ARMED) == (False, True)
    assert can_compute(half) == (False, False)
    assert can_compute(COUNTED) == (True, False)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("52.0", "52.0"),
        ("0.010", "0.010"),
        ("999", "999"),
        ("1000", "1,000"),
        ("1234567.80", "1,234,567.80"),
        ("-0.5", "−0.5"),
        ("-2439", "−2,439"),
        ("1E+3", "1,000"),
    ],
)
def test_a_number_keeps_its_digits_and_gets_separators(number: str, text: str) -> None:
    assert number_text(Decimal(number)) == text


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_printed_number_can_be_read_back(number: Decimal) -> None:
    text = number_text(number)
    assert "-" not in text
    assert Decimal(text.replace("−", "-").replace(",", "")) == number


@pytest.mark.parametrize(
    ("number", "places", "wanted"),
    [(0.25, 1, "0.3"), (-0.25, 1, "-0.3"), (2.5, 0, "3"), (97.45, 1, "97.5"), (1, 1, "1.0")],
)
def test_halves_are_rounded_away_from_zero(number: float, places: int, wanted: str) -> None:
    assert str(rounded(number, places)) == wanted


@pytest.mark.parametrize(
    ("events", "n", "text"), [(1, 3, "33.3%"), (99, 99, "100%"), (3, 4, "75%"), (2, 3000, "0.1%")]
)
def test_a_share_has_one_decimal_unless_it_is_whole(events: int, n: int, text: str) -> None:
    assert share_text(events, n) == text


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [("48.9", "percent", "48.9%"), ("62", None, "62"), ("1.42", "risk ratio", "1.42"),
     ("1", "AIS grades", "1 AIS grades"), ("1", "point", "1 point"), ("3", "days", "3 days")],
)  # fmt: skip
def test_a_unit_stands_behind_its_number(number: str, unit: str | None, text: str) -> None:
    assert with_unit(Decimal(number), unit) == text


def test_an_interval_is_printed_with_to() -> None:
    assert interval_text(Decimal("-1.5"), 1000.0) == "−1.5 to 1,000.0"


@pytest.mark.parametrize("form", ["per-100", "percent", "value", ""])
def test_a_limit_stays_a_limit_in_every_form(form: str) -> None:
    fields: dict[str, Any] = {"value": "5.0", "unit": "percent", "sign": "<"}
    assert printed(finding(**fields), form, None).text.startswith("less than 5")


@pytest.mark.parametrize(
    ("baseline", "words"),
    [
        ({"phase": "acute"}, "treated in the acute phase"),
        ({"phase": "subacute"}, "treated in the subacute phase"),
        ({"phase": "chronic"}, "treated in the chronic phase"),
        ({"phase": "mixed"}, "treated in different phases"),
        ({}, "treated at a time not stated"),
        (None, "treated at a time not stated"),
        ({"treated": False, "time": "within 30 days"}, "first examined within 30 days"),
    ],
)
def test_a_baseline_says_when_people_were_seen(baseline: dict[str, Any] | None, words: str) -> None:
    assert baseline_words(finding(n=5, baseline=baseline)) == words


def test_the_short_words_of_a_phase_are_those_of_labels() -> None:
    assert PHASE_SHORT == {
        "acute": "acute", "subacute": "subacute", "chronic": "chronic",
        "mixed": "mixed times", "not-stated": "time not stated",
    }  # fmt: skip
    assert PHASE_SHORT.keys() == PHASE_WORDS.keys()


def test_arms_with_counts_alone_are_worked_out_of_every_100() -> None:
    arms = {"treated": {"events": 58, "n": 103}, "control": {"events": 39, "n": 101}}
    found = finding(arms=arms)
    assert printed(found, "treated-per-100", None).text == "56 of every 100"
    assert printed(found, "control-per-100", None).text == "39 of every 100"
    assert printed(found, "arms", None).text == "56.3% and 38.6%"  # with 100 people and more
    assert printed(found, "treated-of", None).text == "58 of 103"


def test_rates_are_said_with_their_time() -> None:
    rate = {"events": 3, "person-years": "1180.5"}
    assert printed(finding(arms={"treated": rate, "control": rate}), "arms", None).text == (
        "3 in 1,180.5 person-years and 3 in 1,180.5 person-years"
    )


@pytest.mark.parametrize(
    ("n", "text"), [(99, "58 of 99 and 39 of 99"), (100, "58% and 39%"), (101, "57.4% and 38.6%")]
)
def test_fewer_than_100_people_are_counted_and_others_are_percentages(n: int, text: str) -> None:
    arms = {"treated": {"events": 58, "n": n}, "control": {"events": 39, "n": n}}
    assert printed(finding(arms=arms), "arms", None).text == text


@pytest.mark.parametrize("fields", [{"n": 40}, {"events": 3}])
@pytest.mark.parametrize("form", ["percent", "per-100", "of", "computed-percent"])
def test_half_a_share_has_no_form_of_one(fields: dict[str, int], form: str) -> None:
    assert not has_form(finding(**fields), form)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("999", "999"),
        ("1000", "1,000"),
        ("-1000", "−1,000"),
        ("999.99", "999.99"),
        ("-999", "−999"),
    ],
)
def test_thousands_are_parted_from_1000_on(number: str, text: str) -> None:
    assert number_text(Decimal(number)) == text
