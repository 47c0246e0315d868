"""An export of a registry, as the importer read it: where it comes from, its records, its counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from evidence.model.base import MOST, DateField, Id, Model, Whole, Words

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Count = Annotated[Whole, Field(ge=0, le=MOST)]

NOT_STATED = "not-stated"
UNCLASSIFIED = "unclassified"
# What the name of a format says beside its registry
FORM = re.compile(r"-(classic-)?(csv|json|xml|summary)$")
STUDY_TYPES = ("interventional", "observational", "expanded-access", NOT_STATED)

# The counts that are made of the records of an export, and the columns of each
TABLES: dict[str, tuple[str, ...]] = {
    "year": ("group", "year", "studies"),
    "phase": ("group", "phase", "studies"),
    "status": ("group", "status", "studies"),
    "country": ("group", "code", "country", "studies"),
    "sponsor-class": ("group", "sponsor-class", "studies"),
    "condition": ("group", "condition", "studies"),
    "cell": ("group", "cell", "studies"),
    "study-type": ("group", "study-type", "studies"),
    "year-by-phase": ("group", "year", "phase", "studies"),
    "phase-by-status": ("group", "phase", "status", "studies"),
    "condition-by-phase": ("group", "condition", "phase", "studies"),
    "condition-by-cell-by-phase": ("group", "condition", "cell", "phase", "studies"),
}


class RegistryRecord(Model):
    """One record of an export: what the registry says, and what the rules made of it.

    It is a line of ``records.csv``. What the registry does not say is empty; ``not-stated`` stands
    where every record has an answer to count.
    """

    id: Words = Field(description="The id of the record, as its registry writes it.")
    registry: Id = Field(description="The registry that holds the record.")
    other_ids: tuple[Words, ...] = Field(
        default=(), description="Ids that the record names beside its own."
    )
    study_type: Id = Field(description="Interventional, observational, or expanded access.")
    condition: Id = Field(description="The condition, as the rules sorted the record.")
    condition_by: Words | None = Field(
        default=None, description="The pattern of the rules that took it."
    )
    cell: Id = Field(
        title="Intervention", description="What is given, as the rules sorted the record."
    )
    cell_by: Words | None = Field(
        default=None,
        title="Intervention by",
        description="The pattern of the rules that took it.",
    )
    conditions: Words | None = Field(
        default=None, description="The conditions, as the record lists them."
    )
    interventions: Words | None = Field(
        default=None, description="What is given, as the record lists it."
    )
    phase: Words = Field(description="The phase, by the closed list.")
    status: Id = Field(description="How far the trial was on the day of the last update.")
    enrolment: Count | None = Field(
        default=None, title="People", description="How many people take part, or are to."
    )
    start: DateField | None = Field(default=None, description="When it began, or is to.")
    completion: DateField | None = Field(default=None, description="When it ended, or is to.")
    registered: DateField | None = Field(
        default=None, description="When the record was first posted."
    )
    updated: DateField | None = Field(default=None, description="When it was last updated.")
    results: Words | None = Field(
        default=None, description="The day on which results were posted there, or the word posted."
    )
    sponsor: Words | None = Field(default=None, description="The lead sponsor.")
    sponsor_class: Id = Field(
        title="Kind of sponsor", description="What kind of sponsor that is, as the registry says."
    )
    countries: tuple[CountryCode, ...] = Field(
        default=(), description="Where it takes place: three-letter codes of ISO 3166-1."
    )
    place: Words | None = Field(
        default=None, description="The town or region, when all its places are in one."
    )


Change = Literal["new", "gone", "changed"]
ChangedField = Literal[
    "status", "phase", "enrolment", "start", "completion", "results", "countries"
]


class RegistryChange(Model):
    """One change between an export and the one before: a line of ``changes.csv``.

    A record that is new, or gone, has one line, with its status. One that is in both has a line for
    each field that changed. Lines are sorted by id, and those of a record as ``FIELDS`` are.
    """

    id: Words = Field(description="The id of the record, as its registry writes it.")
    change: Change = Field(description="new, gone, or changed.")
    field: ChangedField = Field(
        description="The field that changed; status where all is new or gone."
    )
    before: Words | None = Field(
        default=None, description="What the record said before; empty where it said nothing."
    )
    after: Words | None = Field(
        default=None, description="What it says now; empty where it says nothing."
    )

    @model_validator(mode="after")
    def _makes_sense(self) -> RegistryChange:
        """A new record has no past, a gone one no present; and a change is one."""
        wrong = {
            "new": self.before is not None or self.field != "status",
            "gone": self.after is not None or self.field != "status",
            "changed": self.before == self.after,
        }[self.change]
        if wrong:
            message = "a record that is {change} cannot read '{before}' before and '{after}' after"
            context = {"change": self.change, "before": self.before, "after": self.after}
            raise PydanticCustomError("change", message, context)
        return self


# What was asked for, in lower case, and of which registries
Origin = tuple[str, frozenset[str]]


def origin_of(search: str, formats: Iterable[str]) -> Origin:
    """Return what was asked for, and of which registries.

    Exports of one origin follow each other: they can be compared, and the newest of them is shown.
    """
    return " ".join(search.casefold().split()), frozenset(FORM.sub("", name) for name in formats)


class ComparedWith(Model):
    """The export before, of the same search, with which an export was compared, and its day.

    ``not_compared`` are fields that one of the two does not have.
    """

    export: Id = Field(description="The export before it, of the same search, by its id.")
    exported: DateField = Field(description="The day of that export.")
    not_compared: tuple[ChangedField, ...] = ()


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

    version: Words = Field(description="The version of the rules that sorted its records.")
    sha_256: Sha256 = Field(title="SHA-256", description="The hash of the file of those rules.")


class Dropped(Model):
    """Rows that are not kept, by reason: a row, an id or a trial that stands again, or another country of it."""

    same_row: Count = 0
    same_id: Count = 0
    same_trial: Count = 0
    other_country: Count = 0


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
    """An export of a registry.

    ``search`` is what the registry was asked for, ``exported`` the day of the download and
    ``newest_update`` the newest day on which a record was updated. Of ``read`` rows ``kept`` are in
    ``records.csv``. ``tables`` are the counts made of them, each of which sums to ``kept``;
    ``unclassified`` are the ids that no rule took, by question. ``changes`` are those since the
    export that it was ``compared_with``; where the rules differ, ``resorted`` says how many records of
    both are sorted otherwise, by question.
    """

    id: Id = Field(title="Export", description="The name of the export on this site.")
    search: Words = Field(description="What the registry was asked for.")
    exported: DateField = Field(description="The day of the download.")
    newest_update: DateField | None = Field(
        default=None, description="The newest day on which one of its records was updated."
    )
    tool: Words = Field(description="What read it.")
    files: tuple[ExportFile, ...] = Field(min_length=1)
    rules: ExportRules = Field(description="The rules of classification that were used.")
    read: Count = Field(description="How many rows it has.")
    kept: Count = Field(description="How many records were kept of them.")
    dropped: Dropped
    unrecognised: dict[Id, tuple[Unrecognised, ...]] = Field(default_factory=dict)
    compared_with: ComparedWith | None = Field(
        default=None, description="The export that it was compared with."
    )
    changes: tuple[RegistryChange, ...] = ()
    resorted: dict[Id, Count] = Field(default_factory=dict)
    tables: dict[Id, ExportTable] = Field(default_factory=dict)
    unclassified: dict[Id, tuple[Words, ...]] = Field(default_factory=dict)

    @property
    def origin(self) -> Origin:
        """Return what was asked for, and of which registries: see ``origin_of``."""
        return origin_of(self.search, (file.format for file in self.files))

    def counted(self, table: str) -> dict[str, int]:
        """Return how many records have each value of a table of one question, over all groups."""
        sums: dict[str, int] = {}
        for row in self.tables[table].rows if table in self.tables else ():
            sums[str(row[-2])] = sums.get(str(row[-2]), 0) + int(row[-1])
        return sums
