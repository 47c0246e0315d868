"""What pydantic finds wrong, in an author's words and at the place of the value."""

from __future__ import annotations

import pytest

from evidence.model.claim import Ledger
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.source import Source
from evidence.problems import Problem
from evidence.read.binding import bind
from evidence.read.yaml_file import read_yaml

SOURCE = """\
type: article-journal
title: A trial
short: Smith 2020
kind: journal-article
volume: 20
reading:
  - {part: Abstract, date: 2026-11-21, extent: whole}
"""
FINDING = """\
measure: pain
source: smith-2020
locator: Table 1
"""


def source(text: str) -> list[Problem]:
    return bind(read_yaml("a.yaml", text), Source, {"id": "a"})[1]


def finding(text: str) -> list[Problem]:
    return bind(read_yaml("a.yaml", FINDING + text), Finding, {"id": "a"})[1]


def only(problems: list[Problem]) -> Problem:
    (problem,) = problems
    return problem


def told(problem: Problem) -> tuple[str, str]:
    return str(problem.place), problem.rule


def test_a_good_document_becomes_a_model() -> None:
    model, problems = bind(read_yaml("a.yaml", SOURCE), Source, {"id": "a"})
    assert problems == []
    assert model is not None
    assert (model.id, model.volume) == ("a", "20")


def test_an_unknown_key_has_the_place_of_the_key_and_the_nearest_name() -> None:
    problem = only(source(SOURCE + "isued: 2020\n"))
    assert told(problem) == ("a.yaml:8:1", "key-known")
    assert problem.hint == "Did you mean 'issued'?"


def test_an_unknown_key_inside_has_the_names_known_there() -> None:
    problem = only(source(SOURCE.replace("{part:", "{page_count: 3, part:")))
    assert told(problem) == ("a.yaml:7:6", "key-known")
    assert problem.hint == "Known keys here: part, url, date, extent, via, note."


def test_a_missing_key_has_the_place_of_what_lacks_it() -> None:
    problem = only(source(SOURCE.replace("title: A trial\n", "")))
    assert told(problem) == ("a.yaml:1:1", "key-present")
    assert problem.message == "the key 'title' is missing"
    assert problem.hint == "Add 'title:' here."


def test_a_missing_key_inside_has_the_place_of_its_entry() -> None:
    assert told(only(source(SOURCE.replace(", extent: whole", "")))) == (
        "a.yaml:7:5",
        "key-present",
    )


def test_a_required_key_that_is_misspelt_is_one_problem() -> None:
    problem = only(source(SOURCE.replace("title:", "tilte:")))
    assert told(problem) == ("a.yaml:2:1", "key-known")
    assert problem.hint == "Did you mean 'title'?"


def test_a_wrong_item_does_not_make_its_list_too_short() -> None:
    assert told(only(source(SOURCE.replace("2026-11-21", "2026-11-31")))) == (
        "a.yaml:7:28",
        "date-valid",
    )


def test_a_list_without_items_is_a_problem() -> None:
    text = SOURCE.partition("reading:")[0] + "reading: []\n"
    assert told(only(source(text))) == ("a.yaml:6:10", "value-valid")


def test_a_word_of_a_closed_list_has_the_nearest_and_all_of_them() -> None:
    problem = only(source(SOURCE.replace("extent: whole", "extent: hole")))
    assert told(problem) == ("a.yaml:7:48", "value-known")
    assert problem.message == "'hole' is not an extent that is known"
    assert problem.hint == "Did you mean 'whole'? Known: whole, part, unknown."


@pytest.mark.parametrize(
    ("text", "place", "rule"),
    [
        ("value: about 5\nunit: points\n", "a.yaml:4:8", "value-valid"),
        ("value: 5\n", "a.yaml:1:1", "quantity-single"),
        ("", "a.yaml:1:1", "quantity-single"),
        ("date: 13.12.2024\n", "a.yaml:4:7", "date-valid"),
        ("events: 5.5\nn: 10\n", "a.yaml:4:9", "value-valid"),
        ("events: five\nn: 10\n", "a.yaml:4:9", "value-valid"),
        ("events: 11\nn: 10\n", "a.yaml:1:1", "quantity-possible"),
        ("p: [1, 2]\n", "a.yaml:4:4", "value-valid"),
        ("value: 5\nunit: points\nsign: ca\n", "a.yaml:6:7", "value-known"),
        ("value: 5\nunit: points\nalso: {source: b}\n", "a.yaml:6:7", "value-valid"),
        ("arms: 5\n", "a.yaml:4:7", "value-valid"),
        ("p: abc\n", "a.yaml:4:4", "value-valid"),
        ("value: 5\nunit: ''\n", "a.yaml:5:7", "value-valid"),
        ("value: 5\nunit: points\nlevel: 950\n", "a.yaml:6:8", "quantity-possible"),
        ("arms: {treated: {n: 5}}\n", "a.yaml:4:1", "key-present"),
        (
            "arms: {treated: {n: 5}, control: {events: 9, n: 5}}\n",
            "a.yaml:4:34",
            "quantity-possible",
        ),
    ],
)
def test_a_wrong_value_has_the_place_of_the_value(text: str, place: str, rule: str) -> None:
    assert told(only(finding(text))) == (place, rule)


