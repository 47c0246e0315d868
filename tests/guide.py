"""The recipes of docs/editing.md and docs/figures.md as steps that can be carried out on a copy of a site.

What a step does follows from the words above its block, which readers follow too:

- "`data/sources/smith-2020.yaml`:", a new file;
- "At the end of `data/glossary.yaml`:", lines that a file gets;
- "Above the text of `content/methods.md`:", lines of the front matter;
- "In `content/methods.md`:" and a block of the kind ``diff``, lines that change;
- a block of the kind ``sh``, commands; and "It says:", lines that the last of them prints;
- "The page `methods.html` then says:", text that readers see.

A remark ``<!-- after: Add a source -->`` names the recipe that comes before, ``<!-- on: gallery -->`` another site than
``practice``.
"""

from __future__ import annotations

import contextlib
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from evidence.model.page import FrontMatter
from tests.projects import (
    KEPT,
    ROOT,
    SITES,
    Printed,
    build_here,
    build_in_memory,
    make_project,
    type_here,
)

GUIDE = ("docs/editing.md", "docs/figures.md")
FENCE = re.compile(r"(?ms)^```(\w*)\n(.*?)^```$")
PLACE = re.compile(r"(?:(At the end of|Above the text of|[Ii]n) )?`([^`\n]+)`:$")
PAGE = re.compile(r"The page `([^`\n]+\.html)` (?:then )?says:$")
BUILDING = {"build", "check"}  # verbs that take a day


@dataclass(frozen=True)
class Step:
    """One step: what is done ``how``, to ``file`` where there is one, with the ``text`` of its block ``at`` a line."""

    how: str
    file: str
    text: str
    at: str


@dataclass(frozen=True)
class Recipe:
    """A section of the guide with its steps; ``before`` names the recipe that has to be carried out first."""

    name: str
    steps: tuple[Step, ...]
    site: str
    before: str


def recipes() -> dict[str, Recipe]:
    """Return every section of the guide that has a step, by its heading."""
    found = {}
    for document in GUIDE:
        text = (ROOT / document).read_text("utf-8")
        for name, start, end in sections(text):
            body, first = text[start:end], text.count("\n", 0, start) + 1
            steps = tuple(_steps(body, document, first))
            if steps:
                site = _said(body, "on") or "practice"
                found[name] = Recipe(name, steps, site, _said(body, "after"))
    return found


def sections(text: str) -> list[tuple[str, int, int]]:
    """Return the heading of each section with where it begins and ends; what stands in a block is no heading."""
    outside = FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence[0]), text)
    found = re.finditer(r"(?ms)^## (.+?)\n.*?(?=^## |\Z)", outside)
    return [(section[1], section.end(1) + 1, section.end()) for section in found]


def _said(body: str, what: str) -> str:
    remark = re.search(rf"<!-- {what}: (.+?) -->", body)
    return remark[1] if remark else ""


def _steps(body: str, document: str, first: int) -> Iterator[Step]:
    for fence in FENCE.finditer(body):
        kind, text = fence.groups()
        lead = body[: fence.start()].rstrip().rpartition("\n\n")[2].replace("\n", " ")
        at = f"{document}:{first + body.count(chr(10), 0, fence.start())}"
        page, place = PAGE.search(lead), PLACE.search(lead)
        if kind == "sh":
            yield Step("type", "", text, at)
        elif page:
            yield Step("read", page[1], text, at)
        elif lead.endswith("It says:"):
            yield Step("told", "", text, at)
        elif place and kind == "diff":
            yield Step("change", place[2], text, at)
        elif place:
            how = {"": "write", "At the end of": "add", "Above the text of": "head"}[place[1] or ""]
            yield Step(how, place[2], text, at)
        else:
            message = f"{at}: nobody can tell what is done with this block"
            raise ValueError(message)


def carried_out(recipe: Recipe, root: Path) -> None:
    """Carry a recipe out on a new copy of its site in ``root``, with those that come before it."""
    make_project(root, SITES / recipe.site)
    (root / "docs" / "schemas").mkdir(parents=True)
    (root / ".cache").symlink_to(KEPT)
    before, known = [recipe], recipes()
    while before[0].before:
        before.insert(0, known[before[0].before])
    for each in before:
        _carry_out(each, root)
        printed = typed(root, "check")
        assert printed.code == 0, f"after '{each.name}': {printed.problems}"


def _carry_out(recipe: Recipe, root: Path) -> None:
    printed: list[Printed] = []
    for number, step in enumerate(recipe.steps):
        where = step.at
        if step.how == "type":
            told = recipe.steps[number + 1] if number + 1 < len(recipe.steps) else step
            printed = list(_type(step, root, where, told.text if told.how == "told" else ""))
        elif step.how == "told":
            said = _plain(f"{printed[-1].out} {printed[-1].problems}")
            missing = [line for line in step.text.splitlines() if _plain(line) not in said]
            assert not missing, f"{where}: {missing} is not in {said}"
        elif step.how == "read":
            shown = _visible(root, step.file)
            assert _plain(step.text) in shown, f"{where}: not on {step.file}: {shown}"
        else:
            _edit(step, root / step.file, where)


def _type(step: Step, root: Path, where: str, told: str) -> Iterator[Printed]:
    """Type each line of a block; the last may be refused where the text below it tells of a rule."""
    lines = [line for line in step.text.replace("\\\n", " ").splitlines() if line.strip()]
    for line in lines:
        words = shlex.split(line, comments=True)
        assert words[:2] == ["python", "build.py"], f"{where}: {line}"
        printed = typed(root, *words[2:])
        refused = line == lines[-1] and re.search(r"\[[a-z]+-[a-z-]+\]", told)
        assert printed.code == (1 if refused else 0), f"{where}: {line}: {printed}"
        yield printed


def typed(root: Path, *words: str) -> Printed:
    """Type a command of the guide in the folder of the project at ``root``."""
    with contextlib.chdir(root):
        return (build_here if words[0] in BUILDING else type_here)(root, *words)


def _edit(step: Step, path: Path, where: str) -> None:
    if step.how == "write":
        assert not path.exists(), f"{where}: {step.file} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text, "utf-8")
        return
    before = path.read_text("utf-8")
    if step.how == "add":
        apart = "\n\n" if path.suffix == ".md" else "\n"
        after = f"{before.rstrip()}{apart}{step.text}"
    elif step.how == "head":
        head, fence, rest = before.partition("\n---\n")
        assert fence, f"{where}: {step.file} has no front matter"
        assert not {*re.findall(r"(?m)^[a-z-]+(?=:)", step.text)} - {
            field.alias or name for name, field in FrontMatter.model_fields.items()
        }
        after = f"{head}\n{step.text}---\n{rest}"
    else:
        old, new = _sides(step.text)
        assert before.count(old) == 1, f"{where}: {before.count(old)} times in {step.file}: {old}"
        after = before.replace(old, new)
    path.write_text(after, "utf-8")


def _sides(text: str) -> tuple[str, str]:
    """Return what a block of changes takes away, and what it puts there, with the lines that stay."""
    lines = text.splitlines(keepends=True)
    return (
        "".join(line[1:] for line in lines if not line.startswith("+")),
        "".join(line[1:] for line in lines if not line.startswith("-")),
    )


def _visible(root: Path, page: str) -> str:
    """Return what a reader sees of a page, in one line."""
    document = html.fromstring(build_in_memory(root).site.files[page].decode())
    for unread in document.xpath("//script | //style | //template"):
        unread.drop_tree()
    return _plain(document.text_content())


def _plain(text: str) -> str:
    return " ".join(text.split())
