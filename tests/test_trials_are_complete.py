"""Facts of the project's own trials: none is lost, what differs stays visible, and links to lists lead to some."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs

import pytest

from evidence.model.trial import Trial
from evidence.run import Built
from tests.invented import assigned
from tests.projects import trials_of

# What the first collection held; more may be added, none may be lost. One of its 266 was no trial: a
# review had printed the number of another record, NCT04361942, beside the title of NCT03778333
FIRST_COLLECTION = 265
# A link to the explorer, from any folder, with what it asks for
ASKING = re.compile(r'href="(?:[./]*trials/|[./]*)index\.html\?([^"#]+)"')


@pytest.fixture(scope="module")
def trials(real_site: Built) -> list[Trial]:
    return list(trials_of(real_site.report).values())


def test_no_trial_of_the_first_collection_was_lost(trials: list[Trial]) -> None:
    assert len(trials) >= FIRST_COLLECTION


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
