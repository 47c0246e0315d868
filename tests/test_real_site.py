"""The program on the project's own site. What an editor can break is a rule of the build, and not asked here."""

from __future__ import annotations

import re

import pytest

from evidence.model.study import Study
from evidence.numbers.accounts import PREFIX
from evidence.run import Built
from tests.outline import main_of, text_of


def improved(site: Built, *kinds: str) -> list[Study]:
    return [each for each in site.report.studies.values() if each.reanalysis in kinds]


def sums(studies: list[Study]) -> tuple[int, int, int]:
    """Return how many studies there are, with the people and the improved in them."""
    counts = [each.findings["ais-improved"] for each in studies]
    return (
        len(studies),
        sum(each.n or 0 for each in counts),
        sum(each.events or 0 for each in counts),
    )


def test_the_site_builds_without_a_problem(real_site: Built) -> None:
    assert real_site.site.pages()


def test_every_finding_says_when_it_was_read(real_site: Built) -> None:
    assert real_site.report.site.readings
    assert real_site.report.confirmed is not None
    assert real_site.report.confirmed[1] > 1800


def test_every_number_that_carries_evidence_is_bound(real_site: Built) -> None:
    coverage = real_site.site.coverage()
    assert coverage.bound == coverage.total
    assert coverage.bound > 1000


def test_no_page_holds_a_number_that_is_typed_and_not_bound(real_site: Built) -> None:
    unbound = {path: facts.unbound for path, facts in real_site.site.facts.items() if facts.unbound}
    assert unbound == {}


def test_every_page_that_somebody_wrote_says_something(real_site: Built) -> None:
    for page in real_site.report.pages.values():
        assert text_of(main_of(real_site.site.files[page.address])).strip(), page.id


@pytest.mark.parametrize(
    ("result", "kinds"), [("strict", ["strict"]), ("all", ["strict", "doubtful"])]
)
def test_the_sums_that_pages_print_are_those_of_the_rows(
    result: str, kinds: list[str], real_site: Built
) -> None:
    findings = real_site.report.studies["readable-ais-studies"].findings
    studies, people = findings[f"{result}-studies"], findings[f"{result}-people"]
    counted, n, events = sums(improved(real_site, *kinds))
    assert studies.value == counted
    assert people.n == n
    assert people.events == events


def test_every_topic_says_how_its_studies_were_chosen(real_site: Built) -> None:
    for page in real_site.report.pages.values():
        if page.front.kind == "topic":
            written = real_site.site.files[page.address].decode()
            assert "How these studies were chosen" in written, page.id
            account = re.search(r'href="\.\./(searches/[^"]+)"', written)
            assert account, page.id
            flow = real_site.site.files[account.group(1)].decode()
            assert f'id="figure-{PREFIX}' in flow, page.id


def test_nothing_on_a_page_speaks_of_a_machine(real_site: Built) -> None:
    for path in real_site.site.pages():
        text = real_site.site.files[path].decode()
        assert "/" + "work/" not in text, path
        assert "localhost" not in text, path
