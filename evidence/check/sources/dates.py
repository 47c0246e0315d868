"""Did what is said to be done happen yet? Nothing was read, searched or looked at tomorrow.

What is planned, such as the end of a trial, may lie ahead. Records that were found sound once are
kept whatever the day, so days are held against today's each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta

from evidence.check.sources.known import Known
from evidence.check.sources.trials import TRIALS
from evidence.model.base import PARTIAL_DATE, PartialDate
from evidence.model.source import Source
from evidence.problems import Place, Problem
from evidence.read.tables import place_of_finding
from evidence.read.yaml_file import Path

AHEAD = timedelta(days=366)  # a journal dates an issue before it comes out, but not by years
HINT = "Write the day on which it was done."
# Trials may be thousands, and those found sound are not read again: their days are found as text
DONE = re.compile(
    r"(?:^[ -]*|[{,] *)(?P<key>read|as-of): *[\"']?(?P<day>[0-9]{4}(?:-[0-9]{2}){0,2})(?![0-9-])",
    re.MULTILINE,
)


def check_days(known: Known, today: Date) -> Iterator[Problem]:
    """Yield what is said to be done on a day that has not come: of sources, searches, studies, trials."""
    reading = known.reading
    for source in known.sources.values():
        file = f"data/sources/{source.id}.yaml"
        for path, day in _of_source(source):
            ahead = AHEAD if path == ("issued",) else timedelta()
            if day.first_day > today + ahead:
                yield _ahead(path, day, reading.place(file, path))
    for search in known.searches.values():
        for position, query in enumerate(search.queries):
            if query.on.first_day > today:
                path = ("queries", position, "on")
                place = reading.place(f"data/searches/{search.id}.yaml", path)
                yield _ahead(path, query.on, place)
    for study in known.studies.values():
        for finding in study.findings.values():
            if finding.as_of is not None and finding.as_of.first_day > today:
                place = place_of_finding(reading, study, finding.id, ("as-of",))
                yield _ahead(("as-of",), finding.as_of, place)
    yield from _of_trials(reading.sources.texts, today)


def _of_source(source: Source) -> Iterator[tuple[Path, PartialDate]]:
    for position, reading in enumerate(source.reading):
        yield ("reading", position, "date"), reading.date
    if source.retraction is not None:
        yield ("retraction", "on"), source.retraction.on
    for name, discrepancy in source.discrepancies.items():
        yield ("discrepancies", name, "seen"), discrepancy.seen
    if source.issued is not None:
        yield ("issued",), source.issued


def _of_trials(texts: dict[str, str], today: Date) -> Iterator[Problem]:
    for file, text in texts.items():
        for match in DONE.finditer(text) if file.startswith(TRIALS) else ():
            if match["day"] > today.isoformat() and PARTIAL_DATE.fullmatch(match["day"]):
                before = text[: match.start("day")]
                place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
                yield _ahead((match["key"],), match["day"], place)


def _ahead(path: Path, day: PartialDate | str, place: Place) -> Problem:
    return Problem(place, "day-has-come", f"'{path[-1]}: {day}' is in the future", HINT)
