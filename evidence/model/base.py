"""What all models share: strictness, ids, partial dates and text that may hold references."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from evidence.model.written import (
    BARE_NUMBER,
    OF_MARKDOWN_AND_HTML,
    YEAR,
    parse_address,
    parse_level,
    parse_number,
    parse_p_value,
    parse_report_address,
    parse_text,
    parse_truth,
    parse_whole,
    plain_words,
    unquoted,
    with_unit,
)

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")
PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?$")
MOST_DATES = 10_000  # that are remembered: most records were read on the same days
MOST = 10_000_000_000  # people or trials: more than there are
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def kebab(name: str) -> str:
    """Return the YAML key of a field: ``review_due`` is written ``review-due``."""
    return name.replace("_", "-")


class Model(BaseModel):
    """Base of all models: frozen, unknown keys refused, keys in kebab-case.

    A model's validator is built when it is first needed: most runs find most models in the cache.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=kebab,
        populate_by_name=True,
        defer_build=True,
    )


class Inline:
    """Marks a text field whose numbers must be bound and whose references are resolved."""


@dataclass(frozen=True)
class RefersTo:
    """Marks a field that holds the id of something else, which is a row of that ``table`` of the open data."""

    table: str


@dataclass(frozen=True)
class InUnit:
    """Marks a number in the unit ``name``, or in that which the column ``beside`` it names."""

    name: str = ""
    beside: str = ""


@dataclass(frozen=True)
class ListedIn:
    """Marks a word of the closed list ``name``: one of data/vocabularies.yaml, or of the program."""

    name: str

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        """Return where the list stands for editors, which knows the words of the site."""
        return {"listed": kebab(self.name)}


def asks(words: str, meanings: Mapping[Any, str] | None = None) -> dict[str, Any]:
    """Return what an editor is told of a key, where that is not what readers are told of its column.

    ``meanings`` are those of the words of a closed list, in its order. A field that has this and no ``description`` holds no result, and is no column of the open data.
    """
    said = {} if meanings is None else {"markdownEnumDescriptions": list(meanings.values())}
    return {"description": words, **said}


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
        month = f"{MONTHS[self.month - 1]} {self.year}"
        return month if self.day is None else f"{self.day} {month}"

    @property
    def first_day(self) -> Date:
        """Return the earliest day that the date can mean."""
        return Date(self.year, self.month or 1, self.day or 1)


def parse_partial_date(written: Any) -> PartialDate:
    """Read 2024, 2024-12 or 2024-12-13; raise a custom pydantic error otherwise."""
    if isinstance(written, PartialDate):
        return written
    return _partial_date(str(written))


@lru_cache(MOST_DATES)
def _partial_date(written: str) -> PartialDate:
    match = PARTIAL_DATE.fullmatch(written)
    if not match:
        raise PydanticCustomError("date", "'{written}' is not a date", {"written": written})
    year = int(match.group(1))
    month, day = (None if part is None else int(part) for part in match.groups()[1:])
    try:
        Date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError as error:
        raise PydanticCustomError(
            "date", "'{written}' is not in the calendar", {"written": written}
        ) from error
    return PartialDate(year=year, month=month, day=day)


def parse_id(written: Any) -> str:
    """Accept an id of lower-case letters, digits and hyphens."""
    if not isinstance(written, str) or not ID.fullmatch(written):
        raise PydanticCustomError("id", "'{written}' is not an id", {"written": str(written)})
    return written


# What each of them is in a JSON Schema, by which editors complete and check what is typed. Patterns are those of
# ECMAScript, and say what the functions above and in ``written`` accept, as far as a pattern can.

