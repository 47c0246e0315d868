"""Exports in CSV: rows with the line where each begins, and the kinds of export by their columns."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence.problems import Place, Problem, nearest
from evidence.read.limits import MOST_COLUMNS, beyond
from evidence.registry.record import finding
from evidence.registry.vocabulary import squashed

# Rows of a CSV file with the physical line where each begins; what is wrong, as problems.

FIELD_LIMIT = min(sys.maxsize, 2**31 - 1)  # a cell may list a hundred hospitals
DOWNLOAD_AGAIN = "Download the export again; do not mend it by hand."


@dataclass
class Rows:
    """The header and the rows of one file: each with its first line and its cells."""

    file: str
    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_rows(file: str, text: str) -> Rows:
    """Read comma-separated ``text``; a row that does not fit the header is a problem."""
    rows = Rows(file)
    short: tuple[int, int] | None = None
    for line, cells in _lines(rows, text):
        if not rows.header:
            rows.header = [name.strip() for name in cells]
            if len(cells) > MOST_COLUMNS:
                return _too_broad(file, len(cells))
            continue
        if short:
            rows.problems.append(_misfit(rows, *short))
            short = None
        if len(cells) == len(rows.header):
            rows.rows.append((line, cells))
        elif len(cells) < len(rows.header):
            short = (line, len(cells))
        else:
            rows.problems.append(_misfit(rows, line, len(cells)))
    if short:
        cut = not any(problem.rule == "export-whole" for problem in rows.problems)
        rows.problems.append(_cut_off(rows, *short) if cut else _misfit(rows, *short))
    return rows


def _too_broad(file: str, columns: int) -> Rows:
    message = beyond("this file", columns, "columns", MOST_COLUMNS)
    hint = "Its rows may not be parted by line ends. " + DOWNLOAD_AGAIN
    problem = finding("export-columns", Place(file, 1, 1), message, hint)
    return Rows(file, problems=[problem])


def _lines(rows: Rows, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty with the line where it begins."""
    limit = csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        rows.problems.append(_unreadable(rows, line, str(error)))
    finally:
        csv.field_size_limit(limit)


def _unreadable(rows: Rows, line: int, reason: str) -> Problem:
    place = Place(rows.file, line, 1)
    if "unexpected end" in reason:
        message = "the file ends inside a quoted cell of the row that begins here"
        return finding("export-whole", place, message, DOWNLOAD_AGAIN)
    message = f"this row cannot be read: {reason}"
    hint = 'A quote inside a quoted cell is written twice: "". ' + DOWNLOAD_AGAIN
    return finding("export-row", place, message, hint)


def _misfit(rows: Rows, line: int, cells: int) -> Problem:
    wanted = len(rows.header)
    column = min(cells, wanted)
    message = (
        f"this row has {cells} cells, and the header has {wanted}; "
        f"the last that fits is '{rows.header[column - 1]}'"
    )
    return finding("export-row", Place(rows.file, line, column), message, DOWNLOAD_AGAIN)


def _cut_off(rows: Rows, line: int, cells: int) -> Problem:
    message = (
        f"the file is cut off: its last row ends after '{rows.header[cells - 1]}', "
        f"with {cells} of {len(rows.header)} cells"
    )
    return finding("export-whole", Place(rows.file, line, cells), message, DOWNLOAD_AGAIN)


# The kinds of CSV export, each by its columns; and which kind a header belongs to.

NEAR_ENOUGH = 0.5


@dataclass(frozen=True)
class ExportKind:
    """A kind of export: for each field of a record the spellings of its column.

    ``needed`` are the fields without which nothing can be counted; ``marks`` are columns that no
    other kind has. Names are compared without case, spaces and punctuation.
    """

    id: str
    title: str
    registry: str
    columns: dict[str, tuple[str, ...]]
    needed: tuple[str, ...]
    marks: frozenset[str]

    def positions(self, header: list[str]) -> dict[str, int]:
        """Return the position of each field's column in ``header``, where there is one."""
        places = {squashed(name): position for position, name in reversed([*enumerate(header)])}
        by_field = {}
        for name, spellings in self.columns.items():
            position = next(
                (places[spelling] for spelling in map(squashed, spellings) if spelling in places),
                None,
            )
            if position is not None:
                by_field[name] = position
        return by_field

    def missing(self, header: list[str]) -> list[str]:
        """Return the columns that are needed and not there, as the registry spells them."""
        present = self.positions(header)
        return [self.columns[name][0] for name in self.needed if name not in present]


