"""The summary of findings of a page: what comparisons by lot show of 100 people, outcome by outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from evidence.model.arms import Arm
from evidence.model.caution import Rating
from evidence.model.report import Report
from evidence.model.search import Outcome
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.numbers.absolute_effects import LEVEL, Amount, Ratio, Risks
from evidence.numbers.comparisons import compared, searches_of
from evidence.numbers.effect_words import (
    CERTAINTIES,
    NOT_JUDGED,
    ends_of_100,
    in_words,
    more_or_fewer,
    of_100,
    uncertain,
)
from evidence.numbers.quantity import (
    Printed,
    level_text,
)
from evidence.numbers.results import FigureResult
from evidence.numbers.summary_of_findings import (
    POINTS,
    OutcomeSummary,
    Pooled,
    SummaryLine,
    summarised,
)
from evidence.numbers.wording import ratio_text
from evidence.pages.view import table_of
from evidence.prose.uses import SUMMARY
from evidence.prose.writer import Writer

NOTE = Markup('<span class="finding-note">{}</span>')
BASELINES = {
    "middle": "as in {}, the middle one",
    "lowest": "lowest, in {}",
    "highest": "highest, in {}",
    "own": "as in {}",
}


@dataclass(frozen=True)
class Judged:
    """How certain others judge a line: the level in words, who says so, where, and why."""

    level: str
    rating: Rating
    source: Source


@dataclass(frozen=True)
class SummaryRow:
    """One row as it is printed. A line at a second baseline has a row of its own, not ``first``."""

    line: SummaryLine
    first: bool
    who: str
    people: str
    without: Markup
    treated: Markup
    difference: Markup
    ratio: Markup
    judged: Judged | None
    words: str


@dataclass(frozen=True)
class SummaryOutcome:
    """An outcome with its rows, the trials of which no number was read, and what matters to people."""

    id: str
    outcome: Outcome
    rows: tuple[SummaryRow, ...]
    silent: tuple[Study, ...]
    important: Markup

    @property
    def rated(self) -> bool:
        """Tell whether anybody judged how certain a line is."""
        return any(row.judged is not None for row in self.rows)


@dataclass(frozen=True)
class SummaryTable:
    """The summary of findings of a page; ``given`` heads the column of risks with treatment.

    ``file`` has its rows as CSV.
    """

    outcomes: tuple[SummaryOutcome, ...]
    given: str
    file: str
    not_judged: str = NOT_JUDGED

    @property
    def told(self) -> bool:
        """Tell whether any trial or review tells how much the groups differ."""
        return any(outcome.rows for outcome in self.outcomes)

    @property
    def rated(self) -> bool:
        """Tell whether anybody judged how certain a line is, so that there is a column for it."""
        return any(outcome.rated for outcome in self.outcomes)


def outcome_summary(
    report: Report, figures: Mapping[str, FigureResult], page: str, name: str
) -> OutcomeSummary:
    """Return the lines of an outcome; what a figure pooled comes from the figure's own result."""
    searches = searches_of(report.searches, page)
    outcome = next(search.outcomes[name] for search in searches if name in search.outcomes)
    pooled = None
    if outcome.pooled is not None:
        figure = report.figures[outcome.pooled]
        synthesis = figures[outcome.pooled].synthesis
        if synthesis is not None and synthesis.overall is not None:
            rows = tuple(row.finding for row in figure.rows if not row.pooled)
            pooled = Pooled(figure.id, figure.measure or "", rows, synthesis.overall)
    return summarised(compared(report, searches, name), outcome.rating, pooled)


def summary_table(report: Report, writer: Writer, page: str, names: Sequence[str]) -> SummaryTable:
    """Return the summary of the outcomes ``names`` for ``page``, without those that no trial by lot reports."""
    outcomes = []
    for name in names:
        made = _outcome(report, writer, page, name)
        outcomes += [made] if made.rows or made.silent else []
    file = table_of(writer.address, SUMMARY)
    return SummaryTable(tuple(outcomes), report.vocabularies.wording.given, file)


def _outcome(report: Report, writer: Writer, page: str, name: str) -> SummaryOutcome:
    searches = searches_of(report.searches, page)
    outcome = next(search.outcomes[name] for search in searches if name in search.outcomes)
    summary = outcome_summary(report, writer.results.figures, page, name)
    important = Markup("")
    if outcome.important is not None:
        important = writer.number(outcome.important, "value")
    rows = tuple(row for line in summary.lines for row in _rows(line, outcome, report, writer))
    return SummaryOutcome(name, outcome, rows, summary.silent, important)


