"""All forms of one figure, drawn anew. Importing this loads vl-convert and lxml."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import vl_convert

from evidence.figures.download import smaller_png, standalone_svg
from evidence.figures.furniture import NARROW, WIDE
from evidence.figures.kind import FigureKind
from evidence.figures.svg import inline_svg
from evidence.results import FigureResult

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
    return {
        "wide": inline_svg(drawn[WIDE], result.alternative, "wide"),
        "narrow": inline_svg(drawn[NARROW], result.alternative, "narrow"),
        "svg": alone,
        "png": smaller_png(vl_convert.svg_to_png(alone, scale=2)),
        "specification": _described(specifications[WIDE], result),
    }


def _described(specification: dict[str, Any], result: FigureResult) -> bytes:
    """Return the specification as JSON, with what the page prints around the drawing."""
    about = {"title": result.title, "subtitle": result.subtitle, "note": result.note}
    described = {
        **specification,
        "description": result.alternative,
        "usermeta": {name: words for name, words in about.items() if words},
    }
    return json.dumps(described, indent=1, ensure_ascii=False, sort_keys=True).encode()
