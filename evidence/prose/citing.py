"""What is cited, as one value: a page, a number or a source; and how it is cited in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from evidence.model.base import PartialDate
from evidence.model.bibliography import Name
from evidence.model.source import Source

LICENCE = "CC BY 4.0"
OTHERS = "and others"  # what stands in a list of authors for those who were not read
MOST_AUTHORS = 3  # that are named in words
PARTS_OF_NAMES = re.compile(r"[\s.\u2010-]+")
FORMATS = {"bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}  # by the ending of their files
MOST_INITIALS = 3  # that may be written together: JM


@dataclass(frozen=True)
class Work:
    """Something that can be cited. ``type`` is CSL's name of what it is, ``id`` the key to cite it by.

    ``issued`` is the day of its last change that is known, ``address`` the public one; ``note`` says
    what no field has a place for.
    """

    id: str
    type: str
    title: str
    author: tuple[Name, ...] = ()
    issued: PartialDate | None = None
    container: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    publisher: str = ""
    doi: str = ""
    address: str = ""
    note: str = ""

    @property
    def named(self) -> tuple[Name, ...]:
        """Return the authors that are named."""
        return tuple(name for name in self.author if name.literal != OTHERS)

    @property
    def link(self) -> str:
        """Return the address that leads to it for good: that of its DOI, where it has one."""
        return doi_address(self.doi) if self.doi else self.address


def work_of(source: Source) -> Work:
    """Return a source as what is cited."""
    return Work(
        id=source.id,
        type=source.type,
        title=source.title,
        author=source.author,
        issued=source.issued,
        container=source.container_title or "",
        volume=source.volume or "",
        issue=source.issue or "",
        page=source.page or "",
        publisher=source.publisher or "",
        doi=source.doi or "",
        address=source.url or "",
    )


def doi_address(doi: str) -> str:
    """Return the address that a DOI resolves at."""
    return f"https://doi.org/{doi.replace('<', '%3C').replace('>', '%3E')}"


def authors_in_words(work: Work | Source) -> str:
    """Return the first authors with initials: "Panés J, García-Olmo D, Van Assche G, et al"."""
    authors = [name for name in work.author if name.literal != OTHERS]
    named = [_with_initials(name) for name in authors[:MOST_AUTHORS]]
    more = len(named) < len(work.author)
    return ", ".join([*named, "et al"] if named and more else named)


def _with_initials(name: Name) -> str:
    if name.literal or not name.given:
        return str(name)
    parts = [part for part in PARTS_OF_NAMES.split(name.given) if part]
    written = "".join(
        part if part.isupper() and len(part) <= MOST_INITIALS else part[:1] for part in parts
    )
    parts = [name.surname, written, name.dropping_particle, name.suffix]
    return " ".join(part for part in parts if part)


def in_words(work: Work) -> str:
    """Return a source as a line of a list of references: authors, title, where, when, address."""
    where = work.container or work.publisher
    volume = f"{work.volume}{f'({work.issue})' if work.issue else ''}"
    place = ":".join(part for part in (volume, work.page) if part)
    when = str(work.issued.year) if work.issued else ""
    printed = "; ".join(part for part in (when, place) if part)
    parts = (authors_in_words(work), work.title, where, printed, work.link)
    return ". ".join(part.rstrip(".") for part in parts if part) + ("" if work.link else ".")


Basis = Literal["Reviewed", "Sources read to"]


@dataclass(frozen=True)
class Citation:
    """How a page, or a number on it, is cited.

    ``work`` is what is cited, ``path`` its address in the site, ``basis`` says what its day means.
    ``primary`` are the sources to cite with it, ``locator`` the place in the only one.
    """

    work: Work
    path: str
    basis: Basis
    primary: tuple[Work, ...] = ()
    locator: str = ""

    @property
    def before(self) -> str:
        """Return the words before the address: what, where, and as of which day."""
        parts = (self.work.title, self.work.container, self.as_of)
        return ". ".join(part.rstrip(".") for part in parts if part)

    @property
    def as_of(self) -> str:
        """Return the day as of which it holds: "Reviewed 21 November 2026"."""
        return f"{self.basis} {self.work.issued.words}" if self.work.issued else ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the sources to cite with it, each as a line of a list of references."""
        if self.locator:
            return tuple(f"{in_words(work)}, {self.locator}" for work in self.primary)
        return tuple(map(in_words, self.primary))

    @property
    def files(self) -> tuple[tuple[str, str, str], ...]:
        """Return ending, name and path of each file that a reference manager reads."""
        stem = self.path.removesuffix(".html")
        return tuple((ending, name, f"{stem}.{ending}") for ending, name in FORMATS.items())
