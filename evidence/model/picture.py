"""A picture of an author: whose it is, and the sizes in which it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import Field

from evidence.model.base import Address, Id, Model, Words, asks

Licence = Literal[
    "CC0", "public domain", "CC BY 4.0", "CC BY 3.0", "CC BY 2.0", "CC BY-SA 4.0", "CC BY-SA 3.0", "CC BY-SA 2.0",
]  # fmt: skip
LICENCES: tuple[str, ...] = get_args(Licence)
FOLDER = "lasting/pictures/"  # of the site
COLUMN, TALLEST = (
    608,
    800,
)  # in the pixels of CSS: the column of text on a desk, and what a screen holds
_DEEDS = "https://creativecommons.org/"
_OTHER_DEEDS = {"CC0": f"{_DEEDS}publicdomain/zero/1.0/", "public domain": f"{_DEEDS}publicdomain/mark/1.0/"}  # fmt: skip


def deed_of(licence: str) -> str:
    """Return the address at which a licence is explained."""
    if licence in _OTHER_DEEDS:
        return _OTHER_DEEDS[licence]
    _, terms, version = licence.lower().split()
    return f"{_DEEDS}licenses/{terms}/{version}/"


class Picture(Model):
    """Whose a picture is. It stands beside the picture, under the same name.

    What is to be seen on it is said where it is shown: that depends on what a page says with it.
    """

    id: Id
    credit: Words = Field(
        examples=["Jane Doe, University of Oulu"],
        json_schema_extra=asks("Who made the picture, as readers are told."),
    )
    licence: Licence = Field(
        examples=["CC BY 4.0"],
        json_schema_extra=asks(
            "Under which licence it may be shown, and taken from here by everybody: one of a closed list."
        ),
    )
    address: Address | None = Field(
        default=None,
        examples=["https://commons.wikimedia.org/wiki/File:Knee.jpg"],
        json_schema_extra=asks("Where the picture was found, if it was."),
    )


@dataclass(frozen=True)
class Rendition:
    """A picture in one size, in pixels: the ``address`` of its file in the site, and its ``size`` in bytes."""

    width: int
    height: int
    address: str
    size: int


@dataclass(frozen=True)
class ShownPicture:
    """A picture with its ``renditions``, the narrowest first."""

    picture: Picture
    renditions: tuple[Rendition, ...]

    @property
    def largest(self) -> Rendition:
        """Return the rendition of most pixels."""
        return self.renditions[-1]

    @property
    def on_phones(self) -> Rendition:
        """Return the rendition that a phone asks for: see ``PHONE`` in evidence/figures/renditions.py."""
        return self.renditions[min(1, len(self.renditions) - 1)]

    @property
    def box(self) -> tuple[int, int]:
        """Return width and height that are asked for; a tall picture is narrower than the column."""
        width, height = self.largest.width, self.largest.height
        fitting = round(TALLEST * width / height)
        if fitting < min(width, COLUMN):
            return max(1, fitting), TALLEST
        return width, height

    @property
    def deed(self) -> str:
        """Return where the licence is explained."""
        return deed_of(self.picture.licence)
