"""All names that a reference can lead to, and the problem when there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from evidence.model.claim import Ledger
from evidence.model.export import Export
from evidence.model.figure import Figure
from evidence.model.search import Search
from evidence.model.source import Source
from evidence.model.study import Finding, Study
from evidence.numbers.comparisons import outcomes_of, searches_of
from evidence.problems import Place, Problem, did_you_mean
from evidence.read.reading import Reading


@dataclass
class Known:
    """All names that a reference can lead to; ``key`` is the content key of all they stand in.

    Of ``pages`` and ``trials`` only the names count until all pages were looked at.
    """

    reading: Reading
    sources: dict[str, Source]
    studies: dict[str, Study]
    trials: Mapping[str, Any]
    ledgers: dict[str, Ledger]
    figures: dict[str, Figure]
    pages: Mapping[str, Any]
    exports: dict[str, Export]
    searches: dict[str, Search]
    findings: dict[str, Finding] = field(default_factory=dict)
    key: str = ""

    def __post_init__(self) -> None:
        """Collect the findings by address."""
        for study in self.studies.values():
            for finding in study.findings.values():
                self.findings[f"{study.id}/{finding.id}"] = finding

    def source(self, name: str, place: Place) -> Iterator[Problem]:
        """Yield a problem when there is no source of that name."""
        if name not in self.sources and not self.reading.is_broken("source", name):
            hint = did_you_mean(name, self.sources, f"Write data/sources/{name}.yaml.")
            yield Problem(place, "source-exists", f"the source '{name}' does not exist", hint)

    def study(self, name: str, place: Place) -> Iterator[Problem]:
        """Yield a problem when there is no study of that name."""
        if name not in self.studies and not self.reading.is_broken("study", name):
            hint = did_you_mean(name, self.studies, f"Write data/studies/{name}.yaml.")
            yield Problem(place, "study-exists", f"the study '{name}' does not exist", hint)

    def trial(self, name: str, place: Place) -> Iterator[Problem]:
        """Yield a problem when there is no trial of that name."""
        if name not in self.trials and not self.reading.is_broken("trial", name):
            hint = did_you_mean(name, self.trials, f"Write data/trials/{name}.yaml.")
            yield Problem(place, "trial-exists", f"the trial '{name}' does not exist", hint)

    def export(self, name: str, place: Place) -> Iterator[Problem]:
        """Yield a problem when there is no registry export of that name."""
        if name not in self.exports and not self.reading.is_broken("export", name):
            hint = did_you_mean(name, self.exports, "Make it with 'python build.py import'.")
            yield Problem(place, "export-exists", f"the export '{name}' does not exist", hint)

    def finding(self, address: str, place: Place) -> Iterator[Problem]:
        """Yield a problem when there is no finding at that address."""
        study, _, name = address.partition("/")
        if address in self.findings or self.reading.is_broken("study", study):
            return
        if study not in self.studies:
            yield from self.study(study, place)
            return
        counted = self.studies[study].counted
        if counted is not None and self.reading.is_broken("export", counted.export):
            return
        known = self.studies[study].findings
        hint = did_you_mean(name, known, f"Known: {', '.join(known) or 'none'}.")
        message = f"the study '{study}' has no finding '{name}'"
        yield Problem(place, "finding-exists", message, hint)

    def page(self, name: str, place: Place) -> Iterator[Problem]:
        """Yield a problem when there is no page of that name."""
        if name not in self.pages and not self.reading.is_broken("page", name):
            hint = did_you_mean(name, self.pages, f"Write content/{name}.md.")
            yield Problem(place, "page-exists", f"the page '{name}' does not exist", hint)

    def figure(self, name: str, place: Place) -> Iterator[Problem]:
        """Yield a problem when there is no figure of that name."""
        if name not in self.figures and not self.reading.is_broken("figure", name):
            hint = did_you_mean(name, self.figures, f"Write data/figures/{name}.yaml.")
            yield Problem(place, "figure-exists", f"the figure '{name}' does not exist", hint)

    def search(self, name: str, place: Place) -> Iterator[Problem]:
        """Yield a problem when there is no search of that name."""
        if name not in self.searches and not self.reading.is_broken("search", name):
            hint = did_you_mean(name, self.searches, f"Write data/searches/{name}.yaml.")
            yield Problem(place, "search-exists", f"the search '{name}' does not exist", hint)

    def outcome(self, name: str, place: Place) -> Iterator[Problem]:
        """Yield a problem when no search of the page at ``place`` has an outcome of that name."""
        page = place.file.removeprefix("content/").removesuffix(".md")
        outcomes = list(outcomes_of(searches_of(self.searches, page)))
        if name not in outcomes and not any(
            each.startswith("search:") for each in self.reading.broken
        ):
            hint = did_you_mean(name, outcomes, f"Known: {', '.join(outcomes) or 'none'}.")
            message = f"no search of this page has an outcome '{name}'"
            yield Problem(place, "outcome-exists", message, hint)

    def claim(self, address: str, place: Place) -> Iterator[Problem]:
        """Yield a problem when there is no claim at ``document/claim``."""
        document, _, name = address.partition("/")
        ledger = self.ledgers.get(document)
        if self.reading.is_broken("ledger", document) or (ledger and name in ledger.claims):
            return
        known = [f"{each.id}/{claim}" for each in self.ledgers.values() for claim in each.claims]
        hint = did_you_mean(address, known, "Name it as document/claim.")
        yield Problem(place, "claim-exists", f"the claim '{address}' does not exist", hint)
