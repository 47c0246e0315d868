"""The letters in which pictures are drawn."""

from __future__ import annotations

import pytest

from evidence.figures.fonts import FAMILY, FILES, FOLDER, in_letters, lacking, letters
from evidence.figures.rendering import in_own_letters
from evidence.figures.svg import FONTS
from tests.projects import ROOT


def test_the_fonts_have_every_letter_that_figures_need() -> None:
    needed = "≥≤±×–−—·²½†‡τχαβµ°‰…“”‘’ÅÄÉÑÖØÜßæłžşİı←→ΩЖ\u00a0\u2009"
    assert lacking(needed) == []
    assert in_letters(needed) == needed


def test_a_letter_that_the_fonts_lack_is_a_box_in_a_picture() -> None:
    assert lacking("漢 means 漢, ✓") == ["漢", "✓"]
    assert in_letters("漢 means") == "□ means"


def test_a_box_that_was_written_is_no_lacking_letter() -> None:
    assert lacking("□") == []


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("a\u2011b", "a\u2010b"),
        ("a\tb\u3000c", "a b c"),
        ("a\u00adb\ufeff", "a\u00adb"),
        ("\uff30", "P"),
    ],
)
def test_what_has_the_same_meaning_is_drawn_instead(written: str, drawn: str) -> None:
    assert in_letters(written) == drawn
    assert lacking(written) == []


def test_a_picture_names_our_family_only() -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{FONTS}"><text>漢</text></svg>'
    drawn = in_own_letters(svg)
    assert f'font-family="{FAMILY}"' in drawn
    assert "Arial" not in drawn
    assert ">□<" in drawn


def test_the_family_has_no_name_that_its_licence_reserves() -> None:
    licence = (FOLDER / "OFL.txt").read_text("utf-8")
    assert FAMILY in licence
    for reserved in ("Liberation", "Arimo", "Tinos", "Cousine"):
        assert reserved in licence
        assert reserved not in FAMILY
    assert {path.name for path in FOLDER.iterdir()} == {*FILES, "OFL.txt"}
    assert "evidence/figures/fonts/" in (ROOT / "NOTICE").read_text("utf-8")
    assert len(letters()) > 2000
