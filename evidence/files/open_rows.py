"""Rows of the open tables: a cell for each column of a finding, and of a claim."""

from __future__ import annotations

from evidence.model.claim import Claim, Ledger
from evidence.model.columns import cells_of
from evidence.model.study import Finding, Study
from evidence.numbers.wording import computed_words, reported
from evidence.pages.view import Workshop
from evidence.prose.writer import Writer


def cells_of_finding(workshop: Workshop, study: Study, finding: Finding) -> dict[str, str]:
    """Return the cells of a finding by the names of their columns; marks of its study stand with its own."""
    computed = workshop.results.computed(f"{study.id}/{finding.id}")
    marked = finding.model_copy(update={"marks": (*study.marks, *finding.marks)})
    return cells_of(marked) | {
        "study": study.id,
        "finding": finding.id,
        "reported": reported(finding).text,
        "computed": "; ".join(computed_words(computed)),
    }


def cells_of_claim(writer: Writer, ledger: Ledger, claim: Claim) -> dict[str, str]:
    """Return the cells of a claim by the names of their columns, prose as plain text."""
    return cells_of(claim) | {
        "document": ledger.document,
        "claim": claim.id,
        "shows": writer.plain(claim.shows),
        "why": writer.plain(claim.why),
        "findings": " ".join(claim.findings),
    }
