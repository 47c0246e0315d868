"""An export of a registry, as the importer counted it: provenance and tables."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from evidence.model.base import MOST, DateField, Id, Model, Whole, Words

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[Whole, Field(ge=0, le=MOST)]

# The columns of each table
TABLES: dict[str, tuple[str, ...]] = {
    "year": ("group", "year", "studies"),
    "phase": ("group", "phase", "studies"),
    "status": ("group", "status", "studies"),
    "country": ("group", "code", "country", "studies"),
    "sponsor-class": ("group", "sponsor-class", "studies"),
    "condition": ("group", "condition", "studies"),
    "cell": ("group", "cell", "studies"),
    "year-by-phase": ("group", "year", "phase", "studies"),
    "phase-by-status": ("group", "phase", "status", "studies"),
    "condition-by-phase": ("group", "condition", "phase", "studies"),
    "condition-by-cell-by-phase": ("group", "condition", "cell", "phase", "studies"),
}


class ExportFile(Model):
    """One file that was read: its SHA-256, its size in bytes, and the rows in it.

    ``notes`` say how it was read, where that was not as a registry gives it.
    """

    format: Id
    sha_256: Sha256
    size_in_bytes: Count
    rows: Count
    notes: tuple[Words, ...] = ()


class ExportRules(Model):
    """The rules of classification that were used."""

    version: Words
    sha_256: Sha256


class Unclassified(Model):
    """The studies that no class took: how many, and their ids."""

    studies: Count
    ids: tuple[Words, ...] = ()


class UnclassifiedStudies(Model):
    """What no class took, for each of the two questions."""

    condition: Unclassified
    cell: Unclassified


class Dropped(Model):
    """Rows that are not counted, by reason: a row, an id or a trial that stands again."""

    same_row: Count = 0
    same_id: Count = 0
    same_trial: Count = 0


class ByStudyType(Model):
    """The studies kept, by type."""

    interventional: Count = 0
    observational: Count = 0
    expanded_access: Count = 0
    not_stated: Count = 0


class Unrecognised(Model):
    """A value that no vocabulary knows, which was counted as not stated, and how often."""

    value: Words
    studies: Count


class ExportTable(Model):
    """One table: ``columns``, of which the last is "studies", and ``rows`` of text and a count."""

    columns: tuple[Words, ...] = Field(min_length=2)
    rows: tuple[tuple[str | int, ...], ...] = ()

    @property
    def total(self) -> int:
        """Return the sum of all counts."""
        return sum(int(row[-1]) for row in self.rows)


class Export(Model):
    """An export, counted.

    ``search`` is what the registry was asked for, ``exported`` the day of the download and
    ``newest_update`` the newest day on which a record was updated. ``groups``, ``conditions`` and
    ``cells`` are the titles of the classes by id, in the order of the rules. Each of ``tables``
    sums to ``kept``.
    """

    id: Id
    search: Words
    exported: DateField
    newest_update: DateField | None = None
    tool: Words
    files: tuple[ExportFile, ...] = Field(min_length=1)
    rules: ExportRules
    read: Count
    kept: Count
    dropped: Dropped
    by_study_type: ByStudyType
    unclassified: UnclassifiedStudies
    unrecognised: dict[Id, tuple[Unrecognised, ...]] = Field(default_factory=dict)
    groups: dict[Id, Words] = Field(default_factory=dict)
    conditions: dict[Id, Words]
    cells: dict[Id, Words]
    tables: dict[Id, ExportTable] = Field(default_factory=dict)
