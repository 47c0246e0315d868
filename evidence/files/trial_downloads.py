"""The trials as files: a table, all readings as JSON, and what the explorer reads."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from pydantic_core import from_json, to_json

from evidence.files.downloads import parts_of
from evidence.files.trial_line import VALUE_COLUMNS, Line
from evidence.files.trial_scripts import trial_scripts
from evidence.finished.file import File
from evidence.model.base import PartialDate, kebab
from evidence.model.columns import csv_line, csv_table
from evidence.model.open_data import SAID, TRIALS
from evidence.model.report import Report
from evidence.model.site import Vocabularies
from evidence.model.source import Source
from evidence.model.trial import LISTED, Held, Trial, TrialReading
from evidence.numbers.status import (
    UNKNOWN,
    confirmed_of,
    date_of,
    status_of,
    status_title,
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
from evidence.prose.trial_wording import value_words
from evidence.store import Kept, Later, Made, Store, content_key, field_values, joined

NO_DATE = "not stated"


def lines_of_trials(frame: TrialFrame, report: Report, store: Store) -> Later:
    """Return what each trial gives to files, in the order of the static table, to be fetched when needed."""
    values = [(Later(pack.key, pack.fetch), report.sources_of(pack)) for pack in report.packs]
    kept = store.keep_all(trial_lines, values, of=frame, share=1)
    order = [trial.id for trial in ordered(report)]
    return Later(content_key([pack.digest for pack in kept], order), partial(_sorted, kept, order))


def trial_downloads(frame: TrialFrame, lines: Later, store: Store) -> dict[str, File | bytes]:
    """Return the files of all trials by their paths; ``lines`` are those of ``lines_of_trials``."""
    return parts_of(store.keep(files_of_trials, lines, of=frame))


def trial_lines(frame: TrialFrame, models: list[str], sources: dict[str, Source]) -> Made:
    """Return what some trials give to each of the files, as JSON, a line for each trial."""
    report = frame.report(sources, {})
    trials = map(Trial.model_validate_json, models)
    lines = [to_json([trial.id, field_values(_line(trial, report))]) for trial in trials]
    return Made(None, b"\n".join(lines))


def _sorted(kept: list[Kept], order: list[str]) -> list[list[Any]]:
    lines = dict(from_json(line) for pack in kept for line in pack.body().split(b"\n"))
    return [lines[name] for name in order]


def files_of_trials(frame: TrialFrame, lines: list[list[Any]]) -> Made:
    """Return the files of all trials, whose ``lines`` stand in the order of the static table."""
    rows = [Line.of(fields) for fields in lines]
    return joined(
        {
            TRIALS.path: csv_table(TRIALS.names, (line.row for line in rows)),
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
        csv_line(_row(trial, report)),
        json.dumps(entry, ensure_ascii=False),
        tuple(_values(trial, report)),
        tuple(_chosen(facet, trial, report) for facet in FACETS),
        _more(trial),
        tuple((words, note) for _, words, note in line.cells(COLUMNS)),
    )


def _row(trial: Trial, report: Report) -> list[str]:
    places = [
        f"{reading.source or reading.export or reading.url}, {reading.locator}"
        for reading in trial.readings
    ]
    held = [trial.held.get(name) for name in SAID]
    differ = "; ".join(
        f"{kebab(field.name)}: {_words(field.name, value, report)}"
        f"{_dated(field.name, trial.readings[position], report)} ({places[position]})"
        for field in trial.differing
        for position, value in field.differing
    )
    return [
        *(str(value) for value in _values(trial, report)),
        *("" if field is None else _place(field, places) for field in held),
        differ,
        trial.basis or "",
        trial.note or "",
    ]


def _values(trial: Trial, report: Report) -> Iterable[str | int]:
    """Yield what stands in VALUE_COLUMNS, in words; what nobody says is empty."""
    registries = report.vocabularies.registries
    yield trial.id
    yield registries[trial.registry].title if trial.registry else ""
    yield trial.registry_id or ""
    yield "; ".join(trial.other_ids)
    yield trial.name
    yield report.vocabularies.conditions[trial.condition].title
    for name in SAID:
        if name == "status":
            yield from _status(trial, report)
        else:
            value = trial.value(name)
            yield value if isinstance(value, int) else _words(name, value, report)


def _status(trial: Trial, report: Report) -> tuple[str, str]:
    """Return what the status of a trial counts as today, in words, and the date it was said."""
    status = status_of(trial, report)
    if status is None:
        return "", ""
    title = status_title(status.word, report.vocabularies.statuses, old=status.old)
    return title, NO_DATE if status.as_of is None else str(status.as_of)


def _dated(name: str, reading: TrialReading, report: Report) -> str:
    """Return the date of a status that a reading gives, to stand after it; else nothing."""
    as_of = date_of(reading, report.sources)
    return f" as of {as_of}" if name == "status" and as_of is not None else ""


def _words(name: str, value: Any, report: Report) -> str:
    """Return a value for a table: dates in their ISO form, lists parted by semicolons."""
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    if name in LISTED and isinstance(value, tuple):
        return "; ".join(value_words(name, (word,), report.vocabularies) for word in value)
    return value_words(name, value, report.vocabularies) if name in LISTED else str(value)


def _place(held: Held, places: list[str]) -> str:
    return "inferred" if held.reading is None else places[held.reading]


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
