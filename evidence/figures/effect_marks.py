"""The marks of estimates, one a row: lines, squares, diamonds, and arrows at the axis' ends.

A square is a study, a diamond what studies show together: the convention of forest plots.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidence.figures.pooled_items import POOLED, REPORTED
from evidence.figures.rows import ROW, Layout
from evidence.figures.theme import PAPER, Chart, Values, alt, heard

DIAMONDS = (POOLED, REPORTED)
HALF = 0.3  # of a row: half the height of a diamond
IS_DIAMOND = f"indexof({list(DIAMONDS)}, datum.part) >= 0"


def rules(shown: Chart, layout: Layout, colour: Any, width: Any = 2) -> Chart:
    """Return the layer of intervals; those of diamonds are the diamonds' own width."""
    return (
        shown.transform_filter("isValid(datum.low)")
        .transform_filter(f"!({IS_DIAMOND})")
        .mark_rule(strokeWidth=width)
        .encode(
            x=layout.across("low"),
            x2=alt.X2("high"),
            y=layout.row(),
            color=colour,
            **heard(),
        )
    )


def squares(shown: Chart, layout: Layout, colour: Any, size: Any, shape: str = "'square'") -> Chart:
    """Return the layer of estimates: squares, hollow where they are in doubt.

    ``shape`` is the expression of another shape.
    """
    return (
        shown.transform_filter("isValid(datum.estimate)")
        .transform_filter(f"!({IS_DIAMOND})")
        .mark_point(shape={"expr": shape}, strokeWidth=1.5)
        .encode(
            x=layout.across("estimate"),
            y=layout.row(),
            size=size,
            fill=alt.condition("datum.doubtful === true", alt.value(PAPER), colour),
            stroke=colour,
            **heard(),
        )
    )


def diamonds(shown: Chart, layout: Layout, values: Values, colour: Any) -> Iterator[Chart]:
    """Yield the layer of pooled results: from the low end over the estimate to the high one.

    Hollow are those that their source pooled. Where no interval is given, the low and the high end
    are the estimate's.
    """
    if not any(value.get("part") in DIAMONDS for value in values):
        return
    half = f"(datum.end === 'estimate' ? {HALF} : 0)"
    reported = f"datum.part === '{REPORTED}' && datum.interval !== 'computed'"
    yield (
        shown.transform_filter(IS_DIAMOND)
        .transform_fold(["low", "estimate", "high"], as_=["end", "at"])
        .transform_filter("isValid(datum.at)")
        .transform_calculate(top=f"datum.row - {half}", bottom=f"datum.row + {half}")
        .mark_area(interpolate="linear", strokeWidth=1.5)
        .encode(
            x=layout.across("at:Q"),
            y=layout.row("top"),
            y2=alt.Y2("bottom"),
            detail=alt.Detail(ROW, type="quantitative"),
            fill=alt.condition(reported, alt.value(PAPER), colour),
            stroke=colour,
            **heard(),
        )
    )


def arrows(shown: Chart, layout: Layout, values: Values, colour: Any) -> Iterator[Chart]:
    """Yield the arrows of intervals that go on beyond the axis."""
    plot = layout.plot
    for field, way, end in (("low", -1, plot.low), ("high", 1, plot.high)):
        if any(field in value and way * value[field] > way * end for value in values):
            shape = "triangle-left" if way < 0 else "triangle-right"
            yield (
                shown.transform_filter(f"{way} * datum.{field} > {way * end:g}")
                .mark_point(shape=shape, size=60, aria=False, xOffset=4 * way)
                .encode(x=layout.across(field), y=layout.row(), color=colour)
            )


def by_group(groups: dict[str, str]) -> Any:
    """Return the channel that tells groups apart by the colours given to them."""
    if len(groups) < 2:
        return alt.value(next(iter(groups.values())))
    scale = alt.Scale(domain=list(groups), range=list(groups.values()))
    return alt.Color("group", type="nominal", scale=scale, legend=None, sort=None)
