"""Shares: a percentage is what its counts give, can be reached, and has the base that it should."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from evidence.check.reported.check import Check, of_each_study
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.model.study import Study
from evidence.numbers.quantity import number_text
from evidence.numbers.results import CheckResult
from evidence.numbers.statistics.printed import reachable_counts

# A printed percentage is the one that its counts give.

PERCENTAGE_AGAINST_COUNTS_NAME = "percentage-against-counts"


def percentage_against_counts(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Compare each printed percentage with events and n, at its own number of decimals."""
    for finding in study.findings.values():
        yield from percentages_against_counts(study.id, finding)


def percentages_against_counts(study: str, finding: Finding) -> Iterator[CheckResult]:
    """Compare the percentages of one finding of a ``study``, named by its id, with their counts."""
    address = f"{study}/{finding.id}"
    for printed, events, n in _with_counts(finding):
        if events is None or n is None:
            why = "The counts are not given."
            yield CheckResult(PERCENTAGE_AGAINST_COUNTS_NAME, address, "not-applicable", why)
        else:
            yield _against_counts(address, printed, events, n, derived=finding.counts == "derived")


def _with_counts(finding: Finding) -> Iterator[tuple[Decimal, int | None, int | None]]:
    if finding.value is not None and finding.unit in {None, "percent"}:
        yield finding.value, finding.events, finding.n
    if finding.arms is not None:
        for arm in (finding.arms.treated, finding.arms.control):
            if arm.percent is not None:
                yield arm.percent, arm.events, arm.n


def _against_counts(
    address: str, printed: Decimal, events: int, n: int, *, derived: bool
) -> CheckResult:
    computed = Decimal(100 * events) / n
    step = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    computed_share = f"{events} of {n} is {number_text(computed.quantize(step / 10))}%"
    roundings = {computed.quantize(step, rounding=way) for way in (ROUND_HALF_UP, ROUND_HALF_EVEN)}
    said = f"the percentage printed is {number_text(printed)}%"
    if printed in roundings:
        note = " The counts were worked out from it." if derived else ""
        return CheckResult(
            PERCENTAGE_AGAINST_COUNTS_NAME, address, "passed", f"{computed_share}; {said}.{note}"
        )
    if printed == computed.quantize(step, rounding=ROUND_DOWN):
        return CheckResult(
            PERCENTAGE_AGAINST_COUNTS_NAME,
            address,
            "failed",
            f"{computed_share}; {said}, cut off rather than rounded.",
        )
    return CheckResult(
        PERCENTAGE_AGAINST_COUNTS_NAME, address, "failed", f"{computed_share}; {said}."
    )


PERCENTAGE_AGAINST_COUNTS = Check(
    PERCENTAGE_AGAINST_COUNTS_NAME,
    "Percentage against counts",
    "A printed percentage is what its counts give when rounded to as many decimals.",
    of_each_study(percentage_against_counts),
)


# A printed percentage can be reached with whole people (granularity).

PERCENTAGE_REACHABLE_NAME = "percentage-reachable"


def percentage_reachable(study: Study, _report: Report) -> Iterator[CheckResult]:
    """List the whole numbers that give each printed percentage of a known base."""
    for finding in study.findings.values():
        address = f"{study.id}/{finding.id}"
        for printed, n in _with_base(finding):
            if n is None:
                why = "The number of people is not given."
                yield CheckResult(PERCENTAGE_REACHABLE_NAME, address, "not-applicable", why)
            else:
                yield _reached(address, printed, n)


def _with_base(finding: Finding) -> Iterator[tuple[Decimal, int | None]]:
    if finding.value is not None and finding.unit in {None, "percent"} and finding.interval is None:
        yield finding.value, finding.n
    if finding.arms is not None:
        for arm in (finding.arms.treated, finding.arms.control):
            if arm.percent is not None:
                yield arm.percent, arm.n


def _reached(address: str, printed: Decimal, n: int) -> CheckResult:
    reachable = reachable_counts(printed, n)
    said = f"{number_text(printed)}% of {n:,}"
    if not reachable.has_power:
        why = f"{said}: with so many people every percentage can be reached, so this says nothing."
        return CheckResult(PERCENTAGE_REACHABLE_NAME, address, "not-applicable", why)
    if reachable.counts:
        listed = ", ".join(str(count) for count in reachable.counts)
        return CheckResult(
            PERCENTAGE_REACHABLE_NAME, address, "passed", f"{said} is reached with {listed}."
        )
    return CheckResult(
        PERCENTAGE_REACHABLE_NAME,
        address,
        "failed",
        f"{said} is not reached with any whole number.",
    )


