"""A table of data/tables stands on a page with caption, source, number and file, and its numbers are bound."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml.html import fromstring

from evidence.run import Built
from tests.projects import build_here, build_in_memory, write

HONEY = "remedies/honey.html"
ANCHOR = "table-honey-doses"
PAGE = "---\ntitle: Methods\nkind: plain\n---\n![[table:ages]]\n"
SAID = "title: Ages\nread-in: {source: smith-2020, locator: Table 1}\n"


def table(files: str) -> str:
    return "trial,age,share\n" + files


def test_a_table_has_caption_source_and_file(gallery_site: Built) -> None:
    page = fromstring(gallery_site.site.files[HONEY])
    (box,) = page.xpath(f"//div[@id='{ANCHOR}']")
    (caption,) = box.xpath(".//caption")
    words = " ".join(caption.text_content().split())
    assert words == (
        "Table 5. Doses by age, as the review lists themA dose is one spoon. "
        "Source: Cochran 2021, Table 3. CSV"
    )
    assert box.get("aria-labelledby") == caption.get("id")
    assert [cell.text for cell in box.xpath(".//thead//th")] == [
        "Trial", "Age, years", "Dose, g", "Children",
    ]  # fmt: skip
    assert len(box.xpath(".//tbody/tr")) == 3
    assert [cell.get("class") for cell in box.xpath(".//thead//th")] == [
        None, "number", "number", "number",
    ]  # fmt: skip
    assert page.xpath(f"//p/a[@href='#{ANCHOR}']")[0].text_content() == "Table 5"


def test_the_file_beside_the_page_has_the_same_rows(gallery_site: Built) -> None:
    raw = gallery_site.site.files["remedies/honey.table-honey-doses.csv"].decode("utf-8-sig")
    assert raw.splitlines() == [
        'Trial,"Age, years","Dose, g",Children',
        "Honey 2019,2 to 5,2.5,42",
        "Rest 2020,6 to 11,5.0,40",
        "Sweet plan,12 to 18,10.0,",
    ]


def test_its_numbers_are_bound_and_its_source_is_one_of_the_page(minimal: Path) -> None:
    before = build_in_memory(minimal).site.coverage("methods.html")
    write(minimal, {"content/methods.md": PAGE, "data/tables/ages.yaml": SAID,
                    "data/tables/ages.csv": table("Honey,5,12.5\nRest,7,40\n")})  # fmt: skip
    site = build_in_memory(minimal).site
    after = site.coverage("methods.html")
    assert (before.bound, after.bound) == (0, 4)
    assert after.bound == after.total
    assert site.facts["methods.html"].unbound == ()
    twin = site.files["methods.md"].decode()
    assert "| Honey | 5 | 12.5 |" in twin
    assert "Source: [Smith 2020](sources/smith-2020.html), Table 1" in twin


@pytest.mark.parametrize("name", ["ages.tsv", "ages.csv"])
def test_whatever_a_spreadsheet_program_saves_is_shown(name: str, minimal: Path) -> None:
    mark = "\t" if name.endswith("tsv") else ";"
    text = f"trial{mark}age\nHoney{mark}5\n"
    write(
        minimal,
        {"content/methods.md": PAGE, "data/tables/ages.yaml": SAID, f"data/tables/{name}": text},
    )
    page = build_in_memory(minimal).site.files["methods.html"].decode()
    assert '<th scope="row">Honey</th><td class="number">5</td>' in page


def test_what_stands_in_a_cell_is_text(minimal: Path) -> None:
    write(minimal, {"content/methods.md": PAGE, "data/tables/ages.yaml": SAID,
                    "data/tables/ages.csv": table('<b>x</b>,=1+1,"[[smith-2020]] & co"\n')})  # fmt: skip
    site = build_in_memory(minimal).site
    page = site.files["methods.html"].decode()
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "[[smith-2020]] &amp; co" in page
    assert ",'=1+1," in site.files["methods.table-ages.csv"].decode()


def test_a_table_that_nothing_shows_is_unused(minimal: Path) -> None:
    write(minimal, {"data/tables/ages.yaml": SAID, "data/tables/ages.csv": table("Honey,5,1\n")})
    assert "Unused tables: 1\n  data/tables/ages.csv" in build_here(minimal, "status").out
    write(minimal, {"content/methods.md": PAGE})
    assert "Unused tables: none" in build_here(minimal, "status").out
