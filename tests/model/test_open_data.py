"""What can be downloaded: one list of columns for each thing, each with its meaning."""

from __future__ import annotations

import pytest

from evidence.model.base import kebab
from evidence.model.claim import Claim
from evidence.model.columns import columns_of
from evidence.model.open_data import CLAIMS, FINDINGS, TABLES, TRIAL_VALUES, TRIALS, OpenTable
from evidence.model.study import Finding
from evidence.model.trial import Said, Trial


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
    assert CLAIMS.names == ("document", "claim", *fields)


def test_whatever_a_trial_can_say_has_a_column_and_one_for_where_it_was_read() -> None:
    said = [kebab(name) for name in Said.model_fields if name != "condition"]
    assert [each.name for each in TRIAL_VALUES if each.name != "status-as-of"][6:] == said
    read = [f"{name}-read-at" for name in said]
    assert TRIALS.names == (
        *(each.name for each in TRIAL_VALUES), *read, "readings-differ", "inferred-from", "note",
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
    assert [table.path for table in TABLES] == [
        "downloads/findings.csv", "downloads/claims.csv", "downloads/trials.csv",
    ]  # fmt: skip
    assert [table.title for table in TABLES] == ["Findings", "Claims", "Trials"]
