"""What a cached result depends on besides its inputs."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

from evidence import program
from tests.projects import ROOT


def test_every_library_that_makes_pages_counts() -> None:
    needed = re.findall(r"(?m)^([a-z0-9-]+)", (ROOT / "requirements.in").read_text("utf-8"))
    assert {*program.LIBRARIES} <= {*needed}
    # numpy makes no bytes by itself: it comes with pandas and scipy. No page is made of
    # an export of references, and watchfiles tells a preview of saves
    assert {*needed} - {*program.LIBRARIES} <= {"numpy", "bibtexparser", "rispy", "watchfiles"}


def test_every_file_of_the_package_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = set()
    for name in ("module.py", "map.json", "letters.ttf", "words.txt"):
        (tmp_path / name).write_text("something")
        monkeypatch.setattr(program, "__file__", str(tmp_path / "program.py"))
        versions.add(program.program_version.__wrapped__())
    assert len(versions) == 4


@pytest.mark.parametrize(
    "name", ["module.py~", ".module.py.swp", ".DS_Store", "__pycache__/module.cpython-311.pyc"]
)
def test_what_editors_and_systems_leave_in_the_package_counts_for_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "__file__", str(tmp_path / "program.py"))
    (tmp_path / "module.py").write_text("something")
    before = program.program_version.__wrapped__()
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("else")
    assert program.program_version.__wrapped__() == before


def test_another_version_of_a_library_is_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = program.program_version.__wrapped__()
    assert program.program_version.__wrapped__() == before
    newer = {name: f"{number}.99" for name, number in program.installed().items()}
    monkeypatch.setattr(program, "installed", lambda: newer)
    assert program.program_version.__wrapped__() != before


def test_versions_are_those_that_the_libraries_themselves_state() -> None:
    for name in program.LIBRARIES:
        assert program.installed()[name.replace("-", "_")] == metadata.version(name)
