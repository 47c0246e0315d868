"""A claim: what a document asserts, with the verdict and the findings that decide it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evidence.model.base import Id, Model, Prose, Words, asks

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
    locator: Words = Field(
        description="Where in the document it stands.",
        examples=["Page 3, second paragraph"],
    )
    topic: Words = Field(
        description="What it is about.",
        examples=["Recovery"],
        json_schema_extra=asks("What it is about: entries of one topic stand together."),
    )
    says: Words = Field(
        description="What the document says, in our words.",
        examples=["Half of the children stopped coughing."],
        json_schema_extra=asks(
            "What the document says, in our words. Its digits may stand here: they are the document's."
        ),
    )
    verdict: Verdict = Field(
        description="What the evidence says of it.",
        examples=["supported-with-a-caveat"],
        json_schema_extra=asks("What the evidence says of it.", VERDICTS),
    )
    severity: Literal["none", "low", "medium", "high"] = Field(
        description="How much it could mislead.",
        examples=["low"],
        json_schema_extra=asks("How much it could mislead a reader."),
    )
    shows: Prose = Field(
        description="What the primary source shows.",
        examples=["In the trial [[honey-2019/cough-free]] stopped coughing."],
        json_schema_extra=asks(
            "What the primary source shows. Numbers are references: [[study/finding]]."
        ),
    )
    why: Prose = Field(
        description="The reason for the verdict.",
        examples=["The trial measured children only."],
        json_schema_extra=asks("The reason for the verdict, in a sentence or two."),
    )
    findings: tuple[Words, ...] = Field(
        default=(),
        description="The findings that decide, each as its study and its name.",
        examples=[["honey-2019/cough-free"]],
        json_schema_extra=asks("The findings that decide, each as study/finding."),
    )
    discrepancies: tuple[Id, ...] = Field(
        default=(),
        description="What the document prints that something else contradicts, by the names on its page.",
        examples=[["cough-share"]],
        json_schema_extra=asks(
            "What the document prints that something else contradicts: names below 'discrepancies:' in its source."
        ),
    )
    pages: tuple[Words, ...] = Field(
        default=(),
        description="The pages that it concerns.",
        examples=[["colds/honey"]],
        json_schema_extra=asks(
            "The pages that it concerns, by their paths below content/ without .md."
        ),
    )


class Ledger(Model):
    """All claims of one document."""

    id: Id
    document: Id = Field(
        examples=["popular-2020"],
        json_schema_extra=asks(
            "The document that is checked: the name of its file in data/sources, without .yaml."
        ),
    )
    title: Words = Field(
        examples=["A popular article, checked"], json_schema_extra=asks("The title of the page.")
    )
    intro: Prose = Field(
        examples=["We checked every claim of the article."],
        json_schema_extra=asks("What readers see above the entries, in a sentence or two."),
    )
    claims: dict[str, Claim] = Field(
        examples=[
            {
                "half-stopped": {
                    "locator": "Page 3",
                    "topic": "Recovery",
                    "says": "Half stopped.",
                    "verdict": "supported",
                    "severity": "none",
                    "shows": "They did.",
                    "why": "It is the same number.",
                }
            }
        ],
        json_schema_extra=asks(
            "The entries, each under a name of your choice, by which pages lead to it: [[claim:document/name]]."
        ),
    )

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
