"""The interactive form of every kind of figure: the same numbers, and valid Vega-Lite."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from typing import Any

import altair as alt
import pytest
import vl_convert

from evidence.figures import KINDS
from evidence.figures.drawing import csv_bytes
from evidence.figures.explorable import family_of, values_of
from evidence.figures.explorable_families import FAMILIES
from evidence.figures.figure_item import items_of
from evidence.figures.rendering import VEGA_LITE
from evidence.figures.runtime import runtime
from evidence.model.columns import safe
from evidence.numbers.results import FigureResult
from evidence.run import Built
from evidence.steps.compute import compute
from evidence.store import Store
from tests.figures.declaring import figure_of, forms_of, report_of, result_of

HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")


@pytest.fixture(scope="module")
def results(gallery_site: Built, drawings: Store) -> dict[str, FigureResult]:
    """Every figure of the gallery, which has every kind."""
    return dict(compute(gallery_site.report, drawings).figures)


@pytest.fixture(scope="module")
def specifications(results: dict[str, FigureResult], drawings: Store) -> dict[str, Any]:
    return {
        name: json.loads(forms_of(each, drawings).specification) for name, each in results.items()
    }


def test_the_rows_are_the_items_with_the_names_and_numbers_of_the_csv(
    results: dict[str, FigureResult], specifications: dict[str, Any]
) -> None:
    for name, result in results.items():
        rows = specifications[name]["datasets"]["items"]
        file = list(csv.DictReader(io.StringIO(csv_bytes(result).decode("utf-8-sig"))))
        assert [row["sentence"] for row in rows] == [item.sentence for item in result.items]
        for row, cells in zip(rows, file, strict=True):
            for column, cell in cells.items():
                held = row.get(column)
                if isinstance(held, bool):
                    assert cell == column, name
                elif isinstance(held, int | float):
                    assert Decimal(str(held)) == Decimal(cell), (name, column)
                elif held is not None:
                    assert safe(held) == cell, (name, column)  # no formula in the file
                else:
                    assert cell in {"", "none", result.note}, (name, column)


def test_every_row_has_a_name_of_its_own(results: dict[str, FigureResult]) -> None:
    for result in results.values():
        names = [value["row"] for value in values_of(result)]
        assert len(names) == len(set(names))


def test_a_number_that_is_zero_is_kept() -> None:
    report = report_of({"a/none": {"value": 0, "unit": "percent"}})
    (value,) = values_of(result_of(figure_of("intervals", ["a/none"]), report))
    assert value["estimate"] == 0


def test_the_specification_is_valid_and_can_be_drawn(specifications: dict[str, Any]) -> None:
    for name, specification in specifications.items():
        alt.Chart.from_dict(specification, validate=True)
        drawn = vl_convert.vegalite_to_svg(
            specification, vl_version=VEGA_LITE, allowed_base_urls=[]
        )
        for wrong in ("NaN", "Infinity", "undefined", "1.79769"):
            assert wrong not in drawn, name


def test_the_drawing_of_the_specification_says_every_item(
    results: dict[str, FigureResult], specifications: dict[str, Any]
) -> None:
    for name, specification in specifications.items():
        drawn = vl_convert.vegalite_to_svg(
            specification, vl_version=VEGA_LITE, allowed_base_urls=[]
        )
        drawn_alone = family_of(KINDS[results[name].kind], results[name]) == "drawn"
        for item in items_of(results[name]):
            if item.estimate is not None and not (drawn_alone and not item.part):  # not on a map
                words = item.sentence.replace("&", "&amp;").replace("<", "&lt;")
                assert words in drawn, f"{name}: {item.sentence}"


def test_every_estimate_of_a_family_of_points_has_its_point(
    results: dict[str, FigureResult], specifications: dict[str, Any]
) -> None:
    for name, result in results.items():
        if family_of(KINDS[result.kind], result) == "points":
            drawn = vl_convert.vegalite_to_svg(
                specifications[name], vl_version=VEGA_LITE, allowed_base_urls=[]
            )
            marked = drawn.count('aria-roledescription="point"')
            assert marked == sum(item.estimate is not None for item in result.items), name


def test_the_script_holds_the_same_in_the_colours_of_the_page(
    results: dict[str, FigureResult], specifications: dict[str, Any], drawings: Store
) -> None:
    for name, result in results.items():
        script = forms_of(result, drawings).script
        found = re.fullmatch(
            r'\(globalThis\.figureForms \?\?= \{\}\)\["([^"]+)"\] = (.+);\n', script
        )
        assert found is not None
        assert found[1] == name
        plain = re.sub(r"var\(--[a-z0-9-]+,(#[0-9A-Fa-f]{6})\)", r"\1", found[2])
        assert json.loads(plain)[0] == specifications[name]
        assert not HEX.search(re.sub(r"var\([^)]*\)", "", script))


def test_every_kind_has_a_family_that_is_known(results: dict[str, FigureResult]) -> None:
    assert {family_of(KINDS[each.kind], each) for each in results.values()} <= {*FAMILIES, "drawn"}


def test_the_runtime_is_the_same_each_time_and_names_its_licence() -> None:
    first = runtime()
    assert first == runtime()
    assert b"Redistribution and use in source and binary forms" in first
    assert b"Permission to use, copy, modify, and/or distribute" in first
    assert re.search(rb"window\.vegaEmbed ?=", first)
