"""A page: one Markdown file with its front matter."""

from __future__ import annotations

from datetime import date as Date
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from evidence.model.base import DateField, Id, ListedIn, Model, Prose, Title, Whole, Words, asks
from evidence.model.offered import Offered

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

    question: Prose = Field(
        examples=["Does honey help against a cough?"],
        json_schema_extra=asks("The question, as a reader would ask it."),
    )
    answer: Prose = Field(
        examples=["A little: [[honey-2019/cough-free]] were without cough."],
        json_schema_extra=asks(
            "The answer in a sentence. Numbers are references: [[study/finding]]."
        ),
    )
    pages: tuple[Words, ...] = Field(
        default=(),
        examples=[["colds/honey"]],
        json_schema_extra=asks(
            "The pages that say more, by their paths below content/ without .md."
        ),
    )
    figure: Id | None = Field(
        default=None,
        examples=["honey-people"],
        json_schema_extra=asks("A figure beside the answer: the name of its file in data/figures."),
    )
    unknown: Prose | None = Field(
        default=None,
        examples=["Nobody has looked at adults."],
        json_schema_extra=asks("What is not known, in a sentence."),
    )


class Revision(Model):
    """A change of what the site says that readers should know of; ``pages`` are those that say it."""

    on: DateField = Field(
        description="The day on which the site changed.",
        examples=["2026-11-28"],
    )
    what: Prose = Field(
        description="What it says now, what it said before, and why.",
        examples=["Each rate now says its day of examination."],
        json_schema_extra=asks("What the site says now, what it said before, and why."),
    )
    pages: tuple[Words, ...] = Field(
        default=(),
        description="The pages that changed, by their ids.",
        examples=[["colds/honey"]],
        json_schema_extra=asks(
            "The pages that changed, by their paths below content/ without .md."
        ),
    )


class FrontMatter(Model):
    """The keys above a page's text.

    ``conditions`` are those that a page is about: from it one tap leads to their trials, and to whether
    one of them can be joined.
    """

    title: Title = Field(
        examples=["Honey for coughs"],
        json_schema_extra=asks("The title of the page: its only first-level heading."),
    )
    short: Prose | None = Field(
        default=None,
        description="A shorter title for tabs, search engines and link previews. It has fewer than 70 letters, "
        "and is needed where the title has more. On the home page it stands behind the name of the site, in "
        "place of the tagline.",
        examples=["Honey"],
    )
    kind: PageKind = Field(
        examples=["topic"],
        json_schema_extra=asks(
            "The kind of page: topic for an answer with its evidence, section for the first page of a folder, plain "
            "for text alone. The others exist once in a site."
        ),
    )
    draft: StrictBool = Field(
        default=False,
        examples=[True],
        json_schema_extra=asks(
            "true while only you are to see it: 'build.py serve' shows it, and a build leaves it out."
        ),
    )
    kicker: Words | None = Field(
        default=None,
        examples=["What helps"],
        json_schema_extra=asks("A few words above the title."),
    )
    order: Whole = Field(
        default=100,
        examples=[60],
        json_schema_extra=asks(
            "Where the page stands in its section: a lower number comes first. 100 where it is left out."
        ),
    )
    answer: Prose | None = Field(
        default=None,
        examples=["Honey shortens a cough by a day or two."],
        json_schema_extra=asks(
            "The answer in one or two sentences, for a page of the kind topic. Numbers are references: "
            "[[study/finding]]."
        ),
    )
    description: Prose | None = Field(
        default=None,
        examples=["What trials of honey found."],
        json_schema_extra=asks(
            "What the page is about, for search engines and link previews, where there is no answer."
        ),
    )
    searched: DateField | None = Field(
        default=None,
        examples=["2026-11-21"],
        json_schema_extra=asks(
            "The day to which evidence was looked for: that of the newest query in its search."
        ),
    )
    reviewed: DateField | None = Field(
        default=None,
        examples=["2026-11-21"],
        json_schema_extra=asks(
            "The day on which you read the page against its sources. Change it only when you did."
        ),
    )
    review_due: DateField | None = Field(
        default=None,
        examples=["2027-05-21"],
        json_schema_extra=asks(
            "The day on which the page has to be read against its sources again."
        ),
    )
    formerly: tuple[Words, ...] = Field(
        default=(),
        examples=[["colds/sweets"]],
        json_schema_extra=asks(
            "What the page was called before, as section/name: whoever opens a former address is led here. "
            "'build.py rename' writes it."
        ),
    )
    conditions: tuple[Annotated[Id, ListedIn("conditions")], ...] = Field(
        default=(),
        json_schema_extra=asks(
            "The conditions that the page is about: words of the list 'conditions' in data/vocabularies.yaml. From it"
            " one tap leads to their trials."
        ),
    )
    downloads: tuple[Offered, ...] = Field(
        default=(),
        examples=[[{"file": "protocol.pdf", "title": "The protocol", "licence": "CC BY 4.0"}]],
        json_schema_extra=asks("Files of data/downloads that readers can take from this page."),
    )
    questions: tuple[Question, ...] = Field(
        default=(),
        examples=[
            [{"question": "Does honey help?", "answer": "A little.", "pages": ["colds/honey"]}]
        ],
        json_schema_extra=asks(
            "On the home page: the questions that it answers in a sentence each."
        ),
    )
    revisions: dict[Id, Revision] = Field(
        default={},
        description="On a page of the kind 'what-changed': changes that readers should know of, each under a "
        "name of its own, by which readers of the feed know it.",
        examples=[{"rates-by-day": {"on": "2026-11-28", "what": "Each rate now says its day."}}],
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
