"""Words of patients, and what this site calls the same; words by which another language is known."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from evidence.model.base import Id, Model, Words, asks

Listed = Annotated[tuple[Words, ...], Field(min_length=1)]


class Synonym(Model):
    """Words that readers type, the words that the site has for them, and the pages that answer.

    What is typed is looked for as well. Each of ``means`` may be several words. The ``pages`` come
    first, in their order.
    """

    words: Listed = Field(
        examples=[["runny nose", "sniffles"]],
        json_schema_extra=asks(
            "What readers type; capitals and accents do not matter. A word stands once in the file."
        ),
    )
    means: tuple[Words, ...] = Field(
        default=(),
        examples=[["common cold"]],
        json_schema_extra=asks("What is looked for as well."),
    )
    pages: tuple[Words, ...] = Field(
        default=(),
        examples=[["colds/index"]],
        json_schema_extra=asks("The pages that come first, in this order."),
    )


class Language(Model):
    """A language in which this site is not written: words by which it is known, and what is said."""

    words: Listed = Field(
        examples=[["erkältung", "husten"]],
        json_schema_extra=asks("Words by which the language is known."),
    )
    sentence: Words = Field(
        examples=["Diese Seiten sind auf Englisch geschrieben."],
        json_schema_extra=asks("What is said to somebody who types one of them, in that language."),
    )


class Synonyms(Model):
    """What stands in data/synonyms.yaml; languages are named by their tag, as in ``lang="de"``."""

    synonyms: dict[Id, Synonym] = Field(
        default_factory=dict,
        examples=[{"cold": {"words": ["sniffles"], "means": ["common cold"]}}],
        json_schema_extra=asks(
            "What readers type and what this site calls it, each under a name of your own."
        ),
    )
    languages: dict[Id, Language] = Field(
        default_factory=dict,
        examples=[{"de": {"words": ["husten"], "sentence": "Diese Seiten sind auf Englisch."}}],
        json_schema_extra=asks("Languages in which this site is not written, each by its tag."),
    )
