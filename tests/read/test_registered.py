"""The trial that a record of a registry is: alone, and with what was read of it by hand."""

from __future__ import annotations

import csv
import io

import pytest

from evidence.model.columns import cells_of
from evidence.model.registry_record import RegistryRecord
from evidence.model.trial import Trial, trial_id
from evidence.read.registered import (
    COLUMNS,
    RecordLine,
    name_of,
    registered_trial,
    shown_records,
    with_record,
)
from evidence.read.sources import Sources
from tests.invented import real_words

WORDS = real_words()
HEADER = ",".join(COLUMNS)


def record(**said: object) -> RegistryRecord:
    """Return a record of a trial in lupus, with what is said besides."""
    known = {"id": "NCT00000001", "registry": "clinicaltrials-gov", "study-type": "interventional"}
    sorted_as = {"condition": "lupus", "cell": "umbilical-cord-msc", "cell-by": "wharton*"}
    facts = {"phase": "1/2", "status": "recruiting", "updated": "2022-03-01", "place": "Nanjing"}
    more = {"sponsor-class": "academic-or-other", "countries": ("CHN",), "enrolment": 24}
    return RegistryRecord.model_validate({**known, **sorted_as, **facts, **more, **said})


def line(of: RegistryRecord) -> RecordLine:
    """Return the line of a record in a table."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells_of(of).values())
    return RecordLine("register-2022", "2022-10-07", out.getvalue())


def read_by_hand(**said: object) -> Trial:
    """Return the same trial as it was read by hand, in one reading of 2019."""
    reading = {
        "url": "https://example.org/", "locator": "Table 1", "kind": "paper", "read": "2026-01-01",
        "as-of": "2019", "says": {"status": "completed", "enrolment": 24, "route": "into a vein"},
    }  # fmt: skip
    trial = {"id": "nct00000001", "name": "A trial", "condition": "lupus-nephritis"}
    ids = {"registry": "clinicaltrials-gov", "registry-id": "NCT00000001"}
    return Trial.model_validate({**trial, **ids, "readings": [{**reading, **said}]})


def test_a_line_is_the_record_that_was_written() -> None:
    full = record(**{"other-ids": ("EudraCT 2012-000518-13", "A, B"), "sponsor": 'The "Hive"'})
    assert line(full).record == full


def test_a_record_alone_is_a_trial_whose_facts_it_says() -> None:
    one = record()
    trial = registered_trial(line(one), one, WORDS)
    assert (trial.id, trial.name) == (
        "nct00000001",
        "Umbilical-cord MSC for lupus, Phase 1/2, Nanjing",
    )
    assert (trial.value("status"), trial.value("enrolment")) == ("recruiting", 24)
    assert trial.value("countries") == ("china",)
    assert trial.readings[0].export == "register-2022"
    assert str(trial.readings[0].as_of) == "2022-03-01"
    assert trial.readings[0].url == "https://clinicaltrials.gov/study/NCT00000001"


def test_a_record_may_hold_marks_of_markdown_and_html_which_stand_as_they_were_printed() -> None:
    marks = "Cells &amp; **more** [x](y)<br>[[z]]"
    one = record(
        **{"sponsor": marks, "cell-by": "[ms](sc)", "interventions": marks, "place": marks}
    )
    trial = registered_trial(line(one), one, WORDS)
    assert (trial.value("sponsor"), trial.value("interventions")) == (marks, marks)
    assert "[ms](sc)" in str(trial.basis)


def test_what_the_rules_made_of_a_record_is_inferred_and_says_from_what() -> None:
    one = record()
    trial = registered_trial(line(one), one, WORDS)
    assert trial.held["cell"].reading is None
    assert "wharton*" in str(trial.basis)


def test_the_record_is_believed_before_what_was_read_elsewhere() -> None:
    one = record()
    trial = with_record(read_by_hand(), line(one), one, WORDS)
    assert trial.value("status") == "recruiting"
    assert trial.held["status"].differing == ((1, "completed"),)
    assert trial.value("route") == "into a vein"
    assert (trial.name, trial.condition) == ("A trial", "lupus-nephritis")


@pytest.mark.parametrize(
    ("kind", "as_of", "believed"),
    [
        ("registry", "2023-01", "completed"), ("registry", "2021", "recruiting"),
        ("registry-copy", "2023", "completed"), ("paper", "2025", "recruiting"),
    ],
)  # fmt: skip
def test_only_a_later_reading_of_the_registry_comes_before_the_record(
    kind: str, as_of: str, believed: str
) -> None:
    one = record()
    hand = read_by_hand(kind=kind, **{"as-of": as_of})
    assert with_record(hand, line(one), one, WORDS).value("status") == believed


def test_a_reading_that_knows_the_cells_is_believed_before_the_rules() -> None:
    one = record(cell="msc-source-not-stated")
    knows = read_by_hand(says={"cell": "bone-marrow-msc"})
    assert with_record(knows, line(one), one, WORDS).value("cell") == "bone-marrow-msc"
    assert with_record(read_by_hand(), line(one), one, WORDS).value("cell") == one.cell


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"place": None}, "Umbilical-cord MSC for lupus, Phase 1/2, China"),
        ({"place": None, "countries": ("CHN", "USA")}, "Umbilical-cord MSC for lupus, Phase 1/2, 2 countries"),
        ({"phase": "not-applicable", "place": None, "countries": ()}, "Umbilical-cord MSC for lupus"),
        ({"study-type": "observational"}, "Umbilical-cord MSC for lupus, observational study, Nanjing"),
        ({"study-type": "expanded-access"}, "Umbilical-cord MSC for lupus, expanded access, Nanjing"),
        ({"cell": "unclassified"}, "Cells of a kind that is not stated for lupus, Phase 1/2, Nanjing"),
    ],
)  # fmt: skip
def test_a_name_is_made_of_the_facts(said: dict[str, object], name: str) -> None:
    assert name_of(record(**said), WORDS) == name


def test_of_two_exports_of_one_search_the_newer_is_shown_and_of_two_searches_or_registries_both() -> (
    None
):
    def export(
        search: str, day: str, *ids: str, shape: str = "clinicaltrials-gov-csv"
    ) -> list[str]:
        rows = "".join(f"{name},clinicaltrials-gov\n" for name in ids)
        asked = f"search: {search}\nexported: {day}\nfiles:\n- format: {shape}\n"
        return [asked, f"{HEADER}\n{rows}"]

    texts = {}
    for name, files in {
        "old": export(
            "cells",
            "2022-10-07",
            "NCT00000005",
            "NCT00000002",
            shape="clinicaltrials-gov-classic-csv",
        ),
        "new": export("Cells", "2026-10-07", "NCT00000002", "NCT00000003"),
        "else": export("honey", "2020-01-01", "NCT00000003", "NCT00000004"),
        "portal": export("cells", "2021-01-01", "NCT00000001", "NCT00000003", shape="ictrp-xml"),
    }.items():
        texts[f"data/registry/{name}/provenance.yaml"] = files[0]
        texts[f"data/registry/{name}/records.csv"] = files[1]
    shown = shown_records(Sources(texts))
    assert {name: found.export for name, found in shown.items()} == {
        "nct00000001": "portal", "nct00000002": "new", "nct00000003": "new", "nct00000004": "else",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "named"),
    [("NCT00000001", "nct00000001"), ("CTRI/2018/09/015785", "ctri-2018-09-015785"),
     ("EudraCT 2012-000518-13", "eudract-2012-000518-13")],
)  # fmt: skip
def test_a_file_is_named_after_its_record(written: str, named: str) -> None:
    assert trial_id(written) == named
