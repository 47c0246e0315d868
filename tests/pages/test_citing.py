"""How pages and numbers are cited, on the pages and in the files beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from evidence.prose.citing import FORMATS, in_words, work_of
from evidence.run import Built
from tests.projects import build_in_memory


def page(built: Built, address: str) -> html.HtmlElement:
    return html.document_fromstring(built.site.files[address])


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def cited(built: Built, address: str) -> str:
    return words(page(built, address).get_element_by_id("cite"))


SITE = "Remedies for the common cold"


@pytest.mark.parametrize(
    ("address", "what", "as_of"),
    [
        ("remedies/honey.html", "Honey", "Reviewed May 2025"),
        ("remedies/index.html", "Remedies", "Reviewed 1 November 2026"),
        ("claims/newspaper.html", "A newspaper on honey", "Sources read to 21 November 2026"),
        (
            "studies/honey-2019.html",
            "Honey 2019: a randomised trial in children",
            "Sources read to 21 November 2026",
        ),
    ],
)
def test_a_page_says_how_to_cite_it(
    gallery_site: Built, address: str, what: str, as_of: str
) -> None:
    public = f"https://example.org/colds/{address}"
    said = cited(gallery_site, address)
    assert said.startswith(f"{what}. {SITE}. {as_of}. {public}. CC BY 4.0.")
    assert ("With it, what it rests on:" in said) == (not address.startswith("remedies/"))


def test_every_file_for_reference_managers_is_there_and_linked(gallery_site: Built) -> None:
    built = gallery_site
    addresses = [
        path
        for path in built.site.pages()
        if "cite" in built.site.facts[path].ids or path.startswith("figures/")
    ]
    assert len(addresses) > len(built.report.figures) + len(built.report.studies)
    for address in addresses:
        stem = address.removesuffix(".html")
        name = stem.rpartition("/")[2]
        links = built.site.facts[address].links
        for ending in FORMATS:
            assert f"{stem}.{ending}" in built.site.files
            assert f"{name}.{ending}" in links or f"../{stem}.{ending}" in links, address


def test_each_number_of_a_study_has_its_address_and_its_source(gallery_site: Built) -> None:
    study = gallery_site.report.studies["honey-2019"]
    shown = page(gallery_site, "studies/honey-2019.html")
    for name, finding in study.findings.items():
        row = shown.get_element_by_id(name)
        said = words(row.get_element_by_id(f"cite-{name}"))
        assert f"https://example.org/colds/studies/honey-2019.html#{name}. CC BY 4.0." in said
        source = work_of(gallery_site.report.sources[finding.source])
        assert f"Number from: {in_words(source)}" in said
        assert said.endswith(f", {finding.locator}")
        assert f"#{name}" in row.xpath(".//details//a/@href")


def test_one_picks_a_number_by_the_name_that_editors_bind_it_by(gallery_site: Built) -> None:
    files = gallery_site.site.files
    study = gallery_site.report.studies["honey-2019"]
    items = json.loads(files["studies/honey-2019.csl.json"])
    numbers = [f"honey-2019/{name}" for name in study.findings]
    assert [item["id"] for item in items] == ["studies/honey-2019", *numbers, *study.sources]
    assert items[1]["URL"].endswith(f"studies/honey-2019.html#{next(iter(study.findings))}")
    assert "Number from: " in items[1]["note"]
    assert f"@misc{{{numbers[0]},".encode() in files["studies/honey-2019.bib"]
    assert files["studies/honey-2019.ris"].count(b"TY  - ") == 1 + len(study.sources)


def test_a_site_without_an_address_says_where_the_address_is(minimal: Path) -> None:
    built = build_in_memory(minimal)
    assert "Address: that of this page. CC BY 4.0." in cited(built, "studies/smith-2020.html")
    (name, *_) = built.report.studies["smith-2020"].findings
    shown = page(built, "studies/smith-2020.html").get_element_by_id(f"cite-{name}")
    assert f"Address: that of this page, with #{name} behind it." in words(shown)
    assert shown.xpath("./span/@data-here") == [f"#{name}"]
    assert b"UR  - http" not in built.site.files["studies/smith-2020.ris"].split(b"ER  - ")[0]


def test_how_to_cite_counts_for_no_number_and_is_not_searched(gallery_site: Built) -> None:
    shown = page(gallery_site, "studies/honey-2019.html")
    for one in shown.xpath("//details[contains(@class, 'cite')]"):
        assert one.get("data-uncounted") is not None
    facts = gallery_site.site.facts["studies/honey-2019.html"]
    kept = gallery_site.site.kept["studies/honey-2019.html"]
    assert facts.entries
    for entry in facts.entries:
        assert b"CC BY 4.0" not in kept.part(entry.start, entry.end)
