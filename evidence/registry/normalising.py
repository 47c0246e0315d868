"""From records to studies: every value brought to the vocabulary, and what was not understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date as Date

from evidence.model.registries import REGISTRIES
from evidence.problems import Problem
from evidence.registry.countries import country_of
from evidence.registry.dates import date_of
from evidence.registry.finding import finding, quoted
from evidence.registry.identifiers import identity, ids_in
from evidence.registry.phase import phase_of
from evidence.registry.record import Record, RegisteredStudy
from evidence.registry.vocabulary import NOT_STATED, sponsor_of, status_of, study_type_of

TEXT_FIELDS = ("conditions", "title", "interventions", "outcomes", "keywords", "study_type")
MARKS = re.compile(r"(?:(?<!\s)\s++)?<br ?/?>\s*+")
CHECKED = REGISTRIES["clinicaltrials-gov"]
NUMBER = re.compile(r"\d{1,9}")
LONGEST = 60


@dataclass
class Understanding:
    """Brings records to studies, and keeps the values that it did not understand, with counts."""

    exported: Date
    unrecognised: dict[str, Counter[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def study(self, record: Record) -> RegisteredStudy | None:
        """Return the study, or None after keeping the problem that its id or date is."""
        registry, name = identity(record.id)
        updated = self._day("last-update", record.updated)
        if not self._plausible(record, updated):
            return None
        started = self._date("start-date", record.started)
        return RegisteredStudy(
            id=name,
            registry=registry,
            other_ids=frozenset(other for _, other in ids_in(record.other_ids) if other != name),
            phase=self._value("phase", phase_of, record.phase),
            status=self._value("status", status_of, record.status),
            study_type=self._value("study-type", study_type_of, record.study_type),
            sponsor=self._value("sponsor-class", sponsor_of, record.sponsor),
            enrolment=int(record.enrolment) if NUMBER.fullmatch(record.enrolment) else None,
            year=started,
            registered=self._day("registration-date", record.registered),
            updated=updated,
            countries=self._countries(record),
            texts=tuple((name, _items(getattr(record, name))) for name in TEXT_FIELDS),
            place=record.place,
        )

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
            message = (
                f"{quoted(record.id)} was last updated on {updated}, "
                f"after the day of the export, {self.exported}"
            )
            hint = "Give the day on which the export was downloaded: --exported."
            self.problems.append(finding("export-date", record.place, message, hint))
        return len(self.problems) == before

    def _value(self, kind: str, known: Callable[[str], str | None], written: str) -> str:
        found = known(written)
        if found is None:
            self._note(kind, written)
        return found or NOT_STATED

    def _note(self, kind: str, written: str) -> None:
        plain = " ".join(written.split())
        shown = plain if len(plain) <= LONGEST else "longer than 60 characters"
        self.unrecognised.setdefault(kind, Counter())[shown] += 1

    def _date(self, kind: str, written: str) -> int | None:
        found = date_of(written) if written else None
        if written and found is None:
            self._note(kind, written)
        return found.year if found else None

    def _day(self, kind: str, written: str) -> Date | None:
        found = date_of(written) if written else None
        if written and found is None:
            self._note(kind, written)
        return found.first_day if found else None

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
