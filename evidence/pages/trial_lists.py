"""Trials as lines of a table: the lists of all, of one condition and of one intervention."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.model.report import Report
from evidence.model.trial import Trial, TrialName
from evidence.numbers.status import status_of, status_title
from evidence.prose.trial_wording import value_words

# A page of a list stays below the weight of a first visit with this many lines
MOST_LINES = 300
NOT_STATED = "not-stated"
FAR_FUTURE = 9999


@dataclass(frozen=True)
class TrialLine:
    """One trial as a line of a table: what stands in each column."""

    id: str
    name: str
    printed_id: str
    condition: str
    cell: str
    phase: str
    status: str
    status_when: str
    enrolment: int | None
    countries: str
    start: int | None
    sponsor_type: str

    def words(self, column: str) -> str:
        """Return what stands in a column, by its name."""
        value = getattr(self, column.replace("-", "_"))
        if column == "enrolment" and value is not None:
            return f"{value:,}"
        return "" if value is None else str(value)

    def note(self, column: str) -> str:
        """Return what stands smaller behind it: the date of a status."""
        return self.status_when if column == "status" else ""


# A line with every part that a line can have, and no words: the script of the explorer fills it in
PATTERN = TrialLine("index", "-", "-", "", "", "", "", "-", None, "", None, "")


@dataclass(frozen=True)
class TrialList:
    """The trials of one condition or intervention; ``facet`` is the key in shared addresses."""

    facet: str
    id: str
    title: str
    definition: str
    trials: tuple[TrialName, ...]

    @property
    def address(self) -> str:
        """Return the path of the first page of the list."""
        return f"trials/{self.facet}/{self.id}.html"


def ordered(report: Report) -> list[TrialName]:
    """Return all trials in the order of the static table.

    That is: conditions in the order of their list, then the newest first, those without a start
    last.
    """
    places = {name: place for place, name in enumerate(report.vocabularies.conditions)}

    def key(trial: TrialName) -> tuple[int, int, str]:
        return places[trial.condition], -trial.start if trial.start else FAR_FUTURE, trial.id

    return sorted(report.trials.values(), key=key)


def line_of(trial: Trial, report: Report) -> TrialLine:
    """Return a trial as a line of a table."""
    words = report.vocabularies
    start = trial.value("start")
    status = status_of(trial, report)

    def said(name: str) -> str:
        return value_words(name, trial.value(name), words)

    return TrialLine(
        id=trial.id,
        name=trial.name,
        printed_id=trial.registry_id or "",
        condition=words.conditions[trial.condition].title,
        cell=said("cell"),
        phase=said("phase"),
        status="" if status is None else status_title(status.word, words.statuses, old=status.old),
        status_when="" if status is None else status.when,
        enrolment=trial.value("enrolment"),
        countries=said("countries"),
        start=None if start is None else start.year,
        sponsor_type=said("sponsor_type"),
    )


def lists_of(report: Report, trials: Sequence[TrialName]) -> list[TrialList]:
    """Return a list for each condition and for each intervention that has a trial."""
    groups: dict[tuple[str, str], list[TrialName]] = defaultdict(list)
    for trial in trials:
        groups["condition", trial.condition].append(trial)
        groups["cell", trial.cell or NOT_STATED].append(trial)
    return [
        TrialList(facet, name, word.title, word.definition, tuple(groups[facet, name]))
        for facet, words in (
            ("condition", report.vocabularies.conditions),
            ("cell", report.vocabularies.cells),
        )
        for name, word in words.items()
        if (facet, name) in groups
    ]


def parts(address: str, trials: Sequence[TrialName]) -> Iterator[tuple[str, Sequence[TrialName]]]:
    """Yield the pages of a long list: their addresses, and their trials.

    ``trials/index.html`` goes on in ``trials/page-2.html``, and ``trials/cell/x.html`` in
    ``trials/cell/x-page-2.html``.
    """
    stem = address.removesuffix(".html").removesuffix("index")
    joint = "" if stem.endswith("/") else "-"
    for start in range(0, max(1, len(trials)), MOST_LINES):
        number = start // MOST_LINES + 1
        where = address if number == 1 else f"{stem}{joint}page-{number}.html"
        yield where, trials[start : start + MOST_LINES]
