"""The closed lists of words: what a condition, a kind of cell, a phase may be called."""

from __future__ import annotations

from pydantic import Field

from evidence.model.base import Id, Model, Prose, Words


class Word(Model):
    """One word of a closed list, with its name in print and what it means."""

    title: Words
    definition: Prose


class StatusWord(Word):
    """The status of a trial. One that ``ages`` can stop being true: when it is old, it is unknown."""

    ages: bool = False


class Country(Model):
    """A country by its name and its three-letter code (ISO 3166-1)."""

    title: Words
    code: str = Field(pattern="^[A-Z]{3}$")


class Vocabularies(Model):
    """Every closed list by name; the order of a list is the order in print.

    ``conditions`` and ``cells`` serve studies and trials, the others trials alone.
    """

    conditions: dict[Id, Word]
    cells: dict[Id, Word]
    phases: dict[Words, Word] = Field(default_factory=dict)
    statuses: dict[Id, StatusWord] = Field(default_factory=dict)
    donors: dict[Id, Word] = Field(default_factory=dict)
    sponsor_types: dict[Id, Word] = Field(default_factory=dict)
    sponsor_classes: dict[Id, Word] = Field(default_factory=dict)
    registries: dict[Id, Word] = Field(default_factory=dict)
    countries: dict[Id, Country] = Field(default_factory=dict)
