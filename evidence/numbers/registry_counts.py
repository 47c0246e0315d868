"""The counts of an imported registry export, as findings of the study that declares it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from evidence.model.export import Export
from evidence.model.site import Vocabularies
from evidence.model.study import Finding, Study

NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
# The tables with one column besides the count, with what a row of each counts
ONE_WAY = {
    "year": "studies started in {}",
    "phase": "studies: {}",
    "status": "studies with the status {}",
    "country": "studies in {}",
    "sponsor-class": "studies with the lead sponsor {}",
    "condition": "studies in {}",
    "cell": "studies of {}",
}
LISTS = {"phase": "phases", "status": "statuses", "sponsor-class": "sponsor_classes"}
UNNAMED = {"not-stated": "not stated", "unclassified": "not classified"}


def extended(study: Study, exports: dict[str, Export], words: Vocabularies | None) -> Study:
    """Return the study with a finding for each count of its export, if it declares one."""
    counted = study.counted
    if counted is None or counted.export not in exports:
        return study
    counts = {finding.id: finding for finding in findings(study, exports[counted.export], words)}
    return study.model_copy(update={"findings": {**study.findings, **counts}})


def findings(study: Study, export: Export, words: Vocabularies | None) -> Iterator[Finding]:
    """Yield the number of studies, and of each one-way table each row as a part of it."""
    counted = study.counted
    if counted is None:
        return
    total = sum(number for _, number in rows(export, "phase", counted.group))
    if total == 0:  # a group that no row has: whatever refers to its findings says so
        return
    yield Finding(
        id="studies",
        measure="studies counted",
        value=Decimal(total),
        unit="studies",
        source=counted.source,
        locator="phase.csv",
        population=counted.population,
    )
    for table, measure in ONE_WAY.items():
        for cells, number in rows(export, table, counted.group):
            if number == 0 and table not in {"phase", "status"}:
                continue
            named = title(export, words, table, cells[-1])
            yield Finding(
                id=NOT_IN_IDS.sub("-", f"{table}-{cells[0] or cells[-1]}".lower()).strip("-"),
                measure=measure.format(named),
                events=number,
                n=total,
                source=counted.source,
                locator=f"{table}.csv",
                population=counted.population,
            )


def rows(export: Export, table: str, group: str | None) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield (cells without group and count, count) of a table, of one group or of all summed."""
    sums: dict[tuple[str, ...], int] = {}
    counts = export.tables.get(table)
    for row in counts.rows if counts is not None else ():
        own, *cells, number = row
        if group is None or own == group:
            key = tuple(str(cell) for cell in cells)
            sums[key] = sums.get(key, 0) + int(number)
    yield from sums.items()


def title(export: Export, words: Vocabularies | None, column: str, cell: str) -> str:
    """Return how a cell of an export's table is named in print."""
    if column in LISTS and words is not None:
        listed = getattr(words, LISTS[column])
        if cell in listed:
            return str(listed[cell].title)
    if column == "group" and cell in export.groups:
        return export.groups[cell]
    return export.conditions.get(cell) or export.cells.get(cell) or UNNAMED.get(cell, cell)
