"""The records of an export, counted; and the counts as findings of the study that declares them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from evidence.model.export import NOT_STATED, STUDY_TYPES, TABLES, UNCLASSIFIED, Export, ExportTable
from evidence.model.finding import Finding
from evidence.model.registry_record import RegistryRecord
from evidence.model.study import Study
from evidence.model.vocabularies import OTHER, Vocabularies

# The counts: how many records there are of each kind. Every table sums to the records kept.

SEVERAL = "several countries"
NO_COUNTRY = "not stated"
# Tables with every combination, so that an empty one shows as such; the others have those that occur
WHOLE = {
    "year",
    "phase",
    "status",
    "sponsor-class",
    "study-type",
    "year-by-phase",
    "phase-by-status",
}
MOST_EMPTY_YEARS = 100


def tables_of(records: Sequence[RegistryRecord], words: Vocabularies) -> dict[str, ExportTable]:
    """Return every table of counts by name; a record in several countries is one of "several"."""
    titles = {country.code: country.title for country in words.countries.values()}
    rows = [_cells(record, words, titles) for record in records]
    orders = _orders(rows, words)
    tables = {}
    for name, columns in TABLES.items():
        counts = Counter(tuple(row[column] for column in columns[:-1]) for row in rows)
        lists = [orders[column] for column in columns[:-1]]
        places = [{cell: place for place, cell in enumerate(listed)} for listed in lists]

        def key(cells: tuple[str, ...], places: Sequence[Mapping[str, int]] = places) -> list[int]:
            return [place[cell] for place, cell in zip(places, cells, strict=True)]

        keys = product(*lists) if name in WHOLE else sorted(counts, key=key)
        made: tuple[tuple[str | int, ...], ...] = tuple((*cells, counts[cells]) for cells in keys)
        tables[name] = ExportTable.model_construct(columns=columns, rows=made)
    return tables


def _cells(record: RegistryRecord, words: Vocabularies, titles: dict[str, str]) -> dict[str, str]:
    """Return what a record has in each column of the tables."""
    several = len(record.countries) > 1
    code = record.countries[0] if len(record.countries) == 1 else ""
    country = SEVERAL if several else titles.get(code, code) or NO_COUNTRY
    unclassified = record.condition == UNCLASSIFIED
    return {
        "group": UNCLASSIFIED if unclassified else words.group_of(record.condition),
        "year": str(record.start.year) if record.start else NOT_STATED,
        "phase": record.phase,
        "status": record.status,
        "code": code,
        "country": country,
        "sponsor-class": record.sponsor_class,
        "condition": record.condition,
        "cell": record.cell,
        "study-type": record.study_type,
    }


def _orders(rows: Sequence[Mapping[str, str]], words: Vocabularies) -> dict[str, list[str]]:
    """Return the values of every column in their natural order."""
    named = sorted({(row["country"], row["code"]) for row in rows if row["code"]})
    groups = {**words.condition_groups, OTHER: ""}
    years = {int(row["year"]) for row in rows if row["year"] != NOT_STATED}
    return {
        "group": _order(rows, "group", groups, UNCLASSIFIED),
        "year": [*_years(years), NOT_STATED],
        "phase": _order(rows, "phase", words.phases, NOT_STATED),
        "status": _order(rows, "status", words.statuses, NOT_STATED),
        "code": [*sorted({code for _, code in named}), ""],
        "country": [*dict.fromkeys(name for name, _ in named), SEVERAL, NO_COUNTRY],
        "sponsor-class": _order(rows, "sponsor-class", words.sponsor_classes, NOT_STATED),
        "condition": _order(rows, "condition", words.conditions, UNCLASSIFIED),
        "cell": _order(rows, "cell", words.cells, UNCLASSIFIED),
        "study-type": list(STUDY_TYPES),
    }


def _order(
    rows: Sequence[Mapping[str, str]], column: str, listed: Mapping[str, object], last: str
) -> list[str]:
    """Return the values of a closed list, then what stands in no list, then ``last``."""
    others = sorted({row[column] for row in rows} - listed.keys() - {last})
    return [*(name for name in listed if name != last), *others, last]


def _years(seen: set[int]) -> list[str]:
    """Return every year from the first to the last, so that an empty one shows as such."""
    if not seen:
        return []
    years = range(min(seen), max(seen) + 1)
    return [str(year) for year in (years if len(years) <= MOST_EMPTY_YEARS else sorted(seen))]


# The counts as findings of the study that declares them.

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
LISTS = {
    "phase": "phases",
    "status": "statuses",
    "sponsor-class": "sponsor_classes",
    "condition": "conditions",
    "cell": "cells",
}
UNNAMED = {NOT_STATED: "not stated", UNCLASSIFIED: "not classified"}


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
            named = title(words, table, cells[-1])
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


def title(words: Vocabularies | None, column: str, cell: str) -> str:
    """Return how a cell of an export's table is named in print."""
    if words is not None and column == "group":
        return words.condition_groups.get(cell) or UNNAMED.get(cell) or cell.capitalize()
    listed = getattr(words, LISTS[column]) if words is not None and column in LISTS else {}
    word = listed.get(cell)
    return str(word.title) if word is not None else UNNAMED.get(cell, cell)
