"""Studies one a row, and what they show together: a forest plot."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal

from evidence.figures.arm_effects import OF_MEANS, arm_words
from evidence.figures.effects import (
    MEASURES,
    TWO_ARMS,
    Digits,
    digits_of,
    is_ratio,
    lacking_counts,
    lacking_pool,
    pooled_here,
    printed_error,
    stated,
    unit_of,
)
from evidence.figures.effects import (
    missing as lacking_studies,
)
from evidence.figures.effects import (
    question as asked,
)
from evidence.figures.figure_item import (
    BASES,
    MANY,
    Interval,
    Item,
    groups_of,
    interval_words,
    row_item,
    spoken,
    where_read,
)
from evidence.figures.forest_chart import chart
from evidence.figures.forest_conventions import conventions
from evidence.figures.forest_totals import totalled
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.pooled_items import (
    ALONE,
    NOTHING,
    ONE_STUDY,
    REPORTED,
    STUDY,
    between_item,
    pooled_items,
)
from evidence.figures.pooling_choices import lacking_choice
from evidence.figures.resolved import Resolved, resolved
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.quantity import number_text, rounded
from evidence.numbers.results import Computed, Part, PoolingQuestion, Single, Synthesis

ALL = "All studies"
WANTED: dict[str, tuple[Part, ...]] = {
    "overall": ("overall",),
    "subgroups": ("subgroups",),
    "both": ("overall", "subgroups"),
}


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield what keeps the rows from one figure, or from being pooled as the editor asks."""
    yield from lacking_studies(figure, findings)
    if not pooled_here(figure):
        hint = "Add the studies, or show pooled results by 'kind: intervals'."
        yield 0, "no row is a study", hint
    yield from lacking_choice(figure, findings)
    if wanted(figure):
        yield from lacking_pool(figure, 2)
        yield from lacking_counts(figure, findings)
    if "subgroups" in wanted(figure) and not any(row.group for row in figure.rows):
        hint = "Give the rows a 'group', or 'pooled: overall'."
        yield 0, "subgroups are to be pooled, but no row has a group", hint


def wanted(figure: Figure) -> tuple[Part, ...]:
    """Return what is to be pooled."""
    return WANTED.get(figure.pooled or "", ())


