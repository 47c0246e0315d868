"""Where rows of words and marks stand, on a desk and on a phone.

A row is 24 pixels high; the scale of the rows runs downwards from 0. On a desk the label stands at
the left, the plot between columns of words; on a phone words stand above the mark of their row.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from evidence.figures.look import LINE, SMALL_SIZE, Align, is_narrow
from evidence.figures.measures import AxisScale, filled, text_width, wrapped
from evidence.figures.rows import ROW, STEP, Layout, RowWords, WordColumn
from evidence.figures.theme import Values

TEXT = LINE / STEP  # rows that a line of words takes
GAP, EDGE = 14.0, 9.0
SIDE = 15.0  # of a phone: half the number at the end of an axis
WIDEST_LABEL, LEAST_LABEL, LEAST_PLOT = 240, 110, 152
FEW = 8
INSET = 2  # pixels that Vega keeps around words
PlotScale = Callable[[float, float], AxisScale]


def laid_out(
    lines: Sequence[RowWords],
    columns: Sequence[WordColumn],
    width: int,
    scale: PlotScale,
    title: str = "",
    below: Callable[[AxisScale], float] = lambda _: 0,
    air: float = 0,
    *,
    beside: bool = False,
) -> Layout:
    """Return where ``lines`` stand in a figure ``width`` pixels wide, or a part ``beside`` another.

    ``scale`` makes the axis between two pixels, ``title`` is what it measures, and ``below`` the
    room between its numbers and its title. Lines of words at the end stand below the axis.
    ``air`` is added to the height of each row, in rows.
    """
    last = max((place for place, line in enumerate(lines, 1) if not line.across), default=0)
    sheet = _Sheet(width, air)
    narrow = is_narrow(width) and not beside
    placed = (_above if narrow else _beside)(sheet, lines[:last], columns, scale)
    made = dataclasses.replace(placed, title=title, below=below(placed.plot))
    titled = len(filled(title, width, SMALL_SIZE)) * LINE
    sheet.y += (30 + made.below + titled) / STEP
    for line in lines[last:]:
        sheet.across(line, banded=False)
    return dataclasses.replace(made, rows=sheet.places())


class _Sheet:
    """Collects rows from the top to the bottom."""

    def __init__(self, width: int, air: float) -> None:
        self.width = width
        self.air = air
        self.y = 0.0
        self.rows: list[float] = []
        self.words: Values = []
        self.bands: Values = []
        self._group: str | None = None

    def write(self, row: float, style: str, **words: str) -> None:
        """Write words in their columns with their middle at ``row``."""
        said = {name.replace("_", "-"): text for name, text in words.items() if text}
        if said:
            mark = {"style": style} if style else {}
            self.words.append({ROW: round(row, 3), **mark, **said})

    def heading(self, group: str) -> None:
        """Begin a group, unless it has begun."""
        if group == self._group:
            return
        top = self.y
        first, self._group = self._group is None, group
        if not group:
            self.y += 0 if first else 0.4
            return
        self.y += 0.1 if first else 0.75
        for words in wrapped(group, self.width, bold=True):
            self.write(self.y + TEXT / 2, "heading", label=words)
            self.y += TEXT
        self.y += 0.15
        self.band(top)

    def across(self, line: RowWords, *, banded: bool = True) -> None:
        """Write a line that is words alone; ``banded`` keeps the grid out of it."""
        top = self.y
        self.y += 0.1
        for words in filled(line.label, self.width, SMALL_SIZE):
            self.write(self.y + TEXT / 2, "muted", label=words)
            self.y += TEXT
        self.rows.append((top + self.y) / 2)
        self.y += 0.15
        if banded:
            self.band(top)

    def band(self, top: float) -> None:
        """Keep the grid out of what stands from ``top`` to here."""
        self.bands.append({"from": round(top - 0.03, 3), "to": round(self.y, 3)})

    def layout(
        self, plot: AxisScale, ends: dict[str, tuple[float, Align]], *, narrow: bool
    ) -> Layout:
        """Return what was collected; words may be added to it."""
        return Layout(
            self.width, plot, ends, self.places(), self.words, self.bands, self.y, narrow=narrow
        )

    def places(self) -> tuple[float, ...]:
        """Return the row of each line so far."""
        return tuple(round(row, 3) for row in self.rows)


def _widest(texts: list[str], size: float = 14, *, bold: bool = False) -> float:
    return max((text_width(text, size, bold=bold) for text in texts), default=0)


def _room(column: WordColumn, lines: Sequence[RowWords], head: str) -> float:
    """Return how wide a column is, or 0 where it has no words."""
    cells = [line.cells.get(column.name, "") for line in lines]
    if not any(cells):
        return 0
    bold = column.bold or any(line.style == "strong" for line in lines)
    return max(_widest(cells, bold=bold), text_width(head, SMALL_SIZE))


def _beside(
    sheet: _Sheet, lines: Sequence[RowWords], columns: Sequence[WordColumn], scale: PlotScale
) -> Layout:
    width = sheet.width
    rooms = {column.name: _room(column, lines, column.head) for column in columns}
    ends: dict[str, tuple[float, Align]] = {"label": (0, "left")}
    x = float(width)
    for column in reversed([column for column in columns if not column.before]):
        if rooms[column.name]:
            left = x - rooms[column.name]
            ends[column.name] = (left if column.align == "left" else x, column.align)
            x = left - (9 if column.align == "left" else GAP)
    before = [column for column in columns if column.before and rooms[column.name]]
    taken = sum(rooms[column.name] + GAP for column in before)
    end = x - EDGE
    label = min(_widest([line.label for line in lines if not line.across]), WIDEST_LABEL)
    label = max(min(label, end - LEAST_PLOT - EDGE - GAP - taken), LEAST_LABEL)
    start = label
    for column in before:
        start += GAP + rooms[column.name]
        ends[column.name] = (start, "right")
    heads = {column.name: column.head for column in columns if column.name in ends}
    if any(heads.values()):
        sheet.write(0.4, "head", **heads)
        sheet.y = 0.85
        sheet.band(0)
    for line in lines:
        _row_beside(sheet, line, label, few=len(lines) <= FEW)
    return sheet.layout(scale(start + GAP + EDGE, end), ends, narrow=False)


def _row_beside(sheet: _Sheet, line: RowWords, room: float, *, few: bool) -> None:
    sheet.heading(line.group)
    if line.across:
        sheet.across(line)
        return
    parts = wrapped(line.label, room, bold=line.style == "strong")
    high = max(28 if few else STEP, LINE * len(parts) + 9) / STEP + sheet.air
    middle = sheet.y + high / 2
    for number, words in enumerate(parts):
        sheet.write(middle + TEXT * (number - (len(parts) - 1) / 2), line.style, label=words)
    sheet.write(middle, line.style, **line.cells)
    sheet.rows.append(middle)
    sheet.y += high


def _above(
    sheet: _Sheet, lines: Sequence[RowWords], columns: Sequence[WordColumn], scale: PlotScale
) -> Layout:
    width = sheet.width
    shown = [column for column in columns if not column.before]
    ends: dict[str, tuple[float, Align]] = {"label": (0, "left")}
    x = float(width)
    for column in reversed(shown):
        room = _room(column, lines, "")
        if room:
            ends[column.name] = (x, "right")
            x -= room + 9
    before = [column.name for column in columns if column.before]
    for line in lines:
        _row_above(sheet, line, x - 5, [name for name in before if line.cells.get(name)], ends)
    ends["below"] = (width, "right")
    return sheet.layout(scale(SIDE, width - SIDE), ends, narrow=True)


def _row_above(
    sheet: _Sheet,
    line: RowWords,
    room: float,
    before: list[str],
    ends: dict[str, tuple[float, Align]],
) -> None:
    sheet.heading(line.group)
    if line.across:
        sheet.across(line)
        return
    numbers = {name: words for name, words in line.cells.items() if name in ends and words}
    beside = room >= LEAST_LABEL or not numbers
    bold = line.style == "strong"
    for number, words in enumerate(wrapped(line.label, room if beside else sheet.width, bold=bold)):
        sheet.write(sheet.y + TEXT / 2, line.style, label=words)
        if beside and not number:
            sheet.write(sheet.y + TEXT / 2, line.style, **numbers)
        sheet.y += TEXT
    if not beside:
        sheet.write(sheet.y + TEXT / 2, line.style, **numbers)
        sheet.y += TEXT
    second = " and ".join(line.cells[name] for name in before)
    if second or line.below:
        sheet.write(sheet.y + TEXT / 2, "muted", label=second, below=line.below)
        sheet.y += TEXT
    sheet.rows.append(sheet.y + 0.42)
    sheet.y += 1.12 + sheet.air
