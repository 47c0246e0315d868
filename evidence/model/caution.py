"""Where something was read, how certain others judge it, and what of it has to stay visible."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evidence.model.base import (
    Model,
    SourceId,
    Words,
    asks,
)

MarkKind = Literal[
    "uncertain",
    "derived",
    "inferred",
    "another-kind",
    "another-product",
    "partly-readable",
    "press-source",
    "company-statement",
    "mirror",
]

MARK_KINDS: dict[MarkKind, str] = {
    "uncertain": "Something about it is not certain; the sentence says what.",
    "derived": "It was computed from what is printed, and is not printed itself.",
    "inferred": "It follows from other words of the source.",
    "another-kind": "What was given is of another kind than the page is about.",
    "another-product": "What was given is another product.",
    "partly-readable": "The source could be read in part only.",
    "press-source": "It stands in the press and not in a paper.",
    "company-statement": "The maker says it of its own product.",
    "mirror": "It was read in a copy and not at the publisher.",
}


class Mark(Model):
    """Something about a study or finding that has to stay visible."""

    kind: MarkKind = Field(
        examples=["derived"],
        json_schema_extra=asks("What kind of caution it is.", MARK_KINDS),
    )
    text: Words = Field(
        examples=["Worked out from the percentages in Table 2."],
        json_schema_extra=asks("The caution in a sentence, as readers see it."),
    )


class SourcePlace(Model):
    """Where something was read: a source and a locator in it."""

    source: SourceId = Field(
        description="The source, by its id.",
        examples=["honey-2019"],
        json_schema_extra=asks(
            "The name of the source: that of its file in data/sources, without .yaml."
        ),
    )
    locator: Words = Field(
        description="Where in that source it stands.",
        examples=["Table 2", "Abstract, Results"],
        json_schema_extra=asks(
            "Where in the source it stands, so that others find it at once: section, table, figure or page."
        ),
    )


class Rating(Model):
    """How certain somebody judges a finding or an outcome to be; never our own judgement."""

    certainty: Literal["high", "moderate", "low", "very-low"] = Field(
        description="How certain somebody else judges it to be.",
        examples=["low"],
        json_schema_extra=asks(
            "How certain somebody else judges the result to be, often by GRADE. Never your own judgement."
        ),
    )
    by: Words = Field(
        description="Who judged.",
        examples=["the authors of the review"],
        json_schema_extra=asks("Who judged, as readers see it."),
    )
    source: SourceId = Field(
        description="The source in which the judgement stands, by its id.",
        examples=["colds-2021"],
        json_schema_extra=asks(
            "The source in which the judgement stands: the name of its file in data/sources, without .yaml."
        ),
    )
    locator: Words = Field(
        description="Where in that source it stands.",
        examples=["Summary of findings, row 3"],
        json_schema_extra=asks("Where in that source the judgement stands."),
    )
    reasons: Words | None = Field(
        default=None,
        description="Their reasons, in our words, where they could be read.",
        examples=["Few people, and no blinding."],
        json_schema_extra=asks("Their reasons in our words, where they could be read."),
    )
