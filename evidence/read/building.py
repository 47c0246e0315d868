"""From the events of a YAML parser to plain values, and to the places of what they hold.

Events come one after another, so that nothing here calls itself: what is nested too deeply, or
grows without end where names stand for what was written before, is found before it costs anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from yaml.composer import ComposerError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from evidence.read.limits import (
    DEEPEST,
    HIDDEN,
    MOST_ALIASES,
    MOST_DIGITS,
    MOST_VALUES,
    beyond,
)

Path = tuple[str | int, ...]
NextEvent = Callable[[], Any]  # PyYAML's types leave out most of what an event has
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)$")
DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+$")
FIRST_OF_OTHERS = frozenset("+-0123456789~tfn")  # all else that is not quoted is text
ITEM = object()  # in place of a key, where the items of a list follow each other
SPREAD = "Spread it over several files."


@dataclass(frozen=True)
class Fault:
    """Something wrong at the character ``start`` of a text; ``path`` names a key that stands twice."""

    start: int
    message: str
    hint: str
    rule: Literal["yaml-syntax", "file-limits"] = "yaml-syntax"
    path: Path = ()


class FaultError(Exception):
    """Raised where reading cannot go on."""

    def __init__(self, fault: Fault) -> None:
        """Keep the fault."""
        self.fault = fault
        super().__init__(fault.message)


@dataclass
class Places:
    """The character where each key begins, and where each value begins and ends."""

    keys: dict[Path, int] = field(default_factory=dict)
    starts: dict[Path, int] = field(default_factory=dict)
    ends: dict[Path, int] = field(default_factory=dict)


@dataclass
class Builder:
    """Builds values from ``next_event``; fills ``places`` when they are wanted, which costs more."""

    next_event: NextEvent
    places: Places | None = None
    faults: list[Fault] = field(default_factory=list)
    open: list[tuple[Any, Any]] = field(default_factory=list)
    documents: int = 0

    def build(self) -> Any:
        """Return the content of the one document: dict, list, text, number, boolean or None."""
        container: Any = []
        key: Any = ITEM
        next_event, marked = self.next_event, self.places is not None
        while True:
            event = next_event()
            kind = event.__class__
            if marked:
                self._mark(event, container, key)
            if kind is ScalarEvent:
                if event.tag is not None:
                    self._refuse_tag(event)
                if key is None:
                    key = self._key(event, container)
                elif key is ITEM:
                    container.append(scalar(event))
                else:
                    container[key] = scalar(event)
                    key = None
            elif key is None and (kind is MappingStartEvent or kind is SequenceStartEvent):
                self._refuse_key(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._enter(event, container, key)
                container, key = ({}, None) if kind is MappingStartEvent else ([], ITEM)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                whole = container
                container, key = self.open.pop()
                if key is ITEM:
                    container.append(whole)
                else:
                    container[key] = whole
                    key = None
            elif kind is StreamEndEvent:
                return container[0] if container else None
            elif kind is DocumentStartEvent:
                self._begin(event)

    def _begin(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise ComposerError(None, None, "but found another document", event.start_mark)

    def _refuse_tag(self, event: Any) -> None:
        message = f"the tag '{event.tag}' has no meaning here"
        hint = "Delete it; what stands in quotes is text."
        self.faults.append(Fault(event.start_mark.index, message, hint))

    def _key(self, event: Any, mapping: dict[str, Any]) -> str | None:
        """Return a key, or None after the key and value of one that stands twice."""
        key = str(event.value)
        if key not in mapping:
            return key
        message, hint = f"the key '{key}' stands twice", "Keep one of the two, or give the second"
        path, start = self._path((mapping, key)), event.start_mark.index
        self.faults.append(Fault(start, message, f"{hint} another name.", path=path))
        self._skip()
        return None

    def _skip(self, depth: int = 0) -> None:
        """Pass over one value, or what is left of one that is open, ``depth`` levels of it."""
        while True:
            event = self.next_event()
            depth += isinstance(event, CollectionStartEvent)
            depth -= isinstance(event, CollectionEndEvent)
            if not depth:
                return

    def _refuse_key(self, event: Any) -> None:
        kind = "a list" if isinstance(event, SequenceStartEvent) else "a mapping"
        hint = "Write a word before the ':'; put text that begins with a bracket in quotes."
        message = f"{kind} stands where a key is needed"
        self.faults.append(Fault(event.start_mark.index, message, hint))
        self._skip(1)
        self._skip()

    def _enter(self, event: Any, container: Any, key: Any) -> None:
        if event.tag is not None:
            self._refuse_tag(event)
        self.open.append((container, key))
        if len(self.open) > DEEPEST:
            message = f"this stands more than {DEEPEST} levels deep, in lists and mappings"
            hint = "Look for stray brackets or dashes."
            raise FaultError(Fault(event.start_mark.index, message, hint, "file-limits"))

    def _path(self, *inner: tuple[Any, Any]) -> Path:
        parts = (*self.open, *inner)[1:]
        return tuple(len(holder) if name is ITEM else name for holder, name in parts)

    def _mark(self, event: Any, container: Any, key: Any) -> None:
        """Keep where a key, or a value, begins and ends."""
        places, kind = self.places, event.__class__
        if places is None:
            return
        start, end = event.start_mark.index, event.end_mark.index
        if kind in {MappingEndEvent, SequenceEndEvent}:
            places.ends[self._path()] = end
        elif not issubclass(kind, NodeEvent):
            return
        elif key is None:
            written = self._path((container, getattr(event, "value", None)))
            places.keys.setdefault(written, start)
        else:
            path = self._path((container, key))
            places.starts[path] = start
            places.ends[path] = end


def counted(next_event: NextEvent) -> NextEvent:
    """Return a source of the same events that ends where a file holds more than anybody writes."""
    left = 2 * MOST_VALUES

    def following() -> Any:
        nonlocal left
        event = next_event()
        left -= 1
        if left < 0:
            message = f"this file has more than the {MOST_VALUES:,} keys and values that are read"
            raise FaultError(Fault(event.start_mark.index, message, SPREAD, "file-limits"))
        return event

    return following


def without_control(next_event: NextEvent, faults: list[Fault]) -> NextEvent:
    """Return a source of the same events that adds a fault for each escape of what nobody sees."""

    def following() -> Any:
        event = next_event()
        hidden = HIDDEN.search(event.value) if isinstance(event, ScalarEvent) else None
        if hidden:
            message = (
                f"this text holds the character U+{ord(hidden.group()):04X}, which nobody sees"
            )
            hint = "Delete its escape, which begins with a backslash."
            faults.append(Fault(event.start_mark.index, message, hint))
        return event

    return following


def written_out(next_event: NextEvent) -> Iterator[Any]:
    """Yield events with what each alias ('*name') stands for in its place."""
    named: dict[str, list[Any]] = {}
    growing: dict[str, tuple[list[Any], int]] = {}
    aliases = depth = 0
    while True:
        event: Any = next_event()
        written = [event]
        if isinstance(event, AliasEvent):
            aliases += 1
            written = _named(event, named, growing, aliases)
        elif issubclass(event.__class__, NodeEvent) and event.anchor is not None:
            if event.anchor in named or event.anchor in growing:
                message = f"the anchor '&{event.anchor}' stands twice"
                hint = "Give the second another name."
                raise FaultError(Fault(event.start_mark.index, message, hint))
            growing[event.anchor] = ([], depth)
        depth += isinstance(event, CollectionStartEvent)
        depth -= isinstance(event, CollectionEndEvent)
        for name, (events, outside) in list(growing.items()):
            events.extend(written)
            if depth == outside:
                named[name] = growing.pop(name)[0]
        yield from written


def _named(
    event: Any,
    named: dict[str, list[Any]],
    growing: dict[str, tuple[list[Any], int]],
    aliases: int,
) -> list[Any]:
    start = event.start_mark.index
    if aliases > MOST_ALIASES:
        message = f"this file has more than the {MOST_ALIASES} aliases ('*name') that are read"
        hint = "Write the values out instead of '&name' and '*name'."
        raise FaultError(Fault(start, message, hint, "file-limits"))
    if event.anchor in growing:
        message = "an alias ('*name') stands inside what it names"
        hint = "Write the value out instead of '&name' and '*name'."
        raise FaultError(Fault(start, message, hint))
    if event.anchor not in named:
        raise ComposerError(None, None, "found undefined alias", event.start_mark)
    events = named[event.anchor]
    if len(events) > 2 * MOST_VALUES:
        message = beyond("what this alias stands for", len(events), "parts", 2 * MOST_VALUES)
        raise FaultError(Fault(start, message, SPREAD, "file-limits"))
    return events


def scalar(event: ScalarEvent) -> Any:
    """Return what a scalar means: text, ``int`` or ``Decimal`` as printed, boolean or None."""
    text = str(event.value)
    if event.style or (text and text[0] not in FIRST_OF_OTHERS):
        return text  # quoted, literal or folded: always text
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if len(text) > MOST_DIGITS:
        return text
    if INTEGER.match(text):
        return int(text)
    return Decimal(text) if DECIMAL.match(text) else text
