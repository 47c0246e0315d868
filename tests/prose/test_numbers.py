"""Which numbers in prose have to be bound."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evidence.prose.numbers import count_numbers, unbound_numbers

WORDS = st.sampled_from(["of", "the", "patients", "improved", "at", "least", "(see", "after,"])


def found(prose: str) -> list[str]:
    return [number.text for number in unbound_numbers(prose)]


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Draw a number as authors type it: whole, decimal, in thousands, in percent, with a sign."""
    whole = draw(st.integers(0, 99_999_999))
    assume(not 1900 <= whole <= 2099)  # taken for a year
    text = draw(st.sampled_from([str(whole), f"{whole:,}", f"{whole}.{whole % 100}", f".{whole}"]))
    assume(not re.fullmatch(r"(19|20)\d\d", text))
    return (
        draw(st.sampled_from(["", "<", ">", "≤", "±", "−", "-", "~"]))
        + text
        + draw(st.sampled_from(["", "%", " %"]))
    )


@given(st.lists(WORDS, max_size=6), numbers(), st.lists(WORDS, max_size=6))
def test_any_number_typed_in_prose_is_found_where_it_stands(
    before: list[str], number: str, after: list[str]
) -> None:
    opening = "".join(f"{word} " for word in before)
    prose = opening + number + "".join(f" {word}" for word in after)
    assume(not opening.endswith("(see "))
    (only,) = unbound_numbers(prose)
    assert only.text == number
    assert only.start == len(opening)


@given(st.lists(numbers(), min_size=1, max_size=5), st.sampled_from([" and ", "; ", "\n", " (x) "]))
def test_every_one_of_several_numbers_is_found(typed: list[str], between: str) -> None:
    assert found(between.join(typed)) == typed


@pytest.mark.parametrize(
    ("prose", "number"),
    [
        ("It rose by 48.9%.", "48.9%"),
        ("It rose by 48.9 %.", "48.9 %"),
        ("2,439 patients", "2,439"),
        ("in 37/40", "37/40"),
        ("(n=40)", "40"),
        ("P<0.05", "0.05"),
        ("P < .05", ".05"),
        ("a 3-fold rise", "3"),
        ("grew −1.2 points", "−1.2"),
        ("½ of them", "½"),
        ("a dose of 40mg", "40"),
        ("12months later", "12"),
        ("100ml", "100"),
        ("**12** of them", "12"),
        ("The trial had 100 people.", "100"),
        ("Of 100 people", "100"),
        ("2100 patients", "2100"),
        ("1850 patients", "1850"),
        ("2,000 patients", "2,000"),
        ("2000.5 points", "2000.5"),
        ("80% of people with a 95% CI", "80%"),
        ("two patients", "two patients"),
        ("Twenty-one children", "Twenty-one children"),
        ("three small studies", "three small studies"),
        ("ten per cent", "ten per cent"),
        ("half of them", "half of"),
        ("Half the people", "Half the"),
        ("a third of all", "a third of"),
        ("two thirds of all", "two thirds of"),
        ("three-quarters of all", "three-quarters of"),
        ("sixty million people", "sixty million people"),
        ("Half had fever", "Half had"),
        ("Two-thirds improved", "Two-thirds"),
        ("A third died", "A third died"),
        ("one-fifth of people", "one-fifth of"),
        ("One in three had it", "One in three"),
        ("one out of ten", "one out of ten"),
        ("Twelve of twenty had it", "Twelve of twenty"),
        ("Twelve of\ntwenty had it", "Twelve of twenty"),
        ("out of thirty-two", "out of thirty-two"),
        ("Twelve had fever", "Twelve had"),
        ("In two small randomised trials", "two small randomised trials"),
        ("Dozens of patients", "Dozens of patients"),
        ("hundreds of people", "hundreds of people"),
        ("half a million", "half a million"),
        ("twice as high", "twice as"),
        ("three times more often", "three times more"),
        ("a two-fold rise", "two-fold"),
        ("It doubled.", "doubled"),
        ("halving the dose", "halving"),
        ("zero deaths", "zero deaths"),
        ("1e6 cells", "1"),
        ("by 5pp", "5"),
        ("12of20 people", "12"),
        ("OR2.5 and so", "2.5"),
        ("① person", "①"),
    ],
)
def test_this_is_a_number(prose: str, number: str) -> None:
    assert found(prose) == [number]


