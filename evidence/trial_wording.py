"""How what was read of a trial is worded: its fields, their values, and where each was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from evidence.model.base import PartialDate, kebab
from evidence.model.source import Source
from evidence.model.trial import LISTED, Trial, TrialReading
from evidence.model.vocabulary import Vocabularies

# The fields of a trial, in the order of print
TITLES = {
    "condition": "Condition, as printed",
    "cell": "Cells",
    "donor": "Whose cells",
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
# Addresses of records, only where the form of the address is certain
RECORDS = {
    "clinicaltrials-gov": "https://clinicaltrials.gov/study/",
    "eu-ctr": "https://www.clinicaltrialsregister.eu/ctr-search/search?query=",
    "eu-ctis": "https://euclinicaltrials.eu/ctis-public/view/",
}


@dataclass(frozen=True)
class Where:
    """Where something was read: a ``source`` of this site or the address of a page, and a place."""

    name: str
    locator: str
    source: str | None
    url: str | None
    as_of: PartialDate | None


@dataclass(frozen=True)
class Other:
    """A value that another reading gives, in words, and where."""

    words: str
    where: Where
    printed: str | None


@dataclass(frozen=True)
class TrialFact:
    """One field of a trial in words; ``where`` is None when nobody says it and we inferred it."""

    name: str
    title: str
    words: str
    where: Where | None
    printed: str | None
    agreeing: tuple[Where, ...]
    differing: tuple[Other, ...]


def value_words(name: str, value: Any, words: Vocabularies) -> str:
    """Return the value of a field as it is printed: the title of a listed word, a date in words."""
    if value is None:
        return ""
    if name in LISTED:
        listed = getattr(words, LISTED[name])
        each = value if isinstance(value, tuple) else (value,)
        return ", ".join(listed[one].title for one in each)
    if isinstance(value, PartialDate):
        return value.words
    return f"{value:,}" if isinstance(value, int) else str(value)


def where_read(reading: TrialReading, sources: dict[str, Source]) -> Where:
    """Return where a reading was made, named by its source or the host of its address."""
    source = sources[reading.source] if reading.source is not None else None
    host = urlsplit(reading.url or "").netloc.removeprefix("www.")
    name = host if source is None else source.short
    return Where(name, reading.locator, reading.source, reading.url, reading.as_of)


def facts_of(trial: Trial, words: Vocabularies, sources: dict[str, Source]) -> Iterator[TrialFact]:
    """Yield every field that is known of a trial, with where it was read and who differs."""
    places = [where_read(reading, sources) for reading in trial.readings]
    printed = [reading.printed for reading in trial.readings]
    for held in trial.facts():
        key = kebab(held.name)
        first = held.reading
        yield TrialFact(
            held.name,
            TITLES[held.name],
            value_words(held.name, held.value, words),
            None if first is None else places[first],
            None if first is None else printed[first].get(key),
            tuple(places[position] for position in held.agreeing),
            tuple(
                Other(
                    value_words(held.name, other, words),
                    places[position],
                    printed[position].get(key),
                )
                for position, other in held.differing
            ),
        )


def record_address(trial: Trial) -> str | None:
    """Return the address of the registry's own record, or None where its form is not certain."""
    if trial.registry not in RECORDS or trial.registry_id is None:
        return None
    return RECORDS[trial.registry] + trial.registry_id.rpartition(" ")[2]
