"""From what registries wrote to the vocabulary: phases, ids, and all that a study holds.

What was not understood is counted, and named in a problem.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date as Date
from functools import lru_cache

from evidence.model import registries
from evidence.model.export import NOT_STATED
from evidence.model.registries import REGISTRIES
from evidence.problems import Place, Problem
from evidence.read.registered import COLUMNS
from evidence.registry.countries import code_of, country_of
from evidence.registry.dates import DatesRead, either
from evidence.registry.record import Record, RegisteredStudy, finding, quoted
from evidence.registry.shelf import DecidedStudy, UndecidedStudy
from evidence.registry.vocabulary import sponsor_of, squashed, status_of, study_type_of

# The phase of a trial, as a dozen registries write it.

ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
NONE = {"n/a", "na", "not applicable", "not_applicable", "other", "others", "none"}
UNSTATED = {"", "not specified", "not stated", "not selected", "null", "unknown", "not available"}
CLASSES = {
    frozenset("0"): "early-1",
    frozenset("1"): "1",
    frozenset("12"): "1/2",
    frozenset("2"): "2",
    frozenset("23"): "2/3",
    frozenset("3"): "3",
    frozenset("4"): "4",
    frozenset("n"): "not-applicable",
}
# The European register answers for each phase whether the trial is of it
ANSWERS = re.compile(r"\(phase (i{1,3}|iv)\)\s*:\s*(yes|no)")
# So does its successor, in words before the phase: "Human pharmacology (Phase I)- Other"
NAMED = re.compile(r"\bphase (i{1,3}|iv)\b")
SUCCESSOR = re.compile(r"[(]phase (?:i{1,3}|iv)[)]|[(]integrated[)]")
EARLY = re.compile(r"early[ _-]*phase[ _-]*(?:1|i)\b|phase[ _-]*0\b")
STEP = re.compile(r"(?:phase)?[ _-]*(0|[1-4]|iv|i{1,3})[ _-]*[abc]?(?:/[abc])?")
BETWEEN = re.compile(r"(?:(?<!\s)\s++)?(?:[|/,;&+]|\band\b|\bto\b)\s*+|(?<=[1-4iabv])\s*+-\s*+")


@lru_cache(maxsize=4096)
def phase_of(written: str) -> str | None:
    """Return the class of phase that ``written`` means; None when it is none of the classes."""
    text = " ".join(written.casefold().split())
    if text in UNSTATED:
        return NOT_STATED
    answers = ANSWERS.findall(text)
    if answers:
        named = frozenset(ROMAN[step] for step, answer in answers if answer == "yes")
        return CLASSES.get(named) if named else NOT_STATED
    if SUCCESSOR.search(text):
        return CLASSES.get(frozenset(ROMAN[step] for step in NAMED.findall(text)))
    return CLASSES.get(frozenset(_steps(text)))


def _steps(text: str) -> list[str]:
    if text in NONE:
        return ["n"]
    steps = []
    text = EARLY.sub("0", text)
    for part in BETWEEN.split(text):
        match = STEP.fullmatch(part.strip())
        if not match:
            return []
        steps.append(ROMAN.get(match.group(1), match.group(1)))
    return steps


# The records of an export by the ids that stand in it, each in one spelling.


@lru_cache(maxsize=65536)
def ids_in(text: str) -> frozenset[tuple[str, str]]:
    """Return every id in ``text`` as (registry, id in capitals)."""
    return frozenset(registries.ids_in(text))


@lru_cache(maxsize=65536)
def identity(text: str) -> tuple[str, str]:
    """Return the registry and the id of a record by what stands in its id column."""
    named = sorted(pair for pair in ids_in(text) if pair[0] != registries.NO_REGISTRY)
    return named[0] if named else (registries.OTHER, " ".join(text.split()).upper())


# From records to studies: every value brought to the vocabulary, and what was not understood.

# The dates of a record and the cells they come to, by the name under which they are counted
DATES = {
    "start-date": "started",
    "completion-date": "completed",
    "registration-date": "registered",
    "last-update": "updated",
    "results-date": "results",
}
CELLS = {
    "start-date": "start",
    "completion-date": "completion",
    "registration-date": "registered",
    "last-update": "updated",
    "results-date": "results",
}
PARTED = "eu-ctr"  # it has a record of a trial for each country
TEXT_FIELDS = ("conditions", "title", "interventions", "outcomes", "keywords", "study_type")
MARKS = re.compile(r"(?:(?<!\s)\s++)?<br ?/?>\s*+")
CHECKED = REGISTRIES["clinicaltrials-gov"]
NUMBER = re.compile(r"\d{1,9}")
# What registries write where no day stands
NO_RESULTS = {"", "no", "noresultsavailable", "false", "notavailable", "null"}
HAS_RESULTS = {"yes", "hasresults", "true", "posted"}
POSTED = "posted"
LONGEST = 60


@dataclass
class Understanding:
    """Brings records to studies, and keeps the values that it did not understand, with counts.

    Of dates that may have the day or the month first it says what the records shown to ``see`` say;
    with ``waits`` it leaves them in ``dates.undecided`` until ``decide`` is asked.
    """

    exported: Date
    waits: bool = False
    unrecognised: dict[str, Counter[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    dates: DatesRead = field(init=False)

    def __post_init__(self) -> None:
        """Let what is not understood of dates be counted here."""
        self.dates = DatesRead(self._note, waits=self.waits)

    def see(self, record: Record) -> None:
        """Learn from a record which order of day and month its file uses."""
        place = record.place.file, identity(record.id)[0]
        self.dates.see(place, {kind: getattr(record, name) for kind, name in DATES.items()})

    def study(self, record: Record) -> RegisteredStudy | None:
        """Return the study, or None after keeping the problem that its id or date is."""
        registry, name = identity(record.id)
        where = record.place.file, registry
        self.dates.undecided = {}
        updated = self.dates.day("last-update", record.updated, where)
        if not self._plausible(record, updated):
            return None
        part = _part(record.id, name) if registry == PARTED else ""
        return RegisteredStudy(
            id=name,
            registry=registry,
            other_ids=frozenset(
                other_id for _, other_id in ids_in(record.other_ids) if other_id != name
            ),
            phase=self._value("phase", phase_of, record.phase),
            status=self._value("status", status_of, record.status),
            study_type=self._value("study-type", study_type_of, record.study_type),
            sponsor=self._value("sponsor-class", sponsor_of, record.sponsor),
            sponsor_name=" ".join(record.sponsor_name.partition("|")[0].split()),
            enrolment=int(record.enrolment) if NUMBER.fullmatch(record.enrolment) else None,
            started=self.dates.date("start-date", record.started, where),
            completed=self.dates.date("completion-date", record.completed, where),
            registered=self.dates.day("registration-date", record.registered, where),
            updated=updated,
            results=self._results(record.results, where),
            countries=self._countries(record) or _country_of_part(part),
            place=record.places[0] if len(record.places) == 1 else "",
            texts=tuple((name, _items(getattr(record, name))) for name in TEXT_FIELDS),
            part=part,
            at=record.place,
        )

    def decide(self, held: UndecidedStudy) -> DecidedStudy:
        """Return the line of a study with the dates that its whole file decides."""
        where = held.at.file, held.registry
        cells = [*held.cells]
        days = {"registered": "", "updated": ""}
        for kind, written in held.dates.items():
            date = self.dates.decided(kind, written, where)
            name = CELLS[kind]
            if name in days and date and not either(date, written):
                days[name] = date.first_day.isoformat()
            cells[COLUMNS.index(name)] = days.get(name, str(date or ""))
        for name in days.keys() - {CELLS[kind] for kind in held.dates}:
            days[name] = cells[COLUMNS.index(name)]
        if days["updated"] > self.exported.isoformat():
            self._too_new(cells[0], days["updated"], held.at)
        return DecidedStudy(cells, days["updated"], days["registered"])

    def _plausible(self, record: Record, updated: Date | None) -> bool:
        before = len(self.problems)
        if not record.id.strip():
            message = "this study has no id"
            hint = "Download the export again with the column of ids."
            self.problems.append(finding("export-id", record.place, message, hint))
        elif record.id.strip().upper().startswith("NCT") and not CHECKED.in_print.fullmatch(
            record.id
        ):
            message = f"{quoted(record.id)} is not an id of {CHECKED.title}"
            hint = f"It has {CHECKED.form}, such as {CHECKED.example}."
            self.problems.append(finding("export-id", record.place, message, hint))
        if updated and updated > self.exported:
            self._too_new(record.id, str(updated), record.place)
        return len(self.problems) == before

    def _too_new(self, record_id: str, updated: str, at: Place) -> None:
        message = (
            f"{quoted(record_id)} was last updated on {updated}, "
            f"after the day of the export, {self.exported}"
        )
        hint = "Give the day on which the export was downloaded: --exported."
        self.problems.append(finding("export-date", at, message, hint))

    def _value(self, kind: str, known: Callable[[str], str | None], written: str) -> str:
        value = known(written)
        if value is None:
            self._note(kind, written)
        return value or NOT_STATED

    def _note(self, kind: str, written: str) -> None:
        plain = " ".join(written.split())
        noted = plain if len(plain) <= LONGEST else "longer than 60 characters"
        self.unrecognised.setdefault(kind, Counter())[noted] += 1

    def _results(self, written: str, where: tuple[str, str]) -> str:
        """Return the day on which results were posted, "posted" without one, or nothing."""
        word = squashed(written)
        if word in NO_RESULTS:
            return ""
        if word in HAS_RESULTS:
            return POSTED
        date = self.dates.date("results-date", written, where)
        return str(date) if date else ""

    def _countries(self, record: Record) -> tuple[str, ...]:
        codes = set()
        for name in record.countries:
            code = country_of(name)
            if code is None:
                self._note("country", name)
            else:
                codes.add(code)
        return tuple(sorted(codes))


def _items(text: str) -> str:
    """Return a text in which a bar parts items that were parted by line breaks of HTML."""
    return MARKS.sub("|", text) if "<" in text else text


def _part(written: str, name: str) -> str:
    """Return the country for which a record of a trial is: "ES" of EUCTR2012-000518-13-ES."""
    return written.upper().partition(name)[2].strip("- /")


def _country_of_part(part: str) -> tuple[str, ...]:
    code = code_of(part)
    return (code,) if code else ()
