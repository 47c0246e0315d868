"""One bar a category, the longest first: what there is most of, and what nobody states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import MANY, Item, items_of, told
from evidence.figures.furniture import LINE, draw_lines, ink, is_narrow, muted
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.look import SMALL_SIZE, Look
from evidence.figures.measures import AxisScale, text_width, wrapped
from evidence.figures.old_series import UNSTATED, hatch, unstated_look
from evidence.figures.sheet import Sheet
from evidence.figures.table_counts import (
    Unfit,
    amount,
    axis_of,
    counts_of,
    digits,
    nothing_unfit,
    part_of,
    percent,
    read_in,
    whole_number,
    words_of,
    words_unfit,
)
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.results import Computed, FigureResult

MOST_NAMED = 40
MOST_ROWS = 500
WIDEST_LABEL = 220
BAR = 18
OTHERS = "others"


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return nothing: a table has no rows of findings."""
    del figure, findings
    return ()


def unfit(figure: Figure, rows: list[dict[str, str]]) -> Iterator[Unfit]:
    """Yield too many bars, and a table of nothing."""
    named = figure.most is not None and figure.most <= MOST_NAMED
    yield from words_unfit(figure, rows, {"category": MOST_ROWS if named else MOST_NAMED})
    yield from nothing_unfit(rows, figure.columns["value"])
    if figure.most is not None and figure.most > MOST_NAMED:
        hint = f"Name {MOST_NAMED} at most; the others are put together."
        yield "most", f"{figure.most} bars are too many for one figure", hint
    if len({row[figure.columns["category"]] for row in rows}) == 1:
        yield "table", "there is only one bar to draw", "A sentence says one number better."


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a bar in order, then the others together, then what nobody states."""
    del computed
    counts = counts_of(figure, report, "category")
    words = words_of(figure, report, "category", counts)
    counts.sort(key=lambda count: words.index(count.words["category"]))
    if figure.order != "given":
        counts.sort(key=lambda count: -count.number)
    named = [count for count in counts if not part_of(count, "category")]
    unstated = [count for count in counts if part_of(count, "category")]
    whole = sum((count.number for count in counts), Decimal(0))
    most = figure.most if figure.most is not None and figure.most + 1 < len(named) else len(named)
    bars = [
        _item(figure, report, count.words["category"], count.number, whole)
        for count in named[:most]
    ]
    if named[most:]:
        rest = sum((count.number for count in named[most:]), Decimal(0))
        bars.append(_item(figure, report, f"{len(named) - most} others", rest, whole, OTHERS))
    bars += [
        _item(figure, report, count.words["category"], count.number, whole, UNSTATED)
        for count in unstated
    ]
    return tuple(bars)


def _item(
    figure: Figure, report: Report, word: str, number: Decimal, whole: Decimal, part: str = ""
) -> Item:
    counted: dict[str, Any] = {}
    said = amount(number, figure)
    if figure.share:
        share = percent(number, whole)[1]
        said = f"{digits(number)} of {amount(whole, figure)}, {share}"
        counted = {"events": whole_number(number), "n": whole_number(whole), "count_text": share}
    return Item(
        label=word,
        printed=digits(number),
        sentence=f"{word}: {said}",
        estimate=number,
        estimate_text=digits(number),
        part=part,
        **counted,
        **read_in(figure, report),
    )


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what is counted."""
    del findings
    return axis_of(figure)


