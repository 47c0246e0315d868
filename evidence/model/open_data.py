"""The tables that anybody may download: for each thing one list of columns, from the fields of its model.

The files are written from these lists, and the page that tells what each column means is too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidence.model.base import Model, kebab
from evidence.model.claim import Claim
from evidence.model.columns import Column, columns_of, sentence_case
from evidence.model.study import Finding
from evidence.model.trial import Said, Trial


@dataclass(frozen=True)
class OpenTable:
    """A table to download: what each of its rows is, and its columns in order."""

    row: str
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """Return what its rows are, in the plural: ``findings``."""
        return f"{self.row}s"

    @property
    def path(self) -> str:
        """Return its path in the site."""
        return f"downloads/{self.name}.csv"

    @property
    def title(self) -> str:
        """Return its heading."""
        return sentence_case(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the first line of the table."""
        return tuple(column.name for column in self.columns)


def _made(name: str, meaning: str, title: str = "") -> Column:
    """Return a column that is no field of a model."""
    return Column(name, (), title=title or sentence_case(name), meaning=meaning)


def _named(model: type[Model], id_column: str) -> Iterator[Column]:
    """Yield a column for each field of a model, the id first, under the name of the thing."""
    columns = {column.name: column for column in columns_of(model)}
    yield replace(columns.pop("id"), name=id_column)
    yield from columns.values()


FINDINGS = OpenTable(
    "finding",
    (
        _made("study", "The study that found it, by its id."),
        *_named(Finding, "finding"),
        _made("reported", "All that was printed, in one line."),
        _made("computed", "What this site computed from the counts."),
    ),
)
CLAIMS = OpenTable(
    "claim",
    (_made("document", "The document that says it, by its id."), *_named(Claim, "claim")),
)


# What a reading may say of a trial; the condition by the closed list stands before it
SAID = tuple(name for name in Said.model_fields if name != "condition")
# A status is given as it counts today, beside the day on which it was said
STATUS = _made(
    "status", "How far the trial is; one that is too old to be believed counts as unknown."
)
STATUS_AS_OF = _made("status-as-of", "The day on which that was said.", "Status, as of")
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
        yield _made(f"{name}-read-at", meaning, f"{said[name].title}, read at")


def _notes() -> Iterator[Column]:
    """Yield the columns behind them."""
    own = {column.name: column for column in columns_of(Trial)}
    yield _made("readings-differ", "What other readings say, where they do not agree.")
    yield from (replace(own[name], name=column) for name, column in NOTES.items())


TRIAL_VALUES = tuple(_values())
TRIALS = OpenTable("trial", (*TRIAL_VALUES, *_places(), *_notes()))
TABLES = (FINDINGS, CLAIMS, TRIALS)
