"""The page that tells what the downloads hold says what the files have, column by column."""

from __future__ import annotations

import csv
import io

import pytest
from lxml import html

from evidence.model.open_data import LEADING, TABLES
from evidence.model.open_table import OpenTable
from evidence.model.open_views import VIEWS
from evidence.pages.open_data import TYPES
from evidence.run import Built


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_page_explains_the_columns_of_each_file_in_their_order(
    table: OpenTable, gallery_site: Built
) -> None:
    page = html.fromstring(gallery_site.site.files["downloads/index.html"])
    rows = page.xpath(f"//div[@aria-labelledby='{table.name}-caption']//tbody/tr")
    first, *_ = csv.reader(io.StringIO(gallery_site.site.files[table.path].decode("utf-8-sig")))
    assert [row.find("th").text_content() for row in rows] == first
    for row, column in zip(rows, table.columns, strict=True):
        title, kind, meaning = (cell.text_content() for cell in row.iterfind("td"))
        assert title == column.title
        assert kind.split(",")[0].split(";")[0] == TYPES[column.shape]
        assert (column.unit_words in kind) if column.unit_words else ("," not in kind)
        assert ("; key" in kind) == (column.name in table.key)
        named = [key.table for key in LEADING[table.name] if key.columns[-1] == column.name]
        assert [link.get("href") for link in row.iterfind("td/a")] == [f"#{each}" for each in named]
        closed = f" One of: {', '.join(column.words)}." if column.words else ""
        assert meaning == f"{column.meaning}{closed}"


def test_the_page_offers_the_package_and_the_database_and_explains_its_views(
    gallery_site: Built,
) -> None:
    page = html.fromstring(gallery_site.site.files["downloads/index.html"])
    links = {link.get("href") for link in page.xpath("//main//a")}
    assert {"datapackage.json", "evidence.sqlite", "datasette.json"} <= links
    assert [name.text_content() for name in page.xpath("//dt/code")] == [
        each.name for each in VIEWS
    ]


@pytest.mark.parametrize(
    ("source", "said"),
    [("honey-2019", "CC-BY-4.0"), ("colds-2021", "Free to copy for teaching"),
     ("rest-2020", "Not known to us")],
)  # fmt: skip
def test_the_page_of_a_source_says_its_licence_or_that_it_is_not_known(
    source: str, said: str, gallery_site: Built
) -> None:
    page = html.fromstring(gallery_site.site.files[f"sources/{source}.html"])
    (cell,) = page.xpath("//dl//dt[.='Licence']/../dd")
    assert cell.text_content() == said


def test_every_page_leads_to_what_the_columns_mean(gallery_site: Built) -> None:
    page = html.fromstring(gallery_site.site.files["remedies/honey.html"])
    (link,) = page.xpath("//footer//a[.='what each column means']/@href")
    assert link == "../downloads/index.html"
