"""A study: first as a registry words it, then in this project's vocabulary."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date

from evidence.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Record:
    """One study as its registry words it, under this project's names; empty is not stated.

    ``countries`` are the names that stand at the end of locations, or in a column of their own.
    """

    place: Place
    id: str
    title: str = ""
    other_ids: str = ""
    conditions: str = ""
    interventions: str = ""
    outcomes: str = ""
    keywords: str = ""
    phase: str = ""
    status: str = ""
    study_type: str = ""
    sponsor: str = ""
    enrolment: str = ""
    started: str = ""
    registered: str = ""
    updated: str = ""
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisteredStudy:
    """One study in this project's vocabulary: what is counted.

    ``year`` is that of its start. ``countries`` are ISO 3166 alpha-3 codes. ``enrolment`` is the
    number of people planned or enrolled. ``texts`` holds what the rules of classification read.
    """

    id: str
    registry: str
    other_ids: frozenset[str]
    phase: str
    status: str
    study_type: str
    sponsor: str
    enrolment: int | None
    year: int | None
    registered: Date | None
    updated: Date | None
    countries: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]
    place: Place = field(compare=False)


@dataclass
class FileRead:
    """What one file gave: the name of its format, its records, and what is wrong with it."""

    file: str
    format: str = ""
    registry: str = ""
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
