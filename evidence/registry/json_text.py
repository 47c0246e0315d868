"""JSON read a piece at a time: the studies in it one after another, with the place of each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# Where lists of studies stand: in a page of the present interface, and in answers of the old one
LISTS = {("studies",), ("FullStudiesResponse", "FullStudies")}
WRAPPERS = {path[:depth] for path in LISTS for depth in range(1, len(path))}
ID_KEY = re.compile(r'"(?:nctId|NCTId)"\s*:')
SPACE = re.compile(r"[ \t\r\n]*")
LATE = 16  # characters from the end in which an error may mean that more text is wanted
LONG = 1 << 18
DECODER = json.JSONDecoder()


class JsonError(ValueError):
    """What is wrong with JSON, at a line and a column; ``ends`` says that the text is cut off."""

    def __init__(self, reason: str, line: int, column: int, *, ends: bool = False) -> None:
        """Keep what is wrong and where."""
        super().__init__(reason)
        self.line, self.column, self.ends = line, column, ends


@dataclass
class StudyFound:
    """One thing that stands where a study does: its place is that of its id, where it has one."""

    line: int
    column: int
    content: Any


@dataclass
class JsonText:
    """The text of a file, of which only what is not read yet is held.

    ``pages`` holds what stands beside each list of studies.
    """

    pieces: Iterator[str]
    pages: list[Mapping[str, Any]] = field(default_factory=list)
    _text: str = ""
    _at: int = 0
    _mark: int = 0  # the place in the text of which line and column are known
    _line: int = 1
    _column: int = 1
    _id: tuple[int, int] | None = None

    def studies(self) -> Iterator[StudyFound]:
        """Yield whatever stands where studies do; raise JsonError where that ends."""
        while self._next():
            self._drop()
            mark = self._text[self._at]
            if mark == "[":
                yield from self._list()
            elif mark == "{":
                yield from self._object(())
            else:
                yield self._found()

    def _list(self) -> Iterator[StudyFound]:
        self._at += 1
        if self._next() == "]":
            self._at += 1
            return
        while True:
            self._next()
            yield self._found()
            self._drop()
            if self._expect(",]") == "]":
                return

    def _object(self, path: tuple[str, ...]) -> Iterator[StudyFound]:
        """Yield the studies in the lists of an object, or the object itself when it has none."""
        line, column = self._place(self._at)
        self._id = None
        beside: dict[str, Any] = {}
        is_page = bool(path)
        self._at += 1
        if self._next() == "}":
            self._at += 1
        else:
            while True:
                if self._next() != '"':
                    raise self._error("expecting property name enclosed in double quotes", self._at)
                key = self._value()
                self._expect(":")
                here = (*path, key)
                mark = self._next()
                if mark == "[" and here in LISTS:
                    is_page = True
                    yield from self._list()
                elif mark == "{" and here in WRAPPERS:
                    is_page = True
                    yield from self._object(here)
                else:
                    beside[key] = self._value()
                if self._expect(",}") == "}":
                    break
        if is_page:
            self.pages.append(beside)
        else:
            yield StudyFound(*self._id_or(line, column), beside)

    def _found(self) -> StudyFound:
        line, column = self._place(self._at)
        self._id = None
        content = self._value()
        return StudyFound(*self._id_or(line, column), content)

    def _id_or(self, line: int, column: int) -> tuple[int, int]:
        return (line, column) if self._id is None else self._id

    # The text, as much of it as is wanted

    def _next(self) -> str:
        """Go to what is no space; return its first character, or nothing at the end."""
        while True:
            match = SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _expect(self, marks: str) -> str:
        mark = self._next()
        if not mark or mark not in marks:
            wanted = " or ".join(f"'{each}'" for each in marks)
            raise self._error(f"expecting {wanted}", self._at)
        self._at += 1
        return mark

    def _value(self) -> Any:
        """Return the value that begins here; fetch text until it ends."""
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                late = error.pos >= len(self._text) - LATE or "Unterminated" in error.msg
                if late and self._more():
                    continue
                raise self._error(error.msg.lower(), error.pos) from error
            except RecursionError as error:
                raise self._error("it is nested too deeply", self._at) from error
            except ValueError as error:  # a number of absurd length
                raise self._error("a number in it is too long", self._at) from error
            if end == len(self._text) and not isinstance(value, (dict, list, str)) and self._more():
                continue
            named = ID_KEY.search(self._text, self._at, end)
            if named and self._id is None:
                self._id = self._place(named.start())
            self._at = end
            return value

    def _more(self) -> bool:
        """Fetch as much again as is held; tell whether there was more."""
        wanted = max(len(self._text) - self._at, 1)
        pieces = []
        while wanted > 0:
            piece = next(self.pieces, None)
            if piece is None:
                break
            pieces.append(piece)
            wanted -= len(piece)
        self._text += "".join(pieces)
        return bool(pieces)

    def _drop(self) -> None:
        """Forget the text that was read, once it is long enough to be worth a copy of the rest."""
        self._line, self._column = self._place(self._at)
        self._mark = self._at
        if self._at > LONG:
            self._text = self._text[self._at :]
            self._at = self._mark = 0

    def _place(self, at: int) -> tuple[int, int]:
        ends = self._text.count("\n", self._mark, at)
        if not ends:
            return self._line, self._column + at - self._mark
        return self._line + ends, at - self._text.rindex("\n", self._mark, at)

    def _error(self, reason: str, at: int) -> JsonError:
        ends = "unterminated" in reason or not self._text[at:].strip()
        line, column = self._place(at)
        return JsonError(reason, line, column, ends=ends)


def json_text(pieces: Iterable[str]) -> JsonText:
    """Return JSON that comes in pieces."""
    return JsonText(iter(pieces))
