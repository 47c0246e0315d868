"""The groups of a comparison and how they differ, as a source prints it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from evidence.model.base import (
    MOST,
    InUnit,
    Level,
    Model,
    Number,
    Whole,
    Words,
    asks,
)


class Arm(Model):
    """One arm of a comparison; ``percent`` only when it was printed."""

    label: Words | None = Field(
        default=None,
        description="What the arm got.",
        examples=["honey", "placebo"],
        json_schema_extra=asks("What this group got, in a word or two, as readers see it."),
    )
    percent: Annotated[Number, InUnit("percent")] | None = Field(
        default=None,
        description="Percentage of the arm with the result, where it was printed.",
        examples=[56.3],
        json_schema_extra=asks(
            "Percentage of the group with the result, only where the paper prints it: digits as printed, without the "
            "sign."
        ),
    )
    value: Annotated[Number, InUnit(beside="unit")] | None = Field(
        default=None,
        description="What was measured in the arm, where it is no share: often a mean.",
        examples=[4.2],
        json_schema_extra=asks(
            "What was measured in the group where it is no share, often a mean: as printed, in the unit of the "
            "finding."
        ),
    )
    sd: Annotated[Number, InUnit(beside="unit")] | None = Field(
        default=None,
        ge=0,
        title="Standard deviation",
        description="The standard deviation around the mean of the arm, in its unit.",
        examples=[1.8],
        json_schema_extra=asks(
            "The standard deviation around the mean of the group, as printed, in the same unit. Not a standard error."
        ),
    )
    events: Whole | None = Field(
        default=None,
        ge=0,
        le=MOST,
        description="How many of the arm had the result.",
        examples=[58],
        json_schema_extra=asks(
            "How many of the group had the result: a whole number, from the table of results."
        ),
    )
    n: Whole | None = Field(
        default=None,
        ge=1,
        le=MOST,
        title="People",
        description="How many people of the arm were counted.",
        examples=[103],
        json_schema_extra=asks(
            "How many people of the group were counted: the number below the group's name in the table, or in the "
            "text."
        ),
    )
    person_years: Annotated[Number, InUnit("person-years")] | None = Field(
        default=None,
        gt=0,
        description="How many years the people of the arm were observed, added up.",
        examples=[412.5],
        json_schema_extra=asks(
            "How many years the people of the group were observed, added up, where the paper counts events per "
            "person-year."
        ),
    )

    @model_validator(mode="after")
    def _possible(self) -> Arm:
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise PydanticCustomError(
                "impossible",
                "{percent} percent of an arm is not possible",
                {"percent": str(self.percent)},
            )
        events_possible(self.events, self.n)
        return self


class Arms(Model):
    """The two arms of a comparison."""

    treated: Arm = Field(
        description="Those who got the treatment.",
        examples=[{"events": 58, "n": 103, "label": "honey"}],
        json_schema_extra=asks("The group that got the treatment."),
    )
    control: Arm = Field(
        description="Those they are compared with.",
        examples=[{"events": 39, "n": 101, "label": "placebo"}],
        json_schema_extra=asks("The group that it is compared with."),
    )


class Estimate(Model):
    """A difference or ratio as printed, with its interval and level in percent."""

    value: Annotated[Number, InUnit(beside="difference-unit")] | None = Field(
        default=None,
        description="The difference or ratio, as printed.",
        examples=[17.7],
        json_schema_extra=asks(
            "The difference or ratio as printed, with its own digits: 52.0 stays 52.0."
        ),
    )
    interval: Annotated[tuple[Number, Number], InUnit(beside="difference-unit")] | None = Field(
        default=None,
        description="The interval of the difference or ratio, as printed.",
        examples=[[4.2, 31.2]],
        json_schema_extra=asks("The interval as printed: [low, high]."),
    )
    level: Level | None = Field(
        default=None,
        description="The level of that interval in percent, where it was printed.",
        examples=[95],
        json_schema_extra=asks(
            "The level of the interval in percent: 95 for a 95% interval. Leave it out where the paper does not say."
        ),
    )
    standard_error: Number | None = Field(
        default=None,
        gt=0,
        description="The standard error, where it was printed instead: for a ratio, of its logarithm.",
        examples=[0.21],
        json_schema_extra=asks(
            "The standard error, where the paper prints it instead of an interval: for a ratio, that of its "
            "logarithm."
        ),
    )
    unit: Words = Field(
        description="The unit of the difference, or which ratio it is.",
        examples=["percentage points", "risk ratio"],
        json_schema_extra=asks("The unit of the difference, or which ratio it is, in words."),
    )

    @model_validator(mode="after")
    def _possible(self) -> Estimate:
        interval_possible(self.interval)
        return self


def events_possible(events: int | None, n: int | None) -> None:
    """Raise a custom pydantic error for more events than there are people."""
    if events is not None and n is not None and events > n:
        message = "{events} events among {n} is not possible"
        raise PydanticCustomError("impossible", message, {"events": events, "n": n})


def interval_possible(interval: tuple[Decimal, Decimal] | None) -> None:
    """Raise a custom pydantic error for an interval whose ends are the wrong way round."""
    if interval is not None and interval[0] > interval[1]:
        low, high = (str(end) for end in interval)
        message = "the interval goes from {low} down to {high}"
        raise PydanticCustomError("impossible", message, {"low": low, "high": high})
