"""What was studied how: a circle for each crossing, by number of studies and best design."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from evidence.figures.evidence_map_chart import DESIGNS, chart
from evidence.figures.figure_item import MANY, Item, told
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.matrix import columns_of
from evidence.figures.table_counts import (
    NONE_HERE,
    Unfit,
    amount,
    axis_of,
    counts_of,
    digits,
    nothing_unfit,
    read_in,
    words_of,
    words_unfit,
)
from evidence.model.figure import Figure
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.results import Computed
from evidence.problems import did_you_mean

MOST_ROWS, MOST_COLUMNS = 40, 8


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return nothing: a table has no rows of findings."""
    del figure, findings
    return ()


def unfit(figure: Figure, rows: list[dict[str, str]]) -> Iterator[Unfit]:
    """Yield designs that are not in the closed list, and more crossings than can be read."""
    yield from words_unfit(figure, rows, {"category": MOST_ROWS, "series": MOST_COLUMNS})
    yield from nothing_unfit(rows, figure.columns["value"])
    for cell in dict.fromkeys(row[figure.columns["design"]] for row in rows):
        if cell not in DESIGNS:
            hint = did_you_mean(cell, DESIGNS, f"Known: {', '.join(DESIGNS)}.")
            yield "columns", f"'{cell}' is not a design that is known", hint


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a crossing where something was found, row by row."""
    del computed
    counts = counts_of(figure, report, "category", "series")
    rows = words_of(figure, report, "category", counts)
    columns = words_of(figure, report, "series", counts)
    crossed: dict[tuple[str, str], dict[str, Decimal]] = {}
    for count in counts:
        designs = crossed.setdefault((count.words["category"], count.words["series"]), {})
        design = count.cells["design"]
        designs[design] = designs.get(design, Decimal(0)) + count.number
    made = [
        _item(figure, report, place, designs, columns.index(place[1]))
        for place, designs in crossed.items()
        if sum(designs.values())
    ]
    return tuple(sorted(made, key=lambda item: (rows.index(item.group), item.rank)))


def _item(
    figure: Figure, report: Report, place: tuple[str, str], designs: dict[str, Decimal], rank: int
) -> Item:
    number = sum(designs.values(), Decimal(0))
    best = next(design for design in DESIGNS if designs.get(design))
    of_best = f"{digits(designs[best])} {DESIGNS[best]}"
    return Item(
        label=place[1],
        printed=digits(number),
        sentence=f"{place[0]}, {place[1]}: {amount(number, figure)}, best design: {of_best}",
        group=place[0],
        estimate=number,
        estimate_text=digits(number),
        count_text=of_best,
        part=best,
        rank=rank,
        **read_in(figure, report),
    )


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what is counted."""
    del findings
    return axis_of(figure)


def table(shown: tuple[Item, ...]) -> Table:
    """Return the crossings: number, and in brackets how many have the best design."""
    columns = columns_of(shown)
    rows = []
    for group in dict.fromkeys(item.group for item in shown):
        here = {item.label: item for item in shown if item.group == group}
        cells = [
            f"{here[name].estimate_text} ({here[name].count_text})" if name in here else NONE_HERE
            for name in columns
        ]
        rows.append((group, *cells))
    return ("", *columns), tuple(rows)


def alternative(title: str, shown: tuple[Item, ...]) -> str:
    """Return the map in words: every crossing of few, else the largest and the empty ones."""
    rows, columns = len({item.group for item in shown}), columns_of(shown)
    drawn = (
        f"The figure shows a circle for each crossing of {rows} rows and {', '.join(columns)}; "
        "its area is the number, its fill the best design."
    )
    if len(shown) <= MANY:
        return told(title, drawn, shown)
    highest = sorted(shown, key=lambda item: -(item.estimate or 0))[:3]
    said = " ".join(f"{item.sentence}." for item in highest)
    empty = rows * len(columns) - len(shown)
    blank = f"In {empty} crossings nothing was found. " if empty else ""
    closing = f"{blank}The table beside it lists all {len(shown)}."
    return f"{title.rstrip('.')}. {drawn} Largest: {said} {closing}"


KIND = FigureKind(
    name="evidence-map",
    sentence="What was studied with what, from a table: circles by number and best design.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    roles=(
        Role("category", "what each row stands for"),
        Role("series", "what each column stands for"),
        Role("design", f"one of {', '.join(DESIGNS)}"),
        Role("value", "the number of studies", number=True),
    ),
    options=("unit", "short"),
    unfit=unfit,
    family="grid",
)
