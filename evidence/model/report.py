"""The report: everything that was read and holds together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date as Date
from functools import cached_property

from pydantic_core import to_json

from evidence.model.accepted import AcceptedCheck
from evidence.model.claim import Claim, Ledger
from evidence.model.export import Export
from evidence.model.figure import Figure
from evidence.model.figure_row import Table
from evidence.model.finding import Finding
from evidence.model.offered import OfferedFile
from evidence.model.page import Page
from evidence.model.page_table import PageTable
from evidence.model.picture import ShownPicture
from evidence.model.readings import NumberChange
from evidence.model.search import Search
from evidence.model.site import Site, Term
from evidence.model.source import Source
from evidence.model.study import Study, by_outcome
from evidence.model.synonyms import Synonyms
from evidence.model.trial import TrialName, TrialPack
from evidence.model.vocabularies import Vocabularies


@dataclass(frozen=True)
class Report:
    """All models by id, the templates by name and the static files by path.

    Every reference between them resolves. Findings are addressed ``study/finding``. ``made_of`` is the
    content key of all that went in, but for the bodies of pages and for trials. Of trials, which may be
    thousands, the names are here, and what they say stands in ``packs``. ``rules`` is the text of data/registry/rules.yaml.
    With ``editions`` the site holds its pages as files to take along, too.
    ``accepted`` are the checks that may fail, and ``guide`` the documents for editors by their names.
    ``pictures`` are those of authors by the names of their files, and
    ``picture_bodies`` hands out what was made of each, for ``files_of`` in evidence/figures/renditions.py.
    ``offered`` are the files of data/downloads by name, and ``offered_bytes`` what is in them.
    ``confirmed`` is how many findings two readings confirm, of how many; None where no ledger of readings is kept;
    ``number_changes`` are those of each finding that the ledger explains, by its address.
    """

    site: Site
    vocabularies: Vocabularies
    sources: dict[str, Source]
    studies: dict[str, Study]
    trials: dict[str, TrialName]
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
    synonyms: Synonyms = field(default_factory=Synonyms)
    rules: str = ""
    records: dict[str, str] = field(default_factory=dict)
    made_of: str = ""
    whole: bool = True
    packs: tuple[TrialPack, ...] = ()
    mentioned: tuple[str, ...] = ()
    editions: bool = False
    confirmed: tuple[int, int] | None = None
    number_changes: dict[str, tuple[NumberChange, ...]] = field(default_factory=dict)
    accepted: tuple[AcceptedCheck, ...] = ()
    guide: dict[str, str] = field(default_factory=dict)
    page_tables: dict[str, PageTable] = field(default_factory=dict)
    pictures: dict[str, ShownPicture] = field(default_factory=dict)
    picture_bodies: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    offered: dict[str, OfferedFile] = field(default_factory=dict)
    offered_bytes: dict[str, bytes] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return the content key of all that is in a report without bodies.

        Raises ValueError when bodies are there: they, and most trials, are in no key.
        """
        if self.whole:
            raise ValueError("a report has a key only without_bodies()")
        made_of = [self.made_of, list(self.trials.values()), self.editions]
        return hashlib.sha256(to_json(made_of)).hexdigest()

    def without_bodies(self) -> Report:
        """Return the report with the front matter of each page, and the trials that prose names.

        It is what most results follow from, and has a key.
        """
        pages = {name: page.model_copy(update={"body": ""}) for name, page in self.pages.items()}
        trials = {name: self.trials[name] for name in self.mentioned if name in self.trials}
        return replace(
            self, pages=pages, trials=trials, packs=(), static={}, whole=False, confirmed=None,
            picture_bodies={}, offered_bytes={},
        )  # fmt: skip

    def sources_of(self, pack: TrialPack) -> dict[str, Source]:
        """Return the sources that some trials were read in."""
        names = {source for name in pack.names for source in self.trials[name].sources}
        return {name: self.sources[name] for name in sorted(names)}

    @cached_property
    def of_outcome(self) -> dict[str, list[str]]:
        """Return the addresses of the findings of each outcome."""
        return by_outcome(self.findings)

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
