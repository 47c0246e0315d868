"""A table that anybody may download: what its rows are, its columns, its key, and the tables that it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidence.model.base import Model
from evidence.model.columns import Column, Shape, columns_of, sentence_case


@dataclass(frozen=True)
class OpenTable:
    """A table to download: what each of its rows is, its columns in order, and those that are its key.

    ``plural`` is what its rows are together, where that is not the one with an s behind it; ``about`` says what else
    has to be known of it.
    """

    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    plural: str = ""
    about: str = ""

    @property
    def rows(self) -> str:
        """Return what its rows are, in the plural: ``findings``."""
        return self.plural or f"{self.row}s"

    @property
    def name(self) -> str:
        """Return its name: ``findings``, ``source-readings``."""
        return self.rows.replace(" of ", " ").replace(" ", "-")

    @property
    def path(self) -> str:
        """Return its path in the site."""
        return f"downloads/{self.name}.csv"

    @property
    def title(self) -> str:
        """Return its heading."""
        return sentence_case(self.rows)

    @property
    def meaning(self) -> str:
        """Return what it holds, in a sentence or two."""
        return f"A row for each {self.row}. {self.about}".strip()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the first line of the table."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True)
class ForeignKey:
    """Columns that name a row of another table: by the columns of its key, in their order."""

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...]


def foreign_keys(table: OpenTable, keys: dict[str, tuple[str, ...]]) -> Iterator[ForeignKey]:
    """Yield the keys of a table that lead to others; ``keys`` are those of all tables by name.

    A column names the last part of the other key; what stands before it, columns of the same name.
    """
    for column in table.columns:
        if column.table:
            key = keys[column.table]
            yield ForeignKey((*key[:-1], column.name), column.table, key)


def made(
    name: str,
    meaning: str,
    title: str = "",
    *,
    shape: Shape = "text",
    table: str = "",
    filled: bool = False,
) -> Column:
    """Return a column that is no field of a model."""
    title = title or sentence_case(name)
    return Column(
        name, (), shape, title=title, meaning=meaning, table=table, filled=filled or bool(table)
    )


def named(model: type[Model], id_column: str = "") -> Iterator[Column]:
    """Yield a column for each field of a model that has a meaning, the id first, under the name of the thing."""
    columns = {column.name: column for column in columns_of(model) if column.meaning}
    if id_column:
        yield replace(columns.pop("id"), name=id_column)
    yield from columns.values()
