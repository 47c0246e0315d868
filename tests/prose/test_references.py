"""The references that an editor types, with their offsets."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.prose.references import blank, find_references, trials_in


def kinds(text: str) -> list[tuple[str, str, str]]:
    return [(each.kind, each.target, each.form) for each in find_references(text)[0]]


@pytest.mark.parametrize(
    ("written", "kind", "target", "form"),
    [
        ("[[shang-2022/ais]]", "number", "shang-2022/ais", ""),
        ("[[shang-2022/ais|per-100]]", "number", "shang-2022/ais", "per-100"),
        ("[[ shang-2022/ais | ci ]]", "number", "shang-2022/ais", "ci"),
        ("[[shang-2022/ais|\nci]]", "number", "shang-2022/ais", "ci"),
        ("[[shang-2022]]", "study", "shang-2022", ""),
        ("[[shang-2022|the review]]", "study", "shang-2022", "the review"),
        ("[[page:methods]]", "page", "methods", ""),
        ("[[page:a/b|how it\nwas done]]", "page", "a/b", "how it was done"),
        ("[[claim:letter/growth]]", "claim", "letter/growth", ""),
        ("[[=12]]", "plain", "12", ""),
        ("[[= 3 ]]", "plain", "3", ""),
        ("![[forest]]", "figure", "forest", ""),
        ("[@shang-2022]", "citation", "shang-2022", ""),
        ("[@shang-2022, Table 2, row 3]", "citation", "shang-2022", "Table 2, row 3"),
    ],
)
def test_a_reference_has_its_kind_target_and_form(
    written: str, kind: str, target: str, form: str
) -> None:
    assert kinds(f"Before {written} after.") == [(kind, target, form)]


def test_trials_are_found_in_every_spelling_of_a_reference() -> None:
    text = "[[trial:a]] [[ trial: b |words]] [[trial:\n  c]] `[[trial:d]]` [[page:trial]] trial:e"
    assert trials_in(text) == {"a", "b", "c", "d"}


def test_a_reference_knows_where_it_stands() -> None:
    (reference,) = find_references("See [[a/b|ci]] there.")[0]
    assert (reference.start, reference.end, reference.written) == (4, 14, "[[a/b|ci]]")
    assert reference.study == "a"


def test_references_come_in_order() -> None:
    text = "[@z] [[b/c]] [@a] [[a/b]]"
    assert [target for _, target, _ in kinds(text)] == ["z", "b/c", "a", "a/b"]


def test_citations_in_one_pair_of_brackets_keep_their_order() -> None:
    assert kinds("[@zeta, Table 1; @alpha]") == [
        ("citation", "zeta", "Table 1"),
        ("citation", "alpha", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "`[[a/b]]`",
        "``[[a/b]] and ` more``",
        "```\n[[a/b]]\n```",
        "~~~\n[@a]\n~~~\n",
        "[a](b.html)",
        "[a][b]",
        "a@b.org",
        "[name@example.org]",
        "no reference",
    ],
)
def test_code_links_and_addresses_are_no_references(text: str) -> None:
    assert find_references(text) == ((), ())


def test_a_reference_after_code_is_found_at_its_offset() -> None:
    (reference,) = find_references("`[[a/b]]` [[c/d]]")[0]
    assert (reference.target, reference.start) == ("c/d", 10)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("See [[a/b] there.", 4),
        ("See [[a/b there.", 4),
        ("See [[]] there.", 4),
        ("See [[ ]] there.", 4),
        ("See [[=]] there.", 4),
        ("See [[|ci]] there.", 4),
        ("[[a/b]] and [[c/d", 12),
    ],
)
def test_a_reference_that_is_open_or_empty_is_reported_with_its_offset(
    text: str, offset: int
) -> None:
    _, ((found, shown),) = find_references(text)
    assert found == offset
    assert text[offset:].startswith(shown)


@given(st.text("[]|@!=/:ab1 \n`", max_size=50))
def test_whatever_is_typed_references_stand_where_they_say(text: str) -> None:
    references, broken = find_references(text)
    for reference in references:
        assert text[reference.start : reference.end] == reference.written
    for offset, _ in broken:
        assert text[offset : offset + 2] == "[["


@given(st.text("ab1`\n", max_size=40))
def test_blanking_keeps_offsets_and_lines(text: str) -> None:
    blanked = blank(text, re.compile("[a1]+"))
    assert len(blanked) == len(text)
    assert [each == "\n" for each in blanked] == [each == "\n" for each in text]
    assert not {"a", "1"} & set(blanked)