CLASSIC = ExportKind(
    "clinicaltrials-gov-classic-csv",
    "ClinicalTrials.gov, classic CSV (until 2024)",
    "clinicaltrials-gov",
    {
        "id": ("NCT Number",),
        "title": ("Title",),
        "status": ("Status",),
        "conditions": ("Conditions",),
        "interventions": ("Interventions",),
        "outcomes": ("Outcome Measures",),
        "phase": ("Phases",),
        "sponsor": ("Funded Bys",),
        "study_type": ("Study Type",),
        "enrolment": ("Enrollment",),
        "other_ids": ("Other IDs",),
        "started": ("Start Date",),
        "registered": ("First Posted",),
        "updated": ("Last Update Posted",),
        "countries": ("Locations",),
    },
    ("id", "title", "status", "conditions", "interventions", "phase", "sponsor", "study_type",
     "started", "updated", "countries"),
    frozenset({"title", "status", "fundedbys", "gender", "studydesigns", "url", "rank"}),
)  # fmt: skip
PRESENT = ExportKind(
    "clinicaltrials-gov-csv",
    "ClinicalTrials.gov, present CSV",
    "clinicaltrials-gov",
    {
        "id": ("NCT Number",),
        "title": ("Study Title",),
        "status": ("Study Status",),
        "conditions": ("Conditions",),
        "interventions": ("Interventions",),
        "outcomes": ("Primary Outcome Measures",),
        "phase": ("Phases",),
        "sponsor": ("Funder Type",),
        "study_type": ("Study Type",),
        "enrolment": ("Enrollment",),
        "other_ids": ("Other IDs",),
        "started": ("Start Date",),
        "registered": ("First Posted",),
        "updated": ("Last Update Posted",),
        "countries": ("Locations",),
    },
    ("id", "title", "status", "conditions", "interventions", "phase", "sponsor", "study_type",
     "started", "countries"),
    frozenset({"studytitle", "studystatus", "studyurl", "fundertype", "briefsummary", "sex"}),
)  # fmt: skip
PORTAL = ExportKind(
    "ictrp-csv",
    "WHO ICTRP, CSV",
    "ictrp",
    {
        "id": ("TrialID", "Main ID"),
        "title": ("Public title", "Scientific title"),
        "status": ("Recruitment Status", "Overall Recruitment Status"),
        "conditions": ("Condition", "Conditions", "Health Condition", "Health Conditions"),
        "interventions": ("Intervention", "Interventions"),
        "outcomes": ("Primary outcome", "Primary Outcomes", "Primary outcome measures"),
        "keywords": ("Condition Keyword", "Keywords"),
        "phase": ("Phase", "Phases", "Study phase"),
        "study_type": ("Study type",),
        "enrolment": ("Target size", "Target sample size"),
        "other_ids": ("Secondary IDs", "Secondary ID", "SecondaryIDs", "Secondary IDs (others)"),
        "started": ("Date enrollement", "Date enrolment", "Date enrollment",
                    "Date of first enrolment", "Date enrollemente"),
        "registered": ("Date registration", "Date of registration", "Registration date",
                       "Date registration3"),
        "updated": ("Last Refreshed on", "Last updated", "Last update"),
        "countries": ("Countries", "Country", "Countries of recruitment"),
    },
    ("id", "title", "status", "conditions", "interventions", "phase", "started", "countries"),
    frozenset({"trialid", "publictitle", "recruitmentstatus", "dateenrollement", "targetsize",
               "sourceregister", "primarysponsor", "webaddress"}),
)  # fmt: skip
KINDS = (CLASSIC, PRESENT, PORTAL)


def recognise(rows: Rows) -> tuple[ExportKind | None, list[Problem]]:
    """Return the kind of export that a header is of, and what is wrong with the header."""
    header = rows.header
    kind, likeness = max(
        ((kind, _likeness(kind, header)) for kind in KINDS), key=lambda pair: pair[1]
    )
    if likeness < NEAR_ENOUGH:
        return None, [_unknown(rows, kind)]
    problems = [*_repeated(rows), *(_absent(rows, kind, name) for name in kind.missing(header))]
    return (None if problems else kind), problems


def _likeness(kind: ExportKind, header: list[str]) -> float:
    """Return the share of needed columns that are there, raised by marks of the kind."""
    share = 1 - len(kind.missing(header)) / len(kind.needed)
    marked = kind.marks & {squashed(name) for name in header}
    return share + 0.1 * len(marked) if marked else 0.0


def _repeated(rows: Rows) -> list[Problem]:
    problems, seen = [], dict[str, int]()
    for position, name in enumerate(rows.header, start=1):
        first = seen.setdefault(squashed(name), position)
        if first != position:
            message = f"the column '{name}' stands twice: it is the {first}. and the {position}."
            place = Place(rows.file, 1, position)
            problems.append(finding("export-columns", place, message, "Delete one of the two."))
    return problems


def _absent(rows: Rows, kind: ExportKind, name: str) -> Problem:
    message = f"the column '{name}' is missing, which {kind.title} needs"
    near = nearest(name, rows.header)
    hint = "Choose it too when you download the export."
    if near and squashed(near) not in {
        squashed(spelling) for names in kind.columns.values() for spelling in names
    }:
        hint = f"Is it '{near}'? Column names are compared without case and spaces."
    return finding("export-columns", Place(rows.file, 1, 1), message, hint)


def _unknown(rows: Rows, near: ExportKind) -> Problem:
    looked_for = "; ".join(kind.title for kind in KINDS)
    absent = ", ".join(f"'{name}'" for name in near.missing(rows.header)[:12])
    message = (
        "this is not an export that is known: looked for "
        f"{looked_for}; ClinicalTrials.gov, JSON of API version 2"
    )
    hint = f"The nearest is {near.title}, whose columns {absent} are missing."
    line = rows.header[0] if len(rows.header) == 1 else ""
    for mark, word in (("\t", "tabs"), (";", "semicolons")):
        if line.count(mark) >= 3:
            hint = f"Its columns seem to be parted by {word}: save it again, parted by commas."
    return finding("export-known", Place(rows.file, 1, 1), message, hint)
