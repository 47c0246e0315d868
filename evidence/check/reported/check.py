"""What a consistency check is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.results import CheckResult

OfStudy = Callable[[Study, Report], Iterator[CheckResult]]
OfReport = Callable[[Report], Iterator[CheckResult]]


@dataclass(frozen=True)
class Check:
    """One check: its ``name`` and ``title``, a ``sentence`` that says what holds, and how it runs.

    ``apply`` yields an outcome for everything in a report that the check could look at. One that fails
    ``with_time`` begins to fail on a day that comes, and no author did anything wrong.
    """

    name: str
    title: str
    sentence: str
    apply: OfReport
    with_time: bool = False


def of_each_study(apply: OfStudy) -> OfReport:
    """Return a check of a report from a check of one study.

    What this site computes itself is not a report to be checked, so analyses are left out.
    """

    def applied(report: Report) -> Iterator[CheckResult]:
        for study in report.studies.values():
            if study.analysis is None:
                yield from apply(study, report)

    return applied
