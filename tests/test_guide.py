"""Each recipe of the guide is carried out on a copy, as it is written, and what it says comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guide import GUIDE, carried_out, recipes, sections
from tests.projects import ROOT

# Sections that tell and have no steps
TELLING = {"How pages are cited", "Topics as PDF and Word files", "Help in your editor"}


@pytest.fixture(autouse=True)
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever edits has a name in git, which the ledger of readings takes."""
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = Ann Reader\n\temail = ann@example.org\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))


@pytest.mark.parametrize("name", recipes())
def test_a_recipe_can_be_carried_out_as_it_is_written(name: str, tmp_path: Path) -> None:
    carried_out(recipes()[name], tmp_path / "site")


def test_every_section_is_a_recipe_or_only_tells() -> None:
    texts = [(ROOT / document).read_text("utf-8") for document in GUIDE]
    named = {name for text in texts for name, *_ in sections(text)}
    assert named - {*recipes()} == TELLING
