"""A figure drawn: SVG for the page at two widths, and the files that a reader can keep."""

from __future__ import annotations

import base64
import csv
import dataclasses
import functools
import importlib.metadata
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.cache import Cache, content_key
from evidence.figures.furniture import NARROW, WIDE
from evidence.figures import KINDS
from evidence.results import FigureResult

LIBRARIES = ("altair", "vl-convert-python", "lxml")
VEGA_LITE = "6.4"
FIELDS = (
    "group", "label", "printed", "estimate", "low", "high", "events", "n", "first_year",
    "last_year", "basis", "address", "source", "locator",
)  # fmt: skip
COLUMNS = {"address": "finding", "basis": "interval"}


@dataclass(frozen=True)
class Drawing:
    """One figure in all its forms.

    ``wide`` and ``narrow`` are SVG to stand in a page, for a desk and for a phone. ``svg`` and
    ``png`` stand alone, with title and source. ``specification`` is Vega-Lite JSON.
    """

    wide: str
    narrow: str
    svg: str
    png: bytes
    specification: bytes


def draw(result: FigureResult, cache: Cache) -> Drawing:
    """Return the drawing of ``result``; Altair is loaded only when the cache has none."""
    kept = cache.fetch("figures", _key(result), lambda: _packed(_drawn(result)))
    forms = json.loads(kept)
    png = base64.b64decode(forms.pop("png"))
    return Drawing(png=png, specification=forms.pop("specification").encode(), **forms)


def csv_bytes(result: FigureResult) -> bytes:
    """Return the items as a CSV file: numbers with the digits that the figure prints."""
    used = [
        name
        for name in FIELDS
        if any(getattr(item, name) not in {None, "", "none"} for item in result.items)
    ]
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS.get(name, name.replace("_", "-")) for name in used)
    for item in result.items:
        writer.writerow(getattr(item, name) for name in used)
    return written.getvalue().encode()


def _key(result: FigureResult) -> str:
    return content_key(dataclasses.asdict(result), code_version(), _versions())


@functools.cache
def code_version() -> str:
    """Return a hash of the source files of this package."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return content_key(*(part for file in files for part in (file.name, file.read_bytes())))


@functools.cache
def _versions() -> dict[str, str]:
    """Return the versions of the libraries that draw, without loading them."""
    return {name: importlib.metadata.version(name) for name in LIBRARIES}


def _packed(drawing: Drawing) -> bytes:
    forms: dict[str, Any] = {
        field.name: getattr(drawing, field.name) for field in dataclasses.fields(drawing)
    }
    forms["png"] = base64.b64encode(drawing.png).decode()
    forms["specification"] = drawing.specification.decode()
    return json.dumps(forms, ensure_ascii=False).encode()


def _drawn(result: FigureResult) -> Drawing:
    import vl_convert

    from evidence.figures.download import standalone_svg
    from evidence.figures.svg import inline_svg

    kind = KINDS[result.kind]
    specifications = {width: kind.chart(result, width) for width in (WIDE, NARROW)}
    drawn = {
        width: vl_convert.vegalite_to_svg(
            specification, vl_version=VEGA_LITE, allowed_base_urls=[]
        )
        for width, specification in specifications.items()
    }
    alone = standalone_svg(drawn[WIDE], result)
    return Drawing(
        wide=inline_svg(drawn[WIDE], result.alternative, "wide"),
        narrow=inline_svg(drawn[NARROW], result.alternative, "narrow"),
        svg=alone,
        png=vl_convert.svg_to_png(alone, scale=2),
        specification=_described(specifications[WIDE], result),
    )


def _described(specification: dict[str, Any], result: FigureResult) -> bytes:
    """Return the specification as JSON, with what the page prints around the drawing."""
    about = {"title": result.title, "subtitle": result.subtitle, "note": result.note}
    described = {
        **specification,
        "description": result.alternative,
        "usermeta": {name: words for name, words in about.items() if words},
    }
    return json.dumps(described, indent=1, ensure_ascii=False, sort_keys=True).encode()
