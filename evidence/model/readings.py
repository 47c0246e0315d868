"""The readings of findings: a line of their ledger, and the quantity of a finding as it stands there."""

from __future__ import annotations

import functools
import re
from datetime import date as Date
from datetime import timedelta
from typing import Any, Literal

from pydantic import Field

from evidence.model.base import DateField, Id, Model, Words, asks
from evidence.model.columns import columns_of
from evidence.model.finding import Finding

READINGS = "data/readings.csv"
GONE = "gone"
NEW = "new"
RECENT = timedelta(days=183)  # half a year: pages are reviewed once or twice in a year

ReadingReason = Literal[
    "new", "corrected", "source-changed", "typing-error", "new-analysis", "gone"
]
REASONS: dict[str, str] = {
    "new": "the finding was read for the first time",
    "corrected": "the source was read again, and says something else than was written here",
    "source-changed": "the source itself was corrected or changed",
    "typing-error": "it was read rightly and typed wrongly",
    "new-analysis": "the source, or this site, has a newer analysis of the same",
    "gone": "the finding is not here any more, or has another name",
}


class FindingReading(Model):
    """One line of the ledger: what a finding was when somebody read it, and why the line was written.

    The last line of a finding counts. ``second_on`` and ``second_by`` say who read the same in the source again.
    """

    study: Id = Field(
        examples=["honey-2019"], json_schema_extra=asks("The study, by the name of its file.")
    )
    finding: Id = Field(
        examples=["cough-free"], json_schema_extra=asks("The finding, by its name in the study.")
    )
    quantity: Words | None = Field(
        default=None,
        description="All its numbers, as one text.",
        examples=["events 37; n 40"],
    )
    on: DateField = Field(
        description="The day on which it was read.",
        examples=["2026-11-21"],
    )
    by: Words = Field(
        description="Who read it.",
        examples=["Ada Lovelace"],
    )
    reason: ReadingReason = Field(
        examples=["new"], json_schema_extra=asks("Why the line was written.")
    )
    note: Words | None = Field(
        default=None,
        examples=["Table 2 was read again."],
        json_schema_extra=asks("Why, in words: what 'python build.py accept' was given."),
    )
    second_on: DateField | None = Field(
        default=None,
        examples=["2026-11-28"],
        json_schema_extra=asks("The day on which somebody else read the same in the source."),
    )
    second_by: Words | None = Field(
        default=None, examples=["Grace Hopper"], json_schema_extra=asks("Who that was.")
    )

    @property
    def address(self) -> str:
        """Return ``study/finding``."""
        return f"{self.study}/{self.finding}"


class NumberChange(Model):
    """A change of a number that was explained: the parts of its quantity that it had, and those that it has."""

    study: Id
    finding: Id
    was: Words
    now: Words
    on: DateField
    reason: ReadingReason
    note: Words | None = None

    @property
    def address(self) -> str:
        """Return ``study/finding``."""
        return f"{self.study}/{self.finding}"

    @property
    def words(self) -> str:
        """Return what became of what, and why."""
        why = f"{REASONS[self.reason]}{f' ({self.note})' if self.note else ''}"
        return f"{self.was} became {self.now}: {why}".replace(" -", " \N{MINUS SIGN}")

    def is_recent(self, today: Date) -> bool:
        """Tell whether it was changed so lately that a reader may remember what it was."""
        return today - self.on.first_day <= RECENT


def change_of(before: FindingReading | None, line: FindingReading) -> NumberChange | None:
    """Return what changed between two lines of a finding; None where neither number changed nor is one to be explained."""
    if before is None or line.reason in {NEW, GONE} or not before.quantity or not line.quantity:
        return None
    was, now = differing(before.quantity, line.quantity)
    if not was and not now:
        return None
    return NumberChange(
        study=line.study,
        finding=line.finding,
        was=BETWEEN.join(was.values()) or "nothing",
        now=BETWEEN.join(now.values()) or "nothing",
        on=line.on,
        reason=line.reason,
        note=line.note,
    )


LINE_COLUMNS = tuple(column.name for column in columns_of(FindingReading))

# The quantity of a finding as one text. Columns are those of a table of findings, in their order; what is
# not named here belongs to it, so that a new field of a finding cannot be forgotten.

# Names, places, closed words and remarks: no number of the source stands in them. ``printed`` says the same
# numbers again, and is held against them
APART = {
    "id", "source", "locator", "outcome", "baseline-phase", "baseline-completeness", "baseline-treated",
    "same-as", "rating-certainty", "rating-by", "rating-source", "rating-locator", "rating-reasons",
    "endpoint", "counts", "also", "marks", "note", "printed",
}  # fmt: skip
# Words around a quantity, which may be put better; their numbers may not change
AROUND = {
    "measure", "population", "group", "analysis", "derivation", "arms-treated-label",
    "arms-control-label",
}  # fmt: skip
IN_WORDS = re.compile(r"\d+(?:[.,:/]\d+)*")
BETWEEN = "; "


def recorded(finding: Finding) -> str:
    """Return the quantity of a finding as one text: "value 48.9; low 40.8; high 56.9; unit percent".

    It has everything that is a number in print, with its own digits, and every word of units, times and
    statements. Of the words around a quantity it has the numbers.
    """
    said = {field for field in _fields() if getattr(finding, field) is not None}
    parts = (
        _part(name, _value(finding, keys)) for name, keys in _columns().items() if keys[0] in said
    )
    return BETWEEN.join(part for part in parts if part)


@functools.cache
def _fields() -> frozenset[str]:
    """Return the fields of a finding that its quantity is made of: most findings say few of them."""
    return frozenset(str(keys[0]) for keys in _columns().values())


@functools.cache
def _columns() -> dict[str, tuple[str | int, ...]]:
    """Return the columns of a quantity, each with the fields that lead to its value."""
    return {
        column.name: tuple(
            part if isinstance(part, int) else part.replace("-", "_") for part in column.path
        )
        for column in columns_of(Finding)
        if column.name not in APART
    }


def _value(value: Any, keys: tuple[str | int, ...]) -> str:
    for key in keys:
        if value is None:
            return ""
        value = value[key] if isinstance(key, int) else getattr(value, key)
    return "" if value is None else str(value)


def _part(name: str, cell: str) -> str:
    if not cell:
        return ""
    words = " ".join(IN_WORDS.findall(cell) if name in AROUND else cell.split())
    return f"{name} {words}" if words else ""


def differing(was: str, now: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the parts of two quantities that are not the same in both, each by the name of its column."""
    before, after = parted(was), parted(now)
    return (
        {name: part for name, part in before.items() if after.get(name) != part},
        {name: part for name, part in after.items() if before.get(name) != part},
    )


def parted(quantity: str) -> dict[str, str]:
    """Return the parts of a quantity, each by the name of its column, or by itself where that is none."""
    names = _columns()
    parts: dict[str, str] = {}
    last = ""
    for part in quantity.split(BETWEEN):
        name = part.partition(" ")[0]
        if name in names and name not in parts:
            parts[name], last = part, name
        elif last:
            parts[last] += BETWEEN + part  # a statement, which has a semicolon of its own
        else:
            parts[part] = part
    return parts
