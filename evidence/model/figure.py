"""A figure as an editor declares it: over findings, or over a table of counts."""

from __future__ import annotations

from pydantic import Field

from evidence.model.base import Id, Model, Number, Prose, Words
from evidence.model.study import Reference


class Row(Model):
    """One row of a figure: a finding, its label, and what its kind needs besides."""

    finding: Words
    label: Prose | None = None
    group: Words | None = None
    first_year: int | None = None
    last_year: int | None = None


class Rest(Model):
    """The part of a whole that the source does not state."""

    label: Words


class Figure(Model):
    """A chart: its kind, its headline, and the findings or the table that it shows.

    ``rows`` name findings. Or else ``table`` names a CSV file, ``columns`` says which of its columns
    plays which role for the kind, ``where`` keeps the rows with these cells, ``labels`` gives cells
    the words to print (and their order), and ``read_in`` is where the table comes from. Rows that
    fall on the same mark are added up.
    """

    id: Id
    kind: Words
    title: Prose
    subtitle: Prose
    rows: tuple[Row, ...] = ()
    table: Words | None = None
    columns: dict[Words, Words] = Field(default_factory=dict)
    where: dict[Words, Words | tuple[Words, ...]] = Field(default_factory=dict)
    labels: dict[Words, Words] = Field(default_factory=dict)
    read_in: Reference | None = None
    rest: Rest | None = None
    axis: Words | None = None
    reference: Number | None = None
    note: Prose | None = None
