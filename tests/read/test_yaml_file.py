"""YAML that remembers where everything stands."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evidence.problems import Place
from evidence.read import yaml_file
from evidence.read.yaml_file import Document, read_yaml

STUDY = """\
title: A trial
arms:
  treated: {events: 58, n: 103}
findings:
  - measure: pain
    value: 52.0
summary: >-
  One sentence that is folded
  over two lines.
"""


def read(text: str, first_line: int = 1) -> Document:
    return read_yaml("a.yaml", text, first_line)


def place(document: Document, *path: str | int, of_key: bool = False) -> tuple[int, int]:
    found = document.place(path, of_key=of_key)
    return found.line, found.column


def only_problem(text: str) -> tuple[str, str, str, str]:
    (problem,) = read(text).problems
    return str(problem.place), problem.rule, problem.message, problem.hint


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (("title",), (1, 8)),
        (("arms", "treated"), (3, 12)),
        (("arms", "treated", "events"), (3, 21)),
        (("arms", "treated", "n"), (3, 28)),
        (("findings", 0), (5, 5)),
        (("findings", 0, "value"), (6, 12)),
        (("summary",), (7, 10)),
    ],
)
def test_every_value_has_its_line_and_column(
    path: tuple[str | int, ...], where: tuple[int, int]
) -> None:
    assert place(read(STUDY), *path) == where


def test_a_key_has_a_place_of_its_own() -> None:
    assert place(read(STUDY), "arms", "treated", "n", of_key=True) == (3, 25)


def test_what_does_not_exist_has_the_place_of_the_key_it_would_stand_below() -> None:
    assert place(read(STUDY), "arms", "treated", "percent") == (3, 3)


def test_a_path_that_leads_nowhere_has_the_place_of_the_whole() -> None:
    assert place(Document("a.yaml", ""), "nothing") == (1, 1)


def test_a_part_of_a_file_counts_its_lines_from_its_first_line() -> None:
    assert place(read(STUDY, first_line=2), "title") == (2, 8)


def test_a_place_prints_as_editors_read_it() -> None:
    assert str(read(STUDY).place(("title",))) == "a.yaml:1:8"


def test_words_inside_folded_text_have_their_place() -> None:
    assert read(STUDY).place_of_text(("summary",), "two lines.") == Place("a.yaml", 9, 8)


def test_words_that_are_folded_over_a_line_end_have_the_place_where_they_begin() -> None:
    assert read(STUDY).place_of_text(("summary",), "folded over") == Place("a.yaml", 8, 24)


def test_the_second_occurrence_of_words_has_its_own_place() -> None:
    document = read("summary: 12 and 12 and 12\n")
    columns = [document.place_of_text(("summary",), "12", number).column for number in range(3)]
    assert columns == [10, 17, 24]


def test_words_of_another_value_are_not_taken_for_those_of_this_one() -> None:
    document = read("title: 12\nsummary: only 12\n")
    assert document.place_of_text(("summary",), "12") == Place("a.yaml", 2, 15)


def test_words_that_are_not_there_have_the_place_of_their_value() -> None:
    assert read(STUDY).place_of_text(("title",), "nothing") == Place("a.yaml", 1, 8)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("52.0", Decimal("52.0")),
        ("0.010", Decimal("0.010")),
        ("-1.20", Decimal("-1.20")),
        ("2439", 2439),
        ("-3", -3),
        ("true", True),
        ("false", False),
        ("~", None),
        ("null", None),
        ("no", "no"),
        ("on", "on"),
        ("007", "007"),
        ("1e3", "1e3"),
        ("2024-12-13", "2024-12-13"),
        ("1/2", "1/2"),
        ('"12"', "12"),
        ("'true'", "true"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
    ],
)
def test_a_scalar_is_read_as_it_is_written(written: str, value: Any) -> None:
    found = read(f"key: {written}\n").content["key"]
    assert found == value
    assert type(found) is type(value)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-999, max_value=999))
def test_a_decimal_keeps_every_digit_that_was_written(number: Decimal) -> None:
    written = f"{number:.3f}"
    assert str(read(f"key: {written}\n").content["key"]) == written


def test_a_very_long_row_of_digits_is_text() -> None:
    assert read(f"key: {'9' * 5000}\n").content["key"] == "9" * 5000


def test_the_pure_python_reader_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = read(STUDY)
    monkeypatch.setattr(yaml_file, "Parser", yaml.SafeLoader)
    assert read(STUDY) == wanted


def test_a_tab_has_its_place_and_a_hint_about_spaces() -> None:
    where, rule, message, hint = only_problem("a:\n  b: 1\n\tc: 2\n")
    assert (where, rule) == ("a.yaml:3:1", "yaml-syntax")
    assert "a tab" in message
    assert "two spaces" in hint


def test_a_quote_that_is_not_closed_has_the_place_where_it_opens() -> None:
    where, rule, _, hint = only_problem('a: 1\nb: "text\nc: 2\n')
    assert (where, rule) == ("a.yaml:2:4", "yaml-syntax")
    assert "double quotes" in hint


def test_text_with_a_colon_has_a_hint_about_quotes() -> None:
    where, rule, _, hint = only_problem("title: A trial: the second\n")
    assert (where, rule) == ("a.yaml:1:15", "yaml-syntax")
    assert "double quotes" in hint


def test_wrong_indentation_has_a_hint_about_it() -> None:
    where, rule, _, hint = only_problem("a:\n  b: 1\n c: 2\n")
    assert (where, rule) == ("a.yaml:3:2", "yaml-syntax")
    assert "indentation" in hint


def test_a_quote_inside_quotes_has_a_hint_about_quotes() -> None:
    assert "double quotes" in only_problem("title: 'it's'\n")[3]


def test_a_key_that_stands_twice_names_both_lines() -> None:
    where, rule, message, _ = only_problem("a: 1\nb: 2\na: 3\n")
    assert (where, rule) == ("a.yaml:3:1", "yaml-key-unique")
    assert "line 1" in message


def test_the_first_of_two_keys_is_kept() -> None:
    assert read("a: 1\na: 3\n").content == {"a": 1}


def test_a_character_that_yaml_forbids_has_its_place() -> None:
    where, rule, message, _ = only_problem("a: 1\nb: x\x07y\n")
    assert (where, rule) == ("a.yaml:2:5", "yaml-syntax")
    assert "U+0007" in message


def test_an_alias_inside_what_it_names_is_a_problem() -> None:
    _, rule, message, _ = only_problem("a: &loop {b: *loop}\n")
    assert rule == "yaml-syntax"
    assert "alias" in message


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in pairwise("abcdefghi")
)


def test_names_that_stand_for_a_thousand_million_things_are_a_problem() -> None:
    where, rule, message, hint = only_problem(LAUGHS)
    assert (where.partition(":")[0], rule) == ("a.yaml", "file-limits")
    assert message == "this file has more than the 100,000 keys and values that are read"
    assert hint


def test_aliases_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence.read.building.MOST_ALIASES", 2)
    assert read("a: &a x\nb: [*a, *a]\n").content == {"a": "x", "b": ["x", "x"]}
    where, rule, message, _ = only_problem("a: &a x\nb: [*a, *a, *a]\n")
    assert (where, rule) == ("a.yaml:2:13", "file-limits")
    assert message == "this file has more than the 2 aliases ('*name') that are read"


def test_keys_and_values_have_a_limit() -> None:
    lines = "".join(f"k{number}: 1\n" for number in range(100_000))
    assert read(lines[: len(lines) // 3]).problems == []
    _, rule, message, hint = only_problem(lines + "k: 1\n")
    assert rule == "file-limits"
    assert message == "this file has more than the 100,000 keys and values that are read"
    assert hint == "Spread it over several files."


def test_what_an_alias_stands_for_is_another_each_time() -> None:
    content = read("a: &a {b: [1]}\nc: *a\nd: [*a]\n").content
    assert content == {"a": {"b": [1]}, "c": {"b": [1]}, "d": [{"b": [1]}]}
    assert content["a"] is not content["c"]


def test_what_an_alias_stands_for_has_the_place_where_it_is_written() -> None:
    document = read("a: &a {b: 1}\nc: *a\n")
    assert place(document, "c", "b") == (1, 11)


def test_a_name_inside_what_is_named_is_written_out() -> None:
    assert read("a: &a [&b x, *b]\nc: [*a, *b]\n").content == {
        "a": ["x", "x"],
        "c": [["x", "x"], "x"],
    }


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("a: &a 1\nb: &a 2\n", "a.yaml:2:4", "the anchor '&a' stands twice"),
        ("a: 1\nb: !include x\n", "a.yaml:2:4", "the tag '!include' has no meaning here"),
        ("a: !!str 5\n", "a.yaml:1:4", "the tag 'tag:yaml.org,2002:str' has no meaning here"),
        ("a: !x {b: 1}\n", "a.yaml:1:4", "the tag '!x' has no meaning here"),
        ("[a]: b\n", "a.yaml:1:1", "a list stands where a key is needed"),
        ("a: 1\n{b: c}: d\n", "a.yaml:2:1", "a mapping stands where a key is needed"),
        ("a:\n  ? - b\n  : c\n", "a.yaml:2:5", "a list stands where a key is needed"),
        ("a: &a [b]\n*a : c\n", "a.yaml:1:4", "a list stands where a key is needed"),
        ('a: 1\nb: "x\\x01"\n', "a.yaml:2:4", "this text holds the character U+0001, which nobody sees"),
        ('"\\uFFFE": 1\n', "a.yaml:1:1", "this text holds the character U+FFFE, which nobody sees"),
        ("a: \ud800\n", "a.yaml:1:4", "the character U+D800 cannot stand in YAML"),
    ],
)  # fmt: skip
def test_what_has_no_meaning_is_named(text: str, where: str, message: str) -> None:
    assert only_problem(text)[:3] == (where, "yaml-syntax", message)


def test_an_alias_of_nothing_is_a_problem() -> None:
    where, _, message, _ = only_problem("a: 1\nb: *c\n")
    assert where == "a.yaml:2:4"
    assert "undefined alias" in message


def test_what_follows_a_key_that_is_a_list_is_still_read() -> None:
    assert read("[a, [b]]: {c: [d]}\ne: 1\n").content == {"e": 1}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 3000 + "]" * 3000,
        "[" * 1_000_000,
        "- " * 3000 + "a",
        "{a: " * 500 + "1" + "}" * 500,
        "\n".join(" " * level + "a:" for level in range(1500)),
    ],
)
def test_deep_nesting_is_called_so_at_its_place(text: str) -> None:
    where, rule, message, hint = only_problem(text)
    assert rule == "file-limits"
    assert message == "this stands more than 100 levels deep, in lists and mappings"
    assert hint == "Look for stray brackets or dashes."
    assert where != "a.yaml:1:1"


def test_brackets_inside_text_are_no_nesting() -> None:
    brackets = "[" * 200
    assert read(f'a: "{brackets}"\nb: {"- " * 2}\n'.replace("b: - - ", "b: c")).content == {
        "a": brackets,
        "b": "c",
    }


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_lines_are_counted_as_editors_do(separator: str) -> None:
    document = read(f'a: "one{separator}two"\nb: 1\nb: 2\n')
    assert place(document, "b") == (2, 4)
    (problem,) = document.problems
    assert str(problem.place) == "a.yaml:3:1"
    assert "line 2" in problem.message
    assert document.place_of_text(("a",), "two") == Place("a.yaml", 1, 9)
    assert only_problem(f"a: one{separator} two\nb: c: d\n")[0] == "a.yaml:2:5"


def test_a_value_of_a_key_that_stands_twice_does_not_count() -> None:
    document = read("a: {x: 1}\na: {y: {z: 1}}\nb: 1\n")
    assert document.content == {"a": {"x": 1}, "b": 1}
    assert place(document, "a", "y") == (1, 1)


def test_what_a_document_holds() -> None:
    document = read("a: {b: 1}\n")
    assert document.holds(("a", "b"))
    assert not document.holds(("a", "c"))
    assert not document.holds(("a", "b", "c"))


def test_places_are_looked_for_only_when_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(*_: object) -> None:
        raise AssertionError("a place is looked for")

    read_yaml.cache_clear()  # another test may have asked
    monkeypatch.setattr("evidence.read.building.Builder._mark", ask)
    assert read(STUDY).problems == []
    with pytest.raises(AssertionError):
        read(STUDY).place(("title",))


def test_two_documents_in_one_file_are_a_problem() -> None:
    assert only_problem("a: 1\n---\nb: 2\n")[:2] == ("a.yaml:2:1", "yaml-syntax")


def test_only_comments_are_no_content() -> None:
    document = read("# nothing yet\n")
    assert document.content is None
    assert document.problems == []


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_content_or_problems(text: str) -> None:
    for problem in read(text).problems:
        assert problem.rule in {"yaml-syntax", "yaml-key-unique", "file-limits"}
        assert problem.place.line >= 1
        assert problem.hint