def _rows(
    line: SummaryLine, outcome: Outcome, report: Report, writer: Writer
) -> Iterator[SummaryRow]:
    """Yield the row of a line, or a row for each baseline of it."""
    words = in_words(line, report.vocabularies.wording.treatment, _important(line, outcome, report))
    judged = None
    if line.rating is not None:
        source = report.sources[line.rating.source]
        judged = Judged(CERTAINTIES[line.rating.certainty], line.rating, source)
    risks: tuple[Risks | None, ...] = line.risks or (None,)
    for place, risk in enumerate(risks):
        without, treated = _arms(line, risk, report, writer)
        yield SummaryRow(
            line=line,
            first=place == 0,
            who=_who(line),
            people=_people(line),
            without=without,
            treated=treated,
            difference=_difference(line, risk, writer),
            ratio=_ratio(line, line.ratio, writer) if place == 0 else Markup(""),
            judged=judged,
            words=words,
        )


def _important(line: SummaryLine, outcome: Outcome, report: Report) -> float | None:
    """Return the smallest difference that matters, where it is in the unit of the line."""
    if outcome.important is None or line.change is None:
        return None
    finding = report.findings[outcome.important]
    same = finding.unit == line.change.unit and finding.value is not None
    return float(finding.value or 0) if same else None


def _who(line: SummaryLine) -> str:
    """Return whose result it is, when, and of which part of the people."""
    finding = line.finding
    if finding is None:
        return ""
    return "; ".join(part for part in (finding.group, finding.time) if part)


def _people(line: SummaryLine) -> str:
    people = f"{line.people:,} people" if line.people else "people not told"
    if line.kind == "review":
        return f"review of trials; {people}"
    return f"{line.trials} trials, {people}" if line.kind == "pooled" else people


def _arms(
    line: SummaryLine, risk: Risks | None, report: Report, writer: Writer
) -> tuple[Markup, Markup]:
    """Return the cells without and with treatment: people of 100, or what was measured."""
    arms = line.finding.arms if line.finding else None
    if risk is None:
        return Markup(""), Markup("")
    if line.kind == "trial" and arms is not None:
        without, treated = escape(of_100(risk.without)), escape(of_100(risk.treated.value))
        return without + _count(arms.control), treated + _count(arms.treated)
    study = report.studies[risk.address.partition("/")[0]]
    said = BASELINES[risk.baseline].format(study.short)
    without = writer.bound(risk.address, Printed(of_100(risk.without)))
    without += NOTE.format(said)
    after = ""
    if risk.treated.ends is not None:
        low, high = risk.treated.ends
        after = f" ({_level(risk.treated)}{of_100(low)} to {of_100(high)})"
    return without, _beside(Printed(of_100(risk.treated.value), "", after))


def _count(arm: Arm) -> Markup:
    if arm.events is None or arm.n is None:
        return Markup("")
    return NOTE.format(f"{arm.events:,} of {arm.n:,}")


def _beside(words: Printed) -> Markup:
    """Return words that stand in the row of a number that is a link to the same note."""
    return Markup('{}<span class="interval">{}</span>').format(
        words.before + words.number, words.after
    )


def _result(line: SummaryLine, words: Printed, writer: Writer) -> Markup:
    """Return the result of a row as a link to the note of its finding; what is pooled here has none."""
    return _beside(words) if line.kind == "pooled" else writer.bound(line.address, words)


def _difference(line: SummaryLine, risk: Risks | None, writer: Writer) -> Markup:
    if risk is not None:
        return _result(line, _apart(risk.difference), writer) + _needed(risk)
    if line.change is not None and line.change.unit == POINTS and not uncertain(line):
        return writer.bound(line.address, _apart(line.change.amount))
    if line.change is not None:
        printed = line.finding is not None and line.finding.difference is not None
        return writer.number(line.address, "difference" if printed else "")
    return NOTE.format(line.why or "the risks are not told")


def _apart(amount: Amount) -> Printed:
    after = ""
    if amount.ends is not None:
        after = f" ({_level(amount)}{ends_of_100(amount.ends)})"
    return Printed(more_or_fewer(amount.value), "", after)


def _level(amount: Amount) -> str:
    """Return the level of an interval where it is not the usual one, which stands above the table."""
    if amount.level is None:
        return "level not told, "
    return "" if amount.level == LEVEL else f"{level_text(amount.level)} CI "


def _needed(risk: Risks) -> Markup:
    """Return the number needed to treat; where there is none, the caption says why."""
    if risk.needed is None:
        return Markup("")
    low, high = risk.needed.ends
    return NOTE.format(f"number needed to treat {risk.needed.people:,} ({low:,} to {high:,})")


def _ratio(line: SummaryLine, ratio: Ratio | None, writer: Writer) -> Markup:
    if ratio is None:
        return Markup("")
    after = ""
    if ratio.amount.ends is not None:
        ends = (ratio_text(end) for end in ratio.amount.ends)
        after = f" ({_level(ratio.amount)}{' to '.join(ends)})"
    words = Printed(ratio_text(ratio.amount.value), f"{ratio.measure} ", after)
    alone = not line.risks and line.change is None
    cell = _result(line, words, writer) if alone else _beside(words)
    if ratio.added:
        cell += NOTE.format("1/2 added to each count, because one is 0")
    return cell
