"""Every text that may hold references is found, with a way back to its place."""

from __future__ import annotations

from evidence.check.sources.known import ProseCheck, prose_of_model
from evidence.model.claim import Ledger
from evidence.model.figure import Figure
from evidence.model.page import FrontMatter
from evidence.model.site import Site, Term
from evidence.model.study import Study
from evidence.read.binding import bind
from evidence.read.yaml_file import read_yaml

STUDY = """\
title: A trial
short: A
summary: >-
  It had [[a/n]] and
  [[a/n]] people.
condition: cold
design: {kind: letter}
described-in: {source: b, locator: Table 1}
note: Another [[a/n]].
"""


def texts() -> list[ProseCheck]:
    document = read_yaml("a.yaml", STUDY)
    study, _ = bind(document, Study, {"id": "a"})
    assert study is not None
    return list(prose_of_model(document, study))


def test_the_prose_of_a_study_is_its_summary_and_note() -> None:
    assert [each.path for each in texts()] == [("summary",), ("note",)]


def test_an_offset_in_folded_text_leads_back_to_the_file() -> None:
    summary = texts()[0]
    first = summary.text.index("[[a/n]]")
    second = summary.text.index("[[a/n]]", first + 1)
    assert str(summary.place(first, "[[a/n]]")) == "a.yaml:4:10"
    assert str(summary.place(second, "[[a/n]]")) == "a.yaml:5:3"


def test_the_prose_fields_are_those_that_pages_print_with_references() -> None:
    found = {
        model.__name__: {
            name
            for name, field in model.model_fields.items()
            if any(type(each).__name__ == "Inline" for each in _metadata(field))
        }
        for model in (FrontMatter, Study, Ledger, Figure, Site, Term)
    }
    assert found == {
        "FrontMatter": {"title", "short", "answer", "description"},
        "Study": {"summary", "note"},
        "Ledger": {"intro"},
        "Figure": {"title", "subtitle", "note"},
        "Site": {"footer"},
        "Term": {"definition"},
    }


def _metadata(field: object) -> list[object]:
    from typing import get_args  # noqa: PLC0415

    inside = [
        each
        for argument in get_args(getattr(field, "annotation", None))
        for each in getattr(argument, "__metadata__", ())
    ]
    return [*getattr(field, "metadata", ()), *inside]
