"""The table of trials: columns, orders and facets; and lists of all, of a condition, of an intervention."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.model.export import Export
from evidence.model.report import Report
from evidence.model.trial import Trial, TrialName
from evidence.model.vocabularies import Vocabularies, Word
from evidence.numbers.status import status_of, status_title
from evidence.prose.trial_wording import value_words

# The table of trials: its columns, its orders, and what it can be narrowed by, each written once.
#
# Lists, explorer, script and downloads follow from here.


@dataclass(frozen=True)
class Facet:
    """Something that trials can be narrowed by; ``name`` is its key in shared addresses.

    ``field`` is the field of a trial that holds its values, and ``listed`` the closed list of them
    (none for a year). ``by`` names its lists of trials, of one value each, where there are such.
    ``open`` shows its values from the start where there is room. A trial may have ``several`` values.
    Those of a ``range`` follow each other, and are chosen from one to another.
    """

    name: str
    title: str
    field: str
    listed: str | None
    by: str = ""
    open: bool = False
    several: bool = False
    range: bool = False

    @property
    def anchor(self) -> str:
        """Return the anchor of the lists, ``by-condition``."""
        return f"by-{self.name}"


@dataclass(frozen=True)
class TrialColumn:
    """A column of the table beside the name; ``name`` is the key by which rows are sorted.

    ``style`` is the class of its cells. ``down`` is set where the greatest comes first when a reader
    asks for the order. ``orders`` are those that the menu offers: the key, with - for backwards, and
    its title.
    """

    name: str
    title: str
    orders: tuple[tuple[str, str], ...]
    style: str = ""
    down: bool = False


FACETS = (
    Facet("condition", "Condition", "condition", "conditions", "condition", open=True),
    Facet("cell", "Intervention", "cell", "cells", "cells"),
    Facet("phase", "Phase", "phase", "phases", open=True),
    Facet("status", "Status", "status", "statuses", "how they ended", open=True),
    Facet("confirmed", "Status confirmed", "confirmed", None, open=True),
    Facet("country", "Country", "countries", "countries", several=True),
    Facet("sponsor-type", "Sponsor", "sponsor_type", "sponsor_types"),
    Facet("year", "Year of start", "start", None, range=True),
)
COLUMNS = (
    TrialColumn("condition", "Condition", ()),
    TrialColumn("cell", "Intervention", (("cell", ""),)),
    TrialColumn(
        "phase", "Phase", (("phase", "Phase, early first"), ("-phase", "Phase, late first"))
    ),
    TrialColumn("status", "Status", (("status", "Status"),)),
    TrialColumn(
        "enrolment",
        "People",
        (("-enrolment", "People, most first"), ("enrolment", "People, fewest first")),
        "number people",
        down=True,
    ),
    TrialColumn("countries", "Country", (("countries", "Country"),)),
    TrialColumn(
        "start",
        "Start",
        (("-start", "Start, newest first"), ("start", "Start, oldest first")),
        "number start",
        down=True,
    ),
    TrialColumn("sponsor-type", "Sponsor", (("sponsor-type", "Sponsor"),)),
)
# The orders of the menu that belong to no column
FIRST_ORDERS = (("", "Condition, newest first"), ("name", "Name"), ("id", "Registry id"))


def facets_of(words: Vocabularies) -> tuple[Facet, ...]:
    """Return the facets with the site's own words."""
    wording = words.wording
    return tuple(
        replace(facet, title=wording.title, by=wording.kinds) if facet.name == "cell" else facet
        for facet in FACETS
    )


def columns_of(words: Vocabularies) -> tuple[TrialColumn, ...]:
    """Return the columns with the site's own words."""
    title = words.wording.title
    return tuple(
        replace(column, title=title, orders=(("cell", title),)) if column.name == "cell" else column
        for column in COLUMNS
    )


def orders_of(words: Vocabularies) -> tuple[tuple[str, str], ...]:
    """Return every order of the menu: its key in shared addresses, and its title."""
    return (*FIRST_ORDERS, *(order for column in columns_of(words) for order in column.orders))


# Trials as lines of a table: the lists of all, of one condition and of one intervention.

# A page of a list stays below the weight of a first visit with this many lines. The first page of all
# trials has as many as the explorer shows at once, so that its script has nothing to draw anew
MOST_LINES = 300
FIRST_LINES = 50
# Rows that the explorer loads together
PART_LINES = 200
NOT_STATED = "not-stated"
FAR_FUTURE = 9999


