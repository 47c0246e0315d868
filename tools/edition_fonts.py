"""Remake ``evidence/files/editions/fonts/``, the letters with serifs in which printed editions are set.

    pip install fonttools brotli
    python -m tools.edition_fonts FOLDER

FOLDER holds the files of the npm package @fontsource/charis-sil 5.3.0: Charis SIL, which SIL made from
Bitstream Charter, the first face that the site's style sheet asks for. Latin letters and signs are put
into one file each, without what is for screens of few pixels. The name changes, because the licence
reserves the old ones.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from tools.figure_fonts import COPYRIGHT, LICENCE, LICENCE_ADDRESS

EDITION = "5.3.0"
FAMILY = "Evidence Serif"
OUT = Path(__file__).parent.parent / "evidence/files/editions/fonts"
STYLES = {"Regular": "400-normal", "Italic": "400-italic", "Bold": "700-normal"}
PARTS = ("latin", "latin-ext")
LETTERS = [
    *range(0x20, 0x180),
    *range(0x2010, 0x2040),
    0x20AC,
    0x2122,
    0x2212,
    0x2248,
    0x2264,
    0x2265,
]
ORIGIN = f"Made from Charis SIL (@fontsource/charis-sil {EDITION}) by tools/edition_fonts.py: merged and renamed."


def merged(folder: Path, style: str) -> TTFont:
    """Return the parts of one face as one font that holds the letters of editions alone."""
    with tempfile.TemporaryDirectory() as place:
        parts = []
        for part in PARTS:
            font = TTFont(folder / f"charis-sil-{part}-{style}.woff2", recalcTimestamp=False)
            font.flavor = None
            parts.append(f"{place}/{part}.ttf")
            font.save(parts[-1])
        whole = Merger().merge(parts)
        options = Options(
            hinting=False, layout_features=["kern", "liga", "mark", "ccmp", "lnum", "tnum"]
        )
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=LETTERS)
        subsetter.subset(whole)
    return whole


def renamed(font: TTFont, style: str) -> None:
    """Give the font the family's name; who made it and its licence stay."""
    names = font["name"]
    kept = {COPYRIGHT, LICENCE, LICENCE_ADDRESS}
    names.names = [
        record for record in names.names if record.nameID in kept and record.platformID == 3
    ]
    written = {
        1: FAMILY, 2: style, 3: f"{FAMILY} {style} {EDITION}", 4: f"{FAMILY} {style}",
        5: f"Version {EDITION}", 6: f"{FAMILY.replace(' ', '')}-{style}", 10: ORIGIN,
    }  # fmt: skip
    for identifier, words in written.items():
        names.setName(words, identifier, 3, 1, 0x409)


def main(folder: Path) -> int:
    """Write the fonts made from those in ``folder`` and return the exit code."""
    OUT.mkdir(exist_ok=True)
    for style, part in STYLES.items():
        font = merged(folder, part)
        renamed(font, style)
        font["head"].created = font["head"].modified = 0
        font.recalcTimestamp = False
        font.save(OUT / f"{FAMILY.replace(' ', '')}-{style}.ttf")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
