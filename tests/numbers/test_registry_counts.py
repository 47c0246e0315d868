"""The counts of an export as findings: of all studies, or of one group."""

from __future__ import annotations

from decimal import Decimal

from evidence.model.export import Export, ExportTable
from evidence.model.study import Study
from evidence.numbers.registry_counts import extended

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
        "by-study-type": {},
        "unclassified": {"condition": {"studies": 0}, "cell": {"studies": 0}},
        "conditions": {},
        "cells": {},
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
