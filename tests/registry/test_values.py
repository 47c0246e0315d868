"""What registries write, and what it means in this project's vocabulary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.model.export import STUDY_TYPES
from evidence.registry import vocabulary
from evidence.registry.normalising import phase_of
from evidence.registry.vocabulary import (
    PHASES,
    SPONSORS,
    STATUSES,
    sponsor_of,
    status_of,
    study_type_of,
)

EUROPEAN = (
    "Human pharmacology (Phase I): {}\nTherapeutic exploratory (Phase II): {}\n"
    "Therapeutic confirmatory - (Phase III): {}\nTherapeutic use (Phase IV): {}\n"
)
PHASE = {
    "Early Phase 1": "early-1", "EARLY_PHASE1": "early-1", "Phase 0": "early-1", "0": "early-1",
    "Phase 1": "1", "PHASE1": "1", "1": "1", "I": "1", "Phase I": "1", "Phase Ib": "1", "Phase-1": "1",
    "Phase 1|Phase 2": "1/2", "PHASE1|PHASE2": "1/2", "Phase 1/Phase 2": "1/2", "I/II": "1/2",
    "Phase I/IIa": "1/2", "1-2": "1/2", "1/2": "1/2", "I-II": "1/2", "Phase 1 / Phase 2": "1/2", "PHASE1, PHASE2": "1/2",
    "Phase 2": "2", "2": "2", "II": "2", "Phase II": "2", "Phase IIb": "2", "Phase2": "2", "2a": "2",
    "Phase 2/Phase 3": "2/3", "II-III": "2/3", "Phase 2 and Phase 3": "2/3", "Phase 2|Phase 3": "2/3",
    "Phase 3": "3", "III": "3", "Phase III": "3", "Phase 4": "4", "IV": "4", "Phase IV": "4", "4": "4",
    "Not Applicable": "not-applicable", "N/A": "not-applicable", "NA": "not-applicable",
    "": "not-stated", "  ": "not-stated", "Not specified": "not-stated", "Not Selected": "not-stated",
    EUROPEAN.format("yes", "no", "no", "no"): "1", EUROPEAN.format("yes", "yes", "no", "no"): "1/2",
    EUROPEAN.format("no", "yes", "yes", "no"): "2/3", EUROPEAN.format("no", "no", "no", "no"): "not-stated",
    EUROPEAN.format("no", "yes", "no", "no").replace("\n", ""): "2",
}  # fmt: skip
STATUS = {
    "Active, not recruiting": "active-not-recruiting",
    "ACTIVE_NOT_RECRUITING": "active-not-recruiting",
    "Completed": "completed",
    "Enrolling by invitation": "enrolling-by-invitation",
    "Not yet recruiting": "not-yet-recruiting",
    "NOT_YET_RECRUITING": "not-yet-recruiting",
    "Pending": "not-yet-recruiting",
    "Recruiting": "recruiting",
    "Suspended": "suspended",
    "Terminated": "terminated",
    "Withdrawn": "withdrawn",
    "Unknown status": "unknown",
    "UNKNOWN": "unknown",
    "Available": "expanded-access",
    "No longer available": "expanded-access",
    "TEMPORARILY_NOT_AVAILABLE": "expanded-access",
    "Approved for marketing": "expanded-access",
    "Not Recruiting": "not-recruiting",
    "Authorised-recruitment may be ongoing or finished": "ongoing",
    "Ongoing": "ongoing",
    "": "not-stated",
    "Not Available": "not-stated",
}


@pytest.mark.parametrize("written", PHASE)
def test_a_phase_is_understood(written: str) -> None:
    assert phase_of(written) == PHASE[written]


@pytest.mark.parametrize(
    "written",
    [
        "Phase 5",
        "Phase 1/Phase 4",
        "Phase 3/Phase 4",
        "pilot",
        "retrospective",
        "1-2-3",
        "Phase",
        "-",
    ],
)
def test_what_is_no_phase_is_not_taken_for_one(written: str) -> None:
    assert phase_of(written) is None


@given(st.text(max_size=40))
def test_no_text_at_all_breaks_a_value(text: str) -> None:
    assert phase_of(text) in {*PHASES, None}
    assert status_of(text) in {*STATUSES, None}
    assert sponsor_of(text) in {*SPONSORS, None}
    assert study_type_of(text) in {*STUDY_TYPES, None}


@pytest.mark.parametrize("written", STATUS)
def test_a_status_is_understood(written: str) -> None:
    assert status_of(written) == STATUS[written]


def test_every_word_of_the_vocabulary_belongs_to_one_value_of_the_list() -> None:
    for words, values in (
        (vocabulary.STATUS_WORDS, STATUSES),
        (vocabulary.STUDY_TYPE_WORDS, STUDY_TYPES),
        (vocabulary.SPONSOR_WORDS, SPONSORS),
    ):
        spellings = [each for line in words.values() for each in line.split()]
        assert len(spellings) == len(set(spellings))
        assert set(words) <= set(values)


@pytest.mark.parametrize(
    ("written", "sponsor"),
    [
        ("Other", "academic-or-other"), ("Other|Industry", "academic-or-other"),
        ("Industry|Other", "industry"), ("INDUSTRY", "industry"), ("U.S. Fed|Other", "government"),
        ("NIH", "government"), ("OTHER_GOV", "government"), ("NETWORK", "network-or-individual"),
        ("INDIV", "network-or-individual"), ("UNKNOWN", "not-stated"), ("", "not-stated"),
    ],
)  # fmt: skip
def test_the_class_of_a_sponsor_is_that_of_the_first_funder(written: str, sponsor: str) -> None:
    assert sponsor_of(written) == sponsor


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Interventional", "interventional"), ("INTERVENTIONAL", "interventional"),
        ("Interventional clinical trial of medicinal product", "interventional"),
        ("Observational [Patient Registry]", "observational"),
        ("Expanded Access:Individual Patients", "expanded-access"),
        ("EXPANDED_ACCESS", "expanded-access"), ("", "not-stated"), ("Basic Science", None),
    ],
)  # fmt: skip
def test_a_type_of_study_is_understood(written: str, kind: str | None) -> None:
    assert study_type_of(written) == kind
