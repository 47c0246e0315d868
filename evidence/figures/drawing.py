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

from evidence.figures import KINDS
from evidence.figures.figure_item import FIELDS, Item, items_of
from evidence.model.spreadsheet import safe
from evidence.numbers.results import FigureResult
from evidence.store import Cache, content_key

KEYED = (".py", ".json", ".ttf")  # the files that a drawing depends on
LIBRARIES = ("altair", "vl-convert-python", "lxml")


@dataclass(frozen=True)
class Drawing:
    """One figure in all its forms.

    ``wide`` and ``narrow`` are SVG to stand in a page, for a desk and for a phone. ``svg`` and
    ``png`` stand alone, with title and source. ``specification`` is Vega-Lite JSON, and ``script``
    hands the same to a page.
    """

    wide: str
    narrow: str
    svg: str
    png: bytes
    specification: bytes
    script: bytes


def draw(result: FigureResult, cache: Cache) -> Drawing:
    """Return the drawing of ``result``; Altair is loaded only when the cache has none."""
    kept = cache.fetch("figures", _key(result), lambda: _packed(result))
    forms = json.loads(kept)
    raw = {name: base64.b64decode(forms[name]) for name in ("png", "specification", "script")}
    return Drawing(**forms | raw)


def csv_bytes(result: FigureResult) -> bytes:
    """Return the items as a CSV file: numbers with the digits that the figure prints.

    What the figure warns of stands in every row, so that it is not lost on the way.
    """
    rows = [_cells(item) for item in items_of(result)]
    used = [name for name in FIELDS if any(row[name] not in {"", "none"} for row in rows)]
    note = [safe(result.note)] if result.note else []
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([*(FIELDS[name] for name in used), *(["note"] if note else [])])
    writer.writerows([*(row[name] for name in used), *note] for row in rows)
    return written.getvalue().encode()


def _cells(item: Item) -> dict[str, str]:
    cells = {name: getattr(item, name) for name in FIELDS}
    if item.date:  # the date says it; the years are only where it is drawn
        cells |= {"first_year": None, "last_year": None}
    cells["doubtful"] = "doubtful" if item.doubtful else ""
    return {name: safe(cell) for name, cell in cells.items()}


def _key(result: FigureResult) -> str:
    return content_key(dataclasses.asdict(result), code_version(), _versions())


@functools.cache
def code_version() -> str:
    """Return a hash of the source files of this package, of its map and of its fonts."""
    folder = Path(__file__).parent
    files = sorted(file for suffix in KEYED for file in folder.rglob(f"*{suffix}"))
    return content_key(*(part for file in files for part in (file.name, file.read_bytes())))


@functools.cache
def _versions() -> dict[str, str]:
    """Return the versions of the libraries that draw, without loading them."""
    return {name: importlib.metadata.version(name) for name in LIBRARIES}


def _packed(result: FigureResult) -> bytes:
    from evidence.figures.rendering import rendered  # noqa: PLC0415 - loads Altair and vl-convert

    forms = rendered(KINDS[result.kind], result)
    written = {
        name: form if isinstance(form, str) else base64.b64encode(form).decode()
        for name, form in forms.items()
    }
    return json.dumps(written, ensure_ascii=False).encode()
