"""Every source file is found and read once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evidence.read.sources import Sources
from evidence.steps.load import load, source_files
from tests.projects import write


def loaded(root: Path, files: dict[str, str | bytes]) -> Sources:
    write(root, files)
    return load(root)


def problem(root: Path, raw: bytes) -> tuple[str, str]:
    (found,) = loaded(root, {"data/sources/a.yaml": raw}).unreadable.values()
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
    "name",
    [
        "notes.md",
        "content/.a.md",
        "content/.git/a.md",
        "content/a.md~",
        "content/a~/b.md",
        "templates/static/.a.css",
        "templates/static/a.css~",
        "data/tables/.~a.csv",
        "content/desktop.ini",
        "data/pictures/Thumbs.db",
    ],
)
def test_other_files_are_not_read(name: str, tmp_path: Path) -> None:
    assert loaded(tmp_path, {name: "text"}) == Sources()
    assert list(source_files(tmp_path)) == []


@pytest.mark.parametrize("raw", [b"a\r\nb", b"a\rb", b"a\nb", b"\xef\xbb\xbfa\nb"])
def test_line_ends_and_byte_order_marks_make_no_difference(raw: bytes, tmp_path: Path) -> None:
    assert loaded(tmp_path, {"data/sources/a.yaml": raw}).texts == {"data/sources/a.yaml": "a\nb"}


def test_a_file_that_is_not_utf_8_has_the_place_of_the_first_bad_byte(tmp_path: Path) -> None:
    assert problem(tmp_path, "a: 1\nb: é\n".encode("latin-1")) == (
        "data/sources/a.yaml:2:4",
        "file-encoding",
    )


def test_a_file_of_a_program_is_no_text(tmp_path: Path) -> None:
    assert problem(tmp_path, b"a\nb\x00c") == ("data/sources/a.yaml:2:1", "file-encoding")


@pytest.mark.parametrize("raw", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_problem(raw: bytes, tmp_path: Path) -> None:
    assert problem(tmp_path, raw) == ("data/sources/a.yaml:1:1", "file-not-empty")


def test_files_below_a_folder_come_in_order_readable_or_not(tmp_path: Path) -> None:
    sources = loaded(
        tmp_path,
        {
            "data/sources/b.yaml": "b: 1",
            "data/sources/a.yaml": b"",
            "data/tables/c.csv": "c",
            "content/d.md": "d",
        },
    )
    assert sources.below("data/", ".yaml") == ["data/sources/a.yaml", "data/sources/b.yaml"]


def test_a_folder_without_anything_gives_nothing(tmp_path: Path) -> None:
    assert load(tmp_path) == Sources()


MISPLACED = {
    "data/sources/jones-2021.yml": "Rename it to jones-2021.yaml.",
    "data/sources/jones-2021.YAML": "Rename it to jones-2021.yaml.",
    "data/sources/jones-2021.json": "Rename it: the ending is .yaml.",
    "data/tables/rest.TSV": "Rename it to rest.tsv.",
    "data/tables/Rest of them.Csv": "Rename it to rest-of-them.csv.",
    "data/studies/scan.png": "'python build.py new picture data/studies/scan.png' puts it there.",
    "data/tables/rest.ods": "save it as .xlsx, or as CSV in UTF-8.",
    "data/studies/rct/jones-2021.yaml": "Move it to data/studies/.",
    "data/trials/nct/nct1.yaml": "Move it to data/trials/.",
    "data/study/jones-2021.yaml": "Move it to data/studies/.",
    "data/sites.yaml": "Did you mean 'site.yaml'?",
    "data/notes.txt": "Put it in the folder of its kind: claims, ",
    "data/registry/colds/rows/phase.csv": "Only 'python build.py import' writes here",
    "data/registry/colds/phase.csv": "Only 'python build.py import' writes here",
    "data/registry/rule.yaml": "Only 'python build.py import' writes here",
    "content/news.MD": "Rename it to news.md.",
    "content/news.markdown": "Rename it to news.md.",
    "content/picture.png": "'python build.py new picture content/picture.png' puts it there.",
    "data/pictures/knee.heic": "Pictures are JPEG, PNG or WebP",
    "data/pictures/IMG_0001.JPG": "Rename it to img-0001.jpg.",
    "content/leaflet.pdf": "Move what a page offers to data/downloads/, and name it under",
    "content/leaflet.zip": "What is published as it is stands in templates/static/.",
    "templates/page.htm": "Rename it to page.html.",
    "templates/noending": "What is published as it is stands in templates/static/.",
}


@pytest.mark.parametrize("name", MISPLACED)
def test_a_file_that_nothing_reads_is_a_problem_with_a_hint(name: str, tmp_path: Path) -> None:
    sources = loaded(tmp_path, {name: "a: 1"})
    (found,) = sources.unreadable.values()
    assert (str(found.place), found.rule) == (name, "file-known")
    assert MISPLACED[name] in found.hint
    assert sources.texts == {}


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x0c", "\x1b", "\x7f", "\x9f", "\ufffe"])
def test_a_character_that_nobody_sees_has_its_place(character: str, tmp_path: Path) -> None:
    raw = f"a: 1\r\nb: x{character}".encode()
    assert problem(tmp_path, raw) == ("data/sources/a.yaml:2:5", "file-encoding")


def test_a_file_of_more_bytes_than_anybody_writes_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence.steps.load.MOST_BYTES", 20)
    files: dict[str, str | bytes] = {
        "data/sources/a.yaml": "a" * 20,
        "data/sources/b.yaml": "b" * 21,
    }
    sources = loaded(tmp_path, files)
    assert list(sources.texts) == ["data/sources/a.yaml"]
    (found,) = sources.unreadable.values()
    assert str(found.place) == "data/sources/b.yaml"
    assert found.message == "this file has 21 bytes, more than the 20 that are read"
    assert found.rule == "file-limits"


def test_a_file_that_is_published_as_it_is_has_a_limit_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence.steps.load.MOST_STATIC_BYTES", 20)
    sources = loaded(tmp_path, {"templates/static/a.bin": b"\xff" * 21})
    assert sources.static == {}
    assert [each.rule for each in sources.unreadable.values()] == ["file-limits"]


def test_a_line_that_nobody_can_read_has_its_place(tmp_path: Path) -> None:
    sources = loaded(tmp_path, {"content/a.md": f"one\r\n{'b ' * 60_000}\nthree"})
    (found,) = sources.unreadable.values()
    assert (str(found.place), found.rule) == ("content/a.md:2:1", "file-limits")
    assert found.message == "this line has 120,000 characters, more than the 100,000 that are read"


def test_lines_of_a_long_file_may_be_many(tmp_path: Path) -> None:
    assert loaded(tmp_path, {"content/a.md": "word\n" * 100_000}).unreadable == {}


def linked(root: Path, name: str, target: str) -> Sources:
    write(root, {"content/index.md": "text", "data/.hidden.yaml": "a: 1"})
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).symlink_to(target)
    return load(root)


@pytest.mark.parametrize("target", ["loop.md", "nowhere.md", "/etc/hostname", "../..", "../data"])
def test_a_link_that_leads_to_no_source_file_is_a_problem(target: str, tmp_path: Path) -> None:
    (found,) = linked(tmp_path / "project", "content/loop.md", target).unreadable.values()
    assert (str(found.place), found.rule) == ("content/loop.md", "file-readable")
    assert found.hint == "Put the file itself here."


@pytest.mark.parametrize(
    "target", ["/etc/passwd", "../../../.git/config", "../../data/.hidden.yaml"]
)
def test_nothing_from_elsewhere_is_published_by_a_link(target: str, tmp_path: Path) -> None:
    write(tmp_path, {"project/.git/config": "secret"})
    sources = linked(tmp_path / "project", "templates/static/a.txt", target)
    assert sources.static == {}
    assert [each.rule for each in sources.unreadable.values()] == ["file-readable"]


def test_a_link_inside_the_project_is_followed(tmp_path: Path) -> None:
    assert linked(tmp_path, "content/b.md", "index.md").texts["content/b.md"] == "text"


def test_a_file_that_cannot_be_opened_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"content/a.md": "a", "content/b.md": "b"})
    opened = open

    def held(name: str, mode: str) -> object:
        if name.endswith("a.md"):
            raise PermissionError(13, "Permission denied")
        return opened(name, mode)

    monkeypatch.setattr("builtins.open", held)
    sources = load(tmp_path)
    monkeypatch.undo()
    assert list(sources.texts) == ["content/b.md"]
    (found,) = sources.unreadable.values()
    assert found.message == "this cannot be opened: permission denied"
    assert (str(found.place), found.rule) == ("content/a.md", "file-readable")


def test_what_is_neither_file_nor_folder_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, {"content/a.md": "a"})
    os.mkfifo(tmp_path / "content/pipe.md")
    assert [each.rule for each in load(tmp_path).unreadable.values()] == ["file-readable"]


def test_a_name_that_is_no_text_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, {"content/a.md": "a"})
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/content/b\xff.md")).write_text("b")
    (found,) = load(tmp_path).unreadable.values()
    assert str(found.place) == "content/b\\udcff.md"


def test_what_cannot_be_read_counts_as_what_is_said_of_it(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").symlink_to("a.md")
    ((name, raw),) = source_files(tmp_path)
    assert name == "content/a.md"
    assert b"symbolic link" in raw
