"""What was read of a source, looked up about it, and found wrong in it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evidence.model.base import Address, DateField, Model, Words, asks

# What stands in a list of authors for those who are not named
UNNAMED = {"and others", "et al.", "et al"}


class SourceReading(Model):
    """What was read of a source: which part, where, when, and how much of it."""

    part: Words = Field(
        description="Which part of the source.",
        examples=["Abstract", "Table 2"],
        json_schema_extra=asks("Which part of the source you read."),
    )
    url: Address | None = Field(
        default=None,
        title="Address",
        description="Where it was read; empty for a copy of the text.",
        examples=["https://example.org/paper"],
        json_schema_extra=asks(
            "The address at which you read it; leave it out for a copy of the text."
        ),
    )
    date: DateField = Field(
        description="The day on which we read it.",
        examples=["2026-11-21"],
        json_schema_extra=asks("The day on which you read it."),
    )
    extent: Literal["whole", "part", "unknown"] = Field(
        description="How much of that part.",
        examples=["whole"],
        json_schema_extra=asks("How much of that part you could read."),
    )
    via: Literal["original", "mirror"] = Field(
        default="original",
        description="Whether at its publisher, or in a copy elsewhere.",
        examples=["original"],
        json_schema_extra=asks(
            "'original' at its publisher or an archive such as PubMed Central, 'mirror' in a copy elsewhere."
        ),
    )
    note: Words | None = Field(
        default=None,
        description="What else has to be known of it.",
        examples=["Without its supplement."],
        json_schema_extra=asks("Anything else that a reader has to know of it, in a sentence."),
    )


RetractionState = Literal["none-found", "corrected", "retracted"]


class RetractionCheck(Model):
    """What a look for a retraction or correction gave, on which day, and where one looked."""

    state: RetractionState = Field(
        description="What a look for a retraction or correction gave.",
        examples=["none-found"],
    )
    on: DateField = Field(
        description="The day on which we looked.",
        examples=["2026-11-28"],
        json_schema_extra=asks("The day on which you looked."),
    )
    where: Words = Field(
        description="Where we looked.",
        examples=["the journal's page"],
        json_schema_extra=asks("Where you looked: the journal's page, PubMed, Retraction Watch."),
    )
    note: Words | None = Field(
        default=None,
        description="What else has to be known of that.",
        examples=["The correction concerns an author's name."],
        json_schema_extra=asks("Anything else that a reader has to know of it, in a sentence."),
    )


DiscrepancyState = Literal["open", "reported", "acknowledged", "fixed"]


DISCREPANCY_STATES: dict[str, str] = {
    "open": "Open: nobody was told by us",
    "reported": "Reported to the authors or publisher",
    "acknowledged": "Acknowledged by the authors or publisher",
    "fixed": "Fixed in the source",
}


class Discrepancy(Model):
    """Something that a source prints and that something else contradicts, and what is expected.

    ``seen`` is the day on which we last saw what it prints: a later reading of the source has to
    look again. ``findings`` and ``note`` say what the expectation rests on.
    """

    locator: Words = Field(
        description="Where in the source it stands.",
        examples=["Abstract"],
    )
    prints: Words = Field(
        description="What the source prints.",
        examples=["34%"],
        json_schema_extra=asks("What the source prints, word for word."),
    )
    expected: Words = Field(
        description="What is expected instead.",
        examples=["35%, which the counts 28 of 81 give"],
        json_schema_extra=asks("What would fit, and why."),
    )
    state: DiscrepancyState = Field(
        description="What became of it.",
        examples=["open"],
        json_schema_extra=asks(
            "What became of it: open until somebody told the authors or the publisher.",
            DISCREPANCY_STATES,
        ),
    )
    seen: DateField = Field(
        description="The day on which we last saw what it prints.",
        examples=["2026-11-28"],
        json_schema_extra=asks("The day on which you last saw what it prints."),
    )
    findings: tuple[Words, ...] = Field(
        default=(),
        description="The findings that it rests on, each as its study and its name.",
        examples=[["honey-2019/cough-free"]],
        json_schema_extra=asks("The findings that it rests on, each as study/finding."),
    )
    note: Words | None = Field(
        default=None,
        description="What else it rests on.",
        examples=["Table 2 and the text agree."],
        json_schema_extra=asks("What else it rests on, in a sentence."),
    )
