"""Every shape of export is told from every other, and documented."""

from __future__ import annotations

import dataclasses

import pytest

from evidence.registry.record import Record
from evidence.registry.shapes import SHAPES, TABLES
from evidence.registry.vocabulary import squashed
from tests.projects import ROOT

FIELDS = {field.name for field in dataclasses.fields(Record)}
BY_ID = {shape.id: shape for shape in SHAPES}
TABLE_BY_ID = {shape.id: shape for shape in TABLES}


def test_each_shape_has_an_id_and_a_title_of_its_own() -> None:
    assert len(BY_ID) == len(SHAPES)
    assert len({shape.title for shape in SHAPES}) == len(SHAPES)


@pytest.mark.parametrize("shape_id", BY_ID)
def test_each_shape_is_documented(shape_id: str) -> None:
    text = " ".join((ROOT / "docs/importing.md").read_text("utf-8").split())
    assert BY_ID[shape_id].title.partition(" (")[0] in text


@pytest.mark.parametrize("shape_id", TABLE_BY_ID)
def test_a_table_fills_fields_of_a_record_and_needs_columns_that_it_has(shape_id: str) -> None:
    shape = TABLE_BY_ID[shape_id]
    assert {*shape.columns} | {*shape.beside} | {*shape.fixed} <= FIELDS
    assert {*shape.needed} <= shape.columns.keys()
    assert all(mark == squashed(mark) for mark in shape.marks)


@pytest.mark.parametrize("shape_id", TABLE_BY_ID)
def test_a_header_is_likest_to_its_own_shape(shape_id: str) -> None:
    header = [spellings[0] for spellings in TABLE_BY_ID[shape_id].columns.values()]
    likeness: dict[str, float] = {shape.id: shape.likeness(header) for shape in TABLES}
    assert max(likeness, key=lambda name: likeness[name]) == shape_id
