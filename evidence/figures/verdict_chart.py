"""How a matrix of studies and domains is drawn: a sign a cell, and below how each column divides."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence.figures.figure_item import Item, items_of
from evidence.figures.look import LIGHT, LINE, SMALL_SIZE, is_narrow
from evidence.figures.matrix import LONGEST_SLANTED, SLANT, slanted_width
from evidence.figures.measures import columns_within, filled, fitting, text_width
from evidence.figures.theme import (
    ITEMS,
    MUTED,
    PAPER,
    RULE,
    Chart,
    Values,
    alt,
    heard,
    named,
    specification,
    unchecked,
    values_of,
)
from evidence.figures.verdicts import NUMBER, VERDICTS, Judgement, Sign, domains_of, studies_of
from evidence.numbers.results import FigureResult

RADIUS = 10.0
ROW, NARROW_ROW = 28.0, 49.0
WIDEST_LABEL = 190.0
WIDEST_CELL, CELL_PAD = 120.0, 8.0
MOST_LINES = 4
BAR_HIGH, BAR_WIDE, LEAST_SIGNED = 56.0, 20.0, 13.0
FILLED = "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0"
HOLLOW = "M.86,0A.86,.86,0,1,1,-.86,0A.86,.86,0,1,1,.86,0"  # as wide with its line
# In parts of the radius. A line runs there and back, so that it holds nothing to be filled
SIGNS: dict[Sign, str] = {
    "tick": "M-.45,.05L-.15,.4L.45,-.35L-.15,.4L-.45,.05",
    "cross": "M-.35,-.35L.35,.35L-.35,-.35M.35,-.35L-.35,.35L.35,-.35",
    "tilde": "M-.5,.12C-.35,-.28,-.15,-.18,0,0C.15,.18,.35,.28,.5,-.12C.35,.28,.15,.18,0,0C-.15,-.18,-.35,-.28,-.5,.12",
    "minus": "M-.45,0L.45,0L-.45,0",
    "dash": "M-.45,0L.45,0L-.45,0",
    "mark": "M0,-.5L0,.15L0,-.5M0,.42L0,.5L0,.42",
    "marks": "M-.25,-.5L-.25,.15L-.25,-.5M-.25,.42L-.25,.5L-.25,.42M.25,-.5L.25,.15L.25,-.5M.25,.42L.25,.5L.25,.42",
    "question": "M-.3,-.22C-.3,-.65,.3,-.65,.3,-.22C.3,.02,0,-.02,0,.22C0,-.02,.3,.02,.3,-.22C.3,-.65,-.3,-.65,-.3,-.22M0,.47L0,.6L0,.47",
}


@dataclass(frozen=True)
class VerdictGrid:
    """Where a matrix stands, in pixels: its columns from ``left``, and the middle of each row.

    ``words`` are the printed words, ``lines`` the heights of the lines between rows; ``foot`` is
    where the bars of the sums stand, or 0 without them.
    """

    domains: list[str]
    studies: list[str]
    left: float
    cell: float
    rows: dict[str, float]
    words: Values
    lines: Values
    foot: float
    height: float

    @property
    def end(self) -> float:
        """Return where the last column ends."""
        return self.left + self.cell * len(self.domains)

    def column(self) -> Any:
        """Return the channel of the columns, a band each."""
        scale = alt.Scale(domain=self.domains, range=[self.left, self.end], padding=0)
        return alt.X("group", type="nominal", scale=scale, axis=None, title=None)

    def down(self, field: str = "y") -> Any:
        """Return the channel of what stands at a height."""
        scale = alt.Scale(domain=[0, self.height], reverse=True, nice=False, zero=False)
        return alt.Y(field, type="quantitative", scale=scale, axis=None, title=None)


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: heads, a row a study, how each column divides, the signs in words."""
    items = items_of(result)
    grid = _laid_out(items, dict(result.options.get("short", {})), width)
    shown = {item.part for item in items}
    verdicts = [verdict for name, verdict in VERDICTS.items() if name in shown]
    words = [verdict.word for verdict in verdicts]
    legend = alt.Legend(
        orient="bottom",
        direction="horizontal",
        columns=columns_within(words, width, SMALL_SIZE, 36),
        symbolSize=4 * RADIUS**2,
        symbolStrokeWidth=2,
        columnPadding=14,
        offset=10,
    )
    values = [
        {**value, "y": grid.rows[item.label]}
        for value, item in zip(values_of(result), items, strict=True)
    ]
    with unchecked():
        drawn = alt.layer(
            *_lines(grid),
            *_cells(grid, verdicts, legend, numbered=NUMBER in shown),
            *(_sums(grid, verdicts, len(grid.studies)) if grid.foot else ()),
            *_words(grid),
            width=width,
            height=round(grid.height),
        ).resolve_scale(shape="independent", stroke="independent", fill="independent")
        datasets = {ITEMS: values, "words": grid.words, "lines": grid.lines}
        return specification(drawn, result, datasets)


