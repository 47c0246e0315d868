"""A rule is explained from the one table of rules, and from the smallest site that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence import documentation
from evidence.documentation import example, rules
from evidence.rules import RULES, WHY
from tests.projects import INVALID, type_here


def explain(root: Path, *words: str) -> str:
    printed = type_here(root, "explain", *words)
    assert (printed.code, printed.problems) == (0, "")
    return printed.out


def test_every_rule_has_a_reason_that_is_not_the_rule_again() -> None:
    assert WHY.keys() == RULES.keys()
    assert [rule for rule, why in WHY.items() if why == RULES[rule] or not why.endswith(".")] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_explained_with_what_breaks_it_and_how_to_mend_that(
    rule: str, tmp_path: Path
) -> None:
    words = " ".join(explain(tmp_path, rule).split())
    broken = example(rule)
    assert broken is not None
    expected = (INVALID / rule / "expected.txt").read_text("utf-8")
    assert broken.hint in expected
    assert broken.message in expected
    for said in (rule, RULES[rule], WHY[rule], broken.place, *broken.lines, broken.hint):
        assert " ".join(said.split()) in words


def test_the_example_quotes_the_line_of_the_problem(tmp_path: Path) -> None:
    printed = explain(tmp_path, "number-bound")
    assert "in content/index.md, line 5:\n    Of the people treated, 92.5% improved.\n" in printed


def test_a_rule_may_be_copied_with_its_brackets(tmp_path: Path) -> None:
    assert explain(tmp_path, "[number-bound]") == explain(tmp_path, "number-bound")


def test_without_a_name_all_rules_are_listed(tmp_path: Path) -> None:
    lines = explain(tmp_path).splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [*RULES]


def test_an_unknown_rule_gets_the_nearest(tmp_path: Path) -> None:
    printed = type_here(tmp_path, "explain", "number-bund")
    assert printed.code == 2
    assert printed.problems == "build.py: 'number-bund' is no rule. Did you mean 'number-bound'?\n"
    assert "lists them all" in type_here(tmp_path, "explain", "cheese").problems


def test_a_program_without_its_tests_explains_without_an_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documentation, "SITES", tmp_path)
    printed = explain(tmp_path, "number-bound")
    assert WHY["number-bound"] in printed
    assert "mend" not in printed


@pytest.mark.parametrize("rule", RULES)
def test_the_page_of_rules_has_a_section_for_each(rule: str) -> None:
    section = rules().partition(f"## `{rule}`\n")[2].partition("\n## ")[0]
    assert WHY[rule] in section
    assert "To mend it: " in section
