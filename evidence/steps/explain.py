"""Between compute and render: a check that fails and that nobody accepted stops the run."""

from __future__ import annotations

from collections import defaultdict

from evidence.check.reported.explained import Explained, told, unexplained
from evidence.model.accepted import CHECK_REASONS
from evidence.model.report import Report
from evidence.numbers.results import CheckResult, Results
from evidence.problems import Place, Problem, ProblemsFoundError
from evidence.read.reading import Reading
from evidence.read.sources import Sources
from evidence.read.tables import place_of_finding

COMMAND = "python build.py accept"


def explain(sources: Sources, results: Results) -> str:
    """Return how many checks may fail, and why, in a line; nothing where none fails.

    Raises ProblemsFoundError with those that may not.
    """
    problems = unexplained_checks(sources, results)
    if problems:
        raise ProblemsFoundError(problems)
    return told(results.report, results.checks)


def unexplained_checks(sources: Sources, results: Results) -> tuple[Problem, ...]:
    """Return the checks that fail and may not, at the file of what they are of."""
    report = results.report
    failing: dict[tuple[str, str], list[CheckResult]] = defaultdict(list)
    for outcome in unexplained(report, results.checks):
        failing[outcome.check, outcome.address].append(outcome)
    reading, explained = Reading(sources), Explained.of(report)
    return tuple(_problem(reading, report, explained, found) for found in failing.values())


def _problem(
    reading: Reading, report: Report, explained: Explained, found: list[CheckResult]
) -> Problem:
    """Return the problem of what one check found at one place."""
    first, said = found[0], " ".join(outcome.why for outcome in found).removesuffix(".")
    earlier = explained.earlier(first)
    before = ""
    if earlier is not None:
        before = f" (accepted on {earlier.on.words}: {earlier.found.removesuffix('.')})"
    message = f"{first.check} fails for '{first.address}': {said}{before}"
    hint = (
        "Compare with the source, and mend it. Where it may stay so: "
        f'{COMMAND} {first.address} --check {first.check} --why printed-so --note "..." '
        f"(or {', '.join(reason for reason in CHECK_REASONS if reason != 'printed-so')})."
    )
    return Problem(_place(reading, report, first), "check-explained", message, hint)


def _place(reading: Reading, report: Report, outcome: CheckResult) -> Place:
    """Return where that stands which a check is of: a claim, a finding, or the registry ids of a study."""
    if outcome.of_claim:
        ledger, _, claim = outcome.address.partition("/")
        return reading.place(f"data/claims/{ledger}.yaml", ("claims", claim), of_key=True)
    if outcome.finding:
        study = report.studies[outcome.study]
        return place_of_finding(reading, study, outcome.finding)
    return reading.place(f"data/studies/{outcome.study}.yaml", ("registry",), of_key=True)
