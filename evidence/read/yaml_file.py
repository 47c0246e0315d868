"""YAML that remembers where every key and value stands.

Most files are sound, and nobody asks where something stands in them: values are read first, and
places only when the first is asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import Any

import yaml

from evidence.problems import FindPlace, Place, Problem
from evidence.read.building import (
    Builder,
    Fault,
    FaultError,
    NextEvent,
    Path,
    Places,
    counted,
    without_control,
    written_out,
)
from evidence.read.limits import MOST_VALUES
from evidence.read.misread import misread

try:
    from yaml.cyaml import CParser as Parser  # type: ignore[attr-defined]
except ImportError:  # a build of PyYAML without libyaml: slower, same result
    from yaml import SafeLoader as Parser  # type: ignore[assignment]

__all__ = ["Document", "Path", "read_yaml"]

MOST_READ = 4096  # documents that are held as they were read
# A comment has a blank after its '#'; what goes on at once, or with a number, was meant as text
CUT = re.compile(r"[ \t]#(?=[^\s#]|[ \t]?[0-9])")
NOT_PLAIN = frozenset("\"'|>[{")
Cut = tuple[Path, int, re.Match[str]]  # where the value stands, where it begins, and what cuts it
# What PyYAML, and libyaml, say when lines do not stand where they should
INDENTATION = ("expected <block end>", "could not find expected ':'", "did not find expected key")


@dataclass
class Document:
    """One YAML document: its ``content`` and the places of what it holds.

    Numbers are ``int`` or ``Decimal`` with their digits as printed; dates stay text. A row of a
    table is a document without text; ``columns`` says in which column each part of it stands.
    """

    file: str
    text: str
    first_line: int = 1
    content: Any = None
    columns: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def holds(self, path: Path) -> bool:
        """Tell whether something stands at ``path``, which names keys of mappings."""
        content = self.content
        for part in path:
            if not isinstance(content, dict) or part not in content:
                return False
            content = content[part]
        return True

    def place(self, path: Path, *, of_key: bool = False) -> Place:
        """Return the place of the value at ``path``, or of the nearest part that exists."""
        places = self._places
        while path:
            if path in self.columns:
                return Place(self.file, self.first_line, self.columns[path])
            start = places.keys.get(path) if of_key else None
            if start is None:
                start = places.starts.get(path)
            if start is not None:
                return self.place_at(start)
            path = path[:-1]
            of_key = True
        return Place(self.file, self.first_line, 1)

    def finder(self, path: Path) -> FindPlace:
        """Return the way to the place of the value at ``path``."""
        return partial(self.place, path)

    def place_at(self, start: int) -> Place:
        """Return the place of the character ``start`` of the text, counted as editors do."""
        line = bisect_right(self._lines, start) - 1
        return Place(self.file, line + self.first_line, start - self._lines[line] + 1)

    def place_of_text(self, path: Path, needle: str, occurrence: int = 0) -> Place:
        """Return where ``needle`` stands inside the text value at ``path``.

        The value may be folded over several lines, so white space matches any white space.
        """
        start, end = self._places.starts.get(path), self._places.ends.get(path)
        if start is None or end is None:
            return self.place(path)
        pattern = r"\s+".join(re.escape(part) for part in needle.split())
        matches = list(re.finditer(pattern, self.text[start:end]))
        if not matches:
            return self.place(path)
        return self.place_at(start + matches[min(occurrence, len(matches) - 1)].start())

    @cached_property
    def cut(self) -> dict[Path, list[Cut]]:
        """Return the values without quotes that a comment cuts, by the first key of their paths.

        Looked for once: a glossary is bound term by term, and may have thousands.
        """
        found: dict[Path, list[Cut]] = {}
        if not CUT.search(self.text):
            return found
        for path, end in self._places.ends.items():
            start, match = self._places.starts[path], CUT.match(self.text, end)
            if match and self.text[start] not in NOT_PLAIN:
                found.setdefault(path[:1], []).append((path, start, match))
        return found

    @cached_property
    def _places(self) -> Places:
        """Where everything stands; of a text that cannot be read, what comes before the fault."""
        places = Places()
        try:
            Builder(_events(self.text, []), places).build()
        except (yaml.YAMLError, FaultError, UnicodeError):
            return places
        return places

    @cached_property
    def _lines(self) -> list[int]:
        """The characters where lines begin: only a line feed ends one, whatever YAML may think."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]


