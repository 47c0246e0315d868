"""A claim: what a document asserts, with the verdict and the findings that decide it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from evidence.model.base import Id, Model, Prose, Words, parse_text

Verdict = Literal[
    "supported",
    "supported-with-a-caveat",
    "contradicted",
    "not-supported",
    "cannot-be-checked",
]
VERDICTS: dict[str, str] = {
    "supported": "Supported",
    "supported-with-a-caveat": "Supported with a caveat",
    "contradicted": "Contradicted",
    "not-supported": "Not supported by what could be read",
    "cannot-be-checked": "Cannot be checked",
}
MOST_ENTRIES = 60  # on one page: more weigh too much for a phone
DECIDED = ("supported", "supported-with-a-caveat", "contradicted")


class Claim(Model):
    """One entry of the ledger; digits in ``says`` belong to the document and ``locator``."""

    id: Id = Field(title="Claim", description="The name of the entry in its ledger.")
    locator: Words = Field(description="Where in the document it stands.")
    topic: Words = Field(description="What it is about.")
    says: Annotated[str, BeforeValidator(parse_text)] = Field(
        description="What the document says, in our words."
    )
    verdict: Verdict = Field(description="What the evidence says of it.")
    severity: Literal["none", "low", "medium", "high"] = Field(
        description="How much it could mislead."
    )
    shows: Prose = Field(description="What the primary source shows.")
    why: Prose = Field(description="The reason for the verdict.")
    findings: tuple[Words, ...] = Field(
        default=(), description="The findings that decide, each as its study and its name."
    )
    discrepancies: tuple[Id, ...] = Field(
        default=(),
        description="What the document prints that something else contradicts, by the names on its page.",
    )
    pages: tuple[Words, ...] = Field(default=(), description="The pages that it concerns.")


class Ledger(Model):
    """All claims of one document."""

    id: Id
    document: Id
    title: Words
    intro: Prose
    claims: dict[str, Claim]

    def parts(self) -> list[list[Claim]]:
        """Return the claims of each of its pages; a topic stays on one page."""
        topics: dict[str, list[Claim]] = {}
        for claim in self.claims.values():
            topics.setdefault(claim.topic, []).append(claim)
        parts: list[list[Claim]] = [[]]
        for claims in topics.values():
            if parts[-1] and len(parts[-1]) + len(claims) > MOST_ENTRIES:
                parts.append([])
            parts[-1] += claims
        return parts

    def page_address(self, number: int = 1) -> str:
        """Return the address of its page ``number``, counted from one."""
        return f"claims/{self.id}{'' if number == 1 else f'-{number}'}.html"

    def numbered(self, number: int) -> str:
        """Return the title of its page ``number``, counted from one."""
        pages = len(self.parts())
        return self.title if pages == 1 else f"{self.title}, page {number} of {pages}"

    def address(self, claim: str) -> str:
        """Return the address of an entry: page and anchor."""
        for number, entries in enumerate(self.parts(), start=1):
            if any(entry.id == claim for entry in entries):
                return f"{self.page_address(number)}#{claim}"
        raise KeyError(claim)
