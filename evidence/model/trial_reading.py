"""What was read about a trial: where, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from evidence.model.base import (
    MOST,
    Address,
    DateField,
    ExportId,
    Id,
    ListedIn,
    Model,
    Printed,
    SourceId,
    Whole,
    Words,
    asks,
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

    condition: Printed | None = Field(
        default=None,
        description="The condition, in the words of the reading.",
        examples=["Common cold"],
        json_schema_extra=asks("The condition, in the words of what was read."),
    )
    cell: Annotated[Id, ListedIn("cells")] | None = Field(
        default=None,
        title="Intervention",
        description="What is given, by the closed list.",
        json_schema_extra=asks(
            "What is given: a word of the list 'cells' in data/vocabularies.yaml."
        ),
    )
    interventions: Printed | None = Field(
        default=None,
        description="What is given, in the words of the reading.",
        examples=["Honey 10 g at night"],
        json_schema_extra=asks("What is given, in the words of what was read."),
    )
    donor: Annotated[Id, ListedIn("donors")] | None = Field(
        default=None,
        description="From whom it comes.",
        json_schema_extra=asks(
            "From whom it comes: a word of the list 'donors' in data/vocabularies.yaml."
        ),
    )
    route: Printed | None = Field(
        default=None,
        description="How it is given.",
        examples=["a spoon in the evening"],
    )
    product: Printed | None = Field(
        default=None,
        description="The name of the product.",
        examples=["Honigal"],
    )
    phase: Annotated[Words, ListedIn("phases")] | None = Field(
        default=None,
        description="The phase of the trial.",
        json_schema_extra=asks(
            "The phase of the trial: a word of the list 'phases' in data/vocabularies.yaml, in quotes where it is a "
            "number."
        ),
    )
    enrolment: Whole | None = Field(
        default=None,
        ge=0,
        le=MOST,
        title="People",
        description="How many people take part, or are to.",
        examples=[120],
        json_schema_extra=asks(
            "How many people take part, or are to: a whole number, from the record's 'Enrollment'."
        ),
    )
    status: Annotated[Id, ListedIn("statuses")] | None = Field(
        default=None,
        description="How far the trial is.",
        json_schema_extra=asks(
            "How far the trial is: a word of the list 'statuses' in data/vocabularies.yaml."
        ),
    )
    countries: tuple[Annotated[Id, ListedIn("countries")], ...] | None = Field(
        default=None,
        min_length=1,
        description="Where it takes place.",
        json_schema_extra=asks(
            "Where it takes place: words of the list 'countries' in data/vocabularies.yaml."
        ),
    )
    start: DateField | None = Field(
        default=None,
        description="When it began, or is to.",
        examples=["2021-03"],
        json_schema_extra=asks("When it began, or is to: as precise as the record says."),
    )
    completion: DateField | None = Field(
        default=None,
        description="When it ended, or is to.",
        examples=["2023-12"],
        json_schema_extra=asks("When it ended, or is to: as precise as the record says."),
    )
    sponsor: Printed | None = Field(
        default=None,
        description="Who answers for it.",
        examples=["University of Bergen"],
        json_schema_extra=asks("Who answers for it: the lead sponsor of the record."),
    )
    sponsor_type: Annotated[Id, ListedIn("sponsor_types")] | None = Field(
        default=None,
        title="Kind of sponsor",
        description="What kind of sponsor that is.",
        json_schema_extra=asks(
            "What kind of sponsor that is: a word of the list 'sponsor-types' in data/vocabularies.yaml."
        ),
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

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": [key]} for key in ("source", "url", "export")]}
    )

    source: SourceId | None = Field(
        default=None,
        description="The source, by its id.",
        examples=["honey-2019"],
        json_schema_extra=asks(
            "The source that was read: the name of its file in data/sources. One of source, url and export is needed."
        ),
    )
    url: Address | None = Field(
        default=None,
        title="Address",
        description="Or the page.",
        examples=["https://example.org/record/12"],
        json_schema_extra=asks("Or the address of the page that was read."),
    )
    export: ExportId | None = Field(
        default=None,
        description="Or the export of a registry, by its id.",
        examples=["register-2022"],
        json_schema_extra=asks(
            "Or the export of a registry that holds the record: the name of its folder in data/registry."
        ),
    )
    locator: Words = Field(
        description="Where in it.",
        examples=["whole record"],
        json_schema_extra=asks("Where in it you read what is said below."),
    )
    kind: Literal["registry", "registry-copy", "paper", "web-page", "company", "export"] = Field(
        description="What was read.",
        examples=["registry"],
        json_schema_extra=asks(
            "What was read: the registry itself, a copy of its record, a paper, a page, what a company says, or an "
            "export."
        ),
    )
    read: DateField = Field(
        description="The day on which we read it.",
        examples=["2026-11-21"],
        json_schema_extra=asks("The day on which you read it."),
    )
    as_of: DateField | None = Field(
        default=None,
        description="The date that the page itself gives.",
        examples=["2026-10-02"],
        json_schema_extra=asks(
            "The date that the page itself gives, such as 'Last update posted'."
        ),
    )
    says: Said = Field(
        default=Said.model_construct(),
        examples=[{"enrolment": 120, "start": "2021-03"}],
        json_schema_extra=asks("What it says of the trial. What it does not say is left out."),
    )  # which needs no validator, and so builds none
    printed: dict[Words, Printed] = Field(
        default_factory=dict,
        examples=[{"status": "Active, not recruiting"}],
        json_schema_extra=asks(
            "The words of a field as they were printed, where ours are coarser."
        ),
    )
    note: Words | None = Field(
        default=None,
        description="What else has to be known of it.",
        examples=["The record was not updated since."],
        json_schema_extra=asks("Anything else that a reader has to know of it, in a sentence."),
    )

    @model_validator(mode="after")
    def _somewhere(self) -> TrialReading:
        if self.source is None and self.url is None and self.export is None:
            raise PydanticCustomError("somewhere", "a source or a url is needed", {})
        return self
