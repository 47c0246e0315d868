"""What differs between two exports of a registry: new, gone, changed by field, and what cannot be told."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from evidence.model.registry_changes import (
    FEW,
    FIELDS,
    compared,
    counted,
    recruiting,
    resorted,
)
from evidence.model.registry_record import RegistryChange, RegistryRecord


def record(number: int = 1, **facts: Any) -> RegistryRecord:
    return RegistryRecord(
        **{
            "id": f"NCT{number:08d}", "registry": "clinicaltrials-gov", "study_type": "interventional",
            "condition": "heart", "cell": "bone-marrow", "phase": "1", "status": "recruiting",
            "sponsor_class": "industry",
            **facts,
        }
    )  # fmt: skip


def lines(
    before: list[RegistryRecord], after: list[RegistryRecord]
) -> list[tuple[str | None, ...]]:
    return [
        (change.id[-1], change.change, change.field, change.before, change.after)
        for change in compared(before, after).changes
    ]


def test_the_same_records_have_no_change() -> None:
    records = [record(1), record(2, status="completed")]
    assert lines(records, records) == []


def test_a_record_is_new_or_gone_with_its_status() -> None:
    before = [record(1), record(2, status="completed")]
    after = [record(1), record(3, status="not-yet-recruiting")]
    assert lines(before, after) == [
        ("2", "gone", "status", "completed", None),
        ("3", "new", "status", None, "not-yet-recruiting"),
    ]


@pytest.mark.parametrize(
    ("field", "was", "now", "before", "after"),
    [
        ("status", "recruiting", "withdrawn", "recruiting", "withdrawn"),
        ("phase", "not-stated", "1/2", "not-stated", "1/2"),
        ("enrolment", 24, 0, "24", "0"),
        ("enrolment", None, 24, None, "24"),
        ("start", "2020-06", "2020-06-17", "2020-06", "2020-06-17"),
        ("completion", "2020-06", None, "2020-06", None),
        ("results", None, "2021-03-04", None, "2021-03-04"),
        ("results", None, "posted", None, "posted"),
        ("results", "2021-03-04", "2021-03-05", "2021-03-04", "2021-03-05"),
        ("countries", ("FRA",), ("KOR", "FRA"), "FRA", "FRA; KOR"),
    ],
)
def test_a_field_that_changed_is_a_change(
    field: str, was: Any, now: Any, before: str | None, after: str | None
) -> None:
    found = lines([record(**{field: was})], [record(**{field: now})])
    assert found == [("1", "changed", field, before, after)]


@pytest.mark.parametrize(
    ("field", "was", "now"),
    [
        ("countries", ("FRA", "KOR"), ("KOR", "FRA")),  # in another order
        ("results", "posted", "2021-03-04"),  # the day is known now
        ("results", "2021-03-04", "posted"),
        ("condition", "heart", "skin"),  # what the rules made of a record is no news of a registry
        ("cell", "bone-marrow", "fat"),
        ("updated", "2020-01-01", "2021-01-01"),
        ("sponsor", "Apiary", "Beehive"),
    ],
)
def test_what_says_the_same_is_no_change(field: str, was: Any, now: Any) -> None:
    assert lines([record(**{field: was})], [record(**{field: now})]) == []


def test_the_changes_of_a_record_stand_in_the_order_of_the_fields() -> None:
    before = record(phase="1", enrolment=1, status="recruiting", results=None, countries=("FRA",))
    after = record(phase="2", enrolment=2, status="completed", results="posted", countries=())
    fields = [change.field for change in compared([before], [after]).changes]
    assert fields == [field for field in FIELDS if field not in {"start", "completion"}]


def test_a_field_that_one_export_lacks_as_a_whole_is_not_compared() -> None:
    before = [record(number, completion="2020-01", results=None) for number in range(1, FEW + 1)]
    after = [record(number, completion=None, results=None) for number in range(1, FEW + 1)]
    assert compared(before, after).changes == ()
    assert compared(before, after).unknown == ("completion",)
    assert compared(after, before).unknown == ("completion",)


def test_what_few_records_lose_and_what_few_of_many_gain_is_a_change() -> None:
    with_date = [record(number, completion="2020-01") for number in range(1, FEW)]
    without = [record(number) for number in range(1, FEW)]
    assert len(compared(with_date, without).changes) == FEW - 1
    nothing = [record(number) for number in range(1, 100)]
    some = [record(number, results="posted" if number <= 20 else None) for number in range(1, 100)]
    assert len(compared(nothing, some).changes) == 20
    assert compared(some, nothing).unknown == ("results",)


def test_changes_are_counted_by_records_and_by_fields() -> None:
    before = [record(1), record(2), record(3)]
    after = [record(1, status="completed", phase="2"), record(2, phase="3"), record(4)]
    kinds, fields = counted(compared(before, after).changes)
    assert kinds == {"new": 1, "gone": 1, "changed": 2}
    assert fields == {"status": 1, "phase": 2}


def test_what_recruits_now_and_what_no_longer_does_counts_new_and_gone_ones_too() -> None:
    before = [record(1, status="completed"), record(2), record(3), record(5)]
    after = [record(1), record(2, status="completed"), record(4), record(5)]
    now, no_longer = recruiting(compared(before, after).changes)
    assert now == ("NCT00000001", "NCT00000004")
    assert no_longer == ("NCT00000002", "NCT00000003")


def test_what_is_sorted_otherwise_is_counted_in_records_of_both() -> None:
    before = [record(1), record(2), record(3)]
    after = [record(1, condition="skin"), record(2, condition="skin", cell="fat"), record(4)]
    assert resorted(before, after) == {"condition": 2, "cell": 1}


@pytest.mark.parametrize(
    "wrong",
    [
        {"change": "new", "field": "status", "before": "completed", "after": "recruiting"},
        {"change": "new", "field": "phase", "after": "1"},
        {"change": "gone", "field": "status", "after": "recruiting"},
        {"change": "changed", "field": "status", "before": "completed", "after": "completed"},
        {"change": "changed", "field": "status"},
        {"change": "moved", "field": "status", "after": "completed"},
        {"change": "changed", "field": "title", "before": "a", "after": "b"},
    ],
)
def test_a_change_that_is_none_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        RegistryChange.model_validate({"id": "NCT00000001", **wrong})