def question(figure: Figure, report: Report) -> PoolingQuestion:
    """Return what is asked of the statistics."""
    rows = [report.finding(row.finding) for row in pooled_here(figure)]
    return asked(figure, rows, wanted(figure))


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return group by group the studies and what they show together, then all together."""
    rows = resolved(figure, report, computed)
    synthesis = computed[figure.id].synthesis
    if synthesis is None:
        return ()
    digits = digits_of(figure, [row for row in rows if not row.row.pooled])
    of_rows = row_items(figure, rows, synthesis, digits)
    groups = groups_of(of_rows)
    parts = {part.label: part for part in synthesis.parts if part.k > 1}
    share = figure.measure == "share"
    listed: list[Item] = []
    for group in groups:
        listed += [item for item in of_rows if item.group == group]
        if group in parts:
            inside = [row for row in rows if (row.row.group or "") == group]
            pooled = pooled_items(parts[group], digits, synthesis.scale, group, share=share)
            listed += totalled(pooled, inside)
    end = ALL if groups != [""] else ""
    if synthesis.overall is not None:
        pooled = pooled_items(synthesis.overall, digits, synthesis.scale, end, share=share)
        listed += totalled(pooled, rows)
    if synthesis.between is not None:
        listed.append(between_item(synthesis.between, end))
    return tuple(listed)


def row_items(
    figure: Figure, rows: list[Resolved], synthesis: Synthesis, digits: Digits
) -> list[Item]:
    """Return one item a row: a study with its weight, or a result that its source pooled."""
    studies = [row for row in rows if not row.row.pooled]
    weights = _weights(studies, synthesis)
    singles = dict(zip([row.row.finding for row in studies], synthesis.studies, strict=True))
    of_rows = []
    for row in rows:
        address = row.row.finding
        if row.row.pooled:
            of_rows.append(_reported(row, share=figure.measure == "share"))
            continue
        if figure.measure in TWO_ARMS:
            single, weighed = singles[address], address in weights
            item = _compared(row, figure.measure, single, digits, weighed=weighed)
        elif figure.measure == "printed" and printed_error(row.finding) is not None:
            item = _with_error(row, singles[address], digits)
        else:
            item = dataclasses.replace(_given(row), part=STUDY)
        of_rows.append(_weighed(item, weights.get(address)))
    return of_rows


def _weights(studies: list[Resolved], synthesis: Synthesis) -> dict[str, float]:
    """Return the weights in all studies together, or else those within each group."""
    addresses = [row.row.finding for row in studies]
    if synthesis.overall is not None:
        return dict(zip(addresses, synthesis.overall.weights, strict=False))
    weights: dict[str, float] = {}
    for part in synthesis.parts:
        inside = [row.row.finding for row in studies if (row.row.group or "") == part.label]
        weights |= dict(zip(inside, part.weights, strict=False))
    return weights


def _given(row: Resolved) -> Item:
    return row_item(dataclasses.replace(row, finding=stated(row.finding)))


def _reported(row: Resolved, *, share: bool) -> Item:
    item = _given(row)
    how = "pooled, as reported" if item.basis == "reported" else "pooled"
    doubtful = " (doubtful)" if item.doubtful else ""
    sentence = f"{row.label} ({how}{f'; {ALONE}' if share else ''}){doubtful}: {item.said}"
    return dataclasses.replace(item, part=REPORTED, sentence=sentence)


def _weighed(item: Item, weight: float | None) -> Item:
    if weight is None:
        return item
    share = rounded(weight)
    sentence = f"{item.sentence}, weight {number_text(share)}%"
    return dataclasses.replace(item, weight=share, sentence=sentence)


def _with_error(row: Resolved, single: Single, digits: Digits) -> Item:
    """Return a printed estimate with the interval that its printed standard error gives."""
    item, interval = _given(row), digits.interval(single.low, single.high)
    return dataclasses.replace(
        item,
        part=STUDY,
        printed=f"{item.said} ({interval.level} {interval.words})",
        sentence=f"{_named(row)}: {spoken(item.said, interval, '')}",
        said=spoken(item.said, interval, ""),
        low=interval.low,
        high=interval.high,
        basis=interval.basis,
        interval_text=interval.words,
        level_text=interval.level,
    )


def _compared(
    row: Resolved, measure: str, single: Single, digits: Digits, *, weighed: bool
) -> Item:
    arms, finding = row.finding.arms, row.finding
    if arms is None:
        raise AssertionError(row.row.finding)
    derived = finding.counts == "derived"
    interval, estimate = digits.interval(single.low, single.high), digits.number(single.estimate)
    said = digits.estimate(estimate)
    treated, control = (
        arm_words(measure, arm, derived=derived) for arm in (arms.treated, arms.control)
    )
    both = f"{treated} with {arms.treated.label or 'the treatment'}"
    both += f" and {control} with {arms.control.label or 'the control'}"
    both += _added(single, digits, weighed=weighed)
    sentence = _said_of(measure, digits.said(said), interval, both)
    return Item(
        label=row.label,
        printed=f"{digits.said(said)} ({interval.level} {interval.words})",
        sentence=f"{_named(row)}: {sentence}",
        said=sentence,
        group=row.row.group or "",
        address=row.row.finding,
        source=row.source,
        locator=finding.locator,
        estimate=estimate,
        low=interval.low,
        high=interval.high,
        basis=interval.basis,
        estimate_text=said,
        interval_text=interval.words,
        level_text=interval.level,
        doubtful=row.study.reanalysis == "doubtful",
        part=STUDY,
        treated_text=treated,
        control_text=control,
    )


def _said_of(measure: str, estimate: str, interval: Interval, both: str) -> str:
    if measure in OF_MEANS:  # of which nothing is counted
        return f"{spoken(estimate, interval, '')}, {both}"
    return spoken(estimate, interval, both)


def _added(single: Single, digits: Digits, *, weighed: bool) -> str:
    """Return what was added where a count is 0; the interval of a difference needs nothing."""
    if not single.adjusted or not (weighed or is_ratio(digits.unit)):
        return ""
    of_weight = "" if is_ratio(digits.unit) else "for the weight "
    return f", {of_weight}1/2 added to each count because one is 0"


def _named(row: Resolved) -> str:
    return f"{row.label}{' (doubtful)' if row.study.reanalysis == 'doubtful' else ''}"


def reference(figure: Figure, findings: dict[str, Finding]) -> Decimal | None:
    """Return where there is no effect: 1 for ratios, 0 for differences, nowhere for shares."""
    ratio = is_ratio(unit_of(figure, findings))
    return None if figure.measure == "share" else Decimal(1 if ratio else 0)


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return the measure in words."""
    unit = unit_of(figure, findings)
    words = MEASURES[figure.measure or "share"] or unit[:1].upper() + unit[1:]
    words += f", {unit}" if figure.measure == "mean-difference" else ""
    return f"{words}, logarithmic scale" if is_ratio(unit) else words


