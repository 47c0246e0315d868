"""Figures: what an editor declares becomes a result, and a result becomes a drawing."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from importlib import import_module
from typing import Any

from evidence.figures import tabular
from evidence.figures.kind import FigureKind, Missing
from evidence.model.figure import Figure
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.numbers.results import Computed, FigureResult, PoolingQuestion, Synthesis, Synthesise
from evidence.prose.plain_text import plain_text

# The kinds by name, in the order in which they are explained. Each is KIND of the module of its name,
# but for those that share one.
NAMES = (
    "intervals", "shares", "years", "arms", "timeline", "stacked-years", "stacked-bars", "ranking",
    "grid", "evidence-map", "small-multiples", "world-map", "flow", "study-flow", "judgements",
    "designs", "forest", "funnel", "icons", "cumulative", "leave-one-out",
)  # fmt: skip
SHARED = {
    "cumulative": ("repeated_pooling", "CUMULATIVE"),
    "leave-one-out": ("repeated_pooling", "LEAVE_ONE_OUT"),
}


class Kinds(Mapping[str, FigureKind]):
    """Every kind by its name. Its module is loaded when the kind is asked for: few runs draw."""

    def __getitem__(self, name: str) -> FigureKind:
        """Return a kind."""
        if name not in NAMES:
            raise KeyError(name)
        module, kind = SHARED.get(name, (name.replace("-", "_"), "KIND"))
        figure_kind: FigureKind = getattr(import_module(f"evidence.figures.{module}"), kind)
        return figure_kind

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all kinds."""
        return iter(NAMES)

    def __len__(self) -> int:
        """Return how many kinds there are."""
        return len(NAMES)


KINDS: Mapping[str, FigureKind] = Kinds()


def missing(figure: Figure, findings: dict[str, Finding]) -> Iterable[Missing]:
    """Return what the rows lack to be drawn, as (row position, message, hint).

    A kind that nobody knows lacks nothing here: the name of the kind is another rule's.
    """
    kind = KINDS.get(figure.kind)
    return () if kind is None else kind.missing(figure, findings)


def unsuited(
    figure: Figure, studies: dict[str, Study], sources: dict[str, Source]
) -> Iterable[Missing]:
    """Return which rows the design of their study, or their source, does not let be drawn so."""
    kind = KINDS.get(figure.kind)
    return () if kind is None or kind.unsuited is None else kind.unsuited(figure, studies, sources)


def figure_result(
    figure: Figure,
    report: Report,
    computed: dict[str, Computed],
    synthesise: Synthesise | None = None,
) -> FigureResult:
    """Return everything that the drawing, table, CSV and alternative text of a figure say.

    Without ``synthesise``, which may remember, a figure that pools its studies pools them anew.
    """
    kind, together = KINDS[figure.kind], None
    if kind.question is not None:
        together = (synthesise or _pooled_anew)(kind.question(figure, report))
        computed = {**computed, figure.id: Computed(synthesis=together)}
    title = plain_text(figure.title, report, computed)
    items = kind.items(figure, report, computed)
    columns, rows = kind.table(items)
    sources = [report.finding(row.finding).source for row in figure.rows]
    if figure.read_in is not None:
        sources.append(figure.read_in.source)
    result = FigureResult(
        id=figure.id,
        kind=figure.kind,
        title=title,
        subtitle=plain_text(figure.subtitle, report, computed),
        axis=figure.axis or kind.axis(figure, report.findings),
        items=items,
        columns=columns,
        table=rows,
        alternative=kind.alternative(title, items),
        sources=tuple(dict.fromkeys(sources)),
        reference=_reference(figure, kind, report),
        note=plain_text(figure.note or "", report, computed),
        options=tabular.options(figure, report, kind.options),
        synthesis=together,
    )
    if kind.conventions is None:
        return result
    return dataclasses.replace(result, conventions=kind.conventions(result))


class FigureResults(Mapping[str, FigureResult]):
    """The result of each figure of a report by its id, each computed when it is first asked for."""

    def __init__(
        self, report: Report, computed: dict[str, Computed], synthesise: Synthesise | None = None
    ) -> None:
        """Remember what they are computed from."""
        self._given = report, computed, synthesise
        self._made: dict[str, FigureResult] = {}

    def __getitem__(self, name: str) -> FigureResult:
        """Return the result of a figure."""
        if name not in self._made:
            report, computed, synthesise = self._given
            self._made[name] = figure_result(report.figures[name], report, computed, synthesise)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the ids of all figures."""
        return iter(self._given[0].figures)

    def __len__(self) -> int:
        """Return how many figures there are."""
        return len(self._given[0].figures)

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process as what was computed."""
        return dict, (dict(self),)


def _pooled_anew(question: PoolingQuestion) -> Synthesis:
    from evidence.numbers.synthesising import synthesised  # noqa: PLC0415 - slow to import

    return synthesised(question)


def _reference(figure: Figure, kind: FigureKind, report: Report) -> Decimal | None:
    if figure.reference is not None or kind.reference is None:
        return figure.reference
    return kind.reference(figure, report.findings)
