"""Files for reuse beside the pages."""

from __future__ import annotations

import codecs
import csv
import io
import json

import pytest

from evidence.files.downloads import IN_CSL
from evidence.model.columns import safe
from evidence.model.source import Source
from evidence.run import Built


def rows(site: Built, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(site.site.files[path].decode("utf-8-sig"))))


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


def test_no_finding_with_two_arms_is_without_its_numbers(gallery_site: Built) -> None:
    compared = 0
    for row in rows(gallery_site, "downloads/findings.csv"):
        finding = gallery_site.report.findings[f"{row['study']}/{row['finding']}"]
        if finding.arms is None:
            continue
        compared += 1
        for name, arm in (("treated", finding.arms.treated), ("control", finding.arms.control)):
            for part in ("label", "percent", "value", "events", "n"):
                given = getattr(arm, part)
                assert row[f"arms-{name}-{part}"] == ("" if given is None else str(given))
        numbers = [cell for column, cell in row.items() if column.startswith(("arms-", "differ"))]
        assert any(cell.replace(".", "").isdigit() for cell in numbers), row["finding"]
        if finding.difference is not None and finding.difference.interval is not None:
            assert row["difference-low"] == str(finding.difference.interval[0])
            assert row["difference-unit"] == finding.difference.unit
    assert compared > 3


def test_every_number_of_every_finding_stands_in_a_column_of_its_own(gallery_site: Built) -> None:
    for row in rows(gallery_site, "downloads/findings.csv"):
        finding = gallery_site.report.findings[f"{row['study']}/{row['finding']}"]
        held = json.loads(finding.model_dump_json(exclude={"id", "also", "marks"}))
        for number in numbers_in(held):
            assert number in row.values(), (row["finding"], number)


def numbers_in(held: object) -> list[str]:
    """Return the numbers in a dump, as text: decimals are text in JSON."""
    if isinstance(held, dict):
        return [each for value in held.values() for each in numbers_in(value)]
    if isinstance(held, list):
        return [each for value in held for each in numbers_in(value)]
    text = "" if isinstance(held, bool) else str(held)
    return [text] if text.replace(".", "", 1).lstrip("-").isdigit() else []


def test_no_cell_of_any_table_is_a_formula_or_a_date_and_its_letters_are_known(
    gallery_site: Built,
) -> None:
    tables = [path for path in gallery_site.site.files if path.endswith(".csv")]
    for path in tables:
        assert gallery_site.site.files[path].startswith(codecs.BOM_UTF8), path
        for row in csv.reader(io.StringIO(gallery_site.site.files[path].decode("utf-8-sig"))):
            for cell in row:
                assert safe(cell) == cell, (path, cell)


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
    # what CSL has no place for is not lost: every field of a source stands there
    assert {*paper["custom"]} >= {"short", "kind", "reading"}
    known = {"id", "type", "title", "author", "issued", *IN_CSL, *paper["custom"]}
    optional = {"retraction", "note", "discrepancies", "licence", "terms"}
    assert Source.model_fields.keys() - known <= optional
    assert entries["rest-2020"]["issued"] == {"date-parts": [[2020, 11]]}


@pytest.mark.parametrize("ending", ["csv", "svg", "png", "json", "html", "js"])
def test_every_figure_can_be_kept_in_its_forms(ending: str, gallery_site: Built) -> None:
    for name in gallery_site.report.figures:
        assert gallery_site.site.files[f"figures/{name}.{ending}"]


def test_only_the_head_figures_and_citations_know_the_address(gallery_site: Built) -> None:
    for path in gallery_site.site.pages():
        text = gallery_site.site.files[path].decode()
        body = text.partition("</head>")[2]
        figures = text.count('<figure class="figure"')
        of_figures = figures if path.startswith("figures/") else 2 * figures  # cited and embedded
        cited = text.count('id="cite') - text.count('id="cite-title"')
        assert body.count("https://example.org/colds/") == of_figures + cited, path
        canonical = f'<link rel="canonical" href="https://example.org/colds/{path}">' in text
        assert canonical == (path != "404.html"), path


def test_a_site_with_figures_carries_what_makes_them_interactive(gallery_site: Built) -> None:
    assert b"vegaEmbed" in gallery_site.site.files[gallery_site.site.lasting["vendor/vega.js"]]


def test_a_site_without_figures_does_not(minimal_site: Built) -> None:
    assert not minimal_site.report.figures
    assert "vendor/vega.js" not in minimal_site.site.lasting
