"""Where the bars, bands and names of a flow stand, in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import Item
from evidence.figures.flow_layout import Band, Bar, Division, Placed, Way, bands_of, placed, stacked
from evidence.figures.look import SMALL_SIZE, is_narrow
from evidence.figures.measures import fitting, text_width, wrapped
from evidence.figures.theme import Values
from evidence.numbers.quantity import number_text

MOST_BANDS = 20
THICK, SIDE, REST = 12.0, 150.0, 26.0  # pixels: a bar, the names beside them, the end of a rest
HIGH, NARROW_HIGH, APART = 300.0, 210.0, 26.0
TALL = 16.0  # pixels of a line of a name
UNSTATED = ("not stated", "not classified", "not given", "not known")
NO_ONE_THING = ("other", "several", "unknown", "unclear")


def is_unstated(name: str) -> bool:
    """Tell whether a name stands for what nobody says."""
    return any(words in name.lower() for words in UNSTATED)


def is_rest(name: str) -> bool:
    """Tell whether a name stands for what is not known or not one thing."""
    return is_unstated(name) or name.lower().startswith(NO_ONE_THING)


def ways_of(items: Sequence[Item]) -> list[Way]:
    """Return the ways through the columns with their numbers."""
    return [(item.way, item.estimate or Decimal(0)) for item in items]


@dataclass
class FlowLayout:
    """What stands where, as rows in pixels: bars, bands, the ends of what is put together, names."""

    width: int
    items: list[Item]
    bars: Values = field(default_factory=list)
    bands: Values = field(default_factory=list)
    rest: Values = field(default_factory=list)
    names: Values = field(default_factory=list)
    slices: Values = field(default_factory=list)
    height: float = 1.0


def _meet(box: dict[str, Any], other: dict[str, Any]) -> bool:
    sides = (("x", "x2"), ("top", "bottom"))
    return all(box[low] < other[high] and other[low] < box[high] for low, high in sides)


def laid_out(items: list[Item], short: dict[str, str], width: int) -> FlowLayout:
    """Return all columns beside each other, or on a phone each two below the two before."""
    ways, orders = ways_of(items), _as_placed(items)
    layout, bands = FlowLayout(width, items), bands_of(ways, MOST_BANDS)
    if not is_narrow(width):
        _add(layout, ways, orders, bands, first=0, short={})
    for first in range(len(orders) - 1) if is_narrow(width) else ():
        pairs = [(names[first : first + 2], number) for names, number in ways]
        layout.height += APART if first else 0
        _add(layout, pairs, orders[first : first + 2], bands, first=first, short=short)
    for end in layout.rest:
        free = not any(name["over"] and _meet(end, name) for name in layout.names)
        end["numbered"] = free and end["bottom"] - end["top"] >= TALL - 3
    return layout


def _as_placed(items: list[Item]) -> list[list[str]]:
    """Return the names of each column from top to bottom: each item knows the places of its own."""
    places: list[dict[str, int]] = [{} for _ in items[0].way]
    for item in items:
        for column, name, place in zip(places, item.way, item.places, strict=True):
            column[name] = place
    return [sorted(column, key=lambda name: column[name]) for column in places]


def _add(
    layout: FlowLayout,
    ways: list[Way],
    orders: list[list[str]],
    bands: list[Band],
    *,
    first: int,
    short: dict[str, str],
) -> None:
    """Add columns from the ``first`` on below what is there."""
    inside = is_narrow(layout.width)
    room = layout.width / 2 - THICK - 14 if inside else SIDE - 8
    totals: dict[tuple[int, str], Decimal] = {}
    for names, number in ways:
        for at, name in enumerate(names):
            totals[at, name] = totals.get((at, name), Decimal(0)) + number
    written = {key: _lines(short.get(key[1], key[1]), totals[key], room) for key in totals}
    needed: dict[str, float] = {}
    for (_, name), lines in written.items():
        needed[name] = max(needed.get(name, 0.0), TALL * len(lines))
    columns, reached = stacked(ways, orders, NARROW_HIGH if inside else HIGH, needed)
    for column in columns:
        for bar in column.bars:
            bar.top += layout.height
    edges = (0.0, layout.width - THICK) if inside else (SIDE, layout.width - SIDE - THICK)
    apart = (edges[1] - edges[0]) / (len(columns) - 1)
    at_x = [edges[0] + at * apart for at in range(len(columns))]
    _add_bands(layout, placed(bands, columns, first), columns, at_x, first)
    for at, column in enumerate(columns):
        left = at == len(columns) - 1 if inside else at == 0
        over = inside or 0 < at < len(columns) - 1
        for bar in column.bars:
            _add_bar(layout, bar, at_x[at], leading=first + at == 0)
            _add_name(layout, written[at, bar.name], bar, at_x[at], left=left, over=over)
    layout.height += reached


def _add_bands(
    layout: FlowLayout,
    there: Sequence[Placed],
    columns: list[Division],
    at_x: list[float],
    first: int,
) -> None:
    for each in there:
        band, step = each.band, each.band.step - first
        value = {"from": band.source, "to": band.target, "value": float(band.value)}
        if band.rest:
            x = at_x[step] + THICK if band.source else at_x[step + 1] - REST
            top = each.top if band.source else each.top_after
            ends = {"x": x, "x2": x + REST, "top": top, "bottom": top + each.high}
            said = f"{band.source or 'Others'} to {band.target or 'others'}"
            layout.rest.append({**value, **_rounded(ends), "sentence": _said(said, band)})
            continue
        ends = {"x": at_x[step] + THICK, "x2": at_x[step + 1], "high": max(each.high, 0.5)}
        ends |= {"top": each.top, "top2": each.top_after}
        said = f"{band.source} to {band.target}"
        one = layout.items[band.ways[0]].sentence if len(band.ways) == 1 else _said(said, band)
        layout.bands.append({**value, "group": band.group, **_rounded(ends), "sentence": one})
    if not first:
        _add_slices(layout, columns[0])


def _said(ends: str, band: Band) -> str:
    return f"{ends}: {number_text(band.value)}"


def _add_slices(layout: FlowLayout, column: Division) -> None:
    """Place each item in the bar that it comes from, one below the other."""
    used: dict[str, float] = {}
    for item in layout.items:
        bar = column.bar(item.way[0])
        top = bar.top + used.get(bar.name, 0.0)
        high = bar.height * float((item.estimate or Decimal(0)) / bar.total)
        used[bar.name] = used.get(bar.name, 0.0) + high
        layout.slices.append(_rounded({"top": top, "bottom": top + high}))


def _add_bar(layout: FlowLayout, bar: Bar, x: float, *, leading: bool) -> None:
    ends = {"x": x, "x2": x + THICK, "top": bar.top, "bottom": bar.top + bar.height}
    told = {"name": bar.name, "total": float(bar.total), "unstated": is_unstated(bar.name)}
    layout.bars.append({**told, "first": leading, **_rounded(ends)})


def _add_name(
    layout: FlowLayout, lines: list[str], bar: Bar, x: float, *, left: bool, over: bool
) -> None:
    """Add the name of a bar, left or right of it, on a plate where it stands ``over`` bands."""
    end = x - 6 if left else x + THICK + 6
    y = bar.top + bar.height / 2 - TALL * len(lines) / 2
    wide = max(text_width(words, SMALL_SIZE, bold=True) for words in lines) + 6
    for words in lines:
        plate = (
            {"x": end + 3 - wide, "x2": end + 3} if left else {"x": end - 3, "x2": end - 3 + wide}
        )
        ends = {**plate, "at": end, "top": y, "bottom": y + TALL}
        side = "right" if left else "left"
        layout.names.append({"words": words, "align": side, "over": over, **_rounded(ends)})
        y += TALL


def _lines(name: str, total: Decimal, width: float) -> list[str]:
    lines = wrapped(f"{name} {number_text(total)}", width, SMALL_SIZE, bold=True)
    cut = [fitting(line, width, SMALL_SIZE, bold=True) for line in lines]
    return cut if len(cut) <= 3 else [*cut[:2], f"… {number_text(total)}"]


def _rounded(ends: dict[str, float]) -> dict[str, float]:
    return {name: round(end, 2) for name, end in ends.items()}
