"""What is cited: a number is the same wherever it stands, and a claim's numbers are in its findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from evidence.check.reported.check import Check, of_each_study
from evidence.model.arms import Arm
from evidence.model.claim import Claim
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.printed_p import PrintedP
from evidence.numbers.results import CheckResult
from evidence.numbers.wording import reported
from evidence.prose.numbers import unbound_numbers

# A number that is cited twice is the same number.

ONE_NUMBER_ONCE_NAME = "one-number-once"


def one_number_once(study: Study, report: Report) -> Iterator[CheckResult]:
    """Compare each finding that quotes another with the one it quotes."""
    for finding in study.findings.values():
        if finding.same_as is None:
            continue
        quoted = report.findings[finding.same_as]
        address = f"{study.id}/{finding.id}"
        said = f"Here {reported(finding).text}; in {finding.same_as.partition('/')[0]} {reported(quoted).text}"
        differing = _differing(finding, quoted)
        if differing:
            yield CheckResult(
                ONE_NUMBER_ONCE_NAME,
                address,
                "failed",
                f"{said}. Not the same: {', '.join(differing)}.",
            )
        else:
            yield CheckResult(ONE_NUMBER_ONCE_NAME, address, "passed", f"{said}.")


def _differing(finding: Finding, quoted: Finding) -> list[str]:
    """Return the parts that both state and that are not equal."""
    pairs = {
        "value": (finding.value, quoted.value),
        "events": (finding.events, quoted.events),
        "n": (finding.n, quoted.n),
        "P": (_p_value(finding.p), _p_value(quoted.p)),
        "date": (finding.date, quoted.date),
    }
    if finding.arms is not None and quoted.arms is not None:
        pairs["treated"] = (finding.arms.treated.percent, quoted.arms.treated.percent)
        pairs["control"] = (finding.arms.control.percent, quoted.arms.control.percent)
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


ONE_NUMBER_ONCE = Check(
    ONE_NUMBER_ONCE_NAME,
    "One number, cited twice",
    "A number that one source quotes from another is the number that stands there.",
    of_each_study(one_number_once),
)


# A supported claim states numbers that stand in the findings that decide it.

CLAIM_NUMBERS_FOUND_NAME = "claim-numbers-found"
SUPPORTED = {"supported", "supported-with-a-caveat"}
DIGITS = re.compile(r"\d+(?:\.\d+)?")


def claim_numbers_found(report: Report) -> Iterator[CheckResult]:
    """Look for each number of a supported claim among the numbers of its findings."""
    for address, claim in report.claims().items():
        if claim.verdict not in SUPPORTED:
            continue
        stated = stated_numbers(claim)
        if not stated:
            continue
        known: set[str] = set()
        for name in claim.findings:
            known |= numbers_of(report.findings[name])
        missing = [number for number in stated if number not in known]
        if missing:
            why = f"Not among the findings that decide it: {', '.join(missing)}."
            yield CheckResult(CLAIM_NUMBERS_FOUND_NAME, address, "failed", why, of_claim=True)
        else:
            why = f"Found: {', '.join(stated)}."
            yield CheckResult(CLAIM_NUMBERS_FOUND_NAME, address, "passed", why, of_claim=True)


def stated_numbers(claim: Claim) -> list[str]:
    """Return the numbers that a claim's document states, as plain digits."""
    return [
        _plain(number)
        for unbound in unbound_numbers(claim.says)
        for number in DIGITS.findall(unbound.text.replace(",", ""))
    ]


def numbers_of(finding: Finding) -> set[str]:
    """Return every number of a finding as plain digits."""
    parts = [finding.value, finding.events, finding.n, finding.p, *(finding.interval or ())]
    arms = (finding.arms.treated, finding.arms.control) if finding.arms else ()
    for arm in arms:
        parts += _of_arm(arm)
    if finding.difference is not None:
        parts += [finding.difference.value, *(finding.difference.interval or ())]
    texts = [str(part) for part in parts if part is not None]
    texts += [text for text in (finding.statement, finding.time, finding.measure) if text]
    if finding.date is not None:
        texts.append(str(finding.date))
    return {_plain(number) for text in texts for number in DIGITS.findall(text.replace(",", ""))}


def _of_arm(arm: Arm) -> list[object]:
    return [arm.percent, arm.value, arm.events, arm.n]


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number.lstrip("0") or "0"


CLAIM_NUMBERS_FOUND = Check(
    CLAIM_NUMBERS_FOUND_NAME,
    "Numbers of a supported claim",
    "Each number in a claim that we call supported stands in a finding that decides it.",
    claim_numbers_found,
)
