"""Findings with two arms in a table: read from columns, and each mistake has the place of its cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.projects import build_in_memory, change, places_of, write

STUDY = "data/studies/smith-2020.yaml"
HEADER = (
    "id,measure,arms-treated-label,arms-treated-events,arms-treated-n,arms-control-percent,"
    "difference-value,difference-low,difference-high,difference-unit,source,locator\n"
)
ROW = "a,pain,rest,{},20,40.2,-5,-9.5,1,percentage points,smith-2020,Table 1\n"


def with_table(root: Path, rows: str) -> Path:
    change(root, STUDY, "findings:", "table: pain.csv\nfindings:")
    write(root, {"data/tables/pain.csv": rows})
    return root


def test_two_arms_are_read_from_their_columns(minimal: Path) -> None:
    built = build_in_memory(with_table(minimal, HEADER + ROW.format(7)))
    found = built.report.findings["smith-2020/a"]
    assert found.arms is not None
    assert (found.arms.treated.label, found.arms.treated.events, found.arms.treated.n) == (
        "rest", 7, 20,
    )  # fmt: skip
    assert found.arms.control.percent == Decimal("40.2")
    assert found.difference is not None
    assert found.difference.interval == (Decimal("-9.5"), Decimal(1))


@pytest.mark.parametrize(
    ("rows", "place", "rule"),
    [
        (HEADER + ROW.format("seven"), "2:4", "value-valid"),
        (HEADER + ROW.format(7).replace("-9.5", "low"), "2:8", "value-valid"),
        (HEADER + ROW.format(7).replace("40.2", "x"), "2:6", "value-valid"),
        (HEADER.replace("-events", "-event") + ROW.format(7), "1:4", "csv-shape"),
        (HEADER.replace("difference-unit", "marks") + ROW.format(7), "1:10", "csv-shape"),
    ],
)
def test_a_mistake_in_a_cell_of_an_arm_has_its_place(
    rows: str, place: str, rule: str, minimal: Path
) -> None:
    assert (f"data/tables/pain.csv:{place}", rule) in places_of(with_table(minimal, rows))
