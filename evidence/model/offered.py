"""A file that a page offers as a download."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from evidence.model.base import Model, Prose, Words, asks
from evidence.model.picture import Licence, deed_of

FOLDER = (
    "files/"  # of the site; the names of files stay as they are, so that others can link to them
)


class Offered(Model):
    """A file of data/downloads on a page, with what it is called there."""

    file: Words = Field(
        examples=["protocol.pdf"],
        json_schema_extra=asks("The name of a file in data/downloads."),
    )
    title: Prose = Field(
        examples=["The protocol of the trial"],
        json_schema_extra=asks("What the file is, as readers are told."),
    )
    licence: Licence = Field(
        examples=["CC BY 4.0"],
        json_schema_extra=asks("Under which licence it may be passed on: one of a closed list."),
    )
    credit: Words | None = Field(
        default=None,
        examples=["Jane Doe, University of Oulu"],
        json_schema_extra=asks("Who made it, where this site did not."),
    )

    @property
    def address(self) -> str:
        """Return the path of the file in the site."""
        return f"{FOLDER}{self.file}"

    @property
    def kind(self) -> str:
        """Return what sort of file it is, by its ending: "PDF"."""
        return self.file.rpartition(".")[2].upper()

    @property
    def deed(self) -> str:
        """Return where the licence is explained."""
        return deed_of(self.licence)


@dataclass(frozen=True)
class OfferedFile:
    """A file of data/downloads: its ``size`` in bytes, and the SHA-256 of what is in it."""

    size: int
    digest: str

    @property
    def size_words(self) -> str:
        """Return the size as readers are told: "12 KB", "3.4 MB"."""
        if self.size < 1_000_000:
            return f"{max(1, round(self.size / 1000))} KB"
        return f"{self.size / 1_000_000:.1f} MB"
