"""Facts of the project's own trials: each can be told apart, and says where it was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs

import pytest

from evidence.model.trial import Trial
from evidence.model.trial_reading import TrialReading
from evidence.run import Built
from tests.invented import assigned
from tests.projects import trials_of

# What the first collection held; more may be added, none may be lost. One of its 266 was no trial: a
# review had printed the number of another record, NCT04361942, beside the title of NCT03778333
FIRST_COLLECTION = 265
TRUST = ("registry", "registry-copy", "paper", "web-page", "company", "export")
NAMED = re.compile(r"\b(?:NCT\d{8}|IRCT\d+N\d+)\b")
# A link to the explorer, from any folder, with what it asks for
ASKING = re.compile(r'href="(?:[./]*trials/|[./]*)index\.html\?([^"#]+)"')
NOT_FOR_READERS = re.compile(
    r"https?:|\]\(|\[|left out|cross-?check|not verified here", re.IGNORECASE
)


@pytest.fixture(scope="module")
def trials(real_site: Built) -> list[Trial]:
    return list(trials_of(real_site.report).values())


def readings(trials: list[Trial]) -> Iterator[tuple[str, TrialReading]]:
    for trial in trials:
        for reading in trial.readings:
            yield trial.id, reading


def notes(trials: list[Trial]) -> Iterator[str]:
    for trial in trials:
        yield from (note for note in (trial.note, trial.basis) if note is not None)
    yield from (each.note for _, each in readings(trials) if each.note is not None)


def test_no_trial_of_the_first_collection_was_lost(trials: list[Trial]) -> None:
    assert len(trials) >= FIRST_COLLECTION


def test_a_dated_paper_dates_the_status_that_it_prints(
    real_site: Built, trials: list[Trial]
) -> None:
    sources = real_site.report.sources
    for name, reading in readings(trials):
        source = None if reading.source is None else sources[reading.source]
        dated = source is not None and source.issued is not None
        if dated and reading.kind == "paper" and reading.says.status is not None:
            assert reading.as_of is not None, name


def test_trials_that_may_be_one_name_each_other(trials: list[Trial]) -> None:
    by_id = {trial.registry_id: trial for trial in trials if trial.registry_id is not None}
    for trial in trials:
        if trial.note is not None and trial.note.startswith("May be the same trial as"):
            for other in NAMED.findall(trial.note):
                assert str(trial.registry_id) in str(by_id[other].note), trial.id


def test_notes_are_for_readers(trials: list[Trial]) -> None:
    assert [note for note in notes(trials) if NOT_FOR_READERS.search(note)] == []


def test_a_conflict_between_readings_stays_visible(trials: list[Trial]) -> None:
    shown = {trial.id: {held.name for held in trial.differing} for trial in trials}
    assert {"enrolment", "start", "cell"} <= shown["nct02445547"]
    assert "countries" in shown["nct02403947"]
    assert sum(1 for fields in shown.values() if fields) >= 25


def test_every_link_of_the_site_into_the_explorer_leads_to_a_trial(real_site: Built) -> None:
    """An address that asks for what no trial has would show an empty list."""
    files = real_site.site.files
    facets = assigned(files["trials/facets.js"])["facets"]
    ids = {name: set(facet["ids"]) for name, facet in facets.items()}
    links = {
        (path, link)
        for path in real_site.site.pages()
        for link in ASKING.findall(files[path].decode())
    }
    assert len(links) > 50
    for path, link in links:
        asked = parse_qs(unescape(link), strict_parsing=True)
        assert len(asked) == 1, f"{path} asks for more than one facet: a test of both is needed"
        for name, (value,) in asked.items():
            assert value in ids[name], (path, link)
