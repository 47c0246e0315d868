"""The counts of the real export, summed again from its records by code that shares none with the program."""

from __future__ import annotations

import csv
import functools
import io
from collections import Counter
from collections.abc import Callable

import pytest
import yaml

from evidence.run import Built
from tests.projects import ROOT

EXPORT = "clinicaltrials-gov-msc-2022-10"
Row = dict[str, str]


@functools.cache
def rows() -> list[Row]:
    with (ROOT / f"data/registry/{EXPORT}/records.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@functools.cache
def group_of() -> dict[str, str]:
    """Return the group of each condition, and of what the importer could not classify."""
    listed = yaml.safe_load((ROOT / "data/vocabularies.yaml").read_text("utf-8"))["conditions"]
    groups = {name: str(said.get("group", "other")) for name, said in listed.items()}
    return {**groups, "unclassified": "unclassified"}


def country(row: Row) -> str:
    codes = row["countries"].split("; ") if row["countries"] else []
    return codes[0] if len(codes) == 1 else ""


# As pages print them: a spreadsheet program makes the first of February of 1/2
PHASES = {
    "early-1": "Early Phase 1", "1": "Phase 1", "1/2": "Phase 1/2", "2": "Phase 2", "2/3": "Phase 2/3",
    "3": "Phase 3", "4": "Phase 4", "not-applicable": "No phase",
}  # fmt: skip


def phase(row: Row) -> str:
    return PHASES.get(row["phase"], row["phase"])


ANSWERS: dict[str, Callable[[Row], tuple[str, ...]]] = {
    "year": lambda row: (row["start"][:4] or "not-stated",),
    "phase": lambda row: (phase(row),),
    "status": lambda row: (row["status"],),
    "sponsor-class": lambda row: (row["sponsor-class"],),
    "condition": lambda row: (row["condition"],),
    "cell": lambda row: (row["cell"],),
    "study-type": lambda row: (row["study-type"],),
    "year-by-phase": lambda row: (row["start"][:4] or "not-stated", phase(row)),
    "phase-by-status": lambda row: (phase(row), row["status"]),
    "condition-by-phase": lambda row: (row["condition"], phase(row)),
    "condition-by-cell-by-phase": lambda row: (row["condition"], row["cell"], phase(row)),
}


@pytest.mark.parametrize("table", ANSWERS)
def test_a_table_of_counts_is_the_sum_of_the_records(real_site: Built, table: str) -> None:
    summed = Counter((group_of()[row["condition"]], *ANSWERS[table](row)) for row in rows())
    written = bytes(real_site.site.files[f"registry/{EXPORT}/{table}.csv"]).decode("utf-8-sig")
    read = {
        tuple(row[:-1]): int(row[-1])
        for row in list(csv.reader(io.StringIO(written)))[1:]
        if row[-1] != "0"
    }
    assert read.items() ^ summed.items() == set()


def test_countries_are_counted_by_the_only_country_of_a_record(real_site: Built) -> None:
    summed = Counter((group_of()[row["condition"]], country(row)) for row in rows())
    written = bytes(real_site.site.files[f"registry/{EXPORT}/country.csv"]).decode("utf-8-sig")
    read: Counter[tuple[str, str]] = Counter()
    for row in list(csv.reader(io.StringIO(written)))[1:]:
        read[row[0], row[1]] += int(row[-1])
    assert read.items() ^ summed.items() == set()


def test_a_list_of_a_condition_holds_as_many_records_as_are_counted(real_site: Built) -> None:
    words = real_site.report.vocabularies
    counted = Counter(row["condition"] for row in rows())
    listed = Counter(
        name
        for trial in real_site.report.trials.values()
        if trial.export == EXPORT
        for name in words.widening("conditions", trial.condition)
    )
    assert {name: listed[name] for name in counted} == dict(counted)
