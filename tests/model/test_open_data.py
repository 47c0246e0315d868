"""What can be downloaded: one list of columns for each thing, each with its meaning."""

from __future__ import annotations

import pytest

from evidence.model.base import kebab
from evidence.model.claim import Claim
from evidence.model.columns import columns_of
from evidence.model.finding import Finding
from evidence.model.open_data import (
    CLAIMS,
    FINDINGS,
    LEADING,
    SOURCES,
    STUDIES,
    TABLES,
    TRIAL_VALUES,
    TRIALS,
)
from evidence.model.open_table import OpenTable
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.model.trial import Trial
from evidence.model.trial_reading import Said


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_has_a_name_of_its_own_a_title_and_a_meaning(table: OpenTable) -> None:
    assert len(set(table.names)) == len(table.names)
    bare = [each.name for each in table.columns if not (each.title and each.meaning)]
    assert bare == []
    assert [each.name for each in table.columns if not each.meaning.endswith(".")] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_title_stands_twice(table: OpenTable) -> None:
    titles = [each.title for each in table.columns]
    assert sorted(titles) == sorted(set(titles))


def test_a_finding_and_a_claim_have_the_columns_of_their_models_in_order() -> None:
    finding, *fields = (each.name for each in columns_of(Finding))
    assert finding == "id"
    assert FINDINGS.names == ("study", "finding", *fields, "reported", "computed")
    claim, *fields = (each.name for each in columns_of(Claim))
    assert claim == "id"
    assert CLAIMS.names == ("ledger", "document", "claim", *fields)


def test_of_a_source_and_a_study_what_has_no_column_is_a_table_or_no_result() -> None:
    for table, model, others in (
        (SOURCES, Source, {"reading", "discrepancies"}),
        (
            STUDIES,
            Study,
            {"draft", "findings", "table", "sums", "order", "years", "counted", "analysis"},
        ),
    ):
        held = {column.path[0] for column in table.columns} | {"id"}
        assert {info.alias or name for name, info in model.model_fields.items()} - held == others


def test_keys_and_what_they_lead_to_are_columns_of_one_shape() -> None:
    shapes = {
        (table.name, column.name): column.shape for table in TABLES for column in table.columns
    }
    for table in TABLES:
        assert {*table.key} <= {column.name for column in table.columns if column.filled}
        for key in LEADING[table.name]:
            ours = [shapes[table.name, name] for name in key.columns]
            assert ours == [shapes[key.table, name] for name in key.key]


def test_numbers_of_a_finding_have_the_unit_that_stands_beside_them_or_their_own() -> None:
    units = {column.name: column.unit_words for column in FINDINGS.columns if column.unit_words}
    assert units["value"] == units["low"] == units["arms-control-sd"] == "unit in the column unit"
    assert units["difference-high"] == "unit in the column difference-unit"
    assert units["level"] == units["arms-treated-percent"] == "percent"
    assert {"n", "events", "p"} & units.keys() == set()
    beside = {column.unit_beside for table in TABLES for column in table.columns} - {""}
    assert beside <= {*FINDINGS.names}


def test_whatever_a_trial_can_say_has_a_column_and_one_for_where_it_was_read() -> None:
    said = [kebab(name) for name in Said.model_fields if name != "condition"]
    assert [each.name for each in TRIAL_VALUES if each.name != "status-as-of"][6:] == said
    read = [f"{name}-read-at" for name in said]
    assert TRIALS.names == (
        *(each.name for each in TRIAL_VALUES), *read, "readings-differ", "inferred-from", "note",
        "status-confirmed",
    )  # fmt: skip


def test_every_field_of_a_trial_is_in_a_column_or_is_made_of_others() -> None:
    columns = {
        *TRIALS.names,
        "basis",
        "readings",
        "inferred",
    }  # in words; one by one; by its columns
    assert {kebab(name) for name in Trial.model_fields} <= columns


def test_the_file_of_a_table_is_named_after_its_rows() -> None:
    paths = {table.path: table.title for table in TABLES}
    assert len(paths) == len(TABLES)
    assert paths["downloads/findings.csv"] == "Findings"
    assert paths["downloads/trial-readings.csv"] == "Trial readings"
    assert paths["downloads/countries.csv"] == "Countries"
