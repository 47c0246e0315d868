"""Documentation made from the code: the rules, what editors are given, and recipes for hosts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from evidence import editors
from evidence.files.hosts import RECIPES
from evidence.model.json_schema import Schema
from evidence.prose.construct import Stray
from evidence.prose.constructs import CONSTRUCTS
from evidence.prose.drafting import drafted, strays
from evidence.rules import RULES


def documents(verb: str, root: Path) -> dict[str, str]:
    """Return the documents that a verb of the command line writes, by their paths below ``root``."""
    if verb == "rules":
        return {"docs/rules.md": rules(), "docs/markdown.md": constructs()}
    if verb == "schemas":
        schemas = editors.schemas(root)
        written = {f"{editors.FOLDER}/{name}": schema for name, schema in schemas.items()}
        return {**written, "docs/keys.md": keys(schemas), editors.NAMES: editors.names(root)}
    return {"docs/hosting.md": hosting((root / "docs/hosting.md").read_text("utf-8"))}


def rules() -> str:
    """Return docs/rules.md: every rule with the sentence that says what holds."""
    lines = [
        "# The rules",
        "",
        "Every problem that the build prints names one of these rules. Each has the smallest site",
        "that breaks it in `tests/sites/invalid/`. This page is made by `python build.py rules`.",
        "",
        "| Rule | What holds |",
        "| --- | --- |",
    ]
    lines += [f"| `{name}` | {sentence} |" for name, sentence in RULES.items()]
    return "\n".join(lines) + "\n"


def constructs() -> str:
    """Return docs/markdown.md: every construct of Markdown with examples, and what comes of each."""
    lines = [
        "# What Markdown is known",
        "",
        "The text of a page, and every field of prose, is Markdown as GitHub reads it, with what is listed",
        "here. Whatever else other programs know is a problem with its line and what to write instead: nothing",
        "is printed as raw marks, and nothing vanishes. This page is made by `python build.py rules`, and each",
        "example in it is a test.",
    ]
    for construct in CONSTRUCTS:
        lines += ["", f"## {construct.name}", "", construct.says]
        lines += [
            "",
            *_indented(example.written for example in construct.examples if not example.rule),
        ]
        for example in construct.examples:
            if example.rule:
                said = next(strays(drafted(example.written, whole=True)))
                lines += [
                    "",
                    *_indented([example.written]),
                    "",
                    f"`{said.rule}`: {_sentence(said)}",
                ]
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _indented(written: Iterable[str]) -> list[str]:
    """Return texts as lines of code in Markdown, with a line between them."""
    lines = "\n- - -\n".join(written).replace("\xa0", " ").split("\n")
    return [f"    {line}".rstrip() for line in lines]


def _sentence(stray: Stray) -> str:
    """Return what is said of a mark, as words and not as what the marks in it mean."""
    return SIGNS.sub(r"\\\g<0>", f"{stray.message}. {stray.hint}")


SIGNS = re.compile(r"[\\`*_\[\]()<>$|~^#?]")


def keys(schemas: dict[str, str]) -> str:
    """Return docs/keys.md: every key of every kind of file, and every word of a closed list."""
    lines = [
        "# Keys and words",
        "",
        "What can be written in each kind of file, and the closed lists of words. Editors show the same from",
        "[schemas](schemas). This page is made by `python build.py schemas`. A key in bold is needed.",
    ]
    lists = json.loads(schemas[editors.LISTS])["$defs"]
    for kind in editors.FILE_KINDS:
        schema = json.loads(schemas[kind.schema])
        lines += ["", f"## {kind.title}", "", f"Files: `{kind.files}`"]
        parts = {"": schema["additionalProperties"] if kind.many else schema}
        for name, part in {**parts, **schema.get("$defs", {})}.items():
            lines += ["", *([f"### {kind.title}: {name}", ""] if name else [])]
            lines += [*_key_table(part), *_meanings(part)]
    lines += ["", "## Closed lists"]
    for name, closed in lists.items():
        meanings = zip(
            closed.get("enum", ()), closed.get("markdownEnumDescriptions", ()), strict=True
        )
        rows = [f"| `{word}` | {_cell(said)} |" for word, said in meanings if isinstance(word, str)]
        if rows:
            lines += ["", f"### {name}", "", "| word | what it means |", "| --- | --- |", *rows]
    return "\n".join(lines) + "\n"


def _key_table(schema: Schema) -> list[str]:
    lines = ["| key | what to write | for example |", "| --- | --- | --- |"]
    needed = schema.get("required", [])
    for key, asked in schema["properties"].items():
        name = f"**`{key}`**" if key in needed else f"`{key}`"
        words = asked.get("enum", ())
        said = _cell(asked["description"])
        if words and "markdownEnumDescriptions" in asked:
            said += " Its words stand below."
        elif words:
            said += f" One of: {', '.join(f'`{word}`' for word in words)}."
        closed = asked.get("$ref") or asked.get("items", {}).get("$ref", "")
        if closed.startswith(editors.LISTS):
            example = f"see [{closed.rpartition('/')[2]}](#{closed.rpartition('/')[2]})"
        else:
            shown = json.dumps(asked["examples"][0], ensure_ascii=False)
            example = f"`{_cell(shown)}`"
        lines.append(f"| {name} | {said} | {example} |")
    return lines


def _meanings(schema: Schema) -> list[str]:
    """Return a list for each key whose words have meanings."""
    lines = []
    for key, asked in schema["properties"].items():
        if "markdownEnumDescriptions" in asked:
            meant = zip(asked["enum"], asked["markdownEnumDescriptions"], strict=True)
            lines += [
                "",
                f"Words of `{key}`:",
                "",
                *(f"- `{word}`: {said}" for word, said in meant),
            ]
    return lines


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


MADE = re.compile(r"(?ms)^(<!-- made: ([a-z-]+) -->\n```\w*\n).*?^(```)$")


def hosting(text: str) -> str:
    """Return docs/hosting.md with each recipe that it names as the program makes it today."""
    return MADE.sub(lambda found: f"{found[1]}{RECIPES[found[2]]()}{found[3]}", text)
