"""The tables of pages as CSV, each beside its page: outcomes, summaries, findings of a study, claims.

A row has what the page prints of it, and behind that the columns of the open table of its thing, so that
numbers stand apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from evidence.files.open_rows import cells_of_claim, cells_of_finding
from evidence.model.columns import csv_line, csv_table
from evidence.model.open_data import CLAIMS, FINDINGS
from evidence.model.page import Page
from evidence.pages.main_result import in_order
from evidence.pages.outcome_table import OutcomeTable, outcome_table
from evidence.pages.own_table import own_table
from evidence.pages.press import press_of
from evidence.pages.summary_table import SummaryOutcome, SummaryRow, summary_table
from evidence.pages.view import Given, Workshop, table_of
from evidence.prose.uses import OUTCOME, OWN, SUMMARY
from evidence.store import Made, joined

OF_OUTCOME = ("outcome-title", "comparison", "study-title", "treated", "control", "difference",
              "computed-here", "when", "limits", *FINDINGS.names)  # fmt: skip
OF_SUMMARY = ("outcome", "outcome-title", "study", "study-title", "figure", "result", "people",
              "control", "treated", "difference", "relative-effect", "in-words", "certainty",
              "certainty-by", "certainty-source", "certainty-locator", "certainty-reasons")  # fmt: skip
NOTE = re.compile(r'<span class="finding-note"[^>]*>')
Cells = dict[str, str]


def files_of_page_tables(given: Given) -> Made:
    """Return the CSV files of all pages that show a table of findings or of claims."""
    workshop = press_of(given).workshop
    return joined(dict(_files(workshop)))


def _files(workshop: Workshop) -> Iterator[tuple[str, bytes]]:
    for page in workshop.report.pages.values():
        yield from _of_page(workshop, page)
    for study in workshop.report.studies.values():
        if study.findings:
            groups = in_order(study, workshop.report.searches.values())
            found = [finding for _, members in groups for finding in members]
            rows = (cells_of_finding(workshop, study, finding) for finding in found)
            yield table_of(f"studies/{study.id}.html"), _table(FINDINGS.names, rows)
    for ledger in workshop.report.ledgers.values():
        path = table_of(ledger.page_address())
        rows = (cells_of_claim(workshop, ledger, claim) for claim in ledger.claims.values())
        yield path, _table(CLAIMS.names, rows)


def _table(columns: tuple[str, ...], rows: Iterable[Cells]) -> bytes:
    return csv_table(columns, (csv_line(cells.get(name, "") for name in columns) for cells in rows))


def _of_page(workshop: Workshop, page: Page) -> Iterator[tuple[str, bytes]]:
    """Yield the tables of outcomes that a page shows, and its summary of findings."""
    tables = workshop.uses.tables_of_page[page.id]
    outcomes = [name.removeprefix(OUTCOME) for name in tables if name.startswith(OUTCOME)]
    writer = workshop.writer(page.address)
    for name in outcomes:
        made = outcome_table(workshop.report, writer, page.id, name)
        yield made.file, _table(OF_OUTCOME, _of_outcome(workshop, made))
    for name in (name.removeprefix(OWN) for name in tables if name.startswith(OWN)):
        own = own_table(workshop.report, writer, name)
        yield (
            own.file,
            _table(own.heads, (dict(zip(own.heads, row, strict=True)) for row in own.rows)),
        )
    if SUMMARY in tables:
        summary = summary_table(workshop.report, writer, page.id, outcomes)
        rows = [_of_summary(outcome, row) for outcome in summary.outcomes for row in outcome.rows]
        if rows:
            yield summary.file, _table(OF_SUMMARY, rows)


def _of_outcome(workshop: Workshop, made: OutcomeTable) -> Iterator[Cells]:
    for heading, lines in (*made.shown.groups, *made.behind.groups):
        for line in lines:
            yield cells_of_finding(workshop, line.study, line.finding) | {
                "outcome-title": made.outcome.title,
                "comparison": heading,
                "study-title": line.study.short,
                "treated": plain_words(line.treated),
                "control": plain_words(line.control),
                "difference": plain_words(line.difference),
                "computed-here": "true" if line.computed else "false",
                "when": line.when,
                "limits": line.limits,
            }


def _of_summary(outcome: SummaryOutcome, row: SummaryRow) -> Cells:
    """Return a row of a summary. The sentence of a line, and who judges it, stand with its first row."""
    line, judged = row.line, row.judged if row.first else None
    return {
        "outcome": outcome.id,
        "outcome-title": outcome.outcome.title,
        "study": line.study.id if line.study else "",
        "study-title": line.study.short if line.study else "Pooled here",
        "figure": "" if line.study else line.address,
        "result": row.who,
        "people": row.people,
        "control": plain_words(row.without),
        "treated": plain_words(row.treated),
        "difference": plain_words(row.difference),
        "relative-effect": plain_words(row.ratio),
        "in-words": row.words if row.first else "",
        "certainty": judged.rating.certainty if judged else "",
        "certainty-by": judged.rating.by if judged else "",
        "certainty-source": judged.source.id if judged else "",
        "certainty-locator": judged.rating.locator if judged else "",
        "certainty-reasons": (judged.rating.reasons or "") if judged else "",
    }


def plain_words(cell: Markup) -> str:
    """Return what a cell says as plain text; a note in it stands behind a semicolon."""
    parts = (Markup(part).striptags() for part in NOTE.split(cell))  # noqa: S704 - tags are taken off
    return "; ".join(part for part in parts if part)
