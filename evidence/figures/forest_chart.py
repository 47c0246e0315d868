"""How studies and what they show together are drawn: squares by weight, diamonds, arrows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidence.figures.effect_axis import has_sides, scale_of
from evidence.figures.figure_item import DAGGER, Item, groups_of, items_of
from evidence.figures.forest_conventions import overall
from evidence.figures.furniture import LINE
from evidence.figures.look import LIGHT, SMALL_SIZE
from evidence.figures.measures import AxisScale, filled, kept_together, text_width
from evidence.figures.pooled_items import (
    BETWEEN,
    CAUTION,
    PEOPLE,
    POOLED,
    PREDICTION,
    REPORTED,
    SPREAD,
    STUDY,
)
from evidence.figures.rows import ROW, STEP, Column, Layout, Line, bands, laid_out, layers
from evidence.figures.theme import (
    MUTED,
    PAPER,
    Chart,
    Values,
    alt,
    heard,
    kept,
    named,
    specification,
    unchecked,
    values_of,
)
from evidence.numbers.quantity import number_text
from evidence.numbers.results import FigureResult

DIAMONDS = (POOLED, REPORTED)
IN_WORDS = (SPREAD, BETWEEN, PEOPLE, CAUTION)
LARGEST_AREA, EVEN_AREA = 230, 70
HALF = 0.3  # of a row: half the height of a diamond
COLOUR = LIGHT["series-1"]


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: numbers in columns, or on a phone above their marks."""
    items = items_of(result)
    columns = _columns(result, items)
    lines = [_line(item) for item in items]
    layout = laid_out(
        lines,
        columns,
        width,
        lambda start, end: scale_of(result, items, start, end),
        result.axis,
        lambda plot: LINE * _deepest(_side_words(result, plot, width)),
    )
    sides = [
        {**side, ROW: round(layout.height + (32 + LINE * side[ROW]) / STEP, 3)}
        for side in _side_words(result, layout.plot, width)
    ]
    values = [
        {**value, ROW: row} for value, row in zip(values_of(result), layout.rows, strict=True)
    ]
    with unchecked():
        drawn = alt.layer(
            *_lines(result, items, layout),
            *bands(layout),
            *_marks(layout, values),
            *layers(layout, columns),
            *(_sides(layout) if sides else ()),
            width=width,
            height=round(layout.height * STEP),
        )
        groups = [group for group in groups_of(items) if group]
        told = {"field": "group", "values": groups} if groups else None
        datasets = {"items": values, "words": layout.words, "bands": layout.bands}
        datasets |= {"sides": sides} if sides else {}
        return specification(drawn, result, datasets, told)


def _deepest(sides: Values) -> int:
    return max((side[ROW] + 1 for side in sides), default=0)


def _columns(result: FigureResult, items: list[Item]) -> list[Column]:
    levels = {item.level_text for item in items if item.part != PREDICTION} - {""}
    measured = result.axis.partition(",")[0]
    armed = any(item.treated_text or item.control_text for item in items)
    counts = [("treated", "Treated"), ("control", "Control")] if armed else [("count", "Count")]
    return [
        *(Column(name, head, before=True) for name, head in counts),
        Column("effect", measured if text_width(measured, SMALL_SIZE) <= 110 else "", bold=True),
        Column("interval", levels.pop() if len(levels) == 1 else "Interval", "left"),
        Column("share", "Weight"),
    ]


def _line(item: Item) -> Line:
    if item.part in IN_WORDS:
        return Line(kept_together(f"{item.label}: {item.printed}"), group=item.group, across=True)
    counts = {"count": item.count_text, "treated": item.treated_text, "control": item.control_text}
    if item.treated_text or item.control_text:
        counts = {name: words.replace(" of ", "/") for name, words in counts.items()}
    cells = {name: words.replace(" (derived)", DAGGER) for name, words in counts.items()}
    missing = "" if item.estimate is None and not item.interval_text else "not given"
    style = {PREDICTION: "muted"}.get(item.part, "strong" if item.part in DIAMONDS else "")
    weight = "" if item.weight is None else f"{number_text(item.weight)}%"
    return Line(
        item.label,
        {
            **cells,
            "effect": item.estimate_text,
            "interval": item.interval_text or missing,
            "share": weight,
        },
        item.group,
        style,
    )


def _lines(result: FigureResult, items: list[Item], layout: Layout) -> Iterator[Chart]:
    """Yield the line of no effect, and a dashed one at what all studies show together.

    Where words stand above their marks, as on a phone, they are drawn at the marks alone.
    """
    together = overall(items)
    lines: list[tuple[float, str, list[int] | None]] = []
    at = 0.0 if result.reference is None else float(result.reference)
    if layout.plot.low <= at <= layout.plot.high:
        lines.append((at, MUTED, None))
    if together is not None and together.estimate is not None:
        lines.append((float(together.estimate), COLOUR, [3, 3]))
    reach = 0.35 if layout.narrow else 0.6
    for number, colour, dash in lines:
        style = {"strokeDash": dash} if dash else {}
        yield (
            named()
            .transform_filter("isValid(datum.low) || isValid(datum.estimate)")
            .transform_calculate(
                at=f"{number:g}", top=f"datum.row - {reach}", bottom=f"datum.row + {reach}"
            )
            .mark_rule(color=colour, aria=False, **style)
            .encode(x=layout.across("at:Q"), y=layout.row("top"), y2=alt.Y2("bottom"))
        )


