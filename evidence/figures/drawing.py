"""A figure drawn: SVG for the page at two widths, and the files that a reader can keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evidence.figures import KINDS
from evidence.figures.figure_item import FIELDS, Item, items_of
from evidence.model.columns import csv_line, csv_table
from evidence.numbers.results import FigureResult
from evidence.store import Kept, Made, Store, joined

# The files that a reader can keep, by the names of their forms
ENDINGS = {"svg": "svg", "png": "png", "specification": "json", "script": "js"}


@dataclass(frozen=True)
class Drawing:
    """One figure as SVG to stand in a page: ``wide`` for a desk and ``narrow`` for a phone."""

    wide: str
    narrow: str


class Drawings(Mapping[str, Drawing]):
    """The drawing of each figure by its id; a figure that nobody asks for is not drawn."""

    def __init__(self, figures: Mapping[str, FigureResult], store: Store) -> None:
        """Remember the figures."""
        self._figures = figures
        self._store = store
        self._drawn: dict[str, Kept] = {}

    def __getitem__(self, name: str) -> Drawing:
        """Return the drawing of a figure."""
        return Drawing(*(self.form(name, form).decode() for form in ("wide", "narrow")))

    def __iter__(self) -> Iterator[str]:
        """Yield the ids of all figures."""
        return iter(self._figures)

    def __len__(self) -> int:
        """Return how many figures there are."""
        return len(self._figures)

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process as what was drawn."""
        self.draw_all()
        return dict, (dict(self),)

    def draw_all(self) -> None:
        """Draw every figure that was not drawn before, on all cores."""
        results = [result for name, result in self._figures.items() if name not in self._drawn]
        kept = self._store.keep_all(drawn, [(result,) for result in results], share=1)
        self._drawn |= {result.id: own for result, own in zip(results, kept, strict=True)}

    def digests(self) -> list[tuple[str, str, str, str]]:
        """Return the path, the SHA-256, the figure and the form of each file that can be kept."""
        self.draw_all()
        return [
            (f"figures/{name}.{ending}", kept.card[form][2], name, form)
            for name, kept in self._drawn.items()
            for form, ending in ENDINGS.items()
        ]

    def digest(self, name: str, form: str) -> str:
        """Return the SHA-256 of one form of a figure."""
        if name not in self._drawn:
            self.draw_all()
        return str(self._drawn[name].card[form][2])

    def form(self, name: str, form: str) -> bytes:
        """Return one form of a figure."""
        if name not in self._drawn:
            self._drawn[name] = self._store.keep(drawn, self._figures[name])
        kept = self._drawn[name]
        start, end, _ = kept.card[form]
        return kept.part(start, end)


def drawn(result: FigureResult) -> Made:
    """Return a figure in all its forms, one after the other; the card says where each stands.

    ``wide`` and ``narrow`` are SVG to stand in a page. ``svg`` and ``png`` stand alone, with title and
    source. ``specification`` is Vega-Lite JSON, and ``script`` hands the same to a page.
    """
    from evidence.figures.rendering import rendered  # noqa: PLC0415 - loads Altair and vl-convert

    forms = rendered(KINDS[result.kind], result)
    return joined(
        {name: form.encode() if isinstance(form, str) else form for name, form in forms.items()}
    )


def csv_bytes(result: FigureResult) -> bytes:
    """Return the items as a CSV file: numbers with the digits that the figure prints.

    What the figure warns of stands in every row, so that it is not lost on the way.
    """
    rows = [_cells(item) for item in items_of(result)]
    used = [name for name in FIELDS if any(row[name] not in {"", "none"} for row in rows)]
    note = [result.note] if result.note else []
    header = [*(FIELDS[name] for name in used), *(["note"] if note else [])]
    return csv_table(header, (csv_line([*(row[name] for name in used), *note]) for row in rows))


def _cells(item: Item) -> dict[str, str]:
    cells = {name: getattr(item, name) for name in FIELDS}
    if item.date:  # the date says it; the years are only where it is drawn
        cells |= {"first_year": None, "last_year": None}
    cells["doubtful"] = "doubtful" if item.doubtful else ""
    return {name: "" if cell is None else str(cell) for name, cell in cells.items()}
