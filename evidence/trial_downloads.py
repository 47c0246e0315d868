"""The trials as files: a table, all readings as JSON, and the columns that the explorer reads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from evidence.cache import content_key
from evidence.model.base import kebab
from evidence.model.report import Report
from evidence.model.trial import LISTED, Held, Said, Trial
from evidence.pages.trial_lists import NOT_STATED, ordered
from evidence.pages.view import Workshop
from evidence.trial_wording import value_words
from evidence.versions import code_version

FIELDS = tuple(Said.model_fields)
# The columns of the table that hold values; those that say where each was read come after them
VALUE_COLUMNS = ("id", "registry", "registry-id", "other-ids", "name", "condition",
                 *(kebab(name) for name in FIELDS if name != "condition"))  # fmt: skip
# What the explorer can be narrowed by, and the name of the closed list (none for a year)
FACETS = {
    "condition": "conditions",
    "cell": "cells",
    "phase": "phases",
    "status": "statuses",
    "country": "countries",
    "sponsor-type": "sponsor_types",
    "year": None,
}
# Every list.js assigns to this name, for a page opened from a folder may not fetch
GLOBAL = "trialList"


def trial_downloads(workshop: Workshop) -> dict[str, bytes]:
    """Return the files of all trials by their paths; they are kept while nothing has changed."""
    report = workshop.report
    makers = {
        "downloads/trials.csv": _csv,
        "downloads/trials.json": _json,
        "trials/list.js": list_script,
    }
    return {
        path: workshop.cache.fetch(
            "downloads",
            content_key(report.key, path, code_version()),
            lambda: make(report),  # noqa: B023 - called at once
        )
        for path, make in makers.items()
    }


def _csv(report: Report) -> bytes:
    """Return one row for each trial: its values in words, then where each was read."""
    where = [f"{kebab(name)}-read-at" for name in FIELDS if name != "condition"]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*VALUE_COLUMNS, *where, "readings-differ", "inferred-from", "note"])
    writer.writerows(_row(trial, report) for trial in ordered(report))
    return stream.getvalue().encode()


def _row(trial: Trial, report: Report) -> list[str]:
    places = [f"{reading.source or reading.url}, {reading.locator}" for reading in trial.readings]
    held = [trial.held(name) for name in FIELDS if name != "condition"]
    differ = "; ".join(
        f"{kebab(each.name)}: {_words(each.name, value, report)} ({places[position]})"
        for each in trial.differing
        for position, value in each.differing
    )
    return [
        *(str(value) for value in _values(trial, report)),
        *("" if each is None else _place(each, places) for each in held),
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
    for name in FIELDS:
        if name != "condition":
            value = trial.value(name)
            yield value if isinstance(value, int) else _words(name, value, report)


def _words(name: str, value: Any, report: Report) -> str:
    """Return a value for a table: dates in their ISO form, lists parted by semicolons."""
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    if name in LISTED and isinstance(value, tuple):
        return "; ".join(value_words(name, (each,), report.vocabularies) for each in value)
    return value_words(name, value, report.vocabularies) if name in LISTED else str(value)


def _place(held: Held, places: list[str]) -> str:
    return "inferred" if held.reading is None else places[held.reading]


def _json(report: Report) -> bytes:
    """Return every trial with all its readings, in the keys of its source file."""
    entries = [
        trial.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
        for trial in ordered(report)
    ]
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    return f"[\n{lines}\n]\n".encode()


def list_script(report: Report) -> bytes:
    """Return the script that gives the explorer its columns.

    Columns whose values repeat are written as ``{words, at}``: the distinct values, and for each
    trial the position of its own. A facet is ``{ids, titles, at}``, with ``at`` a position, or
    several for a trial in several countries.
    """
    trials = ordered(report)
    values = [list(_values(trial, report)) for trial in trials]
    columns = {
        name: _encoded([row[position] for row in values])
        for position, name in enumerate(VALUE_COLUMNS)
    }
    content = {
        "count": len(trials),
        "columns": columns,
        "facets": {name: _facet(name, trials, report) for name in FACETS},
        "more": _encoded([_more(trial) for trial in trials]),
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.{GLOBAL}={text};\n".encode()


def _encoded(values: Sequence[str | int]) -> list[str | int] | dict[str, list[Any]]:
    """Return a column as it is, or by its distinct values where that is shorter."""
    distinct = {value: position for position, value in enumerate(dict.fromkeys(values))}
    if len(distinct) * 2 > len(values):
        return list(values)
    return {"words": list(distinct), "at": [distinct[value] for value in values]}


def _facet(name: str, trials: Sequence[Trial], report: Report) -> dict[str, Any]:
    """Return the values of a facet in the order of their list, and those of each trial."""
    chosen = [_chosen(name, trial) for trial in trials]
    used = {value for each in chosen for value in each}
    list_name = FACETS[name]
    if list_name is None:
        titles = {value: value for value in sorted(used - {NOT_STATED}, reverse=True)}
    else:
        listed = getattr(report.vocabularies, list_name)
        titles = {value: word.title for value, word in listed.items() if value in used}
    if NOT_STATED in used:
        titles.setdefault(NOT_STATED, "Not stated")
    places = {value: position for position, value in enumerate(titles)}
    return {
        "ids": list(titles),
        "titles": list(titles.values()),
        "at": [
            places[each[0]] if len(each) == 1 else [places[value] for value in each]
            for each in chosen
        ],
    }


def _chosen(name: str, trial: Trial) -> tuple[str, ...]:
    """Return the values of one facet that a trial has."""
    if name == "condition":
        return (trial.condition,)
    if name == "year":
        start = trial.value("start")
        return (NOT_STATED,) if start is None else (str(start.year),)
    value = trial.value({"country": "countries"}.get(name, name.replace("-", "_")))
    if value is None:
        return (NOT_STATED,)
    return value if isinstance(value, tuple) else (value,)


def _more(trial: Trial) -> str:
    """Return words that find a trial though they stand in no column: those that were printed."""
    found = dict.fromkeys(
        words
        for reading in trial.readings
        for words in (reading.says.condition, *reading.printed.values(), reading.says.product)
        if words
    )
    return " ".join(found)
