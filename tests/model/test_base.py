"""Partial dates, numbers, ids and words."""

from __future__ import annotations

from datetime import date as Date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core import PydanticCustomError, PydanticKnownError

from evidence.model.base import PartialDate, kebab, parse_id, parse_partial_date
from evidence.model.caution import Mark
from evidence.model.written import (
    parse_address,
    parse_level,
    parse_number,
    parse_p_value,
    parse_text,
    parse_truth,
    parse_whole,
    whole_number,
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [(True, True), ("yes", True), ("true", True), (False, False), ("no", False)],
)
def test_a_truth_may_be_written_as_yes_or_no(written: Any, *, meant: bool) -> None:
    assert parse_truth(written) is meant


@pytest.mark.parametrize("written", [1, "Yes", "on", "", None, []])
def test_nothing_else_is_a_truth(written: Any) -> None:
    with pytest.raises(PydanticCustomError, match="neither true nor false"):
        parse_truth(written)


@pytest.mark.parametrize(
    ("written", "words", "first_day"),
    [
        ("2024", "2024", Date(2024, 1, 1)),
        (2024, "2024", Date(2024, 1, 1)),
        ("2024-12", "December 2024", Date(2024, 12, 1)),
        ("2024-12-03", "3 December 2024", Date(2024, 12, 3)),
        ("2024-02-29", "29 February 2024", Date(2024, 2, 29)),
    ],
)
def test_a_date_is_as_precise_as_it_was_written(written: Any, words: str, first_day: Date) -> None:
    found = parse_partial_date(written)
    assert str(found) == str(written)
    assert found.words == words
    assert found.first_day == first_day


@given(st.dates(Date(1000, 1, 1), Date(9998, 12, 31)))
def test_every_day_of_the_calendar_is_read(day: Date) -> None:
    assert parse_partial_date(day.isoformat()).first_day == day


@pytest.mark.parametrize(
    "written",
    ["2023-02-29", "2024-13", "2024-00", "2024-12-00", "2024-12-32", "0000"],
)
def test_a_day_that_does_not_exist_is_refused(written: str) -> None:
    with pytest.raises(PydanticCustomError, match="is not in the calendar"):
        parse_partial_date(written)


@pytest.mark.parametrize(
    "written", ["13.12.2024", "2024-1-2", "Dec 2024", "", "24", None, "2024-12-13T"]
)
def test_another_way_to_write_a_date_is_refused(written: Any) -> None:
    with pytest.raises(PydanticCustomError, match="is not a date"):
        parse_partial_date(written)


def test_a_date_stays_what_it_is() -> None:
    date = PartialDate(year=2024)
    assert parse_partial_date(date) is date


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-99, max_value=99))
def test_a_number_keeps_its_digits(number: Decimal) -> None:
    assert str(parse_number(str(number))) == str(number)


@pytest.mark.parametrize(
    "written", ["48.9%", "2,439", "about 5", "", "12 patients", "1e3", ".5", "7.", "007"]
)
def test_a_number_with_anything_around_it_is_refused(written: str) -> None:
    with pytest.raises(PydanticCustomError, match="is not a number"):
        parse_number(written)


@pytest.mark.parametrize("written", ["9" * 40, "0." + "0" * 40 + "1"])
def test_a_number_that_no_measurement_can_have_is_refused(written: str) -> None:
    with pytest.raises(PydanticCustomError, match="too large or too small"):
        parse_number(written)


@pytest.mark.parametrize("level", [95, "97.5", Decimal(50), "99.99"])
def test_a_level_lies_between_50_and_99_99(level: Any) -> None:
    assert parse_level(level) == Decimal(str(level))


@pytest.mark.parametrize("level", [0, "0.95", 49, 100, 950, "-5"])
def test_another_level_is_refused(level: Any) -> None:
    with pytest.raises(PydanticCustomError, match=r"is not between 50 and 99\.99"):
        parse_level(level)


@pytest.mark.parametrize("p", [Decimal("0.010"), "<0.001", "< .05", ">0.05", "1", "0", "1.0"])
def test_a_p_value_is_kept_as_printed(p: Any) -> None:
    assert parse_p_value(p) == str(p)


