"""Findings hold one possible quantity."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from evidence.model.arms import Arm, Estimate
from evidence.model.finding import Finding
from evidence.model.study import Study

READ = {"id": "a", "measure": "pain", "source": "smith", "locator": "Table 1"}


def refusal(**fields: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        Finding.model_validate({**READ, **fields})
    (error,) = refused.value.errors()
    return error["type"]


@pytest.mark.parametrize(
    "quantity",
    [
        {"value": "48.9", "unit": "percent"},
        {"events": 37, "n": 40},
        {"n": 40},
        {"events": 0},
        {"events": 37, "n": 40, "value": "92.5"},
        {"arms": {"treated": {"events": 1, "n": 2}, "control": {"percent": "38.6"}}},
        {"difference": {"value": "17.7", "unit": "percentage points"}},
        {"p": "<0.001"},
        {"date": "2024-12"},
        {"statement": "Nobody asked."},
    ],
)
def test_each_kind_of_quantity_is_a_finding(quantity: dict[str, Any]) -> None:
    assert Finding.model_validate({**READ, **quantity}).measure == "pain"


def test_a_finding_without_a_quantity_is_refused() -> None:
    assert refusal() == "quantity"


def test_a_finding_with_a_date_and_a_number_is_refused() -> None:
    assert refusal(date="2024", value="1", unit="patients") == "quantity"


def test_a_value_without_a_unit_is_refused() -> None:
    assert refusal(value="48.9") == "unit"


def test_more_events_than_people_are_refused() -> None:
    assert refusal(events=41, n=40) == "impossible"


def test_more_events_than_people_in_an_arm_are_refused() -> None:
    with pytest.raises(ValidationError, match="41 events among 40"):
        Arm(events=41, n=40)


@pytest.mark.parametrize("percent", ["-1", "100.1", "563"])
def test_a_share_of_an_arm_lies_between_0_and_100(percent: str) -> None:
    with pytest.raises(ValidationError, match="percent of an arm is not possible"):
        Arm.model_validate({"percent": percent})


@pytest.mark.parametrize("counts", [{"events": -1, "n": 40}, {"n": 0}])
def test_counts_below_what_can_be_counted_are_refused(counts: dict[str, int]) -> None:
    assert refusal(**counts) == "greater_than_equal"


def test_an_interval_that_goes_down_is_refused() -> None:
    assert refusal(value="5", unit="points", interval=["9", "1"]) == "impossible"


def test_the_interval_of_a_difference_that_goes_down_is_refused() -> None:
    with pytest.raises(ValidationError, match="goes from 9 down to 1"):
        Estimate.model_validate({"value": "5", "unit": "points", "interval": ["9", "1"]})


def test_an_interval_from_a_number_to_itself_is_possible() -> None:
    found = Finding.model_validate({**READ, "value": "5", "unit": "points", "interval": ["5", "5"]})
    assert found.interval == (Decimal(5), Decimal(5))


def test_a_study_names_each_of_its_sources_once_in_order_of_use() -> None:
    finding = {**READ, "p": "0.1", "also": [{"source": "jones", "locator": "Table 2"}]}
    study = Study.model_validate(
        {
            "id": "s",
            "title": "S",
            "short": "S",
            "summary": "S",
            "condition": "cold",
            "design": {"kind": "letter"},
            "described-in": {"source": "letter", "locator": "Abstract"},
            "findings": {"a": finding, "b": {**finding, "id": "b", "source": "letter"}},
        }
    )
    assert study.sources == ("letter", "smith", "jones")
