"""A source: something that was read."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, LiteralString

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from evidence.model.base import Address, DateField, Id, Model, Words, parse_text

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


# Licences of what was read, by their ids in the SPDX list (spdx.org/licenses): those under which texts and
# data are published. Where none of them fits, a source says its ``terms`` in words
Licence = Literal[
    "CC0-1.0",
    "CC-BY-2.0",
    "CC-BY-2.5",
    "CC-BY-3.0",
    "CC-BY-3.0-IGO",
    "CC-BY-4.0",
    "CC-BY-SA-3.0",
    "CC-BY-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-2.0",
    "CC-BY-NC-3.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-3.0",
    "CC-BY-NC-SA-3.0-IGO",
    "CC-BY-NC-SA-4.0",
    "CC-BY-NC-ND-3.0",
    "CC-BY-NC-ND-4.0",
    "CC-PDDC",
    "CC-PDM-1.0",
    "OGL-UK-3.0",
    "etalab-2.0",
]

PAPERS = {"journal-article", "systematic-review", "review", "letter"}


# What stands in a list of authors for those who are not named
UNNAMED = {"and others", "et al.", "et al"}


DOI_FORM = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
DOI_BEFORE = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi: ?)", re.IGNORECASE)
PMID_FORM, PMCID_FORM = re.compile(r"[1-9][0-9]{0,8}"), re.compile(r"PMC[1-9][0-9]{0,8}")


def parse_doi(written: Any) -> Any:
    """Accept a DOI, also as its address or behind "doi:", as publishers and Zotero give it: 10.1000/abc."""
    doi = DOI_BEFORE.sub("", written, count=1) if isinstance(written, str) else written
    if isinstance(doi, str) and DOI_FORM.fullmatch(doi):
        return doi
    raise PydanticCustomError("doi", "'{written}' is not a DOI", {"written": str(written)})


def parse_pmid(written: Any) -> Any:
    """Accept the number of a paper in PubMed."""
    return _formed(written, PMID_FORM, "pmid", "'{written}' is not a number of PubMed")


def parse_pmcid(written: Any) -> Any:
    """Accept the id of a paper in PubMed Central."""
    return _formed(written, PMCID_FORM, "pmcid", "'{written}' is not an id of PubMed Central")


def _formed(written: Any, form: re.Pattern[str], kind: str, message: LiteralString) -> Any:
    text = parse_text(written)
    if not isinstance(text, str) or not form.fullmatch(text):
        raise PydanticCustomError(kind, message, {"written": str(written)})
    return text


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

    part: Words = Field(description="Which part of the source.")
    url: Address | None = Field(
        default=None,
        title="Address",
        description="Where it was read; empty for a copy of the text.",
    )
    date: DateField = Field(description="The day on which we read it.")
    extent: Literal["whole", "part", "unknown"] = Field(description="How much of that part.")
    via: Literal["original", "mirror"] = Field(
        default="original", description="Whether at its publisher, or in a copy elsewhere."
    )
    note: Words | None = Field(default=None, description="What else has to be known of it.")


RetractionState = Literal["none-found", "corrected", "retracted"]


class RetractionCheck(Model):
    """What a look for a retraction or correction gave, on which day, and where one looked."""

    state: RetractionState = Field(description="What a look for a retraction or correction gave.")
    on: DateField = Field(description="The day on which we looked.")
    where: Words = Field(description="Where we looked.")
    note: Words | None = Field(default=None, description="What else has to be known of that.")


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

    locator: Words = Field(description="Where in the source it stands.")
    prints: Words = Field(description="What the source prints.")
    expected: Words = Field(description="What is expected instead.")
    state: DiscrepancyState = Field(description="What became of it.")
    seen: DateField = Field(description="The day on which we last saw what it prints.")
    findings: tuple[Words, ...] = Field(
        default=(), description="The findings that it rests on, each as its study and its name."
    )
    note: Words | None = Field(default=None, description="What else it rests on.")


class Source(Model):
    """A paper, registry record, press release or letter. Bibliographic keys follow CSL.

    ``licence`` is set where the source itself names one, and ``terms`` where it says in words what may be
    done with it. Without both its licence is not known to us. Readings and discrepancies are tables of their own.
    """

    id: Id = Field(title="Source", description="The name of the source on this site.")
    type: Words = Field(description="What it is, in the words of CSL.")
    title: Words = Field(description="Its title, as printed.")
    short: Words = Field(description="Its name in a few words, often author and year.")
    kind: SourceKind = Field(description="What it is, in the words of this site.")
    reading: tuple[SourceReading, ...] = Field(min_length=1)
    author: tuple[Name, ...] = Field(default=(), title="Authors", description="Who wrote it.")
    issued: DateField | None = Field(default=None, description="When it was published.")
    container_title: Words | None = Field(
        default=None, title="Published in", description="The journal, book or site."
    )
    volume: Words | None = Field(default=None, description="The volume.")
    issue: Words | None = Field(default=None, description="The issue of the volume.")
    page: Words | None = Field(
        default=None, title="Pages", description="The pages, or the number of the article."
    )
    publisher: Words | None = Field(default=None, description="Who published it.")
    doi: Annotated[Words, BeforeValidator(parse_doi)] | None = Field(
        default=None, alias="DOI", title="DOI", description="Its digital object identifier."
    )
    pmid: Annotated[Words, BeforeValidator(parse_pmid)] | None = Field(
        default=None, alias="PMID", title="PubMed", description="Its number in PubMed."
    )
    pmcid: Annotated[Words, BeforeValidator(parse_pmcid)] | None = Field(
        default=None, alias="PMCID", title="PubMed Central", description="Its id in PubMed Central."
    )
    url: Address | None = Field(
        default=None, alias="URL", title="Address", description="Its public address."
    )
    licence: Licence | None = Field(
        default=None,
        description="The licence that it names, by its id in the SPDX list; empty where it is not known to us.",
    )
    terms: Words | None = Field(
        default=None,
        description="What it says in words of its reuse, where that is no licence of the list.",
    )
    retraction: RetractionCheck | None = Field(
        default=None, description="What a look for a retraction gave."
    )
    note: Words | None = Field(default=None, description="What else has to be known of it.")
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
