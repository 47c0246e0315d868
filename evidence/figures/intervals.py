"""Estimates with their intervals, one a row: what a forest plot shows, without pooling."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from evidence.figures.effect_axis import scale_of
from evidence.figures.effect_marks import arrows, by_group, diamonds, rules, squares
from evidence.figures.figure_item import (
    BASES,
    NOT_GIVEN,
    Item,
    count_notes,
    groups_of,
    in_percent,
    interval_words,
    items_of,
    row_item,
    row_unit,
    short_count,
    told,
    where_read,
)
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.look import LIGHT
from evidence.figures.measures import Amount
from evidence.figures.pooled_items import REPORTED, STUDY
from evidence.figures.resolved import is_pooled, resolved
from evidence.figures.row_layout import laid_out
from evidence.figures.rows import RowWords, WordColumn, bands, layers, placed, reference_line
from evidence.figures.theme import alt, kept, named, specification, unchecked
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.quantity import RATIOS
from evidence.numbers.results import Computed, FigureResult

SERIES = 5
AREA = 70


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield what the rows lack: a number, or the same unit as the first row."""
    first: str | None = None
    for position, row in enumerate(figure.rows):
        finding = findings.get(row.finding)
        if finding is None:
            continue
        if finding.value is None and (finding.events is None or finding.n is None):
            yield position, f"'{row.finding}' has no value and no counts to draw", _hint(finding)
            continue
        unit = row_unit(finding)
        first = first or unit
        if unit != first:
            message = f"'{row.finding}' is in {unit}, the rows above it in {first}"
            yield position, message, "One figure has one axis: make a second figure."
        elif figure.reference == 1 and unit != "percent" and min(_numbers_drawn(finding)) <= 0:
            message = f"'{row.finding}' reaches zero or below, which a ratio cannot"
            yield position, message, "Leave out 'reference: 1' if this is not a ratio."


def _hint(finding: Finding) -> str:
    if finding.arms is not None:
        return "A finding with two arms is drawn by 'kind: arms'."
    return "Name a finding with 'value', or with 'events' and 'n'."


def _numbers_drawn(finding: Finding) -> list[Amount]:
    return [*(finding.interval or ()), *([finding.value] if finding.value is not None else ())]


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a row, with the printed interval or else the one computed from counts."""
    return tuple(
        dataclasses.replace(row_item(row), part=REPORTED if is_pooled(row) else STUDY)
        for row in resolved(figure, report, computed)
    )


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return the unit of the rows in words."""
    unit = row_unit(findings[figure.rows[0].finding])
    words = unit[:1].upper() + unit[1:]
    return f"{words}, logarithmic scale" if figure.reference == 1 and unit in RATIOS else words


def table(items: tuple[Item, ...]) -> Table:
    """Return label, group, counts, estimate, interval with its basis, and where each was read."""
    grouped, counted = any(item.group for item in items), any(item.count_text for item in items)
    doubtful = any(item.doubtful for item in items)
    columns = ["Study or outcome", *(["Group"] if grouped else [])]
    columns += [*(["Count"] if counted else []), "Estimate", "Interval", "Interval comes from"]
    columns += [*(["Reading"] if doubtful else []), "Read in"]
    rows = []
    for item in items:
        interval = f"{item.level_text} {item.interval_text}".strip() or interval_words(item)
        row = [item.label, *([item.group] if grouped else [])]
        row += [*([item.count_text] if counted else []), item.estimate_text, interval]
        row += [BASES[item.basis], *([_reading(item)] if doubtful else []), where_read(item)]
        rows.append(tuple(row))
    return tuple(columns), tuple(rows)