PERCENTAGE_REACHABLE = Check(
    PERCENTAGE_REACHABLE_NAME,
    "Percentage reachable with whole people",
    "Some whole number of people gives the printed percentage of the printed base "
    "(the GRIM test of Brown and Heathers, 2017).",
    of_each_study(percentage_reachable),
)


# The base of a percentage is the one a reader would take it to be.

DENOMINATOR_STATED_NAME = "denominator-stated"


def denominator_stated(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Find the bases that give a printed percentage, where the base had to be worked out."""
    participants = study.findings.get("participants")
    for finding in study.findings.values():
        if finding.counts == "reported" or finding.events is None or finding.value is None:
            continue
        if finding.unit not in {None, "percent"}:
            continue
        address = f"{study.id}/{finding.id}"
        if finding.group is not None:
            why = f"The base is a group of the participants: {finding.group}."
            yield CheckResult(DENOMINATOR_STATED_NAME, address, "not-applicable", why)
            continue
        if participants is None or participants.value is None:
            why = "How many took part is not given."
            yield CheckResult(DENOMINATOR_STATED_NAME, address, "not-applicable", why)
            continue
        yield _with_bases(address, finding, int(participants.value))


def _with_bases(address: str, finding: Finding, most: int) -> CheckResult:
    printed, events = finding.value or Decimal(0), finding.events or 0
    bases = [n for n in range(max(events, 1), most + 1) if _gives(events, n, printed)]
    listed = ", ".join(str(base) for base in bases[:5]) or "none up to the number of participants"
    if most in bases:
        why = f"{events} of all {most} participants gives the printed {number_text(printed)}%."
        return CheckResult(DENOMINATOR_STATED_NAME, address, "passed", why)
    why = (
        f"{events} of all {most} participants would be "
        f"{number_text((Decimal(100 * events) / most).quantize(Decimal('0.1')))}%; the printed "
        f"{number_text(printed)}% fits another base: {listed}."
    )
    return CheckResult(DENOMINATOR_STATED_NAME, address, "failed", why)


def _gives(events: int, n: int, printed: Decimal) -> bool:
    step = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    return (Decimal(100 * events) / n).quantize(step, rounding=ROUND_HALF_UP) == printed


DENOMINATOR_STATED = Check(
    DENOMINATOR_STATED_NAME,
    "Base of the percentage",
    "Where a source prints a count and a percentage without the base, the base is all participants.",
    of_each_study(denominator_stated),
)


# A count of all participants has all participants as its base.

BASE_IS_PARTICIPANTS_NAME = "base-is-participants"


def base_is_participants(study: Study, _report: Report) -> Iterator[CheckResult]:
    """Compare n with the participants, where no group or population is named."""
    sizes = [
        finding.value
        for name, finding in study.findings.items()
        if name in {"participants", "participants-all", "enrolled"} and finding.value is not None
    ]
    most = max(sizes, default=None)
    participants = study.findings.get("participants")
    total = participants.value if participants is not None else most
    for finding in study.findings.values():
        if finding.n is None:
            continue
        address = f"{study.id}/{finding.id}"
        n = Decimal(finding.n)
        if total is None or most is None:
            why = "How many took part is not given."
            yield CheckResult(BASE_IS_PARTICIPANTS_NAME, address, "not-applicable", why)
        elif n > most:
            why = f"{number_text(n)} people are counted, and {number_text(most)} took part."
            yield CheckResult(BASE_IS_PARTICIPANTS_NAME, address, "failed", why)
        elif n < total and not (finding.group or finding.population or finding.derivation):
            why = (
                f"{number_text(n)} of {number_text(total)} participants are counted, and which of "
                "them is not said."
            )
            yield CheckResult(BASE_IS_PARTICIPANTS_NAME, address, "failed", why)
        else:
            why = f"{number_text(n)} counted, {number_text(total)} participants."
            yield CheckResult(BASE_IS_PARTICIPANTS_NAME, address, "passed", why)


BASE_IS_PARTICIPANTS = Check(
    BASE_IS_PARTICIPANTS_NAME,
    "Base and participants",
    "No more people are counted than took part, and where fewer are counted the finding says which.",
    of_each_study(base_is_participants),
)
