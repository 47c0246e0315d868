"""What all models share: strictness, ids, partial dates and text that may hold references."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, PydanticKnownError

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")
PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?$")
P_VALUE = re.compile(r"[<>≤≥]? ?(?:0?\.[0-9]+|0|1(?:\.0+)?)")
NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
MOST_DIGITS = 15
LOWEST_LEVEL, HIGHEST_LEVEL = 50, Decimal("99.99")  # of an interval, in percent
# What stands in numbers that were copied, and what is said of it
IN_NUMBERS = {
    ",": "a comma stands in it",
    " ": "a blank stands in it",
    "\N{NO-BREAK SPACE}": "a blank stands in it that keeps its line together (U+00A0)",
    "\N{NARROW NO-BREAK SPACE}": "a narrow blank stands in it (U+202F)",
    "\N{THIN SPACE}": "a thin blank stands in it (U+2009)",
    "\N{MIDDLE DOT}": "a raised point stands in it (U+00B7)",
    "%": "the unit stands under 'unit:'",
    "e": "its digits are written out",
    "E": "its digits are written out",
}
MOST_DATES = 10_000  # that are remembered: most records were read on the same days
MOST = 10_000_000_000  # people or trials: more than there are
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
HOST = re.compile(r"[0-9.-]*+[A-Za-z][A-Za-z0-9.-]*+(?::[0-9]{1,5})?")
NOT_IN_ADDRESSES = frozenset(' <>"\\`')
LONGEST_ADDRESS = 2000
MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
REPORTED = ("page", "number", "finding")  # what a report of a wrong number says


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


def parse_number(written: Any) -> Any:
    """Let numbers through as ``Decimal`` with their digits; refuse text that is no number.

    A true minus sign (U+2212), as papers and this site print it, is one. What would be printed with other
    digits than were written (1e3, 007, .5) is refused.
    """
    if isinstance(written, bool) or not isinstance(written, (int, Decimal, str)):
        raise PydanticCustomError("number", "this is not a number", {})
    plain = written.replace("\N{MINUS SIGN}", "-", 1) if isinstance(written, str) else written
    if isinstance(plain, str) and not NUMBER.fullmatch(plain):
        said = {"written": written, "why": _why_no_number(plain)}
        raise PydanticCustomError("number", "'{written}' is not a number{why}", said)
    number = Decimal(plain)
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        raise PydanticCustomError("number", "this number is too large or too small", {})
    return number


def _why_no_number(written: str) -> str:
    """Return ": " and what stands in the way, or nothing where no word for it helps."""
    if written.startswith((".", "-.")):
        return ": a zero is missing before its point"
    if re.fullmatch("[+-]?0[0-9]+([.][0-9]+)?", written):
        return ": it begins with a zero too many"
    if not written.isascii() and any(letter.isdigit() for letter in written):
        foreign = next((letter for letter in written if letter.isdigit() and letter > "9"), "")
        if foreign:
            return f": its digit U+{ord(foreign):04X} is none of 0 to 9"
    others = set(written).difference("+-.0123456789")
    known = others and others <= IN_NUMBERS.keys() and any(letter.isdigit() for letter in written)
    return f": {next(why for mark, why in IN_NUMBERS.items() if mark in others)}" if known else ""


def parse_level(written: Any) -> Any:
    """Accept the level of an interval in percent: from 50 to 99.99, which is all that is printed."""
    level = parse_number(written)
    if not LOWEST_LEVEL <= level <= HIGHEST_LEVEL:
        message = "a level of {written} percent is not between 50 and 99.99"
        raise PydanticCustomError("level", message, {"written": str(written)})
    return level


def parse_p_value(written: Any) -> Any:
    """Accept a P value as printed: 0.010, or "<0.001"."""
    text = parse_text(written)
    if not isinstance(text, str) or not P_VALUE.fullmatch(text):
        raise PydanticCustomError("p", "'{written}' is not a P value", {"written": str(written)})
    return text


def parse_whole(written: Any) -> Any:
    """Let whole numbers through, and text of plain digits; a truth value is no number."""
    if isinstance(written, bool):
        raise PydanticKnownError("int_type")
    if isinstance(written, str):
        number = whole_number(written)
        if number is None:
            raise PydanticKnownError("int_parsing")
        return number
    return written


def whole_number(written: str) -> int | None:
    """Return the number that plain digits mean, or None: neither 37² nor ٣٧ is one."""
    plain = written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS
    return int(written) if plain else None


def is_address(written: str) -> bool:
    """Tell whether something is the address of a page: https or http, the name of a host, a path.

    Browsers pass over blanks and control characters, and run what then stands there as a script;
    what stands before an @ looks like a host and is none.
    """
    protocol, slashes, rest = written.partition("://")
    host = re.split("[/?#]", rest, maxsplit=1)[0]
    return (
        bool(slashes)
        and protocol.lower() in {"https", "http"}
        and bool(HOST.fullmatch(host))
        and ".." not in host
        and host[0] not in ".-"
        and written.isprintable()
        and not NOT_IN_ADDRESSES & set(written)
        and len(written) <= LONGEST_ADDRESS
    )


def parse_address(written: Any) -> Any:
    """Accept a public address that begins with https:// or http:// and the name of a host."""
    if not isinstance(written, str) or not is_address(written):
        message = "'{written}' is not a public address"
        raise PydanticCustomError("address", message, {"written": str(written)})
    return written


def parse_report_address(written: Any) -> Any:
    """Accept a mail address, or the address of a form that has a place for each thing to report."""
    text = written if isinstance(written, str) else ""
    if MAIL.fullmatch(text):
        return text
    lacking = [f"({part})" for part in REPORTED if f"({part})" not in text]
    if not is_address(text) or lacking:
        why = f"has no {lacking[0]}" if is_address(text) else "is no address of a form or of mail"
        message = "'{written}' {why}"
        raise PydanticCustomError("report", message, {"written": str(written), "why": why})
    return text


def parse_text(written: Any) -> Any:
    """Let a number stand where text is asked for: ``volume: 20`` means the text 20."""
    number = isinstance(written, (int, Decimal)) and not isinstance(written, bool)
    return str(written) if number else written


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
Level = Annotated[
    Decimal, BeforeValidator(parse_level), WithJsonSchema({"type": "number"}), InUnit("percent")
]
Words = Annotated[str, BeforeValidator(parse_text), Field(min_length=1)]
Prose = Annotated[str, BeforeValidator(parse_text), Field(min_length=1), Inline()]
PValue = Annotated[str, BeforeValidator(parse_p_value)]
Address = Annotated[
    str,
    BeforeValidator(parse_address),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"}),
]
ReportAddress = Annotated[
    str, BeforeValidator(parse_report_address), WithJsonSchema({"type": "string"})
]
Whole = Annotated[int, BeforeValidator(parse_whole), WithJsonSchema({"type": "integer"})]
Year = Annotated[Whole, Field(ge=1800, le=2200)]
Id = Annotated[
    str, BeforeValidator(parse_id), WithJsonSchema({"type": "string", "pattern": ID.pattern})
]
SourceId = Annotated[Id, RefersTo("sources")]
StudyId = Annotated[Id, RefersTo("studies")]
TrialId = Annotated[Id, RefersTo("trials")]
ExportId = Annotated[Id, RefersTo("exports")]
