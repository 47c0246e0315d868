"""Documentation made from the code: the rules, what editors are given, and recipes for hosts."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evidence import editors
from evidence.files.hosts import RECIPES
from evidence.model.base import PROSE_SCHEMA
from evidence.model.file_kinds import FOLDER, LISTS
from evidence.model.json_schema import Schema
from evidence.prose.construct import Stray
from evidence.prose.constructs import CONSTRUCTS
from evidence.prose.drafting import drafted, strays
from evidence.rules import RULES, WHY


def documents(verb: str, root: Path) -> dict[str, str]:
    """Return the documents that a verb of the command line writes, by their paths below ``root``."""
    if verb == "rules":
        return {"docs/rules.md": rules(), "docs/markdown.md": constructs()}
    if verb == "schemas":
        schemas = editors.schemas(root)
        written = {f"{FOLDER}/{name}": schema for name, schema in schemas.items()}
        told = {"docs/keys.md": keys(schemas), "docs/words.md": closed_words(schemas)}
        return {**written, **told, editors.NAMES: editors.names(root)}
    return {"docs/hosting.md": hosting((root / "docs/hosting.md").read_text("utf-8"))}


SITES = Path(__file__).parents[1] / "tests" / "sites"  # the smallest sites that break a rule
PROBLEM = re.compile(
    r"(?m)^(?P<file>\S+?)(?::(?P<line>\d+):\d+)?: (?P<message>.*) \[[a-z-]+\]\n {4}(?P<hint>.*)$"
)
LONGEST = 110  # letters of a line that is quoted
MOST_LINES = 4  # that are quoted


@dataclass(frozen=True)
class BrokenExample:
    """The smallest thing that breaks a rule: its place, the lines that stand there, and the answer to it.

    There are no ``lines`` where the problem is one of a whole file.
    """

    place: str
    lines: tuple[str, ...]
    message: str
    hint: str


def example(rule: str) -> BrokenExample | None:
    """Return what breaks a rule, or None where the tests do not lie beside the program."""
    folder = SITES / "invalid" / rule
    try:
        told = PROBLEM.search((folder / "expected.txt").read_text("utf-8"))
    except OSError:
        return None
    if told is None:
        return None
    lines = _lines((folder, SITES / "minimal"), told["file"], int(told["line"] or 0))
    place = f"{told['file']}, line {told['line']}" if told["line"] else told["file"]
    return BrokenExample(place, lines, told["message"], told["hint"])


def _lines(folders: tuple[Path, ...], name: str, number: int) -> tuple[str, ...]:
    """Return a line of a file of the first folder that has it; of YAML with those that belong to it."""
    for folder in folders:
        if number and (folder / name).is_file():
            following = (folder / name).read_text("utf-8", "replace").splitlines()[number - 1 :]
            indent = following[0][: len(following[0]) - len(following[0].lstrip())]
            most = MOST_LINES if name.endswith(".yaml") and indent else 1
            same = itertools.takewhile(partial(_begins, indent), following[:most])
            return tuple(_short(line.removeprefix(indent)) for line in same)
    return ()


def _begins(indent: str, line: str) -> bool:
    return line.startswith(indent)


def _short(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} …"


def rules() -> str:
    """Return docs/rules.md: every rule with what holds, why, what breaks it, and how to mend that."""
    lines = [
        "# The rules",
        "",
        "Every problem that the build prints names one of these rules. Each has the smallest site",
        "that breaks it in `tests/sites/invalid/`. This page is made by `python build.py rules`; `python",
        "build.py explain RULE` prints what stands here on one rule.",
        "",
        "| Rule | What holds |",
        "| --- | --- |",
    ]
    lines += [f"| `{name}` | {sentence} |" for name, sentence in RULES.items()]
    lines += [line for name in RULES for line in _section(name)]
    return "\n".join(lines) + "\n"


def _section(rule: str) -> list[str]:
    lines = ["", f"## `{rule}`", "", f"{RULES[rule]} {WHY[rule]}"]
    broken = example(rule)
    if broken is None:
        return lines
    quoted = ["", *(f"    {line}" for line in broken.lines)] if broken.lines else []
    answer = f"{_quoted(broken.message)} To mend it: {_quoted(broken.hint)}"
    return [*lines, "", f"`{broken.place}`:", *quoted, "", answer]


def _quoted(sentence: str) -> str:
    """Return what the program says, as code of Markdown: its signs mean nothing there."""
    fence = "``" if "`" in sentence else "`"
    return f"{fence}{sentence}{fence}"


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
    """Return docs/keys.md: every key of every kind of file."""
    lines = [
        "# Keys",
        "",
        "What can be written in each kind of file. Editors show the same from [schemas](schemas). The words that some",
        "keys take stand in [Closed lists](words.md). This page is made by `python build.py schemas`. A key in bold is needed.",
        "Where a key says Markdown, [what Markdown is known](markdown.md) is read, and references to results. All other texts are",
        "printed as they stand: in words of ours marks of Markdown and HTML are a problem.",
    ]
    for kind in editors.FILE_KINDS:
        schema = json.loads(schemas[kind.schema])
        lines += ["", f"## {kind.title}", "", f"Files: `{kind.files}`"]
        parts = {"": schema["additionalProperties"] if kind.many else schema}
        for name, part in {**parts, **schema.get("$defs", {})}.items():
            lines += ["", *([f"### {kind.title}: {name}", ""] if name else [])]
            lines += [*_key_table(part), *_meanings(part)]
    return "\n".join(lines) + "\n"


def closed_words(schemas: dict[str, str]) -> str:
    """Return docs/words.md: every word of every closed list, with what it means."""
    lines = [
        "# Closed lists",
        "",
        "The words that the keys of some files take ([Keys](keys.md)), and what each means. Most are those of",
        "`data/vocabularies.yaml`, in which you may add to them. This page is made by `python build.py schemas`.",
    ]
    for name, closed in json.loads(schemas[LISTS])["$defs"].items():
        meanings = zip(
            closed.get("enum", ()), closed.get("markdownEnumDescriptions", ()), strict=True
        )
        rows = [f"| `{word}` | {_cell(said)} |" for word, said in meanings if isinstance(word, str)]
        if rows:
            lines += ["", f"## {name}", "", "| word | what it means |", "| --- | --- |", *rows]
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
        if asked.get("contentMediaType") == PROSE_SCHEMA["contentMediaType"]:
            said += " Markdown."
        closed = asked.get("$ref") or asked.get("items", {}).get("$ref", "")
        if closed.startswith(LISTS):
            example = f"see [{closed.rpartition('/')[2]}](words.md#{closed.rpartition('/')[2]})"
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
