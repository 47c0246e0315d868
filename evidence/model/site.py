"""The site: its name, sections and navigation, its terms, and its closed lists of words."""

from __future__ import annotations

from typing import Annotated, Self
from urllib.parse import quote

from pydantic import Field, model_validator

from evidence.model.base import (
    Address,
    Id,
    ListedIn,
    Model,
    Prose,
    ReportAddress,
    Truth,
    Words,
    asks,
)
from evidence.model.browser_editor import BrowserEditor, check_editing
from evidence.model.written import MAIL

# The site: its name, sections and navigation.


class Section(Model):
    """A folder of pages with its name in the navigation."""

    id: Id = Field(
        examples=["colds"], json_schema_extra=asks("The folder below content/ that the section is.")
    )
    title: Words = Field(examples=["Colds"], json_schema_extra=asks("Its name, as readers see it."))
    conditions: tuple[Annotated[Id, ListedIn("conditions")], ...] = Field(
        default=(),
        json_schema_extra=asks(
            "The conditions that belong to it: words of the list 'conditions' in data/vocabularies.yaml."
        ),
    )


class NavigationEntry(Model):
    """One link of the main navigation."""

    page: Words = Field(
        examples=["colds/index"],
        json_schema_extra=asks(
            "The page that it leads to, by its path below content/ without .md."
        ),
    )
    title: Words = Field(examples=["Colds"], json_schema_extra=asks("The words of the link."))


class Site(Model):
    """What holds for the whole site; ``address`` is the public one, when there is one.

    ``repository`` is where its sources are kept, and ``report`` where readers say that a number is wrong:
    a mail address, or that of a form with (page), (number) and (finding) where it takes them.
    """

    title: Words = Field(
        examples=["Colds and Evidence"],
        json_schema_extra=asks(
            "The name of the site, behind every title in tabs and search engines."
        ),
    )
    tagline: Words = Field(
        examples=["What helps against a cold"],
        json_schema_extra=asks("A few words below the name, on the home page."),
    )
    description: Words = Field(
        examples=["What trials of remedies for the common cold found."],
        json_schema_extra=asks(
            "What the site is, in a sentence or two, for search engines and readers of its feed."
        ),
    )
    language: Words = Field(
        default="en-GB",
        examples=["en-GB"],
        json_schema_extra=asks("The language of its texts, as a tag."),
    )
    address: Address | None = Field(
        default=None,
        description="Where the site lives, such as https://example.org/. The sitemap, canonical links, "
        "the pictures beside links and the feed name it; without it they are left out or name the way from a page.",
        examples=["https://example.org/"],
    )
    repository: Address | None = Field(
        default=None,
        examples=["https://example.org/cold-people/colds"],
        json_schema_extra=asks("The address at which the sources of the site are kept."),
    )
    edit: Address | None = Field(
        default=None,
        examples=["https://example.org/cold-people/colds/edit/main/(file)"],
        json_schema_extra=asks(
            "Where a file of the site is edited, with (file) for its path: each page then leads to its own. Not needed"
            " with 'editor:'."
        ),
    )
    editor: BrowserEditor | None = Field(
        default=None,
        examples=[{"backend": "local"}],
        json_schema_extra=asks(
            "Add it to edit pages and data as forms in the browser. Without it no file of the editor is in the site."
        ),
    )
    report: ReportAddress | None = Field(
        default=None,
        examples=[
            "corrections@example.org",
            "https://example.org/new?title=(finding)&body=(page)+(number)",
        ],
        json_schema_extra=asks(
            "Where readers say that a number is wrong: a mail address, or that of a form with (page), (number) and "
            "(finding) where it takes them."
        ),
    )
    readings: Truth = Field(
        default=False,
        description="Whether the site keeps data/readings.csv, which then cannot go missing unseen.",
        examples=[True],
        json_schema_extra=asks(
            "true where the site keeps data/readings.csv, which then cannot go missing unseen."
        ),
    )
    sections: tuple[Section, ...] = Field(
        examples=[[{"id": "colds", "title": "Colds"}]],
        json_schema_extra=asks("The folders of pages, in the order of the site."),
    )
    navigation: tuple[NavigationEntry, ...] = Field(
        examples=[[{"page": "colds/index", "title": "Colds"}]],
        json_schema_extra=asks("The links at the head of every page, in their order."),
    )
    footer: Prose = Field(
        examples=["This site explains evidence. It gives no advice."],
        json_schema_extra=asks("The words at the foot of every page."),
    )

    @model_validator(mode="after")
    def _is_edited_somewhere(self) -> Self:
        check_editing(self.repository, self.edit, self.editor)
        return self

    @property
    def is_edited_online(self) -> bool:
        """Tell whether the editor is in the site, and not on the computers of its authors alone."""
        return self.editor is not None and self.editor.backend != "local"

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
    term: Words = Field(
        examples=["common cold"], json_schema_extra=asks("The word as it stands in sentences.")
    )
    also: tuple[Words, ...] = Field(
        default=(),
        examples=[["cold", "colds"]],
        json_schema_extra=asks(
            "Other words for the same, also plurals and abbreviations: each becomes a link where it first stands on a"
            " page."
        ),
    )
    definition: Prose = Field(
        examples=["An infection of nose and throat by a virus."],
        json_schema_extra=asks(
            "What it means, in a sentence or two for a reader who never heard it."
        ),
    )


# The closed lists of words: what a condition, an intervention, a phase may be called.