def table(items: tuple[Item, ...]) -> Table:
    """Return name, number and, if asked for, share."""
    shares = any(item.count_text for item in items)
    rows = tuple(
        (item.label, item.estimate_text, *([item.count_text] if shares else [])) for item in items
    )
    return ("", "Number", *(["Share"] if shares else [])), rows


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the bars in words: every one of few, else the longest."""
    drawn = "The figure shows one bar for each row."
    if len(items) <= MANY:
        return told(title, drawn, items)
    stated = [item for item in items if item.part != UNSTATED]
    first = sorted(stated, key=lambda item: -(item.estimate or 0))[:5]
    unstated = [f"{item.sentence}." for item in items if item.part == UNSTATED]
    said = [f"{item.sentence}." for item in first] + unstated
    closing = f"The table beside it lists all {len(items)}."
    return f"{title.rstrip('.')}. {drawn} The longest: {' '.join(said)} {closing}"


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: one bar a row with its number at the end."""
    items = items_of(result)
    sheet, narrow = Sheet(width), is_narrow(width)
    number = max(text_width(item.estimate_text, bold=True) for item in items)
    share = max(text_width(item.count_text, SMALL_SIZE) for item in items)
    label = min(max(text_width(item.label) for item in items), WIDEST_LABEL)
    share += 10 if share else 0
    right = number + share + 10
    longest = max(float(item.estimate or 0) for item in items)
    across = (
        AxisScale(0, longest, 0, width)
        if narrow
        else AxisScale(0, longest, label + 14, width - right)
    )
    whole = next((item.n for item in items if item.n is not None), None)
    head = f"{result.axis}, and percent of all {whole:,} shown" if whole else result.axis
    y = draw_lines(sheet, [head], 0, 14, width) - 4
    for item in items:
        y = _draw_row(sheet, item, across, y, (number + 10, share))
    return sheet.specification(y)


def _draw_row(
    sheet: Sheet, item: Item, across: AxisScale, y: float, right: tuple[float, float]
) -> float:
    """Draw one bar with its name below ``y``; return where it ends.

    ``right`` is the room that number and share take on a phone.
    """
    narrow = is_narrow(sheet.width)
    lines = wrapped(item.label, sheet.width - sum(right) if narrow else across.start - 12)
    beyond = 0.0 if narrow else max(0.0, LINE * len(lines) - BAR) / 2
    top = y + (LINE * len(lines) + 4 if narrow else beyond)
    first = y + 13 if narrow else top + BAR / 2 + 5 - LINE * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        sheet.write(0, first + number * LINE, line, ink())
    _draw_bar(sheet, item, across, top)
    x = sheet.width - right[1] if narrow else across.at(item.estimate or 0) + 8
    _write_number(sheet, item, x, first if narrow else top + BAR / 2 + 5)
    return top + BAR * (0.7 if narrow else 1) + beyond + (12 if narrow else 7)


def _draw_bar(sheet: Sheet, item: Item, across: AxisScale, top: float) -> None:
    bottom = top + BAR * (0.7 if is_narrow(sheet.width) else 1)
    if not item.estimate:
        return
    mark = {"x": 0, "x2": item.estimate, "y": top, "y2": bottom}
    told_too = {"label": item.label, "sentence": item.sentence}
    if item.part == UNSTATED:
        sheet.mark(unstated_look(), mark | told_too, across)
        hatch(sheet, (across.start, top, across.at(item.estimate), bottom))
    else:
        colour = "figure-muted" if item.part == OTHERS else "series-1"
        sheet.mark(Look("bar", colour), mark | told_too, across)


def _write_number(sheet: Sheet, item: Item, x: float, y: float) -> None:
    """Write number and share: on a phone in columns that end at ``x`` and at the edge."""
    if is_narrow(sheet.width):
        sheet.write(sheet.width, y, item.count_text, muted("right"))
        sheet.write(x, y, item.estimate_text, ink("right", bold=True))
        return
    x += sheet.write(x, y, item.estimate_text, ink(bold=True)) + 10
    sheet.write(x, y, item.count_text, muted())


KIND = FigureKind(
    name="ranking",
    sentence="One bar a category from a table, the longest first; what nobody states is hatched.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    roles=(
        Role("category", "what each bar stands for"),
        Role("value", "the number of each", number=True),
    ),
    options=("unit", "order", "share", "most"),
    unfit=unfit,
)
