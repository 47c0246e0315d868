"""What all models share: strictness, ids, partial dates and text that may hold references."""

from __future__ import annotations

import calendar
import re
from datetime import date as Date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")
PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


def kebab(name: str) -> str:
    """Return the YAML key of a field: ``review_due`` is written ``review-due``."""
    return name.replace("_", "-")


class Model(BaseModel):
    """Base of all models: frozen, unknown keys refused, keys in kebab-case."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=kebab, populate_by_name=True
    )


class Inline:
    """Marks a text field whose numbers must be bound and whose references are resolved."""


class PartialDate(Model):
    """A date as precise as its source gave it: a year, a month or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Return the ISO form: 2024, 2024-12 or 2024-12-13."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def words(self) -> str:
        """Return the form in prose: 2024, December 2024 or 13 December 2024."""
        if self.month is None:
            return str(self.year)
        month = f"{calendar.month_name[self.month]} {self.year}"
        return month if self.day is None else f"{self.day} {month}"

    @property
    def first_day(self) -> Date:
        """Return the earliest day that the date can mean."""
        return Date(self.year, self.month or 1, self.day or 1)


def parse_partial_date(written: Any) -> PartialDate:
    """Read 2024, 2024-12 or 2024-12-13; raise a custom pydantic error otherwise."""
    if isinstance(written, PartialDate):
        return written
    found = PARTIAL_DATE.fullmatch(str(written))
    if not found:
        raise PydanticCustomError("date", "'{written}' is not a date", {"written": str(written)})
    year = int(found.group(1))
    month, day = (None if part is None else int(part) for part in found.groups()[1:])
    try:
        Date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError as error:
        raise PydanticCustomError(
            "date", "'{written}' is not in the calendar", {"written": str(written)}
        ) from error
    return PartialDate(year=year, month=month, day=day)


def parse_number(written: Any) -> Any:
    """Let numbers through as ``Decimal`` with their digits; refuse text that is no number."""
    if isinstance(written, bool) or not isinstance(written, (int, Decimal, str)):
        raise PydanticCustomError("number", "this is not a number", {})
    try:
        return Decimal(str(written))
    except ArithmeticError as error:
        raise PydanticCustomError(
            "number", "'{written}' is not a number", {"written": str(written)}
        ) from error


def parse_text(written: Any) -> Any:
    """Let a number stand where text is asked for: ``volume: 20`` means the text 20."""
    return str(written) if isinstance(written, (int, Decimal)) else written


def parse_id(written: Any) -> str:
    """Accept an id of lower-case letters, digits and hyphens."""
    if not isinstance(written, str) or not ID.fullmatch(written):
        raise PydanticCustomError("id", "'{written}' is not an id", {"written": str(written)})
    return written


DateField = Annotated[
    PartialDate,
    BeforeValidator(parse_partial_date),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": ["string", "integer"], "pattern": PARTIAL_DATE.pattern}),
]
Number = Annotated[Decimal, BeforeValidator(parse_number), WithJsonSchema({"type": "number"})]
Words = Annotated[str, BeforeValidator(parse_text)]
Prose = Annotated[str, BeforeValidator(parse_text), Inline()]
Id = Annotated[
    str, BeforeValidator(parse_id), WithJsonSchema({"type": "string", "pattern": ID.pattern})
]
