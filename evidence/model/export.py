"""An export of a registry, as the importer read it: where it comes from, its records, its counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import Field

from evidence.model.base import DateField, Id, Model, Printed, asks
from evidence.model.registry_record import ChangedField, Count, RegistryChange, Sha256

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

    export: Id = Field(
        description="The export before it, of the same search, by its id.",
        examples=["register-2021"],
    )
    exported: DateField = Field(
        description="The day of that export.",
        examples=["2021-10-07"],
    )
    not_compared: tuple[ChangedField, ...] = Field(
        default=(),
        examples=[["results"]],
        json_schema_extra=asks("Fields that one of the two exports does not have."),
    )


class ExportFile(Model):
    """One file that was read: its SHA-256, its size in bytes, and the rows in it.

    ``notes`` say how it was read, where that was not as a registry gives it.
    """

    format: Id = Field(
        examples=["clinicaltrials-gov-csv"],
        json_schema_extra=asks("The registry, and the way in which it exported."),
    )
    sha_256: Sha256 = Field(
        examples=["0000000000000000000000000000000000000000000000000000000000000000"],
        json_schema_extra=asks("The SHA-256 of the file that was read."),
    )
    size_in_bytes: Count = Field(
        examples=[1554231], json_schema_extra=asks("The size of that file, in bytes.")
    )
    rows: Count = Field(examples=[1389], json_schema_extra=asks("How many rows it has."))
    notes: tuple[Printed, ...] = Field(
        default=(),
        examples=[["Read as Windows-1252."]],
        json_schema_extra=asks("How it was read, where that was not as the registry gives it."),
    )


class ExportRules(Model):
    """The rules of classification that were used."""

    version: Printed = Field(
        description="The version of the rules that sorted its records.",
        examples=["2"],
    )
    sha_256: Sha256 = Field(
        title="SHA-256",
        description="The hash of the file of those rules.",
        examples=["0000000000000000000000000000000000000000000000000000000000000000"],
    )


class Dropped(Model):
    """Rows that are not kept, by reason: a row, an id or a trial that stands again, or another country of it."""

    same_row: Count = Field(
        default=0, examples=[2], json_schema_extra=asks("How many rows stood twice, word for word.")
    )
    same_id: Count = Field(
        default=0,
        examples=[1],
        json_schema_extra=asks("How many rows had an id that another row has."),
    )
    same_trial: Count = Field(
        default=0,
        examples=[3],
        json_schema_extra=asks("How many rows were of a trial that another row is of."),
    )
    other_country: Count = Field(
        default=0,
        examples=[4],
        json_schema_extra=asks(
            "How many rows were another country of a trial that another row is of."
        ),
    )


class Unrecognised(Model):
    """A value that no vocabulary knows, which was counted as not stated, and how often."""

    value: Printed = Field(
        examples=["Phase Unknown"],
        json_schema_extra=asks("The value as the registry wrote it, which no list knows."),
    )
    studies: Count = Field(examples=[3], json_schema_extra=asks("How many studies have it."))


class ExportTable(Model):
    """One table: ``columns``, of which the last is "studies", and ``rows`` of text and a count."""

    columns: tuple[Printed, ...] = Field(
        min_length=2,
        examples=[["group", "year", "studies"]],
        json_schema_extra=asks("The columns of the table; the last is the count."),
    )
    rows: tuple[tuple[str | int, ...], ...] = Field(
        default=(),
        examples=[[["all", "2020", 12]]],
        json_schema_extra=asks("Its rows: text, and a count at the end."),
    )

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
    search: Printed = Field(
        description="What the registry was asked for.",
        examples=["honey"],
    )
    exported: DateField = Field(
        description="The day of the download.",
        examples=["2022-10-07"],
    )
    newest_update: DateField | None = Field(
        default=None,
        description="The newest day on which one of its records was updated.",
        examples=["2022-10-05"],
    )
    tool: Printed = Field(
        description="What read it.",
        examples=["evidence 0.1.0"],
    )
    files: tuple[ExportFile, ...] = Field(
        min_length=1,
        examples=[
            [
                {
                    "format": "clinicaltrials-gov-csv",
                    "sha-256": "0000000000000000000000000000000000000000000000000000000000000000",
                    "size-in-bytes": 10,
                    "rows": 2,
                }
            ]
        ],
        json_schema_extra=asks("The files that were read. The importer writes them: do not edit."),
    )
    rules: ExportRules = Field(
        description="The rules of classification that were used.",
        json_schema_extra=asks(
            "The version of the rules that sorted its records, and the hash of their file."
        ),
        examples=[
            {
                "version": "2",
                "sha-256": "0000000000000000000000000000000000000000000000000000000000000000",
            }
        ],
    )
    read: Count = Field(
        description="How many rows it has.",
        examples=[1389],
    )
    kept: Count = Field(
        description="How many records were kept of them.",
        examples=[1380],
    )
    dropped: Dropped = Field(
        examples=[{"same-id": 1}], json_schema_extra=asks("How many rows were not kept, by reason.")
    )
    unrecognised: dict[Id, tuple[Unrecognised, ...]] = Field(
        default_factory=dict,
        examples=[{"phase": [{"value": "Phase Unknown", "studies": 3}]}],
        json_schema_extra=asks("Values that no list knows, by the field in which they stand."),
    )
    compared_with: ComparedWith | None = Field(
        default=None,
        description="The export that it was compared with.",
        examples=[{"export": "register-2021", "exported": "2021-10-07"}],
    )
    changes: tuple[RegistryChange, ...] = Field(
        default=(),
        examples=[[]],
        json_schema_extra=asks(
            "What changed since that export: made from changes.csv, and not written here."
        ),
    )
    resorted: dict[Id, Count] = Field(
        default_factory=dict,
        examples=[{"condition": 2}],
        json_schema_extra=asks(
            "How many records of both exports the rules sorted otherwise than before, by question."
        ),
    )
    tables: dict[Id, ExportTable] = Field(
        default_factory=dict,
        examples=[{}],
        json_schema_extra=asks(
            "The counts of its records: made from records.csv, and not written here."
        ),
    )
    unclassified: dict[Id, tuple[Printed, ...]] = Field(
        default_factory=dict,
        examples=[{}],
        json_schema_extra=asks(
            "The records that no rule took, by question: made from records.csv, and not written here."
        ),
    )

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
