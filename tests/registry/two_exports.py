"""A site with two exports of one search, a year apart, to be laid over the smallest project."""

from __future__ import annotations

import csv
import io

COLUMNS = (
    "id", "registry", "other-ids", "study-type", "condition", "condition-by", "cell", "cell-by",
    "conditions", "interventions", "phase", "status", "enrolment", "start", "completion",
    "registered", "updated", "results", "sponsor", "sponsor-class", "countries", "place",
)  # fmt: skip
VOCABULARIES = """\
conditions:
  cold: {title: Common cold, definition: A runny nose.}
cells:
  not-applicable: {title: Not applicable, definition: No cells.}
  honey-cell: {title: Cells in honey, definition: Cells kept in honey.}
phases:
  "1": {title: Phase 1, definition: First.}
  "2": {title: Phase 2, definition: Second.}
statuses:
  recruiting: {title: Recruiting, definition: People may join., ages: true}
  completed: {title: Completed, definition: Over.}
  withdrawn: {title: Withdrawn, definition: Never begun.}
sponsor-classes:
  industry: {title: Industry, definition: A company.}
countries:
  france: {title: France, code: FRA}
  south-korea: {title: South Korea, code: KOR}
"""
RULES_OF = {"1": "a" * 64, "2": "b" * 64}


def records(*changes: dict[str, str]) -> str:
    """Return ``records.csv``: a line for each set of changes, which holds the id at least."""
    plain = {
        "registry": "clinicaltrials-gov", "study-type": "interventional", "condition": "cold",
        "cell": "honey-cell", "phase": "1", "status": "recruiting", "enrolment": "24",
        "start": "2020-06-17", "completion": "2022-01", "updated": "2021-03-04",
        "sponsor-class": "industry", "countries": "FRA",
    }  # fmt: skip
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([{**plain, **each}.get(name, "") for name in COLUMNS] for each in changes)
    return out.getvalue()


def provenance(day: str, kept: int, rules: str = "1", more: str = "") -> str:
    """Return a provenance of an export of colds."""
    return (
        f"search: common cold\nexported: '{day}'\ntool: evidence 0.1.0\n"
        f"files:\n- {{format: clinicaltrials-gov-json, sha-256: {'c' * 64}, size-in-bytes: 9, rows: {kept}}}\n"
        f"rules: {{version: '{rules}', sha-256: {RULES_OF[rules]}}}\n"
        f"read: {kept}\nkept: {kept}\ndropped: {{}}\n{more}"
    )


BEFORE = records(
    {"id": "NCT00000001"},
    {"id": "NCT00000002", "status": "completed"},
    {"id": "NCT00000003"},
)
AFTER = records(
    {"id": "NCT00000001", "status": "completed", "results": "2023-05-01", "countries": "FRA; KOR"},
    {"id": "NCT00000002", "status": "completed", "completion": "2022-02-03"},
    {"id": "NCT00000004"},
)
CHANGES = """\
id,change,field,before,after
NCT00000001,changed,status,recruiting,completed
NCT00000001,changed,results,,2023-05-01
NCT00000001,changed,countries,FRA,FRA; KOR
NCT00000002,changed,completion,2022-01,2022-02-03
NCT00000003,gone,status,recruiting,
NCT00000004,new,status,,recruiting
"""
COMPARED = "compared-with: {export: colds-2022, exported: '2022-10-07'}\n"
FIRST, SECOND = "data/registry/colds-2022", "data/registry/colds-2023"
FILES: dict[str, str | bytes] = {
    "data/vocabularies.yaml": VOCABULARIES,
    f"{FIRST}/provenance.yaml": provenance("2022-10-07", 3),
    f"{FIRST}/records.csv": BEFORE,
    f"{SECOND}/provenance.yaml": provenance("2023-10-07", 3, more=COMPARED),
    f"{SECOND}/records.csv": AFTER,
    f"{SECOND}/changes.csv": CHANGES,
}
