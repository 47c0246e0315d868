"""A search: what was looked for, where and when, and what became of each item found.

A topic page shows evidence that a search accounts for, and a search accounts for every study of its
conditions that data/ holds. So no result can be left off a page in silence.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from evidence.model.base import (
    Address,
    DateField,
    Id,
    Model,
    Prose,
    SourceId,
    StudyId,
    TrialId,
    Whole,
    Words,
)
from evidence.model.study import DesignKind, Rating

# What every search has to look for
Aim = Literal[
    "trials",
    "meta-analyses",
    "follow-up",
    "regulators",
    "stopped-programmes",
    "retractions",
    "other",
]
AIMS: dict[Aim, str] = {
    "trials": "Randomised and controlled trials",
    "meta-analyses": "Meta-analyses",
    "follow-up": "Long-term and safety follow-up",
    "regulators": "Decisions of regulators",
    "stopped-programmes": "Failed and stopped programmes",
    "retractions": "Retractions of what is cited",
    "other": "Other",
}

ItemKind = Literal[
    "randomised-trial",
    "controlled-study",
    "uncontrolled-study",
    "meta-analysis",
    "review",
    "cohort",
    "follow-up",
    "regulator-decision",
    "programme",
    "registry-record",
    "retraction",
    "report",
]
ITEM_KINDS: dict[ItemKind, str] = {
    "randomised-trial": "Randomised trial",
    "controlled-study": "Comparison without randomisation",
    "uncontrolled-study": "Study without a comparison",
    "meta-analysis": "Meta-analysis",
    "review": "Review",
    "cohort": "Cohort without the treatment",
    "follow-up": "Follow-up",
    "regulator-decision": "Decision of a regulator",
    "programme": "Programme of a company or hospital",
    "registry-record": "Registry record",
    "retraction": "Retraction or correction",
    "report": "Report, news or statement",
}
KIND_OF_DESIGN: dict[DesignKind, ItemKind] = {
    "randomised-controlled-trial": "randomised-trial",
    "non-randomised-controlled-trial": "controlled-study",
    "single-arm-trial": "uncontrolled-study",
    "case-series": "uncontrolled-study",
    "case-report": "uncontrolled-study",
    "expanded-access": "uncontrolled-study",
    "systematic-review": "meta-analysis",
    "own-analysis": "meta-analysis",
    "review": "review",
    "registry-analysis": "review",
    "letter": "review",
    "cohort": "cohort",
    "registered-trial": "registry-record",
    "regulatory-history": "regulator-decision",
    "company-programme": "programme",
    "not-stated": "uncontrolled-study",
}

Became = Literal["shown", "background", "left-out", "not-readable"]
BECAME: dict[Became, str] = {
    "shown": "Shown",
    "background": "Background",
    "left-out": "Left out",
    "not-readable": "Wanted, could not be read",
}

Reason = Literal[
    "other-disease",
    "other-treatment",
    "other-outcome",
    "no-results",
    "same-people",
    "newer-one-shown",
    "no-data-of-its-own",
    "not-in-people",
    "not-traceable",
]
REASONS: dict[Reason, str] = {
    "other-disease": "About another disease or other people",
    "other-treatment": "About another treatment",
    "other-outcome": "Reports no outcome of this question",
    "no-results": "No results yet",
    "same-people": "The same people as in an item that is shown",
    "newer-one-shown": "A newer version is shown",
    "no-data-of-its-own": "No data of its own",
    "not-in-people": "In animals or in the laboratory",
    "not-traceable": "What it says could not be traced to a source",
}


class SearchQuestion(Model):
    """The question of a topic: in whom, what, compared with what, and which outcomes."""

    people: Prose = Field(description="In whom.")
    treatment: Prose = Field(description="What was looked for.")
    comparator: Prose = Field(description="What it is compared with.")
    outcomes: Prose = Field(description="What could change.")


class Query(Model):
    """One act of searching. ``gave`` counts the things found that were looked at, 0 for none."""

    aim: Aim = Field(description="What was looked for, by kind.")
    where: Words = Field(description="Where one looked.")
    words: Words = Field(description="What was asked.")
    on: DateField = Field(description="The day of the search.")
    gave: Whole = Field(
        ge=0, le=100_000, description="How many of the things found were looked at."
    )
    note: Words | None = Field(default=None, description="What else has to be known of it.")


class FoundItem(Model):
    """One thing that was found, and what became of it.

    It is a ``study``, ``source`` or ``trial`` of this site, or has a ``name`` and, where known, a
    ``url``. ``kind`` may be left out for a study, whose design gives it.
    """

    study: StudyId | None = Field(default=None, description="The study that it is, by its id.")
    source: SourceId | None = Field(default=None, description="Or the source, by its id.")
    trial: TrialId | None = Field(default=None, description="Or the trial, by its id.")
    name: Words | None = Field(default=None, description="Or its name, where it is none of these.")
    url: Address | None = Field(
        default=None, title="Address", description="Where it can be found, for one with a name."
    )
    kind: ItemKind | None = Field(
        default=None, description="What it is; for a study, what follows from its design."
    )
    became: Became = Field(description="What became of it.")
    reason: Reason | None = Field(default=None, description="Why it was left out.")
    note: Words | None = Field(default=None, description="What else has to be known of it.")

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

    title: Words = Field(description="The name of the outcome.")
    better: Literal["higher", "lower"] = Field(description="Which way is good for people.")
    note: Prose | None = Field(default=None, description="What else has to be known of it.")
    rating: Rating | None = Field(
        default=None, description="How certain others judge what all studies show."
    )
    pooled: Id | None = Field(
        default=None, description="The figure of this site that pools its comparisons, by its id."
    )
    important: Words | None = Field(
        default=None,
        description="The finding that says which difference matters to people, as its study and its name.",
    )


class Search(Model):
    """The question, the queries and the account of what was found, for one or more topic pages.

    It accounts for every study of its ``conditions`` that has a finding with one of its
    ``outcomes``. The outcomes stand in the order in which their tables are shown.
    """

    id: Id = Field(title="Search", description="The name of the search on this site.")
    pages: tuple[Words, ...] = Field(min_length=1, description="The pages that rest on it.")
    conditions: tuple[Id, ...] = Field(
        min_length=1, description="The conditions that it covers, by the closed list."
    )
    question: SearchQuestion = Field(description="The question that it asks.")
    outcomes: dict[Id, Outcome] = Field(default_factory=dict)
    queries: tuple[Query, ...] = Field(min_length=1)
    items: tuple[FoundItem, ...] = Field(min_length=1)
    note: Prose | None = Field(default=None, description="What else has to be known of it.")