def test_a_value_that_was_left_out_is_named() -> None:
    problem = only(source(SOURCE.replace("title: A trial", "title:")))
    assert problem.message == "'title' has no value"
    assert problem.place.line == 2


@pytest.mark.parametrize("key", ["date", "sign", "p", "interval", "arms", "level"])
def test_any_value_that_was_left_out_is_named(key: str) -> None:
    problems = finding(f"{key}:\n")
    assert "None" not in " ".join(each.message for each in problems)


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("kind: journal-article", "kind:", "kind"),
        ("type: article-journal", "type:", "type"),
        ("  - {part: Abstract, date: 2026-11-21, extent: whole}\n", "", "reading"),
    ],
)
def test_a_required_value_that_was_left_out_is_one_problem(
    before: str, after: str, key: str
) -> None:
    assert only(source(SOURCE.replace(before, after))).message == f"'{key}' has no value"


@pytest.mark.parametrize(("typed", "count"), [("[40.8]", 1), ("[1, 2, 3]", 3), ("[]", 0)])
def test_an_interval_wants_two_numbers(typed: str, count: int) -> None:
    problems = finding(f"value: 5\nunit: points\ninterval: {typed}\n")
    assert {told(each) for each in problems} == {("a.yaml:6:11", "value-valid")}
    assert {each.message for each in problems} == {
        f"'interval' has {count} items, and two are needed"
    }


def test_every_wrong_value_is_reported_in_one_run() -> None:
    text = SOURCE.replace("short: Smith 2020", "short: [a]").replace("2026-11-21", "soon")
    assert {told(each) for each in source(text)} == {
        ("a.yaml:3:8", "value-valid"),
        ("a.yaml:7:28", "date-valid"),
    }


def test_text_where_keys_are_needed_is_a_problem_with_the_first_keys() -> None:
    problem = only(source("just text\n"))
    assert problem.rule == "value-valid"
    assert "type, title, short, kind" in problem.hint


def test_an_id_of_its_own_is_refused() -> None:
    problem = only(source(SOURCE + "id: other\n"))
    assert told(problem) == ("a.yaml:8:1", "key-known")


def test_a_problem_deep_inside_has_its_place() -> None:
    text = (
        "document: a\ntitle: A\nintro: A\nclaims:\n  one:\n    locator: A\n    topic: A\n"
        "    says: A\n    verdict: maybe\n    severity: none\n    shows: A\n    why: A\n    id: one\n"
    )
    document = read_yaml("a.yaml", text.replace("    id: one\n", ""))
    document.content["claims"]["one"]["id"] = "one"
    problem = only(bind(document, Ledger, {"id": "a"})[1])
    assert told(problem) == ("a.yaml:9:14", "value-known")


def test_a_whole_number_is_asked_for_where_a_year_stands() -> None:
    text = "kind: years\ntitle: A\nsubtitle: B\nrows:\n  - {finding: a/b, first-year: 2010.5}\n"
    problem = only(bind(read_yaml("a.yaml", text), Figure, {"id": "a"})[1])
    assert told(problem) == ("a.yaml:5:32", "value-valid")
    assert problem.hint == "Write a whole number."


def test_no_message_speaks_of_python() -> None:
    for text in (
        "title: [a]\n",
        "reading: {a: 1}\n",
        "author: Smith\n",
        "issued: []\n",
        "kind: 5\n",
    ):
        name = text.partition(":")[0]
        kept = "\n".join(line for line in SOURCE.split("\n") if not line.startswith(name))
        for problem in source((SOURCE if name == "author" else kept) + text):
            said = f"{problem.message} {problem.hint}"
            assert "tuple" not in said, said
            assert "dict" not in said, said
            assert "instance" not in said, said
