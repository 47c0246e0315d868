"""What a site calls the thing that its studies try."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evidence.model.base import Address, Id, Model, Words, asks


class Wording(Model):
    """What this site calls the thing that its studies try, and what it says of it, in print.

    ``title`` heads columns, ``kind`` and ``kinds`` name its closed list, ``donor`` whose it is,
    ``source`` where it comes from. ``given`` and ``withheld`` head the groups of a comparison, and
    ``gave`` reads before "to everybody". ``treatment`` begins a sentence on what it does. ``apart`` heads the results of what is something else,
    which the marks ``another-kind`` and ``another-product`` say; ``marks`` gives them names.
    ``onset`` names the time since the condition began. ``reanalysis`` says what a study is to the
    re-analysis. ``registry_search`` is the address at which a registry shows the trials of a condition
    that take people in today, with ``(condition)`` for its name.
    """

    title: Words = Field(
        default="Intervention",
        examples=["Remedy"],
        json_schema_extra=asks("The head of columns with what is given."),
    )
    kind: Words = Field(
        default="kind of intervention",
        examples=["kind of remedy"],
        json_schema_extra=asks("What one of them is called inside a sentence."),
    )
    kinds: Words = Field(
        default="interventions",
        examples=["remedies"],
        json_schema_extra=asks("What several are called inside a sentence."),
    )
    donor: Words = Field(
        default="Donor",
        examples=["Whose"],
        json_schema_extra=asks("The head of columns with whose it is."),
    )
    source: Words = Field(
        default="Intervention",
        examples=["Source"],
        json_schema_extra=asks("The head of columns with where it comes from."),
    )
    given: Words = Field(
        default="Treated",
        examples=["With honey"],
        json_schema_extra=asks("The head of the group that got it."),
    )
    withheld: Words = Field(
        default="No treatment",
        examples=["Without honey"],
        json_schema_extra=asks("The head of the group that did not."),
    )
    gave: Words = Field(
        default="gave the treatment",
        examples=["gave honey"],
        json_schema_extra=asks("What a study did, before 'to everybody'."),
    )
    treatment: Words = Field(
        default="The treatment",
        examples=["Treatment with honey"],
        json_schema_extra=asks("What begins a sentence on what it does."),
    )
    apart: Words = Field(
        default="Other treatments",
        examples=["Other remedies"],
        json_schema_extra=asks("The head of results of what is something else."),
    )
    onset: Words = Field(
        default="Time since the beginning",
        examples=["Time since the first cough"],
        json_schema_extra=asks("The name of the time since the condition began."),
    )
    registry_search: Address | None = Field(
        default=None,
        examples=["https://example.org/search?cond=(condition)"],
        json_schema_extra=asks(
            "The address at which a registry shows the trials of a condition that take people in today, with "
            "(condition) for its name."
        ),
    )
    marks: dict[Id, Words] = Field(
        default_factory=dict,
        examples=[{"another-kind": "not honey"}],
        json_schema_extra=asks(
            "What the marks another-kind and another-product are called in print."
        ),
    )
    reanalysis: dict[Literal["strict", "doubtful", "excluded"], Words] = Field(
        default_factory=dict,
        examples=[{"strict": "It is among the strict rows of our reading."}],
        json_schema_extra=asks("What each word of 'reanalysis:' says on the page of a study."),
    )
