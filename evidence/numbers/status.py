"""How old a status is: for two years it is believed, and then it counts as unknown.

The rule is that of ClinicalTrials.gov (clinicaltrials.gov/ct2/help/glossary/unknown): a record that
says recruiting, not yet recruiting, or active, not recruiting, and was not confirmed within the past
two years, is shown as unknown, with what was last known. Here it holds for every status word that
the closed list marks with ``ages``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date

from evidence.model.base import PartialDate
from evidence.model.report import Report
from evidence.model.source import Source
from evidence.model.trial import Trial
from evidence.model.trial_reading import TrialReading
from evidence.model.vocabularies import StatusWord

YEARS = 2
YEARS_WORDS = "two years"
UNKNOWN = "unknown"
LAST = "last-"
NO_DATE = "date not stated"
CONFIRMED = {
    "recently": f"Within {YEARS_WORDS}",
    "longer-ago": "Longer ago",
    "no-date": "No date",
}


@dataclass(frozen=True)
class Status:
    """A status as somebody said it: its ``word`` in the closed list, and the date it was true.

    ``old`` says that it counts as unknown today.
    """

    word: str
    as_of: PartialDate | None
    old: bool

    @property
    def counts_as(self) -> str:
        """Return the word by which filters and counts sort it: ``recruiting``, ``last-recruiting``."""
        return f"{LAST}{self.word}" if self.old else self.word

    @property
    def when(self) -> str:
        """Return in words when it was true: "as of April 2021", "in April 2021" once it is old."""
        if self.as_of is None:
            return f"on a {NO_DATE}"
        before = ("in" if self.as_of.day is None else "on") if self.old else "as of"
        return f"{before} {self.as_of.words}"


def is_old(as_of: PartialDate | None, today: Date) -> bool:
    """Tell whether what was true on ``as_of`` is too old to be believed today.

    A year or a month counts from its first day. Without a date nothing vouches for today.
    """
    if as_of is None:
        return True
    until = (as_of.year + YEARS, as_of.month or 1, as_of.day or 1)
    return until < (today.year, today.month, today.day)


def date_of(reading: TrialReading, sources: dict[str, Source]) -> PartialDate | None:
    """Return the date of what a reading says: its own, else the day its source was issued."""
    if reading.as_of is not None or reading.source is None:
        return reading.as_of
    return sources[reading.source].issued


def status_of(trial: Trial, report: Report) -> Status | None:
    """Return the status of a trial with its age, or None when nobody says one."""
    said = next((reading for reading in trial.readings if reading.says.status is not None), None)
    word = trial.inferred.status if said is None else said.says.status
    if word is None:
        return None
    as_of = None if said is None else date_of(said, report.sources)
    ages = report.vocabularies.statuses[word].ages
    return Status(word, as_of, ages and is_old(as_of, report.today))


def confirmed_of(status: Status | None, today: Date) -> str:
    """Return whether somebody confirmed a status within two years, as a key of CONFIRMED.

    It is asked of every status, also of one that cannot stop being true.
    """
    if status is None or status.as_of is None:
        return "no-date"
    return "longer-ago" if is_old(status.as_of, today) else "recently"


def confirmed_titles(used: Iterable[str]) -> dict[str, str]:
    """Return the titles of those of CONFIRMED that are ``used``."""
    in_use = set(used)
    return {name: title for name, title in CONFIRMED.items() if name in in_use}


def status_title(word: str, words: dict[str, StatusWord], *, old: bool) -> str:
    """Return "Recruiting", or "Unknown, last known as recruiting" for one that is old."""
    title = words[word].title
    return f"Unknown, last known as {title[0].lower()}{title[1:]}" if old else title


def facet_titles(used: Iterable[str], words: dict[str, StatusWord]) -> dict[str, str]:
    """Return the titles of the words that are ``used`` to sort, the old ones after the others."""
    in_use = set(used)
    titles = {
        word: f"{status.title} (dated within {YEARS_WORDS})" if status.ages else status.title
        for word, status in words.items()
        if word in in_use
    }
    old = {word: title for word, title in word_titles(words).items() if word not in words}
    return titles | {word: title for word, title in old.items() if word in in_use}


def word_titles(words: dict[str, StatusWord]) -> dict[str, str]:
    """Return what a table says of each word and, after them, of each that is old."""
    plain = {word: status_title(word, words, old=False) for word in words}
    return plain | {f"{LAST}{word}": status_title(word, words, old=True) for word in words}


def status_key(trial: Trial, report: Report) -> str:
    """Return what a page shows of a status beyond the trial's file: its date, and whether it is old."""
    status = status_of(trial, report)
    if status is None:
        return ""
    as_of = status.as_of
    when = "" if as_of is None else f"{as_of.year} {as_of.month} {as_of.day}"
    return f"{status.counts_as} {when}"
