"""The site: its name, sections and navigation, its terms, and its closed lists of words."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from evidence.model.base import MAIL, Address, Id, Model, Prose, ReportAddress, Words
from evidence.model.registries import REGISTRIES

# The site: its name, sections and navigation.


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
    """What holds for the whole site; ``address`` is the public one, when there is one.

    ``repository`` is where its sources are kept, and ``report`` where readers say that a number is wrong:
    a mail address, or that of a form with (page), (number) and (finding) where it takes them.
    """

    title: Words
    tagline: Words
    description: Words
    language: Words = "en-GB"
    address: Address | None = Field(
        default=None,
        description="Where the site lives, such as https://example.org/. The sitemap, canonical links, "
        "the pictures beside links and the feed name it; without it they are left out or name the way from a page.",
    )
    repository: Address | None = None
    report: ReportAddress | None = None
    readings: bool = Field(
        default=False,
        description="Whether the site keeps data/readings.csv, which then cannot go missing unseen.",
    )
    sections: tuple[Section, ...]
    navigation: tuple[NavigationEntry, ...]
    footer: Prose

    def public_address(self, path: str) -> str:
        """Return the public address of a path in the site; nothing when the site does not know its own."""
        return f"{self.address.rstrip('/')}/{path}" if self.address else ""

    def report_pattern(self, path: str) -> str:
        """Return the address at which a number of a page is reported, with (number) and (finding) in it."""
        pattern = self.report or ""
        if MAIL.fullmatch(pattern):
            pattern = f"mailto:{pattern}?subject={quote(SUBJECT, '()')}&body={quote(BODY, '()')}"
        return pattern.replace("(page)", quote(self.public_address(path) or path, safe=""))

    def report_address(self, path: str) -> str:
        """Return the address at which something on a page is reported, whatever its number."""
        return self.report_pattern(path).replace("(number)", "").replace("(finding)", "")


SUBJECT = "A number is wrong: (finding)"
BODY = "Page: (page)\r\nNumber: (number)\r\nFinding: (finding)\r\n\r\nWhat the source says, and where in it:\r\n"


class Term(Model):
    """One entry of the glossary."""

    id: Id
    term: Words
    also: tuple[Words, ...] = Field(default=())
    definition: Prose


OTHER = "other"  # the group of a condition that is in none

# The closed lists of words: what a condition, an intervention, a phase may be called.


class Word(Model):
    """One word of a closed list, with its name in print and what it means."""

    title: Words
    definition: Prose


class ClassWord(Word):
    """A class of conditions or of interventions.

    ``short`` is its name inside a sentence: "the common cold", "honey cells". ``part_of`` names the wider
    class that it belongs to, and ``group`` the group of conditions; else that of the wider class.
    """

    short: Words | None = None
    part_of: Id | None = None
    group: Id | None = None

    @property
    def phrase(self) -> str:
        """Return the name inside a sentence."""
        return self.short or self.title


class StatusWord(Word):
    """The status of a trial. One that ``ages`` can stop being true: when it is old, it is unknown.

    A trial whose status is ``open`` takes people in. One whose status is an ``end`` is over, however it
    ended, and stays so: there is a list of such trials.
    """

    ages: bool = False
    open: bool = False
    end: bool = False


class Country(Model):
    """A country by its name and its three-letter code (ISO 3166-1)."""

    title: Words = Field(title="Name", description="The name of the country.")
    code: str = Field(pattern="^[A-Z]{3}$", description="Its three-letter code of ISO 3166-1.")


def known_registries() -> dict[str, Word]:
    """Return the registries that every site knows, by id."""
    return {
        name: Word(title=registry.title, definition=registry.definition)
        for name, registry in REGISTRIES.items()
    }


class Wording(Model):
    """What this site calls the thing that its studies try, and what it says of it, in print.

    ``title`` heads columns, ``kind`` and ``kinds`` name its closed list, ``donor`` whose it is,
    ``source`` where it comes from. ``given`` and ``withheld`` head the groups of a comparison, and
    ``gave`` reads before "to everybody". ``treatment`` begins a sentence on what it does. ``apart`` heads the results of what is something else,
    which the marks ``another-kind`` and ``another-product`` say; ``marks`` gives them names.
    ``onset`` names the time since the condition began. ``reanalysis`` says what a study is to the
    re-analysis. ``registry_search`` is the address at which a registry shows the trials of a condition
    that take people in today, with ``(condition)`` for its name.
    """

    title: Words = "Intervention"
    kind: Words = "kind of intervention"
    kinds: Words = "interventions"
    donor: Words = "Donor"
    source: Words = "Intervention"
    given: Words = "Treated"
    withheld: Words = "No treatment"
    gave: Words = "gave the treatment"
    treatment: Words = "The treatment"
    apart: Words = "Other treatments"
    onset: Words = "Time since the beginning"
    registry_search: Address | None = None
    marks: dict[Id, Words] = Field(default_factory=dict)
    reanalysis: dict[Literal["strict", "doubtful", "excluded"], Words] = Field(default_factory=dict)


class Vocabularies(Model):
    """Every closed list by name; the order of a list is the order in print.

    ``conditions`` and ``cells`` serve studies and trials, the others trials alone;
    ``condition_groups`` are the titles of groups of conditions. ``registries`` are written only for
    those that the program does not know; it knows the rest already.
    """

    wording: Wording = Field(default_factory=Wording)
    condition_groups: dict[Id, Words] = Field(default_factory=dict)
    conditions: dict[Id, ClassWord]
    cells: dict[Id, ClassWord]
    phases: dict[Words, Word] = Field(default_factory=dict)
    statuses: dict[Id, StatusWord] = Field(default_factory=dict)
    donors: dict[Id, Word] = Field(default_factory=dict)
    sponsor_types: dict[Id, Word] = Field(default_factory=dict)
    sponsor_classes: dict[Id, Word] = Field(default_factory=dict)
    registries: dict[Id, Word] = Field(default_factory=known_registries)
    countries: dict[Id, Country] = Field(default_factory=dict)

    @field_validator("registries")
    @classmethod
    def _beside_the_known(cls, written: dict[str, Word]) -> dict[str, Word]:
        """Join the registries of a site to those that are known anyway."""
        known = known_registries()
        for name, word in written.items():
            if word != known.get(name, word):
                message = "the registry '{name}' is known already, as '{title}': leave it out"
                title = known[name].title
                raise PydanticCustomError("twice", message, {"name": name, "title": title})
        return {**known, **written}

    def widening(self, kind: Literal["conditions", "cells"], name: str) -> tuple[str, ...]:
        """Return a class and the wider classes that it is part of, the narrowest first."""
        listed = getattr(self, kind)
        names = [name]
        while name in listed and (wider := listed[name].part_of) and wider not in names:
            names.append(wider)
            name = wider
        return tuple(names)

    def registry_search(self, condition: str) -> str | None:
        """Return the address of a registry's own list of open trials of a condition, if there is one."""
        if self.wording.registry_search is None:
            return None
        return self.wording.registry_search.replace(
            "(condition)", quote(self.conditions[condition].phrase)
        )

    def group_of(self, condition: str) -> str:
        """Return the group of a condition: its own, or that of a wider class, or "other"."""
        classes = (self.conditions.get(name) for name in self.widening("conditions", condition))
        return next((word.group for word in classes if word and word.group), OTHER)
