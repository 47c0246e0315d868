"""What stands behind a number, as a note on paper: at the foot of the page, or below its table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from evidence.files.editions.elements import filled, leave_out, made, spoken, unwrap

SOURCE, READ, WHEN = "Source", "Read", "When"
SEEN_IN_TABLES = {WHEN}  # what a table of outcomes says of a number in a column of its own
LONG = 80  # letters of a fact that is not told twice
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Told:
    """Remembers in which note a long fact was told: others that share it lead there."""

    def __init__(self, facts: Mapping[str, str] | None = None) -> None:
        """Remember the facts of other notes, by their words."""
        self.facts = dict(facts or {})
        self._name = ""

    def named(self, name: str) -> Told:
        """Return this for the note called so."""
        self._name = name
        return self

    def fact(self, said: Any) -> Iterator[Any]:
        """Yield what is said, or the note that says it already."""
        first = self._first(said)
        yield from [f"as in note {first}"] if first else _said(said)

    def warning(self, mark: Any) -> Iterator[Any]:
        """Yield what a mark warns of, or the note that does already."""
        first, kind = self._first(mark), mark.find("b")
        if first and kind is not None:
            yield made("b", words=spoken(kind).rstrip("."))
            yield f", as in note {first}."
        else:
            yield from _said(mark)

    def _first(self, said: Any) -> str:
        """Return the name of the note that said the same before; nothing when this is the first."""
        words = spoken(said)
        first = self.facts.setdefault(words, self._name) if len(words) > LONG else self._name
        return first if first != self._name else ""


@dataclass(frozen=True)
class NoteParts:
    """A note of a finished page in parts, each an element: ``value`` and ``what`` say which number it is.

    ``facts`` are names with what is said, the ``source`` among them apart; ``marks`` warn of something.
    """

    value: Any
    what: Any
    facts: tuple[tuple[str, Any], ...]
    source: Any
    marks: tuple[Any, ...]

    @classmethod
    def of(cls, item: Any) -> NoteParts:
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

    def key(self, *, compared: bool) -> str:
        """Return the words that stand in a note below a table; see ``for_table``."""
        parts = self.for_table(Told(), compared=compared)
        return "".join(
            part if isinstance(part, str) else "".join(part.itertext()) for part in parts
        )

    def for_foot(self, told: Told) -> Iterator[Any]:
        """Yield the parts of a footnote: the number as it is reported, what it is, where it stands."""
        yield filled(made("b"), _one_line(_said(self.value)))
        yield from (". ", *_said(self.what))
        for name, said in self.facts:
            yield from (f"; {name.lower()}: ", *told.fact(said))
        yield from (". ", *self._ending(told))

    def for_table(self, told: Told, *, compared: bool) -> Iterator[Any]:
        """Yield the parts of a note below a table, which shows the number and what it is.

        A table in which results are ``compared`` has a column that says when, too.
        """
        for name, said in self.facts:
            if not (compared and name in SEEN_IN_TABLES):
                yield from (f"{name}: ", *told.fact(said), ". ")
        yield from self._ending(told)

    def _ending(self, told: Told) -> Iterator[Any]:
        yield from (*_said(self.source), ".")
        for mark in self.marks:
            yield from (" ", *told.warning(mark))


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
