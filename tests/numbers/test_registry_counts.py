"""The counts of an export as findings: of all studies, or of one group."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.model.export import TABLES as ALL_TABLES
from evidence.model.export import Export, ExportTable
from evidence.model.registry_record import RegistryRecord
from evidence.model.study import Study
from evidence.numbers.registry_counts import UNNAMED, extended, findings, tables_of, title
from tests.invented import real_words

DIGEST = "0" * 64
TABLES = {
    "phase": (("group", "phase", "studies"), (("colds", "1/2", 3), ("other", "1/2", 4), ("colds", "3", 0))),
    "country": (("group", "code", "country", "studies"), (("colds", "NOR", "Norway", 3), ("other", "", "several-countries", 4))),
}  # fmt: skip
EXPORT = Export.model_validate(
    {
        "id": "register",
        "search": "cold",
        "exported": "2022-10-07",
        "tool": "tool",
        "files": [{"format": "csv", "sha-256": DIGEST, "size-in-bytes": 1, "rows": 7}],
        "rules": {"version": "1", "sha-256": DIGEST},
        "read": 7,
        "kept": 7,
        "dropped": {},
    }
).model_copy(
    update={
        "tables": {
            name: ExportTable(columns=columns, rows=rows)
            for name, (columns, rows) in TABLES.items()
        }
    }
)


def counted(group: str | None) -> Study:
    declared = {"export": "register", "group": group, "source": "register", "population": "Colds"}
    known = {"id": "ours", "title": "Ours", "short": "Ours", "summary": "A count."}
    described = {"source": "register", "locator": "all"}
    kind = {"condition": "cold", "design": {"kind": "registry-analysis"}}
    study = Study.model_validate({**known, **kind, "described-in": described, "counted": declared})
    return extended(study, {"register": EXPORT}, None)


def test_the_counts_of_all_groups_are_added_up() -> None:
    findings = counted(None).findings
    assert findings["studies"].value == Decimal(7)
    assert (findings["phase-1-2"].events, findings["phase-1-2"].n) == (7, 7)


def test_one_group_is_a_whole_of_its_own() -> None:
    findings = counted("colds").findings
    assert findings["studies"].value == Decimal(3)
    assert (findings["phase-1-2"].events, findings["phase-1-2"].n) == (3, 3)
    assert findings["phase-3"].events == 0


def test_a_country_is_named_by_its_code_and_an_empty_one_by_its_words() -> None:
    findings = counted(None).findings
    assert findings["country-nor"].measure == "studies in Norway"
    assert findings["country-several-countries"].events == 4


def test_each_finding_names_the_table_that_it_stands_in() -> None:
    assert counted(None).findings["country-nor"].locator == "country.csv"


WORDS = {
    "phases": {"1/2": "Phase 1/2"}, "statuses": {"done": "Completed"},
    "sponsor_classes": {"nih": "Government"}, "conditions": {"cold": "Common cold"},
    "cells": {"egg": "Eggs"},
}  # fmt: skip
LISTED = real_words().model_copy(
    update={
        kind: {name: real_words().phases["1"].model_copy(update={"title": title})
               for name, title in words.items()}
        for kind, words in WORDS.items()
    } | {"condition_groups": {"colds": "Of colds"}}
)  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cell", "named"),
    [
        ("phase", "1/2", "Phase 1/2"), ("status", "done", "Completed"),
        ("sponsor-class", "nih", "Government"), ("phase", "9", "9"),
        ("group", "colds", "Of colds"), ("group", "other", "Other"),
        ("condition", "cold", "Common cold"), ("cell", "egg", "Eggs"),
        ("country", "Norway", "Norway"),
        ("status", "not-stated", "not stated"), ("condition", "unclassified", "not classified"),
    ],
)  # fmt: skip
def test_a_cell_is_named_as_its_list_says(column: str, cell: str, named: str) -> None:
    assert title(LISTED, column, cell) == named
    assert title(None, column, cell) == UNNAMED.get(cell, cell)


def test_a_row_of_nobody_is_left_out_but_of_phases() -> None:
    found = counted(None).findings
    assert "phase-3" in found
    assert found["phase-3"].events == 0
    assert set(counted("other").findings) == {"studies", "phase-1-2", "country-several-countries"}


def test_a_finding_says_what_was_counted_and_in_which_table() -> None:
    found = counted(None).findings
    assert found["phase-1-2"].measure == "studies: 1/2"
    assert (found["country-nor"].measure, found["country-nor"].locator) == (
        "studies in Norway", "country.csv",
    )  # fmt: skip
    assert (found["studies"].unit, found["studies"].locator) == ("studies", "phase.csv")


def test_every_table_of_one_question_gives_findings() -> None:
    rows = {
        name: ExportTable(columns=("group", name, "studies"), rows=(("colds", "x", 2),))
        for name in ("year", "phase", "status", "sponsor-class", "condition", "cell")
    }
    study = counted(None).model_copy(update={"findings": {}})
    made = findings(study, EXPORT.model_copy(update={"tables": rows}), None)
    assert {each.id: each.measure for each in made} == {
        "studies": "studies counted", "year-x": "studies started in x", "phase-x": "studies: x",
        "status-x": "studies with the status x", "sponsor-class-x": "studies with the lead sponsor x",
        "condition-x": "studies in x", "cell-x": "studies of x",
    }  # fmt: skip


def test_a_group_that_no_row_has_gives_nothing() -> None:
    assert counted("nobody").findings == {}


def test_a_study_that_counts_no_export_stays_as_it_is() -> None:
    study = counted(None)
    assert extended(study, {}, None) is study
    bare = study.model_copy(update={"counted": None})
    assert extended(bare, {"register": EXPORT}, None) is bare
    assert list(findings(bare, EXPORT, None)) == []


def record(**said: object) -> RegistryRecord:
    """Return a record that says only what is asked for."""
    known = {"id": "NCT00000001", "registry": "clinicaltrials-gov", "study-type": "interventional"}
    counted = {"condition": "lupus", "cell": "unclassified", "phase": "1", "status": "completed"}
    return RegistryRecord.model_validate({**known, **counted, "sponsor-class": "industry", **said})


RECORDS = st.lists(
    st.builds(
        record,
        condition=st.sampled_from(["lupus", "heart", "spinal-cord-injury", "als", "unclassified"]),
        cell=st.sampled_from(["adipose-msc", "several", "of-no-list", "unclassified"]),
        phase=st.sampled_from(["1", "2/3", "not-stated"]),
        status=st.sampled_from(["completed", "unknown", "not-stated"]),
        start=st.none() | st.integers(1900, 2100).map(str),
        countries=st.lists(st.sampled_from(["FRA", "KOR", "XKX", "USA"]), unique=True).map(tuple),
    ),
    max_size=30,
)


@settings(max_examples=40, deadline=None)
@given(RECORDS)
def test_every_table_sums_to_the_records_whatever_they_are(records: list[RegistryRecord]) -> None:
    tables = tables_of(records, real_words())
    assert tables.keys() == ALL_TABLES.keys()
    for name, table in tables.items():
        assert table.columns == ALL_TABLES[name]
        assert table.total == len(records)
        assert len({row[:-1] for row in table.rows}) == len(table.rows)


def test_the_answers_of_a_table_stand_in_the_order_of_their_list() -> None:
    tables = tables_of([record(phase="4"), record(phase="1")], real_words())
    named = [row[1] for row in tables["phase"].rows if row[0] == "autoimmune-and-inflammatory"]
    assert named == [*real_words().phases, "not-stated"]


def test_years_without_a_study_are_there_with_a_zero() -> None:
    tables = tables_of([record(start="2018"), record(start="2021-05")], real_words())
    rows = {
        row[1]: row[2] for row in tables["year"].rows if row[0] == "autoimmune-and-inflammatory"
    }
    assert rows == {"2018": 1, "2019": 0, "2020": 0, "2021": 1, "not-stated": 0}


def test_a_condition_is_of_the_group_of_its_wider_class() -> None:
    rows = tables_of([record(condition="lupus-nephritis"), record(condition="heart")], real_words())
    groups = {str(row[0]): row[-1] for row in rows["condition"].rows}
    assert groups == {"autoimmune-and-inflammatory": 1, "other": 1}
