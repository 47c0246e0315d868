"""A supported claim states numbers that stand in the findings that decide it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.check.reported.check import Check
from evidence.model.claim import Claim
from evidence.model.report import Report
from evidence.model.study import Arm, Finding
from evidence.numbers.results import CheckResult
from evidence.prose.numbers import unbound_numbers

NAME = "claim-numbers-found"
SUPPORTED = {"supported", "supported-with-a-caveat"}
DIGITS = re.compile(r"\d+(?:\.\d+)?")


def apply(report: Report) -> Iterator[CheckResult]:
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
        subject = f"claim:{address}"
        if missing:
            why = f"Not among the findings that decide it: {', '.join(missing)}."
            yield CheckResult(NAME, subject, "failed", why)
        else:
            yield CheckResult(NAME, subject, "passed", f"Found: {', '.join(stated)}.")


def stated_numbers(claim: Claim) -> list[str]:
    """Return the numbers that a claim's document states, as plain digits."""
    return [
        _plain(number)
        for found in unbound_numbers(claim.says)
        for number in DIGITS.findall(found.text.replace(",", ""))
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


CHECK = Check(
    NAME,
    "Numbers of a supported claim",
    "Each number in a claim that we call supported stands in a finding that decides it.",
    apply,
)
