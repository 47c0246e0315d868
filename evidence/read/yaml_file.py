"""YAML that remembers where every key and value stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from evidence.problems import Place, Problem

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # a build of PyYAML without libyaml: slower, same result
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

Path = tuple[str | int, ...]
# What PyYAML, and libyaml, say when lines do not stand where they should
INDENTATION = ("expected <block end>", "could not find expected ':'", "did not find expected key")
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)$")
DEEPEST = 100
MANY_DASHES = re.compile(rf"(?:[-?:] ){{{DEEPEST}}}")
MOST_DIGITS = 100  # a longer row of digits is no number, and Python refuses to read some
DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+$")


@dataclass
class Document:
    """One YAML document: its ``content`` and the places of what it holds.

    Numbers are ``int`` or ``Decimal`` with their digits as printed; dates stay text.
    """

    file: str
    text: str
    first_line: int = 1
    content: Any = None
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    ends: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path, *, of_key: bool = False) -> Place:
        """Return the place of the value at ``path``, or of the nearest part that exists."""
        while path:
            found = (self.keys.get(path) if of_key else None) or self.values.get(path)
            if found:
                return Place(self.file, found[0] + self.first_line, found[1] + 1)
            path = path[:-1]
            of_key = True
        return Place(self.file, self.first_line, 1)

    def place_of_text(self, path: Path, needle: str, occurrence: int = 0) -> Place:
        """Return where ``needle`` stands inside the text value at ``path``.

        The value may be folded over several lines, so white space matches any white space.
        """
        start, end = self.values.get(path), self.ends.get(path)
        if start is None or end is None:
            return self.place(path)
        lines = self.text.split("\n")
        offsets = _line_offsets(lines)
        first = offsets[start[0]] + start[1]
        last = offsets[end[0]] + end[1] if end[0] < len(offsets) else len(self.text)
        pattern = r"\s+".join(re.escape(part) for part in needle.split())
        found = list(re.finditer(pattern, self.text[first:last]))
        if not found:
            return self.place(path)
        offset = first + found[min(occurrence, len(found) - 1)].start()
        line = self.text.count("\n", 0, offset)
        return Place(self.file, line + self.first_line, offset - offsets[line] + 1)


def _line_offsets(lines: list[str]) -> list[int]:
    offsets, total = [], 0
    for line in lines:
        offsets.append(total)
        total += len(line) + 1
    return offsets


def read_yaml(file: str, text: str, first_line: int = 1) -> Document:
    """Read ``text`` and return a document; what is wrong is in its ``problems``."""
    document = Document(file, text, first_line)
    if _too_deep(text):
        message, hint = (
            "this YAML is nested too deeply to be read",
            "Look for stray brackets or dashes.",
        )
        document.problems.append(Problem(Place(file, first_line, 1), "yaml-syntax", message, hint))
        return document
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        document.problems.append(_syntax_problem(document, error))
        return document
    except yaml.reader.ReaderError:
        document.problems.append(_character_problem(document))
        return document
    try:
        document.content = None if node is None else _construct(document, node, ())
    except RecursionError:
        message = "an alias ('*name') stands inside what it names"
        hint = "Write the value out instead of '&name' and '*name'."
        document.problems.append(Problem(Place(file, first_line, 1), "yaml-syntax", message, hint))
    return document


def _too_deep(text: str) -> bool:
    """Tell whether nesting would exhaust the parser: nobody writes a hundred levels by hand."""
    if MANY_DASHES.search(text):
        return True
    depth = deepest = 0
    if text.count("[") + text.count("{") > DEEPEST:
        for character in text:
            depth += (character in "[{") - (character in "]}")
            deepest = max(deepest, depth)
    return deepest > DEEPEST


def _character_problem(document: Document) -> Problem:
    found = yaml.reader.Reader.NON_PRINTABLE.search(document.text)
    start = found.start() if found else 0
    line = document.text.count("\n", 0, start)
    column = start - (document.text.rfind("\n", 0, start) + 1) + 1
    place = Place(document.file, line + document.first_line, column)
    message = f"the character U+{ord(document.text[start]):04X} cannot stand in YAML"
    return Problem(place, "yaml-syntax", message, "Delete it; it may be invisible.")


def _syntax_problem(document: Document, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    if error.context_mark and "unexpected end of stream" in (error.problem or ""):
        mark = error.context_mark  # where the quote or bracket was opened
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = document.text.split("\n")
    here = lines[line] if line < len(lines) else ""
    place = Place(document.file, line + document.first_line, column + 1)
    if "\t" in here[: column + 1] or here.lstrip(" ").startswith("\t"):
        place = Place(document.file, line + document.first_line, here.index("\t") + 1)
        return Problem(
            place,
            "yaml-syntax",
            "a tab stands where YAML wants spaces",
            "Indent with two spaces; many editors can turn tabs into spaces.",
        )
    reason = (error.problem or "it cannot be read").replace("\n", " ")
    hint = "Put text that holds ': ', '#' or starts with a bracket or a quote in double quotes."
    if any(words in reason for words in INDENTATION) and not {"'", '"'} & set(here):
        hint = "Check the indentation and the ':' after the key, here and on the line before."
    shown = here.strip()[:60]
    return Problem(place, "yaml-syntax", f"this YAML cannot be read at '{shown}': {reason}", hint)


def _construct(document: Document, node: yaml.Node, path: Path) -> Any:
    document.values[path] = (node.start_mark.line, node.start_mark.column)
    document.ends[path] = (node.end_mark.line, node.end_mark.column)
    if isinstance(node, yaml.MappingNode):
        return _construct_mapping(document, node, path)
    if isinstance(node, yaml.SequenceNode):
        return [
            _construct(document, child, (*path, position))
            for position, child in enumerate(node.value)
        ]
    return _scalar(node) if isinstance(node, yaml.ScalarNode) else None


def _construct_mapping(document: Document, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(getattr(key_node, "value", ""))
        here = (*path, key)
        mark = (key_node.start_mark.line, key_node.start_mark.column)
        if key in mapping:
            first = document.place(here, of_key=True).line
            place = Place(document.file, mark[0] + document.first_line, mark[1] + 1)
            message = f"the key '{key}' stands twice; the first is in line {first}"
            hint = "Keep one of the two, or give the second another name."
            document.problems.append(Problem(place, "yaml-key-unique", message, hint))
            continue
        document.keys[here] = mark
        mapping[key] = _construct(document, value_node, here)
    return mapping


def _scalar(node: yaml.ScalarNode) -> Any:
    text = str(node.value)
    if node.style:  # quoted, literal or folded: always text
        return text
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if INTEGER.match(text) and len(text) <= MOST_DIGITS:
        return int(text)
    if DECIMAL.match(text):
        try:
            return Decimal(text)
        except InvalidOperation:  # pragma: no cover - the pattern admits only decimals
            return text
    return text