@pytest.mark.parametrize(
    "unit",
    [
        "g", "mg", "kg", "µg", "ug", "ng", "l", "ml", "µl", "dl", "mL", "dL", "L", "m", "mm", "cm", "km",
        "µm", "mmhg", "mmHg", "iu", "IU", "hz", "Hz", "kHz", "h", "hr", "hrs", "hour", "hours", "min",
        "mins", "minute", "minutes", "s", "sec", "secs", "second", "seconds", "day", "days", "week",
        "weeks", "month", "months", "year", "years", "yr", "yrs", "people", "patient", "patients",
        "point", "points", "cell", "cells", "k", "x", "fold", "million", "bn",
    ],
)  # fmt: skip
def test_a_number_counts_where_the_space_before_its_unit_was_forgotten(unit: str) -> None:
    assert found(f"It was 40{unit} then") == ["40"]
    assert found(f"It was 40{unit}.") == ["40"]


@pytest.mark.parametrize("name", ["3D", "5HT", "2nd", "16S", "5G", "4foldings", "3T3", "2DG"])
def test_a_name_that_begins_with_digits_is_no_number(name: str) -> None:
    assert found(f"It was {name} then") == []


@pytest.mark.parametrize(
    "prose",
    [
        "in 2019",
        "2019 to 2024",
        "2019–2024",
        "the 1990s",
        "on 13 December 2024",
        "on 13 December",
        "December 2024",
        "2024-12-13",
        "Phase 2",
        "phase 1/2 and 3",
        "Phases 1, 2 and 3",
        "type 1 diabetes",
        "Type 2 diabetes",
        "Table 2",
        "Figures 1A to 1F",
        "paragraph 3",
        "rows 1, 2 and 3",
        "NCT01541579",
        "XS228",
        "CD34",
        "IL-6",
        "a 3D print, the 2nd",
        "5HT",
        "COVID-19",
        "HbA1c",
        "95% CI",
        "a 95% confidence interval",
        "of every 100 people",
        "per 100 people",
        "https://example.org/2/12",
        "10.1186/s12916-022-02482-2",
        "CC BY 4.0",
        "WCAG 2.2",
        "one of them",
        "nobody at all",
        "both studies",
        "in half a year",
        "for twelve months",
        "All three improved.",
        "infused twice, reported three times as the follow-up grew",
        "two of them",
        "Of the comparisons, two report more",
        "The two sets of people are not alike",
        "At twelve months its trials disagree",
        "one of two doses",
        "None of them, nearly all, most people",
        "a scaffold, double-blind, manifold",
        "tau², I² and HER2.neu",
    ],
)
def test_this_carries_no_evidence(prose: str) -> None:
    assert found(prose) == []


def test_what_is_recognised_may_be_folded_over_two_lines() -> None:
    assert found("since 13\nDecember 2024, in Phase\n2") == []


def test_a_number_after_a_line_end_has_its_offset_in_the_whole_text() -> None:
    (number,) = unbound_numbers("It rose\nby 48.9%\nin a year")
    assert number.start == 11


def test_numbers_and_number_words_come_in_order() -> None:
    assert found("two patients of 12 and half of 7") == ["two patients", "12", "half of", "7"]


@given(st.text(max_size=80))
def test_whatever_is_typed_a_found_number_stands_at_its_offset(prose: str) -> None:
    for number in unbound_numbers(prose):
        assert prose.replace("\n", " ")[number.start :].lstrip().startswith(number.text)


@given(st.lists(st.decimals(0, 99999, places=1), max_size=6))
def test_every_number_is_counted_whatever_it_means(values: list[Decimal]) -> None:
    assert count_numbers(" in 2019, ".join(str(each) for each in values)) == max(
        0, 2 * len(values) - 1
    )


def test_a_number_in_words_is_found_across_the_end_of_a_line() -> None:
    (found,) = unbound_numbers("It was so.\nFour blinded\n  trials say so.")
    assert (found.text, found.start) == ("Four blinded trials", 11)


def test_a_word_before_a_reference_counts_nothing_behind_it() -> None:
    assert unbound_numbers("after four years" + " " * 20 + "people") == []
