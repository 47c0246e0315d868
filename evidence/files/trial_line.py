"""What one trial gives to each of the files, kept so that an edit of one trial makes one line anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evidence.model.open_data import TRIAL_VALUES
from evidence.pages.trial_lists import FACETS

VALUE_COLUMNS = tuple(column.name for column in TRIAL_VALUES)
FACET_PLACES = {facet.name: place for place, facet in enumerate(FACETS)}


@dataclass(frozen=True)
class Line:
    """What one trial gives to each of the files.

    ``entry`` is its line in the JSON. ``values`` are those of VALUE_COLUMNS, ``chosen`` those of FACETS,
    and ``more`` the words that stand in no column.
    ``shown`` holds what the row of the table has in each of COLUMNS, and the note behind it.
    """

    entry: str
    values: tuple[str | int, ...]
    chosen: tuple[tuple[str, ...], ...]
    more: str
    shown: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, fields: list[Any]) -> Line:
        """Return the line that was kept."""
        entry, values, chosen, more, cells = fields
        columns = tuple((words, note) for words, note in cells)
        return cls(entry, tuple(values), tuple(map(tuple, chosen)), more, columns)

    def value(self, column: str) -> str | int:
        """Return what stands in one of VALUE_COLUMNS."""
        return self.values[VALUE_COLUMNS.index(column)]

    def chosen_of(self, facet: str) -> tuple[str, ...]:
        """Return the values of a facet, by its name."""
        return self.chosen[FACET_PLACES[facet]]
