"""The reverse index: who uses what."""

from __future__ import annotations

import pytest

from evidence.prose.uses import Uses, uses_of
from evidence.run import Built


@pytest.fixture(scope="module")
def uses(gallery_site: Built) -> Uses:
    """The reverse index of the gallery."""
    return uses_of(gallery_site.report)


def test_a_source_knows_every_finding_that_rests_on_it(uses: Uses, gallery_site: Built) -> None:
    for address, finding in gallery_site.report.findings.items():
        for source in (finding.source, *(each.source for each in finding.also)):
            assert uses.findings_of_source[source].count(address) == 1


def test_a_second_source_of_a_finding_counts_too(uses: Uses) -> None:
    assert "honey-2019/cough-free" in uses.findings_of_source["honey-2019"]
    assert "honey-2019/cough-free" in uses.findings_of_source["colds-2021"]


def test_a_finding_knows_the_pages_that_print_it(uses: Uses) -> None:
    assert uses.pages_of_finding["colds-2021/studies"] == [
        "index",
        "remedies/figures-counts",
        "remedies/index",
    ]
    assert uses.pages_of_finding["honey-2019/few"] == ["remedies/honey"]


def test_a_finding_in_a_figure_is_used_by_the_page_that_shows_the_figure(uses: Uses) -> None:
    assert uses.pages_of_finding["colds-2021/searched"] == ["remedies/index"]


def test_a_number_in_the_words_of_a_figure_is_used_by_the_page_that_shows_it(uses: Uses) -> None:
    assert "remedies/index" in uses.pages_of_finding["colds-2021/studies"]


def test_a_figure_on_the_home_page_counts_as_used_there(uses: Uses) -> None:
    assert uses.pages_of_finding["rest-2020/well"] == ["index", "remedies/honey", "remedies/index"]


def test_a_finding_knows_its_figures(uses: Uses) -> None:
    assert uses.figures_of_finding["colds-2021/pooled"] == ["pooled"]


def test_a_finding_knows_the_claims_that_name_or_print_it(uses: Uses) -> None:
    assert uses.claims_of_finding["honey-2019/cough-free"] == [
        "newspaper/trial",
        "newspaper/strong",
    ]
    assert uses.claims_of_finding["rest-2020/better"] == ["newspaper/rest"]


def test_a_source_knows_the_claims_and_pages_that_cite_it(uses: Uses) -> None:
    assert uses.citing_claims["rest-2020"] == ["newspaper/rest"]
    assert uses.citing_pages["rest-2020"] == ["remedies/honey"]


def test_a_page_knows_its_claims_studies_and_sources(uses: Uses) -> None:
    assert uses.claims_of_page["remedies/honey"] == ["newspaper/trial", "newspaper/strong"]
    assert set(uses.studies_of_page["remedies/index"]) == {"colds-2021", "rest-2020"}
    assert set(uses.sources_of_page["remedies/index"]) == {"colds-2021", "rest-2020"}


def test_nothing_stands_twice_in_the_index(uses: Uses) -> None:
    for index in vars(uses).values():
        for key, names in index.items():
            assert len(names) == len(set(names)), key


def test_what_nobody_uses_is_not_in_the_index(uses: Uses) -> None:
    assert "colds-2021/words" not in uses.pages_of_finding
    assert "withdrawn-2018" not in uses.citing_pages


def test_a_figure_knows_the_pages_that_show_it(uses: Uses) -> None:
    assert uses.pages_of_figure["pooled"] == ["index", "remedies/index"]
