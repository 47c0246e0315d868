"""The table of an outcome: every result that was found, in one order and with the same columns."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from evidence.model.arms import Arm
from evidence.model.baseline import Baseline
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.model.search import Outcome
from evidence.model.study import Study
from evidence.numbers.comparisons import (
    COMPARED,
    GROUPS,
    Compared,
    compared,
    is_effect,
    is_told,
    people,
    searches_of,
)
from evidence.numbers.quantity import PHASE_SHORT, baseline_words, can_compute, has_form
from evidence.pages.limits import SMALL, all_marks
from evidence.pages.view import table_of
from evidence.prose.uses import OUTCOME
from evidence.prose.writer import Writer

# Groups in which one number stands alone, without another to compare it with
ALONE = {"pooled-alone", "uncontrolled", "untreated", "apart"}


@dataclass(frozen=True)
class OutcomeLine:
    """One row as it is printed; what stands for a number is markup with its note."""

    study: Study
    finding: Finding
    address: str
    group: str
    compared: bool
    treated: Markup
    control: Markup
    difference: Markup
    computed: bool
    when: str
    limits: str


@dataclass(frozen=True)
class OutcomeLines:
    """Lines that stand in one table, by group."""

    groups: tuple[tuple[str, tuple[OutcomeLine, ...]], ...]

    def __len__(self) -> int:
        """Return how many lines there are."""
        return sum(len(lines) for _, lines in self.groups)

    def has(self, column: str) -> bool:
        """Tell whether any line has something in a column: treated, control or difference."""
        return any(
            getattr(line, column) or (column == "difference" and line.compared)
            for _, lines in self.groups
            for line in lines
        )

    @property
    def columns(self) -> int:
        """Return how many columns the table has."""
        return 3 + sum(map(self.has, ("treated", "control", "difference")))


@dataclass(frozen=True)
class OutcomeTable:
    """An outcome with its lines; ``compared`` is false where a comparison is missed.

    ``shown`` are the comparisons, whatever they say, and ``behind`` what has none, closed until it is
    asked for. Where there is no comparison, everything is shown. ``file`` has all lines as CSV.
    """

    id: str
    outcome: Outcome
    shown: OutcomeLines
    behind: OutcomeLines
    compared: bool
    given: str
    file: str


def outcome_table(report: Report, writer: Writer, page: str, name: str) -> OutcomeTable:
    """Return the table of the outcome ``name`` for ``page``."""
    searches = searches_of(report.searches, page)
    outcome = next(search.outcomes[name] for search in searches if name in search.outcomes)
    rows = compared(report, searches, name)
    several = len({row.finding.baseline and row.finding.baseline.phase for row in rows}) > 1
    lines = [_line(row, writer, baselines=several) for row in rows]
    first = [line for line in lines if line.compared]
    rest = [line for line in lines if not line.compared]
    some_compared = bool(first)
    shown = _grouped(report, first or rest)
    behind = _grouped(report, rest if first else [])
    only_untreated = all(row.group == "untreated" for row in rows)
    given = report.vocabularies.wording.given
    told = some_compared or only_untreated
    file = table_of(writer.address, f"{OUTCOME}{name}")
    return OutcomeTable(name, outcome, shown, behind, told, given, file)


def _grouped(report: Report, lines: list[OutcomeLine]) -> OutcomeLines:
    titles = {**GROUPS, "apart": report.vocabularies.wording.apart}
    by_group = itertools.groupby(lines, key=lambda line: line.group)
    return OutcomeLines(tuple((titles[group], tuple(members)) for group, members in by_group))


def _line(row: Compared, writer: Writer, *, baselines: bool) -> OutcomeLine:
    finding, address = row.finding, row.address
    treated = control = Markup("")
    if finding.arms is not None:
        treated = _arm(finding.arms.treated, "treated", address, finding, writer)
        control = _arm(finding.arms.control, "control", address, finding, writer)
    elif row.group in ALONE and not is_told(finding):
        form = "of" if has_form(finding, "of") else ""
        share = _number(address, finding, form, writer)
        treated, control = (share, control) if row.group != "untreated" else (control, share)
    difference, computed = _difference(row, writer)
    return OutcomeLine(
        row.study,
        finding,
        address,
        row.group,
        row.group in COMPARED,
        treated,
        control,
        difference,
        computed,
        "; ".join(_when(finding, baselines=baselines)),
        "; ".join(_limits(row)),
    )


def _number(address: str, finding: Finding, form: str, writer: Writer) -> Markup:
    return writer.number(address, form) if has_form(finding, form) else Markup("")


def _arm(arm: Arm, name: str, address: str, finding: Finding, writer: Writer) -> Markup:
    """Return what is known of an arm: its count, or its share or mean with the people in it."""
    if has_form(finding, f"{name}-of"):
        value = writer.number(address, f"{name}-of")
    else:
        value = _number(address, finding, name, writer)
        if arm.n is not None:
            value += Markup(' <span class="finding-note" data-bound>n = {}</span>').format(
                f"{arm.n:,}"
            )
    label = Markup('<span class="finding-note" data-bound>{}</span>').format(arm.label or "")
    return value + label if arm.label else value


def _difference(row: Compared, writer: Writer) -> tuple[Markup, bool]:
    """Return the difference or effect with its interval, and whether it was computed here."""
    finding, address = row.finding, row.address
    _, both = can_compute(finding)
    if has_form(finding, "difference"):
        parts = [writer.number(address, "difference"), *_p_alone(finding, address, writer)]
        return Markup(" ").join(parts), False
    if both:
        return writer.number(address, "computed-difference"), True
    if finding.arms is None and (row.group == "pooled" or is_effect(finding)):
        return Markup(" ").join(
            [writer.number(address), *_p_alone(finding, address, writer)]
        ), False
    if finding.statement is not None:
        return writer.number(address, "statement"), False
    if finding.p is not None:
        return writer.number(address, "p"), False
    if row.group in ALONE and has_form(finding, "computed-ci"):
        interval = writer.number(address, "computed-ci")
        return Markup("no comparison; 95% CI {}%").format(interval), True
    return Markup(""), False


def _p_alone(finding: Finding, address: str, writer: Writer) -> list[Markup]:
    """Return the P value where no interval is printed; an interval says more."""
    estimate = finding.difference or finding
    printed = finding.p is not None and estimate.interval is None and estimate.value is not None
    return [writer.number(address, "p")] if printed else []


def _when(finding: Finding, *, baselines: bool) -> Iterator[str]:
    if finding.time:
        yield finding.time
    if baselines:
        baseline = finding.baseline
        told = baseline is not None and baseline.time is not None
        yield baseline_words(finding) if told else _phase(baseline)


def _phase(baseline: Baseline | None) -> str:
    return PHASE_SHORT[baseline.phase if baseline else "not-stated"]


def _limits(row: Compared) -> Iterator[str]:
    """Yield the limits that follow from the design, in a few words each."""
    design = row.study.design
    if row.group in {"randomised", "not-randomised"}:
        if design.kind == "not-stated":
            yield "design not stated"
        if design.blinding in {"open", "not-stated"}:
            yield {"open": "open", "not-stated": "blinding not stated"}[design.blinding]
    if row.group != "pooled" and 0 < people(row.finding) < SMALL:
        yield "small"
    marks = {mark.kind for mark in (*row.finding.marks, *row.study.marks)}
    marks |= {mark.kind for mark in all_marks(row.study) if mark.kind == "partly-readable"}
    if "partly-readable" in marks:
        yield "read in part"
    if "uncertain" in marks:
        yield "uncertain"
    if marks & {"press-source", "company-statement"}:
        yield "company or press"
    if row.finding.rating is not None:
        certainty = row.finding.rating.certainty.replace("-", " ")
        yield f"{certainty} certainty, say {row.finding.rating.by}"
