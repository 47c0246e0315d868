"""A source: something that was read."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evidence.model.base import Address, DateField, Id, Model, Words

SourceKind = Literal[
    "journal-article",
    "systematic-review",
    "review",
    "letter",
    "popular-article",
    "registry-record",
    "regulator-page",
    "guidance",
    "company-statement",
    "news",
    "conference-report",
    "secondary-summary",
    "blog",
    "web-page",
]


PAPERS = {"journal-article", "systematic-review", "review", "letter"}


# What stands in a list of authors for those who are not named
UNNAMED = {"and others", "et al.", "et al"}


class Name(Model):
    """A name as CSL writes it: family and given, or literal for an organisation."""

    family: Words | None = None
    given: Words | None = None
    literal: Words | None = None

    def __str__(self) -> str:
        """Return "Shang Z" or the literal name."""
        return self.literal or " ".join(part for part in (self.family, self.given) if part)


class SourceReading(Model):
    """What was read of a source: which part, where, when, and how much of it."""

    part: Words
    url: Address | None = None
    date: DateField
    extent: Literal["whole", "part", "unknown"]
    via: Literal["original", "mirror"] = "original"
    note: Words | None = None


RetractionState = Literal["none-found", "corrected", "retracted"]


class RetractionCheck(Model):
    """What a look for a retraction or correction gave, on which day, and where one looked."""

    state: RetractionState
    on: DateField
    where: Words
    note: Words | None = None


DiscrepancyState = Literal["open", "reported", "acknowledged", "fixed"]
DISCREPANCY_STATES: dict[str, str] = {
    "open": "Open: nobody was told by us",
    "reported": "Reported to the authors or publisher",
    "acknowledged": "Acknowledged by the authors or publisher",
    "fixed": "Fixed in the source",
}


class Discrepancy(Model):
    """Something that a source prints and that something else contradicts, and what is expected.

    ``seen`` is the day on which we last saw what it prints: a later reading of the source has to
    look again. ``findings`` and ``note`` say what the expectation rests on.
    """

    locator: Words
    prints: Words
    expected: Words
    state: DiscrepancyState
    seen: DateField
    findings: tuple[Words, ...] = ()
    note: Words | None = None


class Source(Model):
    """A paper, registry record, press release or letter. Bibliographic keys follow CSL."""

    id: Id
    type: Words
    title: Words
    short: Words
    kind: SourceKind
    reading: tuple[SourceReading, ...] = Field(min_length=1)
    author: tuple[Name, ...] = ()
    issued: DateField | None = None
    container_title: Words | None = None
    volume: Words | None = None
    issue: Words | None = None
    page: Words | None = None
    publisher: Words | None = None
    doi: Words | None = Field(default=None, alias="DOI")
    pmid: Words | None = Field(default=None, alias="PMID")
    pmcid: Words | None = Field(default=None, alias="PMCID")
    url: Address | None = Field(default=None, alias="URL")
    retraction: RetractionCheck | None = None
    note: Words | None = None
    discrepancies: dict[Id, Discrepancy] = Field(default_factory=dict)

    @property
    def is_paper(self) -> bool:
        """Tell whether the source is a paper, which can be retracted."""
        return self.kind in PAPERS

    @property
    def read_on(self) -> str:
        """Return the date of the latest reading in words."""
        latest = max(self.reading, key=lambda reading: reading.date.first_day)
        return latest.date.words

    @property
    def partly_readable(self) -> bool:
        """Tell whether no part of the source could be read whole."""
        return all(reading.extent != "whole" for reading in self.reading)
