"""The site: its name, sections and navigation."""

from __future__ import annotations

from pydantic import Field

from evidence.model.base import Address, Id, Model, Prose, Words


class Section(Model):
    """A folder of pages with its name in the navigation."""

    id: Id
    title: Words
    conditions: tuple[Id, ...] = ()


class NavigationEntry(Model):
    """One link of the main navigation."""

    page: Words
    title: Words


class Site(Model):
    """What holds for the whole site; ``address`` is the public one, when there is one."""

    title: Words
    tagline: Words
    description: Words
    language: Words = "en-GB"
    address: Address | None = None
    repository: Address | None = None
    sections: tuple[Section, ...]
    navigation: tuple[NavigationEntry, ...]
    footer: Prose


class Term(Model):
    """One entry of the glossary."""

    id: Id
    term: Words
    also: tuple[Words, ...] = Field(default=())
    definition: Prose
