"""Findings in words: all that was printed, and all that the counts give."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evidence.model.arms import Arm
from evidence.model.finding import Finding
from evidence.numbers.quantity import (
    default,
    interval_text,
    level_text,
    number_text,
    printed,
    rounded,
)
from evidence.numbers.results import Computed
from evidence.numbers.statistics.proportions import (
    DifferenceResult,
    ProportionResult,
    number_needed_to_treat,
)


@dataclass(frozen=True)
class Reported:
    """All that was printed of a finding: its parts, and what stands in brackets after the first."""

    parts: tuple[str, ...]
    brackets: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the parts, the first with its brackets."""
        first, *others = self.parts
        return (f"{first} {self.brackets}" if self.brackets else first, *others)

    @property
    def text(self) -> str:
        """Return all of it in one line."""
        return "; ".join(self.lines)


def reported(finding: Finding) -> Reported:
    """Return all that was printed of a finding."""
    parts, brackets = [_difference(finding)], ""
    if finding.value is not None or finding.arms is not None or not parts[0]:
        parts, brackets = _printed(finding)
    if finding.events is not None and finding.n is not None:
        parts, brackets = [f"{finding.events:,} of {finding.n:,}"], ""
        if finding.value is not None:
            parts.append(f"{number_text(finding.value)}%" if finding.unit in {None, "percent"}
                         else f"{number_text(finding.value)} {finding.unit}")  # fmt: skip
        if finding.interval is not None:
            level = "interval" if finding.level is None else f"{level_text(finding.level)} CI"
            parts.append(f"{level} {interval_text(*finding.interval)}")
    if finding.arms is not None:
        arms = finding.arms
        parts, brackets = [_arm("Treated", arms.treated), _arm("Control", arms.control)], ""
    difference = _difference(finding)
    if difference and difference not in parts:
        parts.append(difference)
    if finding.p is not None and not parts[0].startswith("P "):
        parts.append(printed(finding, "p", None).text)
    if finding.arms is not None and finding.statement is not None:
        parts.append(finding.statement)
    return Reported(tuple(parts), brackets)


def _printed(finding: Finding) -> tuple[list[str], str]:
    """Return what a reference without a bar prints, and what stands in brackets at its end."""
    words = default(finding)
    if words.after.startswith(" ("):
        return [f"{words.before}{words.number}"], words.after.strip()
    return [words.text], ""


def _arm(name: str, arm: Arm) -> str:
    parts = []
    if arm.value is not None:
        spread = "" if arm.sd is None else f" (SD {number_text(arm.sd)})"
        parts.append(f"{number_text(arm.value)}{spread}")
    if arm.percent is not None:
        parts.append(f"{number_text(arm.percent)}%")
    if arm.events is not None and arm.n is not None:
        parts.append(f"{arm.events:,} of {arm.n:,}")
    elif arm.n is not None:
        parts.append(f"n = {arm.n:,}")
    if arm.person_years is not None:
        events = "" if arm.n is not None or arm.events is None else f"{arm.events:,} in "
        parts.append(f"{events}{number_text(arm.person_years)} person-years")
    label = f"{name} ({arm.label})" if arm.label else name
    return f"{label}: {', '.join(parts)}" if parts else label


def _difference(finding: Finding) -> str:
    difference = finding.difference
    if difference is None or difference.value is None:
        return ""
    words = f"difference {number_text(difference.value)} {difference.unit}"
    if difference.interval is None:
        error = difference.standard_error
        return words if error is None else f"{words} (standard error {number_text(error)})"
    level = f"{number_text(difference.level)}% CI " if difference.level is not None else ""
    return f"{words} ({level}{interval_text(*difference.interval)})"


def computed_words(computed: Computed | None) -> Iterator[str]:
    """Yield what the counts of one finding give, a phrase for each quantity."""
    if computed is None:
        return
    if computed.proportion is not None:
        yield _proportion(computed.proportion)
    for name, arm in (("treated", computed.treated), ("control", computed.control)):
        if arm is not None:
            yield f"{name} {_proportion(arm)}"
    yield from difference_words(computed)


def difference_words(computed: Computed) -> Iterator[str]:
    """Yield the differences of two counted arms, a phrase for each method."""
    for difference in (computed.difference, computed.difference_score):
        if difference is not None:
            yield _points(difference)


def _proportion(proportion: ProportionResult) -> str:
    ends = interval_text(rounded(proportion.low), rounded(proportion.high))
    level = level_text(proportion.level)
    return f"{number_text(rounded(proportion.percent))}% ({level} CI {ends})"


def _points(difference: DifferenceResult) -> str:
    ends = interval_text(rounded(difference.low), rounded(difference.high))
    points = f"difference {number_text(rounded(difference.points))} percentage points"
    if difference.fault:
        return f"{points} (no {difference.method}: {difference.fault})"
    return f"{points} ({level_text(difference.level)} CI {ends}; {difference.method})"


def further_words(computed: Computed | None) -> Iterator[str]:
    """Yield what else the counts of two arms give: their ratios, and the number needed to treat.

    Whether more events are good is not known here, so the number says only "more" or "fewer". None
    can be given when the interval of the difference holds 0: it would run through infinity (Altman,
    BMJ 1998;317:1309-1312).
    """
    if computed is None or computed.difference_score is None:
        return
    for ratio in computed.ratios:
        ends = f"{ratio_text(ratio.low)} to {ratio_text(ratio.high)}"
        level = level_text(ratio.level)
        yield f"{ratio.measure} {ratio_text(ratio.ratio)} ({level} CI {ends}; {ratio.method})"
    difference = computed.difference_score
    if difference.low <= 0 <= difference.high:
        yield "no number needed to treat: the interval of the difference holds 0"
        return
    needed = number_needed_to_treat(difference, events_are_good=difference.points > 0)
    ends = f"{needed.best.shown} to {needed.worst.shown}"
    event = f"one {'more' if difference.points > 0 else 'fewer'} with the result"
    level = level_text(difference.level)
    yield f"number needed to treat for {event}: {needed.number.shown} ({level} CI {ends})"


def ratio_text(value: float) -> str:
    """Return a ratio as it is printed."""
    return number_text(rounded_ratio(value))


def rounded_ratio(value: float) -> Decimal:
    """Return a ratio with two decimals, or with two digits that count where it is small."""
    places = 2 if value >= 0.1 else 1 - math.floor(math.log10(value))
    return rounded(value, places)
