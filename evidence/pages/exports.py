"""A page for each registry export: where it comes from, how it was sorted, and every table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from evidence.model.export import Export
from evidence.model.study import Study
from evidence.numbers.registry_counts import title
from evidence.pages.changes import address_of as changes_of
from evidence.pages.linked_data import dataset
from evidence.pages.view import Crumb, Planned, View, Workshop, public
from evidence.prose.writer import Writer

# The tables in the order of the page, with their headings
ONE_WAY = {
    "phase": "Phase",
    "status": "Status",
    "sponsor-class": "Lead sponsor",
    "condition": "Condition",
    "cell": "Intervention",
    "country": "Country",
    "year": "Year of start",
}
# The tables of two questions: the one whose answers are rows, and the one whose are columns
TWO_WAY = {
    "year-by-phase": ("year", "phase"),
    "phase-by-status": ("phase", "status"),
    "condition-by-phase": ("condition", "phase"),
}

CrossRow = tuple[str, tuple[int, ...]]  # its heading, and the counts


@dataclass(frozen=True)
class CrossTable:
    """A table to print: a heading for each column and row, the counts, and their sums.

    ``question`` is what its rows answer, and ``across`` what its columns do where they are no groups.
    """

    name: str
    question: str
    across: str
    columns: tuple[str, ...]
    rows: tuple[CrossRow, ...]

    @property
    def heading(self) -> str:
        """Return what the whole table answers: "Year of start by phase"."""
        return f"{self.question} by {self.across.lower()}" if self.across else self.question

    @property
    def sums(self) -> tuple[int, ...]:
        """Return the sum of each column."""
        return tuple(sum(row[1][place] for row in self.rows) for place in range(len(self.columns)))


def plan(workshop: Workshop) -> Iterator[Planned]:
    """Yield a page for each export."""
    for export in workshop.report.exports.values():
        yield Planned(
            f"registry/{export.id}.html", _name(export), partial(_export, workshop, export)
        )


def _name(export: Export) -> str:
    return f"What the registry export of {export.exported.words} holds"


def _export(workshop: Workshop, export: Export) -> View:
    report = workshop.report
    address = f"registry/{export.id}.html"
    writer = workshop.writer(address)
    studies = [study for study in report.studies.values() if _counts(study, export)]
    headings = {**ONE_WAY, "cell": report.vocabularies.wording.source}
    name = _name(export)
    return View(
        address=address,
        template="export.html",
        kind="export",
        name=name,
        title=writer.inline(name),
        description="What was counted in an export of a trial registry, how, and every table.",
        writer=writer,
        kicker="Registry export",
        crumbs=(Crumb("Home", "index.html"), Crumb("Registry export", None)),
        dated=export.exported,
        linked={"mainEntity": _dataset(workshop, export, writer)},
        broad=True,
        content={
            "export": export,
            "changes": changes_of(export) if export.compared_with else "",
            "studies": studies,
            **_tables(workshop, export, headings),
        },
    )


def _dataset(workshop: Workshop, export: Export, writer: Writer) -> dict[str, Any]:
    site = workshop.report.site
    tables = [*sorted(export.tables), "records"]
    files = [public(site, writer, f"registry/{export.id}/{table}.csv") for table in tables]
    description = (
        f"What a trial registry answered to “{export.search}” on {export.exported.words}, counted."
    )
    return dataset(_name(export), description, files, site, str(export.exported))


def _tables(workshop: Workshop, export: Export, headings: dict[str, str]) -> dict[str, Any]:
    """Return the tables of an export to print, and what no rule sorted."""
    one_way = (
        cross_table(workshop, export, table, question) for table, question in headings.items()
    )
    two_way = (
        cross_table(workshop, export, table, *(headings[name] for name in names))
        for table, names in TWO_WAY.items()
    )
    return {
        "one_way": [crossed for crossed in one_way if crossed is not None],
        "two_way": [crossed for crossed in two_way if crossed is not None],
        "tables": sorted(export.tables),
        "kinds": export.counted("study-type"),
        "left": [(headings[question], ids) for question, ids in export.unclassified.items() if ids],
    }


def _counts(study: Study, export: Export) -> bool:
    return study.counted is not None and study.counted.export == export.id


def cross_table(
    workshop: Workshop, export: Export, table: str, question: str, across: str = ""
) -> CrossTable | None:
    """Return a table of one question, a column for each group; or of two, ``across`` over all groups.

    The last column is for all. None when the export has no such table by groups.
    """
    counts = export.tables.get(table)
    if counts is None or counts.columns[0] != "group":
        return None
    words = workshop.report.vocabularies
    by, down = (-1, 1) if across else (0, -1)
    headings = counts.columns[:-1]
    lines: dict[str, dict[str, int]] = {}
    columns: list[str] = []
    for row in counts.rows:
        cells = [str(cell) for cell in row[:-1]]
        name = title(words, headings[by], cells[by])
        if name not in columns:
            columns.append(name)
        line = lines.setdefault(title(words, headings[down], cells[down]), {})
        line[name] = line.get(name, 0) + int(row[-1])
    rows = tuple(
        (name, (*(line.get(column, 0) for column in columns), sum(line.values())))
        for name, line in lines.items()
        if across or any(line.values())
    )
    return CrossTable(table, question, across, (*columns, "All"), rows)
