"""Every rule has the smallest site that breaks it, and prints what an author can act on."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from evidence.read import binding
from evidence.rules import RULES
from tests.projects import INVALID, KEPT, MINIMAL, ROOT, Printed, build_here, make_project

RULE_OF = {"Problem": 1, "Stray": 2}  # which argument names it
WEIGHT = re.compile(r"weighs [\d.]+ KB")


def folders() -> list[str]:
    return sorted(each.name for each in INVALID.iterdir() if each.is_dir())


def broken(rule: str, root: Path) -> Printed:
    project = make_project(root, MINIMAL, INVALID / rule)
    (project / ".cache").symlink_to(KEPT)
    if rule == "edition-libraries":  # no fault of a site
        with pytest.MonkeyPatch.context() as without:
            without.setitem(sys.modules, "pypandoc", None)
            without.setitem(sys.modules, "weasyprint", None)
            return build_here(project, "report")
    return build_here(project)


def rules_raised() -> dict[str, set[str]]:
    """Return the rules that the package's source names in a problem, with the files that do."""
    found: dict[str, set[str]] = {
        rule: {"validation/binding.py"} for rule in binding.RULES.values()
    }
    for path in sorted((ROOT / "evidence").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            place = (
                RULE_OF.get(getattr(node.func, "id", "")) if isinstance(node, ast.Call) else None
            )
            if place is None or not isinstance(node, ast.Call):
                continue
            keywords = {each.arg: each.value for each in node.keywords}
            rule = keywords["rule"] if "rule" in keywords else node.args[place]
            if isinstance(rule, ast.Constant):
                found.setdefault(str(rule.value), set()).add(path.name)
    return found


def test_every_rule_has_a_folder_and_every_folder_a_rule() -> None:
    assert folders() == sorted(RULES)


def test_every_rule_that_the_source_raises_is_documented() -> None:
    assert rules_raised().keys() - RULES.keys() == set()


def test_every_rule_that_is_documented_is_raised() -> None:
    assert RULES.keys() - rules_raised().keys() == set()


@pytest.mark.parametrize("rule", folders())
def test_the_smallest_site_that_breaks_a_rule_prints_what_is_expected(
    rule: str, tmp_path: Path, *, update_expected: bool
) -> None:
    printed = broken(rule, tmp_path)
    # The size of a page after compression differs a little between versions of zlib.
    shown = WEIGHT.sub("weighs ... KB", printed.problems)
    expected = INVALID / rule / "expected.txt"
    if update_expected:
        expected.write_text(shown, "utf-8")
    assert shown == expected.read_text("utf-8")
    assert printed.code == 1


@pytest.mark.parametrize("rule", folders())
def test_a_broken_site_has_one_problem_and_it_is_of_its_rule(rule: str) -> None:
    listed, _, count = (INVALID / rule / "expected.txt").read_text("utf-8").rpartition("\n\n")
    assert re.findall(r"\[([a-z-]+)\]$", listed, re.MULTILINE) == [rule] * count_of(count)


@pytest.mark.parametrize("rule", folders())
def test_every_problem_has_a_hint_below_it(rule: str) -> None:
    lines = (INVALID / rule / "expected.txt").read_text("utf-8").rpartition("\n\n")[0].split("\n")
    for position, line in enumerate(lines):
        if line.endswith("]") and not line.startswith(" "):
            assert lines[position + 1].startswith("    "), line


def count_of(line: str) -> int:
    found = re.match(r"(\d+) problem", line)
    return int(found.group(1)) if found else 0
