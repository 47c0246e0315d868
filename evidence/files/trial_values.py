"""What the tables of trials say of one trial, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evidence.model.open_data import SAID
from evidence.model.report import Report
from evidence.model.trial import Trial
from evidence.model.trial_reading import LISTED
from evidence.numbers.status import status_of, status_title
from evidence.prose.trial_wording import value_words

NO_DATE = "not stated"


def values_of(trial: Trial, report: Report) -> Iterable[str | int]:
    """Yield what stands in TRIAL_VALUES, in words; what nobody says is empty."""
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
            yield value if isinstance(value, int) else words_of(name, value, report)


def _status(trial: Trial, report: Report) -> tuple[str, str]:
    """Return what the status of a trial counts as today, in words, and the date it was said."""
    status = status_of(trial, report)
    if status is None:
        return "", ""
    title = status_title(status.word, report.vocabularies.statuses, old=status.old)
    return title, NO_DATE if status.as_of is None else str(status.as_of)


def words_of(name: str, value: Any, report: Report) -> str:
    """Return a value for a table: dates in their ISO form, lists parted by semicolons."""
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    if name in LISTED and isinstance(value, tuple):
        return "; ".join(value_words(name, (word,), report.vocabularies) for word in value)
    return value_words(name, value, report.vocabularies) if name in LISTED else str(value)