@pytest.mark.parametrize("p", ["", "abc", "<", "5", "1.5.2", "p=0.05", "NaN", None, True, "-0.1"])
def test_anything_else_is_no_p_value(p: Any) -> None:
    with pytest.raises(PydanticCustomError, match="is not a P value"):
        parse_p_value(p)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://localhost:8000/a/b/",
        "HTTPS://example.org?a=b&c=[d]#e",
        "https://example.org/Évora/~a@b:c,d;e(f)'g|h{i}^",
        "https://xn--bcher-kva.example",
    ],
)
def test_a_public_address_begins_with_its_protocol(address: str) -> None:
    assert parse_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "example.org", "/a/b", "ftp://example.org", "http://[::1", "", 5, None, True,
        "javascript:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)",
        "javascript://example.org/%0aalert(1)", "data:text/html,a", "vbscript:a", "file:///etc/passwd",
        "//example.org/a", "https:example.org", "https:/example.org", "https:///a", "https://",
        "https://user:pw@example.org/", "https://example.org@evil.example", "https://@example.org",
        "https://example.org\\@evil.example", "https://exa mple.org", "https://example.org/a b",
        "https://example.org/\ta", "https://example.org/\na", "https://example.org/\u200b",
        "https://example.org/\u202ea", "https://example.org/\u2028", " https://example.org",
        "https://example.org ", "https://example.org/\x00", 'https://example.org/"a', "https://a/<b>",
        "http://47.251.13.51:8081/15520976", "http://[::1]/", "https://example..org", "https://.org",
        "https://example.org:80a/", "https://exämple.org", "https://" + "a" * 2000,
    ],
)  # fmt: skip
def test_anything_else_is_no_public_address(address: Any) -> None:
    with pytest.raises(PydanticCustomError, match="is not a public address"):
        parse_address(address)


@pytest.mark.parametrize("written", [True, None, [1], {"a": 1}])
def test_what_is_no_number_at_all_is_refused(written: Any) -> None:
    with pytest.raises(PydanticCustomError, match="this is not a number"):
        parse_number(written)


@pytest.mark.parametrize(("written", "text"), [(20, "20"), (Decimal("0.010"), "0.010"), ("x", "x")])
def test_a_number_can_stand_where_text_is_asked_for(written: Any, text: str) -> None:
    assert parse_text(written) == text


@pytest.mark.parametrize("written", ["shang-2022", "a", "1", "404", "a-1-b"])
def test_an_id_has_small_letters_digits_and_hyphens(written: str) -> None:
    assert parse_id(written) == written


@pytest.mark.parametrize(
    "written", ["Shang-2022", "a b", "a_b", "-a", "a-", "a--b", "é", "", "a\n", 5]
)
def test_anything_else_is_no_id(written: Any) -> None:
    with pytest.raises(PydanticCustomError, match="is not an id"):
        parse_id(written)


@pytest.mark.parametrize("written", ["", None, True, ["a"]])
def test_words_are_not_empty_and_not_something_else(written: Any) -> None:
    with pytest.raises(ValidationError):
        Mark.model_validate({"kind": "uncertain", "text": written})


def test_keys_are_written_with_hyphens() -> None:
    assert kebab("review_due") == "review-due"


def test_models_cannot_be_changed() -> None:
    mark = Mark(kind="uncertain", text="Why.")
    with pytest.raises(ValidationError, match="frozen"):
        mark.text = "Another."  # type: ignore[misc]


def test_models_refuse_keys_that_they_do_not_know() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Mark.model_validate({"kind": "uncertain", "text": "Why.", "colour": "red"})


@pytest.mark.parametrize(
    "written", ["37²", "①", "⁴", "٣٧", "\uff13\uff17", "1_000", " 37", "9" * 5000, ""]
)
def test_a_whole_number_has_plain_digits(written: str) -> None:
    assert whole_number(written) is None
    with pytest.raises(PydanticKnownError, match="unable to parse string as an integer"):
        parse_whole(written)


@pytest.mark.parametrize("truth", [True, False])
def test_a_truth_value_is_no_whole_number(truth: bool) -> None:
    with pytest.raises(PydanticKnownError, match="should be a valid integer"):
        parse_whole(truth)


@pytest.mark.parametrize("written", ["12", 12, Decimal(12)])
def test_a_whole_number_is_let_through(written: Any) -> None:
    assert parse_whole(written) == 12


@pytest.mark.parametrize(
    "written", ["NaN", "inf", "1_000", " 1", "\u0663.\u0665", "1,5", "1e4000", "0x1F", "½"]
)
def test_text_that_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(PydanticCustomError, match="is not a number"):
        parse_number(written)


@pytest.mark.parametrize("written", ["\uff12\uff10\uff12\uff14", "\u0662\u0660\u0662\u0664"])
def test_a_date_has_plain_digits(written: str) -> None:
    with pytest.raises(PydanticCustomError, match="is not a date"):
        parse_partial_date(written)