def _reading(item: Item) -> str:
    return "doubtful" if item.doubtful else "clear"


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the figure in sentences, group by group when there are many rows."""
    drawn = f"The figure shows {len(items)} estimates, each with its interval where one is known."
    groups = groups_of(list(items))
    if len(items) <= 12 or len(groups) == 1:
        return told(title, drawn, items)
    parts = [f"{title.rstrip('.')}. {drawn}"]
    for group in groups:
        members = [item for item in items if item.group == group and item.estimate is not None]
        lowest = min(members, key=lambda item: item.estimate or 0)
        highest = max(members, key=lambda item: item.estimate or 0)
        parts.append(f"{group}, {len(members)} rows. Lowest: {lowest.sentence}.")
        parts.append(f"Highest: {highest.sentence}.")
    return " ".join([*parts, "The table beside it lists all of them."])


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: numbers in columns, or on a phone above their marks."""
    items = items_of(result)
    columns = _columns(items)
    layout = laid_out(
        [_line(item, items) for item in items],
        columns,
        width,
        lambda start, end: scale_of(result, items, start, end),
        result.axis,
    )
    values = placed(result, layout)
    groups = _colours(items)
    told = {"field": "group", "values": list(groups), "colours": list(groups.values()),
            "marks": ["■"] * len(groups)}  # fmt: skip
    with unchecked():
        colour = by_group(groups)
        shown = named().transform_filter(kept("group")) if any(groups) else named()
        drawn = alt.layer(
            *reference_line(result, layout),
            *bands(layout),
            rules(shown, layout, colour),
            squares(shown, layout, colour, alt.value(AREA)),
            *diamonds(shown, layout, values, colour),
            *arrows(shown, layout, values, colour),
            *layers(layout, columns),
            width=width,
            height=layout.pixels,
        )
        return specification(drawn, result, layout.datasets(values), told if any(groups) else None)


def _columns(items: list[Item]) -> list[WordColumn]:
    levels = _levels(items)
    share = any(item.count_text for item in items) and in_percent(items)
    return [
        WordColumn("count", "Count", before=True),
        WordColumn("effect", "Share" if share else "", bold=True),
        WordColumn("interval", levels.pop() if len(levels) == 1 else "Interval", "left"),
    ]


def _line(item: Item, items: list[Item]) -> RowWords:
    cells = {
        "count": short_count(item),
        "effect": item.estimate_text,
        "interval": _interval_words(item, items),
    }
    return RowWords(item.label, cells, item.group, "strong" if item.part == REPORTED else "")


def _interval_words(item: Item, items: list[Item]) -> str:
    """Return the interval: its level only where levels differ, a star if computed among printed."""
    if item.basis == "none":
        return NOT_GIVEN
    bases = {other.basis for other in items}
    star = "*" if item.basis == "computed" and "reported" in bases else ""
    level = f"{item.level_text} " if len(_levels(items)) > 1 else ""
    return f"{level}{item.interval_text}{star}"


def _levels(items: list[Item]) -> set[str]:
    return {item.level_text for item in items} - {""}


def _colours(items: list[Item]) -> dict[str, str]:
    """Return the colour of each group; one of doubtful rows only keeps that of the one before."""
    colours: dict[str, str] = {}
    used = 0
    for group in groups_of(items):
        if not all(item.doubtful for item in items if item.group == group) or not used:
            used += 1
        colours[group] = LIGHT[f"series-{(used - 1) % SERIES + 1}"]
    return colours


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return what the marks mean and where the intervals come from."""
    return tuple(_sentences(items_of(result)))


def _sentences(items: list[Item]) -> Iterator[str]:
    bases, levels = {item.basis for item in items}, _levels(items)
    if len(levels) == 1:
        yield f"Lines: {levels.pop()}."
    if any(item.part == REPORTED for item in items):
        yield "Squares: studies. Diamonds: pooled results, as wide as their intervals."
    if "computed" in bases:
        star = "* Interval" if "reported" in bases else "Intervals"
        computed = [item for item in items if item.basis == "computed"]
        exact = " from the counts (Clopper-Pearson)"
        how = exact if all(item.events is not None for item in computed) else ""
        yield f"{star} computed here{how}."
    if "none" in bases and len(bases) > 1:
        yield "A mark without a line: the source gives no interval."
    if any(item.doubtful for item in items):
        yield "Hollow marks: studies whose counts or cells are in doubt."
    yield from count_notes(items)


KIND = FigureKind(
    name="intervals",
    sentence="Estimates with their intervals, one a row; groups stand apart and are not pooled.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    options=("axis_limits",),
    pooled_rows=True,
    conventions=conventions,
)