def _marks(layout: Layout, values: Values) -> Iterator[Chart]:
    """Yield intervals, squares, diamonds, and the arrows of what goes on beyond the axis."""
    shown = named().transform_filter(kept("group")) if "group" in values[0] else named()
    x = {"x": layout.across("low"), "x2": alt.X2("high")}
    yield (
        shown.transform_filter(f"isValid(datum.low) && datum.part !== '{POOLED}'")
        .transform_filter(f"datum.part !== '{REPORTED}'")
        .mark_rule(
            strokeWidth={"expr": f"datum.part === '{PREDICTION}' ? 4 : 1.5"},
        )
        .encode(
            **x,
            y=layout.row(),
            color=alt.condition(
                f"datum.part === '{PREDICTION}'", alt.value(MUTED), alt.value(COLOUR)
            ),
            **heard(),
        )
    )
    yield _squares(shown, layout, values)
    yield from _diamonds(shown, layout, values)
    yield from _arrows(shown, layout, values)


def _squares(shown: Chart, layout: Layout, values: Values) -> Chart:
    """Draw studies as squares, their area by weight or else people; in doubt, hollow."""
    by = next((name for name in ("weight", "n") if any(name in value for value in values)), "")
    studies = [value for value in values if value.get("part") == STUDY]
    most = max((float(value.get(by, 0)) for value in studies), default=0)
    area: Any = alt.value(EVEN_AREA)
    if by and most:
        sizes = alt.Scale(domain=[0, most], range=[0, LARGEST_AREA], zero=True)
        area = alt.Size(by, type="quantitative", scale=sizes, legend=None)
    hollow = alt.condition("datum.doubtful === true", alt.value(PAPER), alt.value(COLOUR))
    return (
        shown.transform_filter("isValid(datum.estimate)")
        .transform_filter(f"indexof({list(DIAMONDS)}, datum.part) < 0")
        .mark_point(
            shape={"expr": f"datum.part === '{STUDY}' ? 'square' : 'circle'"},
            stroke=COLOUR,
            strokeWidth=1.5,
        )
        .encode(
            x=layout.across("estimate"),
            y=layout.row(),
            size=area,
            fill=hollow,
            **heard(),
        )
    )


def _diamonds(shown: Chart, layout: Layout, values: Values) -> Iterator[Chart]:
    """Draw pooled results: an area from the low end over the estimate to the high one."""
    if not any(value.get("part") in DIAMONDS and "low" in value for value in values):
        return
    half = f"(datum.end === 'estimate' ? {HALF} : 0)"
    reported = f"datum.part === '{REPORTED}' && datum.interval === 'reported'"
    yield (
        shown.transform_filter(f"indexof({list(DIAMONDS)}, datum.part) >= 0")
        .transform_fold(["low", "estimate", "high"], as_=["end", "at"])
        .transform_calculate(top=f"datum.row - {half}", bottom=f"datum.row + {half}")
        .mark_area(interpolate="linear", stroke=LIGHT["figure-ink"], strokeWidth=1.5)
        .encode(
            x=layout.across("at:Q"),
            y=layout.row("top"),
            y2=alt.Y2("bottom"),
            detail=alt.Detail(ROW, type="quantitative"),
            fill=alt.condition(reported, alt.value(PAPER), alt.value(LIGHT["figure-ink"])),
            **heard(),
        )
    )


def _arrows(shown: Chart, layout: Layout, values: Values) -> Iterator[Chart]:
    plot = layout.plot
    for field, way, end in (("low", -1, plot.low), ("high", 1, plot.high)):
        beyond = [value for value in values if field in value and way * value[field] > way * end]
        if beyond:
            inked = f"indexof({list(DIAMONDS)}, datum.part) >= 0"
            yield (
                shown.transform_filter(f"{way} * datum.{field} > {way * end:g}")
                .mark_point(
                    shape="triangle-left" if way < 0 else "triangle-right",
                    size=60,
                    aria=False,
                    xOffset=4 * way,
                )
                .encode(
                    x=layout.across(field),
                    y=layout.row(),
                    color=alt.condition(inked, alt.value(LIGHT["figure-ink"]), alt.value(COLOUR)),
                )
            )


def _sides(layout: Layout) -> Iterator[Chart]:
    """Yield what lies on either side of the line of no effect, below the numbers of the axis."""
    for side, way, align in (("low", -1, "right"), ("high", 1, "left")):
        yield (
            named("sides")
            .transform_filter(f"datum.side === '{side}'")
            .mark_text(align=align, dx=8 * way, color=MUTED, fontSize=SMALL_SIZE)
            .encode(
                x=layout.across("at"),
                y=layout.row(),
                text=alt.Text("words", type="nominal"),
            )
        )


def _side_words(result: FigureResult, plot: AxisScale, width: int) -> Values:
    """Return each line of what lies on either side; its row is counted from the last one."""
    if not has_sides(result, plot, width):
        return []
    at = float(result.reference or 0)
    low, high = result.options["sides"]
    rooms = (plot.at(at) - 8, width - plot.at(at) - 8)
    said = zip(("low", "high"), (f"← {low}", f"{high} →"), rooms, strict=True)
    return [
        {"side": side, "at": at, "words": line, ROW: number}
        for side, words, room in said
        for number, line in enumerate(filled(words, room, SMALL_SIZE))
    ]
