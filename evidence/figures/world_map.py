"""A table of counts by country as a map: darker where there are more, and what has no place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import Item, items_of, told
from evidence.figures.furniture import LINE, draw_lines, is_narrow
from evidence.figures.kind import FigureKind, Missing, Role, Table
from evidence.figures.look import SMALL_SIZE, Lettering, Look
from evidence.figures.measures import text_width
from evidence.figures.sheet import Sheet
from evidence.figures.tabular import Count, counts, parsed
from evidence.figures.world import WorldMap, area, circle, has_place, names, path_of
from evidence.figures.world_map_names import Naming, cut, draw_names
from evidence.model.figure import Figure
from evidence.model.former_countries import FORMER
from evidence.model.report import Report
from evidence.model.study import Finding
from evidence.numbers.quantity import number_text, with_unit
from evidence.numbers.results import Computed, FigureResult
from evidence.problems import did_you_mean

NOT_CODES = {"", "not-stated", "unclassified", "several", "several-countries"}
NO_COUNTRY = "No country stated"
ROLES = (
    Role(
        "code", "the country, as its three letters in ISO 3166-1; empty if there is no one country"
    ),
    Role("value", "how many", number=True),
    Role("name", "what the country is called", optional=True),
)
COLOURS = ("step-2", "step-3", "step-4", "step-5", "step-6")
NICE = (1, 2, 3, 5)
NAMED = 5
LONGEST_LISTED = 32
ABOUT = (
    "Borders are those of Natural Earth and take no side; disputed territories are drawn as there. "
    "Small countries are circles. Antarctica is left out."
)


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return nothing: a table has no findings."""
    del figure, findings
    return ()


