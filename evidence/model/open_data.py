"""The tables that anybody may download: for each thing one list of columns, from the fields of its model.

The files are written from these lists, and so are the package that describes them, the database, and the
page that tells what each column means. A field that is described in its model is a column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evidence.model.base import kebab
from evidence.model.caution import SourcePlace
from evidence.model.claim import Claim
from evidence.model.columns import Column, columns_of
from evidence.model.export import Export
from evidence.model.finding import Finding
from evidence.model.open_table import OpenTable, foreign_keys, made, named
from evidence.model.query import Query
from evidence.model.registry_record import RegistryRecord
from evidence.model.search import FoundItem, Outcome, Search
from evidence.model.source import Source
from evidence.model.source_reading import Discrepancy, SourceReading
from evidence.model.study import Study
from evidence.model.trial import Trial
from evidence.model.trial_reading import Said, TrialReading
from evidence.model.vocabularies import Country


def _number(of: str) -> Column:
    """Return the column that counts what has no name of its own."""
    return made("number", f"Its place among those of its {of}.", shape="whole", filled=True)


SOURCE = made("source", "The source, by its id.", table="sources")
STUDY = made("study", "The study, by its id.", table="studies")
SOURCES = OpenTable("source", (*named(Source, "source"),), ("source",))
SOURCE_READINGS = OpenTable(
    "reading of a source",
    (SOURCE, _number("source"), *named(SourceReading)),
    ("source", "number"),
    "source readings",
    "What was read of it: which part, where, when, and how much.",
)
DISCREPANCIES = OpenTable(
    "discrepancy",
    (SOURCE, made("discrepancy", "Its name on the page of its source.", filled=True),
     *named(Discrepancy)),
    ("source", "discrepancy"),
    "discrepancies",
    "Something that a source prints and that something else contradicts.",
)  # fmt: skip
STUDIES = OpenTable("study", (*named(Study, "study"),), ("study",), "studies")
FINDINGS = OpenTable(
    "finding",
    (
        made("study", "The study that found it, by its id.", table="studies"),
        *named(Finding, "finding"),
        made("reported", "All that was printed, in one line."),
        made("computed", "What this site computed from the counts."),
    ),
    ("study", "finding"),
)
FINDING_PLACES = OpenTable(
    "place of a finding",
    (
        made("study", "The study that found it, by its id.", filled=True),
        made("finding", "The finding, by its name.", table="findings"),
        _number("finding"),
        *named(SourcePlace),
    ),
    ("study", "finding", "number"),
    "finding places",
    "Every source in which a finding stands; the first is the one in its own row.",
)
CLAIMS = OpenTable(
    "claim",
    (
        made("ledger", "The ledger that it stands in.", filled=True),
        made("document", "The document that says it, by its id.", table="sources"),
        *named(Claim, "claim"),
    ),
    ("ledger", "claim"),
)
CLAIM_FINDINGS = OpenTable(
    "finding that decides a claim",
    (
        made("ledger", "The ledger of the claim.", filled=True),
        made("claim", "The claim, by its name.", table="claims"),
        made("study", "The study of the finding, by its id.", filled=True),
        made("finding", "The finding, by its name.", table="findings"),
    ),
    ("ledger", "claim", "study", "finding"),
    "claim findings",
)


# What a reading may say of a trial; the condition by the closed list stands before it
SAID = tuple(name for name in Said.model_fields if name != "condition")
# A status is given as it counts today, beside the day on which it was said
STATUS = made(
    "status", "How far the trial is; one that is too old to be believed counts as unknown."
)
STATUS_AS_OF = made(
    "status-as-of", "The day on which that was said, or that none is stated.", "Status, as of"
)
CONFIRMED = made(
    "status-confirmed", "Whether the status was confirmed within two years, longer ago, or on no date."
)  # fmt: skip
# Fields of a trial that are columns of their own, those before what was read and those behind it
NAMES = ("id", "registry", "registry-id", "other-ids", "name", "condition")
NOTES = {"basis": "inferred-from", "note": "note"}


def _values() -> Iterator[Column]:
    """Yield the columns of a trial that hold values."""
    own = {column.name: column for column in columns_of(Trial)}
    said = {column.name: column for column in columns_of(Said)}
    yield from (own[name] for name in NAMES)
    for name in SAID:
        yield from (STATUS, STATUS_AS_OF) if name == "status" else (said[kebab(name)],)


def _places() -> Iterator[Column]:
    """Yield the columns that say where each value was read."""
    said = {column.name: column for column in columns_of(Said)}
    meaning = "Where that was read: source or address, and the place in it; or that we inferred it."
    for name in map(kebab, SAID):
        yield made(f"{name}-read-at", meaning, f"{said[name].title}, read at")


def _notes() -> Iterator[Column]:
    """Yield the columns behind them."""
    own = {column.name: column for column in columns_of(Trial)}
    yield made("readings-differ", "What other readings say, where they do not agree.")
    yield from (replace(own[name], name=column) for name, column in NOTES.items())
    yield CONFIRMED


TRIAL_VALUES = tuple(_values())
TRIALS = OpenTable(
    "trial",
    (*TRIAL_VALUES, *_places(), *_notes()),
    ("id",),
    about="A registry record, in the words of the closed lists.",
)
TRIAL = made("trial", "The trial, by its id.", table="trials")
TRIAL_READINGS = OpenTable(
    "reading of a trial",
    (TRIAL, _number("trial"), *named(TrialReading)),
    ("trial", "number"),
    "trial readings",
    "What was read about a trial, the most trusted first.",
)  # fmt: skip
COUNTRIES = OpenTable(
    "country", (made("country", "The name of the country on this site.", filled=True),
                *named(Country)), ("country",), "countries",
)  # fmt: skip
TRIAL_COUNTRIES = OpenTable(
    "country of a trial",
    (TRIAL, made("country", "The country, by its name on this site.", table="countries")),
    ("trial", "country"),
    "trial countries",
)
STUDY_TRIALS = OpenTable(
    "registered trial of a study",
    (STUDY, TRIAL),
    ("study", "trial"),
    "study trials",
    "Studies and trials are joined by the ids that both name.",
)
EXPORTS = OpenTable(
    "export of a registry", (*named(Export, "export"),), ("export",), "exports"
)  # fmt: skip
RECORDS = OpenTable(
    "record of an export",
    (made("export", "The export that holds it, by its id.", table="exports"),
     *named(RegistryRecord),
     replace(made("trial", "The trial that it is here, by its id.", table="trials"), filled=False)),
    ("export", "id"),
    "records",
    "What the registry says, and what the rules made of it.",
)  # fmt: skip
SEARCH = made("search", "The search, by its id.", table="searches")
SEARCHES = OpenTable("search", (*named(Search, "search"),), ("search",), "searches")
SEARCH_QUERIES = OpenTable(
    "query of a search", (SEARCH, _number("search"), *named(Query)), ("search", "number"),
    "search queries",
)  # fmt: skip
SEARCH_ITEMS = OpenTable(
    "item that a search found",
    (SEARCH, _number("search"), *named(FoundItem)),
    ("search", "number"),
    "search items",
    "Each is a study, a source, a trial, or something with a name.",
)
OUTCOMES = OpenTable(
    "outcome of a search",
    (SEARCH, made("outcome", "The name of the outcome in its search.", filled=True),
     *named(Outcome)),
    ("search", "outcome"),
    "outcomes",
)  # fmt: skip
# Those made of trials, of which there may be thousands, and all others
OF_TRIALS = (TRIALS, TRIAL_READINGS, TRIAL_COUNTRIES)
TABLES = (
    FINDINGS, CLAIMS, *OF_TRIALS, SOURCES, STUDIES, FINDING_PLACES, CLAIM_FINDINGS, STUDY_TRIALS, SOURCE_READINGS,
    DISCREPANCIES, SEARCHES, SEARCH_QUERIES, SEARCH_ITEMS, OUTCOMES, EXPORTS, RECORDS, COUNTRIES,
)  # fmt: skip
KEYS = {table.name: table.key for table in TABLES}
LEADING = {table.name: tuple(foreign_keys(table, KEYS)) for table in TABLES}
