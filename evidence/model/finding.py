"""A finding: one reported quantity of a study, with where it was read and what to be careful of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from evidence.model.arms import Arms, Estimate, events_possible, interval_possible
from evidence.model.base import (
    MOST,
    DateField,
    Id,
    InUnit,
    Level,
    Model,
    Number,
    PValue,
    SourceId,
    Whole,
    WithUnit,
    Words,
    asks,
)
from evidence.model.baseline import Baseline
from evidence.model.caution import Mark, Rating, SourcePlace
from evidence.model.quantity_rules import QUANTITY_RULES


class Finding(Model):
    """One reported quantity of a study, bound to a source and a locator.

    ``outcome`` names an outcome of the searches for the study's condition: all findings with it
    stand in one table. ``outcome: none`` says that a comparison answers no question of a topic.
    """

    model_config = ConfigDict(json_schema_extra=QUANTITY_RULES)

    id: Id = Field(title="Finding", description="The name of the finding in its study.")
    measure: Words = Field(
        description="What was measured.",
        examples=["no cough after a week"],
        json_schema_extra=asks("What was measured, in a few words, as the paper defines it."),
    )
    source: SourceId = Field(
        description="The source in which it was read, by its id.",
        examples=["honey-2019"],
        json_schema_extra=asks("The name of the file in data/sources, without .yaml."),
    )
    locator: Words = Field(
        description="Where in that source it stands.",
        examples=["Table 2, row 3", "Abstract, Results"],
        json_schema_extra=asks(
            "Where in the source it stands, so that others find it at once: section, table and row, figure or page."
        ),
    )
    population: Words | None = Field(
        default=None,
        description="In whom it was measured.",
        examples=["children under 12"],
        json_schema_extra=asks(
            "In whom it was measured, where that is not everybody in the study: often the analysed group, such as "
            "mITT."
        ),
    )
    time: WithUnit | None = Field(
        default=None,
        description="When it was measured.",
        examples=["7 days"],
        json_schema_extra=asks("When it was measured, counted from the treatment."),
    )
    outcome: Id | None = Field(
        default=None,
        description="The outcome whose table it stands in; none where it answers no question of a topic.",
        examples=["cough-free", "none"],
        json_schema_extra=asks(
            "The outcome whose table it stands in: a key below 'outcomes:' in the search of the condition. 'none' "
            "where it answers no question of a topic."
        ),
    )
    baseline: Baseline | None = Field(
        default=None,
        description="When people were first examined or treated.",
        examples=[{"time": "within 7 days", "phase": "acute"}],
        json_schema_extra=asks(
            "When these people were first examined or treated, where that differs from the whole study."
        ),
    )
    group: Words | None = Field(
        default=None,
        description="Which part of the participants the share is of, where it is not all.",
        examples=["those treated early"],
    )
    value: Annotated[Number, InUnit(beside="unit")] | None = Field(
        default=None,
        description="The number, as printed.",
        examples=[48.9, "52.0"],
        json_schema_extra=asks(
            "The number as printed, with its own digits: 52.0 stays 52.0. Without unit, sign or thousands separators."
        ),
    )
    interval: Annotated[tuple[Number, Number], InUnit(beside="unit")] | None = Field(
        default=None,
        description="The interval of the number, as printed.",
        examples=[[40.8, 56.9]],
        json_schema_extra=asks("The interval as printed: [low, high], in the unit of the value."),
    )
    level: Level | None = Field(
        default=None,
        description="The level of that interval in percent, where it was printed.",
        examples=[95],
        json_schema_extra=asks(
            "The level of the interval in percent: 95 for a 95% interval. Leave it out where the paper does not say."
        ),
    )
    unit: Words | None = Field(
        default=None,
        description="The unit of the number.",
        examples=["percent", "people"],
        json_schema_extra=asks(
            "The unit of the value, in words: percent, percentage points, people, studies, points, months."
        ),
    )
    sign: Literal["<", ">", "about"] | None = Field(
        default=None,
        description="What was printed before the number, where it is a bound or about so many.",
        examples=["<"],
        json_schema_extra=asks(
            "What was printed before the number, where it is a bound, or about so many."
        ),
    )
    events: Whole | None = Field(
        default=None,
        ge=0,
        le=MOST,
        description="How many had the result.",
        examples=[37],
        json_schema_extra=asks(
            "How many had the result: a whole number, from the text or the table of results."
        ),
    )
    n: Whole | None = Field(
        default=None,
        ge=1,
        le=MOST,
        title="People",
        description="Among how many.",
        examples=[40],
        json_schema_extra=asks(
            "Among how many they were counted: the number analysed, and not the number enrolled where these differ."
        ),
    )
    arms: Arms | None = Field(
        default=None,
        description="Two groups that are compared.",
        examples=[{"treated": {"events": 58, "n": 103}, "control": {"events": 39, "n": 101}}],
        json_schema_extra=asks("Two groups that are compared, each with its own counts or values."),
    )
    difference: Estimate | None = Field(
        default=None,
        description="The difference or ratio of two groups.",
        examples=[
            {"value": 17.7, "interval": [4.2, 31.2], "level": 95, "unit": "percentage points"}
        ],
        json_schema_extra=asks(
            "The difference or ratio of the two groups, where the paper prints it."
        ),
    )
    p: PValue | None = Field(
        default=None,
        title="P value",
        description="The P value, as printed.",
        examples=["0.010", "<0.001"],
        json_schema_extra=asks('The P value as printed: 0.010, or "<0.001" in quotes.'),
    )
    date: DateField | None = Field(
        default=None,
        description="The date, where the finding is one.",
        examples=["2024-12-13"],
        json_schema_extra=asks(
            "The date, where the finding is one: as precise as the source, 2024, 2024-12 or 2024-12-13."
        ),
    )
    statement: Words | None = Field(
        default=None,
        description="What was found, where it is no number, in our words.",
        examples=["No serious harm was reported."],
        json_schema_extra=asks(
            "What was found where it is no number, in our words, as a sentence."
        ),
    )
    printed: Words | None = Field(
        default=None,
        description="Its figures in the notation of the source.",
        examples=["48.9% [40.8%, 56.9%]", "OR 2·31 (1·2–4·5), p=0·01"],
        json_schema_extra=asks(
            "Its figures, copied from the source with its own signs: readers see them in the note, and the build "
            "holds each figure against the finding."
        ),
    )
    analysis: Words | None = Field(
        default=None,
        description="Which analysis it is of, where its study made several.",
        examples=["adjusted for age"],
        json_schema_extra=asks(
            "Which analysis it is of, where the study made several of the same."
        ),
    )
    same_as: Words | None = Field(
        default=None,
        description="The finding of another study that this one quotes.",
        examples=["colds-2021/cough-free"],
        json_schema_extra=asks(
            "The finding of another study that this one only quotes: study/finding."
        ),
    )
    as_of: DateField | None = Field(
        default=None,
        description="The day on which it was true.",
        examples=["2026-11-21"],
        json_schema_extra=asks(
            "The day on which it was true, for what changes, such as a count on a page."
        ),
    )
    rating: Rating | None = Field(
        default=None,
        description="How certain somebody else judges it to be.",
        examples=[
            {
                "certainty": "low",
                "by": "the authors of the review",
                "source": "colds-2021",
                "locator": "Table 1",
            }
        ],
        json_schema_extra=asks(
            "How certain somebody else judges this result to be. Never your own judgement."
        ),
    )
    endpoint: Literal["primary", "secondary", "safety", "not-stated"] | None = Field(
        default=None,
        description="Which kind of endpoint of its study it is.",
        examples=["primary"],
        json_schema_extra=asks(
            "Which kind of endpoint of its study it is, as the paper or its registry record says."
        ),
    )
    counts: Literal["reported", "derived"] = Field(
        default="reported",
        description="Whether the counts were printed, or worked out from what was.",
        examples=["derived"],
        json_schema_extra=asks(
            "'derived' where events or n were worked out from what was printed; then say how under 'derivation:'."
        ),
    )
    derivation: Words | None = Field(
        default=None,
        description="How the counts were worked out, or the number computed.",
        examples=["Counts worked out from the percentages and the sizes of the groups."],
        json_schema_extra=asks(
            "How the counts were worked out, or the number computed, in a sentence that others can follow."
        ),
    )
    also: tuple[SourcePlace, ...] = Field(
        default=(),
        description="Other places where the same stands: source and locator.",
        examples=[[{"source": "colds-2021", "locator": "Table 2"}]],
        json_schema_extra=asks("Other places of the same number: source and locator."),
    )
    marks: tuple[Mark, ...] = Field(
        default=(),
        description="What has to stay visible, of the finding or its whole study: kind and words.",
        examples=[[{"kind": "derived", "text": "Worked out from the percentages in Table 2."}]],
        json_schema_extra=asks(
            "Cautions that have to stay visible beside the number, each a kind and a sentence."
        ),
    )
    note: Words | None = Field(
        default=None,
        description="What else has to be known of it.",
        examples=["Counted by the authors themselves."],
        json_schema_extra=asks("Anything else that a reader has to know of it, in a sentence."),
    )

    @model_validator(mode="after")
    def _possible(self) -> Finding:
        quantities = (self.value, self.events, self.n, self.arms, self.difference)
        if all(part is None for part in (*quantities, self.p, self.date, self.statement)):
            raise PydanticCustomError("quantity", "this finding holds no quantity", {})
        if self.date is not None and any(part is not None for part in quantities):
            raise PydanticCustomError("quantity", "this finding holds a date and a number", {})
        if self.value is not None and self.unit is None and self.events is None:
            raise PydanticCustomError("unit", "this finding has a value and no unit", {})
        events_possible(self.events, self.n)
        interval_possible(self.interval)
        return self
