"""What stands beside the schemas for editors and for GitHub: snippets, tasks, spelling, hooks, forms."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from evidence.editors import FILE_KINDS
from evidence.figures import KINDS
from evidence.model.file_kinds import schema_of_kind
from evidence.numbers.quantity import FORMS
from evidence.problems import Place, Problem
from evidence.read.front_matter import FENCE
from evidence.read.yaml_file import read_yaml
from tests.projects import ROOT

SNIPPETS = json.loads((ROOT / ".vscode/evidence.code-snippets").read_text("utf-8"))
CHOICE = re.compile(r"\$\{\d+\|((?:\\.|[^|\\])*)\|\}")
PLACE = re.compile(r"\$\{\d+:((?:\$[A-Z_]+|[^{}])*)\}|\$\d+")
SCHEMAS = {kind.schema.removesuffix(".json"): schema_of_kind(kind) for kind in FILE_KINDS}


def expanded(name: str) -> str:
    """Return the text of a snippet as it stands when nothing was filled in, the first of each choice taken."""
    text = "\n".join(SNIPPETS[name]["body"])
    text = CHOICE.sub(lambda found: re.split(r"(?<!\\),", found[1])[0], text)
    text = PLACE.sub(lambda found: found[1] or "", text)
    for variable, value in {"YEAR": "2026", "MONTH": "11", "DATE": "29"}.items():
        text = text.replace(f"$CURRENT_{variable}", value)
    return text


def unbound(schema: Any) -> Any:
    """Return a schema without the closed lists of a site, of which a snippet knows no word."""
    return json.loads(
        re.sub(r'"\$ref": "words\.json[^"]*"', '"type": "string"', json.dumps(schema))
    )


def part(schema: str, name: str) -> Any:
    whole = unbound(SCHEMAS[schema])
    return {**whole["$defs"][name], "$defs": whole["$defs"]}


WHOLE = {
    "A study": "study",
    "A source": "source",
    "A figure": "figure",
    "A figure of a table": "figure",
    "A trial": "trial",
}
PARTS = {
    "A finding": ("study", "Finding"), "A finding with a value": ("study", "Finding"),
    "A finding of two arms": ("study", "Finding"), "A claim": ("claims", "Claim"),
}  # fmt: skip
IN_PAGES = {"A page", "A number", "A citation", "A figure in a page", "A table with a caption"}


@pytest.mark.parametrize("name", [name for name, one in SNIPPETS.items() if one["scope"] == "yaml"])
def test_what_a_snippet_writes_follows_its_schema(name: str) -> None:
    document = read_yaml("data/x.yaml", expanded(name) + "\n")
    assert document.problems == []
    if name in WHOLE:
        content, schema = document.content, unbound(SCHEMAS[WHOLE[name]])
    elif name in PARTS:
        (content,) = document.content.values()
        schema = part(*PARTS[name])
    else:
        assert name == "A query of a search"
        (content,) = document.content
        schema = part("search", "Query")
    assert [error.message for error in Draft202012Validator(schema).iter_errors(content)] == []


def test_every_choice_of_a_snippet_is_a_word_that_is_known() -> None:
    for name, snippet in SNIPPETS.items():
        text = "\n".join(snippet["body"])
        keyed = re.findall(r"([a-z-]+): \$\{\d+\|([^|]*)\|\}", text)
        known = json.dumps({**SCHEMAS, "kinds": list(KINDS)})
        for key, words in keyed:
            if (name, key) == ("A source", "type"):
                continue  # CSL has more words than we list
            listed = words.split(",")
            assert [word for word in listed if f'"{word}"' not in known] == [], (name, key)
    kinds = [SNIPPETS[name]["body"][0] for name in ("A figure", "A figure of a table")]
    listed = [word for line in kinds for word in CHOICE.findall(line)[0].split(",")]
    assert set(listed) <= KINDS.keys()
    forms = CHOICE.findall(SNIPPETS["A number"]["body"][0])[0].replace("\\|", "").split(",")
    assert set(forms) <= {*FORMS, ""}


def test_the_snippets_of_pages_are_front_matter_and_markdown() -> None:
    assert {name for name, one in SNIPPETS.items() if one["scope"] == "markdown"} == IN_PAGES
    front = read_yaml("content/x.md", FENCE.split(expanded("A page"))[1])
    assert list(Draft202012Validator(unbound(SCHEMAS["page"])).iter_errors(front.content)) == []
    assert expanded("A number") == "[[study/finding]]"
    assert expanded("A citation") == "[@source-name, Table 2]"
    assert expanded("A table with a caption").endswith("\n\nTable: The caption {#name}")


def tasks() -> dict[str, Any]:
    listed = json.loads((ROOT / ".vscode/tasks.json").read_text("utf-8"))["tasks"]
    return {task["label"]: task for task in listed}


@pytest.mark.parametrize(
    "place",
    [Place("content/a b.md", 24, 31), Place("data/site.yaml"), Place("data/tables/x.csv", 1, 1)],
)
def test_the_list_of_problems_is_read_from_what_the_build_prints(place: Place) -> None:
    pattern = tasks()["Check what is written"]["problemMatcher"]["pattern"]
    problem = Problem(
        place, "number-bound", "the number '12%' [of 3]: not bound", "A hint: with a colon"
    )
    first, hint = str(problem).splitlines()
    found = re.fullmatch(pattern["regexp"], first)
    assert found is not None
    named = {part: found[group] for part, group in pattern.items() if isinstance(group, int)}
    assert named["file"] == place.file
    assert (named["line"], named["column"]) == (
        (str(place.line), str(place.column)) if place.line else (None, None)
    )
    assert (named["message"], named["code"]) == (problem.message, "number-bound")
    assert re.fullmatch(pattern["regexp"], hint) is None


def test_tasks_run_verbs_that_exist() -> None:
    for task in tasks().values():
        ran = subprocess.run(
            [sys.executable, *task["args"], "--help"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, task["label"]


def test_the_words_of_the_field_are_sorted_and_stand_in_some_text() -> None:
    settings = json.loads((ROOT / "cspell.json").read_text("utf-8"))
    (dictionary,) = settings["dictionaryDefinitions"]
    _, *words = (ROOT / dictionary["path"]).read_text("utf-8").splitlines()
    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
    texts = [path.read_text("utf-8-sig") for folder in ("content", "data", "docs") for path in (ROOT / folder).rglob("*.*")
             if path.suffix in {".md", ".yaml"}]  # fmt: skip
    text = "\n".join([*texts, *(path.read_text("utf-8") for path in ROOT.glob("*.md"))]).casefold()
    assert [word for word in words if word.casefold() not in text] == []


def hooks() -> list[dict[str, Any]]:
    configured = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repository["repo"] for repository in configured["repos"]] == ["local"]  # no network
    return [hook for repository in configured["repos"] for hook in repository["hooks"]]


def test_hooks_hold_every_folder_of_records_to_its_schema() -> None:
    held = {}
    for hook in hooks():
        words = shlex.split(hook["entry"])
        assert hook["language"] == "system"
        if "--schemafile" in words:
            held[words[words.index("--schemafile") + 1]] = hook["files"]
    wanted = {
        f"docs/schemas/{kind.schema}": kind.files
        for kind in FILE_KINDS
        if kind.files.endswith("/*.yaml")
    }
    assert held.keys() == wanted.keys()
    for schema, files in wanted.items():
        assert re.match(held[schema], files.replace("*", "x"))


def test_the_container_installs_what_the_makefile_and_the_tests_ask_for() -> None:
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text("utf-8"))
    extensions = json.loads((ROOT / ".vscode/extensions.json").read_text("utf-8"))[
        "recommendations"
    ]
    assert container["customizations"]["vscode"]["extensions"] == extensions
    installed = (ROOT / ".devcontainer/Dockerfile").read_text("utf-8")
    packages = re.findall(r"missing\+=\(([^)$]+)\)", (ROOT / ".ci/run").read_text("utf-8"))
    needed = {
        word for words in packages for word in words.split() if not word.startswith("python3")
    }
    assert {package for package in needed if package not in installed} == set()
    assert "make site" in container["postCreateCommand"]


def judged(kind: str, *files: Path) -> str:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        f"vendor.{kind}",
        *map(str, files),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


def test_github_reads_the_forms_and_workflows() -> None:
    folder = ROOT / ".github"
    forms = sorted(
        set(folder.glob("ISSUE_TEMPLATE/*.yml")) - {folder / "ISSUE_TEMPLATE/config.yml"}
    )
    assert [form.stem for form in forms] == ["missing-study", "question", "wrong-number"]
    assert judged("github-issue-forms", *forms) == ""
    assert judged("github-issue-config", folder / "ISSUE_TEMPLATE/config.yml") == ""
    assert judged("github-workflows", *sorted(folder.glob("workflows/*.yml"))) == ""
    assert judged("dependabot", folder / "dependabot.yml") == ""


def test_a_form_can_be_filled_in_by_an_address_of_the_site() -> None:
    """`report:` in data/site.yaml fills in a form by the ids of its fields."""
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/wrong-number.yml").read_text("utf-8"))
    ids = {field.get("id") for field in form["body"]}
    assert {"page", "number", "finding"} <= ids
    guide = (ROOT / "docs/editing.md").read_text("utf-8")
    assert "template=wrong-number.yml&page=(page)&number=(number)&finding=(finding)" in guide
