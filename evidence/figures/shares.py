"""Parts of a whole: one bar a part, and what nobody states is drawn as unstated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from evidence.figures.bars import Bars, BarWords, simple_bars, simple_layers, with_rows
from evidence.figures.figure_item import (
    Item,
    count_words,
    estimate_words,
    items_of,
    short_count,
    told,
    where_read,
)
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.look import LIGHT
from evidence.figures.resolved import Resolved, resolved
from evidence.figures.theme import Chart, alt, named, specification, unchecked, values_of
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.quantity import number_text, printed, rounded
from evidence.numbers.results import Computed, FigureResult

REST = "rest"
WHOLE = Decimal(100)
ROUNDING = Decimal("0.1")  # what the rounding of each part may add to or take from the whole
TICKS = (0.0, 25.0, 50.0, 75.0, 100.0)


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield the rows that are no percentages, and parts that do not make a whole."""
    total = Decimal(0)
    for position, row in enumerate(figure.rows):
        finding = findings.get(row.finding)
        if finding is None:
            return
        share = _share(finding)
        if share is None:
            message = f"'{row.finding}' is not a percentage"
            yield position, message, "Name a finding in percent, or with 'events' and 'n'."
            return
        if not 0 <= share <= WHOLE:
            message = f"'{row.finding}' is {number_text(share)}%, which is no part of a whole"
            yield position, message, "A part lies between 0 and 100."
            return
        total += share
    rounding = ROUNDING * len(figure.rows)
    last = len(figure.rows) - 1
    if total > WHOLE + rounding:
        message = f"the parts sum to {number_text(total)}%, which is more than the whole"
        yield last, message, "Parts of one whole do not overlap."
    elif figure.rest is None and total < WHOLE - rounding:
        message = f"the parts sum to {number_text(total)}%, which is not the whole"
        yield last, message, "Say what is left with 'rest: {label: Not stated}'."
    elif figure.rest is not None and total >= WHOLE:
        yield last, "the parts leave nothing for 'rest'", "Leave 'rest' out."


def _share(finding: Finding) -> Decimal | None:
    if finding.value is not None:
        return finding.value if finding.unit in {None, "percent"} else None
    if finding.events is None or finding.n is None:
        return None
    return rounded(Decimal(100 * finding.events) / finding.n)


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a part, as declared, and the rest if one is declared."""
    parts = [_part(row) for row in resolved(figure, report, computed)]
    if figure.rest is not None:
        parts.append(_rest(figure.rest.label, parts))
    return tuple(parts)


def _part(row: Resolved) -> Item:
    finding = row.finding
    counted = finding.value is None
    words = printed(finding, "percent", None).text if counted else estimate_words(finding)
    count = count_words(finding.events, finding.n, derived=finding.counts == "derived")
    return Item(
        label=row.label,
        printed=words,
        sentence=f"{row.label}: {words}{f', {count}' if count else ''}",
        group=row.row.group or "",
        address=row.row.finding,
        source=row.source,
        locator=finding.locator,
        estimate=_share(finding),
        events=finding.events,
        n=finding.n,
        estimate_text=words,
        count_text=count,
    )


def _rest(label: str, parts: list[Item]) -> Item:
    left = WHOLE - sum((part.estimate or Decimal(0) for part in parts), Decimal(0))
    wholes = {part.n for part in parts}
    n = wholes.pop() if len(wholes) == 1 else None
    events = None if n is None else n - sum(part.events or 0 for part in parts)
    words = f"{number_text(left)}%"
    count = count_words(events, n, derived=True) if events is not None else ""
    return Item(
        label=label,
        printed=words,
        sentence=f"{label}: {words}, what the other parts leave{f', {count}' if count else ''}",
        estimate=left,
        events=events,
        n=n,
        estimate_text=words,
        count_text=count,
        part=REST,
    )


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what the whole is, as far as the unit says it."""
    del figure, findings
    return "Percent of the whole"


def table(items: tuple[Item, ...]) -> Table:
    """Return part, share, counts where there are any, and where each was read."""
    counted = any(item.count_text for item in items)
    columns = ("Part", "Share", *(["Count"] if counted else []), "Read in")
    rows = tuple(
        (
            item.label,
            item.estimate_text,
            *([item.count_text or "not given"] if counted else []),
            where_read(item) or "what the other parts leave",
        )
        for item in items
    )
    return columns, rows


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the parts in words."""
    return told(title, "The figure shows bars for the parts of one whole.", items)


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: one bar a part on a track as long as the whole."""
    items = items_of(result)
    said = [BarWords(item.label, item.estimate_text, short_count(item)) for item in items]
    bars = simple_bars(said, width, float(WHOLE), result.axis, TICKS)
    values = with_rows(values_of(result), said, bars)
    with unchecked():
        drawn = alt.layer(
            _tracks(bars),
            *simple_layers(bars, REST, "", {item.part for item in items}),
            width=width,
            height=bars.height,
        )
        return specification(drawn, result, {"items": values, "words": bars.layout.words})


def _tracks(bars: Bars) -> Chart:
    """Return the whole behind each of its parts."""
    track = bars.marked(color=LIGHT["figure-rule"], fillOpacity=0.4, aria=False)
    whole = named().transform_calculate(whole=f"{WHOLE}").mark_bar(**track)
    return whole.encode(x=bars.across("whole:Q"), y=bars.layout.row())


KIND = FigureKind(
    name="shares",
    sentence="Parts of one whole in percent; what nobody states is drawn hatched.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
)
