"""Rows and columns that cross: where the cells of a grid lie, and the words around them."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

from evidence.figures.figure_item import Item
from evidence.figures.furniture import LINE, ink, is_narrow
from evidence.figures.look import SMALL_SIZE, Lettering
from evidence.figures.measures import filled, text_width
from evidence.figures.sheet import Sheet

WIDEST_LABEL = 190
SMALLEST = 12
APART = 4  # pixels between the names of two columns, at least


@dataclass(frozen=True)
class Matrix:
    """Names of rows and columns, the left edge of the first cell and the width of each."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    left: float
    cell: float
    high: float

    def middle(self, column: int) -> float:
        """Return the pixel in the middle of a column."""
        return self.left + (column + 0.5) * self.cell


def matrix_of(items: list[Item], width: int, high: float, more: int = 0) -> Matrix:
    """Return where the cells lie on a sheet; ``more`` columns are left free at the right.

    On a phone the name of a row stands above its cells, which so have the whole width.
    """
    rows = tuple(dict.fromkeys(item.group for item in items))
    columns = columns_of(items)
    left = 0.0
    if not is_narrow(width):
        left = min(max(text_width(row) for row in rows), WIDEST_LABEL) + 14
    cell = (width - left) / (len(columns) + more)
    return Matrix(rows, columns, left, min(cell, 96), high)


def columns_of(items: list[Item] | tuple[Item, ...]) -> tuple[str, ...]:
    """Return the names of the columns in their order."""
    by_rank = sorted(items, key=lambda item: item.rank)
    return tuple(dict.fromkeys(item.label for item in by_rank))


def draw_head(sheet: Sheet, matrix: Matrix, names: list[str], y: float) -> tuple[float, list[str]]:
    """Write the names above their columns; return where they end, and lines to print below.

    Names too wide for their columns are set smaller, or else replaced with letters, which the lines
    explain.
    """
    room, notes = matrix.cell - APART, []
    sizes = [size for size in (SMALL_SIZE, SMALLEST) if _widest(names, room, size) <= room]
    size = sizes[0] if sizes else SMALL_SIZE
    blocks = [filled(name, room, size) for name in names]
    if not sizes:
        pairs = zip(ascii_uppercase, names, strict=False)
        notes = [", ".join(f"{letter}: {name}" for letter, name in pairs) + "."]
        blocks = [[letter] for letter in ascii_uppercase[: len(names)]]
    height = max(map(len, blocks))
    for column, block in enumerate(blocks):
        for number, line in enumerate(block):
            base = y + (height - len(block) + number) * (LINE - 2)
            lettering = Lettering("center", colour="figure-muted", size=size)
            sheet.write(matrix.middle(column), base, line, lettering)
    return y + (height - 1) * (LINE - 2) + 8, notes


def _widest(names: list[str], room: float, size: int) -> float:
    return max(text_width(line, size) for name in names for line in filled(name, room, size))


def draw_row_name(sheet: Sheet, matrix: Matrix, name: str, y: float) -> tuple[float, float]:
    """Write the name of a row that begins at ``y``; return the top of its cells and its end."""
    if is_narrow(sheet.width):
        lines = filled(name, sheet.width)
        for number, line in enumerate(lines):
            sheet.write(0, y + 15 + number * LINE, line, ink())
        top = y + LINE * len(lines) + 4
        return top, top + matrix.high
    lines = filled(name, matrix.left - 12)
    high = max(matrix.high, LINE * len(lines) + 4)
    first = y + high / 2 + 5 - LINE * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        sheet.write(0, first + number * LINE, line, ink())
    return y + (high - matrix.high) / 2, y + high
