"""Remake ``evidence/figures/fonts/``, the letters in which pictures of figures are drawn.

    pip install fonttools
    python -m tools.figure_fonts FOLDER

FOLDER holds LiberationSans-Regular.ttf and LiberationSans-Bold.ttf of Liberation Fonts 2.1.5, as in
Debian's package fonts-liberation2. Only the name changes and what is for screens goes: outlines,
widths and kerning stay. The name has to change, for two reasons. A machine may have another edition
of Liberation Sans, and whatever draws would take that one. And the licence reserves the old name.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

from evidence.figures.fonts import FAMILY, FOLDER

EDITION = "2.1.5"
STYLES = ("Regular", "Bold")
# Hints for screens of few pixels, and signatures that no longer hold
DROPPED = ("cvt ", "fpgm", "prep", "gasp", "hdmx", "VDMX", "LTSH", "DSIG", "FFTM")
COPYRIGHT, LICENCE, LICENCE_ADDRESS = 0, 13, 14  # names that stay as they are
ORIGIN = f"Made from Liberation Sans {EDITION} by tools/figure_fonts.py: renamed, without hints."


def renamed(font: TTFont, style: str) -> None:
    """Give the font the family's name; who made it and its licence stay."""
    written = {
        1: FAMILY,
        2: style,
        3: f"{FAMILY} {style} {EDITION}",
        4: f"{FAMILY} {style}",
        5: f"Version {EDITION}",
        6: f"{FAMILY.replace(' ', '')}-{style}",
        10: ORIGIN,
    }
    names = font["name"]
    names.names = [
        record
        for record in names.names
        if record.nameID in {COPYRIGHT, LICENCE, LICENCE_ADDRESS} and record.platformID == 3
    ]
    for identifier, words in written.items():
        names.setName(words, identifier, 3, 1, 0x409)


def unhinted(font: TTFont) -> None:
    """Take out what only screens of few pixels need."""
    for table in DROPPED:
        if table in font:
            del font[table]
    glyphs = font["glyf"]
    for name in glyphs.keys():  # noqa: SIM118 - the table has keys, and is no dict
        glyphs[name].removeHinting()


def main(folder: Path) -> int:
    """Write the fonts made from those in ``folder`` and return the exit code."""
    FOLDER.mkdir(exist_ok=True)
    for style in STYLES:
        font = TTFont(folder / f"LiberationSans-{style}.ttf", recalcTimestamp=False)
        renamed(font, style)
        unhinted(font)
        font.save(FOLDER / f"{FAMILY.replace(' ', '')}-{style}.ttf")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
