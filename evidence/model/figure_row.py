"""What a figure shows: a row of it, or a table of counts."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from evidence.model.base import Model, Prose, Truth, Words, Year, asks


@dataclass(frozen=True)
class Table:
    """Cells as text: ``rows`` as (line in the file, cells in the order of ``columns``)."""

    name: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def position(self, column: str) -> int:
        """Return where a column stands in each row."""
        return self.columns.index(column)


class Row(Model):
    """One row of a figure: a finding, its label, and what its kind needs besides.

    ``pooled`` marks a result that its source pooled: a diamond, never pooled again.
    ``leaves`` marks what leaves a study flow after the step above it.
    """

    finding: Words = Field(
        examples=["honey-2019/cough-free"],
        json_schema_extra=asks("The finding of this row, as study/finding."),
    )
    label: Prose | None = Field(
        default=None,
        examples=["Honey 2019"],
        json_schema_extra=asks("The words beside the row."),
    )
    group: Words | None = Field(
        default=None,
        examples=["Children"],
        json_schema_extra=asks(
            "The heading below which the row stands; rows of one group follow each other."
        ),
    )
    first_year: Year | None = Field(
        default=None,
        examples=[2010],
        json_schema_extra=asks(
            "The first year that the row covers, in kinds with an axis of time; for 'cumulative' the year of the "
            "study."
        ),
    )
    last_year: Year | None = Field(
        default=None, examples=[2014], json_schema_extra=asks("The last year that the row covers.")
    )
    pooled: Truth = Field(
        default=False,
        examples=[True],
        json_schema_extra=asks(
            "true for a result that its source pooled: drawn as a diamond, never pooled again."
        ),
    )
    leaves: Truth = Field(
        default=False,
        examples=[True],
        json_schema_extra=asks("true, in a study flow, for what leaves after the step above it."),
    )


class Rest(Model):
    """The part of a whole that the source does not state."""

    label: Words = Field(
        examples=["Not stated"],
        json_schema_extra=asks(
            "The words beside the part of the whole that the source does not state."
        ),
    )
