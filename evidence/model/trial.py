"""A trial: one registry record, as far as it could be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field

from evidence.model.base import (
    Id,
    ListedIn,
    Model,
    Printed,
    Words,
    asks,
)
from evidence.model.trial_reading import Said, TrialReading


@dataclass(frozen=True)
class Held:
    """The value of one field: from which reading (None when inferred), and who differs."""

    name: str
    value: Any
    reading: int | None
    agreeing: tuple[int, ...] = ()
    differing: tuple[tuple[int, Any], ...] = ()


def _same(first: Any, second: Any) -> bool:
    """Tell whether two readings say the same; countries may stand in any order."""
    return sorted(first) == sorted(second) if isinstance(first, tuple) else bool(first == second)


class Trial(Model):
    """One registry record. The first of its ``readings`` that says a field gives its value.

    ``inferred`` holds what nobody printed and we concluded, with ``basis`` saying from what.
    """

    id: Id = Field(title="Trial", description="The name of the trial on this site.")
    name: Printed = Field(
        description="A short label; never the title in the registry.",
        examples=["Honey for the common cold, Phase 2, Bergen"],
        json_schema_extra=asks("A short label, made from facts; never the title in the registry."),
    )
    condition: Annotated[Id, ListedIn("conditions")] = Field(
        description="The condition, by the closed list.",
        json_schema_extra=asks(
            "The condition: a word of the list 'conditions' in data/vocabularies.yaml."
        ),
    )
    registry: Annotated[Id, ListedIn("registries")] | None = Field(
        default=None,
        description="The registry that holds the record.",
    )
    registry_id: Printed | None = Field(
        default=None,
        description="The id of the record, as its registry writes it.",
        examples=["2020-001234-56"],
    )
    other_ids: tuple[Printed, ...] = Field(
        default=(),
        description="Ids of the same trial elsewhere.",
        examples=[["2020-001234-56"]],
        json_schema_extra=asks("Ids of the same trial elsewhere, as printed."),
    )
    readings: tuple[TrialReading, ...] = Field(
        min_length=1,
        description="What was read of the record, the most trusted first.",
        examples=[
            [
                {
                    "url": "https://example.org/record/12",
                    "locator": "whole record",
                    "kind": "registry",
                    "read": "2026-11-21",
                }
            ]
        ],
        json_schema_extra=asks(
            "What was read of the trial, the most trusted first: the first reading that says a field gives its value."
        ),
    )
    inferred: Said = Field(
        default=Said.model_construct(),
        description="What nobody printed, and we concluded.",
        examples=[{"sponsor": "University of Bergen"}],
        json_schema_extra=asks(
            "What nobody printed and we concluded; say from what under 'basis:'."
        ),
    )
    basis: Printed | None = Field(
        default=None,
        title="Inferred from",
        description="From what we concluded what nobody printed.",
        examples=["The address of the contact is a university's."],
        json_schema_extra=asks("From what we concluded what stands under 'inferred:'."),
    )
    note: Words | None = Field(
        default=None,
        description="What else has to be known of it.",
        examples=["No results are public."],
        json_schema_extra=asks("Anything else that a reader has to know of it, in a sentence."),
    )

    @cached_property
    def held(self) -> dict[str, Held]:
        """Return every field that is known, in the order of the model, with where it was read."""
        fields = ((name, self._held(name)) for name in Said.model_fields)
        return {name: held for name, held in fields if held is not None}

    def _held(self, name: str) -> Held | None:
        said = [
            (position, value)
            for position, reading in enumerate(self.readings)
            if (value := getattr(reading.says, name)) is not None
        ]
        if not said:
            inferred = getattr(self.inferred, name)
            return None if inferred is None else Held(name, inferred, None)
        (first, value), others = said[0], said[1:]
        return Held(
            name,
            value,
            first,
            tuple(position for position, other_value in others if _same(other_value, value)),
            tuple(
                (position, other_value)
                for position, other_value in others
                if not _same(other_value, value)
            ),
        )

    def value(self, name: str) -> Any:
        """Return the value of a field, or None when nobody says it."""
        for reading in self.readings:
            value = getattr(reading.says, name)
            if value is not None:
                return value
        return getattr(self.inferred, name)

    @property
    def differing(self) -> list[Held]:
        """Return the fields on which readings differ; conditions are printed in many words."""
        return [held for held in self.held.values() if held.differing and held.name != "condition"]

    @property
    def address(self) -> str:
        """Return the path of the trial's page in the site."""
        return address_of(self.id)

    @property
    def printed_id(self) -> str:
        """Return the registry's id as it writes it, or our own name."""
        return self.registry_id or self.name


@dataclass(frozen=True)
class TrialName:
    """What other pages say of a trial, and what they sort it by.

    ``sources`` are where it was read, and ``export`` is that of a registry which holds its record.
    ``read`` is the newest day on which that was read, as it is written in files, and ``status`` the word
    that its record says, however old.
    """

    id: str
    name: str
    condition: str
    registry_id: str | None
    other_ids: tuple[str, ...]
    cell: str | None
    start: int | None
    sources: tuple[str, ...]
    export: str | None = None
    read: str = ""
    status: str | None = None

    @classmethod
    def of(cls, trial: Trial) -> TrialName:
        """Return the name of a trial."""
        start = trial.value("start")
        exports = (reading.export for reading in trial.readings if reading.export is not None)
        return cls(
            trial.id,
            trial.name,
            trial.condition,
            trial.registry_id,
            trial.other_ids,
            trial.value("cell"),
            None if start is None else start.year,
            tuple(reading.source for reading in trial.readings if reading.source is not None),
            next(exports, None),
            max(str(reading.read) for reading in trial.readings),
            trial.value("status"),
        )

    @property
    def address(self) -> str:
        """Return the path of the trial's page in the site."""
        return address_of(self.id)

    @property
    def printed_id(self) -> str:
        """Return the registry's id as it writes it, or our own name."""
        return self.registry_id or self.name


@dataclass(frozen=True)
class TrialPack:
    """Some of the trials: their ids, the content key of all they say, and the way to it as JSON."""

    names: tuple[str, ...]
    key: str
    fetch: Callable[[], list[str]]


NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def trial_id(record_id: str) -> str:
    """Return the id of the trial that a record is, by the id of the record: the name of its file."""
    return NOT_IN_NAMES.sub("-", record_id.lower()).strip("-")


def address_of(name: str) -> str:
    """Return the path of the page of the trial ``name`` in the site."""
    return f"trials/{name}.html"
