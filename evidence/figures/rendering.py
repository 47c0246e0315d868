"""All forms of one figure, drawn anew. Importing this loads vl-convert and lxml."""

from __future__ import annotations

import functools
import json
from typing import Any

import altair as alt
import vl_convert

from evidence.figures.download import in_own_letters, standalone_svg
from evidence.figures.explorable import explorable, script
from evidence.figures.fonts import FAMILY, FOLDER
from evidence.figures.furniture import NARROW, WIDE
from evidence.figures.kind import FigureKind
from evidence.figures.png import smaller_png
from evidence.figures.svg import inline_svg
from evidence.numbers.results import FigureResult

VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


def rendered(kind: FigureKind, result: FigureResult) -> dict[str, str | bytes]:
    """Return the forms by the names that ``Drawing`` has for them.

    A process must not fork after this: vl-convert's threads do not live on in the child.
    """
    _bring_fonts()
    specifications = {width: kind.chart(result, width) for width in (WIDE, NARROW)}
    drawn = {width: _svg(specification) for width, specification in specifications.items()}
    alone = standalone_svg(drawn[WIDE], result)
    explored = explorable(kind, result, specifications)
    written = json.dumps(explored, indent=1, ensure_ascii=False, sort_keys=True)
    return {
        "wide": inline_svg(drawn[WIDE], result, "wide"),
        "narrow": inline_svg(drawn[NARROW], result, "narrow"),
        "svg": alone,
        "png": smaller_png(vl_convert.svg_to_png(in_own_letters(alone), scale=2)),
        "specification": written.encode(),
        "script": script(result.id, explored, specifications),
    }


@functools.cache
def _bring_fonts() -> None:
    """Make the project's fonts known to vl-convert, once in a process."""
    vl_convert.register_font_directory(str(FOLDER))


def _svg(specification: dict[str, Any]) -> str:
    """Return what Vega draws, measured in the project's own letters; readers get others."""
    measured = {**specification, "config": {**specification["config"], "font": FAMILY}}
    return vl_convert.vegalite_to_svg(measured, vl_version=VEGA_LITE, allowed_base_urls=[])
