"""A page: one Markdown file with its front matter."""

from __future__ import annotations

from datetime import date as Date
from typing import Literal

from pydantic import Field

from evidence.model.base import DateField, Id, Model, Prose, Whole, Words

PageKind = Literal[
    "home",
    "section",
    "topic",
    "plain",
    "ledger",
    "studies",
    "sources",
    "trials",
    "glossary",
    "checks",
    "search",
    "what-changed",
    "a-z",
    "not-found",
]


class Question(Model):
    """A question that the home page answers in one sentence."""

    question: Prose
    answer: Prose
    pages: tuple[Words, ...] = ()
    figure: Id | None = None
    unknown: Prose | None = None


class Revision(Model):
    """A change of what the site says that readers should know of; ``pages`` are those that say it."""

    on: DateField = Field(description="The day on which the site changed.")
    what: Prose = Field(description="What it says now, what it said before, and why.")
    pages: tuple[Words, ...] = Field(
        default=(), description="The pages that changed, by their ids."
    )


class FrontMatter(Model):
    """The keys above a page's text.

    ``conditions`` are those that a page is about: from it one tap leads to their trials, and to whether
    one of them can be joined.
    """

    title: Prose
    short: Prose | None = Field(
        default=None,
        description="A shorter title for tabs, search engines and link previews. It has fewer than 70 letters, "
        "and is needed where the title has more. On the home page it stands behind the name of the site, in "
        "place of the tagline.",
    )
    kind: PageKind
    kicker: Words | None = None
    order: Whole = 100
    answer: Prose | None = None
    description: Prose | None = None
    searched: DateField | None = None
    reviewed: DateField | None = None
    review_due: DateField | None = None
    conditions: tuple[Id, ...] = ()
    questions: tuple[Question, ...] = ()
    revisions: dict[Id, Revision] = Field(
        default={},
        description="On a page of the kind 'what-changed': changes that readers should know of, each under a "
        "name of its own, by which readers of the feed know it.",
    )

    def is_overdue(self, today: Date) -> bool:
        """Tell whether the day of the next review is over; on that day it is not yet."""
        return self.review_due is not None and self.review_due.first_day < today


class Page(Model):
    """A page with its ``id`` (path below content, no ending) and its Markdown ``body``.

    ``body_line`` is the line of the file where the body begins, and ``title_line`` that of its title, or
    of the shorter one.
    """

    id: Words
    front: FrontMatter
    body: str
    body_line: int = Field(ge=1)
    title_line: int = Field(default=1, ge=1)

    @property
    def section(self) -> str:
        """Return the folder of the page, or nothing for a page at the top."""
        return self.id.rpartition("/")[0]

    @property
    def file(self) -> str:
        """Return the page's source file, relative to the project."""
        return f"content/{self.id}.md"

    @property
    def address(self) -> str:
        """Return the page's path in the site."""
        return f"{self.id}.html"
