"""Tables of pages as CSV: the rows that the page shows, beside the table, and nothing that is carried out."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement
from markupsafe import Markup

from evidence.files.page_tables import plain_words
from evidence.run import Built
from tests.outline import main_of, text_of
from tests.projects import build_in_memory, change

SITES = pytest.mark.parametrize("site", ["gallery_site", "real_site"])
TABLES = "//div[@id='summary' or starts-with(@id, 'outcome-')][contains(@class, 'comparison')]"
TYPED = str.maketrans("’‘“”", "''\"\"")
Row = dict[str, str]


@pytest.fixture
def built(site: str, request: pytest.FixtureRequest) -> Built:
    """The site that a test is given by its name."""
    given = request.getfixturevalue(site)
    assert isinstance(given, Built)
    return given


def rows(built: Built, path: str) -> list[Row]:
    header, *lines = csv.reader(io.StringIO(built.site.files[path].decode("utf-8-sig")))
    assert len(set(header)) == len(header), path
    return [dict(zip(header, line, strict=True)) for line in lines]


def linked(page: str, element: HtmlElement) -> str:
    """Return where the one CSV that is linked in an element lies."""
    (link,) = [href for href in element.xpath(".//a/@href") if href.endswith(".csv")]
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), link))


def tables(built: Built) -> list[tuple[str, HtmlElement]]:
    """Return each table of an outcome, and each summary, with its page."""
    return [
        (page, table)
        for page in built.site.pages()
        if b'comparison"' in built.site.files[page]
        or b"comparison summary" in built.site.files[page]
        for table in main_of(built.site.files[page]).xpath(TABLES)
    ]


def bare(words: str) -> str:
    """Return words without what stands between the parts of a cell, quotation marks as they are typed."""
    return re.sub(r"[;\s]", "", words.translate(TYPED))


def cell(row: HtmlElement, kind: str) -> str:
    found: Any = row.xpath(f"./td[@class='{kind}']")
    return text_of(found[0]) if found else ""


@SITES
def test_every_table_of_an_outcome_and_every_summary_has_its_csv_in_its_caption(
    built: Built,
) -> None:
    found = tables(built)
    assert {table.get("id") == "summary" for _, table in found} == {True, False}
    for page, table in found:
        (caption,) = table.xpath(".//caption")
        if not table.xpath(".//td"):
            assert not caption.xpath(".//a[contains(@href, '.csv')]")
            continue
        path = linked(page, caption)
        assert path == f"{page.removesuffix('.html')}.{table.get('id')}.csv"
        assert rows(built, path)


@SITES
def test_a_table_of_an_outcome_has_the_rows_that_the_page_shows_in_their_order(
    built: Built,
) -> None:
    compared = 0
    for page, table in tables(built):
        if table.get("id") == "summary":
            continue
        behind = table.getnext()
        parts = [table]
        if behind is not None and behind.tag == "details" and behind.get("class") == "behind broad":
            parts.append(behind)
        shown = [row for part in parts for row in part.xpath(".//tbody/tr[td]")]
        made = rows(built, linked(page, table.xpath(".//caption")[0]))
        assert len(made) == len(shown), page
        for row, line in zip(made, shown, strict=True):
            compared += 1
            head = text_of(line.xpath("./th")[0])
            assert bare(head) == bare(row["study-title"] + row["group"])
            for kind in ("treated", "control"):
                assert bare(cell(line, kind)) == bare(row[kind]), (page, row["study"])
            difference = cell(line, "difference").removesuffix("computed")
            assert bare(difference.removesuffix("not printed")) == bare(row["difference"])
            assert (cell(line, "difference") != difference) == (row["computed-here"] == "true")
            for kind in ("when", "limits"):
                assert bare(cell(line, kind)) == bare(row[kind]), (page, row["study"])
            (group,) = line.xpath("../tr[@class='group']")
            assert bare(text_of(group)) == bare(row["comparison"])
            finding = built.report.findings[f"{row['study']}/{row['finding']}"]
            assert row["source"] == finding.source
            if finding.rating is not None:
                assert row["rating-certainty"] == finding.rating.certainty
    assert compared > 4


@SITES
def test_a_summary_has_the_rows_that_the_page_shows(built: Built) -> None:
    certain = 0
    for page, table in tables(built):
        if table.get("id") != "summary" or not table.xpath(".//td"):
            continue
        shown = table.xpath(".//tbody/tr[td]")
        made = rows(built, linked(page, table.xpath(".//caption")[0]))
        assert len(made) == len(shown), page
        for row, line in zip(made, shown, strict=True):
            kinds = {"control": "control", "treated": "treated", "difference": "difference",
                     "ratio": "relative-effect", "said": "in-words"}  # fmt: skip
            for kind, column in kinds.items():
                assert bare(cell(line, kind)) == bare(row[column]), (page, row)
            judged = cell(line, "certainty")
            if judged and not judged.startswith("Not judged"):
                certain += 1
                assert bare(row["certainty-by"]) in bare(judged)
                assert row["certainty"].replace("-", " ") in judged.lower()
            else:
                assert not row["certainty"]
    assert certain or not any(
        outcome.rating
        for search in built.report.searches.values()
        for outcome in search.outcomes.values()
    )


@SITES
def test_the_findings_of_a_study_are_those_of_its_page_and_of_the_open_table(built: Built) -> None:
    everything = rows(built, "downloads/findings.csv")
    for study in built.report.studies.values():
        page = f"studies/{study.id}.html"
        main = main_of(built.site.files[page])
        if not study.findings:
            assert f"studies/{study.id}.csv" not in built.site.files
            continue
        (table,) = main.xpath("//table[contains(@class, 'findings')]")
        path = linked(page, table.xpath("./caption")[0])
        made = rows(built, path)
        assert path == f"studies/{study.id}.csv"
        assert [row["finding"] for row in made] == table.xpath(".//tr[@id]/@id")
        own = {row["finding"]: row for row in everything if row["study"] == study.id}
        assert {row["finding"]: row for row in made} == own


@SITES
def test_the_entries_of_a_ledger_are_those_of_all_its_pages(built: Built) -> None:
    everything = rows(built, "downloads/claims.csv")
    for ledger in built.report.ledgers.values():
        pages = [ledger.page_address(number) for number in range(1, len(ledger.parts()) + 1)]
        shown = []
        for page in pages:
            main = main_of(built.site.files[page])
            assert linked(page, main.xpath("//p[@class='document-source']")[0]) == (
                f"claims/{ledger.id}.csv"
            )
            entries = main.xpath("//article[@data-verdict]")
            shown += [
                (entry.xpath(".//div[@id]/@id")[0], entry.get("data-verdict")) for entry in entries
            ]
        made = rows(built, f"claims/{ledger.id}.csv")
        assert sorted((row["claim"], row["verdict"]) for row in made) == sorted(shown)
        assert made == [row for row in everything if row["document"] == ledger.document]


@SITES
def test_no_csv_beside_a_page_is_without_a_link(built: Built) -> None:
    beside = {
        path
        for path in built.site.files
        if path.endswith(".csv")
        and not path.startswith(("downloads/", "figures/", "files/", "registry/"))
    }
    for path in beside:
        page = re.sub(r"(\.(summary|(outcome|table)-[a-z0-9-]+))?\.csv$", ".html", path)
        assert f'href="{posixpath.basename(path)}"'.encode() in built.site.files[page], path
    assert beside


def test_a_cell_that_a_program_would_carry_out_is_guarded(gallery: Path) -> None:
    study = "data/studies/honey-2019.yaml"
    change(gallery, study, "short: Honey 2019", 'short: "=SUM(A1)"')
    built = build_in_memory(gallery)
    found = [
        (path, row["study-title"])
        for path in built.site.files
        if re.search(r"\.(summary|outcome-[a-z0-9-]+)\.csv$", path)
        for row in rows(built, path)
        if row["study"] == "honey-2019"
    ]
    assert {words for _, words in found} == {"'=SUM(A1)"}
    assert {path.split(".")[-2].partition("-")[0] for path, _ in found} == {"outcome", "summary"}


def test_the_note_of_a_cell_stands_behind_a_semicolon() -> None:
    cell = Markup('<a>7 of 10</a><span class="finding-note" data-bound>n &lt; 3</span>')
    assert plain_words(cell) == "7 of 10; n < 3"
    assert plain_words(Markup("")) == ""


@SITES
def test_a_list_of_trials_has_all_its_trials_as_csv_in_their_order(built: Built) -> None:
    everything = {row["id"]: row for row in rows(built, "downloads/trials.csv")}
    shown: dict[str, list[str]] = {}
    for page in built.site.pages():
        if not re.match(r"trials/(condition|cell)/", page):
            continue
        main = main_of(built.site.files[page])
        path = linked(page, main.xpath("//p[@class='list-lead']")[0])
        assert path == f"{re.sub(r'(-page-[0-9]+)?[.]html$', '', page)}.csv"
        links = main.xpath("//div[contains(@class, 'trials')]//tbody//th//a/@href")
        shown.setdefault(path, []).extend(posixpath.basename(link)[:-5] for link in links)
    assert shown
    for path, ids in shown.items():
        made = rows(built, path)
        assert sorted(row["id"] for row in made) == sorted(ids), path
        assert all(row.items() <= everything[row["id"]].items() for row in made)
        first = [row["id"] for row in made][: len(ids)]
        assert len(ids) > 300 or first == ids, path
