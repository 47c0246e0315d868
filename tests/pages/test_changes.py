"""The page 'What changed in the registry': counts first, then what recruits, then every change."""

from __future__ import annotations

import shutil
from pathlib import Path

import lxml.html
import pytest

from tests.projects import build_in_memory, write
from tests.registry.two_exports import (
    BEFORE,
    CHANGES,
    COMPARED,
    FILES,
    FIRST,
    SECOND,
    provenance,
    records,
)

PAGE = "registry/colds-2023/changes.html"


@pytest.fixture
def root(minimal: Path) -> Path:
    write(minimal, FILES)
    return minimal


def page(root: Path, address: str = PAGE) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(build_in_memory(root).site.files[address])


def plain(element: lxml.html.HtmlElement | None) -> str:
    assert element is not None
    return " ".join(element.text_content().split())


def facts(root: Path) -> dict[str, str]:
    found = page(root)
    return {plain(term): plain(term.getnext()) for term in found.cssselect("dl.facts dt")}


def tables(root: Path) -> dict[str, list[list[str]]]:
    return {
        plain(table.cssselect("caption")[0]): [
            [plain(cell) for cell in row] for row in table.cssselect("tbody tr")
        ]
        for table in page(root).cssselect("table.compact")
    }


def test_counts_come_first(root: Path) -> None:
    found = facts(root)
    assert found["Records"] == "1 new, 1 gone, 2 changed, of 3 now"
    assert found["Recruiting"] == "1 that were not, 2 no longer"
    assert found["What changed"] == "Status: 1, Completion: 1, Results posted: 1, Countries: 1"
    assert "Rules" not in found
    assert "Not compared" not in found


def test_every_change_stands_in_a_table_in_words(root: Path) -> None:
    found = tables(root)
    assert list(found) == [
        "Recruiting now, and not before", "No longer recruiting", "New in the registry’s answer",
        "Gone from it", "Changed",
    ]  # fmt: skip
    trial = "NCT00000001"
    assert [row[1:] for row in found["Changed"]] == [
        ["Status", "Recruiting", "Completed"],
        ["Results posted", "none", "1 May 2023"],
        ["Countries", "France", "France, South Korea"],
        ["Completion", "January 2022", "3 February 2022"],
    ]
    assert found["Changed"][0][0].endswith(trial)
    assert found["Gone from it"] == [["NCT00000003", "Recruiting"]]
    assert [row[1:] for row in found["No longer recruiting"]] == [
        ["Recruiting", "Completed"], ["Recruiting", "not in the answer"],
    ]  # fmt: skip


def test_a_record_leads_to_its_trial_and_one_that_is_gone_to_the_registry(root: Path) -> None:
    links = {plain(link): link.get("href") for link in page(root).cssselect("table.compact th a")}
    assert "../../trials/nct00000001.html" in links.values()
    assert links["NCT00000003"] == "https://clinicaltrials.gov/study/NCT00000003"


def test_the_export_leads_to_its_changes_and_the_file_is_published(root: Path) -> None:
    files = build_in_memory(root).site.files
    assert 'href="colds-2023/changes.html"' in str(files["registry/colds-2023.html"])
    assert "changes.html" not in str(files["registry/colds-2022.html"])
    published = files["registry/colds-2023/changes.csv"]
    assert published == CHANGES.encode("utf-8-sig")  # as spreadsheet programs want it
    assert "registry/colds-2022/changes.html" not in files


def test_it_stands_in_a_to_z(root: Path) -> None:
    write(root, {"content/a-z.md": "---\ntitle: A to Z\nkind: a-z\n---\n"})
    listed = page(root, "a-z.html").cssselect("main a")
    names = {plain(link): link.get("href") for link in listed}
    assert names["What changed in the registry, 7 October 2022 to 7 October 2023"] == PAGE


def test_other_rules_are_said_apart(root: Path) -> None:
    more = {"id": "NCT00000002", "status": "completed", "cell": "not-applicable"}
    others = ({"id": "NCT00000001"}, more, {"id": "NCT00000003"})
    write(
        root,
        {
            f"{FIRST}/records.csv": records(*others),
            f"{FIRST}/provenance.yaml": provenance("2022-10-07", 3),
        },
    )
    write(
        root, {f"{SECOND}/provenance.yaml": provenance("2023-10-07", 3, rules="2", more=COMPARED)}
    )
    said = facts(root)["Rules"]
    assert "version 1, then 2" in said
    assert "0 are now sorted otherwise by condition, and 1 by intervention" in said


def test_of_an_older_export_records_lead_to_the_registry(root: Path) -> None:
    third = "data/registry/colds-2024"
    write(
        root,
        {f"{third}/provenance.yaml": provenance("2024-10-07", 3), f"{third}/records.csv": BEFORE},
    )
    links = [link.get("href") for link in page(root).cssselect("table.compact th a")]
    assert links
    assert all(str(link).startswith("https://clinicaltrials.gov/study/") for link in links)


def test_without_the_export_before_the_page_stays(root: Path) -> None:
    shutil.rmtree(root / FIRST)
    assert facts(root)["Compared"] == "the export of 7 October 2022 with that of 7 October 2023"
