"""58,994 numbers beside those of R's metafor: data sets that ship with it, and 300 random ones."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.numbers.statistics.comparison import NEAR, Compared, compared, reason
from tests.numbers.statistics.references import read
from tests.projects import ROOT

RECORD = ROOT / "docs" / "decisions" / "0027-means-rates-sparse-events-and-moderators.md"


@pytest.fixture(scope="module")
def numbers() -> list[Compared]:
    return list(compared())


def test_each_number_is_as_in_metafor_or_has_its_reason(numbers: list[Compared]) -> None:
    unexplained = [
        (number.case["name"], number.family, number.name, number.ours, number.theirs)
        for number in numbers
        if number.apart > NEAR and not reason(number)
    ]
    assert unexplained == []


def test_the_decision_record_says_how_many_were_compared_and_which_differ(
    numbers: list[Compared],
) -> None:
    written = " ".join(RECORD.read_text("utf-8").split())
    near = [number for number in numbers if number.apart <= NEAR]
    assert f"{len(numbers):,} numbers were compared; {len(near):,} agree" in written
    for why, many in Counter(reason(number) for number in numbers if number.apart > NEAR).items():
        assert f"| {many:,} | {why} |" in written


def test_the_random_sets_are_at_the_edges() -> None:
    edges = read("comparison")["edges"]
    assert len(edges) == 300
    kinds = Counter(case["kind"] for case in edges)
    assert set(kinds.values()) == {75}
    columns = [case["data"] for case in edges if case["kind"] == "counts"]
    assert sum(0 in {*data["a"], *data["c"]} for data in columns) > 30
    assert sum(min(*data["n1"], *data["n2"]) < 4 for data in columns) > 10
    assert sum(len(case["x"]) == 2 for case in edges) > 20
    squares = [case["metafor"]["pooled"] for case in edges if case["metafor"]["pooled"]]
    assert sum(each["common"][7] > 99.9 for each in squares) > 5  # I² in percent
    assert sum(each["common"][5] < 1e-12 for each in squares) > 5  # Q: studies that are equal