@lru_cache(MOST_READ)
def read_yaml(file: str, text: str, first_line: int = 1) -> Document:
    """Read ``text`` and return a document; what is wrong is in its ``problems``.

    A process that stays reads again only what was edited: nobody changes a document.
    """
    document = Document(file, text, first_line)
    faults: list[Fault] = []
    try:
        document.content = Builder(_events(text, faults), faults=faults).build()
    except FaultError as error:
        faults.append(error.fault)
    except yaml.MarkedYAMLError as error:
        document.problems.append(_syntax_problem(document, error))
        return document
    except (yaml.reader.ReaderError, UnicodeError):
        document.problems.append(_character_problem(document))
        return document
    document.problems += [_problem(document, fault) for fault in faults]
    return document


def _events(text: str, faults: list[Fault]) -> NextEvent:
    """Return the source of a text's events; what few texts need costs the others nothing."""
    next_event: NextEvent = Parser(text).get_event
    aliases = "&" in text or "*" in text
    if aliases:
        next_event = written_out(next_event).__next__
    if "\\" in text:
        next_event = without_control(next_event, faults)
    return counted(next_event) if aliases or len(text) > MOST_VALUES else next_event


def _problem(document: Document, fault: Fault) -> Problem:
    message = fault.message
    if fault.path:
        first = document.place(fault.path, of_key=True).line
        message += f"; the first is in line {first}"
        place = document.place_at(fault.start)
        return Problem(place, "yaml-key-unique", message, fault.hint)
    return Problem(document.place_at(fault.start), fault.rule, message, fault.hint)


def _character_problem(document: Document) -> Problem:
    match = yaml.reader.Reader.NON_PRINTABLE.search(document.text)
    start = match.start() if match else 0
    message = f"the character U+{ord(document.text[start]):04X} cannot stand in YAML"
    hint = "Delete it; it may be invisible."
    return Problem(document.place_at(start), "yaml-syntax", message, hint)


def _syntax_problem(document: Document, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    if error.context_mark and "unexpected end of stream" in (error.problem or ""):
        mark = error.context_mark  # where the quote or bracket was opened
    start = min(mark.index if mark else 0, len(document.text))
    opened = error.context_mark.index if error.context_mark else start
    cut = re.compile(r"[^\S\n]#(?=\S)").search(document.text, opened, start)
    if cut and document.text[opened : opened + 1] in {"[", "{"}:
        message = "what stands after ' #' is a comment, so that the bracket before it stays open"
        hint = 'Put the text in double quotes: "Table #2".'
        return Problem(document.place_at(cut.start() + 1), "yaml-syntax", message, hint)
    line_start = document.text.rfind("\n", 0, start) + 1
    here = document.text[line_start:].partition("\n")[0]
    if "\t" in here[: start - line_start + 1] or here.lstrip(" ").startswith("\t"):
        return Problem(
            document.place_at(line_start + here.index("\t")),
            "yaml-syntax",
            "a tab stands where YAML wants spaces",
            "Indent with two spaces; many editors can turn tabs into spaces.",
        )
    said = misread([*document.text[:line_start].splitlines(), here])
    if said is not None:
        above, message, hint = said
        for _ in range(above):
            start = line_start = document.text.rfind("\n", 0, line_start - 1) + 1
        return Problem(document.place_at(start), "yaml-syntax", message, hint)
    reason = (error.problem or "it cannot be read").replace("\n", " ")
    hint = "Put text that holds ': ', '#' or starts with a bracket or a quote in double quotes."
    if any(words in reason for words in INDENTATION) and not {"'", '"'} & set(here):
        hint = "Check the indentation and the ':' after the key, here and on the line before."
    message = f"this YAML cannot be read at '{here.strip()[:60]}': {reason}"
    return Problem(document.place_at(start), "yaml-syntax", message, hint)