def _laid_out(items: list[Item], short: dict[str, str], width: int) -> VerdictGrid:
    """Return where everything stands; on a phone the name of a study stands above its signs."""
    narrow = is_narrow(width)
    studies, domains = studies_of(items), domains_of(items)
    label = min(max(text_width(study) for study in studies), WIDEST_LABEL) + 14
    left = 0.0 if narrow else label
    cell = min((width - left) / len(domains), WIDEST_CELL)
    heads = _heads(domains, short, cell)
    longest = max(text_width(domain, SMALL_SIZE) for domain in domains)
    if heads[0] == "1" and longest <= LONGEST_SLANTED:
        cell = min(cell, slanted_width(domains, width - left))
        heads, foot_of_heads = domains, math.sin(SLANT) * longest + 6
        words = [_slanted(domain, foot_of_heads) for domain in domains]
    else:
        words = list(_head_words(domains, heads, cell))
    y = max((word["y"] for word in words), default=0) + 12
    rows, lines = {}, [{"y": y, "strong": True}]
    for study in studies:
        room = width if narrow else left - 12
        parts = [fitting(line, room) for line in filled(study, room)[:3]]
        high = NARROW_ROW + LINE * (len(parts) - 1) if narrow else max(ROW, LINE * len(parts) + 8)
        rows[study] = y + (high - 15 if narrow else high / 2)
        first = y + 13 if narrow else rows[study] - LINE * (len(parts) - 1) / 2
        words += [{"words": part, "y": first + LINE * at} for at, part in enumerate(parts)]
        y += high
        lines.append({"y": y, "strong": study == studies[-1]})
    foot = 0.0
    if len(studies) > 1:
        middle = y + (14 if narrow else 10 + BAR_HIGH / 2)
        words.append({"words": f"All {len(studies)}", "y": middle, "style": "muted"})
        foot = y = y + 10 + BAR_HIGH + (LINE if narrow else 0)
    if heads[0] == "1":
        for at, domain in enumerate(domains, 1):
            for line in filled(f"{at} {domain}", width, SMALL_SIZE):
                y += LINE
                words.append({"words": fitting(line, width), "y": y, "style": "muted"})
        y += LINE / 2
    return VerdictGrid(domains, studies, left, cell, rows, words, lines, foot, y + 4)


def _heads(domains: list[str], short: dict[str, str], cell: float) -> list[str]:
    """Return the heads of the columns: whole, short, or numbers where words are too wide."""
    for heads in (domains, [short.get(domain, domain) for domain in domains]):
        lines = [filled(head, cell - CELL_PAD, SMALL_SIZE) for head in heads]
        widest = max(text_width(line, SMALL_SIZE) for head in lines for line in head)
        if widest <= cell - CELL_PAD and max(map(len, lines)) <= MOST_LINES:
            return heads
    return [str(at) for at in range(1, len(domains) + 1)]


def _head_words(domains: list[str], heads: list[str], cell: float) -> Iterator[dict[str, Any]]:
    written = [filled(head, cell - CELL_PAD, SMALL_SIZE) for head in heads]
    tallest = max(map(len, written))
    for domain, lines in zip(domains, written, strict=True):
        for at, line in enumerate(lines):
            y = 8.0 + (tallest - len(lines) + at) * 16
            yield {"words": line, "group": domain, "y": y, "style": "head"}


def _slanted(domain: str, y: float) -> dict[str, Any]:
    return {"words": domain, "group": domain, "y": round(y, 1), "style": "slanted"}


def _lines(grid: VerdictGrid) -> Iterator[Chart]:
    yield (
        named("lines")
        .mark_rule(aria=False)
        .encode(
            x=alt.value(0),
            x2=alt.value(round(grid.end, 1)),
            y=grid.down(),
            color=alt.condition("datum.strong", alt.value(MUTED), alt.value(RULE)),
        )
    )