@dataclass(frozen=True)
class TrialLine:
    """One trial as a line of a table: what stands in each column.

    It is ``open`` when it took people in so lately that this is believed today.
    """

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
    open: bool = False

    def words(self, column: str) -> str:
        """Return what stands in a column, by its name."""
        value = getattr(self, column.replace("-", "_"))
        if column == "enrolment" and value is not None:
            return f"{value:,}"
        return "" if value is None else str(value)

    def note(self, column: str) -> str:
        """Return what stands smaller behind it: the date of a status."""
        return self.status_when if column == "status" else ""

    def cells(self, columns: Sequence[TrialColumn]) -> list[tuple[TrialColumn, str, str]]:
        """Return each column with what stands in it and its note, so that a template asks once a row."""
        return [(column, self.words(column.name), self.note(column.name)) for column in columns]


# A line with every part that a line can have, and no words: the script of the explorer fills it in
PATTERN = TrialLine("index", "-", "-", "", "", "", "", "-", None, "", None, "")


@dataclass(frozen=True)
class TrialList:
    """The trials of one condition, intervention or end; ``facet`` is the key in shared addresses."""

    facet: str
    id: str
    title: str
    definition: str
    trials: tuple[TrialName, ...]

    @property
    def address(self) -> str:
        """Return the path of the first page of the list."""
        return list_address(self.facet, self.id)


def list_address(facet: str, name: str) -> str:
    """Return the path of the first page of a list of trials."""
    return f"trials/{facet}/{name}.html"


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
        open=status is not None and not status.old and words.statuses[status.word].open,
    )


def listed_by(words: Vocabularies) -> dict[str, Mapping[str, Word]]:
    """Return for each facet that has lists the words that have one, in their order."""
    ends = {name: status for name, status in words.statuses.items() if status.end}
    return {"condition": words.conditions, "cell": words.cells, "status": ends}


def lists_of(report: Report, trials: Sequence[TrialName]) -> list[TrialList]:
    """Return a list for each condition, intervention and way to end that has a trial.

    A trial of a class that is part of a wider one stands in the list of that too.
    """
    words = report.vocabularies
    groups: dict[tuple[str, str], list[TrialName]] = defaultdict(list)
    for trial in trials:
        for name in words.widening("conditions", trial.condition):
            groups["condition", name].append(trial)
        for name in words.widening("cells", trial.cell or NOT_STATED):
            groups["cell", name].append(trial)
        groups["status", trial.status or NOT_STATED].append(trial)
    return [
        TrialList(facet, name, word.title, word.definition, tuple(groups[facet, name]))
        for facet, closed in listed_by(words).items()
        for name, word in closed.items()
        if (facet, name) in groups
    ]


def exported(report: Report, counts: Mapping[str, int]) -> list[tuple[Export, int]]:
    """Return each export that holds records of some trials, and how many; the newest first."""
    exports = [(report.exports[name], count) for name, count in counts.items()]
    return sorted(exports, key=lambda pair: str(pair[0].exported), reverse=True)


def parts(
    address: str, trials: Sequence[TrialName], first: int = MOST_LINES
) -> Iterator[tuple[str, Sequence[TrialName]]]:
    """Yield the pages of a long list: their addresses, and their trials; ``first`` of them on the first.

    ``trials/index.html`` goes on in ``trials/page-2.html``, and ``trials/cell/x.html`` in
    ``trials/cell/x-page-2.html``.
    """
    stem = address.removesuffix(".html").removesuffix("index")
    joint = "" if stem.endswith("/") else "-"
    yield address, trials[:first]
    for number, start in enumerate(range(first, len(trials), MOST_LINES), start=2):
        yield f"{stem}{joint}page-{number}.html", trials[start : start + MOST_LINES]


def first_parts(words: Vocabularies, trials: Sequence[TrialName]) -> dict[str, list[int]]:
    """Return for each condition the parts of the explorer's rows that hold its first ones."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, trial in enumerate(trials):
        for name in words.widening("conditions", trial.condition):
            if len(places[name]) < FIRST_LINES:
                places[name].append(place)
    return {name: sorted({place // PART_LINES for place in own}) for name, own in places.items()}
