"""The sheet that a figure is drawn on: words, lines and marks, and the specification they make.

Positions are pixels from the top left corner, unless a ``Scale`` is given: then they are the
numbers themselves, and the scale goes into the specification.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from evidence.figures.lettering import text_width
from evidence.figures.palette import LIGHT
from evidence.figures.scale import Scale

Align = Literal["left", "center", "right"]
Shape = Literal["circle", "square", "diamond"]

TEXT_SIZE = 14
SMALL_SIZE = 13
SHAPE_AREAS = {"circle": 80, "square": 70, "diamond": 84}


@dataclass(frozen=True)
class Lettering:
    """How words are set."""

    align: Align = "left"
    bold: bool = False
    colour: str = "figure-ink"
    size: int = TEXT_SIZE


@dataclass(frozen=True)
class Look:
    """How a mark is drawn: ``mark`` is the name that Vega-Lite has for it."""

    mark: Literal["rule", "point", "bar"]
    colour: str = "figure-ink"
    width: float = 1
    dash: tuple[int, ...] = ()
    shape: Shape = "circle"
    hollow: bool = False
    opacity: float = 1


Layer = tuple[Lettering | Look, Scale | None, Scale | None]


class Sheet:
    """Collects what is drawn, in order, and makes one Vega-Lite specification of it."""

    def __init__(self, width: int) -> None:
        """Start an empty sheet of ``width`` pixels."""
        self.width = width
        self._layers: dict[Layer, list[dict[str, Any]]] = {}

    def write(
        self, x: float, y: float, words: str, lettering: Lettering = Lettering()
    ) -> float:
        """Write ``words`` with their base line at ``y``; return how wide they are."""
        if words:
            self._layers.setdefault((lettering, None, None), []).append(
                {"x": round(x, 1), "y": round(y, 1), "words": words}
            )
        return text_width(words, lettering.size, bold=lettering.bold)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        colour: str = "figure-rule",
        width: float = 1,
        dash: tuple[int, ...] = (),
    ) -> None:
        """Draw a straight line that carries no number."""
        self.mark(
            Look("rule", colour, width, dash),
            {"x": start[0], "y": start[1], "x2": end[0], "y2": end[1]},
        )

    def mark(
        self,
        look: Look,
        values: dict[str, Any],
        across: Scale | None = None,
        down: Scale | None = None,
    ) -> None:
        """Draw one mark at ``x``, ``y``, and to ``x2``, ``y2`` where it has an extent."""
        plain = {
            key: float(value) if key in {"x", "y", "x2", "y2"} else value
            for key, value in values.items()
        }
        self._layers.setdefault((look, across, down), []).append(plain)

    def specification(self, height: float) -> dict[str, Any]:
        """Return the Vega-Lite specification of a drawing ``height`` pixels high."""
        import altair as alt

        words_last = sorted(self._layers, key=lambda layer: isinstance(layer[0], Lettering))
        layers = [_layer(*layer, self._layers[layer]) for layer in words_last]
        chart = (
            alt.layer(*layers)
            .resolve_scale(x="independent", y="independent")
            .properties(width=self.width, height=round(height), padding=0)
            .properties(autosize=alt.AutoSizeParams(type="none"))
            .configure(background=LIGHT["paper"], font="sans-serif")
            .configure_view(stroke=None)
        )
        specification: dict[str, Any] = chart.to_dict(validate=False)
        return specification


def _layer(
    kind: Lettering | Look, across: Scale | None, down: Scale | None, rows: list[dict[str, Any]]
) -> Any:
    import altair as alt

    chart = alt.Chart(alt.InlineData(values=rows))
    encoding: dict[str, Any] = {
        "x": alt.X("x", type="quantitative", scale=_scale(across), axis=None),
        "y": alt.Y("y", type="quantitative", scale=_scale(down), axis=None),
    }
    if isinstance(kind, Lettering):
        marked = chart.mark_text(
            align=kind.align,
            baseline="alphabetic",
            color=LIGHT[kind.colour],
            fontSize=kind.size,
            fontWeight="bold" if kind.bold else "normal",
        )
        return marked.encode(text=alt.Text("words", type="nominal"), **encoding)
    encoding |= {end: getattr(alt, end.upper())(end) for end in ("x2", "y2") if end in rows[0]}
    if "sentence" in rows[0]:
        encoding["tooltip"] = alt.Tooltip("sentence", type="nominal")
    return _marked(chart, kind).encode(**encoding)


def _marked(chart: Any, look: Look) -> Any:
    colour = LIGHT[look.colour]
    if look.mark == "rule":
        dash = list(look.dash) or None
        return chart.mark_rule(color=colour, strokeWidth=look.width, **_given(strokeDash=dash))
    opacity = None if look.opacity == 1 else look.opacity
    if look.mark == "bar":
        return chart.mark_bar(
            fill=LIGHT["paper"] if look.hollow else colour,
            **_given(
                fillOpacity=opacity,
                stroke=colour if look.hollow else None,
                strokeDash=list(look.dash) or None,
            ),
        )
    return chart.mark_point(
        shape=look.shape,
        size=SHAPE_AREAS[look.shape],
        fill=LIGHT["paper"] if look.hollow else colour,
        stroke=colour,
        strokeWidth=1.75 if look.hollow else 1,
        opacity=1,
    )


def _given(**options: Any) -> dict[str, Any]:
    return {name: option for name, option in options.items() if option is not None}


def _scale(scale: Scale | None) -> Any:
    import altair as alt

    if scale is None:
        return None
    return alt.Scale(
        domain=[scale.low, scale.high],
        range=[scale.start, scale.end],
        type="log" if scale.logarithmic else "linear",
        nice=False,
        zero=False,
    )
