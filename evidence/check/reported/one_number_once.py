"""A number that is cited twice is the same number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evidence.check.reported.check import Check, of_each_study
from evidence.model.report import Report
from evidence.model.study import Finding, Study
from evidence.numbers.printed_p import PrintedP
from evidence.numbers.results import CheckResult
from evidence.numbers.wording import reported

NAME = "one-number-once"


def apply(study: Study, report: Report) -> Iterator[CheckResult]:
    """Compare each finding that quotes another with the one it quotes."""
    for finding in study.findings.values():
        if finding.same_as is None:
            continue
        other = report.findings[finding.same_as]
        address = f"{study.id}/{finding.id}"
        said = f"Here {reported(finding).text}; in {finding.same_as.partition('/')[0]} {reported(other).text}"
        differing = _differing(finding, other)
        if differing:
            yield CheckResult(
                NAME, address, "failed", f"{said}. Not the same: {', '.join(differing)}."
            )
        else:
            yield CheckResult(NAME, address, "passed", f"{said}.")


def _differing(finding: Finding, other: Finding) -> list[str]:
    """Return the parts that both state and that are not equal."""
    pairs = {
        "value": (finding.value, other.value),
        "events": (finding.events, other.events),
        "n": (finding.n, other.n),
        "P": (_p_value(finding.p), _p_value(other.p)),
        "date": (finding.date, other.date),
    }
    if finding.arms is not None and other.arms is not None:
        pairs["treated"] = (finding.arms.treated.percent, other.arms.treated.percent)
        pairs["control"] = (finding.arms.control.percent, other.arms.control.percent)
    return [
        name
        for name, (here, there) in pairs.items()
        if here is not None and there is not None and here != there
    ]


def _p_value(printed: str | None) -> tuple[str, Decimal] | None:
    if printed is None:
        return None
    p = PrintedP.read(printed)
    return p.sign, p.number


CHECK = Check(
    NAME,
    "One number, cited twice",
    "A number that one source quotes from another is the number that stands there.",
    of_each_study(apply),
)
