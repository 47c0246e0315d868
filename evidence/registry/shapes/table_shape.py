"""What a shape of table is: its columns, and how a row of it becomes a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from evidence.problems import Place
from evidence.registry.countries import last_part, listed, town_of
from evidence.registry.record import Record
from evidence.registry.vocabulary import squashed

SEPARATOR = " | "
Places = Callable[[str], tuple[str, ...]]


def at_the_end(written: str) -> tuple[str, ...]:
    """Return the countries at the ends of "hospital, town, country|hospital, town, country"."""
    return tuple(
        dict.fromkeys(last_part(location) for location in written.split("|") if location.strip())
    )


def towns_before(written: str) -> tuple[str, ...]:
    """Return the towns or regions before the countries of the same."""
    return tuple(
        dict.fromkeys(town_of(location) for location in written.split("|") if location.strip())
    )


def no_towns(_written: str) -> tuple[str, ...]:
    """Return no town: a list of countries names none."""
    return ()


@dataclass(frozen=True)
class TableShape:
    """A kind of table: for each field of a record the spellings of its column.

    ``needed`` are the fields without which nothing can be counted; ``marks`` are columns that no
    other kind has. Names are compared without case, spaces and punctuation. ``beside`` are columns
    whose text is added to that of a field. ``fixed`` is what every record of the kind is. ``places``
    and ``towns`` read countries and towns out of the column of countries.
    """

    id: str
    title: str
    registry: str
    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]
    marks: frozenset[str]
    places: Places = listed
    towns: Places = no_towns
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Return every spelling of a column that is read."""
        names = [*self.columns.values(), *self.beside.values()]
        return frozenset(squashed(spelling) for spellings in names for spelling in spellings)

    def positions(self, header: Sequence[str]) -> dict[str, int]:
        """Return the position of each field's column in ``header``, where there is one."""
        places = _places(header)
        by_field = {}
        for name, spellings in self.columns.items():
            position = next(
                (places[spelling] for spelling in map(squashed, spellings) if spelling in places),
                None,
            )
            if position is not None:
                by_field[name] = position
        return by_field

    def missing(self, header: Sequence[str]) -> list[str]:
        """Return the columns that are needed and not there, as the registry spells them."""
        present = self.positions(header)
        return [self.columns[name][0] for name in self.needed if name not in present]

    def likeness(self, header: Sequence[str]) -> float:
        """Return the share of needed columns that are there, raised by marks of the kind."""
        share = 1 - len(self.missing(header)) / len(self.needed)
        marked = self.marks & {squashed(name) for name in header}
        return share + 0.1 * len(marked) if marked else 0.0

    def reader(self, file: str, header: Sequence[str]) -> Callable[[int, Sequence[str]], Record]:
        """Return what makes a record of a row, by the line where it begins and its cells."""
        positions = self.positions(header)
        places = _places(header)
        beside = {
            name: [places[spelling] for spelling in map(squashed, spellings) if spelling in places]
            for name, spellings in self.beside.items()
        }

        def record(line: int, cells: Sequence[str]) -> Record:
            values = {name: cells[position].strip() for name, position in positions.items()}
            more = {name: [cells[other] for other in others] for name, others in beside.items()}
            return self._record(Place(file, line, positions["id"] + 1), values, more)

        return record

    def record_of(self, place: Place, named: Mapping[str, str]) -> Record:
        """Return the record of texts by the names of their columns; of several the first that says."""
        plain = {squashed(name): text for name, text in named.items()}
        values = {
            name: next(filter(None, (plain.get(squashed(each), "") for each in spellings)), "")
            for name, spellings in self.columns.items()
        }
        more = {
            name: [plain.get(squashed(each), "") for each in spellings]
            for name, spellings in self.beside.items()
        }
        return self._record(place, values, more)

    def _record(
        self, place: Place, values: dict[str, str], beside: Mapping[str, Sequence[str]]
    ) -> Record:
        for name, others in beside.items():
            texts = [values.get(name, ""), *(text.strip() for text in others)]
            values[name] = SEPARATOR.join(text for text in texts if text)
        values |= self.fixed
        written = values.pop("countries", "")
        countries, towns = self.places(written), self.towns(written)
        return Record(place, countries=countries, places=towns, **values)


def _places(header: Sequence[str]) -> dict[str, int]:
    """Return the first position of each column by its name without case, spaces and punctuation."""
    return {squashed(name): position for position, name in reversed([*enumerate(header)])}
