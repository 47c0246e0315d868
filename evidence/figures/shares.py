"""Parts of a whole: one bar a part, and what nobody states is drawn as unstated."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import (
    Item,
    Resolved,
    count_words,
    estimate_words,
    items_of,
    resolved,
    short_count,
    told,
    where_read,
)
from evidence.figures.furniture import (
    LINE,
    draw_axis_title,
    draw_ticks,
    ink,
    is_narrow,
    muted,
)
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.look import SMALL_SIZE, Look
from evidence.figures.measures import percentages, text_width, wrapped
from evidence.figures.sheet import Sheet
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.quantity import number_text, printed, rounded
from evidence.numbers.results import Computed, FigureResult

REST = "rest"
WHOLE = Decimal(100)
ROUNDING = Decimal("0.1")  # what the rounding of each part may add to or take from the whole
WIDEST_LABEL = 190
BAR = 22
HATCH = 7


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
    sheet = Sheet(width)
    value = max(text_width(_value(item), bold=True) for item in items) + 10
    label = min(max(text_width(item.label) for item in items), WIDEST_LABEL)
    narrow = is_narrow(width)
    scale = percentages(0, width) if narrow else percentages(label + 16, width - value)
    y = 0.0
    for item in items:
        lines = wrapped(item.label, width - value if narrow else label)
        beyond = 0 if narrow else max(0, LINE * len(lines) - BAR) / 2
        top = y + (LINE * len(lines) + 5 if narrow else beyond)
        first = y + 14 if narrow else top + BAR / 2 + 5 - LINE * (len(lines) - 1) / 2
        for number, words in enumerate(lines):
            sheet.write(0, first + number * LINE, words, ink())
        _draw_bar(sheet, item, scale.start, scale.end, top)
        _write_value(sheet, item, scale.at(item.estimate or 0) + 8, first, top)
        y = top + BAR + beyond + (16 if narrow else 14)
    draw_ticks(sheet, scale, y + 6)
    y = draw_axis_title(sheet, result.axis, scale, y + LINE + 10)
    return sheet.specification(y - LINE + 6)


def _value(item: Item) -> str:
    return f"{item.estimate_text}  {short_count(item)}".strip()


def _draw_bar(sheet: Sheet, item: Item, start: float, end: float, top: float) -> None:
    scale = percentages(start, end)
    extent = {"y": top, "y2": top + BAR, "x": 0}
    sheet.mark(Look("bar", "figure-rule", opacity=0.4), extent | {"x2": 100}, scale)
    bar = extent | {"x2": item.estimate, "label": item.label, "sentence": item.sentence}
    if item.part != REST:
        sheet.mark(Look("bar", "series-1"), bar, scale)
        return
    sheet.mark(Look("bar", "figure-muted", hollow=True), bar, scale)
    _hatch(sheet, (start, top), (scale.at(item.estimate or 0), top + BAR))


def _hatch(sheet: Sheet, first: tuple[float, float], last: tuple[float, float]) -> None:
    """Draw slanted lines in the box between two corners."""
    (left, top), (right, bottom) = first, last
    height = bottom - top
    foot = left - height + HATCH
    while foot < right:
        low = max(left - foot, 0.0)
        high = min(right - foot, height)
        if high > low:
            start, end = (foot + low, bottom - low), (foot + high, bottom - high)
            sheet.line(start, end, "figure-muted", 0.75)
        foot += HATCH


def _write_value(sheet: Sheet, item: Item, x: float, first: float, top: float) -> None:
    if is_narrow(sheet.width):
        x = sheet.width - text_width(item.estimate_text, bold=True)
        if item.count_text:
            x -= text_width(short_count(item), SMALL_SIZE) + 8
        y = first
    else:
        y = top + BAR / 2 + 4.5
    x += sheet.write(x, y, item.estimate_text, ink(bold=True)) + 8
    sheet.write(x, y, short_count(item), muted())


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
