"""A study and its findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from evidence.model.base import (
    Id,
    ListedIn,
    Model,
    Prose,
    WithUnit,
    Words,
    asks,
)
from evidence.model.caution import Mark, SourcePlace
from evidence.model.design import Design, Intervention, Population
from evidence.model.finding import Finding
from evidence.model.study_sums import Analysis, RegistryCount, Sum, Years


class Study(Model):
    """One investigation: design, population, intervention, findings and where they were read.

    Fields without a description hold no result: they tell a build what to check or to count.
    """

    id: Id = Field(title="Study", description="The name of the study on this site.")
    title: Words = Field(
        description="What the study is, in our words.",
        examples=["HONEY-2: honey against placebo in children with a cough"],
        json_schema_extra=asks(
            "What the study is, in our words: its name, what was given to whom."
        ),
    )
    short: Words = Field(
        description="Its name in a few words, often author and year.",
        examples=["Honey 2019"],
        json_schema_extra=asks(
            "Its name in a few words, as tables and figures show it: the name of the trial, or author and year."
        ),
    )
    summary: Prose = Field(
        description="What was done and found, in a sentence or two.",
        examples=["A randomised trial of honey for children with a cough."],
        json_schema_extra=asks(
            "What was done and found, in a sentence or two. Numbers are references: [[study/finding]]."
        ),
    )
    condition: Annotated[Words, ListedIn("conditions")] = Field(
        description="The condition, by the closed list.",
        json_schema_extra=asks(
            "The condition: a word of the list 'conditions' in data/vocabularies.yaml."
        ),
    )
    design: Design = Field(
        description="How it was made.",
        examples=[{"kind": "randomised-controlled-trial", "blinding": "double"}],
        json_schema_extra=asks(
            "How the study was made. What the paper does not say is 'not-stated'."
        ),
    )
    described_in: SourcePlace = Field(
        description="Where design and people are described.",
        examples=[{"source": "honey-2019", "locator": "Methods"}],
        json_schema_extra=asks("Where design and people are described: a source and a locator."),
    )
    intervention: Intervention | None = Field(
        default=None,
        description="What was given.",
        examples=[{"route": "a spoon in the evening", "cell": "honey"}],
        json_schema_extra=asks(
            "What was given. Leave it out where nothing was, as in a registry of patients."
        ),
    )
    population: Population | None = Field(
        default=None,
        description="In whom.",
        examples=[{"description": "Children with a cough of less than a week"}],
        json_schema_extra=asks("In whom: who took part, as the paper describes them."),
    )
    follow_up: WithUnit | None = Field(
        default=None,
        description="How long people were observed.",
        examples=["4 weeks"],
        json_schema_extra=asks("How long people were observed after treatment, with its unit."),
    )
    registry: tuple[Words, ...] = Field(
        default=(),
        title="Registry ids",
        description="Its ids in registries of trials.",
        examples=[["2020-001234-56"]],
        json_schema_extra=asks(
            "Its ids in registries of trials, as printed: in the abstract or at the end of the methods."
        ),
    )
    marks: tuple[Mark, ...] = Field(
        default=(),
        description="What has to stay visible of the study: kind and words.",
        examples=[[{"kind": "mirror", "text": "The abstract was read in a copy."}]],
        json_schema_extra=asks(
            "Cautions that have to stay visible of the whole study, each a kind and a sentence."
        ),
    )
    related: tuple[Id, ...] = Field(
        default=(),
        description="Studies that belong to it, by their ids.",
        examples=[["honey-2021"]],
        json_schema_extra=asks(
            "Studies that belong to it, such as a later follow-up: the names of their files."
        ),
    )
    draft: StrictBool = Field(
        default=False,
        examples=[True],
        json_schema_extra=asks(
            "true while only you are to see it: 'build.py serve' shows it, and a build leaves it out."
        ),
    )
    reanalysis: Literal["strict", "doubtful", "excluded"] | None = Field(
        default=None,
        description="What it is to the re-analysis of this site.",
        examples=["strict"],
        json_schema_extra=asks(
            "What it is to this site's own re-analysis. Leave it out where it has no part in one."
        ),
    )
    note: Prose | None = Field(
        default=None,
        description="What else has to be known of it.",
        examples=["The same people as in Honey 2021."],
        json_schema_extra=asks("Anything else that a reader has to know of it, in a sentence."),
    )
    table: Words | None = Field(
        default=None,
        examples=["honey-2019.csv"],
        json_schema_extra=asks(
            "A table of findings in data/tables, by the name of its file. Findings may stand below 'findings:', in "
            "the table, or in both."
        ),
    )
    sums: tuple[Sum, ...] = Field(
        default=(),
        examples=[[{"parts": ["with-cough", "without-cough"], "total": "participants"}]],
        json_schema_extra=asks("Findings that have to add up; the build checks it."),
    )
    order: tuple[tuple[Id, ...], ...] = Field(
        default=(),
        examples=[[["included", "analysed"]]],
        json_schema_extra=asks(
            "Findings of which each is at most the one before it, as in a flow of participants; the build checks it."
        ),
    )
    years: Years | None = Field(
        default=None,
        examples=[
            {
                "total": "trials",
                "peak": "most",
                "means": [{"finding": "mean-early", "first": 2010, "last": 2014}],
                "last": 2020,
            }
        ],
        json_schema_extra=asks(
            "Means and a peak per year that have to fit a total; the build checks it."
        ),
    )
    counted: RegistryCount | None = Field(
        default=None,
        examples=[
            {"export": "register-2022", "source": "register-2022", "population": "trials of honey"}
        ],
        json_schema_extra=asks("An export of a registry whose counts are findings of this study."),
    )
    analysis: Analysis | None = Field(
        default=None,
        examples=[
            {
                "finding": "cough-free",
                "measure": "no cough",
                "source": "own-analysis",
                "locator": "Pooled",
                "results": {},
            }
        ],
        json_schema_extra=asks("What this site itself pools over its studies."),
    )
    findings: dict[str, Finding] = Field(
        default_factory=dict,
        examples=[
            {
                "cough-free": {
                    "measure": "no cough",
                    "events": 37,
                    "n": 40,
                    "source": "honey-2019",
                    "locator": "Table 2",
                }
            }
        ],
        json_schema_extra=asks(
            "What the study found: each finding under a name of your choice, by which pages cite it as study/finding."
        ),
    )

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the ids of all sources that the study rests on, in order of first use."""
        named = [self.described_in.source]
        for finding in self.findings.values():
            named += [finding.source, *(place.source for place in finding.also)]
        return tuple(dict.fromkeys(named))


def by_outcome(findings: Mapping[str, Finding]) -> dict[str, list[str]]:
    """Return the addresses of the findings of each outcome, in their order."""
    addresses: dict[str, list[str]] = {}
    for address, finding in findings.items():
        if finding.outcome is not None:
            addresses.setdefault(finding.outcome, []).append(address)
    return addresses
