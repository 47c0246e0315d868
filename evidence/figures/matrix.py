"""Rows and columns that cross: where their cells lie, and the names above the columns."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from evidence.figures.figure_item import Item, groups_of
from evidence.figures.look import LINE, NARROW, SMALL_SIZE, WIDE, is_narrow
from evidence.figures.measures import AxisScale, filled, text_width
from evidence.figures.row_layout import GAP, INSET, laid_out
from evidence.figures.rows import STEP, Layout, RowWords
from evidence.figures.theme import Values, alt

WIDEST_LABEL, WIDEST_CELL = 190, 96
SMALLEST = 12
APART = 4  # pixels between the names of two columns, at least
SLANT = math.radians(60)
LONGEST_SLANTED = 130  # pixels


@dataclass(frozen=True)
class Heads:
    """The names above the columns as lines of words, their size, and whether they are slanted."""

    lines: tuple[tuple[str, ...], ...]
    size: int = SMALL_SIZE
    slanted: bool = False

    @property
    def height(self) -> float:
        """Return the pixels that they take above the cells."""
        if not self.slanted:
            return LINE * max(map(len, self.lines))
        return math.sin(SLANT) * _widest(self.lines, self.size) + LINE / 2

    @property
    def from_below(self) -> list[list[str]]:
        """Return the lines with empty ones before them, so that all end at the same height."""
        most = max(map(len, self.lines))
        return [[""] * (most - len(lines)) + list(lines) for lines in self.lines]


@dataclass(frozen=True)
class Matrix:
    """Cells ``wide`` by ``high`` pixels, from the pixel ``left`` on; ``title`` says what they show."""

    layout: Layout
    heads: Heads
    left: float
    wide: float
    high: float
    title: str
    above: float = 0  # pixels between the title and the heads

    @property
    def titled(self) -> float:
        """Return the pixels above the cells up to the top of the title."""
        lines = filled(self.title, self.layout.width, SMALL_SIZE)
        return self.heads.height + self.above + 12 + LINE * len(lines)

    def place(self, value: dict[str, Any], column: int, row: int) -> dict[str, Any]:
        """Return a value with its column and row."""
        down = (self.high / 2 - 10) / STEP if self.layout.narrow else 0
        return {**value, "column": column, "row": round(self.layout.rows[row] + down, 3)}

    def across(self, field: str) -> Any:
        """Return the channel of the columns, with their names above them."""
        count = len(self.heads.lines)
        set_as: dict[str, Any] = {
            "labelBaseline": "alphabetic",
            "labelPadding": 8 + (LINE - 2) * (max(map(len, self.heads.lines)) - 1),
        }
        if self.heads.slanted:
            set_as = {"labelAngle": -60, "labelAlign": "left", "labelBaseline": "middle"}
        axis = alt.Axis(
            orient="top",
            values=list(range(count)),
            labelExpr=f"{json.dumps(self.heads.from_below, ensure_ascii=False)}[datum.value]",
            labelFontSize=self.heads.size,
            labelLineHeight=LINE - 2,
            labelFlush=False,
            labelOverlap=False,
            grid=False,
            title="\n".join(filled(self.title, self.layout.width, SMALL_SIZE)),
            titleAlign="left",
            titleBaseline="top",
            titleLineHeight=LINE,
            titleX=0,
            titleY=-round(self.titled),
            **set_as,
        )
        scale = alt.Scale(
            domain=[-0.5, count - 0.5],
            range=[round(self.left, 1), round(self.left + count * self.wide, 1)],
            nice=False,
            zero=False,
        )
        return alt.X(field, type="quantitative", scale=scale, axis=axis)


def matrix_of(
    items: Sequence[Item],
    width: int,
    high: float,
    title: str,
    short: dict[str, str],
    more: tuple[str, ...] = (),
    sums: tuple[str, ...] = (),
    above: float = 0,
) -> Matrix:
    """Return where the cells lie; ``more`` columns and rows of ``sums`` have names alone.

    On a phone the name of a row stands above its cells, which so have the whole width.
    """
    lines = [RowWords(group) for group in (*groups_of(list(items)), *sums)]
    narrow = is_narrow(width)
    label = min(max(text_width(line.label) for line in lines), WIDEST_LABEL)
    left = 0.0 if narrow else label + GAP
    heads, wide = heads_of(
        (*columns_of(items), *more), width - INSET - left, short if narrow else {}
    )
    air = (high - 14) / STEP if narrow else (high + 2 - (28 if len(lines) <= 8 else 24)) / STEP
    layout = laid_out(
        lines, (), width - INSET, lambda start, end: AxisScale(0, 1, start, end), air=air
    )
    return Matrix(layout, heads, left, wide, high, title, above)


def columns_of(items: Sequence[Item]) -> tuple[str, ...]:
    """Return the names of the columns in their order."""
    by_rank = sorted(items, key=lambda item: item.rank)
    return tuple(dict.fromkeys(item.label for item in by_rank))


def heads_of(names: tuple[str, ...], room: float, short: dict[str, str]) -> tuple[Heads, float]:
    """Return how the names of columns stand in ``room`` pixels, and how wide a column is.

    They are wrapped; else their short words are, if each has letters; else they, or their short
    words, are slanted; and what is too long for that is replaced with letters, which ``listed``
    explains.
    """
    wide = min(room / len(names), WIDEST_CELL)
    shorter = tuple(short.get(name, name) for name in names)
    readable = all(any(letter.isalpha() for letter in name) for name in shorter)
    for words in (names, shorter) if readable else (names,):
        for size in (SMALL_SIZE, SMALLEST):
            lines = tuple(tuple(filled(name, wide - APART, size)) for name in words)
            if _widest(lines, size) <= wide - APART:
                return Heads(lines, size), wide
    for words in (names, shorter) if readable else (names,):
        whole = tuple((name,) for name in words)
        if _widest(whole, SMALL_SIZE) <= LONGEST_SLANTED:
            return Heads(whole, slanted=True), min(slanted_width(words, room), wide)
    return Heads(tuple((letter,) for letter in ascii_uppercase[: len(names)])), wide


def slanted_width(names: Sequence[str], room: float) -> float:
    """Return how wide columns can be so that the last of slanted ``names`` ends within ``room``."""
    beyond = math.cos(SLANT) * text_width(names[-1], SMALL_SIZE) + 8
    return (room - beyond) / (len(names) - 0.5)


def listed(
    items: Sequence[Item], more: tuple[str, ...] = (), short: dict[str, str] | None = None
) -> list[str]:
    """Return the sentence that explains letters above columns, if a drawing has them."""
    names = (*columns_of(items), *more)
    rows = [text_width(group) for group in groups_of(list(items))]
    rooms = {WIDE: WIDE - INSET - GAP - min(max(rows), WIDEST_LABEL), NARROW: NARROW - INSET}
    letters = tuple((letter,) for letter in ascii_uppercase[: len(names)])
    if all(heads_of(names, room, short or {})[0].lines != letters for room in rooms.values()):
        return []
    pairs = zip(ascii_uppercase, names, strict=False)
    return [", ".join(f"{letter}: {name}" for letter, name in pairs) + "."]


def _widest(lines: Sequence[Sequence[str]], size: int) -> float:
    return max(text_width(line, size) for words in lines for line in words)


def rowed(matrix: Matrix, items: Sequence[Item], values: Values) -> Values:
    """Return the items with the column and the row of each."""
    rows = {group: number for number, group in enumerate(groups_of(list(items)))}
    return [
        matrix.place(value, item.rank, rows[item.group])
        for value, item in zip(values, items, strict=True)
    ]
