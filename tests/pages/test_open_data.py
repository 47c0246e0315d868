"""The page that tells what the downloads hold says what the files have, column by column."""

from __future__ import annotations

import csv
import io

import pytest
from lxml import html

from evidence.model.open_data import TABLES, OpenTable
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
        title, meaning = (cell.text_content() for cell in row.iterfind("td"))
        assert title == column.title
        closed = f" One of: {', '.join(column.words)}." if column.words else ""
        assert meaning == f"{column.meaning}{closed}"


def test_every_page_leads_to_what_the_columns_mean(gallery_site: Built) -> None:
    page = html.fromstring(gallery_site.site.files["remedies/honey.html"])
    (link,) = page.xpath("//footer//a[.='what each column means']/@href")
    assert link == "../downloads/index.html"
