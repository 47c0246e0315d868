"""What a construct of Markdown is: how it is read, and what is told where it is not what it looks like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

USED = "\ue002"  # stands for a character that Markdown has read as a mark, or that is no prose
HELD = (
    "\ue000"  # stands for each character of a reference, and for one that shows a figure or table:
)
EMBEDDED = "\ue004"


@dataclass(frozen=True)
class Stray:
    """Something that would not be shown as it was meant: ``written`` at offset ``start`` of a text.

    Of those with one ``cause`` in a paragraph the first says it all; without a cause that is the ``hint``.
    """

    start: int
    written: str
    rule: str
    message: str
    hint: str
    cause: str = ""


def line_starts(text: str) -> list[int]:
    """Return the offsets at which the lines of a text begin."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


@dataclass(frozen=True)
class Draft:
    """A text as Markdown reads it. All strings are as long as ``text``, so that offsets are the author's.

    ``readable`` has its comments blanked and its references as rows of ``HELD``; ``bare`` has besides
    everything replaced by ``USED`` that is no text on the page. ``marks`` are the tokens in lines of text
    that are no text, each with its offset; ``tokens`` all blocks. ``whole`` tells the text of a page from
    that of a field.
    """

    text: str
    readable: str
    bare: str
    tokens: tuple[Token, ...]
    marks: tuple[tuple[Token, int], ...]
    whole: bool

    @cached_property
    def line_starts(self) -> list[int]:
        """Return the offsets at which lines begin."""
        return line_starts(self.text)

    def line_start(self, line: int) -> int:
        """Return the offset at which a line begins, of which the first is 0."""
        starts = self.line_starts
        return starts[line] if line < len(starts) else len(self.text)

    def line_at(self, line: int) -> tuple[int, str]:
        """Return the offset of a line, and the line without the blanks around it."""
        start = self.line_start(line)
        written = self.text[start:].partition("\n")[0]
        return start + len(written) - len(written.lstrip()), written.strip()


@dataclass(frozen=True)
class Example:
    """What may be written, and what becomes of it: the HTML ``shown``, or the ``said`` of a problem.

    ``rule`` is that of the problem, ``line`` its line in ``written``.
    """

    written: str
    shown: str = ""
    rule: str = ""
    line: int = 1
    said: str = ""


@dataclass(frozen=True)
class Construct:
    """A construct that common editors of Markdown offer.

    ``says`` is what an editor is told of it; ``read`` lets a parser read it, ``strays`` finds what is not
    read as it was meant.
    """

    name: str
    says: str
    examples: tuple[Example, ...]
    read: Callable[[MarkdownIt], None] | None = None
    strays: Callable[[Draft], Iterator[Stray]] | None = None
