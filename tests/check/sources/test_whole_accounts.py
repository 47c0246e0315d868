"""A trial, a ledger and a topic page are whole, and a build says where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import INVALID, MINIMAL, change, make_project, problems_of, write

TRIAL = "data/trials/nct00000001.yaml"
HEAD = "name: Honey\ncondition: cold\nregistry: clinicaltrials-gov\nregistry-id: NCT00000001\n"
PAPER = "{source: smith-2020, locator: Abstract, kind: paper, read: 2020-01-01, %s}"
REGISTRY = PAPER.replace("paper", "registry")
COPY = PAPER.replace("paper", "registry-copy")
SAYS = "says: {condition: colds}"
LEDGER = "data/claims/newspaper.yaml"
INVENTORY = "data/inventories/newspaper.csv"
COLUMNS = "number,where,statement,entries\n"


def told(root: Path) -> list[tuple[str, str, str]]:
    return [(str(found.place), found.message, found.rule) for found in problems_of(root)]


def with_readings(root: Path, *readings: str, after: str = "") -> Path:
    listed = "".join(f"  - {reading}\n" for reading in readings)
    project = make_project(root, MINIMAL)
    write(project, {TRIAL: f"{HEAD}readings:\n{listed}{after}"})
    return project


@pytest.mark.parametrize(
    ("readings", "after", "place", "message"),
    [
        ([PAPER % "says: {enrolment: 4}"], "", "5:1",
         "no reading says in printed words for which condition the trial is"),
        ([PAPER % SAYS, PAPER % "says: {}"], "", "7:5", "this reading says nothing"),
        ([PAPER % f"{SAYS}, printed: {{status: Open}}"], "", "6:112",
         "words are printed for 'status', which this reading does not say"),
        ([PAPER % SAYS], "inferred: {enrolment: 4}\n", "7:1",
         "nothing says what this was inferred from"),
        ([PAPER % "says: {condition: colds, enrolment: 4}"],
         "inferred: {enrolment: 4}\nbasis: The plan.\n", "7:12",
         "'enrolment' is inferred, and a reading says it"),
    ],
)  # fmt: skip
def test_what_a_trial_lacks_is_told_at_its_place(
    readings: list[str], after: str, place: str, message: str, tmp_path: Path
) -> None:
    assert told(with_readings(tmp_path, *readings, after=after)) == [
        (f"{TRIAL}:{place}", message, "trial-complete")
    ]


@pytest.mark.parametrize(
    ("readings", "holds"),
    [
        ([REGISTRY % SAYS, COPY % SAYS, PAPER % SAYS], True),
        ([PAPER % SAYS, PAPER % "note: It says nothing of the trial."], True),
        ([COPY % SAYS, REGISTRY % SAYS], False),
        ([COPY % f"as-of: 2019-05, {SAYS}", REGISTRY % f"as-of: 2019-04, {SAYS}"], True),
        ([COPY % f"as-of: 2019-04, {SAYS}", REGISTRY % f"as-of: 2019-04, {SAYS}"], False),
    ],
)
def test_the_first_reading_is_the_one_that_is_believed_most(
    readings: list[str], *, holds: bool, tmp_path: Path
) -> None:
    rules = [rule for _, _, rule in told(with_readings(tmp_path, *readings))]
    assert rules == ([] if holds else ["readings-in-order"])


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """A project with a ledger, and a document that prints something wrongly."""
    return make_project(tmp_path, MINIMAL, INVALID / "discrepancy-judged")


def test_a_claim_that_passes_over_a_misprint_is_told(judged: Path) -> None:
    change(judged, LEDGER, "severity: high", "severity: high\n    discrepancies: [share]")
    assert told(judged) == []
    change(
        judged, LEDGER, "verdict: not-supported",
        "verdict: supported\n    findings: [smith-2020/improved]",
    )  # fmt: skip
    assert told(judged) == [
        (f"{LEDGER}:9:14", "the claim 'cure' is supported, and names what its document prints wrongly",
         "discrepancy-judged"),
    ]  # fmt: skip
    change(judged, LEDGER, "severity: high", "severity: none")
    assert told(judged) == []


@pytest.mark.parametrize(
    ("rows", "place", "message", "rule"),
    [
        ("1,Headline,Rest cures,cure; curse\n", f"{INVENTORY}:2:4",
         "the ledger 'newspaper' has no entry 'curse'", "claim-exists"),
        ("1,Headline,Rest cures,\n", f"{INVENTORY}:2:4", "the key 'entries' is missing", "key-present"),
        ("1,Headline,Rest cures,cure\n1,End,It does,cure\n", f"{INVENTORY}:3:1",
         "this statement has the number 1, and is number 2", "claim-inventoried"),
        ("", f"{LEDGER}:5:3", f"the claim 'cure' judges no statement of {INVENTORY}",
         "claim-inventoried"),
    ],
)  # fmt: skip
def test_an_inventory_and_its_ledger_hold_each_other(
    rows: str, place: str, message: str, rule: str, judged: Path
) -> None:
    change(judged, LEDGER, "severity: high", "severity: high\n    discrepancies: [share]")
    write(judged, {INVENTORY: COLUMNS + "1,Headline,Rest cures,cure; cure\n"})
    assert told(judged) == []
    write(judged, {INVENTORY: COLUMNS + rows})
    assert told(judged) == [(place, message, rule)]


def test_an_inventory_without_a_ledger_is_told(minimal: Path) -> None:
    write(minimal, {INVENTORY: COLUMNS})
    assert told(minimal) == [
        (INVENTORY, "there are no claims for the inventory 'newspaper'", "claim-inventoried")
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Much.", "Much.\n\n## More\n\nWords.",
         ("13:1", "'## What this cannot tell you' is not the last part of this topic page")),
        ("## In short", "## First\n\nWords.\n\n## In short",
         ("13:1", "'## In short' is not the first part of this topic page")),
        ("## In short", "## Shortly", ("9:1", "the part '## In short' is missing")),
    ],
)  # fmt: skip
def test_a_topic_begins_in_short_and_ends_with_its_limits(
    before: str, after: str, said: tuple[str, str], tmp_path: Path
) -> None:
    project = make_project(tmp_path, MINIMAL, INVALID / "topic-complete")
    page = "content/colds.md"
    change(
        project, page, "reviewed: 2026-11-20\n", "reviewed: 2026-11-20\nreview-due: 2027-05-20\n"
    )
    assert told(project) == []
    change(project, page, before, after)
    place, message = said
    assert told(project) == [(f"{page}:{place}", message, "topic-complete")]
