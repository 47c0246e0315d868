"""A record of an export, and what changed between two exports."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from evidence.model.base import MOST, DateField, Id, Model, Printed, Whole, whole_schema

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


Count = Annotated[Whole, Field(ge=0, le=MOST), WithJsonSchema(whole_schema(0, MOST))]


class RegistryRecord(Model):
    """One record of an export: what the registry says, and what the rules made of it.

    It is a line of ``records.csv``. What the registry does not say is empty; ``not-stated`` stands
    where every record has an answer to count.
    """

    id: Printed = Field(description="The id of the record, as its registry writes it.")
    registry: Id = Field(description="The registry that holds the record.")
    other_ids: tuple[Printed, ...] = Field(
        default=(), description="Ids that the record names beside its own."
    )
    study_type: Id = Field(description="Interventional, observational, or expanded access.")
    condition: Id = Field(description="The condition, as the rules sorted the record.")
    condition_by: Printed | None = Field(
        default=None, description="The pattern of the rules that took it."
    )
    cell: Id = Field(
        title="Intervention", description="What is given, as the rules sorted the record."
    )
    cell_by: Printed | None = Field(
        default=None,
        title="Intervention by",
        description="The pattern of the rules that took it.",
    )
    conditions: Printed | None = Field(
        default=None, description="The conditions, as the record lists them."
    )
    interventions: Printed | None = Field(
        default=None, description="What is given, as the record lists it."
    )
    phase: Printed = Field(description="The phase, by the closed list.")
    status: Id = Field(description="How far the trial was on the day of the last update.")
    enrolment: Count | None = Field(
        default=None, title="People", description="How many people take part, or are to."
    )
    start: DateField | None = Field(default=None, description="When it began, or is to.")
    completion: DateField | None = Field(default=None, description="When it ended, or is to.")
    registered: DateField | None = Field(
        default=None, description="When the record was first posted."
    )
    updated: DateField | None = Field(default=None, description="When it was last updated.")
    results: Printed | None = Field(
        default=None, description="The day on which results were posted there, or the word posted."
    )
    sponsor: Printed | None = Field(default=None, description="The lead sponsor.")
    sponsor_class: Id = Field(
        title="Kind of sponsor", description="What kind of sponsor that is, as the registry says."
    )
    countries: tuple[CountryCode, ...] = Field(
        default=(), description="Where it takes place: three-letter codes of ISO 3166-1."
    )
    place: Printed | None = Field(
        default=None, description="The town or region, when all its places are in one."
    )


Change = Literal["new", "gone", "changed"]


ChangedField = Literal[
    "status", "phase", "enrolment", "start", "completion", "results", "countries"
]


class RegistryChange(Model):
    """One change between an export and the one before: a line of ``changes.csv``.

    A record that is new, or gone, has one line, with its status. One that is in both has a line for
    each field that changed. Lines are sorted by id, and those of a record as ``FIELDS`` are.
    """

    id: Printed = Field(
        description="The id of the record, as its registry writes it.",
        examples=["2020-001234-56"],
    )
    change: Change = Field(
        description="new, gone, or changed.",
        examples=["changed"],
    )
    field: ChangedField = Field(
        description="The field that changed; status where all is new or gone.",
        examples=["status"],
    )
    before: Printed | None = Field(
        default=None,
        description="What the record said before; empty where it said nothing.",
        examples=["recruiting"],
    )
    after: Printed | None = Field(
        default=None,
        description="What it says now; empty where it says nothing.",
        examples=["completed"],
    )

    @model_validator(mode="after")
    def _makes_sense(self) -> RegistryChange:
        """A new record has no past, a gone one no present; and a change is one."""
        wrong = {
            "new": self.before is not None or self.field != "status",
            "gone": self.after is not None or self.field != "status",
            "changed": self.before == self.after,
        }[self.change]
        if wrong:
            message = "a record that is {change} cannot read '{before}' before and '{after}' after"
            context = {"change": self.change, "before": self.before, "after": self.after}
            raise PydanticCustomError("change", message, context)
        return self
