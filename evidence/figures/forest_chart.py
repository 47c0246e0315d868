"""How studies and what they show together are drawn: squares by weight, diamonds, arrows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidence.figures.arm_effects import short_arm
from evidence.figures.effect_axis import has_sides, scale_of
from evidence.figures.effect_marks import DIAMONDS, IS_DIAMOND, arrows, diamonds, rules, squares
from evidence.figures.figure_item import DAGGER, Item, groups_of, items_of
from evidence.figures.forest_conventions import overall
from evidence.figures.look import LIGHT, LINE, SMALL_SIZE
from evidence.figures.measures import AxisScale, filled, kept_together, text_width
from evidence.figures.pooled_items import (
    BETWEEN,
    CAUTION,
    PEOPLE,
    PREDICTION,
    SPREAD,
    STUDY,
)
from evidence.figures.row_layout import laid_out
from evidence.figures.rows import (
    ROW,
    STEP,
    Layout,
    RowWords,
    WordColumn,
    bands,
    layers,
    placed,
    reference_line,
    upright,
)
from evidence.figures.theme import (
    MUTED,
    Chart,
    Values,
    alt,
    kept,
    named,
    specification,
    unchecked,
)
from evidence.numbers.quantity import number_text
from evidence.numbers.results import FigureResult

IN_WORDS = (SPREAD, BETWEEN, PEOPLE, CAUTION)
LARGEST_AREA, EVEN_AREA = 230, 70
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
    values = placed(result, layout)
    with unchecked():
        drawn = alt.layer(
            *_lines(result, items, layout),
            *bands(layout),
            *_marks(layout, values),
            *layers(layout, columns),
            *(_sides(layout) if sides else ()),
            width=width,
            height=layout.pixels,
        )
        groups = [group for group in groups_of(items) if group]
        told = {"field": "group", "values": groups} if groups else None
        datasets = layout.datasets(values)
        datasets |= {"sides": sides} if sides else {}
        return specification(drawn, result, datasets, told)


def _deepest(sides: Values) -> int:
    return max((side[ROW] + 1 for side in sides), default=0)


def _columns(result: FigureResult, items: list[Item]) -> list[WordColumn]:
    levels = {item.level_text for item in items if item.part != PREDICTION} - {""}
    measured = result.axis.partition(",")[0]
    armed = any(item.treated_text or item.control_text for item in items)
    counts = [("treated", "Treated"), ("control", "Control")] if armed else [("count", "Count")]
    return [
        *(WordColumn(name, head, before=True) for name, head in counts),
        WordColumn(
            "effect", measured if text_width(measured, SMALL_SIZE) <= 110 else "", bold=True
        ),
        WordColumn("interval", levels.pop() if len(levels) == 1 else "Interval", "left"),
        WordColumn("share", "Weight"),
    ]


def _line(item: Item) -> RowWords:
    if item.part in IN_WORDS:
        return RowWords(
            kept_together(f"{item.label}: {item.printed}"), group=item.group, across=True
        )
    counts = {"count": item.count_text, "treated": item.treated_text, "control": item.control_text}
    if item.treated_text or item.control_text:
        counts = {name: short_arm(words) for name, words in counts.items()}
    cells = {name: words.replace(" (derived)", DAGGER) for name, words in counts.items()}
    missing = "" if item.estimate is None and not item.interval_text else "not given"
    style = {PREDICTION: "muted"}.get(item.part, "strong" if item.part in DIAMONDS else "")
    weight = "" if item.weight is None else f"{number_text(item.weight)}%"
    return RowWords(
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
    """Yield the line of no effect, and a dashed one at what all studies show together."""
    yield from reference_line(result, layout)
    together = overall(items)
    if together is not None and together.estimate is not None:
        yield upright(layout, float(together.estimate), COLOUR, (3, 3))


def _marks(layout: Layout, values: Values) -> Iterator[Chart]:
    """Yield intervals, squares, diamonds, and the arrows of what goes on beyond the axis."""
    shown = named().transform_filter(kept("group")) if "group" in values[0] else named()
    predicted = f"datum.part === '{PREDICTION}'"
    colour, ink = alt.value(COLOUR), alt.value(LIGHT["figure-ink"])
    lines = alt.condition(predicted, alt.value(MUTED), colour)
    yield rules(shown, layout, lines, {"expr": f"{predicted} ? 4 : 1.5"})
    of_studies = f"datum.part === '{STUDY}' ? 'square' : 'circle'"
    yield squares(shown, layout, colour, _area(values), of_studies)
    yield from diamonds(shown, layout, values, ink)
    yield from arrows(shown, layout, values, alt.condition(IS_DIAMOND, ink, colour))


def _area(values: Values) -> Any:
    """Return the area of squares: by weight, or else by people."""
    by = next((name for name in ("weight", "n") if any(name in value for value in values)), "")
    most = max(
        (float(value.get(by, 0)) for value in values if value.get("part") == STUDY), default=0
    )
    if not most:
        return alt.value(EVEN_AREA)
    scale = alt.Scale(domain=[0, most], range=[0, LARGEST_AREA], zero=True)
    return alt.Size(by, type="quantitative", scale=scale, legend=None)


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
