"""A table of data/tables that pages show."""

from __future__ import annotations

from pydantic import Field

from evidence.model.base import Id, Model, Prose, Words, asks
from evidence.model.caution import SourcePlace


class PageTable(Model):
    """What stands above and below a table, and where it was read. It stands beside the table, under the same name.

    With ``columns`` only those are shown, in that order, each under its head.
    """

    id: Id
    title: Prose = Field(
        examples=["Children in each trial"],
        json_schema_extra=asks("What the table shows: its caption."),
    )
    read_in: SourcePlace = Field(
        examples=[{"source": "colds-2021", "locator": "Supplement"}],
        json_schema_extra=asks("Where its numbers were read: a source and a locator."),
    )
    columns: dict[Words, Words] = Field(
        default={},
        examples=[{"trial": "Trial", "age": "Mean age, years"}],
        json_schema_extra=asks(
            "The columns that are shown, in their order, each with its head; numbers have their unit there. "
            "All under their own names where it is left out."
        ),
    )
    note: Prose | None = Field(
        default=None,
        examples=["Ages as the trials print them."],
        json_schema_extra=asks("What readers have to know of the table, in a sentence."),
    )
