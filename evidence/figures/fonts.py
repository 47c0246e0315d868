"""The letters in which pictures are drawn: the project's own, and no others.

A machine has fonts of its own, each machine others. Whatever draws a picture takes them when they
have the name that is asked for, or when they alone have a letter. So this family has a name that no
other has, and a letter that it lacks is never asked for.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FAMILY = "Evidence Sans"
FILES = ("EvidenceSans-Regular.ttf", "EvidenceSans-Bold.ttf")
LACKING = "□"
BY_RUNS = 4  # the format of a table that lists letters as runs of neighbours


@cache
def letters() -> frozenset[str]:
    """Return the letters that every font of the family has."""
    regular, *others = (_letters_of((FOLDER / name).read_bytes()) for name in FILES)
    return regular.intersection(*others)


def lacking(words: str) -> list[str]:
    """Return the letters of ``words`` that no picture can show, each once, in their order."""
    drawings = {letter: _written(letter) for letter in words}
    return [letter for letter, drawn in drawings.items() if drawn == LACKING != letter]


def in_letters(words: str) -> str:
    """Return ``words`` as a picture can show them: with a box for each letter that is lacking."""
    return "".join(_written(letter) for letter in words)


def _written(letter: str) -> str:
    if letter in letters():
        return letter
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in {"Cc", "Cf"}:  # marks that nobody sees, such as a joiner
        return ""
    plain = unicodedata.normalize("NFKC", letter)  # wide, small or raised forms
    return plain if letters().issuperset(plain) else LACKING


def _letters_of(font: bytes) -> frozenset[str]:
    """Return the letters of a TrueType font, as its table of letters lists them in runs.

    Raises:
        ValueError: The table is of another format.
    """
    (tables,) = struct.unpack_from(">4xH", font)
    places = dict(struct.iter_unpack(">4s4xI4x", font[12 : 12 + 16 * tables]))
    start = places[b"cmap"]
    (listed,) = struct.unpack_from(">2xH", font, start)
    encodings = struct.iter_unpack(">HHI", font[start + 4 : start + 4 + 8 * listed])
    table = start + next(place for *kind, place in encodings if kind == [3, 1])
    form, twice = struct.unpack_from(">H4xH", font, table)
    if form != BY_RUNS:
        raise ValueError(f"the table of letters has format {form}, not {BY_RUNS}")
    runs = f">{twice // 2}H"
    lasts = struct.unpack_from(runs, font, table + 14)
    firsts = struct.unpack_from(runs, font, table + 16 + twice)
    return frozenset(
        chr(code)
        for first, last in zip(firsts, lasts, strict=True)
        for code in range(first, last + 1)
        if code != 0xFFFF  # the end of the table
    )