def _cells(
    grid: VerdictGrid, verdicts: list[Judgement], legend: Any, *, numbered: bool
) -> Iterator[Chart]:
    """Yield the signs, each a circle with a mark in it, and numbers of people."""
    place = {"x": grid.column(), "y": grid.down(), **heard()}
    signs = {each.word: (HOLLOW if each.hollow else FILLED) + SIGNS[each.sign] for each in verdicts}
    yield (
        named()
        .transform_filter(f"datum.part !== '{NUMBER}'")
        .mark_point(size=4 * RADIUS**2, strokeWidth=2)
        .encode(**place, **_looks(verdicts, signs, legend))
    )
    if numbered:
        printed = named().transform_filter(f"datum.part === '{NUMBER}'")
        yield printed.mark_text(fontWeight="bold").encode(
            **place, text=alt.Text("printed", type="nominal")
        )


def _looks(verdicts: list[Judgement], signs: dict[str, str], legend: Any) -> dict[str, Any]:
    """Return the scales of a judgement: its ground, its line, and its sign."""
    ranges = {
        "fill": [PAPER if each.hollow else LIGHT[each.colour] for each in verdicts],
        "stroke": [LIGHT[each.colour] if each.hollow else PAPER for each in verdicts],
        "shape": [signs[each.word] for each in verdicts],
    }
    words = [each.word for each in verdicts]
    return {
        channel: getattr(alt, channel.capitalize())(
            "printed", type="nominal", scale=alt.Scale(domain=words, range=looks), legend=legend
        )
        for channel, looks in ranges.items()
    }


def _sums(grid: VerdictGrid, verdicts: list[Judgement], studies: int) -> Iterator[Chart]:
    """Yield how the judgements of each column divide, the first word at the bottom, with signs."""
    one, words = BAR_HIGH / studies, [verdict.word for verdict in verdicts]
    looks = _looks(verdicts, {each.word: SIGNS[each.sign] for each in verdicts}, None)
    counted = (
        named()
        .transform_filter(f"datum.part !== '{NUMBER}'")
        .transform_aggregate(studies="count()", groupby=["group", "printed"])
        .transform_calculate(order=f"indexof({words}, datum.printed)")
        .transform_stack(
            stack="studies", as_=["first", "last"], groupby=["group"], sort=[alt.SortField("order")]
        )
        .transform_calculate(
            bottom=f"{grid.foot:g} - {one:g} * datum.first - 0.5",
            top=f"{grid.foot:g} - {one:g} * datum.last + 0.5",
            middle="(datum.top + datum.bottom) / 2",
        )
    )
    bar = {"aria": False, "width": BAR_WIDE, "strokeWidth": 1}
    edge = alt.Stroke(
        "printed",
        type="nominal",
        scale=alt.Scale(domain=words, range=[LIGHT[verdict.colour] for verdict in verdicts]),
        legend=None,
    )
    yield counted.mark_bar(**bar).encode(
        x=grid.column(), y=grid.down("top"), y2=alt.Y2("bottom"), fill=looks["fill"], stroke=edge
    )
    yield (
        counted.transform_filter(f"datum.bottom - datum.top >= {LEAST_SIGNED - 1}")
        .mark_point(size=4 * RADIUS**2, strokeWidth=2, filled=False, aria=False)
        .encode(
            x=grid.column(),
            y=grid.down("middle"),
            stroke=looks["stroke"],
            shape=looks["shape"],
        )
    )


def _words(grid: VerdictGrid) -> Iterator[Chart]:
    """Yield heads over their columns, and the names of studies at the left."""
    words = named("words")
    text = {"y": grid.down(), "text": alt.Text("words", type="nominal")}
    yield (
        words.transform_filter("datum.style === 'head'")
        .mark_text(color=MUTED, fontSize=SMALL_SIZE, aria=False)
        .encode(x=grid.column(), **text)
    )
    if any(word.get("style") == "slanted" for word in grid.words):
        yield (
            words.transform_filter("datum.style === 'slanted'")
            .mark_text(color=MUTED, fontSize=SMALL_SIZE, angle=300, align="left", aria=False)
            .encode(x=grid.column(), **text)
        )
    small = "datum.style === 'muted'"
    yield (
        words.transform_filter("indexof(['head', 'slanted'], datum.style) < 0")
        .mark_text(align="left", aria=False, fontSize={"expr": f"{small} ? {SMALL_SIZE} : 14"})
        .encode(
            x=alt.value(0),
            color=alt.condition(small, alt.value(MUTED), alt.value(LIGHT["figure-ink"])),
            **text,
        )
    )
