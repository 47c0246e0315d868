"""Reports, figures and drawings for the tests of figures, without files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date as Date
from decimal import Decimal
from typing import Any

from lxml import etree

from evidence.figures import drawing, figure_result
from evidence.figures.figure_item import Item
from evidence.model.figure import Figure
from evidence.model.figure_row import Table
from evidence.model.finding import Finding
from evidence.model.report import Report
from evidence.model.site import Site
from evidence.model.source import Source
from evidence.model.study import Study
from evidence.model.vocabularies import Vocabularies
from evidence.numbers.quantity import implied_events
from evidence.numbers.results import Computed, FigureResult
from evidence.numbers.statistics.proportions import clopper_pearson, newcombe, wald
from evidence.store import Store
from tests.projects import KEPT

SVG = "{http://www.w3.org/2000/svg}"
Stated = dict[str, dict[str, Any]]


def report_of(stated: Stated, **of_study: Any) -> Report:
    """Return a report with the findings ``stated`` by ``study/finding``."""
    studies: dict[str, Study] = {}
    for address, fields in stated.items():
        study, _, name = address.partition("/")
        known = {"measure": "improvement", "source": study, "locator": "Abstract"}
        finding = Finding.model_validate(_exact({"id": name, **known, **fields}))
        made = studies.get(study) or _study(study, of_study.get(study.replace("-", "_"), {}))
        studies[study] = made.model_copy(update={"findings": {**made.findings, name: finding}})
    site = {"title": "T", "tagline": "T", "description": "D", "footer": "F"}
    lists: dict[str, Any] = {"sections": (), "navigation": ()}
    return Report(
        site=Site.model_validate(site | lists),
        vocabularies=Vocabularies(conditions={}, cells={}),
        sources={name: _source(name) for name in studies},
        studies=studies,
        trials={},
        ledgers={},
        figures={},
        tables={},
        exports={},
        searches={},
        terms={},
        pages={},
        templates={},
        static={},
        today=Date(2026, 11, 21),
        findings={
            f"{study.id}/{name}": finding
            for study in studies.values()
            for name, finding in study.findings.items()
        },
    )


def _exact(written: Any) -> Any:
    """Return numbers with the digits with which they are written, as YAML files give them."""
    if isinstance(written, float):
        return Decimal(str(written))
    if isinstance(written, dict):
        return {key: _exact(each) for key, each in written.items()}
    return [_exact(each) for each in written] if isinstance(written, list) else written


def _study(name: str, fields: dict[str, Any]) -> Study:
    described = {"source": name, "locator": "Abstract"}
    known = {"title": name, "short": name.replace("-", " ").title(), "summary": "A study."}
    kind = {"condition": "cough", "design": {"kind": "case-series"}, "described-in": described}
    return Study.model_validate({"id": name, **known, **kind, **fields})


def _source(name: str) -> Source:
    known = {"type": "article-journal", "title": name, "kind": "journal-article"}
    reading = [{"part": "Abstract", "date": "2026-11-21", "extent": "whole"}]
    short = f"{name.replace('-', ' ').title()} paper"
    return Source.model_validate({"id": name, "short": short, "reading": reading, **known})


def figure_of(kind: str, rows: list[Any], **fields: Any) -> Figure:
    """Return a declared figure; a row may be an address alone."""
    given = [{"finding": row} if isinstance(row, str) else row for row in rows]
    known = {"id": "tried", "kind": kind, "title": "A message", "subtitle": "What, where, when"}
    return Figure.model_validate({**known, "rows": given, **fields})


def report_with(name: str, written: str) -> Report:
    """Return a report with the source "register" and one table, ``written`` as CSV."""
    header, *rows = (tuple(line.split(",")) for line in written.strip().split("\n"))
    table = Table(name, f"data/tables/{name}", header, tuple(enumerate(rows, start=2)))
    made = report_of({})
    return replace(made, sources={"register": _source("register")}, tables={name: table})


def table_figure(kind: str, table: str, columns: dict[str, str], **fields: Any) -> Figure:
    """Return a declared figure of a table that was read in the source "register"."""
    read_in = {"source": "register", "locator": "Table 1"}
    given = {"table": table, "columns": columns, "read_in": read_in}
    return figure_of(kind, [], **given, **fields)


def named(title: str, sentences: tuple[str, ...] = (), told: str = "") -> FigureResult:
    """Return a result with a title, items that only have a sentence, and ``told`` in words."""
    items = tuple(Item(label=words, printed="", sentence=words) for words in sentences)
    return FigureResult("tried", "intervals", title, "", "", items, (), (), told, ())


def computed_of(report: Report) -> dict[str, Computed]:
    """Return what the counts of every finding give."""
    return {address: _computed(finding) for address, finding in report.findings.items()}


def _computed(finding: Finding) -> Computed:
    if finding.events is not None and finding.n is not None:
        return Computed(proportion=clopper_pearson(finding.events, finding.n))
    implied = implied_events(finding)
    if implied is not None:
        return Computed(implied=clopper_pearson(implied, finding.n or 0))
    if finding.arms is None:
        return Computed()
    arms = [(arm.events, arm.n) for arm in (finding.arms.treated, finding.arms.control)]
    counted = [(events, n) for events, n in arms if events is not None and n is not None]
    if len(counted) < 2:
        return Computed()
    first, second = (clopper_pearson(*each) for each in counted)
    return Computed(
        treated=first,
        control=second,
        difference=wald(counted[0], counted[1]),
        difference_score=newcombe(counted[0], counted[1]),
    )


def result_of(figure: Figure, report: Report) -> FigureResult:
    """Return the result of a figure."""
    return figure_result(figure, report, computed_of(report))


@dataclass(frozen=True)
class Forms:
    """A figure in every form: SVG for the page at two widths, and the files that can be kept."""

    wide: str
    narrow: str
    svg: str
    png: bytes
    specification: str
    script: str


def forms_of(result: FigureResult, store: Store) -> Forms:
    """Return the forms of a figure, drawn now or kept."""
    kept = store.keep(drawing.drawn, result)
    body = kept.body()
    forms = {name: body[start:end] for name, (start, end, _) in kept.card.items()}
    png = forms.pop("png")
    return Forms(png=png, **{name: form.decode() for name, form in forms.items()})


def drawn(figure: Figure, report: Report) -> Forms:
    """Return the forms of a figure, drawn once for all tests."""
    return forms_of(result_of(figure, report), Store(KEPT))


def words_of(svg: str) -> list[str]:
    """Return the texts of an SVG in order."""
    return [text.text or "" for text in etree.fromstring(svg.encode()).iter(f"{SVG}text")]


def lines_of(svg: str, colour: str) -> list[tuple[float, float, float, float]]:
    """Return the lines of a colour as (x1, y1, x2, y2)."""
    return [
        (
            float(line.attrib.get("x1", "0")),
            float(line.attrib.get("y1", "0")),
            float(line.attrib.get("x2", "0")),
            float(line.attrib.get("y2", "0")),
        )
        for line in etree.fromstring(svg.encode()).iter(f"{SVG}line")
        if colour in line.attrib.get("stroke", "")
    ]


def place_of(svg: str, words: str) -> tuple[float, float]:
    """Return where a text stands, as (x, y)."""
    for text in etree.fromstring(svg.encode()).iter(f"{SVG}text"):
        if text.text == words:
            return float(text.attrib["x"]), float(text.attrib["y"])
    raise AssertionError(f"'{words}' is not in the drawing")
