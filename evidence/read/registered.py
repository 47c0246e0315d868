"""Trials of registries: which records are shown, and the trial that a record is, alone or with what was read of it by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from evidence.model.base import PartialDate, parse_partial_date
from evidence.model.columns import columns_of
from evidence.model.export import NOT_STATED, UNCLASSIFIED, Origin, origin_of
from evidence.model.registries import REGISTRIES
from evidence.model.registry_record import RegistryRecord
from evidence.model.trial import Trial, trial_id
from evidence.model.trial_reading import Said, TrialReading
from evidence.model.vocabularies import Vocabularies
from evidence.read.sources import Sources
from evidence.read.yaml_file import read_yaml

# Which records are shown: those of the newest export of each search in a registry.

EXPORTS = "data/registry/"
PROVENANCE = "/provenance.yaml"
RECORDS = "/records.csv"
COLUMNS = tuple(column.name for column in columns_of(RegistryRecord))
LISTED = tuple(column.name for column in columns_of(RegistryRecord) if column.shape == "listed")
SEPARATOR = "; "


@dataclass(frozen=True)
class RecordLine:
    """A line of a table of records: which export it is of, the day of that, and the line itself."""

    export: str
    exported: str
    text: str

    @property
    def record(self) -> RegistryRecord | None:
        """Return the record; None when the line is not sound, which is said where it is checked."""
        try:
            cells = next(csv.reader([self.text], strict=True))
            return RegistryRecord.model_validate(
                content_of_record(dict(zip(COLUMNS, cells, strict=True)))
            )
        except (ValidationError, ValueError, csv.Error, StopIteration):
            return None


def content_of_record(cells: dict[str, str]) -> dict[str, Any]:
    """Return the cells of a record as its model wants them; empty ones are left out."""
    return {
        name: tuple(cell.split(SEPARATOR)) if name in LISTED else cell
        for name, cell in cells.items()
        if cell
    }


def shown_records(sources: Sources) -> dict[str, RecordLine]:
    """Return the line of each record that is shown, by the id of its trial.

    Of several exports of one search in a registry the newest is shown; a record that more than one of
    those hold is that of the newest.
    """
    shown: dict[str, RecordLine] = {}
    for exported, name in sorted(_newest(sources).values()):
        lines = sources.texts.get(f"{EXPORTS}{name}{RECORDS}", "").split("\n")
        if tuple(lines[0].split(",")) != COLUMNS:
            continue  # which is said where the export is checked
        for line in lines[1:]:
            if line:
                record_id = next(csv.reader([line]))[0] if line[0] == '"' else line.split(",", 1)[0]
                shown[trial_id(record_id)] = RecordLine(name, exported, line)
    return shown


def written_origin(provenance: Mapping[str, Any]) -> Origin:
    """Return what was asked for, and of which registries, as it stands in a file of provenance.

    A file may say anything; what is wrong with it is said where it is checked.
    """
    files = provenance.get("files")
    described = (
        [file for file in files if isinstance(file, dict)] if isinstance(files, list) else []
    )
    formats = (str(file.get("format")) for file in described)
    return origin_of(str(provenance.get("search", "")), formats)


def _newest(sources: Sources) -> dict[Origin, tuple[str, str]]:
    """Return of each search in a registry the day and the name of the newest export."""
    newest: dict[Origin, tuple[str, str]] = {}
    for file in sources.below(EXPORTS, PROVENANCE):
        origin, exported = _origin(file, sources.texts.get(file, ""))
        name = file.removeprefix(EXPORTS).removesuffix(PROVENANCE)
        if origin[0]:
            newest[origin] = max(newest.get(origin, ("", "")), (exported, name))
    return newest


@lru_cache(64)
def _origin(file: str, text: str) -> tuple[Origin, str]:
    """Return what was asked for and when, or empty texts when the file does not say."""
    content = read_yaml(file, text).content
    provenance = content if isinstance(content, dict) else {}
    return written_origin(provenance), str(provenance.get("exported", ""))


# The trial that a record is.

# What a registry calls a kind of sponsor, in the words of the trials' list
SPONSOR_TYPES = {"academic-or-other": "other"}
# What the record of a trial says of it, by the name of its field
FIELDS = {
    "condition": "conditions",
    "interventions": "interventions",
    "enrolment": "enrolment",
    "start": "start",
    "completion": "completion",
    "sponsor": "sponsor",
}
TRUSTED = ("registry", "registry-copy")


def registered_trial(line: RecordLine, record: RegistryRecord, words: Vocabularies) -> Trial:
    """Return the trial that a record is, named from its facts."""
    known = _known_cell(record)
    sorted_as: dict[str, Any] = {}
    if known:
        sorted_as = {"inferred": Said(cell=known), "basis": _basis(record)}
    return Trial(
        id=trial_id(record.id),
        name=name_of(record, words),
        condition=record.condition,
        registry=record.registry if record.registry in words.registries else None,
        registry_id=record.id,
        other_ids=record.other_ids,
        readings=(_reading(line, record, words),),
        **sorted_as,
    )


def with_record(
    trial: Trial, line: RecordLine, record: RegistryRecord, words: Vocabularies
) -> Trial:
    """Return a trial that was read by hand with its record as a reading of it.

    The record is the most trusted reading but where a later one of the registry itself was read.
    """
    later = [
        position
        for position, reading in enumerate(trial.readings, start=1)
        if reading.kind in TRUSTED and _is_later(reading.as_of, record.updated)
    ]
    place = later[-1] if later else 0
    readings = (
        *trial.readings[:place],
        _reading(line, record, words),
        *trial.readings[place:],
    )
    changes: dict[str, Any] = {"readings": readings}
    others = tuple(dict.fromkeys((*trial.other_ids, *record.other_ids)))
    if others != trial.other_ids:
        changes["other_ids"] = others
    return trial.model_copy(update={**changes, **_concluded(trial, readings, record)})


def _concluded(
    trial: Trial, readings: tuple[TrialReading, ...], record: RegistryRecord
) -> dict[str, Any]:
    """Return what of a trial is inferred now: what no reading says, and what the rules made of it."""
    said = {name for reading in readings for name, _ in reading.says.fields()}
    left = {name: value for name, value in trial.inferred.fields() if name not in said}
    basis = [trial.basis] if left else []
    cell = _known_cell(record)
    if cell and "cell" not in said and "cell" not in left:
        left["cell"] = cell
        basis.append(_basis(record))
    return {"inferred": Said(**left), "basis": " ".join(filter(None, basis)) or None}


def _is_later(as_of: PartialDate | None, updated: PartialDate | None) -> bool:
    if as_of is None or updated is None:
        return as_of is not None
    return as_of.first_day > updated.first_day


def _known_cell(record: RegistryRecord) -> str | None:
    return None if record.cell == UNCLASSIFIED else record.cell


def _basis(record: RegistryRecord) -> str:
    by = f" (pattern: “{record.cell_by}”)" if record.cell_by else ""
    return f"Sorted by the rules of this site from the words of the record{by}."


def _reading(line: RecordLine, record: RegistryRecord, words: Vocabularies) -> TrialReading:
    exported = parse_partial_date(line.exported)
    registry = REGISTRIES.get(record.registry)
    known: dict[str, Any] = {} if record.updated is None else {"as_of": record.updated}
    address = registry.address(record.id) if registry else None
    if address is not None:
        known["url"] = address
    return TrialReading(
        export=line.export,
        locator=f"record as exported on {exported.words}",
        kind="export",
        read=exported,
        says=_said(record, words),
        **known,
    )


def _said(record: RegistryRecord, words: Vocabularies) -> Said:
    values = {name: getattr(record, field) for name, field in FIELDS.items()}
    codes = _countries(words)
    countries = tuple(codes[code] for code in record.countries if code in codes)
    sponsor = SPONSOR_TYPES.get(record.sponsor_class, record.sponsor_class)
    values |= {
        "phase": None if record.phase == NOT_STATED else record.phase,
        "status": None if record.status == NOT_STATED else record.status,
        "countries": countries or None,
        "sponsor_type": sponsor if sponsor in words.sponsor_types else None,
    }
    return Said(**{name: value for name, value in values.items() if value is not None})


def _countries(words: Vocabularies) -> dict[str, str]:
    """Return the name of each country of the closed list by its code."""
    return {country.code: name for name, country in words.countries.items()}


# The name of a trial, made from its facts: never the title in the registry.

NO_PHASE = {"observational": "observational study", "expanded-access": "expanded access"}


def name_of(record: RegistryRecord, words: Vocabularies) -> str:
    """Return "Honey cells for the common cold, Phase 1/2, Bergen", as far as the record says."""
    return ", ".join(filter(None, _parts(record, words)))


def _parts(record: RegistryRecord, words: Vocabularies) -> Iterator[str]:
    cell = words.cells.get(record.cell)
    given = cell.phrase if cell else "cells of a kind that is not stated"
    condition = words.conditions.get(record.condition)
    treated = condition.phrase if condition else "a condition that is not stated"
    yield f"{given[:1].upper()}{given[1:]} for {treated}"
    phase = words.phases.get(record.phase)
    if record.study_type in NO_PHASE:
        yield NO_PHASE[record.study_type]
    elif phase is not None and record.phase != "not-applicable":
        yield phase.title
    yield record.place or _land(record, words)


def _land(record: RegistryRecord, words: Vocabularies) -> str:
    if len(record.countries) > 1:
        return f"{len(record.countries)} countries"
    titles = {country.code: country.title for country in words.countries.values()}
    return titles.get(record.countries[0], "") if record.countries else ""
