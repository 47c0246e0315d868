"""The rows of trials in the open data: what is said of each, where it was read, and its countries."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.files.trial_values import values_of, words_of
from evidence.model.base import kebab
from evidence.model.columns import cells_of, csv_table
from evidence.model.open_data import OF_TRIALS, SAID, TRIAL_READINGS
from evidence.model.report import Report
from evidence.model.trial import Held, Trial
from evidence.model.trial_reading import TrialReading
from evidence.numbers.status import CONFIRMED, confirmed_of, date_of, status_of
from evidence.store import Made, joined

INFERRED = "inferred"


def tables_of(trial: Trial, report: Report) -> list[list[list[str]]]:
    """Return the rows that a trial has in each of OF_TRIALS."""
    countries = dict.fromkeys(trial.value("countries") or ())
    return [
        [_row(trial, report)],
        list(_readings(trial)),
        [[trial.id, name] for name in countries],
    ]


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
