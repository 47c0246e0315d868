"""Categories by series as a grid of printed numbers, the more the stronger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from evidence.figures import tabular
from evidence.figures.figure_item import MANY, Item, items_of, told
from evidence.figures.furniture import LINE, draw_lines, ink, is_narrow, muted
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.look import SMALL_SIZE, Lettering, Look
from evidence.figures.matrix import Matrix, columns_of, draw_head, draw_row_name, matrix_of
from evidence.figures.old_series import PALE, UNSTATED, hatch
from evidence.figures.sheet import Sheet
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
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
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
    sums = bool(result.options.get("total"))
    sheet = Sheet(width)
    matrix = matrix_of(items, width, HIGH, more=1 if sums else 0)
    short = result.options.get("short", {}) if is_narrow(width) else {}
    names = [short.get(name, name) for name in matrix.columns] + (["All"] if sums else [])
    y = draw_lines(sheet, [f"{result.axis}; the stronger the colour, the more"], 0, 14, width) + 6
    y, notes = draw_head(sheet, matrix, names, y)
    highest = max(item.estimate or Decimal(0) for item in items)
    for name in matrix.rows:
        row = [item for item in items if item.group == name]
        top, y = draw_row_name(sheet, matrix, name, y)
        for item in row:
            _draw_cell(sheet, item, matrix, top, highest)
        if sums:
            _write_sum(sheet, matrix, len(matrix.columns), top, row)
        y += 5 if is_narrow(width) else 2
    if sums:
        top, y = draw_row_name(sheet, matrix, "All", y + 2)
        for column, name in enumerate(matrix.columns):
            _write_sum(sheet, matrix, column, top, [i for i in items if i.label == name])
        _write_sum(sheet, matrix, len(matrix.columns), top, items)
    if len(items) < len(matrix.rows) * len(matrix.columns):
        notes.append("Empty: no row in the table.")
    y = draw_lines(sheet, notes, 0, y + LINE + 2, width)
    return sheet.specification(y - LINE + 8)


def _draw_cell(sheet: Sheet, item: Item, matrix: Matrix, top: float, highest: Decimal) -> None:
    left = matrix.left + item.rank * matrix.cell
    box = (left + 1, top, left + matrix.cell - 1, top + matrix.high)
    mark = {"x": box[0], "x2": box[2], "y": box[1], "y2": box[3]}
    told_too = {"label": item.label, "sentence": item.sentence}
    step = step_of(item.estimate or Decimal(0), highest)
    if item.part == UNSTATED:
        sheet.mark(Look("bar", "figure-rule", hollow=True), mark | told_too)
        hatch(sheet, box, "figure-rule")
        step = 0
    elif step:
        sheet.mark(Look("bar", f"step-{step}"), mark | told_too)
    else:
        sheet.mark(Look("bar", "step-1", hollow=True), mark | told_too)
    colour = "paper" if step > PALE else "figure-ink"
    lettering = Lettering("center", colour=colour, size=SMALL_SIZE)
    sheet.write((box[0] + box[2]) / 2, top + matrix.high / 2 + 5, item.estimate_text, lettering)


def step_of(number: Decimal, highest: Decimal) -> int:
    """Return the step of the ramp for a number: each stands for up to twice the one before."""
    if not number:
        return 0
    shares = (Decimal(highest) / 2**power for power in (4, 3, 2, 1))
    return STEPS[sum(number > share for share in shares)]


def _write_sum(sheet: Sheet, matrix: Matrix, column: int, top: float, part: list[Item]) -> None:
    y = top + matrix.high / 2 + 5
    words = digits(total(part))
    lettering = muted("center") if is_narrow(sheet.width) else ink("center", bold=True)
    sheet.write(matrix.middle(column), y, words, lettering)


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
)
