"""The sheet that a figure is drawn on: words, lines and marks, and the specification they make.

Positions are pixels from the top left corner, unless a ``AxisScale`` is given: then they are the
numbers themselves, and the scale goes into the specification.
"""

from __future__ import annotations

import re
from typing import Any

from evidence.figures.look import PLAIN, Layer, Lettering, Look
from evidence.figures.measures import AxisScale, text_width

CLOSED = re.compile("Z(?=[A-Za-z])")


class Sheet:
    """Collects what is drawn, in order, and makes one Vega-Lite specification of it."""

    def __init__(self, width: int) -> None:
        """Start an empty sheet of ``width`` pixels."""
        self.width = width
        self._layers: dict[Layer, list[dict[str, Any]]] = {}

    def write(self, x: float, y: float, words: str, lettering: Lettering = PLAIN) -> float:
        """Write ``words`` with their base line at ``y``; return how wide they are."""
        if words:
            self._layers.setdefault((lettering, None, None, False), []).append(
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
        across: AxisScale | None = None,
        down: AxisScale | None = None,
    ) -> None:
        """Draw one mark at ``x``, ``y``, and to ``x2``, ``y2`` where it has an extent."""
        plain = {
            key: float(value) if key in {"x", "y", "x2", "y2"} else value
            for key, value in values.items()
        }
        layer = (look, across, down, "sentence" in values)
        self._layers.setdefault(layer, []).append(plain)

    def path(self, path: str, look: Look, **values: Any) -> None:
        """Draw an SVG ``path``, in pixels of the sheet; ``values`` are its label and sentence.

        Vega forgets a Z that another letter follows at once, hence the blank.
        """
        self.mark(look, {"x": 0, "y": 0, "path": CLOSED.sub("Z ", path), **values})

    def specification(self, height: float) -> dict[str, Any]:
        """Return the Vega-Lite specification of a drawing ``height`` pixels high."""
        from evidence.figures.vega_lite import made  # noqa: PLC0415 - loads Altair

        words_last = sorted(self._layers, key=lambda layer: isinstance(layer[0], Lettering))
        rows = {layer: self._layers[layer] for layer in words_last}
        return made(rows, (self.width, round(height)))
