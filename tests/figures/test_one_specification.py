"""Picture, interactive view and download of a figure are one specification, with one set of caveats."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree, html

from evidence.figures.rendering import _bring_fonts, _svg
from evidence.figures.svg import inline_svg
from evidence.numbers.results import FigureResult
from evidence.run import Built
from tests.figures.declaring import Forms, words_of
from tests.figures.test_same_numbers import every_figure

THEMED = re.compile(r"var\(--[a-z0-9-]+,(#[0-9A-Fa-f]{6})\)")
CLOSED = re.compile(r"\s+")


@pytest.fixture
def handed(drawing: Forms) -> list[dict[str, Any]]:
    """The specifications that the page's script is given, in the colours of a file."""
    written = THEMED.sub(r"\1", drawing.script.partition(" = ")[2].rstrip(";\n"))
    forms: list[dict[str, Any]] = json.loads(written)
    return forms


def units(specification: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every part of a specification that draws marks."""
    if "mark" in specification:
        yield specification
    for key in ("layer", "hconcat", "vconcat", "concat"):
        for part in specification.get(key, ()):
            yield from units(part)
    if "spec" in specification:
        yield from units(specification["spec"])


def mark_of(unit: dict[str, Any]) -> str:
    mark = unit["mark"]
    return str(mark if isinstance(mark, str) else mark["type"])


@every_figure
def test_the_view_and_the_file_are_the_specification_that_the_picture_is_drawn_from(
    drawing: Forms, handed: list[dict[str, Any]], result: FigureResult
) -> None:
    assert json.loads(drawing.specification) == handed[0]
    _bring_fonts()
    for form, drawn, variant in zip(
        handed, (drawing.wide, drawing.narrow), ("wide", "narrow"), strict=True
    ):
        assert inline_svg(_svg(form), result, variant) == drawn


@every_figure
def test_a_phone_gets_the_same_items_and_marks_of_the_same_kinds(
    handed: list[dict[str, Any]],
) -> None:
    wide, narrow = handed
    said = [[row["sentence"] for row in form["datasets"]["items"]] for form in handed]
    assert said[0] == said[1]
    heard = [
        {mark_of(unit) for unit in units(form) if "tooltip" in unit.get("encoding", {})}
        for form in (wide, narrow)
    ]
    assert heard[1]
    assert heard[1] <= heard[0]  # a timeline on a phone is a list of points: it draws no spans


@every_figure
def test_data_have_names_and_meanings_and_no_mark_is_painted(
    handed: list[dict[str, Any]],
) -> None:
    for form in handed:
        assert "layer-0" not in form["datasets"]
        assert not any("values" in unit.get("data", {}) for unit in units(form))


@every_figure
def test_every_caveat_stands_wherever_the_figure_is_shown(
    drawing: Forms, result: FigureResult, site: str, request: pytest.FixtureRequest
) -> None:
    kept = json.loads(drawing.specification)["usermeta"]
    assert kept.get("conventions", []) == list(result.conventions)
    alone = CLOSED.sub(" ", " ".join(words_of(drawing.svg)))
    built: Built = request.getfixturevalue(site)
    page = html.fromstring(built.site.files[f"figures/{result.id}.html"].decode())
    shown = page.xpath("string(//*[@class='figure-conventions'])")
    for sentence in result.conventions:
        assert CLOSED.sub(" ", sentence) in alone
        assert sentence in shown


@every_figure
def test_every_item_that_has_a_place_lies_on_its_mark(drawing: Forms, result: FigureResult) -> None:
    for svg in (drawing.wide, drawing.narrow):
        places = {
            str(place.get("aria-label")): str(place.get("d"))
            for place in etree.fromstring(svg.encode()).iter("{*}path")
            if place.get("role") == "img"
        }
        assert set(places) == {item.sentence for item in result.items}
        drawn = [
            places[item.sentence]
            for item in result.items
            if item.estimate is not None and item.low is not None
        ]
        assert not any(place.startswith("M0,0h6v6") for place in drawn)
