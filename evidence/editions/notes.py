"""What stands behind a number, as a note on paper: at the foot of the page, or below its table.

Importing this loads lxml.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from evidence.editions.elements import filled, leave_out, made, unwrap

SOURCE, READ, WHEN = "Source", "Read", "When"
SEEN_IN_TABLES = {WHEN}  # what a table of outcomes says of a number in a column of its own
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Note:
    """A note of a finished page in parts, each an element: ``value`` and ``what`` say which number it is.

    ``facts`` are names with what is said, the ``source`` among them apart; ``marks`` warn of something.
    """

    value: Any
    what: Any
    facts: tuple[tuple[str, Any], ...]
    source: Any
    marks: tuple[Any, ...]

    @classmethod
    def of(cls, item: Any) -> Note:
        """Return the note that stands in an item of the list at the end of a page."""
        named = zip(item.iter("dt"), item.iter("dd"), strict=True)
        facts = {"".join(name.itertext()): said for name, said in named}
        source = facts.pop(SOURCE)
        facts.pop(READ, None)  # the references say it, once for each source
        for link in source.findall("a")[1:]:  # to the paper itself: the references have its address
            leave_out(link)
        value, what = item.findall("./p")[:2]
        for link in what.findall("a"):
            unwrap(link)
        return cls(value, what, tuple(facts.items()), source, tuple(item.iterdescendants("li")))

    def for_foot(self) -> Iterator[Any]:
        """Yield the parts of a footnote: the number as it is reported, what it is, where it stands."""
        yield filled(made("b"), _one_line(_said(self.value)))
        yield from (", ", *_said(self.what))
        for name, said in self.facts:
            yield from (f"; {name.lower()}: ", *_said(said))
        yield from (". ", *self._ending())

    def for_table(self, *, compared: bool) -> Iterator[Any]:
        """Yield the parts of a note below a table, which shows the number and what it is.

        A table in which results are ``compared`` has a column that says when, too.
        """
        for name, said in self.facts:
            if not (compared and name in SEEN_IN_TABLES):
                yield from (f"{name}: ", *_said(said), ". ")
        yield from self._ending()

    def _ending(self) -> Iterator[Any]:
        yield from (*_said(self.source), ".")
        for mark in self.marks:
            yield from (" ", *_said(mark))


def letter(number: int) -> str:
    """Return the letter of the note of this number below a table: a to z, then aa to zz."""
    before, place = divmod(number, len(LETTERS))
    return f"{letter(before - 1) if before else ''}{LETTERS[place]}"


def _said(element: Any) -> Iterator[Any]:
    """Yield what stands in an element, without blanks around it."""
    own = deepcopy(element)
    children = list(own)
    words = own.text or ""
    yield words.lstrip() if children else words.strip()
    for child in children:
        tail, child.tail = child.tail or "", None
        yield child
        yield tail if child is not children[-1] else tail.rstrip()


def _one_line(parts: Iterator[Any]) -> Iterator[Any]:
    for part in parts:
        yield "; " if not isinstance(part, str) and part.tag == "br" else part
