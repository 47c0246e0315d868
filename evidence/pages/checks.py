"""The public page of the consistency checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence.check.reported import CHECKS
from evidence.check.reported.check import Check
from evidence.check.reported.explained import Explained
from evidence.model.finding import Finding
from evidence.model.page import Page
from evidence.model.study import Study
from evidence.numbers.agreement import Agreement, agreements
from evidence.numbers.results import CheckResult
from evidence.pages.view import Planned, Workshop
from evidence.pages.written import planned
from evidence.prose.writer import Writer


@dataclass(frozen=True)
class CheckLine:
    """One check with how often it passed, failed and could not be applied, and its failures."""

    check: Check
    passed: int
    failed: tuple[CheckResult, ...]
    not_applicable: int

    @property
    def run(self) -> int:
        """Return how often the check could look at something."""
        return self.passed + len(self.failed)


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield the page of the checks."""
    for page in workshop.report.pages.values():
        if page.front.kind == "checks":
            yield planned(workshop, page, "checks.html", _content)


def check_lines(outcomes: tuple[CheckResult, ...]) -> list[CheckLine]:
    """Return a line for each check."""
    lines = []
    for check in CHECKS:
        own = [outcome for outcome in outcomes if outcome.check == check.name]
        lines.append(
            CheckLine(
                check,
                sum(outcome.verdict == "passed" for outcome in own),
                tuple(outcome for outcome in own if outcome.verdict == "failed"),
                sum(outcome.verdict == "not-applicable" for outcome in own),
            )
        )
    return lines


def _content(workshop: Workshop, _page: Page, _writer: Writer) -> dict[str, Any]:
    compared = list(all_agreements(workshop))
    verdicts = ("agrees", "close", "differs")
    return {
        "explained": Explained.of(workshop.report).said,
        "lines": check_lines(workshop.results.checks),
        "studies": workshop.report.studies,
        "claims": {
            f"{ledger.id}/{claim.id}": (ledger, claim)
            for ledger in workshop.report.ledgers.values()
            for claim in ledger.claims.values()
        },
        "compared": [
            (verdict, sum(agreement.verdict == verdict for _, _, agreement in compared))
            for verdict in verdicts
        ],
        "differing": [comparison for comparison in compared if comparison[2].verdict != "agrees"],
    }


def all_agreements(workshop: Workshop) -> Iterator[tuple[Study, Finding, Agreement]]:
    """Yield every comparison of a printed with a computed quantity."""
    for study in workshop.report.studies.values():
        for finding in study.findings.values():
            computed = workshop.results.computed(f"{study.id}/{finding.id}")
            for agreement in agreements(finding, computed):
                yield study, finding, agreement
