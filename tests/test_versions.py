"""What a cached result depends on besides its inputs."""

from __future__ import annotations

import re

import pytest

from evidence import versions
from tests.projects import ROOT


def test_every_library_that_makes_pages_counts() -> None:
    needed = re.findall(r"(?m)^([a-z0-9-]+)", (ROOT / "requirements.in").read_text("utf-8"))
    assert {*versions.LIBRARIES} <= {*needed}
    # numpy makes no bytes by itself: it comes with pandas and scipy
    assert {*needed} - {*versions.LIBRARIES} <= {"numpy"}


def test_another_version_of_a_library_is_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = versions.code_version.__wrapped__()
    assert versions.code_version.__wrapped__() == before
    monkeypatch.setattr(versions, "version", lambda name: f"{name} 99")
    assert versions.code_version.__wrapped__() != before
