"""The question of a search, and what was asked."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, WithJsonSchema

from evidence.model.base import (
    DateField,
    Model,
    Printed,
    Prose,
    Whole,
    Words,
    asks,
    whole_schema,
)
from evidence.model.search_words import AIMS, Aim


class SearchQuestion(Model):
    """The question of a topic: in whom, what, compared with what, and which outcomes."""

    people: Prose = Field(
        description="In whom.",
        examples=["Children with a cough"],
        json_schema_extra=asks("In whom: the people that the question is about."),
    )
    treatment: Prose = Field(
        description="What was looked for.",
        examples=["Honey"],
        json_schema_extra=asks("The treatment that the question is about."),
    )
    comparator: Prose = Field(
        description="What it is compared with.",
        examples=["Placebo, or nothing"],
        json_schema_extra=asks("What that treatment is compared with."),
    )
    outcomes: Prose = Field(
        description="What could change.",
        examples=["Cough, sleep, harms"],
        json_schema_extra=asks("What could change for these people: the outcomes."),
    )


class Query(Model):
    """One act of searching. ``gave`` counts the things found that were looked at, 0 for none."""

    aim: Aim = Field(
        description="What was looked for, by kind.",
        examples=["trials"],
        json_schema_extra=asks(
            "What was looked for, by kind. Every search has a query for each kind but 'other'.",
            AIMS,
        ),
    )
    where: Words = Field(
        description="Where one looked.",
        examples=["PubMed"],
        json_schema_extra=asks("Where you looked: the name of the database, register or site."),
    )
    words: Printed = Field(
        description="What was asked.",
        examples=["honey AND cough AND randomized"],
        json_schema_extra=asks("What you typed, word for word."),
    )
    on: DateField = Field(
        description="The day of the search.",
        examples=["2026-11-21"],
        json_schema_extra=asks("The day on which you searched."),
    )
    gave: Annotated[Whole, Field(ge=0, le=100_000), WithJsonSchema(whole_schema(0, 100_000))] = (
        Field(
            description="How many of the things found were looked at.",
            examples=[12],
            json_schema_extra=asks(
                "How many of the things found you looked at; 0 where nothing came."
            ),
        )
    )
    note: Words | None = Field(
        default=None,
        description="What else has to be known of it.",
        examples=["Sorted by date."],
        json_schema_extra=asks("Anything else that a reader has to know of it, in a sentence."),
    )
