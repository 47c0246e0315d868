"""Which checks may fail: of a misprint that its source tells of, accepted by somebody, or with time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence.check.reported import CHECKS
from evidence.model.accepted import (
    CHECK_REASONS,
    NOT_LOOKED_AT,
    AcceptedCheck,
    Compared,
    compared,
    misprinted,
)
from evidence.model.report import Report
from evidence.numbers.results import CheckResult

MISPRINT, TIME = "misprint", "time"
EXPLANATIONS = {
    MISPRINT: "The page of its source says what is printed, and what is expected.",
    TIME: "",
    "printed-so": "The source prints these numbers.",
    "does-not-apply": "The check does not apply here.",
    NOT_LOOKED_AT: "We have not compared them with the source yet.",
}
WITH_TIME = frozenset(check.name for check in CHECKS if check.with_time)


@dataclass(frozen=True)
class Explained:
    """What explains that checks fail: misprints that sources tell of, and what was ``accepted``."""

    misprints: frozenset[str]
    accepted: dict[Compared, AcceptedCheck]

    @classmethod
    def of(cls, report: Report) -> Explained:
        """Return what explains failing checks in a report."""
        accepted = {line.compared: line for line in report.accepted}
        return cls(misprinted(report.sources.values()), accepted)

    def why(self, outcome: CheckResult) -> str:
        """Return a key of ``EXPLANATIONS`` for a check that failed, or nothing where nothing explains it."""
        if outcome.check in WITH_TIME:
            return TIME
        line = self.line(outcome)
        if line is not None:
            return line.reason
        return MISPRINT if not outcome.of_claim and outcome.address in self.misprints else ""

    def line(self, outcome: CheckResult) -> AcceptedCheck | None:
        """Return the line that accepts what a check found."""
        return self.accepted.get(compared(outcome.check, outcome.address, outcome.why))

    def said(self, outcome: CheckResult) -> str:
        """Return for readers why a failing check was left so, in a sentence or two."""
        line = self.line(outcome)
        note = "" if line is None else line.note or ""
        return f"{EXPLANATIONS[self.why(outcome)]} {note}".strip()

    def earlier(self, outcome: CheckResult) -> AcceptedCheck | None:
        """Return the last line that accepts the same check of the same with other numbers."""
        same = outcome.check, outcome.address
        lines = [line for line in self.accepted.values() if (line.check, line.of) == same]
        return lines[-1] if lines else None


def unexplained(report: Report, outcomes: Iterable[CheckResult]) -> Iterator[CheckResult]:
    """Yield the checks that fail and may not."""
    explained = Explained.of(report)
    for outcome in outcomes:
        if outcome.verdict == "failed" and not explained.why(outcome):
            yield outcome


def told(report: Report, outcomes: Iterable[CheckResult]) -> str:
    """Return how many checks fail, and why they may, for the author in a line; nothing where none does."""
    explained = Explained.of(report)
    failing = [outcome for outcome in outcomes if outcome.verdict == "failed"]
    if not failing:
        return ""
    reasons = [explained.why(outcome) for outcome in failing]
    old = [outcome.address for outcome in failing if outcome.check in WITH_TIME]
    accepted = sum(reason in CHECK_REASONS for reason in reasons) - reasons.count(NOT_LOOKED_AT)
    parts = {
        "as misprints of a source": reasons.count(MISPRINT),
        "accepted": accepted,
        "accepted and not looked at yet": reasons.count(NOT_LOOKED_AT),
        f"with time ({', '.join(old)})": len(old),
    }
    counted = ", ".join(f"{count} {why}" for why, count in parts.items() if count)
    return f"Checks of what was reported that fail: {len(failing)}; {counted}."
