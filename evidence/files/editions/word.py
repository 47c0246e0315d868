"""An edition as a file for Word: made by pandoc from the same HTML as the PDF."""

from __future__ import annotations

import re
import subprocess
from base64 import b64encode
from collections.abc import Mapping
from datetime import date as Date
from pathlib import Path
from typing import Any

from evidence.figures.preview import BOX
from evidence.files.editions.edition import Edition, composed, html_of
from evidence.pages.filling import refused
from evidence.problems import ProblemsFoundError
from evidence.store import Made

FOLDER = Path(__file__).parent
FILTER, LOOK, FRAME = (FOLDER / name for name in ("word.lua", "reference.docx", "word.openxml"))
FIRST_DAY = Date(2000, 1, 1)  # of a file whose pages have no day
WIDTH, HEIGHT = 15.0, 20.0  # centimetres that a figure may take
SCALE = 2  # dots for each of a drawing's, as in the files of figures
DRAWING = re.compile(r'<img src="evidence:figure/([^"]+)" alt="([^"]*)">')
PHOTO = re.compile(
    r'<img src="evidence:picture/([^"]+)" alt="([^"]*)" width="(\d+)" height="(\d+)">'
)
DOT = 2.54 / 96  # centimetres of a pixel of CSS


def word_edition(fields: Mapping[str, Any], *parts: bytes) -> Made:
    """Return an edition as docx: see ``Imprint`` for its ``fields``, ``composed`` for its ``parts``."""
    import pypandoc  # noqa: PLC0415 - is there only for editions

    edition = composed(fields, parts)
    try:
        written = html_of(edition)
    except ProblemsFoundError as error:
        return refused(error)
    pictures = {name: _picture(drawn) for name, drawn in edition.figures.items()}
    given = DRAWING.sub(lambda match: _shown(match[1], pictures[match[1]], match[2]), written)
    given = PHOTO.sub(lambda match: _photo(match, edition.pictures[match[1]]), given)
    command = [
        pypandoc.get_pandoc_path(), "--from=html", "--to=docx", "--standalone", "--output=-",
        f"--lua-filter={FILTER}", f"--reference-doc={LOOK}", f"--template={FRAME}", f"--data-dir={FOLDER}",
    ]  # fmt: skip
    surroundings = {"SOURCE_DATE_EPOCH": str(_seconds(edition)), "LANG": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603 - the program that the library brings
        command, input=given.encode(), env=surroundings, capture_output=True, check=True
    )
    return Made(None, done.stdout)


def _seconds(edition: Edition) -> int:
    """Return the day of an edition in seconds since 1970, which stands in the file in place of a clock."""
    written = [*edition.imprint.day[0].split("-"), "1", "1"][:3] if edition.imprint.day[0] else []
    day = Date(*map(int, written)) if written else FIRST_DAY
    return (day - Date(1970, 1, 1)).days * 24 * 60 * 60


def _picture(drawn: str) -> tuple[str, float]:
    """Return a drawing as the address of a picture that holds it, and its width in centimetres."""
    from evidence.figures.rendering import png_of  # noqa: PLC0415 - loads vl-convert

    box = BOX.search(drawn)
    wide, high = (float(side) for side in box.groups()) if box else (1.0, 1.0)
    packed = b64encode(png_of(drawn, SCALE)).decode()
    return f"data:image/png;base64,{packed}", min(WIDTH, HEIGHT * wide / high)


def _shown(name: str, picture: tuple[str, float], words: str) -> str:
    address, width = picture
    return f'<img id="drawing-{name}" src="{address}" alt="{words}" width="{width:.2f}cm">'


def _photo(match: re.Match[str], raw: bytes) -> str:
    address, words, wide, high = match[1], match[2], int(match[3]), int(match[4])
    kind = "jpeg" if address.endswith(".jpg") else "png"
    width = min(WIDTH, HEIGHT * wide / high, wide * DOT)
    packed = b64encode(raw).decode()
    # Of two pictures without an id pandoc shows one twice
    name = address.rpartition("/")[2].partition(".")[0]
    return f'<img id="picture-{name}" src="data:image/{kind};base64,{packed}" alt="{words}" width="{width:.2f}cm">'
