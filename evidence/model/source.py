"""A source: something that was read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from evidence.model.base import Address, Id, Model, Words, asks
from evidence.model.bibliography import (
    DOI_SCHEMA,
    PMCID_SCHEMA,
    PMID_SCHEMA,
    Issued,
    Name,
    parse_doi,
    parse_pmcid,
    parse_pmid,
    sorting_name,
)
from evidence.model.source_reading import Discrepancy, RetractionCheck, SourceReading

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


class Source(Model):
    """A paper, registry record, press release or letter. Bibliographic keys follow CSL.

    ``licence`` is set where the source itself names one, and ``terms`` where it says in words what may be
    done with it. Without both its licence is not known to us. Readings and discrepancies are tables of their own.
    """

    id: Id = Field(title="Source", description="The name of the source on this site.")
    type: Words = Field(
        description="What it is, in the words of CSL.",
        examples=["article-journal", "webpage"],
        json_schema_extra=asks(
            "What it is in the words of CSL, as Zotero exports it: article-journal, book, report, webpage."
        ),
    )
    title: Words = Field(
        description="Its title, as printed.",
        examples=["Honey for cough in children"],
        json_schema_extra=asks("Its title as printed, in the source's own language and capitals."),
    )
    short: Words = Field(
        description="Its name in a few words, often author and year.",
        examples=["Honey 2019"],
        json_schema_extra=asks(
            "Its name in a few words, as notes and cards show it: first author and year."
        ),
    )
    kind: SourceKind = Field(
        description="What it is, in the words of this site.",
        examples=["journal-article"],
        json_schema_extra=asks("What it is in the words of this site."),
    )
    reading: tuple[SourceReading, ...] = Field(
        min_length=1,
        examples=[[{"part": "Abstract", "date": "2026-11-21", "extent": "whole"}]],
        json_schema_extra=asks(
            "What was read of it: which part, where, when, and how much. One entry for each reading."
        ),
    )
    author: tuple[Name, ...] = Field(
        default=(),
        title="Authors",
        description="Who wrote it.",
        examples=[[{"family": "Shang", "given": "Z"}]],
        json_schema_extra=asks(
            "Who wrote it, in the order printed: family and given, or literal for an organisation."
        ),
    )
    issued: Issued | None = Field(
        default=None,
        description="When it was published.",
        examples=["2022-09-05"],
        json_schema_extra=asks(
            "When it was published: a year, a month or a day, as precise as the source gives it."
        ),
    )
    container_title: Words | None = Field(
        default=None,
        title="Published in",
        description="The journal, book or site.",
        examples=["BMC Medicine"],
        json_schema_extra=asks("The journal, book or site in which it appeared, written out."),
    )
    volume: Words | None = Field(
        default=None,
        description="The volume.",
        examples=["20"],
        json_schema_extra=asks('The volume, in quotes: "20".'),
    )
    issue: Words | None = Field(
        default=None,
        description="The issue of the volume.",
        examples=["3"],
        json_schema_extra=asks("The issue of the volume, in quotes."),
    )
    page: Words | None = Field(
        default=None,
        title="Pages",
        description="The pages, or the number of the article.",
        examples=["284", "12-19"],
        json_schema_extra=asks("The pages, or the number of the article, in quotes."),
    )
    publisher: Words | None = Field(
        default=None,
        description="Who published it.",
        examples=["European Medicines Agency"],
        json_schema_extra=asks("Who published it, for what is in no journal."),
    )
    doi: Annotated[Words, BeforeValidator(parse_doi), WithJsonSchema(DOI_SCHEMA)] | None = Field(
        default=None,
        alias="DOI",
        title="DOI",
        description="Its digital object identifier.",
        examples=["10.1186/s12916-022-02482-2"],
        json_schema_extra=asks(
            "Its DOI, from the paper's first page: it begins with 10. and may be copied as an address."
        ),
    )
    pmid: Annotated[Words, BeforeValidator(parse_pmid), WithJsonSchema(PMID_SCHEMA)] | None = Field(
        default=None,
        alias="PMID",
        title="PubMed",
        description="Its number in PubMed.",
        examples=["36059004"],
        json_schema_extra=asks("Its number in PubMed, in quotes: below the abstract there."),
    )
    pmcid: Annotated[Words, BeforeValidator(parse_pmcid), WithJsonSchema(PMCID_SCHEMA)] | None = (
        Field(
            default=None,
            alias="PMCID",
            title="PubMed Central",
            description="Its id in PubMed Central.",
            examples=["PMC9442938"],
            json_schema_extra=asks("Its id in PubMed Central: PMC and digits."),
        )
    )
    url: Address | None = Field(
        default=None,
        alias="URL",
        title="Address",
        description="Its public address.",
        examples=["https://doi.org/10.1186/s12916-022-02482-2"],
        json_schema_extra=asks("Its public address: best that of its DOI."),
    )
    licence: Licence | None = Field(
        default=None,
        description="The licence that it names, by its id in the SPDX list; empty where it is not known to us.",
        examples=["CC-BY-4.0"],
        json_schema_extra=asks(
            "The licence that the source itself names, by its id in the SPDX list. Do not guess: leave it out where "
            "none is named."
        ),
    )
    terms: Words | None = Field(
        default=None,
        description="What it says in words of its reuse, where that is no licence of the list.",
        examples=["May be reprinted for teaching."],
        json_schema_extra=asks(
            "What the source says in words of its reuse, where that is no licence of the list."
        ),
    )
    retraction: RetractionCheck | None = Field(
        default=None,
        description="What a look for a retraction gave.",
        examples=[{"state": "none-found", "on": "2026-11-28", "where": "the journal's page"}],
        json_schema_extra=asks(
            "What a look for a retraction or correction gave. Every paper that a topic cites needs one."
        ),
    )
    note: Words | None = Field(
        default=None,
        description="What else has to be known of it.",
        examples=["Only the abstract is public."],
        json_schema_extra=asks("Anything else that a reader has to know of it, in a sentence."),
    )
    discrepancies: dict[Id, Discrepancy] = Field(
        default_factory=dict,
        examples=[
            {
                "cough-share": {
                    "locator": "Abstract",
                    "prints": "34%",
                    "expected": "35%",
                    "state": "open",
                    "seen": "2026-11-28",
                }
            }
        ],
        json_schema_extra=asks(
            "Something that the source prints and that its own numbers or another source contradict, each under a "
            "name of its own."
        ),
    )

    @property
    def sorted_by(self) -> str:
        """Return what it is sorted by: its short name, without accents and without the particle of its author."""
        return sorting_name(self.short, self.author)

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
