"""Dates as registries write them, of any precision."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic_core import PydanticCustomError

from evidence.model.base import PartialDate, parse_partial_date

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sep sept", "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2100
ISO = re.compile(r"(?P<year>\d{4})(?:[-/](?P<month>\d{1,2})(?:[-/](?P<day>\d{1,2}))?)?")
COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
# The registries' portal writes the day first
SLASHED = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})")
MONTH_FIRST = re.compile(r"(?<![a-z])(?P<name>[a-z]++)\.? (?:(?P<day>\d{1,2}),? )?(?P<year>\d{4})")
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[ -](?P<name>[a-z]+)\.?[ -](?P<year>\d{4})")
CLOCK = re.compile(r"[ t]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?[ap]m)?z?$")


@lru_cache(maxsize=65536)
def date_of(written: str) -> PartialDate | None:
    """Return the date that ``written`` gives, or None when it gives none."""
    text = CLOCK.sub("", " ".join(written.casefold().split()))
    for form in (ISO, COMPACT, SLASHED, MONTH_FIRST, DAY_FIRST):
        found = form.fullmatch(text)
        if found:
            return _made(found.groupdict())
    return None


def _made(parts: dict[str, str | None]) -> PartialDate | None:
    month = parts.get("month")
    name = parts.get("name")
    if name is not None:
        month = str(MONTHS.get(name, 0))
    year, day = str(parts["year"]), parts.get("day")
    if not year.isascii() or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    written = "-".join([year, *(part.zfill(2) for part in (month, day) if part is not None)])
    try:
        return parse_partial_date(written)
    except PydanticCustomError:
        return None
