"""Files for reuse beside the pages."""

from __future__ import annotations

import csv
import io
import json

import pytest

from evidence.pipeline import Built


def rows(site: Built, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(site.site.files[path].decode())))


def test_every_finding_stands_once_in_the_table_of_findings(gallery_site: Built) -> None:
    found = [
        f"{row['study']}/{row['finding']}" for row in rows(gallery_site, "downloads/findings.csv")
    ]
    assert sorted(found) == sorted(gallery_site.report.findings)


def test_numbers_in_the_table_have_the_digits_that_were_printed(gallery_site: Built) -> None:
    for row in rows(gallery_site, "downloads/findings.csv"):
        finding = gallery_site.report.findings[f"{row['study']}/{row['finding']}"]
        assert row["value"] == ("" if finding.value is None else str(finding.value))
        assert row["low"] == ("" if finding.interval is None else str(finding.interval[0]))
        assert row["source"] == finding.source
        assert row["locator"] == finding.locator


def test_marks_stay_with_the_numbers_they_belong_to(gallery_site: Built) -> None:
    marks = {row["finding"]: row["marks"] for row in rows(gallery_site, "downloads/findings.csv")}
    assert "uncertain: The abstract and the table differ." in marks["harm"]
    assert "company-statement" in marks["well"]


def test_every_claim_stands_in_the_table_of_claims_in_plain_text(gallery_site: Built) -> None:
    found = rows(gallery_site, "downloads/claims.csv")
    assert [f"{row['document']}/{row['claim']}" for row in found] == list(
        gallery_site.report.claims()
    )
    assert all("[[" not in row["shows"] + row["why"] for row in found)


def test_sources_are_csl_json(gallery_site: Built) -> None:
    entries = {
        each["id"]: each for each in json.loads(gallery_site.site.files["downloads/sources.json"])
    }
    assert entries.keys() == gallery_site.report.sources.keys()
    paper = entries["honey-2019"]
    assert paper["issued"] == {"date-parts": [[2019, 3, 7]]}
    assert paper["author"][0] == {"family": "Bee", "given": "A"}
    assert paper["container-title"] == "Journal of Small Remedies"
    assert entries["rest-2020"]["issued"] == {"date-parts": [[2020, 11]]}


@pytest.mark.parametrize("ending", ["csv", "svg", "png", "json", "html", "js"])
def test_every_figure_can_be_kept_in_its_forms(ending: str, gallery_site: Built) -> None:
    for name in gallery_site.report.figures:
        assert gallery_site.site.files[f"figures/{name}.{ending}"]


def test_a_site_with_an_address_lists_its_pages_for_search_engines(gallery_site: Built) -> None:
    listed = gallery_site.site.files["sitemap.xml"].decode()
    assert "<loc>https://example.org/colds/remedies/honey.html</loc>" in listed
    assert "404.html" not in listed
    robots = gallery_site.site.files["robots.txt"].decode()
    assert robots.endswith("Sitemap: https://example.org/colds/sitemap.xml\n")


def test_a_site_without_an_address_has_no_list(minimal_site: Built) -> None:
    assert "sitemap.xml" not in minimal_site.site.files
    assert b"Sitemap" not in minimal_site.site.files["robots.txt"]


def test_only_the_canonical_link_and_figures_know_the_address(gallery_site: Built) -> None:
    for path in gallery_site.site.pages():
        text = gallery_site.site.files[path].decode()
        figures = text.count('<figure class="figure"')
        of_figures = figures if path.startswith("figures/") else 2 * figures  # cited and embedded
        assert text.count("https://example.org/colds/") == 1 + of_figures, path
        assert f'<link rel="canonical" href="https://example.org/colds/{path}">' in text


def test_a_site_with_figures_carries_what_makes_them_interactive(gallery_site: Built) -> None:
    assert b"vegaEmbed" in gallery_site.site.files["static/vendor/vega.js"]


def test_a_site_without_figures_does_not(minimal_site: Built) -> None:
    assert not minimal_site.report.figures
    assert "static/vendor/vega.js" not in minimal_site.site.files
