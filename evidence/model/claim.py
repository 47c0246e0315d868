"""A claim: what a document asserts, with the verdict and the findings that decide it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator

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
DECIDED = ("supported", "supported-with-a-caveat", "contradicted")


class Claim(Model):
    """One entry of the ledger; digits in ``says`` belong to the document and ``locator``."""

    id: Id
    locator: Words
    topic: Words
    says: Annotated[str, BeforeValidator(parse_text)]
    verdict: Verdict
    severity: Literal["none", "low", "medium", "high"]
    shows: Prose
    why: Prose
    findings: tuple[Words, ...] = ()
    discrepancies: tuple[Id, ...] = ()
    pages: tuple[Words, ...] = ()


class Ledger(Model):
    """All claims of one document."""

    id: Id
    document: Id
    title: Words
    intro: Prose
    claims: dict[str, Claim]
