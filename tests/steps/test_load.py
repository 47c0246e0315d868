"""Every source file is found and read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence.read.sources import Sources
from evidence.steps.load import load
from tests.projects import write


def loaded(root: Path, files: dict[str, str | bytes]) -> Sources:
    write(root, files)
    return load(root)


def problem(root: Path, raw: bytes) -> tuple[str, str]:
    (found,) = loaded(root, {"data/a.yaml": raw}).unreadable.values()
    assert found.hint
    return str(found.place), found.rule


def test_texts_are_read_by_their_path(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/a/b.md": "text",
        "data/studies/c.yaml": "a: 1",
        "data/tables/d.csv": "a,b",
        "templates/parts/e.html": "<p>",
    }
    assert loaded(tmp_path, files).texts == files


def test_static_files_are_kept_as_bytes(tmp_path: Path) -> None:
    sources = loaded(tmp_path, {"templates/static/fonts/a.bin": b"\xff\x00"})
    assert sources.static == {"fonts/a.bin": b"\xff\x00"}
    assert sources.texts == {}


@pytest.mark.parametrize(
    "name", ["notes.md", "content/a.docx", "content/.a.md", "content/.git/a.md", "content/a.md~"]
)
def test_other_files_are_not_read(name: str, tmp_path: Path) -> None:
    assert loaded(tmp_path, {name: "text"}) == Sources()


@pytest.mark.parametrize("raw", [b"a\r\nb", b"a\rb", b"a\nb", b"\xef\xbb\xbfa\nb"])
def test_line_ends_and_byte_order_marks_make_no_difference(raw: bytes, tmp_path: Path) -> None:
    assert loaded(tmp_path, {"data/a.yaml": raw}).texts == {"data/a.yaml": "a\nb"}


def test_a_file_that_is_not_utf_8_has_the_place_of_the_first_bad_byte(tmp_path: Path) -> None:
    assert problem(tmp_path, "a: 1\nb: é\n".encode("latin-1")) == (
        "data/a.yaml:2:4",
        "file-encoding",
    )


def test_a_file_of_a_program_is_no_text(tmp_path: Path) -> None:
    assert problem(tmp_path, b"a\nb\x00c") == ("data/a.yaml:2:1", "file-encoding")


@pytest.mark.parametrize("raw", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_problem(raw: bytes, tmp_path: Path) -> None:
    assert problem(tmp_path, raw) == ("data/a.yaml:1:1", "file-not-empty")


def test_files_below_a_folder_come_in_order_readable_or_not(tmp_path: Path) -> None:
    sources = loaded(
        tmp_path,
        {"data/b.yaml": "b: 1", "data/a.yaml": b"", "data/c.csv": "c", "content/d.md": "d"},
    )
    assert sources.below("data/", ".yaml") == ["data/a.yaml", "data/b.yaml"]


def test_a_folder_without_anything_gives_nothing(tmp_path: Path) -> None:
    assert load(tmp_path) == Sources()
