"""Accept that checks fail: write their lines into the list of accepted checks, all of them or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path

from evidence.check.reported import CHECKS
from evidence.check.reported.explained import WITH_TIME, Explained
from evidence.model.accepted import ACCEPTED, ACCEPTED_COLUMNS, NOT_LOOKED_AT, AcceptedCheck
from evidence.model.base import PartialDate
from evidence.model.report import Report
from evidence.numbers.results import CheckResult
from evidence.problems import ProblemsFoundError, did_you_mean
from evidence.steps.accept import MendFirstError, NothingAcceptedError
from evidence.steps.compute import compute
from evidence.steps.in_place import ChangedMeanwhileError, write_whole
from evidence.steps.load import load
from evidence.steps.readings_file import text_of, with_lines
from evidence.steps.validate import validate
from evidence.store import Store

NAMES = [check.name for check in CHECKS]


@dataclass(frozen=True)
class CheckAcceptance:
    """What an author accepts: that ``checks`` fail for ``names``, why, and who says so on which day.

    A name is study/finding, document/claim, or a study with all that is of it.
    """

    names: tuple[str, ...]
    checks: tuple[str, ...]
    reason: str
    on: PartialDate
    by: str
    note: str = ""


def accept_checks(root: Path, asked: CheckAcceptance, today: Date, folder: Path) -> list[str]:
    """Write the lines that are asked for; return a sentence for each. ``folder`` holds the store.

    Raises MendFirstError where something else is wrong, and NothingAcceptedError where there is nothing
    to accept. Nothing is written then.
    """
    for name in asked.checks:
        if name not in NAMES:
            hint = did_you_mean(name, NAMES, f"Checks: {', '.join(NAMES)}.")
            raise NothingAcceptedError(f"'{name}' is no check. {hint}")
    file = root / ACCEPTED
    before = file.read_bytes() if file.is_file() else None
    report, outcomes = _checked(root, today, folder)
    failing = [outcome for outcome in outcomes if outcome.verdict == "failed"]
    found = list(
        dict.fromkeys(
            outcome
            for check in asked.checks
            for name in asked.names
            for outcome in _named(report, failing, check, name)
        )
    )
    lines = [_line(outcome, asked) for outcome in found]
    try:
        write_whole(file, with_lines(text_of(before, ACCEPTED_COLUMNS), lines), before)
    except ChangedMeanwhileError as error:
        raise NothingAcceptedError(
            f"somebody else wrote {ACCEPTED} just now. Do it again"
        ) from error
    return [f"{line.of}: {line.check}, {line.reason}; {line.found}" for line in lines]


def _checked(root: Path, today: Date, folder: Path) -> tuple[Report, tuple[CheckResult, ...]]:
    store = Store(folder)
    try:
        results = compute(validate(load(root), today, store), store)
    except ProblemsFoundError as error:
        raise MendFirstError(error.problems) from error
    return results.report, results.checks


def _named(
    report: Report, failing: Iterable[CheckResult], check: str, name: str
) -> list[CheckResult]:
    """Return the failures of a check that a name means, or raise NothingAcceptedError."""
    if check in WITH_TIME:
        raise NothingAcceptedError(f"'{check}' fails with time, and nobody has to accept that")
    explained = Explained.of(report)
    own = [outcome for outcome in failing if outcome.check == check]
    meant = [outcome for outcome in own if name in {outcome.address, outcome.study}]
    if not meant:
        known = {*report.findings, *report.studies, *report.claims()}
        if name in known:
            raise NothingAcceptedError(f"'{check}' does not fail for '{name}'")
        hint = did_you_mean(name, known, "Name it as study/finding, as the build does.")
        raise NothingAcceptedError(f"there is no '{name}'. {hint}")
    new = [outcome for outcome in meant if not _is_settled(explained, outcome)]
    if not new:
        raise NothingAcceptedError(f"that '{check}' fails for '{name}' is explained already")
    return new


def _is_settled(explained: Explained, outcome: CheckResult) -> bool:
    """Tell whether nothing is left to say of a failure; one that nobody looked at can be looked at."""
    return explained.why(outcome) not in {"", NOT_LOOKED_AT}


def _line(outcome: CheckResult, asked: CheckAcceptance) -> AcceptedCheck:
    return AcceptedCheck.model_validate(
        {
            "check": outcome.check,
            "of": outcome.address,
            "found": outcome.why,
            "on": asked.on,
            "by": asked.by,
            "reason": asked.reason,
            "note": asked.note or None,
        }
    )
