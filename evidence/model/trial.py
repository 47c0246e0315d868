"""A trial: one registry record, as far as it could be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from evidence.model.base import (
    MOST,
    Address,
    DateField,
    ExportId,
    Id,
    Model,
    SourceId,
    Whole,
    Words,
)

# The fields of a trial whose values come from closed lists, with the name of the list
LISTED = {
    "cell": "cells",
    "donor": "donors",
    "phase": "phases",
    "status": "statuses",
    "sponsor_type": "sponsor_types",
    "countries": "countries",
}


class Said(Model):
    """What one reading says of a trial; what it does not say is left out."""

    condition: Words | None = Field(
        default=None, description="The condition, in the words of the reading."
    )
    cell: Id | None = Field(
        default=None, title="Intervention", description="What is given, by the closed list."
    )
    interventions: Words | None = Field(
        default=None, description="What is given, in the words of the reading."
    )
    donor: Id | None = Field(default=None, description="From whom it comes.")
    route: Words | None = Field(default=None, description="How it is given.")
    product: Words | None = Field(default=None, description="The name of the product.")
    phase: Words | None = Field(default=None, description="The phase of the trial.")
    enrolment: Whole | None = Field(
        default=None,
        ge=0,
        le=MOST,
        title="People",
        description="How many people take part, or are to.",
    )
    status: Id | None = Field(default=None, description="How far the trial is.")
    countries: tuple[Id, ...] | None = Field(
        default=None, min_length=1, description="Where it takes place."
    )
    start: DateField | None = Field(default=None, description="When it began, or is to.")
    completion: DateField | None = Field(default=None, description="When it ended, or is to.")
    sponsor: Words | None = Field(default=None, description="Who answers for it.")
    sponsor_type: Id | None = Field(
        default=None, title="Kind of sponsor", description="What kind of sponsor that is."
    )

    def fields(self) -> Iterator[tuple[str, Any]]:
        """Yield the name and value of each field that is said."""
        for name in Said.model_fields:
            value = getattr(self, name)
            if value is not None:
                yield name, value


class TrialReading(Model):
    """Something that was read about a trial, and what it says.

    It is a ``source`` of this site with a locator, the address of a page, or a record in an
    ``export`` of a registry. ``as_of`` is the date that the page itself gives; ``read`` is the day on
    which we read it. ``printed`` keeps the words of a field where ours are coarser.
    """

    source: SourceId | None = Field(default=None, description="The source, by its id.")
    url: Address | None = Field(default=None, title="Address", description="Or the page.")
    export: ExportId | None = Field(
        default=None, description="Or the export of a registry, by its id."
    )
    locator: Words = Field(description="Where in it.")
    kind: Literal["registry", "registry-copy", "paper", "web-page", "company", "export"] = Field(
        description="What was read."
    )
    read: DateField = Field(description="The day on which we read it.")
    as_of: DateField | None = Field(
        default=None, description="The date that the page itself gives."
    )
    says: Said = Said.model_construct()  # which needs no validator, and so builds none
    printed: dict[Words, Words] = Field(default_factory=dict)
    note: Words | None = Field(default=None, description="What else has to be known of it.")

    @model_validator(mode="after")
    def _somewhere(self) -> TrialReading:
        if self.source is None and self.url is None and self.export is None:
            raise PydanticCustomError("somewhere", "a source or a url is needed", {})
        return self


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
    name: Words = Field(description="A short label; never the title in the registry.")
    condition: Id = Field(description="The condition, by the closed list.")
    registry: Id | None = Field(default=None, description="The registry that holds the record.")
    registry_id: Words | None = Field(
        default=None, description="The id of the record, as its registry writes it."
    )
    other_ids: tuple[Words, ...] = Field(default=(), description="Ids of the same trial elsewhere.")
    readings: tuple[TrialReading, ...] = Field(
        min_length=1, description="What was read of the record, the most trusted first."
    )
    inferred: Said = Field(
        default=Said.model_construct(), description="What nobody printed, and we concluded."
    )
    basis: Words | None = Field(
        default=None,
        title="Inferred from",
        description="From what we concluded what nobody printed.",
    )
    note: Words | None = Field(default=None, description="What else has to be known of it.")

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