DATE_SCHEMA = {
    "type": ["string", "integer"],
    "pattern": "^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
    "patternErrorMessage": "Write a date as 2024, 2024-12 or 2024-12-13.",
    "minimum": 1000,
    "maximum": 9999,
}
NUMBER_SCHEMA = {
    "type": ["number", "string"],
    "pattern": "^([+-]|\u2212)?(0|[1-9][0-9]*)(\\.[0-9]+)?$",
    "patternErrorMessage": "Write digits with a decimal point, without unit or thousands separators.",
}
LEVEL_SCHEMA = {
    "type": ["number", "string"],
    "pattern": r"^\+?[5-9][0-9](\.[0-9]+)?$",
    "patternErrorMessage": "Write it in percent: 95 for a 95% interval.",
    "minimum": 50,
    "maximum": 99.99,
}
TEXT_SCHEMA = {"type": ["string", "number"], "minLength": 1}
PROSE_SCHEMA = {**TEXT_SCHEMA, "contentMediaType": "text/markdown"}
WITHOUT_MARKS = rf"(?![\s\S]*({OF_MARKDOWN_AND_HTML}))"
# A number alone, unless it is a year
WITHOUT_UNIT = rf"(?!{YEAR.pattern}$){BARE_NUMBER.pattern}$"
WORDS_SCHEMA = {
    **TEXT_SCHEMA,
    "pattern": rf"^{WITHOUT_MARKS}[\s\S]*$",
    "patternErrorMessage": "Write plain words: no Markdown, HTML or references are read here.",
}
WITH_UNIT_SCHEMA = {
    "type": ["string", "integer"],
    "minLength": 1,
    "minimum": 1800,
    "maximum": 2199,
    "pattern": rf"^{WITHOUT_MARKS}(?!{WITHOUT_UNIT})[\s\S]*$",
    "patternErrorMessage": "Write plain words, with the unit: 12 months.",
}
P_VALUE_SCHEMA = {
    "type": ["number", "string"],
    "pattern": "^[<>\u2264\u2265]? ?(0?\\.[0-9]+|0|1(\\.0+)?)$",
    "patternErrorMessage": 'Write it as printed: 0.010, or "<0.001" in quotes.',
    "minimum": 0,
    "maximum": 1,
}
# https or http, the name of a host with a letter in it, perhaps a port, and a path without blanks
ADDRESS = (
    r"[Hh][Tt][Tt][Pp][Ss]?://(?![.-])(?![^/?#]*\.\.)(?=[0-9.-]*[A-Za-z])[A-Za-z0-9.-]+(:[0-9]{1,5})?"
    r'([/?#][^\s<>"\\`]*)?'
)
ADDRESS_SCHEMA = {
    "type": "string",
    "pattern": f"^{ADDRESS}$",
    "maxLength": 2000,
    "patternErrorMessage": "Write it with https:// in front: https://example.org/.",
}
REPORT_SCHEMA = {
    "type": "string",
    "pattern": r"^([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
    rf"|(?=.*\(page\))(?=.*\(number\))(?=.*\(finding\)){ADDRESS})$",
    "patternErrorMessage": "Write a mail address, or that of a form with (page), (number) and (finding) in it.",
}
WHOLE_SCHEMA = {"type": ["integer", "string"], "pattern": "^[0-9]{1,15}$"}


def whole_schema(least: int, most: int) -> dict[str, Any]:
    """Return the schema of a whole number between two others; one in quotes is not held to them."""
    return {**WHOLE_SCHEMA, "minimum": least, "maximum": most}


TRUTH_SCHEMA = {"type": ["boolean", "string"], "pattern": "^(true|false|yes|no)$"}
ID_SCHEMA = {
    "type": "string",
    "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
    "patternErrorMessage": "Use lower-case letters, digits and hyphens: 'honey-2019'.",
}

DateField = Annotated[
    PartialDate,
    BeforeValidator(parse_partial_date),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(DATE_SCHEMA),
]
Number = Annotated[Decimal, BeforeValidator(parse_number), WithJsonSchema(NUMBER_SCHEMA)]
Level = Annotated[
    Decimal, BeforeValidator(parse_level), WithJsonSchema(LEVEL_SCHEMA), InUnit("percent")
]
# What others wrote, as it stands there
Printed = Annotated[
    str, BeforeValidator(parse_text), Field(min_length=1), WithJsonSchema(TEXT_SCHEMA)
]
Words = Annotated[
    str,
    BeforeValidator(parse_text),
    AfterValidator(plain_words),
    Field(min_length=1),
    WithJsonSchema(WORDS_SCHEMA),
]
WithUnit = Annotated[Words, AfterValidator(with_unit), WithJsonSchema(WITH_UNIT_SCHEMA)]
Prose = Annotated[
    str, BeforeValidator(parse_text), Field(min_length=1), WithJsonSchema(PROSE_SCHEMA), Inline()
]
Title = Annotated[Prose, AfterValidator(unquoted)]
PValue = Annotated[str, BeforeValidator(parse_p_value), WithJsonSchema(P_VALUE_SCHEMA)]
Address = Annotated[str, BeforeValidator(parse_address), WithJsonSchema(ADDRESS_SCHEMA)]
ReportAddress = Annotated[str, BeforeValidator(parse_report_address), WithJsonSchema(REPORT_SCHEMA)]
Whole = Annotated[int, BeforeValidator(parse_whole), WithJsonSchema(WHOLE_SCHEMA)]
Truth = Annotated[bool, BeforeValidator(parse_truth), WithJsonSchema(TRUTH_SCHEMA)]
Year = Annotated[Whole, Field(ge=1800, le=2200), WithJsonSchema(whole_schema(1800, 2200))]
Id = Annotated[str, BeforeValidator(parse_id), WithJsonSchema(ID_SCHEMA)]
SourceId = Annotated[Id, RefersTo("sources")]
StudyId = Annotated[Id, RefersTo("studies")]
TrialId = Annotated[Id, RefersTo("trials")]
ExportId = Annotated[Id, RefersTo("exports")]
