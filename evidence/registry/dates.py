"""Dates as registries write them, of any precision; and whether a file writes the day first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
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
ISO = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?")
COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
NUMBERS = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})"
)
MONTH_FIRST = re.compile(r"(?<![a-z])(?P<name>[a-z]++)\.? (?:(?P<day>\d{1,2}),? )?(?P<year>\d{4})")
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[ -](?P<name>[a-z]+)\.?[ -](?P<year>\d{4})")
CLOCK = re.compile(r"[ t]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?[ap]m)?z?$")
DAY, MONTH = "day", "month"  # which of the two a file writes first
MOST_MONTHS = 12


@lru_cache(maxsize=65536)
def date_of(written: str, order: str = "") -> PartialDate | None:
    """Return the date that ``written`` gives, or None when it gives none.

    ``order`` says which of 4/5/2020 is the day; without it that date gives its year alone.
    """
    text = CLOCK.sub("", " ".join(written.casefold().split()))
    numbers = NUMBERS.fullmatch(text)
    if numbers:
        return _of_numbers(numbers, order)
    for form in (ISO, COMPACT, MONTH_FIRST, DAY_FIRST):
        match = form.fullmatch(text)
        if match:
            return _made(match.groupdict())
    return None


@lru_cache(maxsize=65536)
def order_shown(written: str) -> str | None:
    """Return which number comes first, "" where it may be either, None where no order is asked."""
    if not written[:1].isdigit() or len(written) < len("1/1/2020"):
        return None
    numbers = NUMBERS.fullmatch(CLOCK.sub("", " ".join(written.casefold().split())))
    if not numbers:
        return None
    first, second = int(numbers["first"]), int(numbers["second"])
    if first == second:
        return None
    day_first = _made({"year": numbers["year"], "month": str(second), "day": str(first)})
    month_first = _made({"year": numbers["year"], "month": str(first), "day": str(second)})
    if day_first and month_first:
        return ""
    return DAY if day_first else MONTH if month_first else None


def _of_numbers(numbers: re.Match[str], order: str) -> PartialDate | None:
    shown = order_shown(numbers[0])
    if shown == "" and not order:
        return _made({"year": numbers["year"]})
    day, month = numbers["first"], numbers["second"]
    if (shown or order) == MONTH:
        day, month = month, day
    return _made({"year": numbers["year"], "month": month, "day": day})


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


# Which order a file uses, by the dates in it that can be read in one only.


@dataclass
class DateOrders:
    """What the dates of files show of their order: by registry and column, then by less.

    The portal of the WHO passes on what each registry writes, so a registry is asked first.
    """

    shown: dict[tuple[str, str, str], dict[str, str]] = field(default_factory=dict)

    def see(self, file: str, registry: str, column: str, written: str) -> None:
        """Take note of a date that can be read in one order only."""
        order = order_shown(written)
        if order:
            for place in _places(file, registry, column):
                self.shown.setdefault(place, {}).setdefault(order, written)

    def of(self, file: str, registry: str, column: str) -> tuple[str, str]:
        """Return the order in a column and the date that shows it; empty when none does, or both."""
        for place in _places(file, registry, column):
            shown = self.shown.get(place)
            if shown:
                return next(iter(shown.items())) if len(shown) == 1 else ("", "")
        return "", ""


def _places(file: str, registry: str, column: str) -> tuple[tuple[str, str, str], ...]:
    return (file, registry, column), (file, registry, ""), (file, "", column), (file, "", "")


EITHER = "-day-or-month"  # after the name of a date, where nothing shows which stands first
Where = tuple[str, str]  # a file, and the registry of a record in it


def either(date: PartialDate, written: str) -> bool:
    """Tell whether a date has its year alone because day and month cannot be told apart."""
    return date.month is None and order_shown(written) == ""


@dataclass
class DatesRead:
    """Dates of records, by the order that their files show; those without one are counted.

    With ``waits`` no date is decided before its whole file was seen: it stands in ``undecided``, by
    the name of the date, until the next study.
    """

    note: Callable[[str, str], None]
    waits: bool = False
    orders: DateOrders = field(default_factory=DateOrders)
    ordered: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    undecided: dict[str, str] = field(default_factory=dict)

    def see(self, where: Where, dates: Mapping[str, str]) -> None:
        """Learn from the dates of a record which order its file uses."""
        for kind, written in dates.items():
            self.orders.see(*where, kind, written)

    def date(self, kind: str, written: str, where: Where) -> PartialDate | None:
        """Return a date, or None where none stands or none is understood."""
        if not written:
            return None
        if order_shown(written) == "":
            if not self.waits:
                return self.decided(kind, written, where)
            self.undecided[kind] = written
        date = date_of(written)
        if date is None:
            self.note(kind, written)
        return date

    def day(self, kind: str, written: str, where: Where) -> Date | None:
        """Return the first day that a date can mean, or None."""
        date = self.date(kind, written, where)
        return None if date is None or either(date, written) else date.first_day

    def decided(self, kind: str, written: str, where: Where) -> PartialDate | None:
        """Return a date that has the day or the month first, as its file shows."""
        order, shown = self.orders.of(*where, kind)
        if order:
            self.ordered[where[0], kind, order, shown] += 1
        else:
            self.note(kind + EITHER, written)
        return date_of(written, order)

    def notes(self, file: str) -> list[str]:
        """Return what is said of dates in a file that could be read with the day or month first."""
        return [
            f"{number} of its dates could have the day or the month first, and the {order} was taken "
            f"to stand first, as in '{shown}' ({kind})."
            for (place, kind, order, shown), number in sorted(self.ordered.items())
            if place == file
        ]
