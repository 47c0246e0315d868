"""One bar a category, the longest first: what there is most of, and what nobody states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from evidence.figures.bars import BarWords, simple_bars, simple_layers, with_rows
from evidence.figures.figure_item import MANY, Item, items_of, told
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.series import UNSTATED
from evidence.figures.table_counts import (
    Unfit,
    amount,
    axis_of,
    counts_of,
    digits,
    nothing_unfit,
    part_of,
    percents,
    read_in,
    whole_number,
    words_of,
    words_unfit,
)
from evidence.figures.theme import alt, specification, unchecked, values_of
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.results import Computed, FigureResult

MOST_NAMED = 40
MOST_ROWS = 500
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
    most = figure.most if figure.most is not None and figure.most + 1 < len(named) else len(named)
    bars = [(count.words["category"], count.number, "") for count in named[:most]]
    if named[most:]:
        rest = sum((count.number for count in named[most:]), Decimal(0))
        bars.append((f"{len(named) - most} others", rest, OTHERS))
    bars += [(count.words["category"], count.number, UNSTATED) for count in unstated]
    whole = sum((number for _, number, _ in bars), Decimal(0))
    shares = percents([(number, whole) for _, number, _ in bars])
    return tuple(
        _item(figure, report, bar, (whole, share))
        for bar, (_, share) in zip(bars, shares, strict=True)
    )


def _item(
    figure: Figure, report: Report, bar: tuple[str, Decimal, str], of: tuple[Decimal, str]
) -> Item:
    """Return the item of a bar: its name, number and part; ``of`` is the whole, and its share."""
    word, number, part = bar
    whole, share = of
    counted: dict[str, Any] = {}
    said = amount(number, figure)
    if figure.share:
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
    said = [BarWords(item.label, item.estimate_text, item.count_text) for item in items]
    longest = max(float(item.estimate or 0) for item in items)
    whole = next((item.n for item in items if item.n is not None), None)
    head = f"{result.axis}, and percent of all {whole:,} shown" if whole else result.axis
    bars = simple_bars(said, width, longest, head)
    values = with_rows(values_of(result), said, bars)
    with unchecked():
        drawn = alt.layer(
            *simple_layers(bars, UNSTATED, OTHERS, {item.part for item in items}),
            width=width,
            height=bars.height,
        )
        return specification(drawn, result, {"items": values, "words": bars.layout.words})


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
