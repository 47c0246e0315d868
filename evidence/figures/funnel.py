"""Studies by their effect and their precision: a funnel plot, with its caveat."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from evidence.figures.effect_axis import apart
from evidence.figures.effects import (
    digits_of,
    is_ratio,
    lacking_counts,
    lacking_pool,
    pooled_here,
    unit_of,
)
from evidence.figures.effects import missing as lacking_studies
from evidence.figures.effects import question as asked
from evidence.figures.figure_item import Item, items_of, told
from evidence.figures.forest import axis, reference, row_items
from evidence.figures.forest import table as forest_table
from evidence.figures.kind import FigureKind, Missing, Table
from evidence.figures.look import LIGHT, SMALL_SIZE, is_narrow
from evidence.figures.measures import Amount, AxisScale, linear, ratios, text_width, tick_words
from evidence.figures.pooled_items import (
    CAUTION,
    POINT,
    POOLED,
    WHOLE,
    asymmetry_item,
    pooled_items,
)
from evidence.figures.pooling_choices import lacking_asymmetry, lacking_choice
from evidence.figures.resolved import resolved
from evidence.figures.theme import (
    MUTED,
    Chart,
    Values,
    alt,
    heard,
    named,
    specification,
    unchecked,
    values_of,
)
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.numbers.quantity import number_text, rounded
from evidence.numbers.results import Computed, FigureResult, PoolingQuestion
from evidence.numbers.statistics.distribution import normal_quantile

TOP = 22.0
EDGE = 16
FEWEST = 10
FEW = "Only {} studies: with fewer than 10, nothing can be read from the shape."
CAUSES = "Asymmetry has many causes: studies not published, other people, poorer methods, chance."
MANY = "With fewer than 10 studies nothing could be read from it."
LIMITS = "Dashed: pooled result, and where 95% of studies would lie if only chance moved them. The table names every point."
Box = tuple[float, float, float, float]
Line = tuple[tuple[float, float], tuple[float, float]]


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterator[Missing]:
    """Yield what keeps the rows from a funnel; shares of people have none that means anything."""
    yield from lacking_studies(figure, findings)
    yield from lacking_pool(figure, 3)
    yield from lacking_choice(figure, findings)
    yield from lacking_asymmetry(figure, findings)
    yield from lacking_counts(figure, findings)
    if figure.measure == "share":
        hint = "Show them by 'kind: forest'."
        yield 0, "the error of a share hangs on the share itself, so its funnel misleads", hint
    for position, row in enumerate(figure.rows):
        if row.pooled:
            yield position, f"'{row.finding}' is pooled already", "Leave it out."


def question(figure: Figure, report: Report) -> PoolingQuestion:
    """Return what is asked of the statistics."""
    rows = [report.finding(row.finding) for row in pooled_here(figure)]
    return asked(figure, rows, ("overall", "asymmetry") if figure.asymmetry else ("overall",))


def items(figure: Figure, report: Report, computed: dict[str, Computed]) -> tuple[Item, ...]:
    """Return the studies with their standard errors, and what they show together."""
    rows, synthesis = resolved(figure, report, computed), computed[figure.id].synthesis
    if synthesis is None or synthesis.overall is None:
        return ()
    digits = digits_of(figure, rows)
    ratio = is_ratio(unit_of(figure, report.findings))
    points = []
    for item, single in zip(
        row_items(figure, rows, synthesis, digits), synthesis.studies, strict=True
    ):
        error = rounded(single.standard_error, 2 if ratio else digits.places)
        error = error or Decimal("0.001")
        sentence = f"{item.sentence}, standard error {number_text(error)}"
        sentence += " (log scale)" if ratio else ""
        points.append(
            dataclasses.replace(item, part=POINT, group="", sentence=sentence, standard_error=error)
        )
    pooled = pooled_items(synthesis.overall, digits, synthesis.scale, "", share=False)
    listed = [*points, *(item for item in pooled if item.part in {POOLED, WHOLE, CAUTION})]
    if synthesis.asymmetry is not None:
        listed.append(asymmetry_item(synthesis.asymmetry))
    return tuple(listed)


def table(items: tuple[Item, ...]) -> Table:
    """Return the table of a forest plot with the standard errors."""
    columns, rows = forest_table(items)
    place = columns.index("Interval") + 1
    errors = ["" if item.standard_error is None else str(item.standard_error) for item in items]
    return (
        (*columns[:place], "Standard error", *columns[place:]),
        tuple((*row[:place], error, *row[place:]) for row, error in zip(rows, errors, strict=True)),
    )


def alternative(title: str, items: tuple[Item, ...]) -> str:
    """Return the pooled result and the caveat, then the studies, or of many the extremes."""
    studies = tuple(item for item in items if item.part == POINT)
    pooled = " ".join(f"{item.sentence}." for item in items if item.part != POINT)
    few = FEW.format(len(studies)) if len(studies) < FEWEST else MANY
    drawn = (
        f"The figure shows {len(studies)} studies by effect and standard error, the most precise "
        f"at the top. {pooled} {CAUSES} {few}"
    )
    return told(title, drawn, studies)


def chart(result: FigureResult, width: int) -> dict[str, Any]:
    """Return the specification: the most precise studies at the top."""
    items = items_of(result)
    studies = [item for item in items if item.part == POINT]
    (together,) = (item for item in items if item.part in {POOLED, WHOLE})
    across, down = _scales(result, studies, together, width)
    lines = _lines(across, down, together, result)
    names = list(_names(studies, lines, (across, down), width))
    funnel = [
        {"standard-error": error, "centre": float(together.estimate or 0), **_limits(together, error, result),
         "sentence": together.sentence}
        for error in (down.low, down.high)
    ]  # fmt: skip
    with unchecked():
        x, y = _channels(result, across, down)
        drawn = alt.layer(
            *_behind(result, x, y),
            named()
            .transform_filter(f"datum.part === '{POINT}'")
            .mark_point(size=80, opacity=0.8, color=LIGHT["series-1"])
            .encode(x=x("estimate"), y=y, **heard()),
            *_named(names, x, y),
            width=width,
            height=down.end - down.start,
        )
        datasets = {"items": values_of(result), "funnel": funnel, "names": names}
        return specification(drawn, result, datasets)


def _channels(result: FigureResult, across: AxisScale, down: AxisScale) -> tuple[Any, Any]:
    """Return what makes a channel of effects, and the channel of standard errors."""
    axis = alt.Axis(
        values=list(across.ticks),
        format=",.6~f",
        grid=False,
        labelFlush=False,
        titleX=(across.start + across.end) / 2,
        titleAlign="center",
    )
    scale = alt.Scale(
        domain=[across.low, across.high],
        range=[across.start, across.end],
        type="log" if across.logarithmic else "linear",
        nice=False,
        **({} if across.logarithmic else {"zero": False}),
    )

    def x(field: str) -> Any:
        return alt.X(field, type="quantitative", scale=scale, axis=axis, title=result.axis)

    y = alt.Y(
        "standard-error",
        type="quantitative",
        scale=alt.Scale(domain=[down.low, down.high], reverse=True, nice=False),
        axis=alt.Axis(
            values=list(down.ticks),
            format=",.6~f",
            offset=-across.start + 4,
            titleAngle=0,
            titleAlign="left",
            titleX=-across.start,
            titleY=-14,
        ),
        title="Standard error",
    )
    return x, y


def _behind(result: FigureResult, x: Any, y: Any) -> Iterator[Chart]:
    """Yield the line of no effect, and the dashed funnel around the pooled result."""
    funnel = named("funnel")
    for field in ("low", "high"):
        yield (
            funnel.mark_line(strokeWidth=1, strokeDash=[4, 3], color=MUTED, aria=False).encode(
                x=x(field), y=y, order=alt.Order("standard-error", type="quantitative")
            )
        )
    yield (
        funnel.mark_line(strokeWidth=1, strokeDash=[4, 3], color=LIGHT["series-1"]).encode(
            x=x("centre"), y=y, **heard()
        )
    )
    if result.reference is not None:
        yield (
            funnel.transform_calculate(at=f"{result.reference}")
            .mark_line(strokeWidth=1, color=MUTED, aria=False)
            .encode(x=x("at"), y=y)
        )


def _named(names: Values, x: Any, y: Any) -> Iterator[Chart]:
    for side, align, dx in (("right", "left", 9), ("left", "right", -9)):
        if any(name["side"] == side for name in names):
            yield (
                named("names")
                .transform_filter(f"datum.side === '{side}'")
                .mark_text(align=align, dx=dx, fontSize=SMALL_SIZE, aria=False)
                .encode(x=x("estimate"), y=y, text=alt.Text("label", type="nominal"))
            )


def conventions(result: FigureResult) -> tuple[str, ...]:
    """Return what cannot be read from it, first, and what the lines are."""
    items = items_of(result)
    many = sum(item.part == POINT for item in items)
    pooled = [item for item in items if item.part in {POOLED, WHOLE}]
    caveats = (FEW.format(many), CAUSES) if many < FEWEST else (CAUSES, MANY)
    return (
        *caveats,
        LIMITS,
        *(f"Pooled result: {item.printed}, computed here, {item.locator}." for item in pooled),
        *(f"{item.label}: {item.printed}." for item in items if item.part == CAUTION),
    )


def _scales(
    result: FigureResult, studies: list[Item], together: Item, width: int
) -> tuple[AxisScale, AxisScale]:
    errors = [float(item.standard_error or 0) for item in studies]
    bottom = TOP + (250 if is_narrow(width) else 300)
    down = linear(list(errors), TOP, bottom, most=4)
    start = max(text_width(tick_words(tick), SMALL_SIZE) for tick in down.ticks) + 2 * EDGE
    ends = _limits(together, down.high, result).values()
    numbers: list[Amount] = [*ends, *(item.estimate or 0 for item in studies)]
    numbers += [] if result.reference is None else [result.reference]
    if result.reference == 1:
        return apart(ratios(numbers, start, width - EDGE, most=12)), down
    return apart(linear(numbers, start, width - EDGE)), down


def _limits(together: Item, error: float, result: FigureResult) -> dict[str, float]:
    """Return where the pseudo limits end at a standard error."""
    centre, half = float(together.estimate or 0), normal_quantile(95) * error
    if result.reference == 1:
        return {"low": centre * math.exp(-half), "high": centre * math.exp(half)}
    return {"low": centre - half, "high": centre + half}


def _lines(across: AxisScale, down: AxisScale, together: Item, result: FigureResult) -> list[Line]:
    """Return the lines from top to bottom: the pooled result, its limits, and no effect."""
    centre = across.at(together.estimate or 0)
    ends = [centre, *(across.at(limit) for limit in _limits(together, down.high, result).values())]
    lines = [((centre, down.start), (end, down.end)) for end in ends]
    if result.reference is not None:
        x = across.at(result.reference)
        lines.append(((x, down.start), (x, down.end)))
    return lines


def _names(
    studies: list[Item], lines: list[Line], scales: tuple[AxisScale, AxisScale], width: int
) -> Iterator[dict[str, Any]]:
    """Yield the names that have room on a side of their points: the least precise studies first."""
    across, down = scales
    points = [(item, across.at(item.estimate or 0), _height(item, down)) for item in studies]
    taken: list[Box] = [(x - 6, y - 6, x + 6, y + 6) for _, x, y in points]
    for item, x, y in sorted(points, key=lambda point: -point[2]):
        wide = text_width(item.label, SMALL_SIZE)
        for side, left in (("right", x + 9), ("left", x - 9 - wide)):
            box = (left - 2, y - 8, left + wide + 2, y + 8)
            inside = across.start <= left and left + wide <= width
            free = not any(_touch(box, taken_box) for taken_box in taken)
            if inside and free and not any(_crossed(box, line) for line in lines):
                taken.append(box)
                place = {"estimate": float(item.estimate or 0), "side": side}
                yield {
                    "label": item.label,
                    "standard-error": float(item.standard_error or 0),
                } | place
                break


def _height(item: Item, down: AxisScale) -> float:
    return down.at(item.standard_error or 0)


def _crossed(box: Box, line: Line) -> bool:
    (x, top), (x2, bottom) = line
    if box[3] < top or box[1] > bottom:
        return False
    ends = [
        x + (x2 - x) * (min(max(y, top), bottom) - top) / (bottom - top) for y in (box[1], box[3])
    ]
    return min(ends) < box[2] and box[0] < max(ends)


def _touch(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


KIND = FigureKind(
    name="funnel",
    sentence="Studies by effect and precision; asymmetry has many causes.",
    missing=missing,
    items=items,
    axis=axis,
    table=table,
    alternative=alternative,
    chart=chart,
    options=("measure", "method", "estimator", "asymmetry"),
    conventions=conventions,
    question=question,
    reference=reference,
)
