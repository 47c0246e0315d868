"""Words of patients, and what this site calls the same; words by which another language is known."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from evidence.model.base import Id, Model, Words

Listed = Annotated[tuple[Words, ...], Field(min_length=1)]


class Synonym(Model):
    """Words that readers type, the words that the site has for them, and the pages that answer.

    What is typed is looked for as well. Each of ``means`` may be several words. The ``pages`` come
    first, in their order.
    """

    words: Listed
    means: tuple[Words, ...] = ()
    pages: tuple[Words, ...] = ()


class Language(Model):
    """A language in which this site is not written: words by which it is known, and what is said."""

    words: Listed
    sentence: Words


class Synonyms(Model):
    """What stands in data/synonyms.yaml; languages are named by their tag, as in ``lang="de"``."""

    synonyms: dict[Id, Synonym] = Field(default_factory=dict)
    languages: dict[Id, Language] = Field(default_factory=dict)
