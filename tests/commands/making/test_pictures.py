"""A new picture is a copy without metadata, upright, with whose it is beside it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.figures.pictured import PRIVATE, halves, saved, told_all
from tests.projects import build_here, files_below, problems_of, write

SAID = (
    "--credit",
    "Jane Doe: of Oulu",
    "--licence",
    "CC BY 4.0",
    "--found",
    "https://example.org/a",
)


def kept(root: Path) -> dict[str, bytes]:
    return files_below(root / "data" / "pictures")


def test_a_picture_is_copied_and_the_line_that_shows_it_is_said(
    minimal: Path, tmp_path: Path
) -> None:
    photo = tmp_path / "Knie, März.JPEG"
    photo.write_bytes(saved(halves(4000, 200), "JPEG", exif=told_all(6), quality=95))
    printed = build_here(minimal, "new", "picture", str(photo), *SAID, "--words", "A knee, opened")
    assert printed.code == 0, printed.problems
    assert kept(minimal).keys() == {"knie-marz.jpg", "knie-marz.yaml"}
    line = printed.out.partition("with: ")[2].split("\n")[0]
    assert line == "![A knee, opened](knie-marz.jpg)"
    page = (minimal / "content/methods.md").read_text("utf-8")
    write(minimal, {"content/methods.md": f"{page}\n{line}\n"})
    assert problems_of(minimal) == []
    copy = kept(minimal)["knie-marz.jpg"]
    assert PRIVATE.encode() not in copy
    assert dict(Image.open(io.BytesIO(copy)).getexif()) == {}
    assert Image.open(io.BytesIO(copy)).size == (200, 4000)


def test_a_picture_under_a_false_name_gets_its_own_ending(minimal: Path, tmp_path: Path) -> None:
    photo = tmp_path / "scan.jpg"
    photo.write_bytes(saved(halves(), "PNG"))
    assert build_here(minimal, "new", "picture", str(photo), *SAID).code == 0
    assert "scan.png" in kept(minimal)
    assert problems_of(minimal) == []


def test_what_is_not_said_is_left_to_be_filled_in(minimal: Path, tmp_path: Path) -> None:
    (tmp_path / "scan.png").write_bytes(saved(halves(), "PNG"))
    printed = build_here(minimal, "new", "picture", str(tmp_path / "scan.png"))
    assert printed.code == 0
    assert "Still to be filled in" in printed.out
    assert {problem.place.file for problem in problems_of(minimal)} == {"data/pictures/scan.yaml"}


@pytest.mark.parametrize(
    ("name", "raw", "words", "said"),
    [
        ("a.heic", b"\0\0\0\x18ftypheic" + b"\0" * 50, SAID, "a HEIC or AVIF picture"),
        ("a.svg", b"<svg/>", SAID, "an SVG"),
        ("a.jpg", saved(halves().convert("CMYK"), "JPEG"), SAID, "colours for print"),
        ("ж.png", saved(halves(), "PNG"), SAID, "has no letter for a name"),
        ("a.png", saved(halves(), "PNG"), ("--licence", "CC-BY-4.0"), "Did you mean 'CC BY 4.0'?"),
        ("nowhere", b"", SAID, "no picture"),
    ],
)
def test_what_cannot_be_shown_is_not_copied(
    name: str, raw: bytes, words: tuple[str, ...], said: str, minimal: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(raw)
    printed = build_here(minimal, "new", "picture", str(tmp_path / name), *words)
    assert printed.code == 2
    assert said in printed.problems
    assert kept(minimal) == {}


def test_a_picture_is_not_written_over(minimal: Path, tmp_path: Path) -> None:
    (tmp_path / "scan.png").write_bytes(saved(halves(), "PNG"))
    assert build_here(minimal, "new", "picture", str(tmp_path / "scan.png"), *SAID).code == 0
    before = kept(minimal)
    (tmp_path / "Scan.jpg").write_bytes(saved(halves(), "JPEG"))
    printed = build_here(minimal, "new", "picture", str(tmp_path / "Scan.jpg"), *SAID)
    assert printed.code == 2
    assert "data/pictures/scan" in printed.problems
    assert "already" in printed.problems
    assert kept(minimal) == before


def test_without_a_file_nothing_is_written(minimal: Path) -> None:
    printed = build_here(minimal, "new", "picture")
    assert printed.code == 2
    assert "build.py new picture FILE" in printed.problems
    printed = build_here(minimal, "new", "picture", "nowhere.jpg")
    assert "nowhere.jpg cannot be opened: no such file" in printed.problems
