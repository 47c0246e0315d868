"""Problems as programs read them: annotations of GitHub, and JSON."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path, PurePath

import pytest

from evidence.commands.reporting import as_annotations
from evidence.problems import Place, Problem
from tests.projects import build_here, python, write

BROKEN = "---\ntitle: About\nkind: plain\n---\nOf all, 12% improved: a, b.\n"
# A workflow command as the runner reads it: values end at a comma, and the message at the line's end
COMMAND = re.compile(r"::error ([^:]*)::(.*)")


def read(command: str) -> tuple[dict[str, str], str]:
    """Return the values and the message of a workflow command, as a runner of GitHub reads them."""
    found = COMMAND.fullmatch(command)
    assert found
    values = dict(part.split("=", 1) for part in found[1].split(","))
    return {key: plain(value) for key, value in values.items()}, plain(found[2])


def plain(written: str) -> str:
    for escape, sign in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        written = written.replace(escape, sign)
    return written


@pytest.mark.parametrize("verb", ["check", "build"])
def test_annotations_name_the_place_and_the_rule(verb: str, minimal: Path) -> None:
    write(minimal, {"content/about.md": BROKEN})
    printed = build_here(minimal, verb, "--format", "github")
    assert printed.code == 1
    assert printed.problems == ""
    values, message = read(printed.out.strip())
    assert values == {
        "file": f"{minimal.as_posix()}/content/about.md", "line": "5", "col": "9", "title": "number-bound",
    }  # fmt: skip
    assert message.startswith("the number '12%' is not bound to a finding\nName its finding as ")


def test_a_file_is_named_from_where_one_stands(minimal: Path) -> None:
    write(minimal, {"content/about.md": BROKEN})
    build = Path(__file__).parents[2] / "build.py"
    asked = [str(build), "check", "--format", "github", "--today", "2026-11-29", "--no-cache"]
    here = python(*asked, cwd=minimal)
    assert read(here.stdout.strip())[0]["file"] == "content/about.md"
    above = python(*asked, "--root", minimal.name, cwd=minimal.parent)
    assert read(above.stdout.strip())[0]["file"] == f"{minimal.name}/content/about.md"


def test_every_sign_of_a_command_is_escaped() -> None:
    words = "100%: a, b::error file=x::y\r\nz %0A"
    problem = Problem(Place("content/a,b:c%.md", 3, 4), "a-rule", words, words)
    (command,) = as_annotations([problem], PurePath())
    assert "\n" not in command
    assert "\r" not in command
    values, message = read(command)
    assert values == {"file": "content/a,b:c%.md", "line": "3", "col": "4", "title": "a-rule"}
    assert message == f"{words}\n{words}"


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    (command,) = as_annotations(
        [Problem(Place("data/site.yaml"), "site-complete", "missing")], PurePath()
    )
    assert command == "::error file=data/site.yaml,title=site-complete::missing"


@pytest.mark.parametrize("verb", ["check", "build"])
def test_json_holds_every_problem_with_its_parts(verb: str, minimal: Path) -> None:
    write(minimal, {"content/about.md": BROKEN, "data/synonyms.yaml": "synonims: {}\n"})
    printed = build_here(minimal, verb, "--format", "json")
    assert (printed.code, printed.problems) == (1, "")
    told = json.loads(printed.out)
    assert told.keys() == {"problems", "summary"}
    assert [problem["rule"] for problem in told["problems"]] == ["number-bound", "key-known"]
    assert told["problems"][0] == {
        "file": "content/about.md", "line": 5, "column": 9, "rule": "number-bound",
        "message": "the number '12%' is not bound to a finding",
        "hint": "Name its finding as [[study/finding]]; if it carries no evidence, write [[=12%]].",
    }  # fmt: skip


@pytest.mark.parametrize("verb", ["check", "build"])
def test_json_without_a_problem_is_one_value_too(verb: str, minimal: Path) -> None:
    printed = build_here(minimal, verb, "--format", "json")
    assert (printed.code, printed.problems) == (0, "")
    told = json.loads(printed.out)
    assert told["problems"] == []
    assert told["summary"].startswith("8 pages from 1 sources, 1 studies, 1 findings")


def test_github_without_a_problem_prints_what_people_read(minimal: Path) -> None:
    assert (
        build_here(minimal, "check", "--format", "github").out == build_here(minimal, "check").out
    )


def test_text_is_what_is_printed_without_a_format(minimal: Path) -> None:
    write(minimal, {"content/about.md": BROKEN})
    printed = build_here(minimal, "check")
    assert build_here(minimal, "check", "--format", "text") == printed
    assert printed.out == ""
    assert printed.problems.startswith(f"content{os.sep}about.md:5:9: ".replace(os.sep, "/"))
