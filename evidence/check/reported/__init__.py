"""Consistency checks of what was reported. A new check is one module and one name in ``CHECKS``.

They test whether printed numbers can hold together, not whether they are true. A check that fails
does not prove misconduct: rounding, another base or a slip of the pen give the same picture.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence.check.reported import (
    base_is_participants,
    claim_numbers_found,
    dates_in_order,
    denominator_stated,
    events_within_n,
    interval_centred,
    interval_holds_estimate,
    one_number_once,
    p_against_interval,
    parts_add_up,
    percentage_against_counts,
    percentage_reachable,
    registry_id_formed,
    status_fresh,
    years_fit_total,
)
from evidence.check.reported.check import Check
from evidence.model.report import Report
from evidence.numbers.results import CheckResult

CHECKS: tuple[Check, ...] = tuple(
    module.CHECK
    for module in (
        events_within_n,
        percentage_against_counts,
        percentage_reachable,
        denominator_stated,
        base_is_participants,
        parts_add_up,
        interval_holds_estimate,
        interval_centred,
        p_against_interval,
        years_fit_total,
        dates_in_order,
        registry_id_formed,
        one_number_once,
        claim_numbers_found,
        status_fresh,
    )
)


def outcomes(report: Report) -> Iterator[CheckResult]:
    """Yield the outcome of every check on everything that it applies to."""
    for check in CHECKS:
        yield from check.apply(report)
