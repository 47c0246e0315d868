"""Which results stand in the table of an outcome, and in which order: one rule, whatever they say.

Comparisons come first, randomised before not; then reviews that pool comparisons; then what has no
comparison: pooled, single studies, and people who got no treatment. What is not the treatment of the question, by its
mark, stands apart at the end and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from evidence.model.finding import Finding
from evidence.model.search import Search
from evidence.model.study import Study
from evidence.numbers.printed_p import PrintedP
from evidence.numbers.statistics.proportions import newcombe

GROUPS: dict[str, str] = {
    "randomised": "Compared by lot",
    "not-randomised": "Compared, but not by lot",
    "pooled": "Reviews that pool comparisons",
    "pooled-alone": "Reviews that pool treated people, without a comparison",
    "uncontrolled": "Treated, without a comparison",
    "untreated": "Not treated",
    "apart": "Other treatments",
}
COMPARED = ("randomised", "not-randomised", "pooled")
# Designs that set groups side by side, with the group of their results
COMPARING = {
    "randomised-controlled-trial": "randomised",
    "non-randomised-controlled-trial": "not-randomised",
}
REVIEWS = {"systematic-review", "review", "own-analysis"}
APART = {"another-kind", "another-product"}
NO_OUTCOME = "none"  # of a comparison that answers no question of a topic
MOST_P = Decimal("0.05")
# One is the value of no effect for these; zero for the others
RATIOS = {"odds ratio", "risk ratio", "hazard ratio", "rate ratio"}


@dataclass(frozen=True)
class Compared:
    """One row of the table of an outcome: a finding at ``address``, and its group."""

    address: str
    study: Study
    finding: Finding
    group: str


def group_of(study: Study, finding: Finding) -> str:
    """Return the group of ``GROUPS`` that a finding belongs to."""
    marks = {mark.kind for mark in (*study.marks, *finding.marks)}
    if marks & APART:
        return "apart"
    if study.design.kind in REVIEWS and is_untreated(study):
        return "untreated"
    if study.design.kind in REVIEWS:
        alone = is_share(finding) or study.design.control == "none"
        return "pooled-alone" if alone and not is_comparison(finding) else "pooled"
    if is_comparison(finding) or (is_told(finding) and study.design.kind in COMPARING):
        return COMPARING.get(study.design.kind, "not-randomised")
    return "untreated" if is_untreated(study) else "uncontrolled"


def is_untreated(study: Study) -> bool:
    """Tell whether the people of a study got none of the treatments that the site is about."""
    return study.intervention is not None and study.intervention.cell == "not-applicable"


def is_comparison(finding: Finding) -> bool:
    """Tell whether a finding sets two groups side by side."""
    return finding.arms is not None or finding.difference is not None


def is_share(finding: Finding) -> bool:
    """Tell whether a finding is how many of one group of people."""
    return finding.unit == "percent" or (finding.events is not None and finding.n is not None)


def is_effect(finding: Finding) -> bool:
    """Tell whether the value of a finding is itself an effect: a ratio or a mean difference."""
    unit = finding.unit or ""
    return unit in RATIOS or "difference" in unit


def is_told(finding: Finding) -> bool:
    """Tell whether a finding is an effect, or says in words or by a P value what was compared."""
    alone = finding.value is None and finding.events is None
    return is_effect(finding) or (alone and (finding.statement or finding.p) is not None)


class Evidence(Protocol):
    """What was found: studies, their findings by address, and the addresses of those of each outcome."""

    @property
    def studies(self) -> Mapping[str, Study]: ...  # noqa: D102
    @property
    def findings(self) -> Mapping[str, Finding]: ...  # noqa: D102
    @property
    def of_outcome(self) -> Mapping[str, Sequence[str]]: ...  # noqa: D102


def compared(found: Evidence, searches: Iterable[Search], outcome: str) -> list[Compared]:
    """Return the rows of an outcome of ``searches``, in the one order."""
    conditions: set[str] = set()
    left_out: set[str] = set()
    for search in searches:
        if outcome in search.outcomes:
            conditions |= set(search.conditions)
            left_out |= {item.study for item in search.items if item.study and item.reason}
    rows = []
    for address in found.of_outcome.get(outcome, ()):
        study, finding = found.studies[address.partition("/")[0]], found.findings[address]
        if study.condition in conditions and study.id not in left_out:
            rows.append(Compared(address, study, finding, group_of(study, finding)))
    return sorted(rows, key=_order)


def _order(row: Compared) -> tuple[int, int, str]:
    return list(GROUPS).index(row.group), -people(row.finding), row.address


def people(finding: Finding) -> int:
    """Return in how many people something was measured; 0 where no number is printed."""
    if finding.arms is not None:
        return sum(arm.n or 0 for arm in (finding.arms.treated, finding.arms.control))
    return finding.n or 0


def direction(row: Compared, better: str) -> int:
    """Return 1 when treated people did better, -1 when worse, 0 when alike or not told.

    A difference counts where its interval leaves out no effect or, without one, its P value is
    at most 0.05. Where neither is printed, nobody can tell.
    """
    effect, interval, none = _effect(row.finding)
    if effect is None or effect == none:
        return 0
    if interval is not None and interval[0] <= none <= interval[1]:
        return 0
    if interval is None and not _is_significant(row.finding.p):
        return 0
    return 1 if (effect > none) == (better == "higher") else -1


def _is_significant(printed: str | None) -> bool:
    p = None if printed is None else PrintedP.read(printed)
    return p is not None and not p.is_lower and p.number <= MOST_P


Effect = tuple[Decimal | None, tuple[Decimal, Decimal] | None, Decimal]


def _effect(finding: Finding) -> Effect:
    zero, one = Decimal(0), Decimal(1)
    difference = finding.difference
    if difference is not None and difference.value is not None:
        none = one if difference.unit in RATIOS else zero
        return difference.value, difference.interval, none
    if finding.arms is not None:
        treated, control = finding.arms.treated, finding.arms.control
        if treated.events is not None and treated.n and control.events is not None and control.n:
            computed = newcombe((treated.events, treated.n), (control.events, control.n), 95.0)
            ends = (Decimal(str(computed.low)), Decimal(str(computed.high)))
            return Decimal(str(computed.points)), ends, zero
        shares = [
            arm.percent if arm.percent is not None else arm.value for arm in (treated, control)
        ]
        if shares[0] is not None and shares[1] is not None:
            return shares[0] - shares[1], None, zero
    if is_effect(finding):
        return finding.value, finding.interval, one if finding.unit in RATIOS else zero
    return None, None, zero


def searches_of(searches: Mapping[str, Search], page: str) -> list[Search]:
    """Return the searches that account for the evidence of a page; its own come first."""
    about_page = [search for search in searches.values() if page in search.pages]
    return sorted(about_page, key=lambda search: (search.pages[0] != page, search.id))


def outcomes_of(searches: Iterable[Search]) -> Iterator[str]:
    """Yield the id of each outcome of ``searches``."""
    for search in searches:
        yield from search.outcomes
