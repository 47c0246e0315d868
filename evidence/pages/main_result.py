"""What the page of a study begins with: one result in numbers and as bars; and its findings in order.

The result is chosen by one rule, whatever it says: a primary endpoint, before what answers a question of
a topic, before any comparison; among these what the summary of findings of a topic would show, and then
the first in the study's file. What is quoted from another study is never the result of this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from evidence.model.arms import Arm
from evidence.model.finding import Finding
from evidence.model.search import Search
from evidence.model.study import Study
from evidence.numbers.comparisons import NO_OUTCOME, is_comparison, people
from evidence.numbers.quantity import rounded, share_text
from evidence.numbers.results import Computed
from evidence.numbers.statistics.proportions import ProportionResult
from evidence.numbers.summary_of_findings import rank_of
from evidence.numbers.wording import difference_words, reported

PRIMARY, SAFETY, OTHER, ITSELF = (
    "Primary endpoint",
    "Safety",
    "Other results",
    "Numbers of the study",
)
UNCOMPARED = 9  # after every result that a summary could show


@dataclass(frozen=True)
class ResultBar:
    """Of everybody in a group, how many had the result; ends and length in percent of the whole.

    ``ends`` are those of the computed 95% interval, None where the count is not known.
    """

    group: str
    label: str
    count: str
    share: str
    percent: Decimal
    ends: tuple[Decimal, Decimal] | None


@dataclass(frozen=True)
class MainResult:
    """The result that a study's page begins with: ``said`` are the phrases beside the bars."""

    finding: Finding
    kind: str
    bars: tuple[ResultBar, ...]
    said: tuple[str, ...]


def main_result(study: Study, computed: dict[str, Computed], given: str) -> MainResult | None:
    """Return the result to begin with, or None for a study without results.

    ``computed`` is by finding, ``given`` the head of the treated group: "With cells".
    """
    results = [finding for finding in study.findings.values() if _tier(finding)]
    if not results:
        return None
    finding = min(results, key=_rank)
    made = computed.get(finding.id)
    bars = tuple(_bars(finding, made, given))
    said = list(reported(finding).lines)
    if bars:
        said = said[2:] if finding.arms is not None else []
    elif finding.statement in said:
        said.sort(key=lambda phrase: phrase != finding.statement)  # before how many they were
    if finding.arms is not None and finding.difference is None and made is not None:
        said = [*difference_words(made), *said]
    return MainResult(
        finding, PRIMARY if finding.endpoint == "primary" else "Result", bars, tuple(said)
    )


def _rank(finding: Finding) -> tuple[int | None, tuple[bool, int, int]]:
    return _tier(finding), rank_of(finding) or (True, UNCOMPARED, -people(finding))


def _tier(finding: Finding) -> int | None:
    if not is_result(finding) or finding.same_as is not None:
        return None
    if finding.endpoint == "primary":
        return 1
    if finding.outcome not in {None, NO_OUTCOME}:
        return 2
    return 3 if is_comparison(finding) and finding.endpoint != "safety" else None


def is_result(finding: Finding) -> bool:
    """Tell whether a finding says what became of people, and not how many took part."""
    counted = finding.events is not None and finding.n is not None
    answers = finding.outcome not in {None, NO_OUTCOME} or finding.endpoint is not None
    return is_comparison(finding) or counted or finding.p is not None or answers


def _bars(finding: Finding, computed: Computed | None, given: str) -> Iterator[ResultBar]:
    computed = computed or Computed()
    if finding.arms is None:
        if finding.events is not None and finding.n is not None:
            of = finding.events, finding.n
            yield _bar("", finding.group or "", of, computed.proportion)
        return
    treated, control = finding.arms.treated, finding.arms.control
    counts = _counts(treated), _counts(control)
    if counts[0] and counts[1]:
        yield _bar(given, treated.label or "", counts[0], computed.treated)
        yield _bar("Without", control.label or "", counts[1], computed.control)


def _counts(arm: Arm) -> tuple[int, int] | None:
    return None if arm.events is None or arm.n is None else (arm.events, arm.n)


def _bar(group: str, label: str, of: tuple[int, int], made: ProportionResult | None) -> ResultBar:
    events, n = of
    ends = None if made is None else (rounded(made.low), rounded(made.high))
    percent = rounded(Decimal(100 * events) / n)
    return ResultBar(group, label, f"{events:,} of {n:,}", share_text(events, n), percent, ends)


def in_order(study: Study, searches: Iterable[Search]) -> list[tuple[str, list[Finding]]]:
    """Return the findings under their headings: primary endpoint, outcomes, safety, the others.

    Outcomes stand in the order of the study's file. What is no result, such as how many took part,
    stands last.
    """
    titles = {
        name: outcome.title for search in searches for name, outcome in search.outcomes.items()
    }
    groups: dict[str, list[Finding]] = {PRIMARY: []}
    for finding in study.findings.values():
        groups.setdefault(_heading(finding, titles), []).append(finding)
    last = {heading: groups.pop(heading, []) for heading in (SAFETY, OTHER, ITSELF)}
    return [(heading, found) for heading, found in {**groups, **last}.items() if found]


def _heading(finding: Finding, titles: dict[str, str]) -> str:
    if not is_result(finding):
        return ITSELF
    if finding.endpoint == "primary":
        return PRIMARY
    if finding.outcome in titles:
        return titles[finding.outcome or ""]
    return SAFETY if finding.endpoint == "safety" else OTHER
