"""The trials as files: all readings as JSON, and what the explorer reads."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Any

from pydantic_core import from_json, to_json

from evidence.files.downloads import parts_of
from evidence.files.open_trials import tables_of
from evidence.files.trial_line import VALUE_COLUMNS, Line
from evidence.files.trial_scripts import trial_scripts
from evidence.files.trial_values import values_of
from evidence.finished.file import File
from evidence.model.base import PartialDate
from evidence.model.columns import csv_line, csv_table
from evidence.model.report import Report
from evidence.model.source import Source
from evidence.model.trial import Trial
from evidence.model.vocabularies import Vocabularies
from evidence.numbers.status import (
    UNKNOWN,
    confirmed_of,
    status_of,
)
from evidence.pages.trial import TrialFrame
from evidence.pages.trial_lists import (
    COLUMNS,
    FACETS,
    NOT_STATED,
    Facet,
    line_of,
    list_address,
    listed_by,
    ordered,
)
from evidence.pages.view import table_of
from evidence.store import Kept, Later, Made, Store, content_key, field_values, joined


@dataclass(frozen=True)
class TrialLines:
    """What each trial gives to files, in the order of the static table, to be fetched when needed.

    ``explorer`` are lines (see ``Line``). Of the open data ``tables`` are the lines of the files and ``rows`` what
    stands in them, each for every one of OF_TRIALS.
    """

    explorer: Later
    tables: Later
    rows: Later


def lines_of_trials(frame: TrialFrame, report: Report, store: Store) -> TrialLines:
    """Return what each trial gives to files."""
    values = [(Later(pack.key, pack.fetch), report.sources_of(pack)) for pack in report.packs]
    kept = store.keep_all(trial_lines, values, of=frame, share=1)
    order = [trial.id for trial in ordered(report)]
    digests = [pack.digest for pack in kept]
    parts = (
        Later(content_key(digests, order, at), partial(_sorted, kept, order, at)) for at in range(3)
    )
    return TrialLines(*parts)


def trial_downloads(frame: TrialFrame, lines: TrialLines, store: Store) -> dict[str, File | bytes]:
    """Return the files of all trials by their paths, but for tables."""
    return parts_of(store.keep(files_of_trials, lines.explorer, of=frame))


def trial_lines(frame: TrialFrame, models: list[str], sources: dict[str, Source]) -> Made:
    """Return what some trials give to files, as JSON with a line for each trial: see ``TrialLines``.

    Its three parts stand one after the other; the card says where each begins.
    """
    report = frame.report(sources, {})
    parts = bytearray(), bytearray(), bytearray()
    for trial in map(Trial.model_validate_json, models):
        rows = tables_of(trial, report)
        tables = ["".join(map(csv_line, table)) for table in rows]
        given = field_values(_line(trial, report)), tables, rows
        for part, made in zip(parts, given, strict=True):
            part.extend(to_json([trial.id, made]) + b"\n")
    starts = list(accumulate(map(len, parts), initial=0))
    return Made(starts, b"".join(parts))


def _sorted(kept: list[Kept], order: list[str], at: int) -> list[list[Any]]:
    """Return one of the parts of what was kept of all packs."""
    found: dict[str, list[Any]] = {}
    for pack in kept:
        start, end = pack.card[at : at + 2]
        found.update(map(from_json, pack.part(start, end).splitlines()))
    return [found[name] for name in order]


def files_of_trials(frame: TrialFrame, lines: list[list[Any]]) -> Made:
    """Return the files of all trials, whose ``lines`` stand in the order of the static table."""
    rows = [Line.of(fields) for fields in lines]
    return joined(
        {
            "downloads/trials.json": _json(rows),
            **trial_scripts(frame.words, rows),
            **_of_lists(frame.words, rows),
        }
    )


def _of_lists(words: Vocabularies, rows: Sequence[Line]) -> dict[str, bytes]:
    """Return a table of values for each list of trials, in the order of the list."""
    listed: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        line = csv_line(row.values)
        for facet, names in listed_by(words).items():
            for name in row.chosen_of(facet):
                if name in names:
                    listed[table_of(list_address(facet, name))].append(line)
    return {path: csv_table(VALUE_COLUMNS, lines) for path, lines in listed.items()}


def _line(trial: Trial, report: Report) -> Line:
    entry = trial.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    entry |= _aged(trial, report)
    line = line_of(trial, report)
    return Line(
        json.dumps(entry, ensure_ascii=False),
        tuple(values_of(trial, report)),
        tuple(_chosen(facet, trial, report) for facet in FACETS),
        _more(trial),
        tuple((words, note) for _, words, note in line.cells(COLUMNS)),
    )


def _json(lines: Sequence[Line]) -> bytes:
    """Return every trial with all its readings, in the keys of its source file, and its status."""
    entries = ",\n".join(line.entry for line in lines)
    return f"[\n{entries}\n]\n".encode()


def _aged(trial: Trial, report: Report) -> dict[str, dict[str, str]]:
    """Return the status of a trial as it counts today, beside what was said and when."""
    status = status_of(trial, report)
    if status is None:
        return {}
    dated = {} if status.as_of is None else {"as-of": str(status.as_of)}
    counts_as = UNKNOWN if status.old else status.word
    return {"status": {"said": status.word, **dated, "counts-as": counts_as}}


def _chosen(facet: Facet, trial: Trial, report: Report) -> tuple[str, ...]:
    """Return the values of one facet that a trial has."""
    if facet.name == "condition":
        return report.vocabularies.widening("conditions", trial.condition)
    if facet.name in {"status", "confirmed"}:
        status = status_of(trial, report)
        if facet.name == "confirmed":
            return (confirmed_of(status, report.today),)
        return (NOT_STATED,) if status is None else (status.counts_as,)
    value = trial.value(facet.field)
    if isinstance(value, PartialDate):
        return (str(value.year),)
    if value is None:
        return (NOT_STATED,)
    if facet.name == "cell":
        return report.vocabularies.widening("cells", value)
    return value if isinstance(value, tuple) else (value,)


def _more(trial: Trial) -> str:
    """Return words that find a trial though they stand in no column: those that were printed."""
    phrases = dict.fromkeys(
        words
        for reading in trial.readings
        for words in (reading.says.condition, *reading.printed.values(), reading.says.product)
        if words
    )
    return " ".join(phrases)
