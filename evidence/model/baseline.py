"""When people were first examined or treated, and how they were then."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evidence.model.base import (
    Model,
    Truth,
    WithUnit,
    asks,
)

# Time from the beginning of a condition to treatment; a site says which days each word means
CoursePhase = Literal["acute", "subacute", "chronic", "mixed", "not-stated"]


# Whether all, or some, had lost all that the condition can take, before treatment
Completeness = Literal["complete", "mixed", "not-stated"]


class Baseline(Model):
    """When people were first examined or treated, in words and by kind; see ``CoursePhase``.

    ``time`` reads after "first examined" or "treated": "within 30 days". What a
    finding does not say of it is taken from its study.
    """

    time: WithUnit | None = Field(
        default=None,
        description="When people were first examined or treated, in words.",
        examples=["within 7 days"],
        json_schema_extra=asks(
            "When people were first examined or treated, in words that read on after 'treated': within 30 days."
        ),
    )
    phase: CoursePhase = Field(
        default="not-stated",
        description="How long after the condition began that was, by kind.",
        examples=["acute"],
    )
    completeness: Completeness | None = Field(
        default=None,
        description="Whether all, or some, had lost all that the condition can take.",
        examples=["mixed"],
        json_schema_extra=asks(
            "Whether all, or some, had lost all that the condition can take, before treatment."
        ),
    )
    treated: Truth = Field(
        default=True,
        description="Whether that is the time of treatment, and not of the first examination.",
        examples=[True],
        json_schema_extra=asks(
            "true where that is the time of treatment, false where it is that of the first examination."
        ),
    )
