"""Consistency checks of what was reported. A new check is one in its subject's module, and a name in ``CHECKS``.

They test whether printed numbers can hold together, not whether they are true. A check that fails
does not prove misconduct: rounding, another base or a slip of the pen give the same picture.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.check.reported.check import Check
from evidence.check.reported.claims import CLAIM_NUMBERS_FOUND, ONE_NUMBER_ONCE
from evidence.check.reported.counts import EVENTS_WITHIN_N, PARTS_ADD_UP, YEARS_FIT_TOTAL
from evidence.check.reported.intervals import (
    INTERVAL_CENTRED,
    INTERVAL_HOLDS_ESTIMATE,
    P_AGAINST_INTERVAL,
)
from evidence.check.reported.records import DATES_IN_ORDER, REGISTRY_ID_FORMED, STATUS_FRESH
from evidence.check.reported.shares import (
    BASE_IS_PARTICIPANTS,
    DENOMINATOR_STATED,
    PERCENTAGE_AGAINST_COUNTS,
    PERCENTAGE_REACHABLE,
)
from evidence.model.report import Report
from evidence.numbers.results import CheckResult

CHECKS: tuple[Check, ...] = (
    EVENTS_WITHIN_N,
    PERCENTAGE_AGAINST_COUNTS,
    PERCENTAGE_REACHABLE,
    DENOMINATOR_STATED,
    BASE_IS_PARTICIPANTS,
    PARTS_ADD_UP,
    INTERVAL_HOLDS_ESTIMATE,
    INTERVAL_CENTRED,
    P_AGAINST_INTERVAL,
    YEARS_FIT_TOTAL,
    DATES_IN_ORDER,
    REGISTRY_ID_FORMED,
    ONE_NUMBER_ONCE,
    CLAIM_NUMBERS_FOUND,
    STATUS_FRESH,
)


def outcomes(report: Report) -> Iterator[CheckResult]:
    """Yield the outcome of every check on everything that it applies to."""
    for check in CHECKS:
        yield from check.apply(report)
