"""The checks that somebody accepts although they fail: a line of their list, and the reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from evidence.model.base import DateField, Id, Model, Words
from evidence.model.columns import columns_of
from evidence.model.readings import IN_WORDS
from evidence.model.source import Source

ACCEPTED = "data/accepted-checks.csv"
NOT_LOOKED_AT = "not-looked-at"

CheckReason = Literal["printed-so", "does-not-apply", "not-looked-at"]
CHECK_REASONS: dict[str, str] = {
    "printed-so": "the source prints these numbers: somebody looked",
    "does-not-apply": "these numbers need not agree: another base, another method, another day",
    "not-looked-at": "nobody has compared them with the source yet",
}


class AcceptedCheck(Model):
    """One line of the list: a check that fails, what it found, and why that is accepted.

    It is of that very comparison: when one of the numbers in ``found`` changes, it is not accepted any more.
    """

    check: Id = Field(
        examples=["parts-add-up"],
        description="The check, by the name that the build prints.",
    )
    of: Words = Field(
        examples=["honey-2019/cough-free"],
        description="What was checked: study/finding, a study, or document/claim.",
    )
    found: Words = Field(
        examples=["12 + 27 = 39, of 40; the difference is 1."],
        description="What the check found, with the numbers that were compared.",
    )
    on: DateField = Field(examples=["2026-11-29"], description="The day on which it was accepted.")
    by: Words = Field(examples=["Ada Lovelace"], description="Who accepted it.")
    reason: CheckReason = Field(
        examples=["printed-so"],
        description="Why it may stay so.",
        json_schema_extra={"markdownEnumDescriptions": list(CHECK_REASONS.values())},
    )
    note: Words | None = Field(
        default=None,
        examples=["Table 2 leaves one child out."],
        description="Why, in words: what 'python build.py accept' was given.",
    )

    @property
    def compared(self) -> Compared:
        """Return what is accepted: a check, what it is of, and the numbers that it compared."""
        return compared(self.check, self.of, self.found)


Compared = tuple[str, str, tuple[str, ...]]
ACCEPTED_COLUMNS = tuple(column.name for column in columns_of(AcceptedCheck))


def compared(check: str, of: str, found: str) -> Compared:
    """Return a check, what it is of, and the numbers in the sentence about it: its words may be put better."""
    return check, of, tuple(IN_WORDS.findall(found))


def misprinted(sources: Iterable[Source]) -> frozenset[str]:
    """Return the findings that a discrepancy names: what is wrong with them is their source's."""
    return frozenset(
        address
        for source in sources
        for discrepancy in source.discrepancies.values()
        for address in discrepancy.findings
    )
