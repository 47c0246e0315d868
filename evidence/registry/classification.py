"""Sorting studies into classes by patterns: the first class that takes a study has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from evidence.model.export import UNCLASSIFIED
from evidence.registry.pattern import BAR, Pattern, keys_of, plain, read_pattern

TOGETHER = " + "


MOST_KNOWN = 5_000  # texts that are remembered with their class


class ClassLike(Protocol):
    """What a class of the rules has to have."""

    @property
    def id(self) -> str:
        """Return the id."""

    @property
    def any(self) -> tuple[str, ...]:
        """Return the patterns of which one must be found."""

    @property
    def none(self) -> tuple[str, ...]:
        """Return the patterns of which none may be found."""

    @property
    def where(self) -> Sequence[str]:
        """Return the fields that ``any`` is looked for in."""

    @property
    def none_where(self) -> Sequence[str] | None:
        """Return the fields that ``none`` is looked for in; those of ``where`` when None."""

    @property
    def several_of(self) -> tuple[str, ...]:
        """Return the classes of which two must take a study."""


@dataclass(frozen=True)
class Sorted:
    """The class of a study, and what took it.

    ``by`` is the first pattern of the class, as it is written in the rules, that the study holds;
    the classes that took it, joined by " + ", where two or more together make the class; and empty
    where no class took it.
    """

    id: str
    by: str


@dataclass(frozen=True)
class _Patterns:
    """Patterns with their places, by a beginning of a word that they need; others need none."""

    written: tuple[str, ...]
    by_key: Mapping[str, tuple[tuple[int, Pattern], ...]]
    others: tuple[tuple[int, tuple[str, ...], Callable[[str], object]], ...]

    def first(self, text: str, keys: frozenset[str]) -> str | None:
        """Return the first pattern that stands in plain text, whose words begin with keys."""
        first = len(self.written)
        if not self.by_key.keys().isdisjoint(keys):
            for key in self.by_key.keys() & keys:
                for place, pattern in self.by_key[key]:
                    if place < first and pattern.keys <= keys and pattern.found(text):
                        first = place
        for place, needs, look in self.others:
            if place > first:
                break
            for piece in needs:
                if piece not in text:
                    break
            else:
                if look(text):
                    return self.written[place]
        return self.written[first] if first < len(self.written) else None


def _patterns(written: Sequence[str]) -> _Patterns:
    by_key: dict[str, tuple[tuple[int, Pattern], ...]] = {}
    others = []
    for place, pattern in enumerate(map(read_pattern, written)):
        if pattern.keys:
            key = max(pattern.keys)  # any of them would do
            by_key[key] = (*by_key.get(key, ()), (place, pattern))
        else:
            others.append((place, pattern.needs, pattern.look))
    return _Patterns(tuple(written), by_key, tuple(others))


@dataclass(frozen=True)
class _Class:
    id: str
    any: _Patterns
    none: _Patterns
    where: tuple[str, ...]
    none_where: tuple[str, ...]
    several_of: tuple[str, ...]


@dataclass
class _Reading:
    """The texts of one study in plain form, joined and cut into keys once for each `where`."""

    texts: Mapping[str, str]
    joined: dict[tuple[str, ...], tuple[str, frozenset[str]]]
    taken: dict[str, str | None]

    def of(self, fields: tuple[str, ...]) -> tuple[str, frozenset[str]]:
        known = self.joined.get(fields)
        if known is None:
            parts = [plain(self.texts[name]) for name in fields if self.texts.get(name)]
            keys = frozenset[str]().union(*map(keys_of, parts))
            known = self.joined[fields] = BAR.join(parts), keys
        return known


class Classifier:
    """The ordered classes of one question, compiled. Remembers texts that it has sorted."""

    def __init__(self, classes: Sequence[ClassLike]) -> None:
        """Compile the patterns; raise PatternError for one that cannot be used."""
        self._classes = tuple(_compiled(rule) for rule in classes)
        self._by_id = {rule.id: rule for rule in self._classes}
        self._fields = sorted(
            {name for rule in self._classes for name in (*rule.where, *rule.none_where)}
        )
        self._known: dict[tuple[str, ...], Sorted] = {}
        self._always: list[int] = []
        self._by_key: dict[tuple[str, ...], dict[str, list[int]]] = {}
        for place, rule in enumerate(self._classes):
            if rule.any.others or rule.several_of:
                self._always.append(place)
                continue
            for key in rule.any.by_key:
                self._by_key.setdefault(rule.where, {}).setdefault(key, []).append(place)

    def classify(self, texts: Mapping[str, str]) -> str:
        """Return the id of the first class that takes the texts by field, or "unclassified"."""
        return self.sort(texts).id

    def sort(self, texts: Mapping[str, str]) -> Sorted:
        """Return the first class that takes the texts by field, and the pattern that took them."""
        key = tuple(texts.get(name, "") for name in self._fields)
        known = self._known.get(key)
        if known is None:
            if len(self._known) == MOST_KNOWN:  # texts that stand again stand near each other
                self._known.clear()
            known = self._known[key] = self._first(_Reading(texts, {}, {}))
        return known

    def _first(self, reading: _Reading) -> Sorted:
        # Most classes need a word that is not there: only those whose word is there are tried
        tried = set(self._always)
        for fields, places in self._by_key.items():
            _, keys = reading.of(fields)
            for key in places.keys() & keys:
                tried.update(places[key])
        for place in sorted(tried):
            taken_by = self._taken_by(self._classes[place], reading)
            if taken_by is not None:
                return Sorted(self._classes[place].id, taken_by)
        return Sorted(UNCLASSIFIED, "")

    def _taken_by(self, rule: _Class, reading: _Reading) -> str | None:
        if rule.id not in reading.taken:
            reading.taken[rule.id] = self._judge(rule, reading)
        return reading.taken[rule.id]

    def _judge(self, rule: _Class, reading: _Reading) -> str | None:
        several = [
            name
            for name in rule.several_of
            if self._taken_by(self._by_id[name], reading) is not None
        ]
        if len(several) > 1:
            taken_by: str | None = TOGETHER.join(several)
        else:
            taken_by = rule.any.first(*reading.of(rule.where))
        if taken_by is None or rule.none.first(*reading.of(rule.none_where)) is not None:
            return None
        return taken_by


def _compiled(rule: ClassLike) -> _Class:
    where = tuple(name.replace("-", "_") for name in rule.where)
    none_where = where if rule.none_where is None else tuple(
        name.replace("-", "_") for name in rule.none_where
    )  # fmt: skip
    return _Class(
        rule.id,
        _patterns(rule.any),
        _patterns(rule.none),
        where,
        none_where,
        rule.several_of,
    )
