"""Categories by series as a grid of printed numbers, the more the stronger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from evidence.figures import tabular
from evidence.figures.figure_item import MANY, Item, groups_of, items_of, told
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.look import LIGHT, SMALL_SIZE
from evidence.figures.matrix import Matrix, columns_of, listed, matrix_of, rowed
from evidence.figures.rows import STEP, layers
from evidence.figures.series import PALE, UNSTATED, hatched
from evidence.figures.table_counts import (
    NONE_HERE,
    Unfit,
    amount,
    axis_of,
    counts_of,
    digits,
    nothing_unfit,
    part_of,
    read_in,
    total,
    words_of,
    words_unfit,
)
from evidence.figures.theme import (
    INK,
    MUTED,
    PAPER,
    RULE,
    Chart,
    alt,
    heard,
    named,
    specification,
    unchecked,
    values_of,
)
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.results import Computed, FigureResult

MOST_ROWS, MOST_COLUMNS = 40, 8
HIGH = 28
# Steps of the ramp for at most a sixteenth, an eighth, a quarter, a half and all of the highest
STEPS = (1, 2, 3, 4, 6)


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return nothing: a table has no rows of findings."""
    del figure, findings
    return ()


def unfit(figure: Figure, rows: list[dict[str, str]]) -> Iterator[Unfit]:
    """Yield more rows or columns than can be read, and a grid of one line."""
    yield from words_unfit(figure, rows, {"category": MOST_ROWS, "series": MOST_COLUMNS})
    yield from nothing_unfit(rows, figure.columns["value"])
    for role in ("category", "series"):
        if len({row[figure.columns[role]] for row in rows}) == 1:
            hint = "Choose 'ranking', which shows one number for each bar."
            yield "columns", f"'{figure.columns[role]}' has one word only", hint


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a cell that the table has, row by row."""
    del computed
    counts = counts_of(figure, report, "category", "series")
    rows = words_of(figure, report, "category", counts)
    columns = words_of(figure, report, "series", counts)
    if figure.order == "number":
        last = {count.words["category"] for count in counts if part_of(count, "category")}
        sums = {
            row: sum(count.number for count in counts if count.words["category"] == row)
            for row in rows
        }
        rows.sort(key=lambda row: (row in last, -sums[row]))
    cells = [_item(figure, report, count, columns) for count in counts]
    return tuple(sorted(cells, key=lambda item: (rows.index(item.group), item.rank)))


def _item(figure: Figure, report: Report, count: tabular.Count, columns: list[str]) -> Item:
    category, word = count.words["category"], count.words["series"]
    return Item(
        label=word,
        printed=digits(count.number),
        sentence=f"{category}, {word}: {amount(count.number, figure)}",
        group=category,
        estimate=count.number,
        estimate_text=digits(count.number),
        part=part_of(count, "category") or part_of(count, "series"),
        rank=columns.index(word),
        **read_in(figure, report),
    )


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what is counted."""
    del findings
    return axis_of(figure)


def table(items: tuple[Item, ...]) -> Table:
    """Return the grid itself, with the sums of its rows."""
    columns = columns_of(items)
    rows = []
    for group in dict.fromkeys(item.group for item in items):
        here = {item.label: item for item in items if item.group == group}
        cells = [here[name].estimate_text if name in here else NONE_HERE for name in columns]
        rows.append((group, *cells, digits(total(list(here.values())))))
    return ("", *columns, "Sum"), tuple(rows)


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the grid in words: every number of few, else the highest ones."""
    columns = ", ".join(columns_of(items))
    rows = len({item.group for item in items})
    drawn = f"The figure shows a grid of {rows} rows by {columns}, with a number in each cell."
    if len(items) <= MANY:
        return told(title, drawn, items)
    highest = sorted(items, key=lambda item: -(item.estimate or 0))[:3]
    said = " ".join(f"{item.sentence}." for item in highest)
    empty = rows * len(columns_of(items)) - len(items)
    blank = f"{empty} cells are empty. " if empty else ""
    closing = f"{blank}The table beside it lists all {len(items)} numbers."
    return f"{title.rstrip('.')}. {drawn} Highest: {said} {closing}"


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: cells with their numbers, and the sums where they are asked for."""
    items = items_of(result)
    sums = ("All",) if result.options.get("total") else ()
    title = f"{result.axis}; the stronger the colour, the more"
    short = result.options.get("short", {})
    matrix = matrix_of(items, width, HIGH, title, short, sums, sums)
    highest = max(item.estimate or Decimal(0) for item in items)
    values = [
        {**value, "step": step_of(item.estimate or Decimal(0), highest)}
        for value, item in zip(rowed(matrix, items, values_of(result)), items, strict=True)
    ]
    with unchecked():
        drawn = alt.layer(
            *_cells(matrix, {item.part for item in items}),
            *(_sums(matrix) if sums else ()),
            *layers(matrix.layout, ()),
            width=width,
            height=round(matrix.layout.height * STEP),
        )
        return specification(drawn, result, {"items": values, "words": matrix.layout.words})


