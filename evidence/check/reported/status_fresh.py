"""A trial's status is recent enough to be believed."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Finding, Study
from evidence.numbers.results import CheckResult
from evidence.numbers.status import NO_DATE, YEARS_WORDS, is_old

NAME = "status-fresh"


def apply(study: Study, report: Report) -> Iterator[CheckResult]:
    """Look at the age of each status of a registered trial that can stop being true."""
    for finding in study.findings.values():
        if finding.id != "status":
            continue
        address = f"{study.id}/{finding.id}"
        if not _ages(finding, report):
            why = "It does not begin with a status that can stop being true."
            yield CheckResult(NAME, address, "not-applicable", why)
            continue
        as_of = finding.as_of or report.sources[finding.source].issued
        said = f"{NO_DATE[0].upper()}{NO_DATE[1:]}" if as_of is None else f"As of {as_of.words}"
        if is_old(as_of, report.today):
            age = "" if as_of is None else f", more than {YEARS_WORDS} ago"
            yield CheckResult(NAME, address, "failed", f"{said}{age}: it counts as unknown.")
        else:
            yield CheckResult(NAME, address, "passed", f"{said}.")


def _ages(finding: Finding, report: Report) -> bool:
    """Tell whether a finding begins with a status that can stop being true."""
    said = (finding.statement or "").lower()
    return any(
        word.ages and said.startswith(word.title.lower())
        for word in report.vocabularies.statuses.values()
    )


CHECK = Check(
    NAME,
    "Status not older than two years",
    "The status of a trial that has not ended was true less than two years ago; an older one, and one "
    "without a date, counts as unknown.",
    of_each_study(apply),
)
