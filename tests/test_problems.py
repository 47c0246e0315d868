"""Problems as values, and how they are printed."""

from __future__ import annotations

import pytest

from evidence.problems import (
    Place,
    Problem,
    ProblemsFoundError,
    did_you_mean,
    listed,
    nearest,
)


def problem(line: int, message: str = "it is wrong", hint: str = "Mend it.") -> Problem:
    return Problem(Place("a.yaml", line, 3), "key-known", message, hint)


def test_a_problem_prints_its_place_message_rule_and_hint() -> None:
    assert str(problem(2)) == "a.yaml:2:3: it is wrong [key-known]\n    Mend it."


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    assert str(Problem(Place("a.yaml"), "site-complete", "it is missing")) == (
        "a.yaml: it is missing [site-complete]"
    )


def test_problems_are_kept_in_order_and_once() -> None:
    found = ProblemsFoundError([problem(3), problem(2), problem(3)])
    assert [each.place.line for each in found.problems] == [2, 3]


def test_lines_are_ordered_as_numbers() -> None:
    found = ProblemsFoundError([problem(10), problem(9)])
    assert [each.place.line for each in found.problems] == [9, 10]


def test_one_cause_in_several_places_gives_one_entry() -> None:
    assert listed([problem(2), problem(5), problem(3, "another")]) == [
        "a.yaml:2:3: it is wrong [key-known]\n    Mend it.\n    Also at a.yaml:5:3.",
        "a.yaml:3:3: another [key-known]\n    Mend it.",
    ]


def test_of_many_places_the_first_are_named_and_the_rest_counted() -> None:
    (entry,) = listed([problem(line) for line in range(1, 10)])
    assert entry.endswith(
        "Also at a.yaml:2:3, a.yaml:3:3, a.yaml:4:3, a.yaml:5:3 and 4 more places."
    )


@pytest.mark.parametrize(
    ("places", "end"),
    [(5, "a.yaml:5:3."), (6, "a.yaml:5:3 and 1 more place."), (7, "a.yaml:5:3 and 2 more places.")],
)
def test_places_that_are_not_named_are_counted(places: int, end: str) -> None:
    (entry,) = listed([problem(line) for line in range(1, places + 1)])
    assert entry.endswith(f"Also at a.yaml:2:3, a.yaml:3:3, a.yaml:4:3, {end}")


def test_problems_with_other_hints_stand_apart() -> None:
    assert len(listed([problem(2), problem(3, hint="Another.")])) == 2


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("shang-2021", "shang-2022"),
        ("popluation", "population"),
        ("safety", "sci/safety"),
        ("x", None),
    ],
)
def test_the_nearest_name_is_found(name: str, wanted: str | None) -> None:
    assert nearest(name, {"shang-2022", "population", "sci/safety", "wu-2025"}) == wanted


def test_a_hint_asks_for_the_nearest_name_or_says_something_else() -> None:
    assert did_you_mean("tilte", ["title"], "Known: title.") == "Did you mean 'title'?"
    assert did_you_mean("xyz", ["title"], "Known: title.") == "Known: title."
