"""A study, as a registry words it and in the vocabulary; and what can be wrong with an export."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from datetime import date as Date

from evidence.model.base import PartialDate
from evidence.problems import Place, Problem

# What can be wrong with an export, as problems, and how many of each are printed.

SHOWN = 60

# Beside the rules of the build (evidence/rules.py), which no export can break by itself
EXPORT_RULES: dict[str, str] = {
    "export-asked": "An import names its files, what was searched for, and the day of the export.",
    "export-readable": "The file that is named exists and can be opened.",
    "export-known": "A file is an export of a kind that the importer knows.",
    "export-columns": "An export has the columns that are needed, each once.",
    "export-row": "A row has as many cells as the header, and its quotes are closed.",
    "export-whole": "An export is whole: it does not end in the middle, and no page is missing.",
    "export-id": "A study has the id of a registry, well formed.",
    "export-date": "The day of the export is in the calendar, and no record is newer.",
    "export-room": "There is room on disk for the studies while they are read.",
    "export-name": "The name of an export is an id, and its folder holds nothing else.",
    "registry-shape": "What the registry answers has the keys that the importer reads.",
    "registry-whole": "As many studies come as the registry counts: some, and not too many.",
    "rule-sorts": "Each example of a class is sorted into it, and each counter-example is not.",
    "rule-readable": "A pattern holds a word, and a regular expression can be compiled.",
}


def finding(rule: str, place: Place, message: str, hint: str = "") -> Problem:
    """Return a problem of the importer under one of its rules, or of the build's."""
    return Problem(place, rule, message, hint)


def quoted(written: str) -> str:
    """Return a value in quotes, cut to a length that fits a line."""
    plain = " ".join(written.split())
    return f"'{plain}'" if len(plain) <= SHOWN else f"'{plain[: SHOWN - 1]}…'"


# A study: first as a registry words it, then in this project's vocabulary.


@dataclass(frozen=True, slots=True)
class Record:
    """One study as its registry words it, under this project's names; empty is not stated.

    ``sponsor`` is what kind of sponsor leads the study, and ``sponsor_name`` its name. ``results`` is
    the day on which results were posted, or a word that says whether they were. ``countries`` are the
    names that stand at the end of locations, or in a column of their own; ``places`` are the towns or
    regions before them.
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
    sponsor_name: str = ""
    enrolment: str = ""
    started: str = ""
    completed: str = ""
    results: str = ""
    registered: str = ""
    updated: str = ""
    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisteredStudy:
    """One study in this project's vocabulary.

    ``sponsor`` is what kind of sponsor leads it. ``countries`` are ISO 3166 alpha-3 codes, and
    ``place`` is the town or region when there is only one. ``enrolment`` is the number of people
    planned or enrolled. ``results`` is the day on which results were posted, "posted" where the day
    is not known, or empty. ``texts`` holds what the rules of classification read. ``part`` names the
    country where a registry has a row for each country of a trial.
    """

    id: str
    registry: str
    other_ids: frozenset[str]
    phase: str
    status: str
    study_type: str
    sponsor: str
    sponsor_name: str
    enrolment: int | None
    started: PartialDate | None
    completed: PartialDate | None
    registered: Date | None
    updated: Date | None
    results: str
    countries: tuple[str, ...]
    place: str
    texts: tuple[tuple[str, str], ...]
    part: str = field(compare=False)
    at: Place = field(compare=False)

    @property
    def content(self) -> tuple[object, ...]:
        """Return what the study says, in one order: what is the same of two rows that are alike."""
        values = (getattr(self, name) for name in CONTENT)
        return tuple(sorted(value) if isinstance(value, frozenset) else value for value in values)


CONTENT = tuple(each.name for each in fields(RegisteredStudy) if each.compare)


@dataclass
class FileRead:
    """What one file gave: the name of its format, its records, and what is wrong with it.

    ``notes`` say how it was read, where that was not as a registry gives it.
    """

    file: str
    format: str = ""
    registry: str = ""
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: int = 0


class Problems:
    """What is wrong with an import: of each rule and file the first ``most``, and how many more."""

    def __init__(self, most: int) -> None:
        """Begin with none."""
        self._most = most
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: list[Problem] = []

    @property
    def any(self) -> bool:
        """Tell whether anything is wrong."""
        return bool(self._first)

    def add(self, problems: list[Problem]) -> None:
        """Take problems out of a list, as they come in their file."""
        for problem in problems:
            group = problem.place.file, problem.rule
            self._counts[group] += 1
            if self._counts[group] <= self._most + 1:
                self._first.append(problem)
        problems.clear()

    def limited(self) -> list[Problem]:
        """Return the first problems of each rule and file; the last of them says how many more."""
        groups: dict[tuple[str, str], list[Problem]] = {}
        for problem in sorted(set(self._first)):
            groups.setdefault((problem.place.file, problem.rule), []).append(problem)
        kept: list[Problem] = []
        for group, problems in groups.items():
            kept += problems[: self._most]
            for last in problems[self._most :]:
                more = self._counts[group] - self._most
                message = f"and {more} more of the same rule from here on"
                kept.append(Problem(last.place, last.rule, message, last.hint))
        return kept
