"""What a cached result depends on besides its inputs."""

from __future__ import annotations

import re
from importlib import metadata

import pytest

from evidence import versions
from evidence.figures import drawing
from tests.projects import ROOT


def test_every_library_that_makes_pages_counts() -> None:
    needed = re.findall(r"(?m)^([a-z0-9-]+)", (ROOT / "requirements.in").read_text("utf-8"))
    assert {*versions.LIBRARIES} <= {*needed}
    # numpy makes no bytes by itself: it comes with pandas and scipy
    assert {*needed} - {*versions.LIBRARIES} <= {"numpy"}


def test_every_file_of_the_package_counts() -> None:
    package = ROOT / "evidence"
    suffixes = {path.suffix for path in package.rglob("*.*") if path.is_file()}
    assert suffixes - {".pyc", ".txt"} == {*versions.KEYED}  # a licence changes no byte of a site
    assert versions.KEYED == drawing.KEYED


def test_another_version_of_a_library_is_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = versions.code_version.__wrapped__()
    assert versions.code_version.__wrapped__() == before
    newer = {name: f"{number}.99" for name, number in versions.installed().items()}
    monkeypatch.setattr(versions, "installed", lambda: newer)
    assert versions.code_version.__wrapped__() != before


def test_versions_are_those_that_the_libraries_themselves_state() -> None:
    for name in versions.LIBRARIES:
        assert versions.installed()[name.replace("-", "_")] == metadata.version(name)
