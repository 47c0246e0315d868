"""A page for each registry export: where it comes from, how it was sorted, and every table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from evidence.model.export import Export, ExportTable
from evidence.model.study import Study
from evidence.numbers.registry_counts import title
from evidence.pages.view import Crumb, Planned, View, Workshop

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
        yield Planned(f"registry/{export.id}.html", partial(_export, workshop, export))


def _export(workshop: Workshop, export: Export) -> View:
    report = workshop.report
    address = f"registry/{export.id}.html"
    writer = workshop.writer(address)
    studies = [study for study in report.studies.values() if _counts(study, export)]
    headings = {**ONE_WAY, "cell": report.vocabularies.wording.source}
    name = f"What the registry export of {export.exported.words} holds"
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
        broad=True,
        content={
            "export": export,
            "studies": studies,
            "one_way": [
                crossed
                for table, question in headings.items()
                if (crossed := one_way(workshop, export, table, question)) is not None
            ],
            "two_way": [
                crossed
                for table, (down, across) in TWO_WAY.items()
                if (crossed := two_way(workshop, export, table, headings[down], headings[across]))
                is not None
            ],
            "tables": sorted(export.tables),
        },
    )


def _counts(study: Study, export: Export) -> bool:
    return study.counted is not None and study.counted.export == export.id


def one_way(workshop: Workshop, export: Export, table: str, question: str) -> CrossTable | None:
    """Return a table of one question: a row for each value, a column for each group and for all."""
    counts = export.tables.get(table)
    if counts is None or counts.columns[0] != "group":
        return None
    columns, rows = _crossed(workshop, export, counts, by=0)
    return CrossTable(table, question, "", columns, rows)


def two_way(
    workshop: Workshop, export: Export, table: str, question: str, across: str
) -> CrossTable | None:
    """Return a table of two questions, over all groups."""
    counts = export.tables.get(table)
    if counts is None or counts.columns[0] != "group":
        return None
    columns, rows = _crossed(workshop, export, counts, by=-1)
    return CrossTable(table, question, across, columns, rows)


def _crossed(
    workshop: Workshop, export: Export, counts: ExportTable, by: int
) -> tuple[tuple[str, ...], tuple[CrossRow, ...]]:
    """Return columns and rows: a column for each cell of the column ``by``, and one for all."""
    words = workshop.report.vocabularies
    down = -1 if by == 0 else 1
    columns = counts.columns[:-1]
    lines: dict[str, dict[str, int]] = {}
    across: list[str] = []
    for row in counts.rows:
        cells = [str(cell) for cell in row[:-1]]
        name = title(export, words, columns[by], cells[by])
        if name not in across:
            across.append(name)
        line = lines.setdefault(title(export, words, columns[down], cells[down]), {})
        line[name] = line.get(name, 0) + int(row[-1])
    rows = tuple(
        (name, (*(line.get(column, 0) for column in across), sum(line.values())))
        for name, line in lines.items()
    )
    kept = tuple(row for row in rows if row[1][-1] or by != 0)
    return (*across, "All"), kept
