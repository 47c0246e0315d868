"""The kinds of CSV export, each by its columns; and which kind a header belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.problems import Place, Problem, nearest
from evidence.registry.csv_rows import Rows
from evidence.registry.finding import finding
from evidence.registry.vocabulary import squashed

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
        found = {}
        for name, spellings in self.columns.items():
            position = next(
                (places[each] for each in map(squashed, spellings) if each in places), None
            )
            if position is not None:
                found[name] = position
        return found

    def missing(self, header: list[str]) -> list[str]:
        """Return the columns that are needed and not there, as the registry spells them."""
        found = self.positions(header)
        return [self.columns[name][0] for name in self.needed if name not in found]


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
        squashed(each) for names in kind.columns.values() for each in names
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
