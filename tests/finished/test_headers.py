"""What hosts are to send with each file."""

from __future__ import annotations

import pytest

from evidence.finished.headers import BY_FOLDER, EVERYWHERE, LASTING, POLICY, headers_of


@pytest.mark.parametrize("path", ["index.html", "figures.html", "studies/a.html", "404.html"])
def test_a_page_is_shown_in_no_other_page(path: str) -> None:
    assert headers_of(path)["X-Frame-Options"] == "DENY"


def test_a_figure_is_shown_anywhere_under_the_same_policy() -> None:
    headers = headers_of("figures/a.html")
    assert "X-Frame-Options" not in headers
    assert headers["Content-Security-Policy"] == f"{POLICY}; frame-ancestors *"


@pytest.mark.parametrize("path", ["figures/a.png", "downloads/findings.csv", "previews/index.png"])
def test_pictures_and_tables_may_be_used_on_other_sites(path: str) -> None:
    headers = headers_of(path)
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in headers_of("index.html")


def test_only_a_file_that_is_named_for_its_content_is_kept() -> None:
    kept = {
        folder for folder in ["", *BY_FOLDER] if "immutable" in headers_of(folder)["Cache-Control"]
    }
    assert kept == {LASTING}
    assert "must-revalidate" in EVERYWHERE["Cache-Control"]


@pytest.mark.parametrize("word", ["unsafe", "http:", "https:", "*", "report"])
def test_the_policy_lets_nothing_in_from_outside(word: str) -> None:
    assert word not in POLICY


@pytest.mark.parametrize("ignored", ["frame-ancestors", "sandbox", "report-uri", "report-to"])
def test_the_policy_of_pages_has_nothing_that_only_a_header_can_say(ignored: str) -> None:
    assert ignored not in POLICY
