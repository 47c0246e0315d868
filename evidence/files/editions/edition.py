"""An edition: what it is given, and the HTML that print and Word are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.files.editions.chapter import Chapter, chapter_of
from evidence.files.editions.ways import Ways
from evidence.problems import Place, Problem, ProblemsFoundError
from evidence.prose.templating import FOLDER, environment

TEMPLATE, SHEET = "edition.html", "edition.css"


@dataclass(frozen=True)
class FullReference:
    """A source in full: its ``id`` and short name, the words of the reference, its address, when it was read."""

    id: str
    short: str
    words: str
    link: str
    read: str


@dataclass(frozen=True)
class Imprint:
    """What an edition is given beside its pages, all of it plain.

    ``title`` is that of all topics together, and empty for a single page. ``addresses`` are those of the
    pages in the site, ``parts`` the name of a part before the page that it begins with; ``day`` is the newest on which the
    pages were reviewed or their sources read, as (2026-11-28, in words). ``base`` is the address of the site with
    its last slash, or nothing. ``pictures`` are the addresses of those of authors. ``template`` and ``sheet`` say how it looks, ``made_with`` which libraries make it.
    """

    site: str
    title: str
    description: str
    language: str
    base: str
    licence: str
    footer: str
    day: tuple[str, str]
    addresses: tuple[str, ...]
    parts: tuple[str, ...]
    references: tuple[FullReference, ...]
    pictures: tuple[str, ...]
    template: str
    sheet: str
    made_with: tuple[str, ...]

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Imprint:
        """Return the imprint whose fields came through the store."""
        references = tuple(FullReference(**reference) for reference in fields["references"])
        return cls(**{**fields, "references": references})


@dataclass(frozen=True)
class Edition:
    """An edition as its template sees it: see ``Imprint`` and ``Chapter``; ``pictures`` are files by their addresses."""

    imprint: Imprint
    chapters: tuple[Chapter, ...]
    pictures: Mapping[str, bytes]

    @property
    def whole(self) -> bool:
        """Tell whether this holds all topics."""
        return bool(self.imprint.title)

    @property
    def name(self) -> str:
        """Return the title as plain text."""
        return self.imprint.title or self.chapters[0].name

    @property
    def description(self) -> str:
        """Return a sentence that says what is in it."""
        return self.imprint.description if self.whole else self.chapters[0].description

    @property
    def address(self) -> str:
        """Return where its newest version is; nothing when the site does not know its own address."""
        base = self.imprint.base
        return base if self.whole or not base else f"{base}{self.imprint.addresses[0]}"

    @property
    def clocks(self) -> list[tuple[str, str]]:
        """Return the names and words of the days that stand on the first page."""
        version = [("This version", self.imprint.day[1])] if self.imprint.day[1] else []
        return version + ([] if self.whole else self.chapters[0].clocks)

    @property
    def contents(self) -> list[tuple[str, str, int]]:
        """Return anchor, words and level of each line of the contents; parts of the whole have level 0."""
        lines: list[tuple[str, str, int]] = []
        if self.whole:
            for part, chapter in zip(self.imprint.parts, self.chapters, strict=True):
                lines += [(chapter.key, part, 0)] if part else []
                lines.append((chapter.key, chapter.name, 1))
        else:
            lines += [(anchor, words, 1) for anchor, words in self.chapters[0].headings]
        ends = (
            ("studies", "Studies", self.studies),
            ("words", "Words", self.words),
            ("figure-tables", "The figures as tables", self.tables),
            ("references", "References", self.imprint.references),
        )
        return [*lines, *((anchor, words, 1) for anchor, words, held in ends if held)]

    @property
    def studies(self) -> list[str]:
        """Return the studies of all chapters, each once, by name."""
        return [words for _, words in _together(chapter.studies for chapter in self.chapters)]

    @property
    def words(self) -> list[tuple[str, tuple[str, str]]]:
        """Return the words that are explained in all chapters, each once, by their anchors."""
        held = _together(chapter.words for chapter in self.chapters)
        return sorted(held, key=lambda word: word[1][0].lower())

    @property
    def tables(self) -> list[str]:
        """Return the figures of all chapters as tables."""
        return list(dict.fromkeys(table for chapter in self.chapters for table in chapter.tables))

    @property
    def figures(self) -> dict[str, str]:
        """Return the drawings by their names."""
        return {name: drawn for chapter in self.chapters for name, drawn in chapter.figures.items()}


def _together(lists: Any) -> list[tuple[str, Any]]:
    return sorted({key: words for held in lists for key, words in held.items()}.items())


def composed(fields: Mapping[str, Any], parts: Sequence[bytes]) -> Edition:
    """Return the edition of an imprint's fields, the finished pages that it names, and behind them its pictures."""
    imprint = Imprint.of(fields)
    keys = {address: f"c{place}" for place, address in enumerate(imprint.addresses, start=1)}
    sources = frozenset(reference.id for reference in imprint.references)
    ways = Ways(keys, sources, imprint.base)
    chapters = [
        chapter_of(page, address, ways, deeper=bool(imprint.title))
        for address, page in zip(imprint.addresses, parts, strict=False)
    ]
    pictures = dict(zip(imprint.pictures, parts[len(chapters) :], strict=True))
    return Edition(imprint, tuple(chapters), pictures)


def html_of(edition: Edition) -> str:
    """Return the whole edition as one page of HTML.

    Raises ProblemsFoundError when its template needs something that it is not given.
    """
    from jinja2 import TemplateError  # noqa: PLC0415 - slow to import

    try:
        template = environment({TEMPLATE: edition.imprint.template}).get_template(TEMPLATE)
        return template.render(edition=edition, site=edition.imprint)
    except TemplateError as error:
        hint = "Compare the name with evidence/files/editions/, or test it with 'is defined'."
        place = Place(f"{FOLDER}{TEMPLATE}", 1, 1)
        raise ProblemsFoundError([Problem(place, "template-complete", str(error), hint)]) from error
