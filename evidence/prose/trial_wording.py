"""How what was read of a trial is worded: its fields, their values, and where each was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from evidence.model.base import PartialDate, kebab
from evidence.model.registries import REGISTRIES
from evidence.model.report import Report
from evidence.model.source import Source
from evidence.model.trial import Held, Trial
from evidence.model.trial_reading import LISTED, TrialReading
from evidence.model.vocabularies import Vocabularies
from evidence.numbers.status import Status, date_of, status_of, status_title

# The fields of a trial, in the order of print; for some the site has words of its own
TITLES = {
    "condition": "Condition, as printed",
    "cell": "Intervention",
    "interventions": "Interventions, as printed",
    "donor": "Donor",
    "route": "Given",
    "product": "Product",
    "phase": "Phase",
    "enrolment": "People enrolled or planned",
    "status": "Status",
    "countries": "Country",
    "start": "Start",
    "completion": "Completion",
    "sponsor": "Sponsor",
    "sponsor_type": "Kind of sponsor",
}
READING_KINDS = {
    "registry": "Registry",
    "registry-copy": "Copy of a registry record",
    "paper": "Paper",
    "web-page": "Web page",
    "company": "Company",
    "export": "Export of a registry",
}


@dataclass(frozen=True)
class Where:
    """Where something was read: the ``page`` of this site about it or the address of one, and a place.

    ``page`` is that of a source, or of the export of a registry. ``as_of`` is the date of what stands
    there, as far as it is known.
    """

    name: str
    locator: str
    page: str | None
    url: str | None
    as_of: PartialDate | None


@dataclass(frozen=True)
class Other:
    """A value that another reading gives, in words, and where; ``when`` dates a status."""

    words: str
    when: str
    where: Where
    printed: str | None


@dataclass(frozen=True)
class TrialFact:
    """One field of a trial in words; ``where`` is None when nobody says it and we inferred it.

    ``when`` dates a status, and is empty for other fields.
    """

    name: str
    title: str
    words: str
    when: str
    where: Where | None
    printed: str | None
    agreeing: tuple[Where, ...]
    differing: tuple[Other, ...]


def field_titles(words: Vocabularies) -> dict[str, str]:
    """Return what each field of a trial is called on this site, in the order of print."""
    return {**TITLES, "cell": words.wording.title, "donor": words.wording.donor}


def value_words(name: str, value: Any, words: Vocabularies) -> str:
    """Return the value of a field as it is printed: the title of a listed word, a date in words."""
    if value is None:
        return ""
    if name in LISTED:
        listed = getattr(words, LISTED[name])
        keys = value if isinstance(value, tuple) else (value,)
        return ", ".join(listed[key].title for key in keys)
    if isinstance(value, PartialDate):
        return value.words
    return f"{value:,}" if isinstance(value, int) else str(value)


def where_read(reading: TrialReading, sources: dict[str, Source]) -> Where:
    """Return where a reading was made, named by its source or the host of its address."""
    as_of = date_of(reading, sources)
    if reading.export is not None:
        page = f"registry/{reading.export}.html"
        return Where("Registry export", reading.locator, page, reading.url, as_of)
    if reading.source is not None:
        name, page = sources[reading.source].short, f"sources/{reading.source}.html"
        return Where(name, reading.locator, page, reading.url, as_of)
    host = urlsplit(reading.url or "").netloc.removeprefix("www.")
    return Where(host, reading.locator, None, reading.url, as_of)


def facts_of(trial: Trial, report: Report) -> Iterator[TrialFact]:
    """Yield every field that is known of a trial, with where it was read and who differs."""
    words = report.vocabularies
    places = [where_read(reading, report.sources) for reading in trial.readings]
    printed = [reading.printed for reading in trial.readings]
    titles = field_titles(words)
    for held in trial.held.values():
        key = kebab(held.name)
        first = held.reading
        yield TrialFact(
            held.name,
            titles[held.name],
            *_said(trial, held, report),
            None if first is None else places[first],
            None if first is None else printed[first].get(key),
            tuple(places[position] for position in held.agreeing),
            tuple(
                Other(
                    value_words(held.name, value, words),
                    _dated(held.name, value, places[position]),
                    places[position],
                    printed[position].get(key),
                )
                for position, value in held.differing
            ),
        )


def _said(trial: Trial, held: Held, report: Report) -> tuple[str, str]:
    """Return the value of a field in words, and the date of a status."""
    status = status_of(trial, report) if held.name == "status" else None
    if status is None:
        return value_words(held.name, held.value, report.vocabularies), ""
    statuses = report.vocabularies.statuses
    return status_title(status.word, statuses, old=status.old), status.when


def _dated(name: str, value: Any, where: Where) -> str:
    """Return the date of a status that another reading gives, as it was said then."""
    return Status(value, where.as_of, old=False).when if name == "status" else ""


def record_address(trial: Trial) -> str | None:
    """Return the address of the registry's own record, or None where its form is not certain."""
    registry = REGISTRIES.get(trial.registry or "")
    return registry.address(trial.registry_id or "") if registry else None