def unfit(figure: Figure, rows: list[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield codes that no country has, and tables without a number to show."""
    code, value = figure.columns["code"], figure.columns["value"]
    for row in rows:
        number = parsed(row[value])
        if number is not None and number != number.to_integral_value():
            hint = "The classes of the map are whole numbers: show shares in a ranking instead."
            yield "table", f"'{row[value]}' is not a whole number of {value}", hint
    unknown = dict.fromkeys(row[code] for row in rows if not _stands_alone(row[code], figure))
    for cell in unknown:
        if cell not in names():
            hint = "Codes are the three capital letters of ISO 3166-1, such as FRA."
            message = f"'{cell}' is not the code of a country"
            yield "table", message, did_you_mean(cell.upper(), names(), hint)
        elif not has_place(cell):
            hint = "Leave it out with 'where:', and say so in the note."
            yield "table", f"'{cell}', {names()[cell]}, is not on the map", hint
    if not any((parsed(row[value]) or 0) > 0 and row[code] in names() for row in rows):
        hint = "A map needs one country with a number above zero."
        yield "table", "no country in this table has a number to show", hint


def _stands_alone(code: str, figure: Figure) -> bool:
    """Tell whether a cell stands for no one country of today."""
    return (
        code in NOT_CODES
        or (code in FORMER and code not in names())
        or (code in figure.labels and code not in names())
    )


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return one item a country, most first, then what has no one country."""
    del computed
    source = report.sources[figure.read_in.source].short if figure.read_in else ""
    locator = figure.read_in.locator if figure.read_in else ""
    countries = []
    for count in counts(figure, report):
        code = count.cells["code"]
        alone = _stands_alone(code, figure)
        label, words = _name(count, code), number_text(count.number)
        countries.append(
            Item(
                label=label,
                printed=words,
                sentence=f"{label}: {with_unit(count.number, unit_of(figure))}",
                source=source,
                locator=locator,
                estimate=count.number,
                estimate_text=words,
                part="" if alone else code,
            )
        )
    return tuple(
        sorted(countries, key=lambda item: (not item.part, -(item.estimate or 0), item.label))
    )


def unit_of(figure: Figure) -> str:
    """Return what is counted, in the plural."""
    return figure.unit or figure.columns["value"]


def _name(count: Count, code: str) -> str:
    written = count.words.get("name") or count.words["code"]
    known = names().get(code) or FORMER.get(code)
    if known is not None and written in {code, ""}:
        return known
    return written[:1].upper() + written[1:] if written else NO_COUNTRY


def axis(figure: Figure, findings: dict[str, Finding]) -> str:
    """Return what is counted."""
    del findings
    return f"Number of {unit_of(figure)}"


def table(items: tuple[Item, ...]) -> Table:
    """Return country, code and number."""
    rows = tuple((item.label, item.part or "none", item.estimate_text) for item in items)
    return ("Country", "Code", "Number"), rows


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return how many countries there are, the most frequent, and what has no country."""
    there = [item for item in items if item.part]
    total = sum((item.estimate or Decimal(0) for item in items), Decimal(0))
    drawn = "The figure shows a map of the world, darker where the number is higher."
    if len(items) <= 8:
        return told(title, drawn, items)
    rest = [item for item in items if not item.part]
    first = "; ".join(item.sentence for item in there[:5])
    without = f" Not on the map: {'; '.join(item.sentence for item in rest)}." if rest else ""
    return (
        f"{title.rstrip('.')}. {drawn} It has {len(there)} countries; all numbers together make "
        f"{number_text(total)}. Most: {first}.{without} "
        f"The table beside it lists all {len(items)}."
    )


@dataclass(frozen=True)
class Class:
    """Numbers from ``low`` to ``high`` that share a colour."""

    low: int
    high: int
    colour: str

    @property
    def words(self) -> str:
        """Return the limits as they are printed."""
        low, high = number_text(Decimal(self.low)), number_text(Decimal(self.high))
        return low if self.low == self.high else f"{low} to {high}"


def classes(most: int) -> list[Class]:
    """Return at most five classes from one to ``most``, each several times the one before."""
    ratio = most ** (1 / len(COLOURS))
    lows = sorted({_nice(ratio**step) for step in range(len(COLOURS))} | {1})
    lows = [low for low in lows if low <= most]
    ends = [low - 1 for low in lows[1:]] + [most]
    place = [round(at * (len(COLOURS) - 1) / max(len(lows) - 1, 1)) for at in range(len(lows))]
    used = place if len(lows) > 1 else [len(COLOURS) - 2]
    return [Class(low, high, COLOURS[at]) for low, high, at in zip(lows, ends, used, strict=True)]


def _nice(number: float) -> int:
    power = 10 ** math.floor(math.log10(number))
    return int(min((n * power for n in (*NICE, 10)), key=lambda n: abs(math.log(n / number))))


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: the map, the classes below it, and what has no country."""
    items = items_of(result)
    there = [item for item in items if item.part]
    narrow = is_narrow(width)
    sheet, world = Sheet(width), WorldMap(width, coarse=narrow)
    sheet.path(path_of(world.land()), Look("path", "figure-rule"))
    if not narrow:
        borders = world.borders([item.part for item in there])
        sheet.path(path_of(borders, closed=False), Look("path", "", 0.5, outline="paper"))
    scale = classes(int(max(item.estimate or 0 for item in there)))
    _draw_countries(sheet, world, there, scale, narrow=narrow)
    first = there[:NAMED]
    named = [Naming(item, world.place(item.part), short=narrow) for item in first]
    draw_names(sheet, world, named, there)
    y = draw_lines(sheet, [result.axis], 0, world.height + 14, width)
    y = _draw_legend(sheet, scale, y + 2, narrow=narrow)
    rest = [item for item in items if not item.part]
    lines = [f"Most: {_listed(first)}."] if narrow and len(first) > 1 else []
    lines += [f"Not on the map: {_listed(rest)}."] if rest else []
    for line in [*lines, ABOUT]:
        y = draw_lines(sheet, [line], 0, y + 4, width)
    return sheet.specification(y - LINE + 6)


def _listed(items: list[Item]) -> str:
    return ", ".join(f"{cut(item.label, LONGEST_LISTED)} {item.estimate_text}" for item in items)


def _draw_countries(
    sheet: Sheet, world: WorldMap, there: list[Item], scale: list[Class], *, narrow: bool
) -> None:
    """Draw shapes first and circles over them, the largest numbers last."""
    radius, least = (3.0, 7.0) if narrow else (4.0, 16.0)
    for circles in (False, True):
        for item in reversed(there):
            rings = world.rings(item.part)
            small = not rings or area(rings[0]) < least
            if small != circles:
                continue
            colour = _colour(item, scale)
            edge = "paper" if colour == "figure-rule" else "figure-muted"
            look = Look("path", colour, 0.75 if small else 0.5, outline=edge)
            path = circle(*world.place(item.part), radius) if small else path_of(rings)
            sheet.path(path, look, label=item.label, sentence=item.sentence)


def _colour(item: Item, scale: list[Class]) -> str:
    number = int(item.estimate or 0)
    return next(
        (shade.colour for shade in scale if shade.low <= number <= shade.high), "figure-rule"
    )


def _draw_legend(sheet: Sheet, scale: list[Class], y: float, *, narrow: bool) -> float:
    """Draw a swatch and its limits for each class, in rows; return the next base line."""
    entries = [("none in this table", "figure-rule"), *((e.words, e.colour) for e in scale)]
    swatch, gap = (22, 14) if narrow else (28, 20)
    x = 0.0
    for words, colour in entries:
        needed = swatch + 6 + text_width(words, SMALL_SIZE)
        if x and x + needed > sheet.width:
            x, y = 0.0, y + LINE + 4
        outline = "figure-rule" if colour == "figure-rule" else "figure-muted"
        box = f"M{x:.1f},{y - 11:.1f}h{swatch}v13h-{swatch}Z"
        sheet.path(box, Look("path", colour, 0.5, outline=outline))
        sheet.write(x + swatch + 6, y, words, Lettering(size=SMALL_SIZE))
        x += needed + gap
    return y + LINE + 2


KIND = FigureKind(
    name="world-map",
    sentence="For counts by country: where in the world, and what has no one country.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    roles=ROLES,
    options=("unit",),
    unfit=unfit,
)
