"""What bibliographies have in common with CSL: the parts of a name, a date in its parts, and numbers."""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import Annotated, Any, LiteralString

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from evidence.model.base import (
    DATE_SCHEMA,
    Model,
    PartialDate,
    Words,
    asks,
    parse_partial_date,
)
from evidence.model.written import parse_text

# A date as this site writes it, or its parts: those of CSL-YAML, one or two of them, and those of CSL-JSON
_PARTS: dict[str, Any] = {
    "year": {**DATE_SCHEMA, "pattern": "^[0-9]{4}$"},
    "month": {"type": ["string", "integer"], "pattern": "^(0?[1-9]|1[0-2])$", "minimum": 1, "maximum": 12},
    "day": {"type": ["string", "integer"], "pattern": "^(0?[1-9]|[12][0-9]|3[01])$", "minimum": 1, "maximum": 31},
}  # fmt: skip
_LISTED = {"type": "array", "minItems": 1, "prefixItems": list(_PARTS.values())}
ISSUED_SCHEMA: dict[str, Any] = {
    **DATE_SCHEMA,
    "type": ["string", "integer", "array", "object"],
    "items": {"type": "object", "required": ["year"], "properties": _PARTS},
    "minItems": 1,
    "properties": {**_PARTS, "date-parts": {"type": "array", "minItems": 1, "items": _LISTED}},
    "if": {"type": "object"},
    "then": {"anyOf": [{"required": [key]} for key in ("year", "date-parts", "raw", "literal")]},
}


class Name(Model):
    """A name as CSL writes it: family and given, or literal for an organisation.

    Particles are what stands before the family: "van den" in "Jan van den Berg". One that drops is left
    out where the family alone is named. ``suffix`` is "Jr" or "III".
    """

    family: Words | None = Field(
        default=None, examples=["Shang"], json_schema_extra=asks("The family name, as printed.")
    )
    given: Words | None = Field(
        default=None,
        examples=["Z"],
        json_schema_extra=asks("The given names or initials, as printed."),
    )
    dropping_particle: Words | None = Field(
        default=None,
        examples=["van"],
        json_schema_extra=asks(
            "A particle that is left out where the family stands alone: van in Ludwig van Beethoven."
        ),
    )
    non_dropping_particle: Words | None = Field(
        default=None,
        examples=["van den"],
        json_schema_extra=asks("A particle that stays before the family: van den in van den Berg."),
    )
    suffix: Words | None = Field(
        default=None,
        examples=["Jr"],
        json_schema_extra=asks("What stands behind the name: Jr, III."),
    )
    literal: Words | None = Field(
        default=None,
        examples=["Cold Study Group"],
        json_schema_extra=asks(
            "The name of an organisation or group, in place of family and given."
        ),
    )

    def __str__(self) -> str:
        """Return "Shang Z", "van den Berg Jan", "King ML Jr", or the literal name."""
        parts = (self.surname, self.forename, self.suffix)
        return self.literal or " ".join(part for part in parts if part)

    @property
    def surname(self) -> str:
        """Return the family with the particle that stays: "van den Berg"."""
        return " ".join(part for part in (self.non_dropping_particle, self.family) if part)

    @property
    def forename(self) -> str:
        """Return the given name with the particle that drops, as it stands behind the family."""
        return " ".join(part for part in (self.given, self.dropping_particle) if part)

    @property
    def spoken(self) -> str:
        """Return the name as one says it: "Jan van den Berg", "Martin Luther King Jr"."""
        parts = (self.forename, self.surname, self.suffix)
        return self.literal or " ".join(part for part in parts if part)

    @property
    def inverted(self) -> str:
        """Return the name with its parts divided by commas: "King, Martin Luther, Jr"."""
        parts = (self.surname, self.forename, self.suffix)
        return self.literal or ", ".join(part for part in parts if part)


def sorting_name(short: str, authors: tuple[Name, ...]) -> str:
    """Return a short name to sort by: small letters without accents, without the first author's particle."""
    particle = authors[0].non_dropping_particle if authors else None
    name = short.removeprefix(f"{particle} ") if particle else short
    parted = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in parted if not unicodedata.combining(sign)).lower()


def parse_csl_date(written: Any) -> PartialDate:
    """Read a date as this site writes it, or as CSL does: parts of a date, or of the first of two.

    ``[{year: 2022, month: 9}]`` is that of Zotero and Pandoc in YAML, ``{date-parts: [[2022, 9]]}`` that of
    CSL-JSON; a date in words (``raw``, ``literal``) is one if it is written 2022-09-05.
    """
    if isinstance(written, list) and written and isinstance(written[0], dict):
        written = written[0]
    if not isinstance(written, dict):
        return parse_partial_date(written)
    parts = written.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        named = parts[0]
    elif "year" in written:
        named = [written.get(part) for part in ("year", "month", "day")]
    else:
        return parse_partial_date(written.get("raw") or written.get("literal"))
    known = list(itertools.takewhile(lambda part: part not in (None, ""), named))
    return parse_partial_date("-".join(str(part).zfill(2) for part in known))


Issued = Annotated[
    PartialDate,
    BeforeValidator(parse_csl_date),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(ISSUED_SCHEMA),
]


# The numbers by which a publication is known

DOI_FORM = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
DOI_BEFORE = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi: ?)", re.IGNORECASE)
PMID_FORM, PMCID_FORM = re.compile(r"[1-9][0-9]{0,8}"), re.compile(r"PMC[1-9][0-9]{0,8}")

DOI_SCHEMA = {
    "type": "string",
    "pattern": r"^(((https?://)?(dx\.|www\.)?[Dd][Oo][Ii]\.org/)|[Dd][Oo][Ii]: ?)?10\.[0-9]{4,9}(\.[0-9]+)*/\S+$",
    "patternErrorMessage": "Write it as 10.1002/sctm.21-0001: it begins with 10., has a slash, and no blank.",
}
PMID_SCHEMA = {
    "type": ["string", "integer"],
    "pattern": "^[1-9][0-9]{0,8}$",
    "patternErrorMessage": "Write its digits alone, up to nine of them.",
    "minimum": 1,
    "maximum": 999_999_999,
}
PMCID_SCHEMA = {
    "type": "string",
    "pattern": "^PMC[1-9][0-9]{0,8}$",
    "patternErrorMessage": "Write it as PMC9442938.",
}


def parse_doi(written: Any) -> Any:
    """Accept a DOI, also as its address or behind "doi:", as publishers and Zotero give it: 10.1000/abc."""
    doi = DOI_BEFORE.sub("", written, count=1) if isinstance(written, str) else written
    if isinstance(doi, str) and DOI_FORM.fullmatch(doi):
        return doi
    raise PydanticCustomError("doi", "'{written}' is not a DOI", {"written": str(written)})


def parse_pmid(written: Any) -> Any:
    """Accept the number of a paper in PubMed."""
    return _formed(written, PMID_FORM, "pmid", "'{written}' is not a number of PubMed")


def parse_pmcid(written: Any) -> Any:
    """Accept the id of a paper in PubMed Central."""
    return _formed(written, PMCID_FORM, "pmcid", "'{written}' is not an id of PubMed Central")


def _formed(written: Any, form: re.Pattern[str], kind: str, message: LiteralString) -> Any:
    text = parse_text(written)
    if not isinstance(text, str) or not form.fullmatch(text):
        raise PydanticCustomError(kind, message, {"written": str(written)})
    return text
