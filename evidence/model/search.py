"""A search: what was looked for, where and when, and what became of each item found.

A topic page shows evidence that a search accounts for, and a search accounts for every study of its
conditions that data/ holds. So no result can be left off a page in silence.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from evidence.model.base import (
    Address,
    Id,
    ListedIn,
    Model,
    Prose,
    SourceId,
    StudyId,
    TrialId,
    Words,
    asks,
)
from evidence.model.caution import Rating
from evidence.model.query import Query, SearchQuestion
from evidence.model.search_words import BECAME, ITEM_KINDS, REASONS, Became, ItemKind, Reason

# What ``FoundItem`` holds its keys to, as a JSON Schema can say it
ITEM_RULES: dict[str, Any] = {
    "oneOf": [{"required": [key]} for key in ("study", "source", "trial", "name")],
    "if": {"properties": {"became": {"const": "left-out"}}, "required": ["became"]},
    "then": {"required": ["reason"]},
    "else": {"properties": {"reason": False}},
    "anyOf": [{"required": ["study"]}, {"required": ["kind"]}],
}


class FoundItem(Model):
    """One thing that was found, and what became of it.

    It is a ``study``, ``source`` or ``trial`` of this site, or has a ``name`` and, where known, a
    ``url``. ``kind`` may be left out for a study, whose design gives it.
    """

    model_config = ConfigDict(json_schema_extra=ITEM_RULES)

    study: StudyId | None = Field(
        default=None,
        description="The study that it is, by its id.",
        examples=["honey-2019"],
        json_schema_extra=asks(
            "The study that it is: the name of its file in data/studies. One of study, source, trial and name is "
            "needed, and only one."
        ),
    )
    source: SourceId | None = Field(
        default=None,
        description="Or the source, by its id.",
        examples=["colds-2021"],
        json_schema_extra=asks("Or the source that it is: the name of its file in data/sources."),
    )
    trial: TrialId | None = Field(
        default=None,
        description="Or the trial, by its id.",
        examples=["nct01234567"],
        json_schema_extra=asks("Or the trial that it is: the name of its file in data/trials."),
    )
    name: Words | None = Field(
        default=None,
        description="Or its name, where it is none of these.",
        examples=["A thesis on honey, Bergen 1999"],
        json_schema_extra=asks("Or what it is called, where this site has no file of it."),
    )
    url: Address | None = Field(
        default=None,
        title="Address",
        description="Where it can be found, for one with a name.",
        examples=["https://example.org/thesis"],
    )
    kind: ItemKind | None = Field(
        default=None,
        description="What it is; for a study, what follows from its design.",
        examples=["randomised-trial"],
        json_schema_extra=asks(
            "What it is. Leave it out for a study, whose design says it; all others need it.",
            ITEM_KINDS,
        ),
    )
    became: Became = Field(
        description="What became of it.",
        examples=["shown"],
        json_schema_extra=asks("What became of it.", BECAME),
    )
    reason: Reason | None = Field(
        default=None,
        description="Why it was left out.",
        examples=["other-outcome"],
        json_schema_extra=asks(
            "Why it was left out: only with 'became: left-out', and then always.", REASONS
        ),
    )
    note: Words | None = Field(
        default=None,
        description="What else has to be known of it.",
        examples=["Reports sleep alone."],
        json_schema_extra=asks("Anything else that a reader has to know of it, in a sentence."),
    )

    @model_validator(mode="after")
    def _one_thing(self) -> FoundItem:
        named = [target for target in (self.study, self.source, self.trial, self.name) if target]
        if len(named) != 1:
            raise PydanticCustomError(
                "one-thing", "an item is one study, source, trial or name", {}
            )
        if (self.became == "left-out") != (self.reason is not None):
            message = "an item has a reason when it is left out, and only then"
            raise PydanticCustomError("reason", message, {})
        if self.kind is None and self.study is None:
            raise PydanticCustomError("kind", "an item that is no study needs a kind", {})
        return self


class Outcome(Model):
    """An outcome of a topic. ``better`` says which way is good for people.

    ``rating`` is how certain others judge what all studies of it show. ``pooled`` names the forest
    of comparisons by lot whose pooled result stands in the summary of findings; without it nothing is
    pooled there. ``important`` is a finding: the smallest difference that matters to people, as others
    judged it.
    """

    title: Words = Field(
        description="The name of the outcome.",
        examples=["No cough after a week"],
        json_schema_extra=asks("The name of the outcome, as the head of its table."),
    )
    better: Literal["higher", "lower"] = Field(
        description="Which way is good for people.",
        examples=["higher"],
        json_schema_extra=asks(
            "Which way is good for people: higher for recovery, lower for harm."
        ),
    )
    note: Prose | None = Field(
        default=None,
        description="What else has to be known of it.",
        examples=["Counted by parents."],
        json_schema_extra=asks("Anything else that a reader has to know of it, in a sentence."),
    )
    rating: Rating | None = Field(
        default=None,
        description="How certain others judge what all studies show.",
        examples=[
            {
                "certainty": "low",
                "by": "the authors of the review",
                "source": "colds-2021",
                "locator": "Table 1",
            }
        ],
        json_schema_extra=asks(
            "How certain somebody else judges what all studies of it show. Never your own judgement."
        ),
    )
    pooled: Id | None = Field(
        default=None,
        description="The figure of this site that pools its comparisons, by its id.",
        examples=["honey-forest"],
        json_schema_extra=asks(
            "The figure of this site that pools its comparisons: the name of its file in data/figures."
        ),
    )
    important: Words | None = Field(
        default=None,
        description="The finding that says which difference matters to people, as its study and its name.",
        examples=["colds-2021/smallest-that-matters"],
        json_schema_extra=asks(
            "The finding that says which difference matters to people, as study/finding."
        ),
    )


class Search(Model):
    """The question, the queries and the account of what was found, for one or more topic pages.

    It accounts for every study of its ``conditions`` that has a finding with one of its
    ``outcomes``. The outcomes stand in the order in which their tables are shown.
    """

    id: Id = Field(title="Search", description="The name of the search on this site.")
    pages: tuple[Words, ...] = Field(
        min_length=1,
        description="The pages that rest on it.",
        examples=[["colds/honey"]],
        json_schema_extra=asks(
            "The pages that rest on it, by their paths below content/ without .md."
        ),
    )
    conditions: tuple[Annotated[Id, ListedIn("conditions")], ...] = Field(
        min_length=1,
        description="The conditions that it covers, by the closed list.",
        json_schema_extra=asks(
            "The conditions that it covers: words of the list 'conditions' in data/vocabularies.yaml."
        ),
    )
    question: SearchQuestion = Field(
        description="The question that it asks.",
        examples=[
            {
                "people": "Children",
                "treatment": "Honey",
                "comparator": "Placebo",
                "outcomes": "Cough",
            }
        ],
        json_schema_extra=asks("The question that it asks, in four parts."),
    )
    outcomes: dict[Id, Outcome] = Field(
        default_factory=dict,
        examples=[{"cough-free": {"title": "No cough after a week", "better": "higher"}}],
        json_schema_extra=asks(
            "The outcomes of the topic in the order of their tables, each under the name that findings give as "
            "'outcome:'."
        ),
    )
    queries: tuple[Query, ...] = Field(
        min_length=1,
        examples=[
            [
                {
                    "aim": "trials",
                    "where": "PubMed",
                    "words": "honey AND cough",
                    "on": "2026-11-21",
                    "gave": 12,
                }
            ]
        ],
        json_schema_extra=asks("What was asked, one entry for each query."),
    )
    items: tuple[FoundItem, ...] = Field(
        min_length=1,
        examples=[[{"study": "honey-2019", "became": "shown"}]],
        json_schema_extra=asks("Everything that was found and looked at, and what became of it."),
    )
    note: Prose | None = Field(
        default=None,
        description="What else has to be known of it.",
        examples=["Searched by one person."],
        json_schema_extra=asks("Anything else that a reader has to know of it, in a sentence."),
    )
