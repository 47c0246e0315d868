"""Records and dates: dates in order, registry identifiers well formed, statuses not too old."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evidence.check.reported.check import Check, of_each_study
from evidence.model.finding import Finding
from evidence.model.registries import TABLE
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.results import CheckResult
from evidence.numbers.status import NO_DATE, YEARS_WORDS, is_old

# Dates follow each other as they must.

DATES_IN_ORDER_NAME = "dates-in-order"
NATURAL = ("start", "primary-completion", "completion")


def dates_in_order(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Compare the dates that a study declares to be in order, and start with completion."""
    natural = tuple(name for name in NATURAL if name in study.findings)
    for names in (*study.order, natural):
        for earlier, later in pairwise(names):
            first, second = study.findings[earlier].date, study.findings[later].date
            address = f"{study.id}/{later}"
            if first is None or second is None:
                yield CheckResult(
                    DATES_IN_ORDER_NAME, address, "not-applicable", "A date is not given."
                )
                continue
            said = f"{first.words}, then {second.words}"
            holds = first.first_day <= second.first_day
            why = f"{said}." if holds else f"{said}: the later event has the earlier date."
            yield CheckResult(DATES_IN_ORDER_NAME, address, "passed" if holds else "failed", why)


DATES_IN_ORDER = Check(
    DATES_IN_ORDER_NAME,
    "Dates in order",
    "A trial starts before it is completed, and a licence is granted before it is withdrawn.",
    of_each_study(dates_in_order),
)


# A registry identifier has the form of its registry.

REGISTRY_ID_FORMED_NAME = "registry-id-formed"


def registry_id_formed(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Compare each identifier with the forms of the known registries."""
    for identifier in study.registry:
        registry = next((candidate for candidate in TABLE if candidate.is_formed(identifier)), None)
        if registry is None:
            why = f"'{identifier}' has the form of no registry that is known here."
            yield CheckResult(REGISTRY_ID_FORMED_NAME, study.id, "failed", why)
        else:
            yield CheckResult(
                REGISTRY_ID_FORMED_NAME, study.id, "passed", f"{identifier}: {registry.title}."
            )


REGISTRY_ID_FORMED = Check(
    REGISTRY_ID_FORMED_NAME,
    "Registry identifier well formed",
    "A registry identifier has as many letters and digits as its registry gives out.",
    of_each_study(registry_id_formed),
)


# A trial's status is recent enough to be believed.

STATUS_FRESH_NAME = "status-fresh"


def status_fresh(study: Study, report: Report) -> Iterator[CheckResult]:
    """Look at the age of each status of a registered trial that can stop being true."""
    for finding in study.findings.values():
        if finding.id != "status":
            continue
        address = f"{study.id}/{finding.id}"
        if not _ages(finding, report):
            why = "It does not begin with a status that can stop being true."
            yield CheckResult(STATUS_FRESH_NAME, address, "not-applicable", why)
            continue
        as_of = finding.as_of or report.sources[finding.source].issued
        said = f"{NO_DATE[0].upper()}{NO_DATE[1:]}" if as_of is None else f"As of {as_of.words}"
        if is_old(as_of, report.today):
            age = "" if as_of is None else f", more than {YEARS_WORDS} ago"
            yield CheckResult(
                STATUS_FRESH_NAME, address, "failed", f"{said}{age}: it counts as unknown."
            )
        else:
            yield CheckResult(STATUS_FRESH_NAME, address, "passed", f"{said}.")


def _ages(finding: Finding, report: Report) -> bool:
    """Tell whether a finding begins with a status that can stop being true."""
    said = (finding.statement or "").lower()
    return any(
        word.ages and said.startswith(word.title.lower())
        for word in report.vocabularies.statuses.values()
    )


STATUS_FRESH = Check(
    STATUS_FRESH_NAME,
    "Status not older than two years",
    "The status of a trial that has not ended was true less than two years ago; an older one, and one "
    "without a date, counts as unknown.",
    of_each_study(status_fresh),
    with_time=True,
)