def _cells(matrix: Matrix, parts: set[str]) -> Iterator[Chart]:
    """Yield the cells by their steps, hatched where nobody states what they stand for."""
    half = (matrix.high / 2 / STEP, 0.5 - 1 / matrix.wide)
    cells = named().transform_calculate(
        left=f"datum.column - {half[1]:.4f}",
        right=f"datum.column + {half[1]:.4f}",
        top=f"datum.row - {half[0]:.4f}",
        bottom=f"datum.row + {half[0]:.4f}",
    )
    place = {
        "x": matrix.across("left:Q"),
        "x2": alt.X2("right:Q"),
        "y": matrix.layout.row("top:Q"),
        "y2": alt.Y2("bottom:Q"),
    }
    unstated = f"datum.part === '{UNSTATED}'"
    steps = alt.Scale(domain=list(STEPS), range=[LIGHT[f"step-{step}"] for step in STEPS])
    filled = cells.transform_filter(f"datum.step && !({unstated})").mark_rect()
    colour = alt.Fill("step", type="ordinal", scale=steps, legend=None)
    yield filled.encode(**place, fill=colour, **heard())
    hollow = cells.transform_filter(f"!datum.step || {unstated}")
    edge = alt.condition(unstated, alt.value(RULE), alt.value(LIGHT["step-1"]))
    yield hollow.mark_rect(fill=PAPER).encode(**place, stroke=edge, **heard())
    if UNSTATED in parts:
        box = ("datum.left", "datum.right", "datum.bottom", "datum.top")
        pixels = (matrix.wide, -STEP)
        row = matrix.layout.row
        yield hatched(cells.transform_filter(unstated), box, pixels, matrix.across, row, RULE)
    letters = alt.condition(
        f"datum.step > {PALE} && !({unstated})", alt.value(PAPER), alt.value(INK)
    )
    yield (
        named()
        .mark_text(aria=False, fontSize=SMALL_SIZE)
        .encode(
            x=matrix.across("column"),
            y=matrix.layout.row(),
            text=alt.Text("printed", type="nominal"),
            color=letters,
        )
    )


def _sums(matrix: Matrix) -> Iterator[Chart]:
    """Yield the sums of rows in a column of their own, of columns in a row, and of all."""
    last = matrix.place({}, len(matrix.heads.lines) - 1, -1)
    muted = {"color": MUTED, "fontSize": SMALL_SIZE}
    style = muted if matrix.layout.narrow else {"fontWeight": "bold"}
    for across, down in (("column", ""), ("", "row"), ("", "")):
        groups = [name for name in (across, down) if name]
        sums = named().transform_aggregate(sum="sum(estimate)", groupby=groups)
        for field, known in (("column", across), ("row", down)):
            if not known:
                sums = sums.transform_calculate(**{field: f"{last[field]}"})
        yield sums.mark_text(aria=False, **style).encode(
            x=matrix.across("column:Q"),
            y=matrix.layout.row("row:Q"),
            text=alt.Text("sum:Q", format=",~f"),
        )


def step_of(number: Decimal, highest: Decimal) -> int:
    """Return the step of the ramp for a number: each stands for up to twice the one before."""
    if not number:
        return 0
    shares = (Decimal(highest) / 2**power for power in (4, 3, 2, 1))
    return STEPS[sum(number > share for share in shares)]


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return what letters above columns stand for, and what empty cells are."""
    items = items_of(result)
    sums = ("All",) if result.options.get("total") else ()
    full = len(items) == len(groups_of(items)) * len(columns_of(items))
    empty = [] if full else ["Empty: no row in the table."]
    return (*listed(items, sums, result.options.get("short", {})), *empty)


KIND = FigureKind(
    name="grid",
    sentence="Categories by series from a table, as a grid of numbers on stronger or paler colour.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    roles=(
        Role("category", "what each row stands for"),
        Role("series", "what each column stands for"),
        Role("value", "the number in each cell", number=True),
    ),
    options=("unit", "order", "short", "total"),
    unfit=unfit,
    conventions=conventions,
)
