"""The same project gives the same bytes on every machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from evidence.figures.fonts import FILES, FOLDER
from tests.machine import STRANGE, bare, furnished, strange_font
from tests.projects import GALLERY, change, make_project

# Prints a hash of the picture of some words in a family of letters, for what the machine has
PICTURE = """
import hashlib, sys
import vl_convert
written = f'<text y="20" font-family="{sys.argv[1]}">{sys.argv[2]}</text>'
start = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">'
drawn = vl_convert.svg_to_png(f"{start}{written}</svg>")
print(hashlib.sha256(drawn).hexdigest())
"""


def laid(folder: Path) -> Path:
    """Make the gallery with a title that our fonts cannot write."""
    root = make_project(folder, GALLERY)
    change(root, "data/figures/pooled.yaml", "About [[=half]]", f"{chr(STRANGE)} ✓ About [[=half]]")
    return root


def test_two_machines_that_have_nothing_in_common_make_the_same_site(tmp_path: Path) -> None:
    homes = [tmp_path / "bare", tmp_path / "furnished"]
    for home in homes:
        home.mkdir()
    one = bare(laid(tmp_path / "project"), homes[0])
    other = furnished(laid(tmp_path / "elsewhere" / "another project"), homes[1])
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []
    assert sum(path.endswith(".png") for path in one) > 20


def test_the_fonts_of_the_furnished_machine_would_be_drawn_with(tmp_path: Path) -> None:
    """The test above is worth something only while vl-convert takes those fonts."""

    def picture(family: str, words: str) -> str:
        surroundings = {"PYTHONUTF8": "1", "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
        drawn = subprocess.run(
            [sys.executable, "-c", PICTURE, family, words],
            env=surroundings, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return drawn.stdout

    ours = (FOLDER / FILES[1]).read_bytes()
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")
    before = picture("Liberation Sans", "words"), picture("Liberation Sans", "漢")
    (tmp_path / "strange.ttf").write_bytes(strange_font(ours, "Liberation Sans"))
    after = picture("Liberation Sans", "words"), picture("Liberation Sans", "漢")
    assert before[0] != after[0]
    assert before[1] != after[1]