def table(items: tuple[Item, ...]) -> Table:
    """Return label, group, counts, estimate, interval, weight and where each comes from."""
    grouped, armed = any(item.group for item in items), any(item.treated_text for item in items)
    counted, weighed = any(item.count_text for item in items), any(item.weight for item in items)
    doubtful = any(item.doubtful for item in items)
    columns = ["Study", *(["Group"] if grouped else []), *(["Treated", "Control"] if armed else [])]
    columns += [*(["Count"] if counted else []), "Estimate", "Interval"]
    columns += [*(["Weight"] if weighed else []), "Interval comes from"]
    columns += [*(["Reading"] if doubtful else []), "Read in"]
    rows = []
    for item in items:
        row = [item.label, *([item.group] if grouped else [])]
        row += [item.treated_text, item.control_text] if armed else []
        row += [item.count_text] if counted else []
        row += [item.estimate_text, f"{item.level_text} {_interval(item)}".strip()]
        row += [_weight(item)] if weighed else []
        row += [_basis(item), *([_reading(item)] if doubtful else []), where_read(item)]
        rows.append(tuple(row))
    return tuple(columns), tuple(rows)


def _interval(item: Item) -> str:
    return item.interval_text or ("" if item.estimate is None else interval_words(item))


def _weight(item: Item) -> str:
    return "" if item.weight is None else f"{number_text(item.weight)}%"


def _reading(item: Item) -> str:
    if item.part != STUDY:
        return ""
    return "doubtful" if item.doubtful else "clear"


def _basis(item: Item) -> str:
    if item.part in {STUDY, REPORTED}:
        return BASES[item.basis]
    if item.estimate is None and not item.interval_text:
        return item.printed
    if item.locator.startswith(NOTHING):
        return "all people as one group, computed here"
    return item.locator if item.locator.startswith(ONE_STUDY) else "the studies, pooled here"


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return what the studies show together, then each of them, or of many the extremes."""
    studies = [item for item in items if item.part == STUDY]
    others = [item for item in items if item.part != STUDY]
    parts = [
        f"{title.rstrip('.')}. The figure shows {len(studies)} studies, each with its interval."
    ]
    parts += [f"{item.sentence}." for item in others]
    if len(studies) <= MANY:
        return " ".join([*parts, *(f"{item.sentence}." for item in studies)])
    lowest = min(studies, key=lambda item: item.estimate or 0)
    highest = max(studies, key=lambda item: item.estimate or 0)
    parts += [f"Lowest: {lowest.sentence}.", f"Highest: {highest.sentence}."]
    return " ".join([*parts, f"The table beside it lists all {len(studies)}."])


KIND = FigureKind(
    name="forest",
    sentence="Studies one a row with their weights, and what they show together, if pooled.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    conventions=conventions,
    options=("measure", "pooled", "sides", "axis_limits", "method", "estimator", "prediction"),
    question=question,
    reference=reference,
)
