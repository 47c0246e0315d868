"""The closed lists of words: what a condition, an intervention, a phase may be called."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from evidence.model.base import Id, ListedIn, Model, Prose, Truth, Words, asks
from evidence.model.registries import REGISTRIES
from evidence.model.wording import Wording

OTHER = "other"  # the group of a condition that is in none


class Word(Model):
    """One word of a closed list, with its name in print and what it means."""

    title: Words = Field(examples=["Common cold"], json_schema_extra=asks("Its name in print."))
    definition: Prose = Field(
        examples=["An infection of nose and throat by a virus."],
        json_schema_extra=asks("What it means, in a sentence."),
    )


class ClassWord(Word):
    """A class of conditions or of interventions.

    ``short`` is its name inside a sentence: "the common cold", "honey cells". ``part_of`` names the wider
    class that it belongs to, and ``group`` the group of conditions; else that of the wider class.
    """

    short: Words | None = Field(
        default=None,
        examples=["the common cold"],
        json_schema_extra=asks("Its name inside a sentence, where that is not the title."),
    )
    part_of: Id | None = Field(
        default=None,
        examples=["airways"],
        json_schema_extra=asks(
            "The wider class that it belongs to: another word of the same list."
        ),
    )
    group: Annotated[Id, ListedIn("condition_groups")] | None = Field(
        default=None,
        examples=["airways"],
        json_schema_extra=asks(
            "The group of conditions, by its name under 'condition-groups:'; without it that of the wider class."
        ),
    )

    @property
    def phrase(self) -> str:
        """Return the name inside a sentence."""
        return self.short or self.title


class StatusWord(Word):
    """The status of a trial. One that ``ages`` can stop being true: when it is old, it is unknown.

    A trial whose status is ``open`` takes people in. One whose status is an ``end`` is over, however it
    ended, and stays so: there is a list of such trials.
    """

    ages: Truth = Field(
        default=False,
        examples=[True],
        json_schema_extra=asks(
            "true where the status can stop being true: after two years it is shown as unknown."
        ),
    )
    open: Truth = Field(
        default=False,
        examples=[True],
        json_schema_extra=asks("true where a trial of this status takes people in."),
    )
    end: Truth = Field(
        default=False,
        examples=[True],
        json_schema_extra=asks("true where a trial of this status is over, however it ended."),
    )


class Country(Model):
    """A country by its name and its three-letter code (ISO 3166-1)."""

    title: Words = Field(
        title="Name",
        description="The name of the country.",
        examples=["Norway"],
    )
    code: str = Field(
        pattern="^[A-Z]{3}$",
        description="Its three-letter code of ISO 3166-1.",
        examples=["NOR"],
        json_schema_extra=asks("Its three letters in ISO 3166-1."),
    )


def known_registries() -> dict[str, Word]:
    """Return the registries that every site knows, by id."""
    return {
        name: Word(title=registry.title, definition=registry.definition)
        for name, registry in REGISTRIES.items()
    }


class Vocabularies(Model):
    """Every closed list by name; the order of a list is the order in print.

    ``conditions`` and ``cells`` serve studies and trials, the others trials alone;
    ``condition_groups`` are the titles of groups of conditions. ``registries`` are written only for
    those that the program does not know; it knows the rest already.
    """

    wording: Wording = Field(
        default_factory=Wording,
        examples=[{"title": "Remedy", "kind": "kind of remedy"}],
        json_schema_extra=asks("What this site calls the thing that its studies try."),
    )
    condition_groups: dict[Id, Words] = Field(
        default_factory=dict,
        examples=[{"airways": "Airways"}],
        json_schema_extra=asks("The groups of conditions, each with its title."),
    )
    conditions: dict[Id, ClassWord] = Field(
        examples=[
            {"cold": {"title": "Common cold", "definition": "An infection of nose and throat."}}
        ],
        json_schema_extra=asks(
            "Every condition that a study or trial may name, each under its name with title and definition. The order"
            " is that in print."
        ),
    )
    cells: dict[Id, ClassWord] = Field(
        examples=[{"honey": {"title": "Honey", "definition": "What bees make."}}],
        json_schema_extra=asks(
            "Everything that a study or trial may give, each under its name with title and definition. The order is "
            "that in print."
        ),
    )
    phases: dict[Words, Word] = Field(
        default_factory=dict,
        examples=[{"2": {"title": "Phase 2", "definition": "Tried in some people."}}],
        json_schema_extra=asks(
            "The phases of a trial, each under its name with title and definition. The order is that in print."
        ),
    )
    statuses: dict[Id, StatusWord] = Field(
        default_factory=dict,
        examples=[
            {
                "recruiting": {
                    "title": "Recruiting",
                    "definition": "Takes people in.",
                    "open": True,
                    "ages": True,
                }
            }
        ],
        json_schema_extra=asks(
            "How far a trial can be, each under its name with title and definition. The order is that in print."
        ),
    )
    donors: dict[Id, Word] = Field(
        default_factory=dict,
        examples=[{"autologous": {"title": "The patient", "definition": "From the patient."}}],
        json_schema_extra=asks(
            "From whom what is given can come, each under its name with title and definition. The order is that in "
            "print."
        ),
    )
    sponsor_types: dict[Id, Word] = Field(
        default_factory=dict,
        examples=[{"company": {"title": "Company", "definition": "A company."}}],
        json_schema_extra=asks(
            "The kinds of sponsor of a trial, each under its name with title and definition. The order is that in "
            "print."
        ),
    )
    sponsor_classes: dict[Id, Word] = Field(
        default_factory=dict,
        examples=[{"industry": {"title": "Industry", "definition": "A company."}}],
        json_schema_extra=asks(
            "The kinds of sponsor as registries sort them, each under its name with title and definition. The order "
            "is that in print."
        ),
    )
    registries: dict[Id, Word] = Field(
        default_factory=known_registries,
        examples=[{"drks": {"title": "DRKS", "definition": "The German register."}}],
        json_schema_extra=asks(
            "Registries that the program does not know; it knows the usual ones already."
        ),
    )
    countries: dict[Id, Country] = Field(
        default_factory=dict,
        examples=[{"norway": {"title": "Norway", "code": "NOR"}}],
        json_schema_extra=asks(
            "The countries that a trial may name, each with its name and its code."
        ),
    )

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
