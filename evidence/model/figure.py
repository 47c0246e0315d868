"""A figure as an editor declares it."""

from __future__ import annotations

from pydantic import Field

from evidence.model.base import Id, Model, Number, Prose, Words


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
    """A chart: its kind, its headline and the findings it shows."""

    id: Id
    kind: Words
    title: Prose
    subtitle: Prose
    rows: tuple[Row, ...] = Field(min_length=1)
    rest: Rest | None = None
    axis: Words | None = None
    reference: Number | None = None
    note: Prose | None = None
