"""What a trial holds: the first reading counts, and who differs stays visible."""

from __future__ import annotations

from typing import Any

from evidence.model.trial import Held, Trial


def trial(*said: dict[str, Any], **fields: Any) -> Trial:
    readings = [
        {"url": "https://example.org/", "locator": "record", "kind": "registry",
         "read": "2026-11-21", "says": each}
        for each in said
    ]  # fmt: skip
    content = {"id": "one", "name": "One", "condition": "cold", "readings": readings, **fields}
    return Trial.model_validate(content)


def test_the_first_reading_that_says_a_field_gives_its_value() -> None:
    found = trial({"phase": "2"}, {"enrolment": 12}, {"enrolment": 12}).held["enrolment"]
    assert found == Held("enrolment", 12, reading=1, agreeing=(2,))


def test_who_differs_is_kept_with_what_it_says() -> None:
    made = trial({"enrolment": 12}, {"enrolment": 20}, {"enrolment": 12})
    assert made.value("enrolment") == 12
    assert made.differing == [Held("enrolment", 12, 0, agreeing=(2,), differing=((1, 20),))]


def test_countries_in_another_order_are_the_same() -> None:
    made = trial({"countries": ["norway", "spain"]}, {"countries": ["spain", "norway"]})
    assert made.differing == []


def test_the_words_for_a_condition_may_differ_without_a_conflict() -> None:
    made = trial({"condition": "a cold"}, {"condition": "common cold"})
    assert made.differing == []


def test_what_was_inferred_counts_only_where_nobody_says_it() -> None:
    made = trial({}, inferred={"sponsor-type": "academic"})
    assert made.held["sponsor_type"] == Held("sponsor_type", "academic", None)
    said = trial({"sponsor-type": "industry"}, inferred={"sponsor-type": "academic"})
    assert said.value("sponsor_type") == "industry"


def test_what_nobody_says_is_not_known() -> None:
    assert trial({}).held == {}
