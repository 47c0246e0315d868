"""Files for reuse beside the pages: figures, citations, sources, and the tables of registry exports."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from evidence.figures.drawing import Drawings, csv_bytes
from evidence.files.citation_files import files_of_citations
from evidence.files.fhir import fhir_bundle
from evidence.files.page_tables import files_of_page_tables
from evidence.files.workbooks import study_workbook
from evidence.finished.file import File
from evidence.model.columns import columns_of, csv_line, csv_table
from evidence.model.registry_record import RegistryChange
from evidence.model.report import Report
from evidence.model.source import Source
from evidence.pages.press import press_of
from evidence.pages.view import Given, workbook_of
from evidence.prose.citation_formats import csl
from evidence.prose.citing import work_of
from evidence.store import Kept, Made, Store, joined

# Several files that are made together, and kept one after the other.


def parts_of(kept: Kept) -> dict[str, File | bytes]:
    """Return the files that stand one after the other in what was kept."""
    return {
        path: File(digest, partial(kept.part, start, end))
        for path, (start, end, digest) in kept.card.items()
    }


# Files for reuse beside the pages: figures, citations, sources, and the tables of registry exports.

# The fields of a source that CSL has a place for; all others stand under its key "custom"
IN_CSL = {"id", "type", "title", "author", "issued", "container_title", "volume", "issue", "page",
          "publisher", "doi", "pmid", "pmcid", "url"}  # fmt: skip


def downloads(given: Given, drawings: Drawings, store: Store) -> dict[str, File | bytes]:
    """Return every download by its path, but for the open data (see ``evidence/files/open_files.py``)."""
    files: dict[str, File | bytes] = {
        path: File(digest, partial(drawings.form, name, form))
        for path, digest, name, form in store.keep(drawn_files, of=given).card
    }
    files |= parts_of(store.keep(files_of_citations, of=given))
    files |= parts_of(store.keep(fhir_bundle, of=given))
    files |= parts_of(store.keep(files_of_page_tables, of=given))
    files |= _workbooks(given.report, store)
    return files | parts_of(store.keep(files_of_records, of=given))


def _workbooks(report: Report, store: Store) -> dict[str, File | bytes]:
    """Return the findings of each study as a workbook beside its page."""
    studies = [study for study in report.studies.values() if study.findings]
    made = store.keep_all(study_workbook, [(study,) for study in studies])
    return {
        workbook_of(f"studies/{study.id}.html"): File(kept.digest, kept.body)
        for study, kept in zip(studies, made, strict=True)
    }


def drawn_files(given: Given) -> Made:
    """Return what ``Drawings.digests`` gives."""
    drawings = given.drawings
    if not isinstance(drawings, Drawings):
        raise TypeError("files of figures are listed where figures are drawn")
    return Made(drawings.digests())


def files_of_records(given: Given) -> Made:
    """Return the downloads that are made of records."""
    workshop = press_of(given).workshop
    files = {
        f"figures/{result.id}.csv": csv_bytes(result)
        for result in workshop.results.figures.values()
    }
    files["downloads/sources.json"] = _sources(workshop.report)
    return joined(files | _exports(workshop.report))


def _exports(report: Report) -> dict[str, bytes]:
    """Return the records of the registry exports, every table of counts, and the rules that sorted.

    Phases stand in them as pages print them.
    """
    phases = {name: word.title for name, word in report.vocabularies.phases.items()}
    files = {
        f"registry/{export.id}/{name}.csv": _phased(table.columns, table.rows, phases)
        for export in report.exports.values()
        for name, table in export.tables.items()
    }
    for name, text in report.records.items():
        header, *rows = csv.reader(io.StringIO(text))
        files[f"registry/{name}/records.csv"] = _phased(tuple(header), rows, phases)
    for export in report.exports.values():
        if export.compared_with:
            names = tuple(column.name for column in columns_of(RegistryChange))
            rows = [[getattr(change, name) for name in names] for change in export.changes]
            files[f"registry/{export.id}/changes.csv"] = _phased(names, rows, phases)
    return files | ({"registry/rules.yaml": report.rules.encode()} if files else {})


def _phased(
    columns: tuple[str, ...], rows: Iterable[Sequence[Any]], phases: dict[str, str]
) -> bytes:
    """Return a table in which ``phases`` have their titles: 1/2 is a day to a spreadsheet program.

    They stand in a column of that name, or before and after a change of that field.
    """

    def worded(row: Sequence[Any]) -> Iterator[Any]:
        cells = dict(zip(columns, row, strict=True))
        spoken = {"before", "after"} if cells.get("field") == "phase" else {"phase"}
        for column, cell in cells.items():
            yield phases.get(cell, cell) if column in spoken else cell

    return csv_table(columns, map(csv_line, map(worded, rows)))


def _sources(report: Report) -> bytes:
    """Return the sources as CSL-JSON, which reference managers read."""
    entries = [_csl(source) for source in report.sources.values()]
    return (json.dumps(entries, indent=1, ensure_ascii=False) + "\n").encode()


def _csl(source: Source) -> dict[str, Any]:
    custom = source.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=IN_CSL)
    fields = {
        "author": [name.model_dump(exclude_none=True, by_alias=True) for name in source.author],
        "PMID": source.pmid,
        "PMCID": source.pmcid,
        "custom": custom,
    }
    return csl(work_of(source)) | {name: value for name, value in fields.items() if value}
