"""What a kind of figure has to offer. A new kind is one module and one name in ``KINDS``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evidence.figures.figure_item import Item
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.numbers.results import Computed, FigureResult, PoolingQuestion

Missing = tuple[int, str, str]
Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class Role:
    """What a column of a table does in a kind of figure: along the axis, the number, ...

    ``wrong`` tells what is wrong with a cell of it, as (message, hint).
    """

    name: str
    sentence: str
    number: bool = False
    optional: bool = False
    wrong: Callable[[str], tuple[str, str] | None] | None = None


@dataclass(frozen=True)
class FigureKind:
    """One kind: its name, a sentence on when to use it, and its functions.

    A kind with ``roles`` shows a table of counts, the others show findings. ``options`` are the keys
    of a figure that not every kind has a use for. ``unfit`` tells what of the chosen rows of a table
    cannot be drawn, as (key of the figure, message, hint). ``missing`` names what the rows lack to
    be drawn, as (row position, message, hint).
    ``items`` gives the data of the figure. ``axis`` names what is measured along the axis, for
    figures whose editor does not. ``table`` gives the columns and rows of the table beside it.
    ``alternative`` says the figure in words. ``chart`` gives the Vega-Lite specification for a
    width in pixels; it alone may import Altair.

    A kind that shows what studies say together has a ``question`` for the statistics; ``items``
    finds the answer under the figure's id. ``unsuited`` names rows whose studies or sources do not
    allow the picture, as ``missing`` does. ``reference`` is where the line of no effect stands.

    ``pooled_rows`` tells that a row may be marked as pooled by its source, ``pooled`` or not.
    ``conventions`` are sentences that say what its marks mean and how its numbers were made; they
    stand below the figure wherever it is shown.
    """

    name: str
    sentence: str
    missing: Callable[[Figure, dict[str, Finding]], Iterable[Missing]]
    items: Callable[[Figure, Report, dict[str, Computed]], tuple[Item, ...]]
    axis: Callable[[Figure, dict[str, Finding]], str]
    table: Callable[[tuple[Item, ...]], Table]
    alternative: Callable[[str, tuple[Item, ...]], str]
    chart: Callable[[FigureResult, int], dict[str, Any]]
    roles: tuple[Role, ...] = ()
    options: tuple[str, ...] = ()
    question: Callable[[Figure, Report], PoolingQuestion] | None = None
    unsuited: Callable[[Figure, dict[str, Study], dict[str, Source]], Iterable[Missing]] | None = (
        None
    )
    reference: Callable[[Figure, dict[str, Finding]], Decimal | None] | None = None
    unfit: Callable[[Figure, list[dict[str, str]]], Iterable[tuple[str, str, str]]] | None = None
    pooled_rows: bool = False
    conventions: Callable[[FigureResult], tuple[str, ...]] | None = None
