"""All forms of one figure, drawn anew. Importing this loads vl-convert and lxml."""

from __future__ import annotations

import json

import altair as alt
import vl_convert

from evidence.figures.download import smaller_png, standalone_svg
from evidence.figures.explorable import explorable, script
from evidence.figures.furniture import NARROW, WIDE
from evidence.figures.kind import FigureKind
from evidence.figures.svg import inline_svg
from evidence.numbers.results import FigureResult

VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


def rendered(kind: FigureKind, result: FigureResult) -> dict[str, str | bytes]:
    """Return the forms by the names that ``Drawing`` has for them.

    A process must not fork after this: vl-convert's threads do not live on in the child.
    """
    specifications = {width: kind.chart(result, width) for width in (WIDE, NARROW)}
    drawn = {
        width: vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE, allowed_base_urls=[])
        for width, specification in specifications.items()
    }
    alone = standalone_svg(drawn[WIDE], result)
    explored = explorable(kind, result, specifications)
    written = json.dumps(explored, indent=1, ensure_ascii=False, sort_keys=True)
    return {
        "wide": inline_svg(drawn[WIDE], result, "wide"),
        "narrow": inline_svg(drawn[NARROW], result, "narrow"),
        "svg": alone,
        "png": smaller_png(vl_convert.svg_to_png(alone, scale=2)),
        "specification": written.encode(),
        "script": script(result.id, explored, specifications),
    }
