"""The rows of trials in the open data: what is said of each, where it was read, and its countries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from pydantic_core import from_json, to_json

from evidence.files.trial_values import values_of, words_of
from evidence.model.base import kebab
from evidence.model.columns import cells_of, csv_line, csv_table
from evidence.model.open_data import OF_TRIALS, SAID, TRIAL_READINGS
from evidence.model.report import Report
from evidence.model.source import Source
from evidence.model.trial import Held, Trial, TrialReading
from evidence.numbers.status import CONFIRMED, confirmed_of, date_of, status_of
from evidence.pages.trial import TrialFrame
from evidence.pages.trial_lists import ordered
from evidence.store import Kept, Later, Made, Store, content_key, joined

INFERRED = "inferred"


def open_trials(frame: TrialFrame, report: Report, store: Store) -> tuple[Later, Later]:
    """Return the lines of the tables of trials, and their rows, each to be fetched when needed.

    Both are lists, an item for each trial in the order of the static table: for each of OF_TRIALS its lines
    as one text, or its rows.
    """
    values = [(Later(pack.key, pack.fetch), report.sources_of(pack)) for pack in report.packs]
    kept = store.keep_all(rows_of_trials, values, of=frame, share=1)
    order = [trial.id for trial in ordered(report)]
    digests = [pack.digest for pack in kept]
    lines, rows = (
        Later(content_key(digests, order, part), partial(_sorted, kept, order, part))
        for part in (0, 1)
    )
    return lines, rows


def _sorted(kept: list[Kept], order: list[str], part: int) -> list[list[Any]]:
    """Return one of the two parts of what was kept of all packs."""
    found = {}
    for pack in kept:
        ends = 0, pack.card, len(pack.body())
        for line in pack.part(ends[part], ends[part + 1]).splitlines():
            name, made = from_json(line)
            found[name] = made
    return [found[name] for name in order]


def rows_of_trials(frame: TrialFrame, models: list[str], sources: dict[str, Source]) -> Made:
    """Return the lines of some trials, and behind them their rows, as JSON with a line for each trial.

    The card says where the rows begin.
    """
    report = frame.report(sources, {})
    lines, rows = bytearray(), bytearray()
    for trial in map(Trial.model_validate_json, models):
        tables = [
            [_row(trial, report)],
            list(_readings(trial)),
            [[trial.id, name] for name in dict.fromkeys(trial.value("countries") or ())],
        ]
        lines += to_json([trial.id, ["".join(map(csv_line, table)) for table in tables]]) + b"\n"
        rows += to_json([trial.id, tables]) + b"\n"
    return Made(len(lines), bytes(lines + rows))


def files_of_open_trials(lines: list[list[str]]) -> Made:
    """Return the tables of all trials, whose ``lines`` stand in the order of the static table."""
    tables = enumerate(OF_TRIALS)
    return joined(
        {table.path: csv_table(table.names, (own[at] for own in lines)) for at, table in tables}
    )


def _readings(trial: Trial) -> Iterator[list[str]]:
    for number, reading in enumerate(trial.readings, start=1):
        cells = cells_of(reading) | {"trial": trial.id, "number": str(number)}
        yield [cells[name] for name in TRIAL_READINGS.names]


def _row(trial: Trial, report: Report) -> list[str]:
    places = [
        f"{reading.source or reading.export or reading.url}, {reading.locator}"
        for reading in trial.readings
    ]
    held = [trial.held.get(name) for name in SAID]
    differ = "; ".join(
        f"{kebab(field.name)}: {words_of(field.name, value, report)}"
        f"{_dated(field.name, trial.readings[position], report)} ({places[position]})"
        for field in trial.differing
        for position, value in field.differing
    )
    return [
        *(str(value) for value in values_of(trial, report)),
        *("" if field is None else _place(field, places) for field in held),
        differ,
        trial.basis or "",
        trial.note or "",
        CONFIRMED[confirmed_of(status_of(trial, report), report.today)],
    ]


def _dated(name: str, reading: TrialReading, report: Report) -> str:
    """Return the date of a status that a reading gives, to stand after it; else nothing."""
    as_of = date_of(reading, report.sources)
    return f" as of {as_of}" if name == "status" and as_of is not None else ""


def _place(held: Held, places: list[str]) -> str:
    return INFERRED if held.reading is None else places[held.reading]
