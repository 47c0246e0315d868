"""The report: everything that was read and holds together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date

from evidence.model.claim import Claim, Ledger
from evidence.model.export import Export
from evidence.model.figure import Figure
from evidence.model.page import Page
from evidence.model.search import Search
from evidence.model.site import Site, Term
from evidence.model.source import Source
from evidence.model.study import Finding, Study
from evidence.model.table import Table
from evidence.model.trial import Trial
from evidence.model.vocabulary import Vocabularies


@dataclass(frozen=True)
class Report:
    """All models by id, the templates by name and the static files by path.

    Every reference between them resolves. Findings are addressed ``study/finding``. ``key`` is the
    content key of all that went in, but for the bodies of pages; ``trial_keys`` are those of the
    files of trials, by id. ``rules`` is the text of data/registry/rules.yaml.
    """

    site: Site
    vocabularies: Vocabularies
    sources: dict[str, Source]
    studies: dict[str, Study]
    trials: dict[str, Trial]
    ledgers: dict[str, Ledger]
    figures: dict[str, Figure]
    tables: dict[str, Table]
    exports: dict[str, Export]
    searches: dict[str, Search]
    terms: dict[str, Term]
    pages: dict[str, Page]
    templates: dict[str, str]
    static: dict[str, bytes]
    today: Date
    findings: dict[str, Finding] = field(default_factory=dict)
    rules: str = ""
    key: str = ""
    trial_keys: dict[str, str] = field(default_factory=dict)

    def finding(self, address: str) -> Finding:
        """Return the finding at ``study/finding``."""
        return self.findings[address]

    def claim_address(self, name: str) -> str:
        """Return the address in the site of the entry ``document/claim``."""
        document, _, claim = name.partition("/")
        return self.ledgers[document].address(claim)

    def claims(self) -> dict[str, Claim]:
        """Return all claims by ``document/claim``."""
        return {
            f"{ledger.id}/{claim.id}": claim
            for ledger in self.ledgers.values()
            for claim in ledger.claims.values()
        }
