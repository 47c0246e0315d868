"""Every figure of both sites says the same numbers wherever it says them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree, html

from evidence.figures import KINDS
from evidence.figures.drawing import csv_bytes
from evidence.figures.figure_item import Item, items_of
from evidence.figures.funnel import MANY
from evidence.numbers.accounts import PREFIX
from evidence.numbers.results import FigureResult
from evidence.run import Built
from tests.figures.declaring import SVG, Forms
from tests.projects import GALLERY, ROOT

NUMBER = re.compile(r"(?<![\w.,])[−-]?\d+(?:,\d{3})*(?:\.\d+)?")
SITES = {"gallery_site": GALLERY, "real_site": ROOT}
FIGURES = [
    (site, f"{prefix}{file.stem}")
    for site, root in SITES.items()
    for folder, prefix in (("figures", ""), ("searches", PREFIX))
    for file in root.glob(f"data/{folder}/*.yaml")
]
every_figure = pytest.mark.parametrize(("site", "name"), sorted(FIGURES))
MEASURES = ("estimate", "low", "high")


def numbers(words: str) -> set[Decimal]:
    """Return the numbers in ``words``, without the form in which they are printed."""
    return {Decimal(each.replace(",", "").replace("−", "-")) for each in NUMBER.findall(words)}


def heard(svg: str) -> list[str]:
    root = etree.fromstring(svg.encode())
    spoken = [each for each in root.iter(f"{SVG}g") if each.get("role") == "listitem"]
    return [str(each[0].get("aria-label")) for each in spoken]


def sums(items: list[Item]) -> set[Decimal]:
    """Return what the items of each group, series and year come to, and all of them."""
    found: dict[tuple[str, Any], Decimal] = defaultdict(Decimal)
    for item in items:
        of = {"group": item.group, "series": item.label, "year": item.first_year, "all": ""}
        for key in of.items():
            found[key] += item.estimate or 0
    return set(found.values())


def known(result: FigureResult) -> set[Decimal]:
    """Return every number that the items of a figure stand for, in words or as a measure."""
    items = items_of(result)
    said = [result.title, result.subtitle, result.axis]
    for item in items:
        said += [item.sentence, item.printed, item.label, item.group, item.source, item.locator]
        said += [item.estimate_text, item.interval_text, item.level_text, item.count_text]
        said += [item.treated_text, item.control_text, item.date, item.until]
    names = (*MEASURES, "events", "n", "first_year", "last_year", "weight", "standard_error")
    measured = {getattr(item, name) for item in items for name in names}
    return numbers("; ".join(said)) | {Decimal(each) for each in measured if each is not None}


def test_both_sites_have_figures_and_every_kind_is_among_them(results: dict[str, Any]) -> None:
    drawn = [each for figures in results.values() for each in figures.values()]
    assert len(drawn) == len(FIGURES)
    assert {each.kind for each in drawn} == set(KINDS)


@every_figure
def test_what_is_printed_is_what_is_measured(result: FigureResult) -> None:
    for item in items_of(result):
        for name, words in (("estimate", item.estimate_text), ("low", item.interval_text)):
            measured = getattr(item, name)
            if measured is not None and words:
                assert measured in numbers(words), (item.sentence, name)
        if item.high is not None:
            assert item.high in numbers(item.interval_text)
        if item.estimate is not None:
            assert numbers(item.estimate_text) & numbers(item.sentence)


@every_figure
def test_the_drawing_says_every_item_once_and_in_order(
    result: FigureResult, drawing: Forms
) -> None:
    sentences = [item.sentence for item in result.items]
    assert heard(drawing.wide) == sentences
    assert heard(drawing.narrow) == sentences


@every_figure
def test_file_and_specification_hold_the_numbers_of_the_items(
    result: FigureResult, drawing: Forms
) -> None:
    items = items_of(result)
    file = list(csv.DictReader(io.StringIO(csv_bytes(result).decode("utf-8-sig"))))
    held = json.loads(drawing.specification)["datasets"]["items"]
    handed = json.loads(drawing.script.partition(" = ")[2].rstrip(";\n"))
    assert handed[0]["datasets"]["items"] == held
    for item, row, value in zip(items, file, held, strict=True):
        assert row["printed"] == item.printed
        assert value["sentence"] == item.sentence
        for name in MEASURES:
            measured = getattr(item, name)
            assert row.get(name, "") == ("" if measured is None else str(measured))
            assert value.get(name) == (None if measured is None else float(measured))


@every_figure
def test_the_table_has_the_numbers_of_the_items_and_no_others(result: FigureResult) -> None:
    cells = [cell for row in result.table for cell in row]
    shown = numbers("; ".join(cells))
    for item in items_of(result):
        assert numbers(item.estimate_text) <= shown, item.sentence
        assert numbers(item.interval_text) <= shown, item.sentence
    assert shown <= known(result) | sums(items_of(result))


@every_figure
def test_the_page_has_that_table(
    result: FigureResult, site: str, request: pytest.FixtureRequest
) -> None:
    built: Built = request.getfixturevalue(site)
    page = html.document_fromstring(built.site.files[f"figures/{result.id}.html"])
    rows = page.get_element_by_id(f"figure-{result.id}").xpath(".//tbody/tr")
    shown = [[cell.text_content().replace("’", "'") for cell in row] for row in rows]
    assert shown == [[cell.replace("’", "'") for cell in row] for row in result.table]


def counted(result: FigureResult) -> set[Decimal]:
    """Return how many of each sort a figure has: rows, groups, empty cells, words given."""
    items = items_of(result)
    groups, labels = {item.group for item in items}, {item.label for item in items}
    crossings = len(groups) * len(labels)
    told = Counter((item.group, item.part) for item in items).values()
    found = {len(items), len(groups), len(labels), len(result.columns), crossings - len(items)}
    return {Decimal(each) for each in (*found, *told, sum(bool(item.part) for item in items))}


@every_figure
def test_the_alternative_text_says_only_numbers_of_the_figure(result: FigureResult) -> None:
    items = items_of(result)
    dated = [item for item in items if item.first_year is not None]
    ruled = numbers(MANY) if result.kind == "funnel" else set()
    allowed = known(result) | sums(items) | sums(dated) | counted(result) | ruled
    assert numbers(result.alternative) <= allowed
